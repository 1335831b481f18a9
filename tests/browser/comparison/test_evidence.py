"""An evidence file in a real browser: made by keyboard without JavaScript, downloaded, and checked."""

import hashlib
import io
from pathlib import Path

from playwright.sync_api import expect

from app.evidence.verdict import verify
from tests.browser.conftest import Open, Server, violations


def test_an_evidence_file_is_made_by_keyboard_downloaded_and_checked(
    open_page: Open, server: Server, tmp_path: Path
) -> None:
    page = open_page(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page.goto(server.url)
    page.goto(page.locator(".worst-finding a").first.evaluate("link => link.href").partition("/rows/")[0])
    page.get_by_role("button", name="Marks and sharing").focus()
    page.keyboard.press("Enter")
    for link in ("Cite, export", "Evidence file"):
        page.get_by_role("link", name=link).first.focus()
        page.keyboard.press("Enter")
    page.get_by_role("button", name="Make the evidence file").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="The evidence file")).to_be_visible()
    digest = page.locator(".digest").first.inner_text()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").first.click()
    received = tmp_path / download.value.suggested_filename
    download.value.save_as(received)
    assert hashlib.sha256(received.read_bytes()).hexdigest() == digest
    assert verify(received, io.StringIO(), expect=digest) == 0
    for options in ({"color_scheme": "dark"}, {"viewport": {"width": 390, "height": 844}}):
        looked = open_page(permissions=["clipboard-read", "clipboard-write"], **options)
        for address in (page.url, f"{server.url}/evidence/{digest}"):
            looked.goto(address)
            assert violations(looked) == [], address
            for button, words in (("Copy the SHA-256", digest), ("Copy the command", f"--expect {digest}")):
                looked.get_by_role("button", name=button).first.click()
                expect(looked.locator(".copied", has_text=button)).to_be_visible()
                assert looked.evaluate("navigator.clipboard.readText()").endswith(words)
            assert looked.evaluate("document.documentElement.scrollWidth <= innerWidth")
