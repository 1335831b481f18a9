"""Retake the pictures in docs/screenshots/: ``make screenshots``. Look at each before committing it."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

SEEDS = Path(__file__).parents[1] / "seeds"
PICTURES = Path(__file__).parents[1] / "docs" / "screenshots"
SIZES = {"light": (1280, 860), "dark": (1280, 860), "phone": (390, 844), "print": (760, 1000)}
COLOURS = 128
"""Colours of a picture's palette: a quarter of the bytes, and no difference to be seen."""
PRINTED = {
    "article", "compare", "inline", "finding", "row", "story", "wordings", "reading", "quotation", "search", "history",
    "evidence",
}  # fmt: skip
"""Pages that somebody prints."""
SHOWN = {"noted": ".editor-note", "inline": ".row.has-finding .both"}
"""What a page's pictures show, where it is not at the top."""
STORY_HEIGHT = 1500
"""Pixels of height of a story's pictures, so that the matrix below the articles is visible too."""
COMPARISON = re.compile(r"/compare/[a-z2-7]{16}\.\.[a-z2-7]{16}")


def pages(browser: Browser, address: str) -> dict[str, str]:
    """Return the path of each page by the name of its screenshots, in the order in which they are taken.

    What is added is the Newsweek article as another outlet might print it, saved as a web page.
    """
    page = browser.new_page()
    page.goto(address)
    link = page.locator("a[href^='/articles/']", has_text="China Offers Full Support").first
    article = link.get_attribute("href") or ""
    page.goto(address + article)
    comparison = next(
        match.group()
        for match in COMPARISON.finditer(page.content())
        if "3 quotations" in page.request.get(address + match.group()).text()
    )
    lines = (
        (SEEDS / "newsweek-full-support.txt")
        .read_text("utf-8")
        .replace("put pressure on", "ease pressure on")
    )
    title, *rest = [line for line in lines.splitlines() if line.strip()]
    head = f'<title>{title}</title><meta property="og:title" content="{title}">'
    head += '<meta property="og:site_name" content="Example Morning"><meta name="author" content="Ann Lee">'
    body = "".join(f"<p>{line}</p>" for line in rest)
    content = f"<!doctype html><html><head>{head}</head><body><article><h1>{title}</h1>{body}</article></body></html>"
    page.goto(address + comparison)
    finding = page.locator(".finding-card .copy").first.get_attribute("href") or ""
    page.goto(f"{address}/articles/new")
    page.get_by_label("Files", exact=True).set_input_files(
        {"name": "full-support.html", "mimeType": "text/html", "buffer": content.encode()}
    )
    page.get_by_role("button", name="Read it").click()
    page.get_by_role("button", name="Save article").wait_for()
    adding = page.url.removeprefix(address)
    page.goto(f"{address}/quotations")
    quotation = page.locator("a[href^='/quotations/']").first.get_attribute("href") or ""
    page.close()
    story = article.replace("/articles/", "/stories/")
    return {
        "library": "/",
        "article": article,
        "compare": comparison,
        "inline": f"{comparison}?view=inline",
        "finding": finding,
        "row": finding.partition("?")[0],
        "pairing": f"{finding.split('?')[0]}/pair",
        "adding": adding,
        "story": story,
        "wordings": f"{story}/paragraphs/4",
        "reading": f"{story}/paragraphs",
        "noted": finding,
        "notes": "/notes",
        "note": finding.replace("?", "/note?"),
        "search": "/search?q=%22military+bloc%22",
        "export": f"{comparison}/export",
        "evidence": f"{comparison}/evidence",
        "history": f"{article}/history",
        "tags": "/labels",
        "collection": "/search?collection=China+and+Russia",
        "trash": "/trash",
        "quotations": "/quotations",
        "quotation": quotation,
        "publishers": "/publishers",
        "watched": "/watched",
        "log": "/log",
        "keys": "/keys",
        "lost": "/nothing",
    }


def write_notes(browser: Browser, address: str, finding: str) -> None:
    """Write a note on the finding at this path, and one on a paragraph of it."""
    page = browser.new_page()
    notes = (
        ("Checked against the recording: he said “on the Chinese side”.", "confirmed", "finding"),
        ("Who translated this? Ask the desk.", "check", "base-4"),
    )
    for text, status, about in notes:
        page.goto(address + finding.replace("?", "/note?"))
        page.get_by_label("Note", exact=True).fill(text)
        page.locator(f"[name=status][value={status}]").check()
        page.locator(f"[name=about][value={about}]").check()
        if page.locator("#editor").count():
            page.locator("#editor").fill("Mira K.")
        page.get_by_role("button", name="Save note").click()
    page.close()


