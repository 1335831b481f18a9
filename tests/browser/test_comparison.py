"""Reading a comparison as an analyst does: by eye, by keyboard, by link, on a phone, without scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

from app.services.operations.database import open_database
from app.settings import Settings
from tests.browser.conftest import Open, Serve, Server, path_on, violations
from tests.web.comparison.comparing import added

PHONE = {"width": 390, "height": 844}


def dong(page: Page) -> str:
    """Return the anchor of the finding in Dong Jun's quotation."""
    return page.locator(".note").first.get_attribute("id") or ""


def stands_in_sight(page: Page, selector: str) -> bool:
    return bool(
        page.locator(selector).evaluate(
            "(one) => { const box = one.getBoundingClientRect(); return box.top >= 0 && box.top < innerHeight - 40 }"
        )
    )


def test_the_quotation_that_turned_round_is_seen_without_scrolling(page: Page, comparison: str) -> None:
    page.goto(comparison)
    expect(page.locator(".verdict")).to_have_text("3 of 6 quotations altered, one perhaps reversed")
    expect(page.locator(".summary")).to_contain_text("All 18 paragraphs")
    first = page.locator(".finding-card").first
    expect(first.locator("del")).to_contain_text("on")
    expect(first.locator("ins").last).to_contain_text("from")
    assert stands_in_sight(page, ".finding-card.worst dl")


def test_a_finding_in_the_list_leads_to_its_place_with_the_row_in_sight(page: Page, comparison: str) -> None:
    page.goto(comparison)
    page.locator(".findings > li > a:first-child").nth(2).click()
    note = page.locator(".note").nth(2)
    expect(note).to_be_in_viewport()
    row = re.sub(r"^(row-\d+)-\d+$", r"\1", note.get_attribute("id") or "")
    expect(page.locator(f"#{row} .witness")).to_be_in_viewport()
    expect(page.locator("#position")).to_have_text("3 of 3")
    expect(page.locator(".findings > li").nth(2)).to_have_class("current")


def test_a_rows_link_opened_from_elsewhere_unfolds_and_shows_the_row(page: Page, comparison: str) -> None:
    page.goto(comparison)
    folded = page.locator(".fold .row").first
    expect(folded).to_be_hidden()
    anchor = folded.get_attribute("id")
    page.goto("about:blank")
    page.goto(f"{comparison}#{anchor}")
    expect(page.locator(f"#{anchor}")).to_be_visible()
    expect(page.locator(f"#{anchor}")).to_be_in_viewport()
    plain = page.locator(".row:not(:target) > td").first.evaluate(
        "(one) => getComputedStyle(one).backgroundColor"
    )
    assert (
        page.locator(f"#{anchor} > td").first.evaluate("(one) => getComputedStyle(one).backgroundColor")
        != plain
    )


def test_a_link_to_a_row_opens_there_at_once(page: Page, comparison: str) -> None:
    page.goto(f"{comparison}#row-10")
    first = page.evaluate("document.getElementById('row-10').getBoundingClientRect().top")
    assert 0 < first < 200


def test_what_is_folded_can_be_read_without_a_script(open_page: Open, comparison: str) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(comparison)
    rows = page.locator(".fold .row")
    assert rows.count() > 10
    assert all(row.is_visible() for row in rows.all())
    assert all(line.is_visible() for line in page.locator(".one-sided .fold li").all())
    expect(page.locator("p.foldbar", has_text="17 lines of page extras, only in Newsweek")).to_be_visible()
    expect(page.locator("button.foldbar:visible")).to_have_count(0)


def test_everything_can_be_read_and_followed_without_scripts(open_page: Open, comparison: str) -> None:
    page = open_page(java_script_enabled=False, viewport={"width": 1400, "height": 900})
    page.goto(comparison)
    expect(page.locator(".note")).to_have_count(3)
    page.locator("#next-finding").click()
    expect(page.locator(".note").first).to_be_in_viewport()
    page.locator(".note .next").first.click()
    expect(page.locator(".note").nth(1)).to_be_in_viewport()
    page.locator(".note .copy").first.click()
    expect(page).to_have_url(re.compile(r"/rows/\d+\?finding=\d+$"))
    expect(page.locator("h1")).to_have_text("Dong Jun is quoted in two ways")
    page.get_by_role("link", name="Back to the comparison").click()
    expect(page).to_have_url(re.compile(r"#row-\d+-\d+$"))
    page.get_by_role("link", name="Inline").click()
    expect(page.locator("table.inline:not(.fold table)")).to_be_visible()
    page.get_by_role("link", name="Swap the two texts").click()
    expect(page.locator(".summary")).to_contain_text("All 18")


