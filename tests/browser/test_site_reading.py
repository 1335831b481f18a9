import re

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import Open, Server, violations, violations_light_and_dark

LOOKS: dict[str, dict[str, object]] = {
    "desk": {"viewport": {"width": 1500, "height": 950}},
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True},
    "forced colours, 320 pixels": {"forced_colors": "active", "viewport": {"width": 320, "height": 640}},
    "400 per cent": {"color_scheme": "dark", "viewport": {"width": 325, "height": 225}},  # 1300 by 900
}


def article_at(page: Page, server: Server, title: str = "China Offers Full Support") -> str:
    """Return the address of an article, found in the library."""
    page.goto(server.url)
    link = page.locator("a[href^='/articles/']", has_text=title).first
    return server.url + str(link.get_attribute("href"))


def every_page(page: Page, server: Server) -> dict[str, str]:
    article = article_at(page, server)
    return {
        "library": server.url,
        "article": article,
        "a paragraph": f"{article}/revisions/1#p-4",
        "story": article.replace("/articles/", "/stories/"),
        "a story of one": article_at(page, server, "China Hails Stronger Ties").replace(
            "/articles/", "/stories/"
        ),
        "adding": f"{server.url}/articles/new",
        "editing": f"{article}/edit",
        "deleting": f"{article}/delete",
        "edit key": f"{server.url}/edit-key",
        "log": f"{server.url}/log",
        "saved": f"{article}?told=saved",
        "trash": f"{server.url}/trash",
        "search": f"{server.url}/search?q=support+russia+before:soon",
        "how to search": f"{server.url}/search",
        "tags": f"{server.url}/labels",
        "notes": f"{server.url}/notes",
        "quotations": f"{server.url}/quotations",
        "publishers": f"{server.url}/publishers",
        "watched addresses": f"{server.url}/watched",
        "keys for scripts": f"{server.url}/keys",
        "history": f"{article}/history?sentence=gave+his+full+support",
    }


def faults(page: Page, look: str) -> list[str]:
    """Return axe-core's violations; in forced colours the contrast is the reader's own choice."""
    if look == "desk":
        return violations_light_and_dark(page)
    is_forced = "forced_colors" in LOOKS[look]
    return violations(page, **({"rules": {"color-contrast": {"enabled": False}}} if is_forced else {}))


