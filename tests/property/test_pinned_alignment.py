"""Whatever a reader pins: every paragraph in one row, what belongs together in one, what is kept apart in two."""

from hypothesis import assume, given
from hypothesis import strategies as st

from app.collation import pins as pinning
from app.collation.alignment import align
from app.collation.alignment.clauses import forms
from app.collation.model import AlignedRow, Pins

SENTENCES = [
    "The harbour bridge will close on Monday for repairs.",
    "Ferries will carry passengers across the water.",
    "The council did not say what the work costs.",
    "Nobody was hurt when the crane fell in March.",
    "Tickets cost four pounds, engineers said.",
    "A second bridge was promised ten years ago.",
]
PARAGRAPHS = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3).map(" ".join)
TEXTS = st.lists(st.one_of(PARAGRAPHS, st.text("ab .", max_size=6)), min_size=1, max_size=7)


@st.composite
def pinned(draw: st.DrawFn) -> tuple[list[str], list[str], Pins]:
    """Draw two texts and pins that can be kept."""
    base, witness = draw(TEXTS), draw(TEXTS)
    if draw(st.booleans()):
        witness = draw(st.permutations(base))
    pairs = st.lists(
        st.tuples(st.integers(0, len(base) - 1), st.integers(0, len(witness) - 1)), max_size=6, unique=True
    )
    pins = Pins(tuple(sorted(draw(pairs))), tuple(sorted(draw(pairs))))
    try:
        pinning.check(pins, len(base), len(witness))
    except pinning.PinsError:
        assume(False)
    return base, witness, pins


def holder(rows: tuple[AlignedRow, ...], side: str) -> dict[int, int]:
    return {index: number for number, row in enumerate(rows) for index in getattr(row, side)}


@given(pinned())
def test_every_paragraph_is_in_exactly_one_row(texts_and_pins: tuple[list[str], list[str], Pins]) -> None:
    base, witness, pins = texts_and_pins
    rows = align(base, witness, pins)
    assert sorted(i for row in rows for i in row.base) == list(range(len(base)))
    assert sorted(j for row in rows for j in row.witness) == list(range(len(witness)))
    assert all(row.base or row.witness for row in rows)
    firsts = [row.base[0] for row in rows if row.base]
    assert firsts == sorted(firsts)


@given(pinned())
def test_pins_are_respected(texts_and_pins: tuple[list[str], list[str], Pins]) -> None:
    base, witness, pins = texts_and_pins
    rows = align(base, witness, pins)
    base_row, witness_row = holder(rows, "base"), holder(rows, "witness")
    assert [pin for pin in pins.together if base_row[pin[0]] != witness_row[pin[1]]] == []
    assert [pin for pin in pins.apart if base_row[pin[0]] == witness_row[pin[1]]] == []


@given(pinned())
def test_swapped_texts_and_pins_give_the_rows_mirrored(
    texts_and_pins: tuple[list[str], list[str], Pins],
) -> None:
    base, witness, pins = texts_and_pins
    assume(forms(base) != forms(witness) or pins != pins.swapped())  # otherwise swapping changes nothing
    rows = {(row.base, row.witness, row.similarity, row.moved) for row in align(base, witness, pins)}
    turned = align(witness, base, pins.swapped())
    assert {(row.witness, row.base, row.similarity, row.moved) for row in turned} == rows


@given(pinned())
def test_a_pin_that_agrees_with_the_machine_changes_no_row(
    texts_and_pins: tuple[list[str], list[str], Pins],
) -> None:
    base, witness, _ = texts_and_pins
    rows = align(base, witness)
    together = tuple(sorted((i, j) for row in rows for i in row.base for j in row.witness))
    assert {(row.base, row.witness) for row in align(base, witness, Pins(together=together))} == {
        (row.base, row.witness) for row in rows
    }
