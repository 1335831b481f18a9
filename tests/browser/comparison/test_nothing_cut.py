"""What a page offers is fully visible: nothing is cut off at its edge and nothing runs together."""

import re

from playwright.sync_api import Locator, expect

from app.permalinks import compare_path, row_path, story_path
from app.services.articles import store
from app.services.operations.database import open_database
from app.settings import Settings
from app.sources import text
from tests.browser.conftest import Open, Server

NARROW = {"width": 320, "height": 640}
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1300, "height": 900}


def right_edge(thing: Locator) -> float:
    box = thing.bounding_box()
    assert box
    return box["x"] + box["width"]


def test_the_button_for_marks_and_sharing_is_within_a_screen_of_320_pixels(
    open_page: Open, comparison: str
) -> None:
    page = open_page(viewport=NARROW)
    page.goto(comparison)
    button = page.get_by_role("button", name="Marks and sharing")
    assert right_edge(button) <= NARROW["width"]
    button.click()
    expect(page.locator(".compare-bar").get_by_role("link", name="Copy link")).to_be_visible()


def test_a_row_reached_by_its_link_is_below_the_bar_of_a_narrow_screen(
    open_page: Open, comparison: str
) -> None:
    page = open_page(viewport=NARROW)
    page.goto(f"{comparison}#row-6")
    expect(page.locator("#row-6")).to_be_in_viewport()
    bar, row = page.locator(".compare-bar").bounding_box(), page.locator("#row-6").bounding_box()
    assert bar
    assert row
    assert row["y"] >= bar["y"] + bar["height"]


def test_a_headline_is_named_apart_from_its_publisher_on_a_phone(open_page: Open, comparison: str) -> None:
    page = open_page(viewport=PHONE)
    page.goto(comparison)
    cell = page.locator(".row.headline > .num").first
    assert cell.inner_text().startswith("Newsweek H")


def test_the_filters_of_the_library_are_one_line_at_a_desk(open_page: Open, server: Server) -> None:
    page = open_page(viewport=DESK)
    page.goto(server.url)
    page.reload()  # the fonts are there from the second page on
    box = page.locator(".filters").bounding_box()
    assert box
    assert box["height"] < 70


def test_a_long_wording_does_not_hide_the_one_that_it_became(open_page: Open, server: Server) -> None:
    page = open_page(viewport=DESK)
    page.goto(server.url)
    page.locator(".worst-finding .of-base").first.evaluate(
        "words => words.textContent = 'many words '.repeat(30)"
    )
    edge = right_edge(page.locator(".shelf-main").first)
    witness = page.locator(".worst-finding .of-witness").first
    assert right_edge(witness) <= edge
    assert witness.evaluate("words => words.clientWidth") > 60
    page.locator(".worst-finding .of-base").first.evaluate(
        "words => words.textContent = 'put forward pressure from'"
    )
    witness.evaluate("words => words.textContent = 'put it'")  # shorter, and there is room for both
    assert page.locator(".worst-finding .of-base").first.evaluate(
        "words => words.scrollWidth <= words.clientWidth"
    )


def test_words_without_a_space_make_no_page_wider_than_its_screen(
    open_page: Open, fresh_server: Server
) -> None:
    title, publisher = "W" * 300, "Pub \u202e" + "X" * 190
    body = "The council of the harbour town will {}raise the fees for ships by {} per cent, Anna Berg said on Monday."
    bodies = ["\n\n".join(body.format(word, 3 + n) for n in range(8)) for word in ("not ", "")]
    db = open_database(Settings(data_dir=fresh_server.data))
    try:
        added = [
            store.add(db, text.draft(title, body, name, "", ""))
            for name, body in zip((publisher, "Other"), bodies, strict=True)
        ]
    finally:
        db.dispose()
    comparison, story = compare_path(added[0].revision, added[1].revision), story_path(added[0].article)
    page = open_page(viewport=NARROW)
    for title_of_one in (title, "A"):
        sent = {"title": title_of_one, "text": f"{title_of_one} is here.", "again": True}
        page.request.post(f"{fresh_server.url}/api/v1/articles", data=sent)
    for path in (
        "/log",
        row_path(comparison, 2, 1),
        f"{comparison}/rows/2/pair",
        f"{story}/paragraphs",
        f"{story}/paragraphs/2",
    ):
        for viewport in (NARROW, DESK):
            page.set_viewport_size(viewport)  # type: ignore[arg-type]  # a plain dictionary of the two
            page.goto(fresh_server.url + path)
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
            if path == "/log":
                assert (page.locator(".who").first.bounding_box() or {"height": 99})["height"] < 30
    expect(page.locator("main")).to_contain_text(f"\u2068{publisher}\u2069 is the base.")
    page.goto(fresh_server.url + comparison)
    expect(page.locator(".more-cards summary")).to_have_text(re.compile(r"^\d+ more$"))