def test_a_choice_of_view_swaps_in_place_and_goes_back(page: Page, comparison: str) -> None:
    page.goto(comparison)
    page.evaluate("window.stayed = true")
    page.get_by_role("link", name="Inline").click()
    expect(page.locator("table.inline:not(.fold table)")).to_be_visible()
    expect(page).to_have_url(re.compile(r"\?view=inline$"))
    expect(page.get_by_role("link", name="Inline")).to_have_attribute("aria-current", "true")
    assert page.evaluate("window.stayed") is True
    expect(page.locator(".keys-button")).to_have_count(1)
    page.go_back()
    expect(page.locator("table.inline")).to_have_count(0)
    expect(page.locator("header.bar")).to_have_count(1)


def test_the_keys_go_from_finding_to_finding_and_from_change_to_change(page: Page, comparison: str) -> None:
    page.goto(comparison)
    page.keyboard.press("n")
    expect(page.locator("#position")).to_have_text("1 of 3")
    expect(page.locator(".note:target")).to_be_focused()
    page.keyboard.press("n")
    page.keyboard.press("n")
    page.keyboard.press("n")
    expect(page.locator("#position")).to_have_text("3 of 3")
    page.keyboard.press("p")
    expect(page.locator("#position")).to_have_text("2 of 3")
    row = page.locator(".note:target").evaluate("(one) => one.closest('tr').previousElementSibling.id")
    page.keyboard.press("j")
    after = page.locator(".row:target").get_attribute("id") or ""
    assert int(after.removeprefix("row-")) == int(row.removeprefix("row-")) + 1
    page.keyboard.press("k")
    page.keyboard.press("i")
    expect(page.locator("table.inline:not(.fold table)")).to_be_visible()
    page.keyboard.press("i")
    expect(page.locator("table.side:not(.fold table)")).to_be_visible()
    page.keyboard.press("s")
    expect(page.locator(".source.base")).to_contain_text("Publisher not stated")


def test_the_help_on_keys_opens_closes_and_turns_them_off(page: Page, comparison: str) -> None:
    page.goto(comparison)
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog).to_be_visible()
    assert violations(page) == []
    dialog.get_by_role("checkbox").uncheck()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.keyboard.press("n")
    expect(page.locator(".note:target")).to_have_count(0)


def test_the_keyboard_alone_reaches_findings_and_their_links(page: Page, comparison: str) -> None:
    page.goto(comparison)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="To the comparison")).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(25):
        page.keyboard.press("Tab")
        if page.locator(".finding-card a:focus").count():
            break
    expect(page.locator(".finding-card a").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".note").first).to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(page.locator(".note").first.locator("a").first).to_be_focused()


def test_a_copied_link_is_the_findings_own_address(open_page: Open, comparison: str) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(comparison)
    page.locator(".note .copy").first.click()
    expect(page.locator(".note .copy").first).to_have_class(re.compile("copied"))
    copied = page.evaluate("navigator.clipboard.readText()")
    assert re.fullmatch(re.escape(comparison) + r"/rows/\d+\?finding=\d+", copied)
    assert page.url == comparison
    page.goto(copied)
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copy")).to_have_class(re.compile("copied"))
    assert page.evaluate("navigator.clipboard.readText()") == copied


def test_dragging_over_one_column_selects_that_column_alone(page: Page, comparison: str) -> None:
    page.goto(comparison)
    cells = page.locator(".row.edited .base p")
    start, end = cells.nth(1).bounding_box(), cells.nth(3).bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 5, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(end["x"] + 200, end["y"] + 12, steps=8)
    page.mouse.up()
    selected = page.evaluate("getSelection().toString()")
    assert "newly appointed" in selected
    assert "Russo-Ukrainian" not in selected
    assert "only in" not in selected


