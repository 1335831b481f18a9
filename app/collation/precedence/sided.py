"""A comparison seen from one of its two sides, so that each rule is written once."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from app.collation.model import Comparison, Row, Side, SideName
from app.collation.pipeline import CONTAINED_FROM


@dataclass(frozen=True, slots=True)
class Observation:
    """Something seen that bears on who came first."""

    favours: SideName | None
    """The side that it speaks for as the earlier one; None where it speaks for neither."""
    rule: str
    says: str
    row: int | None = None
    """The number of the row where it is seen, or None where it is of the whole."""


@dataclass(frozen=True)
class Facing:
    """One side (``mine``) beside the other (``theirs``); a rule asks what speaks for ``theirs`` as the source."""

    mine: Side
    theirs: Side
    name: SideName
    other: SideName
    rows: tuple[tuple[Row, tuple[int, ...], tuple[int, ...]], ...]
    """Every row, with the paragraphs of ``mine`` and of ``theirs`` in it."""

    @cached_property
    def own(self) -> tuple[int, ...]:
        """The paragraphs of ``mine`` that are the article's own, rising."""
        return _own(self.mine)

    @cached_property
    def their_own(self) -> tuple[int, ...]:
        """The same of ``theirs``."""
        return _own(self.theirs)

    @cached_property
    def mine_in_theirs(self) -> float:
        """The share of the words of ``own`` that stand in rows of both sides, 0 to 1, to six decimals."""
        found = {index for row, mine, theirs in self.rows if theirs and _counts(row) for index in mine}
        return _share(self.mine.paragraphs, self.own, found)

    @cached_property
    def theirs_in_mine(self) -> float:
        """The same of ``theirs``."""
        found = {index for row, mine, theirs in self.rows if mine and _counts(row) for index in theirs}
        return _share(self.theirs.paragraphs, self.their_own, found)

    def row_of(self, paragraph: int) -> int:
        """The number of the row in which a paragraph of ``mine`` stands."""
        return next(row.number for row, mine, _ in self.rows if paragraph in mine)


def both_ways(comparison: Comparison) -> Sequence[Facing]:
    """The comparison from the base's side, and from the witness's."""
    rows = comparison.collation.rows
    base = tuple((row, row.base, row.witness) for row in rows)
    witness = tuple((row, row.witness, row.base) for row in rows)
    return (
        Facing(comparison.base, comparison.witness, "base", "witness", base),
        Facing(comparison.witness, comparison.base, "witness", "base", witness),
    )


def _counts(row: Row) -> bool:
    return row.kind == "same" or row.similarity >= CONTAINED_FROM


def _share(paragraphs: Sequence[str], own: Sequence[int], found: set[int]) -> float:
    words = {index: len(paragraphs[index].split()) for index in own}
    total = sum(words.values())
    return round(sum(count for index, count in words.items() if index in found) / total, 6) if total else 0.0


def _own(side: Side) -> tuple[int, ...]:
    furniture = set(side.furniture)
    return tuple(index for index in range(len(side.paragraphs)) if index not in furniture)
