"""Any comparison can be read back from its document unchanged."""

import json

from hypothesis import given
from hypothesis import strategies as st

from app.collation import document, pipeline
from app.collation.model import (
    ROW_KINDS,
    Change,
    Collation,
    Comparison,
    Finding,
    Pins,
    Row,
    Side,
    Summary,
    Within,
)

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
INDICES = st.lists(st.integers(0, 99), max_size=4).map(lambda numbers: tuple(sorted(set(numbers))))
SPAN = st.tuples(st.integers(0, 500), st.integers(0, 500)).map(lambda span: (min(span), max(span)))
PAIRS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=3).map(tuple)
SHARE = st.integers(0, 10**6).map(lambda millionths: millionths / 10**6)
OP = st.sampled_from(["equal", "delete", "insert", "replace"])
WITHIN = st.builds(Within, op=OP, base=SPAN, witness=SPAN)
CHANGE = st.builds(
    Change,
    op=OP,
    base=SPAN,
    witness=SPAN,
    typography=st.booleans(),
    within=st.lists(WITHIN, max_size=2).map(tuple),
)
FINDING = st.builds(Finding, base=SPAN, witness=SPAN, says=TEXT, rule=TEXT)
ROW = st.builds(
    Row,
    number=st.integers(1, 99),
    similarity=SHARE,
    base=INDICES,
    witness=INDICES,
    changes=st.lists(CHANGE, max_size=3).map(tuple),
    findings=st.lists(FINDING, max_size=3).map(tuple),
    repeats=st.none() | st.integers(1, 99),
)
SUMMARY = st.builds(
    Summary,
    rows=st.fixed_dictionaries({kind: st.integers(0, 9) for kind in ROW_KINDS}),
    moved=st.integers(0, 9),
    findings=st.dictionaries(st.sampled_from(["date", "number", "quotation", "wording"]), st.integers(1, 9)),
    base_in_witness=SHARE,
    witness_in_base=SHARE,
)
SIDE = st.builds(
    Side,
    revision=TEXT,
    title=TEXT,
    paragraphs=st.lists(TEXT, max_size=4).map(tuple),
    headline=st.none() | st.integers(0, 3),
    furniture=INDICES,
    publisher=TEXT,
    author=TEXT,
    published_on=TEXT,
    label=TEXT,
)
COMPARISON = st.builds(
    Comparison,
    base=SIDE,
    witness=SIDE,
    collation=st.builds(Collation, rows=st.lists(ROW, max_size=3).map(tuple), summary=SUMMARY),
    engine=TEXT,
    diff_tokens=st.integers(1, 9999),
    pins=st.builds(Pins, together=PAIRS, apart=PAIRS),
    format=st.just(1),
)


@given(COMPARISON)
def test_a_document_reads_back_as_the_comparison_that_it_was_written_from(comparison: Comparison) -> None:
    assert document.from_json(json.loads(document.dumps(comparison))) == comparison


@given(COMPARISON)
def test_what_was_read_back_is_written_in_the_same_bytes(comparison: Comparison) -> None:
    text = document.dumps(comparison)
    assert document.dumps(document.from_json(json.loads(text))) == text


@given(COMPARISON)
def test_the_rows_are_written_as_json_writes_the_rest(comparison: Comparison) -> None:
    text = document.dumps(comparison)
    assert document.canonical(json.loads(text)) == text


PARAGRAPHS = st.lists(
    st.text(st.sampled_from("ab12 .,'\"“”\n$%é国")).map(lambda text: " ".join(text.split()) or "x"),
    max_size=5,
)


@given(PARAGRAPHS, PARAGRAPHS)
def test_a_comparison_reads_back_and_its_rows_are_consistent(base: list[str], witness: list[str]) -> None:
    comparison = pipeline.compare(
        Side(revision="a", title="A", paragraphs=tuple(base)),
        Side(revision="b", title="B", paragraphs=tuple(witness)),
    )
    assert document.from_json(json.loads(document.dumps(comparison))) == comparison
    assert [row.number for row in comparison.collation.rows] == list(
        range(1, len(comparison.collation.rows) + 1)
    )
    assert sum(comparison.collation.summary.rows.values()) == len(comparison.collation.rows)
    for row in comparison.collation.rows:
        texts = (
            document.row_text(comparison.base, row.base),
            document.row_text(comparison.witness, row.witness),
        )
        assert "".join(texts[0][slice(*change.base)] for change in row.changes) == texts[0]
        assert "".join(texts[1][slice(*change.witness)] for change in row.changes) == texts[1]
        if row.repeats is not None:
            original = comparison.collation.rows[row.repeats - 1]
            assert original.base
            assert original.witness