def small_targets(page: Page) -> list[str]:
    """Return targets too small to tap: links outside sentences, buttons and folds under 24 pixels high or wide."""
    faults: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("a, button, summary, select")]
            .filter((one) => one.checkVisibility() && getComputedStyle(one).display !== "inline")
            .filter((one) => !one.closest(".vh, .skip, .overview, .quoted-link"))
            .map((one) => [one.textContent.trim(), one.getBoundingClientRect()])
            .filter(([, box]) => box.width > 1 && (box.width < 23.9 || box.height < 23.9))
            .map(([words, box]) => `${words}: ${box.width} x ${box.height}`)"""
    )
    return faults


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_and_no_page_is_wider_than_its_screen(
    open_page: Open, server: Server, look: str
) -> None:
    page = open_page(**LOOKS[look])
    for name, address in every_page(page, server).items():
        page.goto(address)
        assert faults(page, look) == [], name
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        if look == "phone":
            assert small_targets(page) == [], name


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_on_an_error_page(chromium: Browser, server: Server, look: str) -> None:
    # Chromium itself notes a 404 in the console, which the fixture for tabs takes for a complaint of the page.
    context = chromium.new_context(**LOOKS[look])  # type: ignore[arg-type] # Playwright's own options
    page = context.new_page()
    page.goto(f"{server.url}/nothing")
    expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")
    assert faults(page, look) == []
    context.close()


def test_no_page_asks_another_host_for_anything(page: Page, server: Server) -> None:
    urls: list[str] = []
    page.on("request", lambda request: urls.append(request.url))
    for address in every_page(page, server).values():
        page.goto(address)
    assert {re.sub(r"(://[^/]+).*", r"\1", url) for url in urls} == {server.url}


def test_from_the_library_to_an_article_and_its_comparison(page: Page, server: Server) -> None:
    page.goto(server.url)
    page.get_by_text("2 articles of China Offers Full Support").click()
    page.locator(".member-title").get_by_role("link", name="China Offers Full Support").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "China Offers Full Support to Russia on Ukraine War"
    )
    page.get_by_label("The other article").select_option(index=0)
    page.get_by_role("button", name="Compare", exact=True).click()
    expect(page).to_have_url(re.compile(r"/compare/[a-z2-7]{16}\.\.[a-z2-7]{16}$"))


def test_a_paragraphs_number_is_a_link_to_it_that_stays(page: Page, server: Server) -> None:
    address = article_at(page, server)
    page.goto(address)
    page.get_by_role("link", name="Link to paragraph 4", exact=True).click()
    expect(page).to_have_url(f"{address}/revisions/1#p-4")
    expect(page.locator("#p-4")).to_be_in_viewport()


def test_a_link_to_a_folded_line_opens_its_fold(page: Page, server: Server) -> None:
    page.goto(article_at(page, server, "Chinese defense chief offers") + "#f-1")
    expect(page.get_by_text("date 2024-02-05 Connect with us")).to_be_visible()
    expect(page.get_by_role("button", name="1 line of page extras", expanded=True)).to_be_visible()


def test_a_fold_that_a_search_opened_before_the_script_came_says_so(page: Page, server: Server) -> None:
    address = article_at(page, server, "Chinese defense chief offers")
    held: list[Route] = []
    page.route("**/js/site.js*", lambda route: held.append(route))
    page.goto(address, wait_until="commit")
    page.locator(".fold").evaluate("(fold) => fold.removeAttribute('hidden')")  # as the browser does
    expect(page.get_by_role("button", name="1 line of page extras", expanded=False)).to_be_visible()
    held[0].continue_()
    expect(page.get_by_role("button", name="1 line of page extras", expanded=True)).to_be_visible()


def test_page_extras_of_an_article_open_by_the_keyboard_and_are_open_without_a_script(
    page: Page, open_page: Open, server: Server
) -> None:
    address = article_at(page, server, "Chinese defense chief offers")
    page.goto(address)
    extras = page.get_by_text("date 2024-02-05 Connect with us")
    expect(extras).to_be_hidden()
    page.get_by_role("button", name="1 line of page extras").focus()
    page.keyboard.press("Enter")
    expect(extras).to_be_visible()
    page.keyboard.press("Enter")
    expect(extras).to_be_hidden()
    plain = open_page(java_script_enabled=False)
    plain.goto(address)
    expect(plain.get_by_text("date 2024-02-05 Connect with us")).to_be_visible()
    expect(plain.locator("button.foldbar")).to_be_hidden()


def test_the_keyboard_skips_to_the_text_and_reaches_everything(page: Page, server: Server) -> None:
    page.goto(article_at(page, server))
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="To the text")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Link to the headline")).to_be_focused()
    reached = set()
    for _ in range(80):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.textContent.trim().split('\\n')[0]"))
    assert {"Compare", "Edit text", "Delete"} <= reached


def test_the_keyboard_can_jump_to_the_actions(page: Page, server: Server) -> None:
    page.goto(article_at(page, server))
    jump = page.get_by_role("link", name="Relatives, compare, revisions, edit")
    jump.focus()
    expect(jump).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="See the whole story")).to_be_focused()


def test_where_the_focus_is_can_be_seen(page: Page, server: Server) -> None:
    page.goto(server.url)
    for _ in range(8):
        page.keyboard.press("Tab")
        assert page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)") >= 2


def test_everything_reads_without_javascript(open_page: Open, server: Server) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(article_at(page, server))
    page.get_by_role("button", name="Compare").click()
    expect(page).to_have_url(re.compile("/compare/"))
    page.get_by_role("link", name="See the whole story").click()
    page.locator(".matrix td.reworded a").nth(3).click()
    expect(page).to_have_url(re.compile(r"/compare/\S+#row-\d+$"))
    expect(page.locator(".row:target")).to_be_in_viewport()


def test_forced_colours_and_reduced_motion_change_no_content(open_page: Open, server: Server) -> None:
    page = open_page(forced_colors="active", reduced_motion="reduce")
    page.goto(article_at(page, server))
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    expect(page.get_by_role("button", name="Compare")).to_be_visible()


def test_older_articles_follow_in_place_and_by_plain_link(open_page: Open, fresh_server: Server) -> None:
    page = open_page()
    for number in range(30):
        answer = page.request.post(
            f"{fresh_server.url}/articles", form={"text": f"Title {number}\n\nBody {number}.", "again": "yes"}
        )
        assert answer.ok
    page.goto(fresh_server.url)
    expect(page.locator(".shelf")).to_have_count(30)
    page.get_by_role("link", name="More").click()
    expect(page.locator(".shelf")).to_have_count(34)
    plain = open_page(java_script_enabled=False)
    plain.goto(fresh_server.url)
    plain.get_by_role("link", name="More").click()
    expect(plain).to_have_url(f"{fresh_server.url}/?page=2")
    expect(plain.locator(".shelf")).to_have_count(4)


def test_background_errors_are_shown_on_the_page(chromium: Browser, fresh_server: Server) -> None:
    # Chromium itself notes a 503 in the console, which the fixture for tabs takes for a complaint of the page.
    context = chromium.new_context()
    page = context.new_page()
    for number in range(30):
        page.request.post(
            f"{fresh_server.url}/articles", form={"text": f"Title {number}\n\nBody {number}.", "again": "yes"}
        )
    page.goto(fresh_server.url)
    page.route("**/?page=2", lambda route: route.continue_(url=f"{fresh_server.url}/nothing"))
    page.get_by_role("link", name="More").click()
    expect(page.locator("#notice")).to_contain_text("There is no page at this address.")
    expect(page.locator(".shelf")).to_have_count(30)
    context.close()


def test_a_slash_leads_to_the_search_and_from_there_to_a_paragraph(open_page: Open, server: Server) -> None:
    page = open_page()
    page.goto(f"{server.url}/quotations")
    page.keyboard.press("/")
    page.keyboard.type('"atlantic council" author:brar')
    page.keyboard.press("Enter")
    expect(page.locator("mark")).to_have_text(["Brar", "Atlantic Council"])
    page.get_by_role("link", name="Paragraph 14").click()
    expect(page.locator("#p-14")).to_be_in_viewport()
