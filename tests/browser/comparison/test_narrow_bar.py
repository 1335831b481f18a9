"""The bar of a comparison and the names of its texts, on narrow and very wide screens."""

import re
from io import BytesIO
from itertools import pairwise

import pytest
from PIL import Image
from playwright.sync_api import FloatRect, Locator, Page, expect

from app.permalinks import compare_path
from app.services.articles import store
from app.services.operations.database import open_database
from app.settings import Settings
from app.sources import text
from tests.browser.conftest import Open, Server

WIDTHS = (320, 360, 390)


def box_of(thing: Locator) -> FloatRect:
    box = thing.bounding_box()
    assert box
    return box


def tools_of(page: Page) -> list[FloatRect]:
    controls = page.locator(".tools :is(.views a, .stepper a, #position, .more-button)")
    return [box_of(one) for one in controls.all() if one.is_visible()]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_bar_of_a_phone_is_one_line_once_the_text_is_read(
    open_page: Open, comparison: str, width: int
) -> None:
    page = open_page(viewport={"width": width, "height": 700}, has_touch=True)
    page.goto(f"{comparison}#row-9")
    page.reload()  # the fonts are there from the second page on
    expect(page.locator("#row-9")).to_be_in_viewport()
    boxes = tools_of(page)
    assert len(boxes) == 7
    middles = [box["y"] + box["height"] / 2 for box in boxes]
    assert max(middles) - min(middles) < 4
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= width for box in boxes)
    edges = sorted((box["x"], box["x"] + box["width"]) for box in boxes)
    assert all(end <= start + 1 for (_, end), (start, _) in pairwise(edges))
    bar = box_of(page.locator(".compare-bar"))
    assert bar["y"] + bar["height"] < 72
    expect(page.locator(".source").first).not_to_be_in_viewport()
    row = box_of(page.locator("#row-9"))
    assert bar["y"] + bar["height"] <= row["y"] < bar["y"] + bar["height"] + 80


@pytest.mark.parametrize("width", [720, 1024])
def test_the_bar_of_a_tablet_is_names_and_one_line_of_tools(
    open_page: Open, comparison: str, width: int
) -> None:
    page = open_page(viewport={"width": width, "height": 900}, has_touch=True)
    page.goto(f"{comparison}#row-9")
    page.reload()
    boxes = [box_of(one) for one in page.locator(".tools > *").all() if one.is_visible()]
    middles = [box["y"] + box["height"] / 2 for box in boxes]
    assert max(middles) - min(middles) < 4
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= width for box in boxes)
    bar = box_of(page.locator(".compare-bar"))
    assert bar["height"] < 116
    row = box_of(page.locator("#row-9"))
    assert bar["y"] + bar["height"] <= row["y"] < bar["y"] + bar["height"] + 80
    page.get_by_role("button", name="Marks and sharing").click()
    expect(page.locator(".compare-bar").get_by_role("link", name="Copy link")).to_be_visible()


def test_the_bars_ground_reaches_both_edges_of_a_wide_window(open_page: Open, comparison: str) -> None:
    page = open_page(viewport={"width": 2200, "height": 900}, color_scheme="light")
    page.goto(f"{comparison}#row-9")
    line = Image.open(BytesIO(page.screenshot(clip={"x": 0, "y": 20, "width": 2200, "height": 1})))
    assert [line.convert("RGB").getpixel((x, 0)) for x in (2, 2197)] == [(255, 255, 255)] * 2
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_bar_with_many_findings_is_one_line_on_320_pixels_too(open_page: Open, comparison: str) -> None:
    page = open_page(viewport={"width": 320, "height": 700})
    page.goto(comparison)
    page.reload()
    page.locator("#position .of-all").evaluate("words => words.textContent = '888 of 1,234'")
    boxes = tools_of(page)
    assert max(box["y"] for box in boxes) - min(box["y"] for box in boxes) < 16
    assert max(box["x"] + box["width"] for box in boxes) <= 320


