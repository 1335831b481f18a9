"""Long and hostile texts: aligned in stretches, and never more work than their counts allow."""

from math import sqrt
from random import Random

import numpy as np
import pytest

from app.collation.alignment import absorb, align, anchors, score_grid
from app.collation.alignment.clauses import MAX_CLAUSES, TextPair, forms, pair
from app.collation.model import Pins


def numbered(count: int, word: str = "passage") -> list[str]:
    """Return ``count`` different paragraphs of three sentences each."""
    return [
        f"The {word} about item {number * 7919} begins here. It names {number * 104729} things in all. "
        f"Nobody counted more than {number * 1299709} of them."
        for number in range(count)
    ]


def test_a_short_text_is_one_stretch() -> None:
    texts = pair(forms(numbered(20)), forms(numbered(19)), Pins())
    assert [(part.base, part.witness) for part in anchors.stretches(texts)] == [(slice(0, 20), slice(0, 19))]


def test_a_long_text_is_cut_into_stretches_that_follow_one_another_and_are_bounded() -> None:
    base = numbered(900)
    witness = [paragraph.replace("begins here", "starts off") for paragraph in base if "4" in paragraph]
    texts = pair(forms(base), forms(witness), Pins())
    parts = anchors.stretches(texts)
    assert len(parts) > 5
    i = j = 0
    for part in parts:
        assert i <= part.base.start < part.base.stop
        assert j <= part.witness.start < part.witness.stop
        i, j = part.base.stop, part.witness.stop
        cells = (texts.base.starts[i] - texts.base.starts[part.base.start]) * (
            texts.witness.starts[j] - texts.witness.starts[part.witness.start]
        )
        assert cells <= anchors.MAX_CELLS
    assert (i, j) <= (len(base), len(witness))


def test_a_long_text_is_aligned_as_a_short_one_is() -> None:
    base = numbered(700)
    witness = [paragraph.replace("begins here", "starts off") for paragraph in base]
    moved, dropped = witness.pop(650), witness.pop(300)
    witness.insert(100, moved)
    assert dropped not in witness
    rows = align(base, witness)
    assert [row.base for row in rows if row.moved] == [(650,)]
    assert [row.base for row in rows if not row.witness] == [(300,)]
    assert sum(bool(row.base and row.witness) for row in rows) == 699


def test_long_texts_that_share_nothing_have_no_row_in_common() -> None:
    other = [
        f"Quite another story, {number}, told by somebody else entirely; see {number}."
        for number in range(800)
    ]
    rows = align(numbered(800), other)
    assert [row for row in rows if row.base and row.witness] == []
    assert len(rows) == 1600


def test_twenty_thousand_equal_lines_pair_up_as_far_as_they_go() -> None:
    rows = align(["more"] * 20_000, ["more"] * 15_000)
    assert sum(bool(row.base and row.witness) for row in rows) == 15_000
    assert {row.repeats for row in rows if not row.witness} == {((0,), (0,))}


def test_a_paragraph_of_very_many_sentences_is_cut_into_a_bounded_number_of_parts() -> None:
    endless = " ".join(f"Sentence {number} is short." for number in range(20_000))
    texts = pair(forms([endless]), forms([endless.replace("short", "brief")]), Pins())
    assert len(texts.base.clauses) == len(texts.witness.clauses) == MAX_CLAUSES
    assert " ".join(texts.base.clauses) == texts.base.forms[0]
    assert [(row.base, row.witness) for row in align([endless], [endless.replace("short", "brief")])] == [
        ((0,), (0,))
    ]


def test_a_few_paragraphs_are_found_among_very_many() -> None:
    base = numbered(3_000)
    few = [base[1234].replace("in all", "altogether"), base[1235], base[1236].replace("begins", "starts")]
    rows = align(few, base)
    assert [(row.base, row.witness) for row in rows if row.base] == [((i,), (1234 + i,)) for i in range(3)]


def test_a_stretch_without_a_gap_is_scored_once(monkeypatch: pytest.MonkeyPatch) -> None:
    scored: list[int] = []
    view = score_grid.view

    def noting(texts: TextPair, part: score_grid.Stretch) -> score_grid.ScoreGrid:
        scored.append(part.base.start)
        return view(texts, part)

    monkeypatch.setattr(score_grid, "view", noting)
    base = numbered(900)
    align(base, [paragraph.replace("begins here", "starts off") for paragraph in base])
    assert len(scored) > 5
    assert len(set(scored)) == len(scored)


@pytest.mark.parametrize("scale", [1, 1 << 50], ids=["packed in one number", "too large for one"])
def test_the_beads_of_a_clause_that_gain_most_are_kept_the_earlier_of_equals(scale: int) -> None:
    draw = np.random.default_rng(5)
    starts, gains = draw.integers(0, 3, 300), draw.integers(1, 40, 300) * scale
    ranked = sorted(range(300), key=lambda place: (-gains[place], place))
    best = {
        place
        for start in range(3)
        for place in [at for at in ranked if starts[at] == start][: score_grid.MAX_BEADS_PER_UNIT]
    }
    assert set(np.flatnonzero(score_grid._leading(starts, gains)).tolist()) == best


def test_what_a_long_paragraph_has_absorbed_is_not_looked_through_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines = [f"on the 3rd of May, 4 June, July 5th and the sixth of August {number}" for number in range(400)]
    Random(7).shuffle(lines)
    looked = 0
    length = absorb._GramSets.length

    def counted(grams: absorb._GramSets, paragraph: int) -> int:
        nonlocal looked
        looked += 1
        return length(grams, paragraph)

    monkeypatch.setattr(absorb._GramSets, "length", counted)
    align(["No. " + " ".join(lines[:200]), " ".join(lines[200:])], lines)
    assert 0 < looked < 3 * len(lines)


def test_a_row_is_compared_anew_only_where_it_has_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [f"on the 3rd of May, 4 June, July 5th and the sixth of August {number}" for number in range(600)]
    Random(7).shuffle(lines)
    roots = 0

    def counted(value: float) -> float:
        nonlocal roots
        roots += 1
        return sqrt(value)

    monkeypatch.setattr(absorb, "sqrt", counted)
    align([" ".join(lines)], lines)
    assert 0 < roots < 3 * len(lines)
