"""How rows become what templates render, on comparisons made by hand."""

import re
import tracemalloc
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.collation import diff, pipeline
from app.collation.model import Change, Comparison, Finding, Row
from app.errors import NotFoundError
from app.web.pages.comparison.page import ComparisonPage, comparison_page
from app.web.pages.comparison.row_page import row_page
from app.web.pages.shared.paging import MAX_PART_MARKS, MAX_PART_ROWS, part_starts
from app.web.pages.table.comparison_view import ComparisonView, Places
from app.web.pages.table.diff_segments import Drawing, Segment, by_paragraph, coarsened, is_quiet
from app.web.pages.table.groups import Group
from app.web.pages.table.rows import MAX_MOVED_LINES, MovedView, RowView
from app.web.templating import environment
from tests.web.comparison.comparing import comparison, heard, row, side

PATH = "/compare/" + "b" * 16 + ".." + "w" * 16


def drawn(page: ComparisonPage, template: str = "comparison/_body.html") -> str:
    return environment().get_template(template).render(page=page)


def equal(text: str) -> tuple[Change, ...]:
    return (Change("equal", (0, len(text)), (0, len(text))),)


def same_row(number: int, base: int, witness: int, text: str) -> Row:
    return row(number, "same", [base], [witness], equal(text))


def reworded(number: int, base: int, witness: int, base_text: str, witness_text: str, **more: object) -> Row:
    return row(number, "edited", [base], [witness], diff.diff(base_text, witness_text).changes, **more)  # type: ignore[arg-type]  # findings or moved, as the caller names them


def plain(segments: tuple[Segment, ...]) -> str:
    return "".join(segment.text for segment in segments)


words = st.lists(
    st.sampled_from(["on", "from", "the", "The", ",", "“", '"', "63", "66", "a\u0301", "\n", "war", " "]),
    max_size=30,
).map(" ".join)


@given(words, words)
def test_the_segments_of_each_side_rejoin_to_its_text(base: str, witness: str) -> None:
    drawing = Drawing(base, witness, diff.diff(base, witness).changes, typography=True)
    assert plain(drawing.side("base")) == base
    assert plain(drawing.side("witness")) == witness


@given(words, words)
def test_inline_without_deletions_is_the_witness(base: str, witness: str) -> None:
    drawing = Drawing(base, witness, diff.diff(base, witness).changes)
    segments = [segment for segment in drawing.inline() if segment.tag != "del"]
    assert "".join(plain(tuple(segments)).split()) == "".join(witness.split())


def test_paragraphs_of_one_row_are_cut_at_their_newlines() -> None:
    segments = (Segment("One.\nTw"), Segment("o\nThree", "ins"), Segment("."))
    assert [plain(paragraph) for paragraph in by_paragraph(segments)] == ["One.", "Two", "Three."]


@pytest.mark.parametrize(
    ("base", "witness", "quiet"),
    [
        ("War", "war", True),
        (",", "", True),
        ("", "—", True),
        ("end.", "End", True),
        ("on", "from", False),
        ("1,5", "15", False),
        ("re-sign", "resign", False),
        ("we're", "were", False),
        ("\u0915\u093f", "\u0915", False),
        ("🙂", "", False),
        ("$", "€", False),
    ],
)
def test_commas_and_capitals_are_quiet_and_nothing_else(base: str, witness: str, quiet: bool) -> None:
    assert is_quiet(base, witness) is quiet


def test_a_row_with_too_many_changes_is_drawn_more_coarsely() -> None:
    base = " ".join(f"a{number} k" for number in range(10_000))
    witness = " ".join(f"b{number} k" for number in range(10_000))
    changes = []
    at = other = 0
    for number in range(10_000):
        end, end_other = at + len(f"a{number}"), other + len(f"b{number}")
        changes.append(Change("replace", (at, end), (other, end_other)))
        at, other = min(end + 3, len(base)), min(end_other + 3, len(witness))
        changes.append(Change("equal", (end, at), (end_other, other)))
    fewer = coarsened(changes)
    assert len(fewer) <= 3000
    drawing = Drawing(base, witness, changes)
    assert plain(drawing.side("base")) == base
    assert plain(drawing.side("witness")) == witness


def items(groups: tuple[Group, ...]) -> list[str]:
    return [
        f"row {item.number}" if isinstance(item, RowView) else f"line {item.row}"
        for group in groups
        for item in group.items
    ]


