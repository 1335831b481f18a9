"""What the texts of a finished comparison share: the figures that every page reads."""

from dataclasses import replace

import pytest

from app.collation import pipeline
from app.collation.model import Comparison, Pins, Side
from app.collation.relations import RelationKind, relate
from app.collation.shared_figures import relation_of, shared_row_numbers, verbatim_row_numbers
from tests.unit.services.texts import paragraphs

QUOTE = '"We have supported you on this issue, and we will not change our established policy because of it,"'
BASE = [
    f"{QUOTE} he said on Thursday, according to a video of the call that the ministry released online.",
    "The minister took up his post in December, after his predecessor had disappeared from public view.",
    "Trade between the two countries reached a record in the year before, customs figures show.",
]
WITNESS = [
    "In a sign of how far the alliance has come, Beijing has dropped every pretence of standing aside.",
    f"To his counterpart the general spoke plainly: {QUOTE} and nobody in the room misunderstood him.",
    "Workers everywhere must draw their own conclusions from a war that threatens to engulf the world.",
]


def compared(base: list[str], witness: list[str], pins: Pins | None = None) -> Comparison:
    return pipeline.compare(Side("b", "B", tuple(base)), Side("w", "W", tuple(witness)), pins or Pins())


def quotations_alone(base: list[str], witness: list[str]) -> int:
    """Return the number of shared quotations; 0 if the texts share anything else too, or nothing."""
    relation = relation_of(compared(base, witness))
    return relation.quotations if relation and relation.kind == "shares-quotation" else 0


def test_two_articles_that_quote_one_speaker_share_only_a_quotation() -> None:
    assert quotations_alone(BASE, WITNESS) == quotations_alone(WITNESS, BASE) == 1


def test_words_that_one_quotes_and_the_other_prints_as_its_own_are_a_shared_quotation() -> None:
    assert quotations_alone(BASE, [line.replace('"', "") for line in WITNESS]) == 1


@pytest.mark.parametrize(
    ("base", "witness", "kind"),
    [
        (BASE, [*WITNESS[:2], *BASE[1:]], "contained"),  # its own words as well
        (BASE, BASE, "same"),
        (BASE[1:], WITNESS[::2], None),
        (BASE[:1], [BASE[0].replace("Thursday", "Friday")], "near-duplicate"),
        ([QUOTE], [QUOTE], "same"),
        (["They met in Rome."], ["They met in Bonn."], "near-duplicate"),  # too short to be found among many
    ],
)
def test_texts_that_share_quotations_alone_are_recognised(
    base: list[str], witness: list[str], kind: RelationKind | None
) -> None:
    relation = relation_of(compared(base, witness))
    assert (relation.kind if relation else None) == kind


def test_boilerplate_does_not_count() -> None:
    line = "Read more about the war in Ukraine here today, and about all that came before it"
    base = Side("b", "B", (*BASE, line), furniture=(3,))
    witness = Side("w", "W", (*BASE[:2], line), furniture=(2,))
    relation = relation_of(pipeline.compare(base, witness))
    assert relation is not None
    assert (relation.base_shared, relation.base_paragraphs) == (2, 3)
    assert (relation.witness_shared, relation.witness_paragraphs) == (2, 2)


def test_the_figures_are_those_of_the_stored_relation() -> None:
    comparison = compared(BASE, [*WITNESS[:2], *BASE[1:]])
    stored = relate(comparison.base.paragraphs, comparison.witness.paragraphs)
    assert relation_of(comparison) == stored
    assert relation_of(comparison, stored) is stored


def test_a_stored_relation_says_nothing_about_rows_that_it_did_not_count() -> None:
    stored = relate(BASE, BASE)
    apart = compared(BASE, BASE, Pins(apart=((2, 2),)))
    relation = relation_of(apart, stored)
    assert relation is not None
    assert (relation.base_shared, relation.base_paragraphs) == (2, 3)
    other_engine = replace(apart, pins=Pins(), engine="0.1")
    assert relation_of(other_engine, stored) == relation


def test_only_rows_that_are_evidence_of_copying_count_where_little_is_copied() -> None:
    copied = (
        "The bridge carries 40,000 cars a day, and the port of Burgas has offered to take in the Tresmund ferry "
        "until the end of May."
    )
    base = [
        *paragraphs(1),
        copied,
        "The harbour bridge was closed on Monday after divers found rust in two pillars.",
        # What was copied is this article's own: it names the town and the ferry elsewhere too.
        "Burgas was asked whether the Tresmund ferry carries lorries.",
    ]
    witness = [
        *paragraphs(2),
        copied,
        "Queues grew on Tuesday, as rust in pillars closed the harbour bridge.",
    ]
    comparison = compared(base, witness)
    relation = relation_of(comparison)
    assert relation is not None
    assert (relation.kind, relation.base_shared, relation.witness_shared) == ("shares-paragraphs", 1, 1)
    shared = shared_row_numbers(comparison, relation)
    assert [row.base for row in comparison.collation.rows if row.number in shared] == [(6,)]
    assert any(row.base == row.witness == (7,) for row in comparison.collation.rows)


@pytest.mark.parametrize(
    ("base", "witness", "is_verbatim"),
    [
        (["They met in Beijing on Monday."], ["They met in Beijing on Monday."], True),
        (["Vladimir Putin And Xi Jinping in Beijing"], ["Vladimir Putin and Xi Jinping in Beijing"], True),
        (['"Not yet," he said to them.'], ["“Not yet,” he said to them."], True),
        (["They met. It was late in the day."], ["They met.", "It was late in the day."], True),
        (["They met in Beijing on Monday."], ["They met in Beijing on Tuesday."], False),
        (["They met in Beijing on Monday."], ["The harbour froze over last winter."], False),
    ],
)
def test_capitals_quotation_marks_and_breaks_change_no_words(
    base: list[str], witness: list[str], is_verbatim: bool
) -> None:
    comparison = compared(base, witness)
    assert (comparison.collation.rows[0].number in verbatim_row_numbers(comparison)) is is_verbatim
    if is_verbatim:
        relation = relation_of(comparison)
        assert relation is not None
        assert (relation.base_verbatim, relation.witness_verbatim) == (len(base), len(witness))