def add_versions(browser: Browser, address: str) -> None:
    """Add two more versions of the Newsweek article, so that its story has something to show; watch the page of one."""
    page = browser.new_page()
    lines = (SEEDS / "newsweek-full-support.txt").read_text("utf-8").splitlines()
    text = [line for line in lines if line.strip()]
    body = text[
        next(index for index, line in enumerate(text) if line.startswith("China's defense minister")) :
    ]
    versions = (
        ("Example Morning", "2024-02-05", body[:7]),
        ("Example Evening", "2024-02-06", [line.replace("video call", "call") for line in body[2:12]]),
    )
    for publisher, day, paragraphs in versions:
        outlet = publisher.lower().replace(" ", "-")
        words = "\n\n".join(["China stands with Russia on Ukraine", *paragraphs])
        form: dict[str, str | float | bool] = {
            "text": words,
            "publisher": publisher,
            "published_on": day,
            "url": f"https://{outlet}.example/china-and-russia",
            "again": "yes",
        }
        saved = page.request.post(f"{address}/articles", form=form)
    page.request.post(f"{saved.url.partition('?')[0]}/watch", form={"watch": "start"})
    page.close()


def wait_for_findings(browser: Browser, address: str) -> None:
    """Wait until the story at this address has been searched for changes, so that no picture says how many are left."""
    page = browser.new_page()
    page.goto(address)
    while page.locator(".waiting").count():
        page.wait_for_timeout(2_000)
        page.reload()
    page.close()


def use_desk(browser: Browser, address: str, article: str) -> None:
    """Edit the article at this path, tag it and put it into a collection, and delete another one."""
    page = browser.new_page()
    page.goto(f"{address}{article}/edit")
    text = page.get_by_label("Text", exact=True)
    text.fill(text.input_value().replace("newly appointed defense", "new defense"))
    page.get_by_role("button", name="Save").click()
    for name, button in (("to publish", "Add the tag"), ("China and Russia", "Put into the collection")):
        page.goto(f"{address}{article}")
        page.get_by_role("link", name="Tag or collect").click()
        page.get_by_label("Name of a tag or a collection").fill(name)
        page.get_by_role("button", name=button).click()
    page.goto(address)
    page.get_by_role("link", name="China Hails Stronger Ties").click()
    page.get_by_role("link", name="Delete", exact=True).click()
    page.get_by_role("button", name="Delete the article").click()
    page.close()


def keep_picture(page: Page, path: Path) -> None:
    """Save a screenshot of ``page``, with few colours."""
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


def main() -> None:
    """Start the program on a new database with the seeds, and picture each page: light, dark, on a phone, printed."""
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
            greeting = re.search(r"http://\S+:\d+", server.stdout.readline())
            assert greeting is not None, "the program did not start"
            browser = driver.chromium.launch(executable_path=chromium, args=root)
            shown = pages(browser, greeting.group())
            for name, path in shown.items():
                if name == "story":
                    add_versions(browser, greeting.group())
                    wait_for_findings(browser, greeting.group() + path)
                if name == "noted":
                    write_notes(browser, greeting.group(), path)
                if name == "history":
                    use_desk(browser, greeting.group(), shown["article"])
                for look, (width, height) in SIZES.items():
                    if look == "print" and name not in PRINTED:
                        continue
                    page = browser.new_page(
                        viewport={"width": width, "height": STORY_HEIGHT if name == "story" else height},
                        color_scheme="dark" if look == "dark" else "light",
                        device_scale_factor=2 if look == "phone" else 1,
                    )
                    page.emulate_media(media="print" if look == "print" else "screen")
                    page.goto(greeting.group() + path)
                    page.reload()  # the first visit may stay in the fallback fonts
                    page.evaluate("document.fonts.ready.then(() => true)")
                    if name in SHOWN:
                        page.locator(SHOWN[name]).first.scroll_into_view_if_needed()
                    keep_picture(page, PICTURES / f"{name}-{look}.png")
                    page.close()
            browser.close()
        finally:
            server.terminate()
            server.wait(timeout=20)


if __name__ == "__main__":
    main()
