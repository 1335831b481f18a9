"""Share and export in a browser: one click opens the menu, one more copies the citation."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Open, Server, violations

PHONE = {"width": 390, "height": 844}


def test_the_citation_is_two_clicks_away_and_focus_comes_back(open_page: Open, comparison: str) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(comparison)
    button = page.get_by_role("link", name="Cite, export")
    button.press("Enter")
    panel = page.get_by_role("region", name="Share and export")
    expect(panel.get_by_role("link", name="Copy link")).to_be_focused()
    assert violations(page) == []
    panel.get_by_role("button", name="Copy citation").click()
    expect(page.get_by_text("Citation copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#citation").inner_text()
    with page.expect_download() as download:
        panel.get_by_role("link", name="Word file").click()
    assert download.value.suggested_filename == "newsweek-chinese-defense-chief-offers.docx"
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(button).to_be_focused()


def test_what_a_search_found_is_cited_in_two_clicks_and_so_is_a_row(
    open_page: Open, comparison: str, server: Server
) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(f'{server.url}/search?q="military bloc"')
    page.emulate_media(media="print")
    expect(page.get_by_text("military bloc").first).to_be_visible()
    expect(page.locator(".cite").first).to_be_hidden()
    page.emulate_media(media="screen")
    page.get_by_role("link", name="Cite ¶6 of Chinese regime").click()
    for place in ("¶6", "¶12"):
        assert violations(page) == []
        page.get_by_role("button", name="Copy citation").click()
        expect(page.get_by_text("Citation copied.")).to_be_visible()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == page.locator("#citation").inner_text()
        assert place in copied
        assert "do not form a military bloc" in copied
        page.goto(f"{comparison}/rows/14")


def test_without_scripts_it_is_a_page_and_a_print_says_where_it_is_from(
    open_page: Open, comparison: str, server: Server
) -> None:
    page = open_page(java_script_enabled=False, viewport=PHONE)
    page.goto(comparison)
    expect(page.locator(".on-paper")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".on-paper")).to_contain_text(re.compile(r"engine [\d.]+, .*/compare/"))
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Marks and sharing").click()
    page.get_by_role("link", name="Cite, export").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Share and export")
    expect(page.locator("#citation")).to_contain_text("Newsweek")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
