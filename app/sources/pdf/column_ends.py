"""Tell whether a paragraph goes on in the next column where a sentence ends on the full last line of one."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from app.collation.text.sentences import boundaries
from app.sources.pdf.lines import PdfLine

SPREAD = 0.3
"""Standard deviation, in logarithms, of the lengths that a paragraph's length makes likely for others."""

MAX_SENTENCES = 100
"""Sentences that are told apart; paragraphs of more count as so long."""


ROOM_AFTER_END = 0.5
"""Share of the paragraphs that end at a column's end of those with room for another line below: the next paragraph
needs room for two of its lines, and perhaps a blank before it."""

ROOM_WITHIN = 0.1
"""The same where a paragraph goes on: a picture or a note may have taken the room."""

WIDOW_LINES = 2
"""Lines that typesetters keep together at the top of a column, though one of them had room before."""


@dataclass(frozen=True, slots=True)
class ColumnBreak:
    """A column's end at which the places of the lines do not tell whether the paragraph ends."""

    has_room: bool | None
    """Whether there is room for a line below the column's last one; None where there is no other column beside it."""


@dataclass(slots=True)
class ParagraphPart:
    """A paragraph, or the part of one that is in one column."""

    parts: list[str]
    """Its lines, each with what parts it from the next."""
    kind: str
    """``heading``, or empty."""
    break_before: ColumnBreak | None = None
    """Where it may be one paragraph with the piece before it."""

    @property
    def text(self) -> str:
        """Its lines as one."""
        return "".join(self.parts)


def joined_across_columns(pieces: Sequence[ParagraphPart]) -> list[ParagraphPart]:
    """Return the paragraphs of a document: those pieces as one that are likelier one than two.

    Where a line is full, it is as likely that a paragraph ends there as that a sentence within one does, but for the
    numbers of sentences that the document's paragraphs have, and for the room that was left below.
    """
    lengths = Lengths(
        [
            sentences(piece.text)
            for piece, after in zip(pieces, [*pieces[1:], None], strict=True)
            if not piece.kind and not piece.break_before and not (after and after.break_before)
        ]
    )
    paragraphs: list[ParagraphPart] = []
    for piece in pieces:
        before = paragraphs[-1] if paragraphs else None
        if before and piece.break_before and _is_one(before, piece, piece.break_before, lengths):
            paragraphs[-1].parts += [" ", *piece.parts]
        else:
            paragraphs.append(piece)
    return paragraphs


def _is_one(before: ParagraphPart, piece: ParagraphPart, gap: ColumnBreak, lengths: "Lengths") -> bool:
    odds = lengths.odds_of_one(sentences(before.text), sentences(piece.text))
    if gap.has_room is not None and len(piece.parts) > WIDOW_LINES:
        as_one, as_two = (
            (ROOM_WITHIN, ROOM_AFTER_END) if gap.has_room else (1 - ROOM_WITHIN, 1 - ROOM_AFTER_END)
        )
        odds *= as_one / as_two
    return odds > 1


def room_below(last: PdfLine, lines: Sequence[PdfLine], leading: float) -> bool | None:
    """Return whether there is room for a line below the last one of a column, by the columns beside it."""
    beside = [
        line.baseline
        for line in lines
        if line.page == last.page and (line.left >= last.right or line.right <= last.left)
    ]
    return last.baseline - min(beside) > 0.9 * leading if beside else None


def sentences(text: str) -> int:
    """Return how many sentences a text has.

    >>> sentences("Mr. Lee left. He was late.")
    2
    """
    return 1 + sum(1 for _ in boundaries(text))


class Lengths:
    """How many sentences the paragraphs of a document have."""

    def __init__(self, lengths: Sequence[int]) -> None:
        self._counts = Counter(min(length, MAX_SENTENCES) for length in lengths)
        self._count = len(lengths)
        self._ending = (len(lengths) + 1) / (sum(lengths) + 2)

    def share(self, length: int) -> float:
        """Return the share of paragraphs of so many sentences: those of about as many, and a part by the mean alone."""
        near = sum(count * _nearness(length, other) for other, count in self._counts.items())
        return (near + self._ending * (1 - self._ending) ** (length - 1)) / (self._count + 1)

    def odds_of_one(self, first: int, second: int) -> float:
        """Return how much likelier a paragraph of so many sentences altogether is than two.

        >>> Lengths([1, 1, 1, 2]).odds_of_one(1, 1) < 1 < Lengths([5, 4, 6]).odds_of_one(2, 3)
        True
        """
        return self.share(first + second) / (self.share(first) * self.share(second))


@cache
def _nearness(length: int, other: int) -> float:
    """Return how likely a paragraph of so many sentences is where there is one of so many others."""
    return _closeness(length, other) / sum(_closeness(any_length, other) for any_length in range(1, 200))


def _closeness(length: int, other: int) -> float:
    return math.exp(-((math.log(length / other) / SPREAD) ** 2) / 2) / length