def test_a_phone_shows_one_column_that_nothing_overflows(open_page: Open, comparison: str) -> None:
    page = open_page(viewport=PHONE, is_mobile=True, has_touch=True)
    for tail in ("", "?view=inline", "/rows/6"):
        page.goto(comparison + tail)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], tail
    page.goto(comparison)
    base = page.locator(".row.edited > .base").nth(3).bounding_box()
    witness = page.locator(".row.edited > .witness").nth(3).bounding_box()
    assert base
    assert witness
    assert witness["y"] >= base["y"] + base["height"] - 1
    assert witness["width"] > 300
    sentence, findings, rows = (
        page.locator(name).bounding_box() for name in (".compare-bar", ".meaning", "#rows")
    )
    assert sentence
    assert findings
    assert rows
    assert sentence["y"] < findings["y"] < rows["y"]


VIEWS = ["", "?view=inline", "?show=changes", "?typography=shown", "?kind=wording", "/rows/6"]


@pytest.mark.parametrize(
    ("tail", "width", "scheme"),
    [
        *((tail, 1400, "light") for tail in VIEWS),
        *((tail, 390, "dark") for tail in VIEWS),
        ("", 1400, "dark"),
        ("", 390, "light"),
    ],
)
def test_axe_finds_nothing(open_page: Open, comparison: str, tail: str, width: int, scheme: str) -> None:
    page = open_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto(comparison + tail)
    for button in page.locator("button.foldbar").all():
        button.click()
    assert violations(page) == []


@pytest.mark.parametrize("size", [PHONE, {"width": 1300, "height": 900}])
def test_a_shared_finding_shows_both_wordings_on_the_first_screen(
    open_page: Open, comparison: str, size: dict[str, int]
) -> None:
    page = open_page(viewport=size)
    page.goto(comparison)
    link = page.locator(".finding-card .copy").first.get_attribute("href") or ""
    page.goto(comparison.partition("/compare")[0] + link)
    for words in page.locator(".wording-card blockquote").all():
        box = words.bounding_box()
        assert box
        assert box["y"] + box["height"] <= size["height"]
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport(ratio=1)
    assert violations(page) == []


def test_a_copied_link_opens_under_another_host_name(open_page: Open, serve: Serve) -> None:
    started = serve(public_url="http://variorum.test")
    port = started.url.rpartition(":")[2]
    page = open_page()
    page.goto(f"http://variorum.test:{port}{path_on(started)}")
    page.goto(page.locator(".note .copy").first.evaluate("(one) => one.href"))
    expect(page).to_have_url(re.compile(r"/rows/\d+\?finding=\d+$"))
    shown = page.locator("#permalink").inner_text()
    assert re.fullmatch(r"http://variorum\.test/compare/\S+/rows/\d+\?finding=\d+", shown)
    preview = page.locator("meta[property='og:url']").get_attribute("content")
    assert preview == shown
    elsewhere = open_page()
    elsewhere.goto(shown.replace("variorum.test", f"variorum.test:{port}"))
    expect(elsewhere.get_by_role("heading", level=1)).to_contain_text("Dong Jun")


def test_paper_shows_marks_without_colour_and_no_machinery(page: Page, comparison: str) -> None:
    page.goto(comparison)
    page.emulate_media(media="print")
    expect(page.locator(".overview")).to_be_hidden()
    expect(page.locator(".swap")).to_be_hidden()
    mark = page.locator(".row del:not(.quiet)").first  # side by side nothing is struck but on paper
    assert mark.evaluate("(one) => getComputedStyle(one).backgroundColor") == "rgba(0, 0, 0, 0)"
    assert "line-through" in mark.evaluate("(one) => getComputedStyle(one).textDecorationLine")
    assert page.locator(".compare-bar").evaluate("(one) => getComputedStyle(one).position") == "static"


def test_a_link_to_a_row_of_a_later_part_of_a_long_comparison_finds_it(
    open_page: Open, fresh_server: Server
) -> None:
    text = "\n\n".join(
        f"Witness {number} saw car {number * 7} at gate {number * 3}." for number in range(700)
    )
    db = open_database(Settings(data_dir=fresh_server.data))
    try:
        base = added(db, "Witnesses", text, "Police")
    finally:
        db.dispose()
    path = f"{fresh_server.url}/compare/{base}..{base}"
    page = open_page()
    page.goto(f"{path}#row-600")
    expect(page.locator("#row-600")).to_be_in_viewport()
    expect(page).to_have_url(re.compile(r"\?from=600#row-600$"))
    plain = open_page(java_script_enabled=False)
    plain.goto(f"{path}/rows/600")
    plain.get_by_role("link", name="Back to the comparison").click()
    expect(plain.locator("#row-600")).to_be_in_viewport()
    plain.get_by_role("link", name="earlier paragraphs").first.click()
    expect(plain.locator("#row-600")).to_have_count(0)


