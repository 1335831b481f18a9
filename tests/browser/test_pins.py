"""Correcting the alignment as a reader does: with and without scripts, by keyboard, on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, violations_light_and_dark
from tests.browser.test_comparison import PHONE

PINS = "?pins=2-1,5-5,4x4"


@pytest.mark.parametrize("scripts", [True, False])
def test_a_row_is_kept_apart_and_put_together_again(open_page: Open, comparison: str, scripts: bool) -> None:
    page = open_page(viewport={"width": 1400, "height": 900}, java_script_enabled=scripts)
    page.goto(comparison)
    row = page.locator(".row.edited").nth(3)
    row.hover()
    row.get_by_role("link", name="pair").click()
    expect(page).to_have_url(re.compile(r"/rows/\d+/pair$"))
    page.get_by_role("link", name="Keep these two apart").click()
    expect(page).to_have_url(re.compile(r"\?pins=(\d+)x(\d+)#row-\d+$"))
    expect(page.locator(".row:target")).to_be_in_viewport()
    expect(page.locator(".row:target")).to_contain_text("by a reader")
    expect(page.locator(".pins")).to_contain_text("Made around 1 pin of a reader")
    page.locator(".row:target").get_by_role("link", name="pair").click()
    page.get_by_role("link", name="Together").first.click()
    expect(page).to_have_url(re.compile(r"\?pins=[^#]*-[^#]*#row-\d+$"))
    expect(page.locator(".row:target .remark.pinned").first).to_contain_text("put together by a reader")
    while page.locator(".pins .undo").count():
        page.locator(".pins .undo").first.click()
    expect(page).to_have_url(comparison)


def test_the_keyboard_reaches_the_quiet_link_and_sees_it(page: Page, comparison: str) -> None:
    page.goto(comparison)
    link, actions = page.locator("#row-4 .actions a[rel=nofollow]"), page.locator("#row-4 .actions")
    assert actions.evaluate("(one) => getComputedStyle(one).opacity") == "0"
    page.locator("#row-4 .copy").focus()
    page.keyboard.press("Tab")
    expect(link).to_be_focused()
    assert actions.evaluate("(one) => getComputedStyle(one).opacity") == "1"
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Fix pairing")).to_be_visible()


def test_on_a_phone_the_link_is_always_seen_and_nothing_overflows(open_page: Open, comparison: str) -> None:
    page = open_page(viewport=PHONE, is_mobile=True, has_touch=True)
    page.goto(comparison)
    link = page.locator("#row-4 .actions a[rel=nofollow]")
    assert page.locator("#row-4 .actions").evaluate("(one) => getComputedStyle(one).opacity") == "1"
    page.locator("#row-4 > .gutter a").first.tap(trial=True)
    link.tap()
    expect(page.get_by_role("heading", name="Fix pairing")).to_be_visible()
    for tail in (PINS, f"{PINS}&view=inline", f"/rows/6{PINS}", f"/rows/6/pair{PINS}"):
        page.goto(comparison + tail)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], tail


def test_views_and_copied_links_keep_the_pins(open_page: Open, comparison: str) -> None:
    page = open_page(
        viewport={"width": 1400, "height": 900}, permissions=["clipboard-read", "clipboard-write"]
    )
    page.goto(comparison + PINS)
    page.locator("#view-inline").click()
    expect(page.locator("table.inline:not(.fold table)")).to_be_visible()
    expect(page).to_have_url(f"{comparison}{PINS}&view=inline")
    expect(page.locator(".pins")).to_be_visible()
    link = page.locator("a.share")
    link.click()
    expect(link).to_have_class(re.compile("copied"))
    assert page.evaluate("navigator.clipboard.readText()") == comparison + PINS
    page.get_by_role("link", name="Swap the two texts").click()
    expect(page).to_have_url(re.compile(r"\?pins=1-2,5-5,4x4&view=inline$"))


@pytest.mark.parametrize("width", [1400, 390])
@pytest.mark.parametrize("tail", [PINS, f"/rows/6{PINS}", "/rows/6/pair", f"/rows/6/pair{PINS}"])
def test_axe_finds_nothing(open_page: Open, comparison: str, width: int, tail: str) -> None:
    page = open_page(viewport={"width": width, "height": 900})
    page.goto(comparison + tail)
    for button in page.locator("button.foldbar").all():
        button.click()
    assert violations_light_and_dark(page) == []


def test_that_it_is_not_stored_is_seen_without_scrolling(open_page: Open, comparison: str) -> None:
    page = open_page(viewport={"width": 1280, "height": 800})
    page.goto(f"{comparison}?pins=5x5")
    expect(page.get_by_text("This comparison is not stored")).to_be_in_viewport()
    page.get_by_role("button", name="Store this comparison").click()
    expect(page).to_have_url(re.compile(r"\?pins=5x5$"))
    expect(page.get_by_text("This comparison is not stored")).to_have_count(0)
