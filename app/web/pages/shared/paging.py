"""A long comparison cut into parts of a bounded size, so that no page grows without end."""

from collections.abc import Sequence

from app.collation.model import Comparison

PART_ROWS = 300
"""Rows on one page. A news article has 20 to 100; the page of a book's chapter stays under 2 MB and opens at once."""

PART_CHARACTERS = 400_000
"""Characters of both texts on one page, more only where a single row holds more."""

PART_LEAST = PART_CHARACTERS // 10
"""Characters that a part holds before a long row is put off to the next: no page shows a headline alone."""


def part_starts(comparison: Comparison) -> tuple[int, ...]:
    """The number of each part's first row, rising; one part for any ordinary pair of articles."""
    starts = [1]
    characters = 0
    for row in comparison.collation.rows:
        length = _length(comparison.base.paragraphs, row.base) + _length(
            comparison.witness.paragraphs, row.witness
        )
        overfull = characters > PART_LEAST and characters + length > PART_CHARACTERS
        full = overfull or row.number - starts[-1] >= PART_ROWS
        if full and row.number > starts[-1]:
            starts.append(row.number)
            characters = 0
        characters += length
    return tuple(starts)


def _length(paragraphs: Sequence[str], indices: Sequence[int]) -> int:
    return sum(len(paragraphs[index]) for index in indices)
