"""Takes the pictures in docs/screenshots/ anew: ``make screenshots``. Look at each before it is kept."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

PICTURES = Path(__file__).parents[1] / "docs" / "screenshots"
SIZES = {"light": (1280, 860), "dark": (1280, 860), "phone": (390, 844)}
COMPARISON = re.compile(r"/compare/[a-z2-7]{16}\.\.[a-z2-7]{16}")


def pages(browser: Browser, address: str) -> dict[str, str]:
    """The address of each page that is pictured: the library, the Newsweek article, and it against its repost."""
    page = browser.new_page()
    page.goto(address)
    link = page.get_by_role("link", name="China Offers Full Support to Russia on Ukraine War").first
    article = link.get_attribute("href") or ""
    page.goto(address + article)
    comparison = next(
        found.group()
        for found in COMPARISON.finditer(page.content())
        if "3 quotations" in page.request.get(address + found.group()).text()
    )
    page.close()
    return {"library": "/", "article": article, "compare": comparison}


def main() -> None:
    """Starts the program over a database of its own with the seeds, and takes each page three times."""
    PICTURES.mkdir(exist_ok=True)
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory() as data, sync_playwright() as driver:
        server = subprocess.Popen(
            [sys.executable, "-m", "app", "serve", "--port", "0"],
            env={**os.environ, "VARIORUM_DATA_DIR": data},
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            assert server.stdout is not None
            told = re.search(r"http://\S+:\d+", server.stdout.readline())
            assert told is not None, "the program did not start"
            browser = driver.chromium.launch(executable_path=chromium, args=root)
            for name, path in pages(browser, told.group()).items():
                for look, (width, height) in SIZES.items():
                    page = browser.new_page(
                        viewport={"width": width, "height": height},
                        color_scheme="dark" if look == "dark" else "light",
                        device_scale_factor=2 if look == "phone" else 1,
                    )
                    page.goto(told.group() + path)
                    page.screenshot(path=PICTURES / f"{name}-{look}.png")
                    page.close()
            browser.close()
        finally:
            server.terminate()
            server.wait(timeout=20)


if __name__ == "__main__":
    main()
