"""Similarity of two stretches of text, from the letter 4-grams that they share.

A *unit* is a clause or a paragraph: a set of the 4-grams of its normal form. A gram weighs more the fewer units hold
it. Stretches are sums of their units, so one table of products gives the similarity of any group to any other. All
products are whole numbers, exact in any order of summing: the same texts give the same scores on every machine.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from app.collation.text.ngrams import Whole, counted_on, firsts, run_lengths, run_numbers, shared_grams

Floats = NDArray[np.float64]
_Numbers = TypeVar("_Numbers", Floats, Whole)

SCORE_SCALE = 1_000_000
"""Scores are whole millionths: six decimals, and sums of them are exact."""

ONE_SIDED_WEIGHT = 0.64
"""Weight of a gram that only one text has, relative to one that both have: in a translation or a paraphrase a word that
the other text never uses is often a synonym, not a difference. Chosen on half of the news pairs, kept on the rest."""

_RESOLUTION = 64
"""Weights are whole 64ths."""

MAX_PRODUCTS_AT_ONCE = 1 << 17
"""Products of a gram in a base unit and in a witness unit that are summed at a time: a few megabytes."""


class Holders(NamedTuple):
    """Some grams, and which units hold them."""

    owners: Whole
    """The units that hold the first gram, in order and so the base's first; then those of the second, and so on."""
    starts: Whole
    """Where those of each gram begin."""
    in_base: Whole
    """How many of those of each gram are units of the base."""
    weights: Floats
    """Of each gram, whole numbers."""

    def counts(self) -> Whole:
        """Return how many units hold each gram."""
        return run_lengths(self.starts, len(self.owners))


@dataclass(frozen=True)
class Incidence:
    """Which unit holds which gram, the base's units first, and the sums of each text alone."""

    holders: Holders
    lengths: Floats
    """Of each unit, in characters."""
    squares: Floats
    """The product of each unit with itself."""
    nexts: Floats
    """The product of each unit with the one after it."""
    paragraph_squares: Floats
    """The product of each paragraph, as the sum of its units, with itself; the base's first."""
    paragraph_weights: Floats
    """The weight of each paragraph's grams, each counted once."""
    base_units: int
    base_paragraphs: int

    @property
    def weights(self) -> Floats:
        """Of each gram, whole numbers."""
        return self.holders.weights

    @cached_property
    def each_weight(self) -> list[float]:
        """The same as a list, for callers that read one at a time."""
        return self.weights.tolist()  # type: ignore[no-any-return]  # numpy's own Any

    @cached_property
    def bounds(self) -> Whole:
        """Where the grams of each unit begin in ``by_unit``, and where the last one's end."""
        return np.append(0, np.cumsum(np.bincount(self.holders.owners, minlength=len(self.lengths))))

    @cached_property
    def by_unit(self) -> Whole:
        """The grams of the first unit in rising order, then those of the second, and so on."""
        owners = self.holders.owners
        return _pairs_sorted(owners, run_numbers(self.holders.starts, len(owners)))[1]

    def of(self, first: int, end: int) -> Whole:
        """Return the grams of the units from ``first`` to before ``end``, unit by unit."""
        return self.by_unit[self.bounds[first] : self.bounds[end]]

    def among(self, base: slice, witness: slice) -> Holders:
        """Return the grams that some units hold, as if there were no others."""
        if (base.start, base.stop, witness.stop) == (0, self.base_units, len(self.lengths)) and (
            witness.start == self.base_units
        ):
            return self.holders
        units = np.concatenate([np.arange(base.start, base.stop), np.arange(witness.start, witness.stop)])
        grams, owners = _pairs_sorted(
            np.concatenate([self.of(base.start, base.stop), self.of(witness.start, witness.stop)]),
            np.repeat(units, self.bounds[units + 1] - self.bounds[units]),
        )
        first = firsts(grams)
        starts = np.flatnonzero(first)
        in_base = _counts(np.cumsum(first) - 1, owners < base.stop, len(starts))
        return Holders(owners, starts, in_base, self.weights[grams[starts]])