def test_names_that_scrolled_away_come_back_for_the_keyboard(open_page: Open, comparison: str) -> None:
    page = open_page(viewport={"width": 390, "height": 700})
    page.goto(f"{comparison}#row-9")
    page.locator("#view-side").focus()
    page.keyboard.press("Shift+Tab")
    expect(page.locator(".source.witness .title, #swap").filter(visible=True).last).to_be_focused()
    expect(page.locator("#swap")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("width", [390, 1300])
def test_the_keyboard_goes_through_the_bar_and_the_text_stays_where_it_is(
    open_page: Open, comparison: str, width: int
) -> None:
    page = open_page(viewport={"width": width, "height": 700})
    page.goto(f"{comparison}#row-9")
    expect(page.locator("#row-9")).to_be_in_viewport()
    place = page.evaluate("scrollY")
    page.locator("#view-side").focus()
    for _ in range(5):
        page.keyboard.press("Tab")
    expect(page.locator(".compare-bar :focus")).to_be_in_viewport()
    assert page.evaluate("scrollY") == place
    # And back up through the text nothing that has the focus is behind the bar.
    page.locator("#row-9 .num a").last.focus()
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        bar, focused = box_of(page.locator(".compare-bar")), box_of(page.locator(":focus"))
        assert focused["y"] >= bar["y"] + bar["height"] - 1


def test_the_date_of_each_text_stands_below_its_name_on_a_phone(open_page: Open, comparison: str) -> None:
    page = open_page(viewport={"width": 390, "height": 700})
    page.goto(comparison)
    for role in ("base", "witness"):
        name, day = (box_of(page.locator(f".source.{role} .{part}")) for part in ("publisher", "date"))
        assert name["y"] + name["height"] <= day["y"] + 1
        assert day["width"] > 30


@pytest.mark.parametrize("view", ["", "?view=inline"])
def test_the_paragraph_sign_stays_with_its_number_on_320_pixels(
    open_page: Open, comparison: str, view: str
) -> None:
    page = open_page(viewport={"width": 320, "height": 700})
    page.goto(comparison + view)
    page.reload()
    numbers = page.locator(".row.edited:not(.headline) .gutter .who + a").all()[:6]
    for number in numbers:
        assert number.evaluate("link => getComputedStyle(link, '::before').content") == '"¶"'
        assert number.evaluate("link => link.getClientRects().length") == 1
        cell = number.locator("xpath=..")
        assert box_of(cell)["y"] <= box_of(number)["y"] + 12
    heading = page.locator(".row.headline .who + a").first
    assert heading.evaluate("link => getComputedStyle(link, '::before').content") == "none"


def test_numbers_and_links_of_a_row_have_room_for_a_finger(open_page: Open, comparison: str) -> None:
    page = open_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page.goto(comparison)
    small = page.evaluate(
        """() => [...document.querySelectorAll(".row .who ~ a, .row .actions a")]
            .filter((one) => one.checkVisibility())
            .map((one) => one.getBoundingClientRect())
            .filter((box) => box.width < 24 || box.height < 24)
            .map((box) => `${box.width} x ${box.height}`)"""
    )
    assert small == []


def test_a_name_that_runs_from_right_to_left_leaves_numbers_and_dates_in_order(
    open_page: Open, fresh_server: Server
) -> None:
    body = "قال وزير الدفاع إن {} شخصا اعتقلوا يوم الاثنين في المدينة، وأن التحقيق {} مستمر حتى الآن."
    db = open_database(Settings(data_dir=fresh_server.data))
    try:
        revisions = [
            store.add(
                db, text.draft("", "\n\n".join(body.format(number + n, n) for n in range(4)), name, "", day)
            ).revision
            for name, number, day in (("صحيفة المدينة", 40, "2024-03-02"), ("جريدة الساحل", 50, "2024-03-03"))
        ]
    finally:
        db.dispose()
    page = open_page(viewport={"width": 390, "height": 844})
    page.goto(fresh_server.url + compare_path(*revisions))
    name = page.locator(".row .who").first
    number = page.locator(".row .who + a").first
    assert box_of(name)["x"] < box_of(number)["x"] + box_of(number)["width"] / 2
    sentence = page.locator(".direction li span").first
    assert sentence.evaluate("words => getComputedStyle(words).direction") == "ltr"
    assert re.search(
        "\u2068[^\u2069]+\u2069 is dated 2 March 2024, \u2068[^\u2069]+\u2069 3 March 2024",
        sentence.inner_text(),
    )
