"""Two texts in, their comparison out."""

import pytest

from app.collation import pipeline
from app.collation.model import ROW_KINDS, Collation, Pins, Side
from app.collation.pins import PinsError

PARAGRAPHS = (
    "The minister opened the talks in Oslo on Monday and promised a quick result.",
    "Nobody in the hall believed a word of it, as the papers wrote the next morning.",
    "A third round of negotiations is planned for the spring, diplomats told reporters.",
)


def _kinds(collation: Collation) -> list[str]:
    return [row.kind for row in collation.rows]


def test_the_same_text_twice_is_the_same_in_every_row() -> None:
    collation = pipeline.collate(PARAGRAPHS, PARAGRAPHS)
    assert _kinds(collation) == ["same", "same", "same"]
    assert collation.summary.findings == {}
    assert collation.summary.base_in_witness == collation.summary.witness_in_base == 1.0
    assert all(len(row.changes) == 1 and row.changes[0].op == "equal" for row in collation.rows)


def test_a_row_that_differs_in_typography_alone_is_the_same_and_says_so() -> None:
    collation = pipeline.collate(['He said "yes" to all of it.'], ["He said “yes” to all of it."])
    assert _kinds(collation) == ["same"]
    assert collation.summary.findings == {"typography": 2}


def test_an_empty_side_leaves_the_other_whole() -> None:
    collation = pipeline.collate(PARAGRAPHS, ())
    assert _kinds(collation) == ["omitted"] * 3
    assert [change.op for row in collation.rows for change in row.changes] == ["delete"] * 3
    assert (collation.summary.base_in_witness, collation.summary.witness_in_base) == (0.0, 0.0)


def test_two_empty_texts_have_no_rows() -> None:
    assert pipeline.collate((), ()).rows == ()


def test_an_absent_side_is_an_empty_span() -> None:
    (row,) = pipeline.collate((), ["Alone."]).rows
    assert (row.kind, row.changes[0].base, row.changes[0].witness) == ("added", (0, 0), (0, 6))


def test_a_paragraph_broken_in_two_is_a_split_whose_offsets_count_the_newline() -> None:
    whole = f"{PARAGRAPHS[0]} {PARAGRAPHS[1]}"
    (row,) = pipeline.collate([whole], PARAGRAPHS[:2]).rows
    assert row.kind == "split"
    assert row.changes[-1].witness[1] == len(PARAGRAPHS[0]) + 1 + len(PARAGRAPHS[1])
    (back,) = pipeline.collate(PARAGRAPHS[:2], [whole]).rows
    assert back.kind == "merged"


def test_a_paragraph_break_is_not_a_finding() -> None:
    (row,) = pipeline.collate([f"{PARAGRAPHS[0]} {PARAGRAPHS[1]}"], PARAGRAPHS[:2]).rows
    assert row.findings == ()


def test_rows_are_numbered_from_one_and_every_kind_is_counted() -> None:
    collation = pipeline.collate(PARAGRAPHS, PARAGRAPHS[1:])
    assert [row.number for row in collation.rows] == [1, 2, 3]
    assert collation.summary.rows == dict.fromkeys(ROW_KINDS, 0) | {"omitted": 1, "same": 2}


def test_containment_is_the_share_of_words_found_on_the_other_side() -> None:
    summary = pipeline.collate(
        ["one two three four five", "six seven eight nine ten"], ["one two three four five"]
    ).summary
    assert (summary.base_in_witness, summary.witness_in_base) == (0.5, 1.0)


def test_a_second_copy_of_a_paragraph_names_the_row_of_the_first() -> None:
    collation = pipeline.collate(
        [PARAGRAPHS[0], PARAGRAPHS[0], PARAGRAPHS[1]], [PARAGRAPHS[0], PARAGRAPHS[1]]
    )
    copies = [row for row in collation.rows if row.kind == "omitted"]
    assert [row.repeats for row in copies] == [
        next(row.number for row in collation.rows if row.kind == "same" and row.witness == (0,))
    ]


def test_a_comparison_names_both_texts_and_the_engine() -> None:
    comparison = pipeline.compare(
        Side(revision="a", title="Talks open", paragraphs=PARAGRAPHS, publisher="The Courier"),
        Side(revision="b", title="Talks open", paragraphs=PARAGRAPHS[:1]),
    )
    assert (comparison.base.label, comparison.witness.label) == ("The Courier", "“Talks open”")
    assert comparison.engine == pipeline.ENGINE


def test_a_comparison_follows_and_records_a_readers_pins() -> None:
    base = Side(revision="a", title="A", paragraphs=PARAGRAPHS)
    witness = Side(revision="b", title="B", paragraphs=PARAGRAPHS[::-1])
    pins = Pins(apart=((1, 1),))
    comparison = pipeline.compare(base, witness, pins)
    assert comparison.pins == pins
    assert not any(1 in row.base and 1 in row.witness for row in comparison.collation.rows)
    assert any(1 in row.base and 1 in row.witness for row in pipeline.compare(base, witness).collation.rows)


def test_pins_that_the_texts_cannot_keep_are_refused() -> None:
    with pytest.raises(PinsError):
        pipeline.collate(PARAGRAPHS, PARAGRAPHS, Pins(together=((7, 0),)))


def test_findings_do_not_depend_on_the_batch_that_a_row_falls_into() -> None:
    kept = [
        f"Item {n * 7919} was listed by the office in Leeds on page {n * 31} of the list." for n in range(32)
    ]
    base = [
        "Olya met Petrov at the lake.",
        "The report had been expected, and few in town were surprised by it.",
    ]
    witness = [
        "Olga met Petrov by the lake.",
        "Few people in the place were astonished by what it had to say.",
    ]

    def of_last_rows(kept_rows: int) -> list[list[str]]:
        rows = pipeline.collate(kept[:kept_rows] + base, kept[:kept_rows] + witness).rows
        return [[finding.says for finding in row.findings] for row in rows[-2:]]

    assert of_last_rows(32) == of_last_rows(28)