def incidence(
    base: Sequence[str], witness: Sequence[str], base_owner: Whole, witness_owner: Whole
) -> Incidence:
    """Return which grams the units of two texts hold; the units in normal form, none empty.

    ``base_owner`` and ``witness_owner`` name the paragraph of each unit.
    """
    units = [*base, *witness]
    grams = shared_grams(units, 4)
    owners, starts = grams.owners, grams.starts
    held = run_lengths(starts, len(owners))
    of_gram = run_numbers(starts, len(owners))
    in_base = _counts(of_gram, owners < len(base), len(held))
    common, alone = _weights(len(units))
    weights = np.where((in_base == 0) | (in_base == held), alone[held], common[held])
    # A gram's units are in order: those of a paragraph are adjacent, and the next unit follows right after.
    every = weights[of_gram]
    starts_gram = firsts(of_gram)
    following = (np.diff(owners) == 1) & ~starts_gram[1:]
    paragraphs = np.concatenate([base_owner, witness_owner + base_owner[-1] + 1])
    of_paragraph = paragraphs[owners]
    runs_start = np.flatnonzero(starts_gram | firsts(of_paragraph))
    times = run_lengths(runs_start, len(owners))
    run_paragraphs, count = of_paragraph[runs_start], int(paragraphs[-1]) + 1
    run_weights: Floats = every[runs_start]
    return Incidence(
        Holders(owners, starts, in_base, weights),
        grams.lengths.astype(np.float64),
        _totals(owners, every, len(units)),
        _totals(owners[:-1], every[:-1] * following, len(units)),
        _totals(run_paragraphs, run_weights * times * times, count),
        _totals(run_paragraphs, run_weights, count),
        len(base),
        int(base_owner[-1]) + 1,
    )


def _totals(places: Whole, values: Floats, count: int) -> Floats:
    return np.bincount(places, values, count).astype(np.float64, copy=False)


def _counts(places: Whole, chosen: NDArray[np.bool_], count: int) -> Whole:
    return np.bincount(places, chosen, count).astype(np.int64)


def _pairs_sorted(first: Whole, second: Whole) -> tuple[Whole, Whole]:
    """Return pairs of whole numbers from 0 in ascending order: each pair is sorted as one number, which is quickest."""
    shift = int(second.max(initial=0)).bit_length()
    both = _sorted((first << shift) | second)
    return both >> shift, both & ((1 << shift) - 1)


def _sorted(values: Whole) -> Whole:
    """Return whole numbers in rising order; 32-bit ones are sorted in a fifth of the time."""
    if values.max(initial=0) >= 1 << 31:
        return np.sort(values)
    return np.sort(values.astype(np.int32)).astype(np.int64)


@lru_cache(maxsize=64)
def _weights(units: int) -> tuple[Floats, Floats]:
    """Return the weight of a gram by how many units hold it: if both texts have it, and if one alone does.

    It is the squared logarithm of its rarity, never zero. A gram of two units counts as rare as one of one: no rarer
    gram could be shared.
    """
    rarities = [(1 + units) / max(1, held - 1) for held in range(1, units + 1)]
    table = np.array([0.0, *(max(1.0, round(_RESOLUTION * math.log(rarity) ** 2)) for rarity in rarities)])
    return table, np.maximum(1.0, np.rint(table * ONE_SIDED_WEIGHT))


@dataclass(frozen=True, slots=True)
class Likeness:
    """Similarity of runs of units of a stretch of the base to runs of units of a stretch of the witness."""

    grams: Incidence
    base: slice
    """Units of the base."""
    witness: slice
    """Units, counted on from the base's last."""
    cross: Floats
    """The product of each base unit with each witness unit."""

    def scores(self, a: int, b: int) -> Floats:
        """Return the similarity, in millionths, of every run of ``a`` base units to every run of ``b``; one or two
        each."""
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

    def of_paragraphs(
        self, base: slice, witness: slice, base_starts: Whole, witness_starts: Whole
    ) -> tuple[Floats, Floats]:
        """Return what each paragraph shares with each, and their similarity.

        ``base_starts`` and ``witness_starts`` are their first units, counted from the stretch's first.
        """
        shift = self.grams.base_paragraphs
        lengths, squares = self.grams.lengths, self.grams.paragraph_squares
        shared = np.add.reduceat(np.add.reduceat(self.cross, base_starts, axis=0), witness_starts, axis=1)
        return shared, similarity(
            shared,
            squares[base][:, None],
            squares[shift + witness.start : shift + witness.stop][None, :],
            np.add.reduceat(lengths[self.base], base_starts)[:, None],
            np.add.reduceat(lengths[self.witness], witness_starts)[None, :],
        )


def likeness(grams: Incidence, base: slice, witness: slice) -> Likeness:
    """Return the similarity of the base's units in one slice to the witness's in another."""
    others = slice(grams.base_units + witness.start, grams.base_units + witness.stop)
    return Likeness(grams, base, others, _cross(grams, base, others))


