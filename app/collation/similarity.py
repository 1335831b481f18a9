"""How alike two stretches of text are, from the letter 4-grams that they share.

A *unit* is a clause, or a paragraph where that is what is asked for. Each unit is a set of 4-grams of its normal
form; a gram weighs more the fewer units hold it. Stretches are sums of their units, so that the likeness of any
group to any other follows from one table of products. All products are whole numbers, exact in any order of
summing: the same two texts give the same scores on every machine.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
_Numbers = TypeVar("_Numbers", Floats, Whole)

SCALE = 1_000_000
"""Scores are whole millionths: six decimals, and sums of them are exact."""

ONE_SIDED = 0.64
"""What a gram that only one text has weighs beside one that both have: in a translation or a paraphrase a word that
the other text never uses is often a synonym, not a difference. Chosen on half of the news pairs, kept on the rest."""

_RESOLUTION = 64
"""Weights are whole 64ths."""

_IDEOGRAPH = re.compile(r"([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002ffff])")
"""A sign of these scripts carries what two letters of an alphabet do, so it is written twice before grams are cut."""

_NUMBER = re.compile("[0-9]+")
"""Numbers are set apart, so that the 10 of "10am" and of "10:00" are the same."""


@dataclass(frozen=True, slots=True)
class Incidence:
    """Which unit holds which gram, the base's units first, and what follows from that for each text alone."""

    holds: sparse.csr_array
    """Units x grams, ones."""
    weights: Floats
    """Of each gram, whole numbers."""
    lengths: Floats
    """Of each unit, in characters."""
    squares: Floats
    """What each unit shares with itself."""
    nexts: Floats
    """What each unit shares with the one after it."""
    paragraph_squares: Floats
    """What each paragraph, as the sum of its units, shares with itself; the base's first."""
    base_units: int
    base_paragraphs: int


def incidence(
    base: Sequence[str], witness: Sequence[str], base_owner: Whole, witness_owner: Whole
) -> Incidence:
    """Which grams the units of two texts hold; the units in normal form, none of them empty.

    ``base_owner`` and ``witness_owner`` name the paragraph of each unit.
    """
    units = [*base, *witness]
    grams = shared_grams(units, 4)
    owners, bounds = grams.owners, np.append(grams.starts, len(grams.owners))
    held = np.diff(bounds)
    in_base = np.add.reduceat(owners < len(base), grams.starts, dtype=np.int64)
    weights = _weights(int(held.max()), len(units))[held]
    alone = (in_base == 0) | (in_base == held)
    weights[alone] = np.maximum(1.0, np.rint(weights[alone] * ONE_SIDED))
    shape = (len(units), len(grams.starts))
    holds = sparse.csc_array((np.ones(len(owners)), owners, bounds), shape=shape).tocsr()
    # Within a gram its units stand in order: those of a paragraph side by side, the next one right after.
    every = np.repeat(weights, held)
    starts_gram = np.zeros(len(owners), dtype=bool)
    starts_gram[grams.starts] = True
    following = (np.diff(owners) == 1) & ~starts_gram[1:]
    paragraphs = np.concatenate([base_owner, witness_owner + base_owner[-1] + 1])
    of_paragraph = paragraphs[owners]
    runs_start = np.flatnonzero(starts_gram | (np.diff(of_paragraph, prepend=-1) != 0))
    times = np.diff(np.append(runs_start, len(owners)))
    return Incidence(
        holds,
        weights,
        grams.lengths.astype(np.float64),
        _totals(owners, every, len(units)),
        _totals(owners[:-1][following], every[:-1][following], len(units)),
        _totals(of_paragraph[runs_start], every[runs_start] * times * times, int(paragraphs[-1]) + 1),
        len(base),
        int(base_owner[-1]) + 1,
    )


def _totals(places: Whole, values: Floats, count: int) -> Floats:
    return np.bincount(places, values, count).astype(np.float64, copy=False)


@dataclass(frozen=True, slots=True)
class Grams:
    """The grams of some texts, each with the texts that hold it: ``owners[starts[k]:starts[k + 1]]`` hold gram k."""

    owners: Whole
    starts: Whole
    lengths: Whole
    """Of each text, in characters."""


def shared_grams(texts: Sequence[str], size: int) -> Grams:
    """Every run of ``size`` letters with every text that holds it, once; texts in normal form, none of them empty.

    Runs are told apart by their letters where these fit into 63 bits with the text's number, by a hash of them
    where they do not (alphabets of thousands of signs, long runs): there a rare false match only adds noise.
    """
    padded = [_padded(text, size) for text in texts]
    sizes = np.fromiter(map(len, padded), dtype=np.int64, count=len(padded))
    codes = np.frombuffer("".join(padded).encode("utf-32-le"), dtype=np.uint32)
    seen = np.zeros(int(codes.max()) + 1, dtype=bool)
    seen[codes] = True
    numbers = np.cumsum(seen)
    letters = numbers[codes]
    bits, shift = int(numbers[-1]).bit_length(), len(texts).bit_length()
    count = len(letters) - size + 1
    runs = letters[:count]
    for step in range(1, size):
        following = letters[step : step + count]
        runs = (runs << bits) | following if size * bits + shift <= 63 else runs * _PRIME + following
    if size * bits + shift > 63:
        runs = (runs ^ (runs >> 29)) & ((1 << (63 - shift)) - 1)
    both = (runs << shift) | np.repeat(np.arange(len(sizes)), sizes)[:count]
    ends = np.cumsum(sizes)[:-1]
    inside = np.ones(count, dtype=bool)
    for step in range(1, size):
        inside[ends - step] = False
    both = np.sort(both[inside])
    both = both[np.diff(both, prepend=-1) != 0]
    starts = np.flatnonzero(np.diff(both >> shift, prepend=-1))
    return Grams(both & ((1 << shift) - 1), starts, sizes - 2)


