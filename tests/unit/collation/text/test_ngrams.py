import numpy as np
import pytest

from app.collation.text.ngrams import shared_grams


def test_each_run_of_letters_lists_each_text_that_has_it_once() -> None:
    grams = shared_grams(["abcab", "cab"], 4)
    owners_by_run = np.split(grams.owners, grams.starts[1:])
    assert sorted(texts.tolist() for texts in owners_by_run) == [[0], [0], [0], [0, 1], [1]]
    assert grams.lengths.tolist() == [5, 3]


def test_no_run_of_letters_crosses_from_one_text_into_the_next() -> None:
    assert len(shared_grams(["aa", "aa"], 4).starts) == len(shared_grams(["aa"], 4).starts) == 1


@pytest.mark.parametrize("size", [4, 8])
def test_runs_of_an_alphabet_of_thousands_of_signs_are_distinguished(size: int) -> None:
    text = "".join(map(chr, range(0x4E00, 0x4E00 + 3000)))
    grams = shared_grams([text, text], size)
    assert len(grams.starts) * 2 == len(grams.owners)
    assert len(grams.starts) > 5900


def test_numbers_are_set_apart_and_ideographs_doubled_in_each_text() -> None:
    assert len(shared_grams(["at 10am or so", "10 am", "a bridge"], 4).starts) == len(
        shared_grams(["at 10 am or so", "10 am", "a bridge"], 4).starts
    )
    assert shared_grams(["bridge", "大桥"], 4).lengths.tolist() == [6, 4]
