"""Letter n-grams of some texts, each with the texts that hold it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.collation.patterns import pattern

Whole = NDArray[np.int64]

_SIGNS = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002ffff"
_IDEOGRAPH = pattern(f"([{_SIGNS}])")
"""A character of these scripts carries as much as two letters of an alphabet, so it is doubled before grams are cut."""
_FIRST_IDEOGRAPH = 0x3040
_SPACE = ord(" ")

_NUMBER = re.compile("[0-9]+")
"""Numbers are set apart, so that the 10 of "10am" and of "10:00" are the same."""

_PRIME = 0x9E3779B1


@dataclass(frozen=True, slots=True)
class Grams:
    """The grams of some texts, each with the texts that hold it: ``owners[starts[k]:starts[k + 1]]`` hold gram k."""

    owners: Whole
    starts: Whole
    lengths: Whole
    """Of each text, in characters."""


def shared_grams(texts: Sequence[str], size: int) -> Grams:
    """Return every run of ``size`` letters with each text that holds it; texts in normal form, none empty.

    Runs are compared by their letters if these fit into 63 bits with the text's number, else by a hash of them
    (alphabets of thousands of signs, long runs): there a rare false match only adds noise.
    """
    codes, sizes = _written(texts, size)
    seen = np.zeros(int(codes.max()) + 1, dtype=bool)
    seen[codes] = True
    numbers = np.cumsum(seen, dtype=np.int32)
    bits, shift = int(numbers[-1]).bit_length(), len(texts).bit_length()
    # Numbers of half the length, where they suffice, are sorted in half the time.
    short = size * bits + shift < 32
    letters: NDArray[Any] = (numbers if short else numbers.astype(np.int64))[codes]
    count = len(letters) - size + 1
    runs = letters[:count]
    for step in range(1, size):
        following = letters[step : step + count]
        runs = (runs << bits) | following if size * bits + shift <= 63 else runs * _PRIME + following
    if size * bits + shift > 63:
        runs = (runs ^ (runs >> 29)) & ((1 << (63 - shift)) - 1)
    both = (runs << shift) | np.repeat(np.arange(len(sizes), dtype=runs.dtype), sizes)[:count]
    ends = np.cumsum(sizes)[:-1]
    inside = np.ones(count, dtype=bool)
    for step in range(1, size):
        inside[ends - step] = False
    both = np.sort(both[inside])
    both = both[firsts(both)]
    owners = (both & ((1 << shift) - 1)).astype(np.int64)
    return Grams(owners, np.flatnonzero(firsts(both >> shift)), sizes - 2)


def firsts(values: NDArray[Any]) -> NDArray[np.bool_]:
    """Return where runs of equal values begin.

    >>> firsts(np.array([7, 7, 5, 7])).tolist()
    [True, False, True, True]
    """
    begins = np.ones(len(values), dtype=bool)
    np.not_equal(values[1:], values[:-1], out=begins[1:])
    return begins


def run_lengths(starts: Whole, end: int) -> Whole:
    """Return the length of each run, given where runs start and where the last one ends.

    >>> run_lengths(np.array([0, 2]), 5).tolist()
    [2, 3]
    """
    lengths = np.empty_like(starts)
    np.subtract(starts[1:], starts[:-1], out=lengths[:-1])
    lengths[-1:] = end - starts[-1:]
    return lengths


def run_numbers(starts: Whole, end: int) -> Whole:
    """Return the number of the run at each place, given where runs start, from 0, and where the last one ends.

    >>> run_numbers(np.array([0, 2]), 5).tolist()
    [0, 0, 1, 1, 1]
    """
    begins = np.zeros(end, dtype=bool)
    begins[starts[1:]] = True
    return np.cumsum(begins)


def counted_on(starts: Whole, times: Whole) -> Whole:
    """Return ``times`` consecutive whole numbers from each start.

    >>> counted_on(np.array([7, 2]), np.array([3, 2])).tolist()
    [7, 8, 9, 2, 3]
    """
    ends = np.cumsum(times)
    return np.repeat(starts - ends + times, times) + np.arange(ends[-1] if len(ends) else 0)


def _written(texts: Sequence[str], size: int) -> tuple[NDArray[np.uint32], Whole]:
    """Return the letters of all texts and the length of each, the spaces around it included.

    Each text is padded to ``size``, numbers are set apart and ideographs doubled.
    """
    padded = [f" {text} ".ljust(size) for text in texts]
    letters = _letters(padded)
    # Few texts have numbers or ideographs: they are looked for in all letters at once.
    digit = letters - ord("0") < 10
    sides = np.flatnonzero(digit[1:] != digit[:-1])
    places = sides[(letters[sides] != _SPACE) & (letters[sides + 1] != _SPACE)]
    if letters.max() >= _FIRST_IDEOGRAPH:
        places = np.append(places, np.flatnonzero(letters >= _FIRST_IDEOGRAPH))
    if len(places):
        ends = np.cumsum(np.fromiter(map(len, padded), dtype=np.int64, count=len(padded)))
        for place in np.unique(np.searchsorted(ends, places, side="right")).tolist():
            text = (
                texts[place]
                if texts[place].isascii()
                else _IDEOGRAPH.sub(lambda sign: sign[0] * 2, texts[place])
            )
            text = " ".join(_NUMBER.sub(lambda number: f" {number[0]} ", text).split())
            padded[place] = f" {text} ".ljust(size)
        letters = _letters(padded)
    return letters, np.fromiter(map(len, padded), dtype=np.int64, count=len(padded))


def _letters(texts: Sequence[str]) -> NDArray[np.uint32]:
    return np.frombuffer("".join(texts).encode("utf-32-le"), dtype=np.uint32)