def moved_example() -> Comparison:
    """Return an example whose first base paragraph is the last of the witness."""
    texts = ["Alpha came first here.", "Bravo went on.", "Charlie closed it."]
    return comparison(
        side(texts, "The Base"),
        side([texts[1], texts[2], texts[0]], "The Witness"),
        [
            row(1, "same", [0], [2], equal(texts[0]), moved=True),
            same_row(2, 1, 0, texts[1]),
            same_row(3, 2, 1, texts[2]),
        ],
    )


def test_a_moved_row_is_at_its_base_place_with_a_marker_at_its_witness_place() -> None:
    page = comparison_page(moved_example(), PATH, ComparisonView())
    assert items(page.groups) == ["row 1", "row 2", "row 3", "line 1"]
    html = drawn(page)
    assert 'href="#row-1-there"' in html
    assert 'id="row-1-there"' in html
    line = html.partition('id="row-1-there"')[2].partition("</tr>")[0]
    assert 'href="#row-1"' in line
    assert "Alpha came first here." in line


def test_lines_of_several_moved_rows_keep_the_witness_order() -> None:
    texts = [f"Paragraph {name} stands alone." for name in "abcd"]
    page = comparison_page(
        comparison(
            side(texts, "The Base"),
            side([texts[2], texts[3], texts[0], texts[1]], "The Witness"),
            [
                row(1, "same", [0], [2], equal(texts[0]), moved=True),
                row(2, "same", [1], [3], equal(texts[1]), moved=True),
                same_row(3, 2, 0, texts[2]),
                same_row(4, 3, 1, texts[3]),
            ],
        ),
        PATH,
        ComparisonView(),
    )
    assert items(page.groups) == ["row 1", "row 2", "row 3", "row 4", "line 1", "line 2"]


def test_a_split_row_shows_each_of_its_paragraphs_with_its_numbers() -> None:
    whole, parts = "First half. Second half.", ["First half.", "Second half."]
    changes = diff.diff(whole, "\n".join(parts)).changes
    page = comparison_page(
        comparison(
            side([whole], "The Base"),
            side(parts, "The Witness"),
            [row(1, "split", [0], [0, 1], changes)],
        ),
        PATH,
        ComparisonView(),
    )
    view = page.groups[0].items[0]
    assert isinstance(view, RowView)
    assert view.sign == "1:2"
    assert [plain(paragraph.segments) for paragraph in view.witness] == parts
    text = heard(drawn(page))
    assert "one paragraph in The Base, 2 in The Witness" in text


def test_a_repeated_paragraph_says_which_row_it_repeats() -> None:
    text = "Said twice."
    page = comparison_page(
        comparison(
            side([text, text], "The Base"),
            side([text], "The Witness"),
            [
                same_row(1, 0, 0, text),
                row(2, "omitted", [1], [], [Change("delete", (0, 11), (0, 0))], repeats=1),
            ],
        ),
        PATH,
        ComparisonView(),
    )
    assert 'repeats <a href="#row-1">¶1</a>' in drawn(page)


def test_runs_of_unchanged_rows_fold_and_short_ones_do_not() -> None:
    texts = [f"The same words stand in number {number}." for number in range(6)]
    base = [*texts[:2], "It said yes.", *texts[2:]]
    witness = [*texts[:2], "It said no.", *texts[2:]]
    rows = [
        same_row(n + 1, n, n, base[n])
        if base[n] == witness[n]
        else reworded(n + 1, n, n, base[n], witness[n])
        for n in range(7)
    ]
    compared = comparison(side(base, "The Base"), side(witness, "The Witness"), rows)
    page = comparison_page(compared, PATH, ComparisonView())
    assert [(group.fold, len(group.items)) for group in page.groups] == [
        ("", 2),
        ("", 1),
        ("4 paragraphs identical", 4),
    ]
    html = drawn(page)
    assert html.count('class="fold"') == 1
    assert 'aria-controls="rows-4">4 paragraphs identical</button>' in html
    assert 'id="row-7"' in html.partition('<div class="fold" id="rows-4" hidden="until-found">')[2]
    changes = comparison_page(compared, PATH, ComparisonView(show="changes"))
    assert [(group.fold, len(group.items)) for group in changes.groups] == [
        ("2 paragraphs identical", 0),
        ("", 1),
        ("4 paragraphs identical", 0),
    ]
    assert f'href="{PATH}#row-4"' in drawn(changes)


