"""Alignment around a reader's pins.

A pinned row is as firm an anchor as an equal paragraph: the chain bypasses it only if more text supports that. What
a pin takes out of a row is aligned again, or rejoins a row as a leftover.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import groupby

import numpy as np

from app.collation import pins as pinning
from app.collation.alignment import grouping
from app.collation.alignment.clauses import TextPair
from app.collation.alignment.grouping import Group
from app.collation.alignment.score_grid import Pairs, ScoreGrid, in_order
from app.collation.alignment.similarity import SCORE_SCALE
from app.collation.model import Pins

PINNED_WEIGHT = 1 << 60
"""Weight of a pinned link: more than any link found from the text."""


RowsAndGrids = tuple[list[Group], list[ScoreGrid]]
"""Rows, and the grids that they were found in."""


def around(texts: TextPair, find: Callable[[TextPair], RowsAndGrids]) -> RowsAndGrids:
    """Return the rows that ``find`` makes around the pins of ``texts``.

    The pins are first completed with the pairs of the rows found without them, so that nothing is left open.
    """
    apart = Pins(apart=texts.pins.apart)
    linked = find(_loosened(replace(texts, pins=apart)))
    together = _stay(linked[0], texts.pins)
    if together is None:
        return linked
    return find(_loosened(replace(texts, pins=Pins(together, texts.pins.apart))))


def _stay(groups: list[Group], pins: Pins) -> tuple[tuple[int, int], ...] | None:
    """Return all pairs of the rows plus those pinned together; None if the rows found have these already.

    A paragraph that had no row joins the other's row; two from different rows leave those for each other.
    """
    of_base = {i: number for number, group in enumerate(groups) for i in group[0]}
    of_witness = {j: number for number, group in enumerate(groups) for j in group[1]}
    places = [(of_base.get(i, -1), of_witness.get(j, -1)) for i, j in pins.together]
    if all(base_row == witness_row >= 0 for base_row, witness_row in places):
        return None
    left = {row for pair in places if -1 < pair[0] != pair[1] > -1 for row in pair}
    joined = {row for pair in places for row in pair} - left - {-1}
    stay = [(i, j) for row in sorted(joined) for i in groups[row][0] for j in groups[row][1]]
    rows = pinning.rows([*pins.together, *stay], pins.apart)
    return tuple(sorted((i, j) for bases, witnesses in rows for i in bases for j in witnesses))


def _loosened(texts: TextPair) -> TextPair:
    """Return ``texts`` in which a paragraph kept apart from all its equals counts as having none."""
    pins = texts.pins
    row_of_base: dict[int, int] = {}
    row_of_witness: dict[int, int] = {}
    for number, (bases, witnesses) in enumerate(pinning.rows(pins.together)):
        row_of_base.update(dict.fromkeys(bases, number))
        row_of_witness.update(dict.fromkeys(witnesses, number))
    apart = frozenset(pins.apart)

    def may_stand(i: int, j: int) -> bool:
        return (i, j) not in apart and row_of_base.get(i) == row_of_witness.get(j)

    base, witness = texts.base.kin.copy(), texts.witness.kin.copy()
    named = {int(base[i]) for i, _ in (*pins.together, *pins.apart)}
    named |= {int(witness[j]) for _, j in (*pins.together, *pins.apart)}
    for kin in sorted(named - {-1}):
        some, others = np.flatnonzero(texts.base.kin == kin), np.flatnonzero(texts.witness.kin == kin)
        base[[i for i in some if not any(may_stand(int(i), int(j)) for j in others)]] = -1
        witness[[j for j in others if not any(may_stand(int(i), int(j)) for i in some)]] = -1
    return replace(texts, base=replace(texts.base, kin=base), witness=replace(texts.witness, kin=witness))


def anchored(seen: ScoreGrid, pins: Pins) -> ScoreGrid:
    """Return ``seen`` with a bead for each pinned row of neighbours."""
    beads = []
    for bases, witnesses in pinning.rows(pins.together):
        for first, end in _runs(bases):
            base, base_end = np.searchsorted(seen.base_owner, [first, end]).tolist()
            for facing, facing_end in _runs(witnesses):
                witness, witness_end = np.searchsorted(seen.witness_owner, [facing, facing_end]).tolist()
                if base < base_end and witness < witness_end:
                    letters = (
                        seen.lengths[0][base:base_end].sum() + seen.lengths[1][witness:witness_end].sum()
                    )
                    beads.append((base_end, base, witness, witness_end, SCORE_SCALE, int(letters)))
    if not beads:
        return seen
    return replace(
        seen, beads=in_order(np.concatenate([seen.beads, np.array(beads, dtype=np.int64).T], axis=1))
    )


def _runs(paragraphs: Iterable[int]) -> list[tuple[int, int]]:
    """Return runs of neighbours among some paragraphs: the first of each, and the end, excluded."""
    runs = []
    for _, run in groupby(enumerate(sorted(paragraphs)), lambda place: place[1] - place[0]):
        numbers = [number for _, number in run]
        runs.append((numbers[0], numbers[-1] + 1))
    return runs


def groups(pairs: Pairs, pins: Pins) -> list[Group]:
    """Return the rows that linked paragraphs form, in base order, with every pin respected.

    If a chain of links would join two that are kept apart, the weakest links go.
    """
    pinned = (*pins.together, *pins.apart)
    bases, witnesses = {i for i, _ in pinned}, {j for _, j in pinned}
    whole: list[Group] = []
    links: list[tuple[int, int, int]] = []
    for group in grouping.groups(pairs):
        if bases.isdisjoint(group[0]) and witnesses.isdisjoint(group[1]):
            whole.append(group)
        else:
            links += [(-pairs[i, j], i, j) for i in group[0] for j in group[1] if (i, j) in pairs]
    rows = pinning.rows([*pins.together, *((i, j) for _, i, j in sorted(links))], pins.apart)
    return sorted([*whole, *((tuple(sorted(base)), tuple(sorted(witness))) for base, witness in rows)])
