"""Reading a story as an analyst does: by eye, by keyboard, on a phone, without scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

from app.services.operations.database import open_database
from app.settings import Settings
from tests.browser.conftest import Open, Server, violations_light_and_dark
from tests.browser.test_site_reading import article_at
from tests.web.comparison.comparing import added, paragraphs

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def story(page: Page, server: Server) -> str:
    """The address of the story of the Newsweek article and its repost."""
    return article_at(page, server).replace("/articles/", "/stories/")


def test_from_the_library_to_the_story_and_a_cell_to_its_row(page: Page, server: Server) -> None:
    page.goto(server.url)
    page.get_by_role("heading").get_by_role("link", name="China Offers Full Support").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.locator(".matrix td.has-finding a").first.click()
    expect(page).to_have_url(re.compile(r"/compare/\S+#row-\d+$"))
    expect(page.locator(".row:target")).to_be_in_viewport()
    expect(page.locator(".row:target + .notes")).to_be_visible()


def test_the_matrix_is_one_stop_of_the_keyboard_and_arrows_go_through_it(page: Page, story: str) -> None:
    page.goto(story)
    cells = page.locator(".matrix td > a")
    page.locator(".matrix-box").focus()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.locator(".matrix td > a:focus").count():
            break
    expect(cells.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(cells.nth(2)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(cells.nth(1)).to_be_focused()
    page.keyboard.press("Tab")
    assert page.locator(".matrix td > a:focus").count() == 0
    cells.nth(1).focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/compare/\S+#row-\d+$"))


def test_without_scripts_every_cell_is_reached_and_the_matrix_can_be_passed(
    open_page: Open, story: str
) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(story)
    page.get_by_role("link", name="Skip the matrix").focus()
    expect(page.get_by_role("link", name="Skip the matrix")).to_be_in_viewport()
    for _ in range(5):  # the box, an article, a paragraph in its text and in all its wordings, a cell
        page.keyboard.press("Tab")
    expect(page.locator(".matrix td > a").first).to_be_focused()
    page.get_by_role("link", name="Skip the matrix").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#past-matrix$"))


def test_on_a_phone_the_matrix_of_two_needs_no_box_and_its_head_stays_in_sight(
    open_page: Open, server: Server, story: str
) -> None:
    page = open_page(viewport=PHONE, is_mobile=True, has_touch=True)
    page.goto(story)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.locator(".matrix tbody tr").nth(9).evaluate("(one) => one.scrollIntoView({block: 'center'})")
    head = page.locator(".matrix thead th").nth(1).bounding_box()
    assert head
    assert abs(head["y"]) < 3


def stays_beside_its_box(page: Page) -> None:
    """Check that the head and the paragraphs of the matrix stay where they are while its box scrolls."""
    box = page.locator(".matrix-box")
    box.evaluate("(one) => one.scrollTo(200, 300)")
    head, first = page.locator(".matrix thead th").nth(1), page.locator(".matrix tbody th").nth(4)
    around, above, beside = box.bounding_box(), head.bounding_box(), first.bounding_box()
    assert around
    assert above
    assert beside
    assert abs(above["y"] - around["y"]) < 3
    assert abs(beside["x"] - around["x"]) < 3


@pytest.mark.parametrize("width", [1400, 390])
def test_axe_finds_nothing(open_page: Open, story: str, width: int) -> None:
    page = open_page(viewport={"width": width, "height": 900})
    page.goto(story)
    for details in page.locator("details").all():
        details.evaluate("(one) => one.open = true")
    assert violations_light_and_dark(page) == []


def test_paper_shows_the_whole_matrix(page: Page, story: str) -> None:
    page.goto(story)
    page.emulate_media(media="print")
    assert page.locator(".matrix-box").evaluate("(one) => getComputedStyle(one).overflow") == "visible"
    expect(page.locator(".as-base").first).to_be_hidden()


def test_forced_colours_keep_the_signs(open_page: Open, story: str) -> None:
    page = open_page(forced_colors="active")
    page.goto(story)
    expect(page.locator(".matrix td.reworded").first).to_contain_text("≠")


def test_long_names_do_not_widen_pages_and_twelve_articles_fit_a_wide_screen(
    open_page: Open, fresh_server: Server
) -> None:
    db = open_database(Settings(data_dir=fresh_server.data))
    quotation = "“Not a drop of the water shall be lost to the mill,” said the miller."
    text = [*paragraphs("harbour", 4).split("\n\n"), quotation]
    try:
        added(db, "The mill", "\n\n".join(text), "Nospaceanywhere" * 10)
        for number in range(12):
            remaining = [paragraph for place, paragraph in enumerate(text) if place != number % 4]
            added(
                db,
                "The mill",
                "\n\n".join(remaining),
                "Nospaceanywhere" * 10 if number == 7 else f"Paper {number}",
            )
    finally:
        db.dispose()
    for width in (PHONE["width"], 1280):
        page = open_page(viewport={"width": width, "height": 900})
        for path in ("/", "/quotations"):
            page.goto(fresh_server.url + path)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (path, width)
        page.goto(fresh_server.url)
        page.get_by_role("heading").get_by_role("link", name="The mill").click()
        expect(page.locator(".matrix thead th")).to_have_count(13)
        page.wait_for_load_state()  # a page whose styles are still to come may be wider
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        if width == PHONE["width"]:
            stays_beside_its_box(page)
    assert page.locator(".matrix-box").evaluate("(one) => one.scrollWidth <= one.clientWidth")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 690, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "on paper"
    expect(page.locator(".bar")).to_be_hidden()


def test_on_a_phone_two_columns_of_a_few_are_in_sight_beside_the_paragraphs(
    open_page: Open, fresh_server: Server
) -> None:
    db = open_database(Settings(data_dir=fresh_server.data))
    try:
        for publisher in ("The Daily", "The Weekly", "The Monthly", "The Yearly"):
            added(db, "The harbour", paragraphs("harbour", 4), publisher)
    finally:
        db.dispose()
    page = open_page(viewport=PHONE)
    page.goto(fresh_server.url)
    page.get_by_role("heading").get_by_role("link", name="The harbour").click()
    second = page.locator(".matrix tbody tr").first.locator("td").nth(1).bounding_box()
    assert second
    assert second["x"] + second["width"] <= PHONE["width"]
