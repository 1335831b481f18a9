"""The comparison page for readers: the place is kept, folds open, links are copied, and a phone has all of it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, Serve, Server, path_on, violations

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1300, "height": 900}
OPEN_FOLD = ".fold:not([hidden])"
WITHOUT_UNTIL_FOUND = """
    new MutationObserver(() => {
        for (const one of document.querySelectorAll("[hidden=until-found]")) one.setAttribute("hidden", "");
    }).observe(document, {childList: true, subtree: true})"""
"""Makes of what is hidden until found what a browser that does not know it makes of it."""


def top_of(page: Page, selector: str) -> float:
    return float(page.locator(selector).evaluate("(one) => one.getBoundingClientRect().top"))


def wait_until(page: Page, expression: str) -> None:
    """Wait until ``expression`` holds; the page's policy forbids Playwright's own way, which evaluates in the page."""
    for _ in range(200):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    raise AssertionError(expression)


def test_the_place_is_kept_by_views_by_swapping_and_by_back(open_page: Open, comparison: str) -> None:
    page = open_page(viewport=DESK)
    page.goto(comparison)
    page.evaluate("scrollBy(0, document.getElementById('row-12').getBoundingClientRect().top - 200)")
    wait_until(page, "history.state && history.state.place")
    page.locator("#view-inline").click()
    expect(page.locator(".collation.inline").first).to_be_attached()
    assert abs(top_of(page, "#row-12") - 200) < 60
    expect(page.locator("#view-inline")).to_be_focused()
    page.go_back()
    expect(page.locator(".collation.side").first).to_be_attached()
    wait_until(page, "Math.abs(document.getElementById('row-12').getBoundingClientRect().top - 200) < 60")
    numbers = page.locator("#row-12 .num > a").all_inner_texts()
    page.keyboard.press("s")
    expect(page).not_to_have_url(comparison)
    wait_until(page, "scrollY > 300")
    rows = page.locator(".collation .row").all()
    same = next(row for row in rows if row.locator(".num > a").all_inner_texts() == numbers[::-1])
    assert 0 < (same.bounding_box() or {"y": -1})["y"] < 500


LETTERS_OF_FULL_LINES = """() => [...document.querySelectorAll("#row-9 .text p, #row-12 .text p")].flatMap((text) => {
    const lines = {};
    const range = document.createRange();
    const nodes = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
        if (node.parentElement.tagName === "BDI") continue;
        for (let at = 0; at < node.length; at++) {
            range.setStart(node, at);
            range.setEnd(node, at + 1);
            const box = range.getBoundingClientRect();
            const line = Math.round((box.top + box.height / 2) / 14);
            lines[line] = (lines[line] ?? 0) + 1;
        }
    }
    return Object.values(lines).slice(0, -1);
})"""


@pytest.mark.parametrize("width", [1300, 1600])
def test_a_line_of_a_column_has_60_to_70_letters(open_page: Open, comparison: str, width: int) -> None:
    page = open_page(viewport={"width": width, "height": 900})
    page.goto(comparison)
    page.reload()  # the fonts are there from the second page on
    letters = sorted(page.evaluate(LETTERS_OF_FULL_LINES))
    assert len(letters) > 8
    assert 60 <= letters[len(letters) // 2] <= 70
    assert letters[-1] <= 72


def test_a_swap_keeps_the_finding_and_the_focus(open_page: Open, comparison: str) -> None:
    page = open_page(viewport=DESK)
    page.goto(f"{comparison}#row-6")
    expect(page.locator("#position")).to_have_text("1 of 3")
    page.keyboard.press("n")
    expect(page).to_have_url(re.compile("#row-6-2$"))
    page.keyboard.press("s")
    expect(page.locator(".note:focus")).to_contain_text("put pressure")
    expect(page.locator(".note:target")).to_be_in_viewport()
    expect(page.locator("#position")).to_have_text("1 of 3")


def test_inline_has_each_finding_beside_its_row_and_marks_only_what_it_tells(
    open_page: Open, comparison: str
) -> None:
    page = open_page(viewport={"width": 1700, "height": 900})
    page.goto(f"{comparison}?view=inline#row-6-2")
    page.reload()
    row, note = page.locator("#row-6").bounding_box(), page.locator("#row-6-2").bounding_box()
    assert row
    assert note
    assert note["x"] >= row["x"] + row["width"]
    assert 0 <= note["y"] - row["y"] < 24
    expect(page.locator("#row-6-2")).to_be_in_viewport(ratio=1)
    ground = "one => getComputedStyle(one).backgroundColor"
    assert (
        page.locator("#row-6 .in-finding:not(.in-excerpt) > b").first.evaluate(ground) == "rgba(0, 0, 0, 0)"
    )
    rest = page.locator("#row-6 del.in-finding:not(.in-excerpt)").first.evaluate(ground)
    assert rest not in ("rgba(0, 0, 0, 0)", page.locator("#row-6 del.in-excerpt").first.evaluate(ground))
    page.emulate_media(media="print")
    weight = "one => getComputedStyle(one).fontWeight"
    assert page.locator("#row-6 ins.in-excerpt").first.evaluate(weight) == "700"
    assert page.locator("#row-6 ins.in-finding:not(.in-excerpt)").first.evaluate(weight) == "400"


def test_printed_inline_the_column_says_whose_words_are_struck_and_whose_underlined(
    open_page: Open, comparison: str
) -> None:
    page = open_page(viewport=DESK)
    page.emulate_media(media="print")
    page.goto(f"{comparison}?view=inline")
    head = page.locator("table.inline:not(.fold table) thead").first
    expect(head.get_by_text("only in Newsweek", exact=True)).to_be_visible()
    names = head.locator("span[dir=auto]").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().width)"
    )
    assert min(names) > 20


def test_folds_open_all_at_once_by_button_or_key_and_by_a_link(open_page: Open, comparison: str) -> None:
    page = open_page(viewport=DESK)
    page.goto(comparison)
    folds = page.locator(".fold")
    assert folds.count() > 0
    expect(page.locator(OPEN_FOLD)).to_have_count(0)
    page.get_by_role("button", name="Show all").click()
    expect(page.locator(OPEN_FOLD)).to_have_count(folds.count())
    page.keyboard.press("f")
    expect(page.locator(OPEN_FOLD)).to_have_count(0)
    row = page.locator(".rows .fold .row").last.get_attribute("id")
    page.evaluate(f"location.hash = '{row}'")
    expect(page.locator(f"#{row}")).to_be_in_viewport()
    expect(page.get_by_role("button", expanded=True)).to_have_count(1)
    expect(page.locator(OPEN_FOLD)).to_have_count(1)


def test_words_in_a_fold_are_found_as_a_browser_finds_them(open_page: Open, comparison: str) -> None:
    page = open_page(viewport=DESK)
    # The search of a browser cannot be driven; a text fragment reveals what it finds by the same rules.
    page.goto(f"{comparison}#:~:text=Newsweek%20app%20updates")
    expect(page.locator(OPEN_FOLD)).to_have_count(1)
    expect(page.locator(f"{OPEN_FOLD} .row", has_text="Newsweek app updates").first).to_be_in_viewport()
    expect(page.get_by_role("button", expanded=True)).to_have_text(
        "17 lines of page extras, only in Newsweek"
    )


def test_a_fold_is_heard_as_a_button_with_its_state_and_its_text_once_it_is_open(
    open_page: Open, comparison: str
) -> None:
    page = open_page(viewport=DESK)
    page.goto(comparison)
    fold = page.get_by_role("button", name="17 lines of page extras, only in Newsweek", exact=True)
    expect(fold).to_have_attribute("aria-expanded", "false")
    assert "Newsweek app updates" not in page.locator("#rows").aria_snapshot()
    fold.focus()
    page.keyboard.press("Enter")
    expect(fold).to_have_attribute("aria-expanded", "true")
    assert "Newsweek app updates" in page.locator("#rows").aria_snapshot()
    assert violations(page) == []
    page.keyboard.press("Space")
    expect(fold).to_have_attribute("aria-expanded", "false")
    assert "Newsweek app updates" not in page.locator("#rows").aria_snapshot()


def test_a_search_that_opens_a_fold_makes_its_button_say_so(open_page: Open, comparison: str) -> None:
    page = open_page(viewport=DESK)
    page.goto(comparison)
    line = page.locator(".fold .row").last.get_attribute("id")
    page.evaluate(f"location.hash = '#{line}'")  # the browser opens it, as its search would
    expect(page.get_by_role("button", expanded=True)).to_have_count(1)
    page.get_by_role("link", name="Inline").click()
    expect(page.locator("table.inline").first).to_be_attached()
    expect(page.locator(f"#{line}")).to_be_visible()  # the address goes with the reader into the view
    expect(page.get_by_role("button", expanded=True)).to_have_count(1)
    page.go_back()
    expect(page.locator("table.side").first).to_be_attached()
    expect(page.locator(f"#{line}")).to_be_visible()


def test_a_browser_that_cannot_search_what_is_hidden_opens_a_fold_by_a_link_and_its_button(
    open_page: Open, comparison: str
) -> None:
    page = open_page(viewport=DESK)
    page.add_init_script(WITHOUT_UNTIL_FOUND)
    page.goto(comparison)
    line = page.locator(".fold .row").last.get_attribute("id")
    page.goto("about:blank")
    page.goto(f"{comparison}#{line}")
    expect(page.locator(f"#{line}")).to_be_in_viewport()
    page.get_by_role("button", expanded=True).click()
    expect(page.locator(f"#{line}")).to_be_hidden()
    page.get_by_role("button", name="17 lines of page extras, only in Newsweek").click()
    expect(page.locator(f"#{line}")).to_be_visible()


def test_a_link_is_copied_on_plain_http_or_selected_and_said(open_page: Open, serve: Serve) -> None:
    started = serve(allowed_hosts="variorum.test")
    page = open_page(viewport=DESK)
    page.goto(f"{started.url.replace('127.0.0.1', 'variorum.test')}{path_on(started)}")
    assert page.evaluate("navigator.clipboard === undefined")
    link = page.locator(".finding-card .copy").first
    link.click()
    expect(link).to_have_class(re.compile("copied"))
    page.evaluate("document.execCommand = () => false")
    link.click()
    field = page.get_by_role("textbox", name="Link")
    expect(field).to_be_focused()
    assert field.evaluate("(one) => one.value.slice(one.selectionStart, one.selectionEnd)").endswith(
        "finding=2"
    )
    expect(page.get_by_text("The link is selected")).to_be_attached()


def test_two_clicks_lead_from_the_library_to_the_altered_quotations_link(
    open_page: Open, server: Server
) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"], viewport=DESK)
    page.goto(server.url)
    page.locator("a[href*='finding=']").first.click()
    page.wait_for_url(re.compile("finding="))  # loaded: before its scripts have, the link is followed
    page.get_by_role("link", name="Copy link", exact=True).click()
    wait_until(page, "document.querySelector('.doing .copied')")
    expect(page.get_by_role("heading", level=1)).to_have_text("Dong Jun is quoted in two ways")
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_a_phone_has_marks_and_sharing_behind_one_button_and_targets_of_24_pixels(
    open_page: Open, comparison: str
) -> None:
    page = open_page(viewport=PHONE, has_touch=True)
    page.goto(comparison)
    expect(page.get_by_label("All", exact=True)).to_be_hidden()
    page.get_by_role("button", name="Marks and sharing").click()
    page.locator(".marks label").last.click()
    expect(page.locator("#marks-all")).to_be_checked()
    page.keyboard.press("Escape")
    small = page.evaluate(
        """() => [...document.querySelectorAll(".compare-bar a, .compare-bar button, .card-foot a, .foldbar, .bar a")]
            .filter((one) => one.getClientRects().length)
            .map((one) => [one.textContent.trim(), one.getBoundingClientRect()])
            .filter(([, box]) => box.width > 1 && (box.width < 24 || box.height < 24))
            .map(([words]) => words)"""
    )
    assert small == []
    first = page.locator("#row-2").bounding_box()
    assert first
    assert first["y"] < 844 * 1.5


def test_a_row_and_a_card_are_clear_to_a_screen_reader(open_page: Open, comparison: str) -> None:
    page = open_page(viewport=DESK)
    page.goto(comparison)
    row = page.locator("#row-6").aria_snapshot()
    for part in ("deletion", "[only in Newsweek: on end]", "insertion", "link to ¶4", "reworded"):
        assert part in row
    card = page.locator(".finding-card").first.aria_snapshot()
    for part in (
        "Quotation · may reverse the meaning",
        'link "¶4"',
        "Newsweek:",
        "All versions of this quotation",
    ):
        assert part in card


@pytest.mark.parametrize(
    ("size", "options"),
    [
        (DESK, {"forced_colors": "active"}),
        ({"width": 320, "height": 640}, {}),
        (
            {"width": 325, "height": 225},
            {"device_scale_factor": 4, "color_scheme": "dark"},
        ),  # 1300x900 at 400 %
    ],
)
def test_nothing_is_lost_in_forced_colours_on_320_pixels_or_at_400_per_cent(
    open_page: Open, comparison: str, size: dict[str, int], options: dict[str, object]
) -> None:
    page = open_page(viewport=size, **options)
    page.goto(comparison)
    finding = page.locator(".finding-card .copy").first.evaluate("(one) => one.href")
    for address in (comparison, finding):
        page.goto(address)
        # In forced colours the contrast is the reader's own choice.
        passed_over = "color-contrast" if "forced_colors" in options else "nothing"
        assert [violation for violation in violations(page) if passed_over not in violation] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_first_row_is_near_nothing_moves_and_the_page_is_small(open_page: Open, comparison: str) -> None:
    page = open_page(viewport=DESK)
    sizes: dict[str, int] = {}
    page.on(
        "response", lambda answer: sizes.update({answer.url: int(answer.headers.get("content-length", 0))})
    )
    page.goto(comparison)
    page.wait_for_load_state("networkidle")
    shifts = page.evaluate(
        """() => new Promise((done) => new PerformanceObserver((list) =>
            done(list.getEntries().reduce((sum, entry) => sum + entry.value, 0))
        ).observe({ type: "layout-shift", buffered: true }) ?? setTimeout(() => done(0), 300))"""
    )
    assert shifts < 0.01
    assert top_of(page, "#row-2") <= 520
    assert sum(size for url, size in sizes.items() if "/fonts/" not in url) < 75_000
    assert sum(size for url, size in sizes.items() if "/fonts/" in url) < 85_000


def test_no_word_of_a_row_is_clipped_by_itself(page: Page, comparison: str) -> None:
    """A long comparison has thousands of words for screen readers: a clipping box for each makes scrolling slow."""
    page.goto(comparison)
    hidden = page.locator(".row :is(del, ins) > bdi, .row .vh")
    assert hidden.count() > 50
    seen = hidden.evaluate_all(
        """found => found.filter((one) => {
            const { overflow, clipPath, color } = getComputedStyle(one);
            const isClipped = overflow !== "visible" || clipPath !== "none";
            return isClipped || color !== "rgba(0, 0, 0, 0)" || one.offsetHeight > 1;
        }).map((one) => one.textContent)"""
    )
    assert seen == []
    page.emulate_media(forced_colors="active")
    assert hidden.first.evaluate("(one) => getComputedStyle(one).color") == "rgba(0, 0, 0, 0)"
    # A line around a mark would enclose what floats in it.
    outlined = page.locator(".row del.in-finding > bdi").first
    assert outlined.evaluate("(one) => getComputedStyle(one).float") == "none"


def test_what_is_beside_a_link_stays_where_it_is_when_the_link_is_copied(
    open_page: Open, comparison: str
) -> None:
    page = open_page(viewport=DESK, permissions=["clipboard-read", "clipboard-write"])
    page.goto(comparison)
    box = "(one) => JSON.stringify(one.getBoundingClientRect())"
    for copy, beside in ((".copy.share", ".export-button"), (".note .copy", ".note-foot .of")):
        page.locator(copy).first.scroll_into_view_if_needed()
        before = page.locator(beside).first.evaluate(box)
        page.locator(copy).first.click()
        expect(page.locator(copy).first).to_have_class(re.compile("copied"))
        assert page.locator(beside).first.evaluate(box) == before


def test_without_a_script_nothing_is_offered_that_would_do_nothing(open_page: Open, comparison: str) -> None:
    page = open_page(viewport=DESK, java_script_enabled=False)
    page.goto(comparison)
    expect(page.get_by_role("link", name="Copy link", exact=True)).to_be_hidden()
    page.get_by_role("link", name="Cite, export").click()
    expect(page.get_by_role("button", name="Copy citation")).to_be_hidden()
    expect(page.get_by_role("link", name="Copy link")).to_be_hidden()
    expect(page.locator(".selectable").first).to_contain_text(comparison)
    page.goto(comparison)
    page.goto(page.locator(".finding-card .copy").first.evaluate("(one) => one.href"))
    expect(page.get_by_role("link", name="Copy link", exact=True)).to_be_hidden()
    expect(page.get_by_label("Link to this finding")).to_have_value(page.url)


def test_inline_the_margin_begins_where_the_lines_end(open_page: Open, comparison: str) -> None:
    page = open_page(viewport={"width": 1600, "height": 900})
    page.goto(f"{comparison}?view=inline")
    line, cell = (page.locator(place).first for place in (".row.edited .text p", ".row.edited .text"))
    ends = [float(one.evaluate("(one) => one.getBoundingClientRect().right")) for one in (line, cell)]
    assert ends[1] - ends[0] < 60
