"""The fuzz run notices each kind of fault that it looks for, and finds none in the first few hundred pairs."""

from dataclasses import replace
from random import Random

import pytest

from app.collation import pipeline
from app.collation.model import Change, Collation, Row
from bench import fuzz, texts

BASE = ["Dong met Shoigu on 31 January.", "नहीं, said one."]
WITNESS = ["Dong met Shoigu on 1 February.", "नहीं, said another."]


def first_row(collation: Collation, **changed: object) -> Collation:
    """``made`` with its first row changed."""
    row: Row = replace(collation.rows[0], **changed)  # type: ignore[arg-type]  # the tests name the row's own fields
    return replace(collation, rows=(row, *collation.rows[1:]))


@pytest.fixture
def collation() -> Collation:
    return pipeline.collate(BASE, WITNESS)


def test_a_sound_collation_passes(collation: Collation) -> None:
    assert fuzz.broken(BASE, WITNESS, collation) is None


def test_a_lost_or_repeated_paragraph_is_reported(collation: Collation) -> None:
    assert "each in one row" in str(fuzz.broken(BASE, WITNESS, replace(collation, rows=collation.rows[1:])))
    assert "each in one row" in str(
        fuzz.broken(BASE, WITNESS, replace(collation, rows=(*collation.rows, collation.rows[0])))
    )


def test_changes_that_do_not_rebuild_the_text_are_reported(collation: Collation) -> None:
    row = collation.rows[0]
    assert "end early" in str(fuzz.broken(BASE, WITNESS, first_row(collation, changes=row.changes[:-1])))
    assert "follow" in str(fuzz.broken(BASE, WITNESS, first_row(collation, changes=row.changes[1:])))
    equal = Change("equal", (0, len(BASE[0])), (0, len(WITNESS[0])))
    assert "called equal" in str(fuzz.broken(BASE, WITNESS, first_row(collation, changes=(equal,))))


def test_a_change_that_tears_a_letter_from_its_sign_is_seen() -> None:
    text = "नहीं"
    torn = (Change("equal", (0, 1), (0, 1)), Change("replace", (1, len(text)), (1, len(text))))
    whole = pipeline.collate([text], [text])
    assert fuzz.broken([text], [text], whole) is None
    assert fuzz.broken([text], [text], first_row(whole, changes=torn)) is None  # न is a cluster of its own
    torn = (Change("equal", (0, 2), (0, 2)), Change("replace", (2, len(text)), (2, len(text))))
    assert "tears" in str(fuzz.broken([text], [text], first_row(whole, changes=torn)))


def test_an_asymmetric_comparison_is_reported(collation: Collation) -> None:
    back = pipeline.collate(WITNESS, BASE)
    assert "other rows" in str(fuzz.not_mirrored(collation, replace(back, rows=back.rows[1:])))
    assert "other moved" in str(fuzz.not_mirrored(collation, first_row(back, moved=True)))
    assert "other changes" in str(
        fuzz.not_mirrored(collation, first_row(back, changes=back.rows[0].changes[1:]))
    )
    assert fuzz.not_mirrored(collation, back) is None
    assert "other kind" in str(fuzz.not_mirrored(collation, first_row(back, kind="split")))


def test_the_first_pairs_hold() -> None:
    beside_an_insertion = 62246  # a number of which it depended on the side whether a change touched it
    for seed in (*range(300), beside_an_insertion):
        base, witness = fuzz.pair(Random(seed))
        forward, back = pipeline.collate(base, witness), pipeline.collate(witness, base)
        assert fuzz.broken(base, witness, forward) is None, seed
        assert fuzz.not_mirrored(forward, back) is None, seed


def test_the_long_texts_are_the_same_at_every_making() -> None:
    assert texts.long_pair(20) == texts.long_pair(20)
    base, witness = texts.long_pair(120)
    assert len(base) == 120
    assert base != witness
    assert 100 < len(witness) < 140