def _cross(grams: Incidence, base: slice, witness: slice) -> Floats:
    """Return what each unit of one slice shares with each of another: the weights of all grams that both hold."""
    held = grams.among(base, witness)
    facing = held.counts() - held.in_base
    both = np.flatnonzero((held.in_base > 0) & (facing > 0))
    base_counts, starts = held.in_base[both], held.starts[both]
    height, width = base.stop - base.start, witness.stop - witness.start
    # Each base unit that holds a gram meets all witness units that hold it, which follow after the base's.
    rows = (held.owners[counted_on(starts, base_counts)] - base.start) * width - witness.start
    weights, times, firsts_met = (
        np.repeat(v, base_counts) for v in (held.weights[both], facing[both], starts + base_counts)
    )
    table = np.zeros(height * width)
    for part in _parts(np.cumsum(times)):
        cells = np.repeat(rows[part], times[part]) + held.owners[counted_on(firsts_met[part], times[part])]
        table += np.bincount(cells, np.repeat(weights[part], times[part]), len(table))
    return table.reshape(height, width)


def _parts(ends: Whole) -> Iterator[slice]:
    """Yield slices of the items, whose products end at ``ends``: none with many more than ``MAX_PRODUCTS_AT_ONCE``."""
    total = int(ends[-1]) if len(ends) else 0
    cuts = np.searchsorted(
        ends, np.arange(MAX_PRODUCTS_AT_ONCE, total, MAX_PRODUCTS_AT_ONCE), side="right"
    ).tolist()
    return (slice(start, end) for start, end in pairwise([0, *cuts, len(ends)]) if start < end)


def pair_scores(grams: Incidence, base: Sequence[Sequence[int]], witness: Sequence[Sequence[int]]) -> Floats:
    """Return the similarity, in millionths, of each group of base units to the witness group at the same place.

    A group that is scored against many is read once.
    """
    if not base:
        return np.zeros(0)
    left, right = _gathered(grams, base, 0), _gathered(grams, witness, grams.base_units)
    size = len(grams.weights)
    shared = np.zeros(len(base))
    counts = run_lengths(left.starts, len(left.keys))[left.of]
    for part in _parts(np.cumsum(counts)):
        places = counted_on(left.starts[left.of[part]], counts[part])
        held = left.keys[places] % size
        keys = np.repeat(right.of[part] * size, counts[part]) + held
        facing = np.minimum(np.searchsorted(right.keys, keys), len(right.keys) - 1)
        both = np.flatnonzero(right.keys[facing] == keys)
        pairs = np.repeat(np.arange(part.start, part.stop), counts[part])[both]
        products = grams.weights[held[both]] * left.times[places[both]] * right.times[facing[both]]
        shared += _totals(pairs, products, len(base))
    return similarity(
        shared, left.squares[left.of], right.squares[right.of], left.lengths[left.of], right.lengths[right.of]
    )


class _Gathered(NamedTuple):
    """The grams of some groups of units, each group once."""

    of: Whole
    """The group that each asked for is."""
    keys: Whole
    """The number of a group times the number of all grams, plus a gram that it holds; rising."""
    starts: Whole
    """Where the keys of each group begin."""
    times: Whole
    """How many of the group's units hold the gram of each key."""
    squares: Floats
    """The product of each group, as the sum of its units, with itself."""
    lengths: Floats


def _gathered(grams: Incidence, groups: Sequence[Sequence[int]], shift: int) -> _Gathered:
    numbers: dict[tuple[int, ...], int] = {}
    of = np.array([numbers.setdefault(tuple(group), len(numbers)) for group in groups])
    units = np.array([unit + shift for group in numbers for unit in group])
    group = np.repeat(np.arange(len(numbers)), list(map(len, numbers)))
    held = np.concatenate([grams.of(unit, unit + 1) for unit in units.tolist()])
    size = len(grams.weights)
    keys = _sorted(np.repeat(group * size, grams.bounds[units + 1] - grams.bounds[units]) + held)
    starts = np.flatnonzero(firsts(keys))
    times = run_lengths(starts, len(keys))
    keys = keys[starts]
    return _Gathered(
        of,
        keys,
        np.searchsorted(keys, np.arange(len(numbers)) * size),
        times,
        _totals(keys // size, grams.weights[keys % size] * times * times, len(numbers)),
        _totals(group, grams.lengths[units], len(numbers)),
    )


def similarity(
    shared: Floats, base: Floats, witness: Floats, base_length: Floats, witness_length: Floats
) -> Floats:
    """Return the cosine times the fourth root of the ratio of lengths, in whole millionths."""
    ratio = np.minimum(base_length, witness_length) / np.maximum(base_length, witness_length)
    return np.rint(SCORE_SCALE * shared / np.sqrt(base * witness) * np.sqrt(np.sqrt(ratio)))


def runs(values: _Numbers, size: int) -> _Numbers:
    """Return the sum of every ``size`` neighbours."""
    return sum(
        (values[step : len(values) - size + 1 + step] for step in range(1, size)),
        values[: len(values) - size + 1],
    )


def windows(table: Floats, a: int, b: int) -> Floats:
    """Return the sum of every ``a`` x ``b`` block of neighbours."""
    return runs(runs(table, a).T, b).T
