"""The overview of a comparison: one cell a row, one stop for the keyboard, and the current place marked."""

import re

from playwright.sync_api import Page, expect


def test_the_overview_shows_where_one_is_and_leads_to_rows(page: Page, comparison: str) -> None:
    page.goto(comparison)
    cells = page.locator(".overview .cell")
    extras = page.locator(".collation .row.furniture")
    assert (
        cells.count() == page.locator(".collation .row:not(.furniture)").count() + 2
    )  # a cell a run of extras
    assert extras.count() > 2
    cells.nth(11).click()
    expect(page.locator("#row-12")).to_be_in_viewport()
    expect(page.locator(".overview")).to_be_in_viewport()
    expect(page.locator(".overview .current").first).to_be_visible()


def test_the_overview_marks_the_very_row_that_was_clicked(page: Page, comparison: str) -> None:
    page.goto(comparison)
    cells = page.locator(".overview .cell")
    for place in (0, 3, 8, 11, 17):
        cells.nth(place).click()
        expect(cells.nth(place)).to_have_class(re.compile(r"\bcurrent\b"))
        expect(page.locator(".overview .current")).to_have_count(1)
    page.locator(".findings > li > a:first-child").nth(2).click()
    row = (page.locator(".note").nth(2).get_attribute("id") or "").split("-")[1]
    expect(page.locator(".overview .current")).to_have_attribute("data-first", row)


def test_the_overview_is_one_stop_of_the_keyboard_and_arrows_go_through_it(
    page: Page, comparison: str
) -> None:
    page.goto(comparison)
    page.locator(".views a").last.focus()
    page.keyboard.press("Tab")  # on through the bar
    cells = page.locator(".overview .cell")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.locator(".overview .cell:focus").count():
            break
    expect(cells.first).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(cells.nth(2)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#row-3")).to_be_in_viewport()
    cells.nth(2).focus()
    page.keyboard.press("End")
    expect(cells.last).to_be_focused()
    page.keyboard.press("Tab")
    assert page.locator(".overview .cell:focus").count() == 0
