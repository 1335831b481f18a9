"""What the chain left over: paragraphs that moved, and paragraphs that are part of a neighbour's row."""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from app.collation.alignment.stretch import Pairs
from app.collation.alignment.texts import Pair, Text
from app.collation.similarity import SCALE, Floats, Incidence

MOVE_FLOOR = round(0.22 * SCALE)
"""Paragraphs out of order belong together only above this: no neighbour speaks for them."""
RIVALS = 0.1
"""What a pair loses of the next best score of either paragraph: a paragraph like many others is like none."""
CONTAINED = 0.15
"""A leftover joins a row when so much of it stands there and nowhere else in that row."""
MOST_TIES = 4
"""In a long text, so many candidates of a base paragraph are scored."""
FARTHER = 0.05
"""What a row loses for each paragraph that stands between it and the leftover."""
NEAR = 2
"""How far from a row's paragraph, counted in paragraphs, a leftover may stand to join it."""


def equals(texts: Pair, pairs: Pairs) -> None:
    """Link what is equal and still free on both sides, first with first."""
    base, witness = free(texts, pairs)
    waiting: dict[int, list[int]] = {}
    for j in reversed(witness):
        if texts.witness.kin[j] >= 0:
            waiting.setdefault(int(texts.witness.kin[j]), []).append(j)
    for i in base:
        others = waiting.get(int(texts.base.kin[i]))
        if others:
            pairs[i, others.pop()] = len(texts.base.forms[i])


def free(texts: Pair, pairs: Pairs) -> tuple[list[int], list[int]]:
    """The paragraphs of either side that stand in no pair yet."""
    base, witness = {i for i, _ in pairs}, {j for _, j in pairs}
    return (
        [i for i in range(len(texts.base.forms)) if i not in base],
        [j for j in range(len(texts.witness.forms)) if j not in witness],
    )


def rivalled(likeness: Floats) -> Floats:
    """The likeness of paragraphs, less a part of the best other score in the same row and column."""
    return likeness - RIVALS * (_best_other(likeness) + _best_other(likeness.T).T)


def _best_other(table: Floats) -> Floats:
    if table.shape[1] < 2:
        return np.zeros_like(table)
    two = np.partition(table, -2, axis=1)[:, -2:]
    second, best = two[:, :1], two[:, 1:]
    return np.where(table >= best, second, best)


def moves(candidates: Iterable[tuple[int, int, int]], texts: Pair, pairs: Pairs) -> None:
    """Link the best free pairs, wherever they stand; ``candidates`` are (score in millionths, base, witness)."""
    base, witness = map(set, free(texts, pairs))
    for _, i, j in sorted((-score, i, j) for score, i, j in candidates if score >= MOVE_FLOOR):
        if i in base and j in witness:
            base.remove(i)
            witness.remove(j)
            pairs[i, j] = len(texts.base.forms[i]) + len(texts.witness.forms[j])


def best_ties(ties: Sequence[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """Of ties (how many, base, witness) the strongest few of each base paragraph."""
    taken: Counter[int] = Counter()
    kept = []
    for _, i, j in sorted(ties, key=lambda tie: (-tie[0], tie[1:])):
        if taken[i] < MOST_TIES:
            taken[i] += 1
            kept.append((i, j))
    return kept


class Attaching:
    """Leftovers that join the row of a neighbour whose text holds theirs."""

    def __init__(self, texts: Pair, pairs: Pairs) -> None:
        self.texts, self.pairs = texts, pairs
        self.base_held = _Held(texts.base, texts.grams, 0)
        self.witness_held = _Held(texts.witness, texts.grams, texts.grams.base_units)
        self.base_of: dict[int, list[int]] = {}
        self.witness_of: dict[int, list[int]] = {}
        for i, j in sorted(pairs):
            self.base_of.setdefault(j, []).append(i)
            self.witness_of.setdefault(i, []).append(j)

    def run(self) -> None:
        """Attach, the best contained first, until no leftover is contained in a neighbour's row."""
        base, witness = free(self.texts, self.pairs)
        best = [self._best(i, True) for i in base] + [self._best(j, False) for j in witness]
        while best:
            share, i, j, is_base = max(best, key=lambda found: (found[0], -found[1], -found[2]))
            if share < CONTAINED:
                return
            self.pairs[i, j] = 1
            self.witness_of.setdefault(i, []).append(j)
            self.base_of.setdefault(j, []).append(i)
            done = i if is_base else j
            best = [
                self._best(found[1] if found[3] else found[2], found[3])
                for found in best
                if found[3] != is_base or (found[1] if is_base else found[2]) != done
            ]

    def _best(self, leftover: int, is_base: bool) -> tuple[float, int, int, bool]:
        own, others = (self.base_held, self.witness_held) if is_base else (self.witness_held, self.base_held)
        across, back = (self.witness_of, self.base_of) if is_base else (self.base_of, self.witness_of)
        best = (-1.0, -1, -1)
        mine = own.of(leftover)
        total = own.weigh(mine)
        for neighbour in range(leftover - NEAR, leftover + NEAR + 1):
            for host in across.get(neighbour, ()):
                told = set().union(*(own.of(other) for other in back[host]))
                share = own.weigh((mine & others.of(host)) - told) / total
                share = round(share - FARTHER * (abs(neighbour - leftover) - 1), 6)
                if share > best[0]:
                    best = (share, leftover, host) if is_base else (share, host, leftover)
        return (*best, is_base) if best[0] >= 0 else (-1.0, leftover, leftover, is_base)


class _Held:
    def __init__(self, text: Text, grams: Incidence, shift: int) -> None:
        self.text, self.grams, self.shift = text, grams, shift
        self.known: dict[int, set[int]] = {}

    def of(self, paragraph: int) -> set[int]:
        if paragraph not in self.known:
            first, last = (int(unit) + self.shift for unit in self.text.starts[paragraph : paragraph + 2])
            span = slice(*self.grams.holds.indptr[[first, last]])
            self.known[paragraph] = set(self.grams.holds.indices[span].tolist())
        return self.known[paragraph]

    def weigh(self, held: set[int]) -> float:
        return float(self.grams.weights[list(held)].sum())
