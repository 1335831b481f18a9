"""What the sentence at the top says, in every state and with the right grammar."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from app import resources
from app.collation import pipeline
from app.collation.findings import IN_ENGLISH, OF_NUMBERS
from app.collation.model import Change, Comparison, Finding, FindingKind, Row, Side
from app.collation.relations import Relation
from app.collation.shared_figures import relation_of
from app.collation.text import boilerplate, paragraphs
from app.web.pages.comparison.summary import SummaryView, summary_view
from tests.web.comparison.comparing import comparison, row, side

DELETED = (Change("delete", (0, 2), (0, 0)),)
INSERTED = (Change("insert", (0, 0), (0, 2)),)
REWORDED = (Change("replace", (0, 2), (0, 2)),)
EQUAL = (Change("equal", (0, 2), (0, 2)),)
TYPOGRAPHY = (Change("replace", (0, 2), (0, 2), typography=True),)


def compared(rows: Sequence[Row], shared: float = 0.9) -> Comparison:
    base = ["xx"] * sum(len(row.base) for row in rows)
    witness = ["yy" if row.kind == "edited" else "xx" for row in rows for _ in row.witness]
    return comparison(side(base, "Alpha"), side(witness, "Beta"), rows, shared=shared)


def relation(rows: Sequence[Row]) -> Relation:
    answer = relation_of(compared(rows))
    assert answer is not None
    return answer


def summary_of_rows(rows: Sequence[Row]) -> SummaryView:
    pair = compared(rows)
    return summary_view(pair, relation_of(pair))


def summary_of_texts(base: Side, witness: Side) -> SummaryView:
    pair = pipeline.compare(base, witness)
    return summary_view(pair, relation_of(pair))


def rows(
    same: int = 0, edited: int = 0, omitted: int = 0, added: int = 0, kinds: Sequence[FindingKind] = ()
) -> list[Row]:
    table: list[Row] = []
    at = other = 0
    for _ in range(same):
        table.append(row(len(table) + 1, "same", [at], [other], EQUAL))
        at, other = at + 1, other + 1
    for _ in range(edited):
        findings = (
            [Finding(kind, (0, 2), (0, 2), "", "") for kind in kinds] if table == [] or not kinds else []
        )
        table.append(row(len(table) + 1, "edited", [at], [other], REWORDED, findings))
        at, other = at + 1, other + 1
    for _ in range(omitted):
        table.append(row(len(table) + 1, "omitted", [at], [], DELETED))
        at += 1
    for _ in range(added):
        table.append(row(len(table) + 1, "added", [], [other], INSERTED))
        other += 1
    return table


@pytest.mark.parametrize(
    ("changed_rows", "lead"),
    [
        (rows(edited=3), "All 3 paragraphs of Beta also appear in Alpha, reworded."),
        (rows(edited=1), "The one paragraph of Beta also appears in Alpha, reworded."),
        (rows(edited=1, added=2), "1 of the 3 paragraphs of Beta also appears in Alpha, reworded."),
        (rows(same=2, added=1), "2 of the 3 paragraphs of Beta also appear in Alpha, word for word."),
        (rows(same=2, edited=1), "All 3 paragraphs of Beta also appear in Alpha; 1 is reworded."),
        (rows(same=2), "The same, word for word."),
        (rows(omitted=2, added=1), "These two share nothing."),
    ],
)
def test_the_lead_says_how_much_of_one_text_is_in_the_other(changed_rows: list[Row], lead: str) -> None:
    assert summary_of_rows(changed_rows).lead == lead


def test_the_subject_is_the_text_that_is_more_contained_in_the_other() -> None:
    changed_rows = rows(edited=2, added=3)
    contained = replace(relation(changed_rows), base_in_witness=0.99, witness_in_base=0.4)
    lead = summary_view(compared(changed_rows), contained).lead
    assert lead == "Both paragraphs of Alpha also appear in Beta, reworded."


def test_paragraphs_that_only_resemble_others_are_counted_apart() -> None:
    changed_rows = rows(same=1, edited=2, added=1)
    one_shared = replace(relation(changed_rows), witness_shared=1)
    lead = summary_view(compared(changed_rows), one_shared).lead
    assert (
        lead
        == "1 of the 4 paragraphs of Beta also appears in Alpha, word for word; 2 more resemble one there."
    )


def test_typography_alone_is_worded_differently_from_identity() -> None:
    changed_rows = [row(1, "same", [0], [0], TYPOGRAPHY)]
    assert summary_of_rows(changed_rows).lead == "The same words: these two differ in typography alone."


def test_another_order_is_worded_differently_from_identity() -> None:
    changed_rows = [row(1, "same", [0], [1], EQUAL, moved=True), row(2, "same", [1], [0], EQUAL)]
    result = summary_of_rows(changed_rows)
    assert result.lead == "The same paragraphs, word for word, in another order."
    assert result.rest == "1 paragraph is at another place."


def test_a_stray_resemblance_is_almost_nothing() -> None:
    result = summary_view(compared(rows(edited=1, omitted=9, added=9), shared=0.05), None)
    assert result.lead == "These two share almost nothing."
    assert result.rest == "Only 1 of the 10 paragraphs of Beta resembles any in Alpha."


def test_a_stray_paragraph_that_both_print_is_called_the_same() -> None:
    result = summary_view(compared(rows(same=1, omitted=9, added=9), shared=0.05), None)
    assert result.lead == "These two share almost nothing."
    assert result.rest == "Only 1 of the 10 paragraphs of Beta also appears in Alpha, word for word."


@pytest.mark.parametrize(
    ("kinds", "rest"),
    [
        (
            ["quotation"],
            "The one shared quotation is worded differently. No changed number, date, name or negation was found.",
        ),
        (
            ["quotation"] * 3,
            "All 3 shared quotations are worded differently. No changed number, date, name or negation was found.",
        ),
        (["number"], "1 number differs. No changed quotation, date, name or negation was found."),
        (
            ["number", "number", "date"],
            "2 numbers and 1 date differ. No changed quotation, name or negation was found.",
        ),
        (
            ["wording", "typography"],
            "No changed quotation, number, date, name or negation was found. "
            "The wording changed in 1 paragraph: read it.",
        ),
        (
            ["quotation", "number", "date"],
            "The one shared quotation is worded differently. 1 number and 1 date differ. "
            "No changed name or negation was found.",
        ),
    ],
)
def test_findings_are_counted_in_whole_sentences(kinds: list[FindingKind], rest: str) -> None:
    summary = summary_of_rows(rows(edited=1, kinds=kinds))
    assert f"{summary.rest} {summary.wording}".strip() == rest


def test_texts_reworded_throughout_are_not_said_to_keep_each_name() -> None:
    base = [
        "The mill was shut in May after a long strike.",
        "Its owner lives abroad now and has said nothing.",
    ]
    witness = [
        "After a long strike of weeks, the mill was closed in May.",
        "Now its owner lives abroad, silent on it.",
    ]
    for other, is_said in ((witness, True), ([base[0], f"{base[1]} Again."], False)):
        pair = pipeline.compare(Side("a", "A", tuple(base)), Side("b", "B", tuple(other)))
        assert ("; the rewording may hide one." in summary_view(pair, relation_of(pair)).rest) == is_said


def test_kinds_that_need_english_are_reported_as_not_looked_for() -> None:
    changed = rows(edited=1, kinds=["number"])
    pair = compared(changed)
    summary = replace(pair.collation.summary, not_looked_for=IN_ENGLISH)
    result = summary_view(
        replace(pair, collation=replace(pair.collation, summary=summary)), relation(changed)
    )
    assert result.rest == (
        "1 number differs. No changed quotation or date was found. "
        "Names, negations and what else depends on words were not looked for: a text is not in English."
    )


def test_numbers_are_reported_as_not_looked_for_when_there_are_too_many() -> None:
    changed = rows(edited=1, kinds=["name"])
    pair = compared(changed)
    summary = replace(pair.collation.summary, not_looked_for=OF_NUMBERS)
    result = summary_view(
        replace(pair, collation=replace(pair.collation, summary=summary)), relation(changed)
    )
    assert result.rest == (
        "1 name differs. No changed quotation or negation was found. "
        "Numbers and dates were not looked for: a text holds too many of them."
    )


def test_one_sided_paragraphs_are_counted_without_boilerplate() -> None:
    changed_rows = rows(edited=1, omitted=3, added=1)
    pair = compared(changed_rows)
    pair = replace(pair, base=replace(pair.base, furniture=(2, 3)))
    assert summary_view(pair, relation(changed_rows)).rest.endswith(
        "1 paragraph is only in Alpha and 1 paragraph is only in Beta."
    )


def test_the_title_names_the_change_first_and_then_both_texts() -> None:
    assert (
        summary_of_rows(rows(edited=1, kinds=["quotation", "number"])).title
        == "1 quotation reworded, 1 number differs: Alpha and Beta"
    )
    assert summary_of_rows(rows(edited=2, added=1)).title == "2 of 3 paragraphs shared: Alpha and Beta"
    assert summary_of_rows(rows(same=1)).title == "The same, word for word: Alpha and Beta"


QUOTED = "“We have supported you on this issue, and we will not change our established policy because of it,”"


def test_two_articles_that_quote_one_speaker_share_a_quotation() -> None:
    base = (
        f"{QUOTED} he said on Thursday, according to a video that was released online.",
        "The minister took up his post in December, after his predecessor had disappeared from public view.",
        "Trade between the two countries reached a record in the year before, customs figures show.",
    )
    witness = (
        "In a sign of how far the alliance has come, Beijing has dropped every pretence of standing aside.",
        f"To his counterpart the general spoke plainly: {QUOTED.replace('established', 'settled')} and left.",
        "Workers everywhere must draw their own conclusions from a war that threatens to engulf the world.",
    )
    result = summary_of_texts(
        Side("b", "One", base, publisher="Alpha"), Side("w", "Another", witness, publisher="Beta")
    )
    assert result.lead == "These two share one quotation, and little else."
    assert result.rest.startswith(
        "The one shared quotation is worded differently. 2 paragraphs are only in Alpha"
    )
    assert result.title == "1 quotation reworded: Alpha and Beta"


@pytest.mark.parametrize(
    ("witness", "lead"),
    [
        ("repost-full-support", "All 18 paragraphs of “Two” also appear in “One”; 17 are reworded."),
        ("wsws-regime-announces-support", "These two share 5 quotations, and little else."),
        ("atlas-defense-minister-call", "These two share almost nothing."),
        ("warsaw-institute-stronger-ties", "These two share nothing."),
    ],
)
def test_the_summary_of_newsweek_and_each_other_seed_is_true(witness: str, lead: str) -> None:
    def seed(name: str, title: str) -> Side:
        text = (resources.folder("seeds") / f"{name}.txt").read_text(encoding="utf-8")
        split = paragraphs.split(text)
        return Side(name, title, split, furniture=boilerplate.guess(split, None))

    assert summary_of_texts(seed("newsweek-full-support", "One"), seed(witness, "Two")).lead == lead
