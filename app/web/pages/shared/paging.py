"""Long lists cut into parts of a bounded size, so that no page grows without end, and the ways from part to part."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.collation.model import Comparison
from app.web.pages.shared.remembered import remembered

MAX_PART_ROWS = 300
"""Rows on one page. A news article has 20 to 100; the page of a book's chapter stays under 2 MB and opens at once."""

MAX_PART_CHARACTERS = 400_000
"""Characters of both texts on one page, more only where a single row holds more."""

MIN_PART_CHARACTERS = MAX_PART_CHARACTERS // 10
"""Characters that a part holds before a long row is put off to the next: no page shows a headline alone."""


MAX_PART_MARKS = 6_000
"""Changes of the rows on one page, and those inside word pairs, more only where a single row has more: each is a mark
or two to draw. Two long articles that were reworded throughout have some 4,000."""


@dataclass(frozen=True, slots=True)
class Pager:
    """Which part of a long list a page shows, and the ways to the parts beside it."""

    says: str
    """Which part it is, in words; may be empty."""
    earlier: str
    later: str
    """Addresses of the parts beside it, each empty at its end."""


def pager(says: str, earlier: str, later: str) -> Pager | None:
    """Return the ways from this part to its neighbours; None where there are none."""
    return Pager(says, earlier, later) if earlier or later else None


def pager_of_pages(says: str, page: int, has_more: bool, address: Callable[[int], str]) -> Pager | None:
    """Return the ways from page ``page`` (from 1) of numbered ones; ``address`` gives a page's address."""
    return pager(says, address(page - 1) if page > 1 else "", address(page + 1) if has_more else "")


def pager_of_parts(
    says: str, part: range, size: int, count: int, address: Callable[[int], str]
) -> Pager | None:
    """Return the ways from ``part``, of parts of ``size`` out of ``count`` items.

    ``address`` gives the address of the part that begins with an item, counting from 1.
    """
    return pager(
        says,
        address(part.start + 1 - size) if part.start else "",
        address(part.start + 1 + size) if part.start + size < count else "",
    )


def part_holding(item: int, size: int, count: int) -> range:
    """Return the places (from 0) of the part that holds ``item`` (from 1); of the last part where it is beyond the end.

    >>> part_holding(7, 5, 12), part_holding(99, 5, 12), part_holding(1, 5, 0)
    (range(5, 10), range(10, 12), range(0, 0))
    """
    start = (min(item, max(count, 1)) - 1) // size * size
    return range(start, min(start + size, count))


@remembered
def part_starts(comparison: Comparison) -> tuple[int, ...]:
    """Return the number of each part's first row, rising; any ordinary pair of articles is one part."""
    starts = [1]
    characters = marks = 0
    for row in comparison.collation.rows:
        length = _length(comparison.base.paragraphs, row.base) + _length(
            comparison.witness.paragraphs, row.witness
        )
        overfull = characters > MIN_PART_CHARACTERS and characters + length > MAX_PART_CHARACTERS
        full = overfull or row.number - starts[-1] >= MAX_PART_ROWS or marks + row.mark_count > MAX_PART_MARKS
        if full and row.number > starts[-1]:
            starts.append(row.number)
            characters = marks = 0
        characters += length
        marks += row.mark_count
    return tuple(starts)


def _length(paragraphs: Sequence[str], indices: Sequence[int]) -> int:
    if len(indices) == 1:
        return len(paragraphs[indices[0]])
    return sum(len(paragraphs[index]) for index in indices)