def test_boilerplate_is_folded_and_labelled_by_side() -> None:
    base = ["Story told.", "Sign up", "Read more"]
    page = comparison_page(
        comparison(
            side(base, "The Base", furniture=(1, 2)),
            side(["Story told."], "The Witness"),
            [
                same_row(1, 0, 0, base[0]),
                row(2, "omitted", [1], [], [Change("delete", (0, 7), (0, 0))]),
                row(3, "omitted", [2], [], [Change("delete", (0, 9), (0, 0))]),
            ],
        ),
        PATH,
        ComparisonView(),
    )
    assert [group.fold for group in page.groups] == ["", "2 lines of page extras, only in The Base"]
    assert page.only_base.article.count == 0
    assert [part.opening for part in page.only_base.furniture.open] == ["Sign up", "Read more"]


def test_unchanged_texts_are_not_folded() -> None:
    texts = [f"Number {number} is the same." for number in range(5)]
    rows = [same_row(n + 1, n, n, text) for n, text in enumerate(texts)]
    page = comparison_page(
        comparison(side(texts, "A"), side(texts, "B"), rows), PATH, ComparisonView(show="changes")
    )
    assert [group.fold for group in page.groups] == [""]
    assert page.summary.lead == "The same, word for word."


def long_comparison(count: int) -> Comparison:
    """``count`` paragraphs of 80 words, every third reworded in two places."""
    words = [f"word{number}" for number in range(80)]
    base = [f"{number} {' '.join(words)}" for number in range(count)]
    changes = (Change("equal", (0, 10), (0, 10)), Change("replace", (10, 15), (10, 15)))
    rows = []
    for number, text in enumerate(base, 1):
        length = len(text)
        unchanged = Change("equal", (15, length), (15, length))
        if number % 3:
            rows.append(same_row(number, number - 1, number - 1, text))
        else:
            findings = (Finding("number", (10, 15), (10, 15), "number changed: 1 -> 2", "number"),)
            rows.append(row(number, "edited", [number - 1], [number - 1], (*changes, unchanged), findings))
    return comparison(side(base, "The Base"), side(base, "The Witness"), rows)


def shown_rows(page: ComparisonPage) -> tuple[int, int]:
    """Return the first and the last row on a page of a long comparison, as its pager says."""
    assert page.pager is not None
    first, last = (int(number.replace(",", "")) for number in re.findall(r"[\d,]+", page.pager.says))
    return first, last


def test_twenty_thousand_rows_are_drawn_in_parts_within_bounds() -> None:
    compared = long_comparison(20_000)
    tracemalloc.start()
    page = comparison_page(compared, PATH, ComparisonView(start=12_345))
    html = drawn(page)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 150_000_000
    assert len(html) < 3_000_000
    assert 'id="row-12345"' in html
    assert html.count('class="cell ') <= 160
    first, last = shown_rows(page)
    assert first <= 12_345 <= last
    assert last - first < MAX_PART_ROWS
    assert len(set(re.findall(r'id="row-(\d+)"', html))) == last - first + 1


def test_only_the_links_that_are_shown_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    addresses: list[tuple[int, int | None]] = []
    address = Places.of

    def counted(places: Places, row: int, focus: int | None = None) -> str:
        addresses.append((row, focus))
        return address(places, row, focus)

    compared = long_comparison(6_000)
    monkeypatch.setattr(Places, "of", counted)
    comparison_page(compared, PATH, ComparisonView())
    assert len(addresses) < 1_000  # of 2,000 findings, each with two neighbours


def test_every_row_of_a_long_comparison_can_be_reached_from_every_part() -> None:
    compared = long_comparison(1_000)
    page = comparison_page(compared, PATH, ComparisonView())
    assert page.finding_list.lists[0].entries[0].link == "#row-3-1"
    beyond = comparison_page(compared, PATH, ComparisonView(start=shown_rows(page)[1] + 1))
    assert beyond.finding_list.lists[0].entries[0].link == f"{PATH}#row-3-1"
    assert beyond.pager is not None
    assert beyond.pager.earlier == PATH
    alone = row_page(compared, PATH, 999, None, ComparisonView(), "http://localhost")
    assert alone.comparison.startswith(f"{PATH}?from=")
    assert alone.comparison.endswith("#row-999")


