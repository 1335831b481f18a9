"""Tell whether a paragraph goes on in the next column where a sentence ends on the full last line of one."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.collation.text.sentences import boundaries
from app.sources.pdf.lines import PdfLine

SPREAD = 0.25
"""Standard deviation, in logarithms, of the lengths that a paragraph's length makes likely for others. Of 4,660 ends of
sentences in 250 articles, the lengths alone told 69 % rightly, with from .15 to .3; numbers of sentences told 57 %."""

MIN_SPREAD = 0.4
"""The same of all lengths of a document, of which few paragraphs may be known."""

LENGTH_STEP = 0.05
"""Difference, in logarithms, of lengths that count as one."""

USUAL_LENGTH, USUAL_SENTENCE = 300, 120
"""Characters of a paragraph and of a sentence, where a document tells of none."""

LEAST_SHARE = 1e-12
"""What no length is less likely than, so that the odds can be told."""

USUAL_FULL, FULL_KNOWN = 0.12, 4
"""Share of the paragraphs whose last line is full, and how many paragraphs of a document have to tell another."""

_LABEL = re.compile(r"(\w[^\W_]*(?: [^\W_]+){0,3}): ")

STRAY_LINE = 0.1
"""How much less likely a paragraph leaves one line by itself at a column's end or top than otherwise."""

ROOM_AFTER_END, ROOM_WITHIN = 0.4, 0.08
"""Share of the columns that have room for another line below, of those that end where a paragraph does and of those
within one: the next paragraph needs room for two of its lines, and perhaps a blank before it. Counted in 170 files."""

ROOM_AFTER_END_LAST, ROOM_WITHIN_LAST = 0.19, 0.09
"""The same on the last page, where columns are made equally long."""

WIDOW_LINES = 2
"""Lines that typesetters keep together at the top of a column, though one of them had room before."""


@dataclass(frozen=True, slots=True)
class ColumnBreak:
    """A column's end at which the places of the lines do not tell whether the paragraph ends."""

    has_room: bool | None
    """Whether there is room for a line below the column's last one; None where there is no other column beside it."""
    is_on_last_page: bool = False


@dataclass(slots=True)
class ParagraphPart:
    """A paragraph, or the part of one that is in one column."""

    parts: list[str]
    """Its lines, each with what parts it from the next."""
    kind: str
    """``heading``, or empty."""
    break_before: ColumnBreak | None = None
    """Where it may be one paragraph with the piece before it."""
    runs: list[int] = field(default_factory=lambda: [1])
    """How many of its lines are in each column that it is in."""
    is_full: bool = False
    """Whether its last line has no room for the next paragraph's first word."""

    @property
    def text(self) -> str:
        """Its lines as one."""
        return "".join(self.parts)


def joined_across_columns(pieces: Sequence[ParagraphPart]) -> list[ParagraphPart]:
    """Return the paragraphs of a document, with pieces joined that are more likely one paragraph than two.

    Where a line is full, it is as likely that a paragraph ends there as that a sentence within one does, but for the
    lengths that the document's paragraphs have, for the room that was left below, and for lines that would be left by
    themselves.
    """
    whole = [
        piece
        for piece, after in zip(pieces, [*pieces[1:], None], strict=True)
        if not piece.kind and not piece.break_before and not (after and after.break_before)
    ]
    habits = Habits(
        lengths=Lengths([piece.text for piece in whole]),
        full_share=(sum(piece.is_full for piece in whole) + USUAL_FULL * FULL_KNOWN)
        / (len(whole) + FULL_KNOWN),
        leaves_lines=any(
            (place == 1 and piece.runs[0] == 1) or (place == len(piece.runs) - 1 and piece.runs[-1] == 1)
            for piece in pieces
            for place in range(1, len(piece.runs))
        ),
        labels=frozenset(label for piece in whole if (label := _label(piece.text))),
    )
    paragraphs: list[ParagraphPart] = []
    for piece in pieces:
        before = paragraphs[-1] if paragraphs else None
        gap = piece.break_before
        if before and gap and _is_one(before, piece, gap, habits):
            before.parts += [" ", *piece.parts]
            before.runs += piece.runs
        else:
            paragraphs.append(piece)
    return paragraphs


