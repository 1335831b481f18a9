"""How a comparison scrolls in Chromium, alternating with a bare page of the same text.

    python -m bench.frames http://127.0.0.1:8000/compare/BASE..WITNESS [--turns 7]

Prints, of a way down of 180 frames, the time between frames, which other work on the machine lengthens, and the
processor time that the page's own thread takes for a frame, which it lengthens less: medians over the turns.
"""

import argparse
import html
import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, sync_playwright

WAY_DOWN = """
async () => {
  const frames = [];
  const step = Math.min(60, (document.documentElement.scrollHeight - innerHeight) / 180);
  let last;
  await new Promise((finish) => {
    const frame = (time) => {
      if (last !== undefined) frames.push(time - last);
      last = time;
      if (frames.length === 180) return finish();
      scrollBy(0, step);
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  return frames;
}
"""
SETTLED = 1_000
"""Milliseconds after which a page has loaded its fonts and scripts, and rests."""


def main() -> None:
    """Measure the page in turns with its bare text, and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("address")
    parser.add_argument("--turns", type=int, default=7)
    options = parser.parse_args()
    with sync_playwright() as driver, tempfile.TemporaryDirectory() as folder:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        bare = Path(folder) / "bare.html"
        bare.write_text(bare_page(browser, options.address), "utf-8")
        addresses = {"comparison": options.address, "bare text": bare.as_uri()}
        measured: dict[str, list[tuple[float, float, float, float]]] = {name: [] for name in addresses}
        for _ in range(options.turns):
            for name, address in addresses.items():
                intervals, spent = scrolled(browser, address)
                measured[name].append(
                    (median(intervals), ninety_five(intervals), median(spent), ninety_five(spent))
                )
        browser.close()
    print(
        "| ms a frame, medians of "
        f"{options.turns} | apart, half | apart, 95 of 100 | processor, half | processor, 95 of 100 |"
    )
    print("|---|---:|---:|---:|---:|")
    for name, turns in measured.items():
        print(f"| {name} | {' | '.join(f'{median(figures):.1f}' for figures in zip(*turns, strict=True))} |")
    print(f"\nLoad at the end: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores.")


def bare_page(browser: Browser, address: str) -> str:
    """Return the text of the comparison at ``address`` as a page without marks, script or style."""
    page = browser.new_page()
    page.goto(address)
    paragraphs: list[str] = page.locator(".collation .row .text").all_text_contents()
    page.close()
    return "<!doctype html><meta charset=utf-8><title>Bare</title>" + "".join(
        f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs
    )


def scrolled(browser: Browser, address: str) -> tuple[list[float], list[float]]:
    """Return, for a first scroll to the end, the milliseconds between frames and the processor milliseconds of each."""
    context = browser.new_context(viewport={"width": 1300, "height": 900})
    page = context.new_page()
    page.goto(address)
    page.wait_for_timeout(SETTLED)
    tracing = browser.new_browser_cdp_session()
    events: list[dict[str, Any]] = []
    ended: list[bool] = []
    tracing.on("Tracing.dataCollected", lambda part: events.extend(part["value"]))
    tracing.on("Tracing.tracingComplete", lambda _: ended.append(True))
    tracing.send("Tracing.start", {"traceConfig": {"includedCategories": ["cc"]}})
    intervals: list[float] = page.evaluate(WAY_DOWN)
    tracing.send("Tracing.end")
    while not ended:
        page.wait_for_timeout(20)
    context.close()
    frames = [event for event in events if event["name"] == "ProxyMain::BeginMainFrame" and "tdur" in event]
    return intervals, [frame["tdur"] / 1000 for frame in frames]


def ninety_five(figures: Sequence[float]) -> float:
    """Return the figure that 95 of 100 do not exceed."""
    return sorted(figures)[int(len(figures) * 0.95)]


if __name__ == "__main__":
    main()
