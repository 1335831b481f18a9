"""A comparison seen from one of its two sides, so that each rule is written once."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from app.collation.model import Comparison, Row, Side, SideName
from app.collation.shared_figures import relation_of


@dataclass(frozen=True, slots=True)
class Observation:
    """Evidence that bears on which text came first."""

    favours: SideName | None
    """The side that it suggests as the earlier one; None if neither."""
    rule: str
    says: str
    row: int | None = None
    """The number of the row where it is seen, or None if it concerns the whole."""


@dataclass(frozen=True)
class Viewpoint:
    """One side (``mine``) beside the other (``theirs``); a rule looks for signs that ``theirs`` is the source."""

    mine: Side
    theirs: Side
    name: SideName
    other: SideName
    rows: tuple[tuple[Row, tuple[int, ...], tuple[int, ...]], ...]
    """Every row, with the paragraphs of ``mine`` and of ``theirs`` in it."""
    mine_in_theirs: float
    """Containment: the share of the words of ``mine`` that is in ``theirs``, 0 to 1."""
    theirs_in_mine: float

    @cached_property
    def my_article(self) -> tuple[int, ...]:
        """The indices of the paragraphs of ``mine`` that are not boilerplate, rising."""
        return _article(self.mine)

    @cached_property
    def their_article(self) -> tuple[int, ...]:
        """The same of ``theirs``."""
        return _article(self.theirs)

    def first_of_mine(
        self, trace: re.Pattern[str], hint: re.Pattern[str]
    ) -> tuple[int, re.Match[str]] | None:
        """Return the first match of ``trace`` in my article, and the index of its paragraph.

        The article is searched as one text with a line a paragraph, so ``trace`` must match no line end, and only if
        there is a ``hint`` in it.
        """
        match = trace.search(self._my_text) if hint.search(self._my_text) else None
        if match is None:
            return None
        return self.my_article[bisect_right(self._my_starts, match.start()) - 1], match

    @cached_property
    def _my_text(self) -> str:
        return "\n".join([self.mine.paragraphs[index] for index in self.my_article])

    @cached_property
    def _my_starts(self) -> tuple[int, ...]:
        """Where each paragraph of my article begins in ``_my_text``."""
        return tuple(
            accumulate((len(self.mine.paragraphs[index]) + 1 for index in self.my_article), initial=0)
        )

    def row_of(self, paragraph: int) -> int:
        """Return the number of the row that holds a paragraph of ``mine``."""
        return next(row.number for row, mine, _ in self.rows if paragraph in mine)


def both_viewpoints(comparison: Comparison) -> Sequence[Viewpoint]:
    """Return the comparison as seen from the base, and from the witness."""
    relation = relation_of(comparison)
    base_in_witness = relation.base_in_witness if relation else 0.0
    witness_in_base = relation.witness_in_base if relation else 0.0
    rows = comparison.collation.rows
    base_rows = tuple((row, row.base, row.witness) for row in rows)
    witness_rows = tuple((row, row.witness, row.base) for row in rows)
    base, witness = comparison.base, comparison.witness
    return (
        Viewpoint(base, witness, "base", "witness", base_rows, base_in_witness, witness_in_base),
        Viewpoint(witness, base, "witness", "base", witness_rows, witness_in_base, base_in_witness),
    )


def _article(side: Side) -> tuple[int, ...]:
    boilerplate = set(side.furniture)
    return tuple(index for index in range(len(side.paragraphs)) if index not in boilerplate)
