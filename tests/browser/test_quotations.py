"""Reading quotations as an analyst does: by eye, by keyboard, on a phone, without scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, Server, violations_light_and_dark
from tests.browser.test_site_reading import article_at

PHONE = {"width": 390, "height": 844}


def dong(page: Page, server: Server) -> None:
    """Open the page of the sentence that four articles carry."""
    page.goto(f"{server.url}/quotations")
    page.locator(".listed a").first.click()
    expect(page.locator(".wording")).to_have_count(4)


def test_who_carried_which_wording_is_seen_without_scrolling(page: Page, server: Server) -> None:
    dong(page, server)
    for name in ("Newsweek", "Publisher not stated", "World Socialist Web Site"):
        expect(page.get_by_role("link", name=re.compile(f"^{name}"))).to_be_in_viewport()
    expect(page.locator(".wording.reworded del").first).to_be_in_viewport()


def test_from_an_article_to_a_quotation_and_on_to_the_paragraph_in_another(
    page: Page, server: Server
) -> None:
    page.goto(article_at(page, server))
    page.get_by_role("link", name="4 articles, reworded carry this quotation").click()
    expect(page.locator(".current")).to_contain_text("Newsweek")
    page.get_by_role("link", name=re.compile("^World Socialist")).click()
    expect(page.locator(".para:target")).to_be_in_viewport()
    expect(page.locator(".para:target")).to_contain_text("We have supported you on the Ukrainian issue")


def test_from_a_finding_to_all_versions_and_back(page: Page, server: Server) -> None:
    page.goto(article_at(page, server))
    page.get_by_role("link", name="Compare with", exact=False).first.click()
    page.locator(".note .versions").first.click()
    expect(page).to_have_url(re.compile(r"/quotations/[a-z2-7]{16}$"))
    expect(page.locator(".wording")).to_have_count(4)
    page.go_back()
    expect(page).to_have_url(re.compile("/compare/"))


def test_the_keyboard_reaches_the_wordings_and_each_carrier(page: Page, server: Server) -> None:
    dong(page, server)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="To the wordings")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#wordings")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(".who a").first).to_be_focused()


def test_without_scripts_lists_filters_and_searches_work(open_page: Open, server: Server) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(f"{server.url}/quotations")
    page.get_by_role("link", name="Reworded only").click()
    expect(page.locator(".listed li")).to_have_count(3)
    page.get_by_role("link", name="Wang Wenbin").click()
    expect(page.locator(".listed li")).to_have_count(1)
    expect(page.get_by_role("heading", level=1)).to_have_text("Quotations of Wang Wenbin")
    page.goto(f"{server.url}/quotations")
    page.get_by_role("searchbox", name="Words of a quotation").fill("military bloc")
    page.get_by_role("button", name="Find").click()
    expect(page.locator(".listed li")).to_have_count(1)


def test_a_phone_shows_pages_of_its_own_width(open_page: Open, server: Server) -> None:
    page = open_page(viewport=PHONE, is_mobile=True, has_touch=True)
    page.goto(f"{server.url}/quotations")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    dong(page, server)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    who, words = page.locator(".who").first.bounding_box(), page.locator("blockquote").first.bounding_box()
    assert who
    assert words
    assert who["y"] < words["y"]


@pytest.mark.parametrize("width", [1400, 390])
def test_axe_finds_nothing(open_page: Open, server: Server, width: int) -> None:
    page = open_page(viewport={"width": width, "height": 900})
    dong(page, server)
    assert violations_light_and_dark(page) == []
    page.goto(f"{server.url}/quotations?reworded=1")
    assert violations_light_and_dark(page) == []
    page.goto(f"{server.url}/quotations?q=zeppelin")
    assert violations_light_and_dark(page) == []
    page.goto(article_at(page, server))
    assert violations_light_and_dark(page) == []


def test_forced_colours_keep_the_marks(open_page: Open, server: Server) -> None:
    page = open_page(forced_colors="active")
    dong(page, server)
    struck = page.locator("blockquote del").first.evaluate(
        "(one) => getComputedStyle(one).textDecorationLine"
    )
    assert "line-through" in struck
