"""Keys pressed while another view is loading: none is lost, and Back leads to where the reader was."""

import re
import time

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.comparison.test_reading_room import DESK, top_of, wait_until
from tests.browser.conftest import PATIENCE, Open

SLOW_VIEWS = """
    const send = XMLHttpRequest.prototype.send;
    XMLHttpRequest.prototype.send = function (...body) { setTimeout(() => send.apply(this, body), 300); };
"""
NOTED = """
    const replaceState = history.replaceState;
    let isLeaving = false;
    addEventListener("beforeunload", () => setTimeout(() => (isLeaving = true)));
    history.replaceState = function (...entry) {
        if (isLeaving) sessionStorage.setItem("late", "yes");
        return replaceState.apply(this, entry);
    };
"""


@pytest.fixture
def slow(open_page: Open, comparison: str) -> Page:
    """The comparison, with every view slow to load."""
    page = open_page(viewport=DESK)
    page.add_init_script(SLOW_VIEWS)
    page.goto(comparison)
    return page


def test_swapping_right_after_the_view_keeps_the_view(slow: Page, comparison: str) -> None:
    slow.keyboard.press("i")
    slow.keyboard.press("s")
    base, witness = comparison.rsplit("/", 1)[1].split("..")
    expect(slow).to_have_url(re.compile(rf"/{witness}\.\.{base}\?view=inline$"), timeout=PATIENCE)
    expect(slow.locator("table.inline").first).to_be_attached()


def test_changes_alone_and_folds_wait_for_the_view(slow: Page) -> None:
    slow.keyboard.press("i")
    slow.keyboard.press("c")
    slow.keyboard.press("f")
    expect(slow).to_have_url(re.compile(r"\?view=inline&show=changes$"), timeout=PATIENCE)
    slow.keyboard.press("c")
    slow.keyboard.press("f")
    expect(slow).to_have_url(re.compile(r"\?view=inline$"), timeout=PATIENCE)
    expect(slow.locator(".fold:not([hidden])").first).to_be_attached()
    expect(slow.locator(".fold[hidden]")).to_have_count(0)


def test_findings_and_rows_are_gone_to_in_the_new_view(slow: Page) -> None:
    slow.keyboard.press("n")
    slow.keyboard.press("i")
    slow.keyboard.press("n")
    expect(slow.locator("table.inline .note:target").first).to_be_in_viewport()
    expect(slow.locator("#position")).to_have_text("2 of 3")
    slow.keyboard.press("i")
    slow.keyboard.press("p")
    expect(slow.locator("table.side").first).to_be_attached()
    expect(slow.locator("#position")).to_have_text("1 of 3")
    expect(slow.locator(".note:target")).to_be_focused()


def test_back_and_forward_lead_to_where_one_was_in_each_view(page: Page, comparison: str) -> None:
    page.goto(comparison)
    page.keyboard.press("n")
    first = top_of(page, ".note:target")
    page.keyboard.press("i")
    expect(page.locator("table.inline").first).to_be_attached()
    page.keyboard.press("n")
    page.keyboard.press("n")
    expect(page.locator("#position")).to_have_text("3 of 3")
    third = top_of(page, ".note:target")
    wait_until(page, "history.state.place && history.state.place.number > 15")
    for go, words, top in ((page.go_back, "1 of 3", first), (page.go_forward, "3 of 3", third)):
        go()
        expect(page.locator("#position")).to_have_text(words)
        wait_until(
            page, f"Math.abs(document.querySelector('.note:target').getBoundingClientRect().top - {top}) < 60"
        )


def test_the_history_is_left_alone_once_another_page_is_on_its_way(page: Page, comparison: str) -> None:
    page.add_init_script(NOTED)
    page.goto(comparison)

    def hold(route: Route) -> None:
        time.sleep(0.6)  # the place is saved 150 ms after a scroll
        route.continue_()

    page.route(re.compile("/compare/"), hold)
    page.evaluate("document.getElementById('swap').click(); setTimeout(() => scrollBy(0, 600), 20)")
    expect(page).not_to_have_url(comparison)
    assert page.evaluate("sessionStorage.getItem('late')") is None


def test_keys_go_on_working_where_a_view_does_not_come(chromium: Browser, comparison: str) -> None:
    # Chromium itself notes a 404 in the console, which the fixture for tabs takes for a complaint of the page.
    context = chromium.new_context()
    page = context.new_page()
    page.route("**/*view=inline", lambda route: route.continue_(url=comparison + "/nothing"))
    page.goto(comparison)
    page.keyboard.press("i")
    page.keyboard.press("n")
    expect(page.locator("#notice")).not_to_be_empty()
    expect(page.locator("#position")).to_have_text("1 of 3")
    context.close()


def test_keys_go_on_working_where_the_page_one_goes_back_to_does_not_come(
    chromium: Browser, comparison: str
) -> None:
    context = chromium.new_context()  # Chromium notes the failure in the console
    page = context.new_page()
    page.goto(comparison)
    page.keyboard.press("i")
    expect(page.locator("table.inline").first).to_be_attached()
    page.route(comparison, lambda route: route.abort())
    page.evaluate("history.back()")
    expect(page).to_have_url(comparison)
    page.keyboard.press("n")
    expect(page.locator("#position")).to_have_text("1 of 3")
    context.close()