@dataclass(frozen=True, slots=True)
class Habits:
    """What the paragraphs of a document whose ends are plain tell of the others."""

    lengths: "Lengths"
    full_share: float
    """Share of them whose last line is full."""
    leaves_lines: bool
    """Whether some leave one line by itself at a column's end or top."""
    labels: frozenset[str]
    """What opens them with a colon, as the speakers of an interview do."""


def _label(text: str) -> str:
    match = _LABEL.match(text)
    return match[1] if match else ""


def _is_one(before: ParagraphPart, piece: ParagraphPart, gap: ColumnBreak, habits: Habits) -> bool:
    if _label(piece.text) in habits.labels:
        return False
    odds = habits.lengths.odds_of_one(before.text, piece.text) * USUAL_FULL / habits.full_share
    if gap.has_room is not None and len(piece.parts) > WIDOW_LINES:
        within, after_end = (
            (ROOM_WITHIN_LAST, ROOM_AFTER_END_LAST) if gap.is_on_last_page else (ROOM_WITHIN, ROOM_AFTER_END)
        )
        odds *= within / after_end if gap.has_room else (1 - within) / (1 - after_end)
    if not habits.leaves_lines and (before.runs == [1] or piece.runs == [1]):
        odds *= STRAY_LINE
    return odds > 1


def room_below(last: PdfLine, lines: Sequence[PdfLine], leading: float) -> bool | None:
    """Return whether there is room for a line below the last one of a column, by the columns beside it."""
    beside = [
        line.baseline
        for line in lines
        if line.page == last.page and (line.left >= last.right or line.right <= last.left)
    ]
    return last.baseline - min(beside) > 0.9 * leading if beside else None


class Lengths:
    """How long the paragraphs of a document are, in characters."""

    def __init__(self, paragraphs: Sequence[str]) -> None:
        self._steps = Counter(_step(text) for text in paragraphs)
        self._count = len(paragraphs)
        mean = sum(step * count for step, count in self._steps.items()) / max(1, self._count)
        variance = sum(count * (step - mean) ** 2 for step, count in self._steps.items()) / max(
            1, self._count
        )
        self._mean = mean if paragraphs else _step("x" * USUAL_LENGTH)
        self._spread = max(MIN_SPREAD / LENGTH_STEP, math.sqrt(variance)) if paragraphs else 1 / LENGTH_STEP
        sentences = sum(1 + sum(1 for _ in boundaries(text)) for text in paragraphs)
        self._sentence = sum(map(len, paragraphs)) / sentences if paragraphs else USUAL_SENTENCE

    def odds_of_one(self, first: str, second: str) -> float:
        """Return how much likelier one paragraph of both texts is than two.

        >>> short, long = "It rained. " * 4, "It rained. " * 12
        >>> Lengths([short] * 4).odds_of_one(short, short) < 1 < Lengths([long] * 4).odds_of_one(short, short * 2)
        True
        """
        whole = self._share(len(first) + len(second))
        return whole / (self._share(len(first)) * self._share(len(second)) * self._sentence)

    def _share(self, length: int) -> float:
        """Return the share of paragraphs so long, of those about as long, and a part by the mean alone."""
        step = math.log(max(1, length)) / LENGTH_STEP
        spread = SPREAD / LENGTH_STEP
        near = sum(count * _normal(step - other, spread) for other, count in self._steps.items())
        share = (near + _normal(step - self._mean, self._spread)) / (self._count + 1)
        return max(share / LENGTH_STEP / max(1, length), LEAST_SHARE)


def _step(text: str) -> int:
    return round(math.log(max(1, len(text))) / LENGTH_STEP)


def _normal(distance: float, spread: float) -> float:
    return math.exp(-((distance / spread) ** 2) / 2) / (spread * math.sqrt(2 * math.pi))
