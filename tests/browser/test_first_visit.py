"""What a first visit to a comparison costs: requests, bytes, and whether anything moves while it loads."""

from typing import Any

from playwright.sync_api import Page

from tests.browser.conftest import Open

MAX_REQUESTS = 10
"""Apart from fonts, which are kept for ever."""
MAX_BYTES = 70_000

SHIFT = """() => new Promise(done => {
  let total = 0;
  new PerformanceObserver(list => { for (const entry of list.getEntries()) total += entry.value; })
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(total), 300);
})"""


def test_a_first_visit_to_a_comparison_takes_few_requests_and_bytes_and_nothing_moves(
    page: Page, comparison: str
) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    requests: list[str] = []
    urls: dict[str, str] = {}
    sizes: list[float] = []

    def note(event: dict[str, Any]) -> None:
        urls[event["requestId"]] = event["request"]["url"]

    def count(event: dict[str, Any]) -> None:
        if "/fonts/" not in urls.get(event["requestId"], ""):
            sizes.append(event["encodedDataLength"])

    session.on("Network.requestWillBeSent", note)
    page.on("request", lambda request: requests.append(request.url))
    session.on("Network.loadingFinished", count)
    page.goto(comparison, wait_until="networkidle")
    assert len([url for url in requests if "/fonts/" not in url]) <= MAX_REQUESTS, requests
    assert 0 < sum(sizes) < MAX_BYTES, (sum(sizes), requests)
    assert page.evaluate(SHIFT) == 0


MOVED = """() => new Promise(done => {
  const moved = [];
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) {
      for (const { node } of entry.sources) moved.push(node?.className || node?.nodeName);
    }
  }).observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(moved), 300);
})"""


def test_a_slow_processor_paints_no_half_of_a_bar_that_the_other_half_then_moves(
    open_page: Open, comparison: str
) -> None:
    for _ in range(4):
        page = open_page()
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 8})
        page.goto(comparison, wait_until="networkidle")
        assert page.evaluate(MOVED) == []
