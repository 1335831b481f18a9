"""The small changes of a row, where one or two words took the place of one or two others."""

from itertools import groupby
from typing import NamedTuple

from app.collation.drift.changed import Word
from app.collation.drift.passage import Passage
from app.collation.model import Change

FEW = 4
"""Words of either side in a change that is small."""


class Place(NamedTuple):
    """A small change with the words that it holds on either side."""

    change: Change
    base: list[Word]
    witness: list[Word]


def small(passage: Passage) -> list[Place]:
    """The small changes, in order."""
    base, witness = _by_change(passage.changed.base), _by_change(passage.changed.witness)
    return [
        Place(passage.reworded[number], here, there)
        for number in sorted(base.keys() | witness.keys())
        if len(here := base.get(number, [])) <= FEW and len(there := witness.get(number, [])) <= FEW
    ]


def _by_change(words: list[Word]) -> dict[int, list[Word]]:
    return {number: list(held) for number, held in groupby(words, key=lambda word: word.change)}