_PRIME = 0x9E3779B1


def _padded(text: str, size: int) -> str:
    if not text.isascii():
        text = _IDEOGRAPH.sub(r"\1\1", text)
    if _NUMBER.search(text):
        text = " ".join(_NUMBER.sub(r" \g<0> ", text).split())
    return f" {text} ".ljust(size)


def _weights(most: int, units: int) -> Floats:
    """The weight of a gram by how many units hold it: the squared logarithm of its rarity, never nothing.

    A gram of two units is as rare as one of one: no rarer gram could be shared.
    """
    table = [
        max(1.0, round(_RESOLUTION * math.log((1 + units) / max(1, held - 1)) ** 2))
        for held in range(1, most + 1)
    ]
    return np.array([0.0, *table])


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike runs of units of one stretch of the base are to runs of units of one stretch of the witness."""

    grams: Incidence
    base: slice
    """Units of the base."""
    witness: slice
    """Units, counted on from the base's last."""
    cross: Floats
    """What each of the one shares with each of the other."""

    def scores(self, a: int, b: int) -> Floats:
        """The similarity, in millionths, of every run of ``a`` base units to every run of ``b``; one or two each."""
        lengths = self.grams.lengths
        return similarity(
            windows(self.cross, a, b),
            self._squares(self.base, a)[:, None],
            self._squares(self.witness, b)[None, :],
            runs(lengths[self.base], a)[:, None],
            runs(lengths[self.witness], b)[None, :],
        )

    def _squares(self, units: slice, size: int) -> Floats:
        squares = runs(self.grams.squares[units], size)
        return squares if size == 1 else squares + 2 * self.grams.nexts[units][: 1 - size]

    def of_paragraphs(self, base: slice, witness: slice, base_starts: Whole, witness_starts: Whole) -> Floats:
        """The same between paragraphs, given the unit that each starts with, counted from the stretch's first."""
        shift = self.grams.base_paragraphs
        lengths, squares = self.grams.lengths, self.grams.paragraph_squares
        return similarity(
            np.add.reduceat(np.add.reduceat(self.cross, base_starts, axis=0), witness_starts, axis=1),
            squares[base][:, None],
            squares[shift + witness.start : shift + witness.stop][None, :],
            np.add.reduceat(lengths[self.base], base_starts)[:, None],
            np.add.reduceat(lengths[self.witness], witness_starts)[None, :],
        )


def likeness(grams: Incidence, base: slice, witness: slice) -> Likeness:
    """How alike the base's units in one slice are to the witness's in another."""
    others = slice(grams.base_units + witness.start, grams.base_units + witness.stop)
    rows, columns = grams.holds[base], grams.holds[others]
    weighted = sparse.csr_array((grams.weights[rows.indices], rows.indices, rows.indptr), shape=rows.shape)
    return Likeness(grams, base, others, (weighted @ columns.T).toarray())


def _squared(rows: sparse.csr_array, weights: Floats) -> Floats:
    return np.add.reduceat(rows.data * rows.data * weights[rows.indices], rows.indptr[:-1])


def pair_scores(grams: Incidence, base: Sequence[Sequence[int]], witness: Sequence[Sequence[int]]) -> Floats:
    """The similarity, in millionths, of each group of base units to the group of witness units at the same place."""
    some = _sums(grams.holds, base, 0)
    others = _sums(grams.holds, witness, grams.base_units)
    return similarity(
        some.multiply(others) @ grams.weights,
        _squared(some, grams.weights),
        _squared(others, grams.weights),
        np.array([grams.lengths[list(group)].sum() for group in base]),
        np.array([grams.lengths[[unit + grams.base_units for unit in group]].sum() for group in witness]),
    )


def _sums(holds: sparse.csr_array, groups: Sequence[Sequence[int]], shift: int) -> sparse.csr_array:
    members = [unit + shift for group in groups for unit in group]
    bounds = np.cumsum([0, *map(len, groups)])
    picks = sparse.csr_array((np.ones(len(members)), members, bounds), shape=(len(groups), holds.shape[0]))
    return picks @ holds


def similarity(
    shared: Floats, base: Floats, witness: Floats, base_length: Floats, witness_length: Floats
) -> Floats:
    """Cosine times the fourth root of the ratio of lengths, in whole millionths."""
    ratio = np.minimum(base_length, witness_length) / np.maximum(base_length, witness_length)
    return np.rint(SCALE * shared / np.sqrt(base * witness) * np.sqrt(np.sqrt(ratio)))


def runs(values: _Numbers, size: int) -> _Numbers:
    """The sum of every ``size`` neighbours."""
    return sum(
        (values[step : len(values) - size + 1 + step] for step in range(1, size)),
        values[: len(values) - size + 1],
    )


def windows(table: Floats, a: int, b: int) -> Floats:
    """The sum of every ``a`` x ``b`` block of neighbours."""
    return runs(runs(table, a).T, b).T
