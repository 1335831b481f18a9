from itertools import permutations, product

import numpy as np
import pytest

from app.collation.alignment import similarity
from app.collation.alignment.similarity import Incidence, incidence, likeness, pair_scores
from app.collation.text.ngrams import Whole


def units(base: list[str], witness: list[str]) -> Incidence:
    """Make each unit a paragraph."""
    return incidence(base, witness, np.arange(len(base)), np.arange(len(witness)))


def scores(base: list[str], witness: list[str], a: int = 1, b: int = 1) -> list[list[float]]:
    table = likeness(units(base, witness), slice(0, len(base)), slice(0, len(witness))).scores(a, b)
    return table.tolist()  # type: ignore[no-any-return]  # numpy's own Any


def test_equal_units_score_one_and_unlike_units_zero() -> None:
    assert scores(["the bridge is closed", "xyzzy"], ["the bridge is closed", "qqqqqq"]) == [[1e6, 0], [0, 0]]


def test_a_run_of_units_scores_as_the_sum_of_its_units() -> None:
    base, witness = (
        ["the bridge closes", "on monday morning", "for six weeks"],
        ["the bridge closes on monday", "six"],
    )
    grams = units(base, witness)
    runs = likeness(grams, slice(0, 3), slice(0, 2)).scores(2, 1).tolist()
    expected = pair_scores(grams, [[0, 1], [0, 1], [1, 2], [1, 2]], [[0], [1], [0], [1]])
    assert [score for row in runs for score in row] == expected.tolist()


def test_paragraphs_score_as_the_sums_of_their_units() -> None:
    base, witness = (
        ["the bridge closes", "on monday", "ferries sail"],
        ["the bridge", "closes on monday", "no ferries"],
    )
    grams = incidence(base, witness, np.array([0, 0, 1]), np.array([0, 0, 1]))
    near = likeness(grams, slice(0, 3), slice(0, 3))
    table = near.of_paragraphs(slice(0, 2), slice(0, 2), np.array([0, 2]), np.array([0, 2]))[1].tolist()
    expected = pair_scores(grams, [[0, 1], [0, 1], [2], [2]], [[0, 1], [2], [0, 1], [2]])
    assert [score for row in table for score in row] == expected.tolist()


def test_a_stretch_scores_as_the_same_units_do_in_the_whole() -> None:
    base, witness = (
        ["one bridge", "two ferries", "three piers"],
        ["a bridge", "ferries two", "piers of three"],
    )
    grams = units(base, witness)
    whole = likeness(grams, slice(0, 3), slice(0, 3)).scores(1, 1)
    assert (likeness(grams, slice(1, 3), slice(2, 3)).scores(1, 1) == whole[1:3, 2:3]).all()


def test_what_units_share_does_not_depend_on_how_much_is_summed_at_a_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    words = ["the bridge", "a ferry", "on monday", "for six weeks", "is closed", "has opened"]
    base, witness = list(map(" ".join, product(words, words))), list(map(" ".join, permutations(words, 2)))
    at_once = likeness(units(base, witness), slice(0, len(base)), slice(0, len(witness))).cross
    monkeypatch.setattr(similarity, "MAX_PRODUCTS_AT_ONCE", 7)
    bit_by_bit = likeness(units(base, witness), slice(0, len(base)), slice(0, len(witness))).cross
    assert at_once.any()
    assert (bit_by_bit == at_once).all()


def test_weights_are_whole_numbers_so_that_no_order_of_summing_matters() -> None:
    grams = units(["the bridge is closed", "the bridge is open"], ["a bridge is a bridge"])
    assert (grams.weights == np.rint(grams.weights)).all()
    assert (grams.weights >= 1).all()


def test_a_rare_run_of_letters_weighs_more_than_a_common_one() -> None:
    grams = units(["common", "common zebra"], ["common", "common zebra"])
    holder_counts = grams.holders.counts()
    assert grams.weights[holder_counts == 2].min() > grams.weights[holder_counts == 4].max()


def test_a_run_of_letters_weighs_more_when_both_texts_have_it() -> None:
    assert units(["zebra"], ["giraffe"]).weights.max() < units(["zebra"], ["zebra"]).weights.min()


def test_ideographs_are_doubled_so_that_two_signs_in_common_count() -> None:
    assert scores(["港口大桥关闭"], ["大桥将关闭"])[0][0] > 100_000
    assert scores(["abcdefgh"], ["xxcdxxgh"])[0][0] == 0


def test_likeness_falls_with_the_ratio_of_lengths() -> None:
    assert similarity.similarity(
        np.array([8.0]), np.array([8.0]), np.array([8.0]), np.array([16.0]), np.array([1.0])
    ).tolist() == [500_000]


def test_a_group_that_many_are_scored_against_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [f"the ferry number {number} was cancelled" for number in range(40)]
    grams = incidence(lines, lines, np.arange(40), np.zeros(40, dtype=np.int64))
    whole = list(range(40))
    one_by_one = [pair_scores(grams, [[line]], [whole])[0] for line in range(40)]
    sorted_lengths = []

    def sorting(values: Whole) -> Whole:
        sorted_lengths.append(len(values))
        return np.sort(values)

    monkeypatch.setattr(similarity, "_sorted", sorting)
    together = pair_scores(grams, [[line] for line in range(40)], [whole] * 40)

    assert together.tolist() == one_by_one
    assert sum(sorted_lengths) == len(grams.holders.owners)
