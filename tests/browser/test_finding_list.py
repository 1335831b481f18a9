"""The finding list in a browser: choosing kinds, going from finding to finding, keeping what was found."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app import permalinks
from app.services.operations.database import open_database
from app.settings import Settings
from tests.browser.conftest import Open, forked, seeded, violations_light_and_dark
from tests.web.comparison.comparing import added

PHONE = {"width": 390, "height": 844}

BASE = """Toll on the bridge

It costs 4.50 a trip to cross from Oslo to the islands, the council said on 3 March.

“We are glad of the bridge and of all that it brings,” said Maria Torres, who lives on the far side.

The keeper of the lighthouse has painted its door green again, as every spring since the war.

Nobody had expected more than 300 cars on the first morning, and the queue was short.

Sign up for our newsletter"""

WITNESS = """Toll on the bridge

It costs 5.40 a trip to cross from Rome to the islands, the council said on 4 March.

“We are sick of the bridge and of all that it brings,” said Maria Torres, who lives on the far side.

Nobody had expected more than 800 cars on the first morning, and the queue was short.

A second span will be built by the same firm next year, if the money can be found for it.

Follow us on Facebook"""


@pytest.fixture(scope="module")
def toll(tmp_path_factory: pytest.TempPathFactory, seeded_file: Path) -> Iterator[str]:
    """The address of a comparison with numbers, a date, a name, a quotation, and a paragraph that only one side has."""
    with forked(seeded(tmp_path_factory.mktemp("toll") / "data", seeded_file)) as server:
        db = open_database(Settings(data_dir=server.data))
        try:
            base = added(db, "Toll on the bridge", BASE, "The Base")
            witness = added(db, "Toll on the bridge", WITNESS, "The Witness")
        finally:
            db.dispose()
        yield server.url + permalinks.compare_path(base, witness)


def choose(page: Page, kind: str) -> None:
    """Click the choice of ``kind``."""
    page.locator(f"#kind-{kind}").click()


@pytest.mark.parametrize("scripts", [True, False])
def test_kinds_are_chosen_together_and_left_out_again(open_page: Open, toll: str, scripts: bool) -> None:
    page = open_page(java_script_enabled=scripts)
    page.goto(toll)
    lists = page.locator(".finding-list .kind h3")
    everything = lists.count()
    choose(page, "date")
    expect(lists).to_have_count(1)
    choose(page, "number")
    expect(page).to_have_url(f"{toll}?kind=number,date")
    expect(lists).to_have_text([re.compile("Numbers"), re.compile("Dates")])
    expect(page.locator("#kind-number")).to_have_attribute("aria-current", "true")
    choose(page, "date")
    expect(page).to_have_url(f"{toll}?kind=number")
    page.get_by_role("link", name="Show all kinds").last.click()
    expect(lists).to_have_count(everything)
    expect(page).to_have_url(toll)


def test_a_choice_swaps_in_place_keeps_the_focus_and_goes_back(page: Page, toll: str) -> None:
    page.goto(toll)
    page.evaluate("window.stayed = true")
    page.locator("#kind-number").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".finding-list .kind h3")).to_have_count(1)
    expect(page.locator("#kind-number")).to_be_focused()
    assert page.evaluate("window.stayed") is True
    page.go_back()
    expect(page).to_have_url(toll)
    expect(page.locator("#kind-quotation")).not_to_have_attribute("aria-current", "true")


def test_the_keys_go_through_the_chosen_kinds_alone_and_say_how_far(page: Page, toll: str) -> None:
    page.goto(f"{toll}?kind=number,date")
    position = page.locator("#position")
    expect(position).to_have_text("3 findings")
    for at in ("1 of 3", "2 of 3", "3 of 3", "3 of 3"):
        page.keyboard.press("n")
        expect(position).to_have_text(at)
    expect(page.locator(".note:target .of")).to_have_text("finding 3 of 3")
    expect(page.locator(".findings > .current .place")).to_have_text("¶4")
    page.keyboard.press("p")
    expect(position).to_have_text("2 of 3")
    expect(page.get_by_role("status").last).to_have_text("Finding 2 of 3")


def test_the_keys_go_through_the_rows_of_a_quiet_kind(page: Page, comparison: str) -> None:
    page.goto(f"{comparison}?kind=typography")
    page.keyboard.press("n")
    expect(page.locator("#position")).to_have_text(re.compile(r"^1 of \d+$"))
    first = page.locator(".row:target").get_attribute("id")
    page.keyboard.press("n")
    assert page.locator(".row:target").get_attribute("id") != first


def test_the_position_stays_in_sight_while_the_reader_goes_on(open_page: Open, toll: str) -> None:
    page = open_page(viewport={"width": 1400, "height": 400})
    page.goto(toll)
    for _ in range(5):
        page.keyboard.press("n")
        expect(page.locator("#position")).to_be_in_viewport()
        expect(page.locator(".note:target")).to_be_in_viewport()


def test_neighbours_are_reached_without_scripts_too(open_page: Open, toll: str) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(f"{toll}?kind=number")
    page.locator(".findings a").first.click()
    page.locator(".note:target").get_by_role("link", name="next finding").click()
    expect(page.locator(".note:target .of")).to_have_text("finding 2 of 2")
    page.locator(".note:target").get_by_role("link", name="previous finding").click()
    expect(page.locator(".note:target .of")).to_have_text("finding 1 of 2")


def test_a_rows_own_page_goes_on_to_the_next_finding(page: Page, toll: str) -> None:
    page.goto(f"{toll}/rows/2?finding=1&kind=number")
    expect(page.get_by_text("Finding 1 of 2 · Numbers only")).to_be_visible()
    page.keyboard.press("n")
    expect(page).to_have_url(re.compile(r"/rows/5\?finding=1&kind=number$"))
    page.get_by_role("link", name="previous finding").click()
    expect(page).to_have_url(re.compile(r"/rows/2\?finding=1&kind=number$"))


def test_what_one_text_lacks_is_a_list_with_furniture_folded(page: Page, toll: str) -> None:
    page.goto(toll)
    page.locator(".one-sided-counts a").first.click()
    only = page.locator("#only-in-base")
    expect(only).to_be_in_viewport()
    expect(only).to_contain_text("The keeper of the lighthouse")
    line = only.get_by_text("Sign up for our newsletter")
    expect(line).to_be_hidden()
    only.get_by_text("1 line of page extras").click()
    expect(line).to_be_visible()
    only.get_by_role("link", name="¶3", exact=True).click()
    expect(page.locator(".row:target")).to_contain_text("The keeper of the lighthouse")


def test_the_chosen_findings_are_saved_as_a_table(page: Page, toll: str) -> None:
    page.goto(f"{toll}?kind=number")
    page.locator("a.export-button").click()
    with page.expect_download() as begun:
        page.get_by_role("link", name="Findings as CSV").click()
    assert re.fullmatch(r"findings-\w{16}-\w{16}\.csv", begun.value.suggested_filename)
    with begun.value.path().open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    assert [(line["base_words"], line["witness_words"]) for line in lines] == [
        ("4.50", "5.40"),
        ("300", "800"),
    ]
    page.goto(lines[0]["link"])
    expect(page.get_by_role("heading", level=1)).to_contain_text("5.40")


def test_on_a_phone_nothing_overflows(open_page: Open, toll: str) -> None:
    page = open_page(viewport=PHONE, has_touch=True, is_mobile=True)
    for tail in ("", "?kind=number,date", "/rows/2?finding=1"):
        page.goto(toll + tail)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.goto(toll)
    expect(page.locator(".findings .copy").first).to_have_css("opacity", "1")


def test_on_paper_the_findings_are_a_list(page: Page, toll: str) -> None:
    page.emulate_media(media="print")
    page.goto(toll)
    expect(page.locator(".files")).to_be_hidden()
    expect(page.locator(".findings .copy").first).to_be_hidden()
    tops = [entry.bounding_box() for entry in page.locator(".findings > li").all()]
    assert len({box["x"] for box in tops if box}) == 1


@pytest.mark.parametrize("width", [1400, 390])
@pytest.mark.parametrize("tail", ["", "?kind=number,wording", "/rows/2?finding=1&kind=number,date"])
def test_axe_finds_nothing(open_page: Open, toll: str, tail: str, width: int) -> None:
    page = open_page(viewport={"width": width, "height": 900})
    page.goto(toll + tail)
    for button in page.locator(".one-sided button.foldbar").all():
        button.click()
    assert violations_light_and_dark(page) == []