def test_the_page_of_a_finding_keeps_strike_and_underline_on_paper(open_page: Open, comparison: str) -> None:
    page = open_page(viewport=DESK)
    page.emulate_media(media="print")
    page.goto(row_path(comparison, 6, 2))
    line = "mark => getComputedStyle(mark).textDecorationLine"
    assert page.locator(".wording-card del.in-excerpt").first.evaluate(line) == "line-through"
    assert page.locator(".wording-card ins.in-excerpt").first.evaluate(line) == "underline"
    for machinery in (".crumb", ".doing", "#citation", "#address"):
        expect(page.locator(machinery)).to_be_hidden()
    printed = page.locator("#cite .on-paper")
    expect(printed).to_contain_text(row_path(comparison, 6, 2).rpartition("/compare")[2])
    assert printed.evaluate("words => words.scrollHeight <= words.clientHeight + 1")
    quiet = page.locator(".wording-card del:not(.in-excerpt)").first
    assert quiet.evaluate("mark => getComputedStyle(mark).fontWeight") == "400"


def test_the_kind_of_the_most_serious_card_is_one_line_on_320_pixels(
    open_page: Open, comparison: str
) -> None:
    page = open_page(viewport=NARROW)
    page.goto(comparison)
    page.reload()  # the fonts are there from the second page on
    kind = page.locator(".worst .kind").bounding_box()
    assert kind
    assert kind["height"] < 32


def test_inline_both_names_are_above_the_one_text_on_a_phone(open_page: Open, comparison: str) -> None:
    page = open_page(viewport=PHONE)
    page.goto(f"{comparison}?view=inline")
    row = page.locator(".collation.inline .row.edited:visible").nth(3)
    below, above = row.locator(".text").bounding_box(), row.locator(".gutter").bounding_box()
    assert below
    assert above
    assert above["y"] + above["height"] <= below["y"] + 1


def test_forced_colours_show_which_words_changed_and_which_page_this_is(
    open_page: Open, comparison: str, server: Server
) -> None:
    page = open_page(viewport=DESK, forced_colors="active")
    page.goto(comparison)
    outline = "one => getComputedStyle(one).outlineStyle"
    for words in (".note .wordings ins", ".finding-card ins", ".legend .loud"):
        assert page.locator(words).first.evaluate(outline) == "solid", words
    edge = "one => getComputedStyle(one).borderInlineStartStyle"
    assert page.locator(".row.has-finding > .num").first.evaluate(edge) == "solid"
    page.goto(server.url)
    lines = page.locator(".bar nav a").evaluate_all(
        "all => all.map(one => getComputedStyle(one).borderBottomColor)"
    )
    assert len(set(lines)) == 2


def test_at_400_per_cent_the_bar_scrolls_away_and_leaves_the_screen_to_the_text(
    open_page: Open, comparison: str
) -> None:
    page = open_page(viewport={"width": 325, "height": 225})  # 1300 by 900
    page.goto(f"{comparison}#row-6")
    expect(page.locator("#row-6 .base")).to_be_in_viewport()
    expect(page.locator(".compare-bar")).not_to_be_in_viewport()


def test_a_phone_shows_who_published_a_story_and_when_on_one_line(open_page: Open, server: Server) -> None:
    page = open_page(viewport=PHONE)
    page.goto(server.url)
    story = page.locator(".shelf.is-story").first
    who, when = story.locator(".shelf-publisher").bounding_box(), story.locator(".shelf-days").bounding_box()
    assert who
    assert when
    assert abs(who["y"] - when["y"]) < 8


def test_what_can_be_done_with_results_lies_over_them_only_once_one_is_picked(
    open_page: Open, server: Server
) -> None:
    page = open_page(viewport={"width": 390, "height": 400})
    page.goto(f"{server.url}/search?q=support+russia")
    compare = page.get_by_role("button", name="Compare two")
    expect(compare).not_to_be_in_viewport()
    page.locator("[name=pick]").first.check()
    expect(compare).to_be_in_viewport()