def test_a_part_of_very_many_changes_is_cut_between_its_rows() -> None:
    words = " ".join(f"word{number}" for number in range(2_000))
    other = " ".join(f"word{number + number % 2 * 5_000}" for number in range(2_000))
    changes = diff.diff(words, other).changes
    rows = [row(number, "edited", [number - 1], [number - 1], changes) for number in range(1, 11)]
    compared = comparison(side([words] * 10, "The Base"), side([other] * 10, "The Witness"), rows)
    each = MAX_PART_MARKS // len(changes)
    assert 1 <= each < 10
    assert part_starts(compared) == tuple(range(1, 11, each))


def test_a_part_beyond_the_end_is_the_last_part() -> None:
    page = comparison_page(long_comparison(700), PATH, ComparisonView(start=99_999))
    assert shown_rows(page)[1] == 700


@pytest.mark.parametrize(("number", "focus"), [(0, None), (4, None), (1, 1)])
def test_a_row_or_finding_that_is_not_there_has_no_page(number: int, focus: int | None) -> None:
    with pytest.raises(NotFoundError):
        row_page(moved_example(), PATH, number, focus, ComparisonView(), "http://localhost")


def test_an_older_engines_comparison_offers_the_newer() -> None:
    older = replace(moved_example(), engine="0.1")
    assert comparison_page(older, PATH, ComparisonView()).newer == f"{PATH}/engine/{pipeline.ENGINE}"


def test_a_moved_line_names_its_paragraph_in_the_witness() -> None:
    page = comparison_page(moved_example(), PATH, ComparisonView())
    line = page.groups[-1].items[-1]
    assert isinstance(line, MovedView)
    assert line.numbers == ("3",)


def test_the_lines_of_very_many_moved_rows_are_bounded_and_the_rest_counted() -> None:
    count = 2 * MAX_MOVED_LINES
    paragraphs = [f"Paragraph {number} said something." for number in range(count + 1)]
    rows = [row(1, "same", [0], [0], equal(paragraphs[0]))]
    for number in range(1, count + 1):
        there = count + 1 - number
        rows.append(
            replace(row(number + 1, "same", [number], [there], equal(paragraphs[number])), moved=True)
        )
    turned = [paragraphs[0], *reversed(paragraphs[1:])]
    compared = comparison(side(paragraphs, "The Base"), side(turned, "The Witness"), rows)
    page = comparison_page(compared, PATH, ComparisonView())
    lines = [item for group in page.groups for item in group.items if isinstance(item, MovedView)]
    assert len(lines) == MAX_MOVED_LINES
    assert lines[-1].more == f"{count - MAX_MOVED_LINES} more"
    assert [line.more for line in lines[:-1]] == [""] * (MAX_MOVED_LINES - 1)
    anchors = {line.anchor for line in lines}
    drawn = [item for group in page.groups for item in group.items if isinstance(item, RowView)]
    assert {item.witness_line.partition("#")[2] for item in drawn if item.moved} <= anchors


def test_a_row_with_many_findings_lists_the_first_and_counts_the_rest() -> None:
    words = [f"{number}" for number in range(1_000, 2_500)]
    other = [f"{number}" for number in range(3_000, 4_500)]
    base, witness = " and ".join(words), " and ".join(other)
    changes: list[Change] = []
    findings: list[Finding] = []
    for at in range(0, len(base), 9):
        changes.append(Change("replace", (at, at + 4), (at, at + 4)))
        findings.append(Finding("number", (at, at + 4), (at, at + 4), "number changed", "number"))
        if at + 9 <= len(base):
            changes.append(Change("equal", (at + 4, at + 9), (at + 4, at + 9)))
    compared = comparison(
        side([base], "The Base"),
        side([witness], "The Witness"),
        [row(1, "edited", [0], [0], changes, findings)],
    )
    page = comparison_page(compared, PATH, ComparisonView())
    html = drawn(page)
    assert html.count('class="note"') == 40
    assert "and 1,460 more findings, marked in the text" in html
    assert page.finding_list.total == 1_500
    assert page.kind_choices[1].count == 1_500
    beyond = row_page(compared, PATH, 1, 1_000, ComparisonView(), "http://localhost")
    assert beyond.row.findings[-1].number == 1_000
    assert beyond.comparison == f"{PATH}#row-1"
