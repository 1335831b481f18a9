from collections import Counter

import pytest

from tests.quality.bibles import GoldPair, GoldRow, chapters, side_by_side
from tests.quality.planted import Edition, planted
from tests.quality.scoring import is_partition

EDITIONS: tuple[Edition, ...] = ("copied", "reworded")
PLANTED = [planted(chapter, edition) for chapter in chapters() for edition in EDITIONS]
SIDE_BY_SIDE = [side_by_side(chapter) for chapter in chapters()]


@pytest.mark.parametrize("pairs", [PLANTED, SIDE_BY_SIDE], ids=["planted", "side by side"])
def test_every_paragraph_is_in_exactly_one_gold_row(pairs: list[GoldPair]) -> None:
    assert all(is_partition(pair.rows, len(pair.base), len(pair.witness)) for pair in pairs)


@pytest.mark.parametrize("pairs", [PLANTED, SIDE_BY_SIDE], ids=["planted", "side by side"])
def test_links_join_the_paragraphs_of_each_row_and_of_no_other(pairs: list[GoldPair]) -> None:
    for pair in pairs:
        within = {(base, witness) for row in pair.rows for base in row.base for witness in row.witness}
        assert pair.links <= within, pair.name
        for row in (row for row in pair.rows if row.base and row.witness):
            assert {base for base, witness in pair.links if witness in row.witness} == set(row.base)
            assert {witness for base, witness in pair.links if base in row.base} == set(row.witness)


def test_paragraphs_cut_elsewhere_are_linked_by_the_words_they_share_and_one_pair_of_them_is_not() -> None:
    for pair in PLANTED:
        if pair.name.endswith("copied"):
            for row in (row for row in pair.rows if row.kind == "regrouped"):
                links = [(base, witness) for base, witness in pair.links if base in row.base]
                assert len(links) == 3, pair.name
                assert all(_shares_words(pair.base[base], pair.witness[witness]) for base, witness in links)


def test_the_same_chapter_gives_the_same_pair_again() -> None:
    assert planted(chapters()[0], "reworded") == planted(chapters()[0], "reworded")


def test_every_kind_of_row_is_planted_often_enough_to_measure() -> None:
    kinds = Counter(row.kind for pair in PLANTED for row in pair.rows)
    assert min(kinds.values()) >= 50
    assert len(kinds) == 7
    assert sum(row.moved for pair in PLANTED for row in pair.rows) >= 100


def test_a_copy_has_the_same_words_in_each_row_of_both_sides() -> None:
    for pair in PLANTED:
        if pair.name.endswith("copied"):
            for row in pair.rows:
                base = " ".join(pair.base[index] for index in row.base)
                witness = " ".join(pair.witness[index] for index in row.witness)
                assert not base or not witness or base.split() == witness.split(), pair.name


def test_unmoved_rows_are_in_the_same_order_on_both_sides() -> None:
    for pair in PLANTED:
        staying = [row for row in pair.rows if row.base and row.witness and not row.moved]
        in_base_order = sorted(staying, key=lambda row: row.base)
        assert in_base_order == sorted(staying, key=lambda row: row.witness), pair.name


def test_a_moved_block_is_shorter_than_what_it_passes_in_words_and_paragraphs() -> None:
    for pair in PLANTED:
        moved = [row for row in pair.rows if row.moved]
        crossed = [
            row
            for row in pair.rows
            if row.base and row.witness and not row.moved and any(_cross(row, other) for other in moved)
        ]
        if moved:
            assert _words(pair, crossed) >= 2 * _words(pair, moved), pair.name
            assert _paragraphs(crossed) > _paragraphs(moved), pair.name


def _cross(row: GoldRow, other_row: GoldRow) -> bool:
    return (row.base < other_row.base) != (row.witness < other_row.witness)


def _shares_words(base: str, witness: str) -> bool:
    """Return whether the two share a run of six words, or of all words of the shorter text."""
    base_words, witness_words = base.split(), witness.split()
    size = min(6, len(base_words), len(witness_words))
    runs = {tuple(base_words[at : at + size]) for at in range(len(base_words) - size + 1)}
    return any(tuple(witness_words[at : at + size]) in runs for at in range(len(witness_words) - size + 1))


def _paragraphs(rows: list[GoldRow]) -> int:
    return sum(len(row.base) + len(row.witness) for row in rows)


def _words(pair: GoldPair, rows: list[GoldRow]) -> int:
    base = sum(len(pair.base[index].split()) for row in rows for index in row.base)
    return base + sum(len(pair.witness[index].split()) for row in rows for index in row.witness)
