"""Many texts at once, as an analyst reads them: by eye, by keyboard, on a phone, without scripts, by ear."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, Server, covered_stops, violations
from tests.browser.test_site_reading import article_at

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def paragraph(page: Page, server: Server) -> str:
    """The address of the paragraph of the Newsweek article that its repost turned."""
    return f"{article_at(page, server).replace('/articles/', '/stories/')}/paragraphs/4"


@pytest.mark.parametrize("size", [{"width": 1300, "height": 900}, PHONE])
def test_who_turned_the_pressure_is_in_the_first_screen(
    open_page: Open, paragraph: str, size: dict[str, int]
) -> None:
    page = open_page(viewport=size)
    page.goto(paragraph)
    for words in ("put pressure on", "put forward pressure from"):
        reading = page.locator(".reading").filter(has_text=words).first
        box = reading.bounding_box()
        assert box
        assert 0 <= box["y"] <= size["height"] - box["height"], words
    expect(page.locator(".reverses .reading-names")).to_have_text("“Chinese defense chief offers…”")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("script", [True, False])
def test_a_phrase_shows_its_wordings_and_the_place_is_kept(
    open_page: Open, paragraph: str, script: bool
) -> None:
    page = open_page(viewport={"width": 1300, "height": 900}, java_script_enabled=script)
    page.goto(paragraph.removesuffix("/4"))
    phrase = page.locator("a.tint", has_text="has taken a hit").first
    phrase.click()
    expect(page).to_have_url(re.compile("paragraph=4&phrase=has\\+taken\\+a\\+hit"))
    expect(page.locator("#panel-title")).to_have_text("“has taken a hit”")
    expect(page.locator("#panel-title")).to_be_in_viewport()
    expect(page.locator("a.tint[aria-current]")).to_have_text(re.compile("has taken a hit"))
    expect(page.locator("a.tint[aria-current]")).to_be_in_viewport()
    if script:
        assert page.evaluate("performance.getEntriesByType('navigation').length") == 1
        page.go_back()
        expect(page.locator("#panel-title")).to_have_text("“put pressure on”")


def test_the_keyboard_carries_the_task(page: Page, paragraph: str) -> None:
    page.goto(paragraph)
    page.locator("#base-text").focus()
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.locator("a.tint:focus").count():
            break
    page.keyboard.press("Tab")
    focused = page.locator("a.tint:focus")
    expect(focused).to_have_text(re.compile("^West"))
    page.keyboard.press("Enter")
    expect(page.locator("#panel-title")).to_have_text("“West”")
    expect(focused).to_have_text(re.compile("^West"))


def test_on_a_phone_all_wordings_but_the_most_serious_are_folded(open_page: Open, paragraph: str) -> None:
    page = open_page(viewport=PHONE)
    page.goto(paragraph)
    groups = page.locator(".wording-group")
    expect(groups.first).to_have_attribute("open", "")
    expect(groups.nth(1)).not_to_have_attribute("open", "")
    groups.nth(1).locator("summary").click()
    expect(groups.nth(1).locator(".side-words").first).to_be_visible()


def test_on_a_phone_the_wordings_over_the_text_can_be_closed(open_page: Open, paragraph: str) -> None:
    page = open_page(viewport=PHONE)
    page.goto(paragraph)
    page.get_by_role("button", name="Close the wordings").click()
    expect(page.locator("#wordings")).to_be_hidden()
    phrase = page.locator(".base-text a.tint").last
    phrase.click()
    expect(page.locator("#wordings")).to_be_visible()
    page.locator("#wordings").press("Escape")
    expect(page.locator("#wordings")).to_be_hidden()
    expect(phrase).to_be_focused()


def test_on_a_phone_the_text_is_not_covered_until_wordings_are_asked_for(
    open_page: Open, paragraph: str
) -> None:
    page = open_page(viewport=PHONE)
    page.goto(paragraph)
    panel = page.locator("#wordings")
    box = panel.bounding_box()
    assert box
    assert 0 < box["height"] <= PHONE["height"] / 4
    page.goto(paragraph.removesuffix("/4"))
    expect(panel).to_be_hidden()
    page.locator(".base-text a.tint").first.click()
    expect(panel).to_be_in_viewport()
    page.reload()  # now the address asks for these words
    expect(panel).to_be_in_viewport()
    plain = open_page(viewport=PHONE, java_script_enabled=False)
    plain.goto(paragraph.removesuffix("/4"))
    expect(plain.locator("#wordings")).to_be_visible()


def test_on_a_phone_the_wordings_cover_nothing_that_the_keyboard_comes_to(
    open_page: Open, paragraph: str
) -> None:
    page = open_page(viewport=PHONE)
    page.goto(paragraph)
    assert covered_stops(page) == []
    page.locator(".base-text a.tint").first.click()
    page.reload()
    assert covered_stops(page) == []


def test_without_scripts_the_wordings_lie_below_the_text_on_a_phone(open_page: Open, paragraph: str) -> None:
    page = open_page(viewport=PHONE, java_script_enabled=False)
    page.goto(paragraph)
    expect(page.locator(".panel-close")).to_be_hidden()
    panel, text = page.locator("#wordings").bounding_box(), page.locator(".base-text").bounding_box()
    assert panel
    assert text
    assert panel["y"] >= text["y"] + text["height"]


@pytest.mark.parametrize(
    "options",
    [
        {"viewport": {"width": 1300, "height": 900}},
        {"viewport": {"width": 1300, "height": 900}, "color_scheme": "dark"},
        {"viewport": {"width": 1300, "height": 900}, "forced_colors": "active"},
        {"viewport": {"width": 320, "height": 640}},
    ],
    ids=["light", "dark", "forced", "narrow"],
)
def test_axe_finds_nothing(open_page: Open, paragraph: str, options: dict[str, object]) -> None:
    page = open_page(**options)
    for address in (paragraph, paragraph.removesuffix("/4")):
        page.goto(address)
        faults = violations(page)
        if (
            "forced_colors" in options
        ):  # axe reads the page's own colour of a text, which the reader's replaces
            faults = [fault for fault in faults if not fault.startswith("color-contrast")]
        assert faults == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_listener_hears_how_many_differ_and_who_words_it_how(page: Page, paragraph: str) -> None:
    page.goto(paragraph)
    text = page.locator(".base-text").aria_snapshot()
    assert 'link "put pressure on 1 of 2 differ"' in text
    panel = page.locator("#wordings").aria_snapshot()
    assert '- heading "“put pressure on”" [level=2]' in panel
    assert "may reverse the meaning" in panel
    assert "2 articles" in panel
    groups = page.locator(".all-wordings").aria_snapshot()
    assert "only in this wording: from" in groups