def top_of(page: Page, selector: str) -> float:
    return float(page.locator(selector).evaluate("(one) => one.getBoundingClientRect().top"))


@pytest.mark.parametrize("fonts", ["ours", "the machine's"])
@pytest.mark.parametrize(("width", "height", "limit"), [(1300, 900, 520), (390, 844, 1266)])
def test_the_first_row_is_near_the_top(
    open_page: Open, comparison: str, width: int, height: int, limit: int, fonts: str
) -> None:
    page = open_page(viewport={"width": width, "height": height})
    if fonts == "the machine's":  # as on a first visit over a slow line: fonts that come late are not shown
        page.route(re.compile("woff2"), lambda route: None)
    page.goto(comparison, wait_until="domcontentloaded")
    page.wait_for_timeout(300)  # the browser waits 100 ms for a font that is optional
    first = page.locator(".collation .row .text p:visible").first
    box = first.bounding_box()
    assert box
    assert box["y"] < limit


def test_side_by_side_only_what_a_finding_names_is_filled_and_nothing_struck(
    page: Page, comparison: str
) -> None:
    page.goto(comparison)
    style = "(one) => [getComputedStyle(one).backgroundColor, getComputedStyle(one).textDecorationLine]"
    loud = page.locator(".row del.in-excerpt").first.evaluate(style)
    calm = page.locator(".row del:not(.in-finding, .quiet)").first
    assert loud[0] != "rgba(0, 0, 0, 0)"
    assert calm.evaluate(style) == ["rgba(0, 0, 0, 0)", "underline"]
    struck = page.locator(".row del").evaluate_all(
        "(all) => all.filter((one) => getComputedStyle(one).textDecorationLine.includes('line-through')).length"
    )
    assert struck == 0
    page.get_by_label("All", exact=True).check(force=True)
    assert calm.evaluate(style)[0] != "rgba(0, 0, 0, 0)"
    page.get_by_role("link", name="Inline").click()
    expect(page.locator("table.inline:not(.fold table)")).to_be_visible()
    expect(page.get_by_label("All", exact=True)).to_be_checked()
    assert "line-through" in page.locator(".row del.in-finding").first.evaluate(style)[1]


def test_marks_are_switched_without_a_script(open_page: Open, comparison: str) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(comparison)
    page.locator("#marks-quiet").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#marks-all")).to_be_checked()


def test_the_place_is_kept_when_the_view_changes(page: Page, comparison: str) -> None:
    page.goto(f"{comparison}#row-12")
    before = top_of(page, "#row-12")
    page.locator("#view-inline").click()
    expect(page.locator("table.inline:not(.fold table)")).to_be_visible()
    expect(page.locator("#view-inline")).to_be_focused()
    page.wait_for_function(
        "(top) => Math.abs(document.querySelector('#row-12').getBoundingClientRect().top - top) < 8",
        arg=before,
    )


def test_the_bar_steps_through_the_findings_and_says_which_one_is_shown(page: Page, comparison: str) -> None:
    page.goto(comparison)
    position = page.locator("#position")
    expect(position).to_have_text("3 findings")
    for text in ("1 of 3", "2 of 3", "3 of 3"):
        page.locator("#next-finding").click()
        expect(position).to_have_text(text)
        expect(page.locator(".note:target")).to_be_in_viewport()
    page.locator("#previous-finding").click()
    expect(position).to_have_text("2 of 3")


def test_on_a_phone_each_text_is_named_above_it(open_page: Open, comparison: str) -> None:
    page = open_page(viewport=PHONE, is_mobile=True, has_touch=True)
    page.goto(comparison)
    names = page.locator("#row-6 .who")
    expect(names).to_have_text(["Newsweek", "“Chinese defense chief offers…”"])
    expect(names.first).to_be_visible()
    for name in names.all():
        expect(name.locator("+ a")).to_have_accessible_name("¶4")
