"""Tell how a PDF is set: its columns, letter sizes, leading, and what separates its paragraphs."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from app.collation.text.sentences import is_finished
from app.sources.pdf.east_asia import FIRST_SIGN
from app.sources.pdf.lines import PdfLine, PdfPicture
from app.sources.pdf.reading_order import is_from_right

INDENT = 0.8
"""Indent of a first line, in sizes of its letters."""

EXTRA_LEADING = 1.35
"""Distance to the line above, in usual distances, from which a paragraph begins, where the document does not tell."""

SAME_LINE_GAP = 8.0
"""Blank between two runs on one height, in sizes of their letters, up to which they are of one line."""

COLUMN_LINES = 16
"""Lines of a column, those nearest to one, that tell where the column is."""

FULL_LINES, MAX_REACH = 2, 150
"""Lines among them that are known to be full, since the next one begins with a small letter, and how far these are
looked for."""

EDGE = 1.5
"""Points by which lines that begin at one edge differ: letters do not fill the room they are set in."""

TIGHT, LOOSE = 1.2, 2.5
"""How many times the next line's first word must not have fitted for a line to be full: where that alone tells where
paragraphs end, and where blanks or indents tell it too."""

MIN_PARTED = 0.5
"""Share of the lines which plainly end a paragraph that have a blank or an indent after them, from which paragraphs
are set apart by that."""

MIN_BETWEEN, MIN_BLANK, MIN_ALIKE = 2, 0.08, 0.85
"""Plain ends of paragraphs that tell the blank after them, the least such blank, in usual distances of lines, and the
share of the ends, and of the lines within paragraphs, that have to agree."""

MIN_WITHIN = 4
"""Lines within paragraphs whose distance from the line above tells the leading."""

MIN_JUSTIFIED = 0.6
"""Share of the lines within paragraphs that end at the column's edge, from which a text is justified; ragged texts
have some .1."""

MIN_BESIDE = 2
"""Lines beside a picture from which text flows around it."""

ALIKE_WIDTH = 0.1
"""Difference of two columns' widths, in widths, up to which they are set alike."""

BLANK_SLACK = 0.1
"""How much more than the most room that was too little, in sizes of the letters, is enough for a blank."""

MIN_MARKED = 0.9
"""Share of the lines within paragraphs that have a blank after them, and of the plain ends that have none, from which
a document marks the ends of its paragraphs so: LibreOffice writes the blank at which it breaks a ragged line."""

BLANK_ROOM, USUAL_BLANK_ROOM = 0.7, 0.5
"""Room at the end of a line, in sizes of its letters, in which the blank at which it is broken is written, however
little the longest line near it tells of the edge; and where a document has no lines without that blank."""

FLUSH = 0.3
"""Distance from the column's edge, in sizes of the letters, up to which a line ends at it."""


@dataclass(slots=True)
class LineEdges:
    """Where lines begin and end."""

    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Typesetting:
    """How a PDF sets its paragraphs."""

    columns: dict[int, LineEdges]
    """Of each line, by its id."""
    size: float
    """Of the body's letters."""
    leading: float
    blank: float
    """Distance to the line above from which a paragraph begins."""
    slack: float
    sets_in: bool
    """Whether the first line of a paragraph is indented."""
    is_justified: bool
    blank_room: float | None = None
    """Room in which the blank is written at which a line is broken; None in documents that write none."""

    def is_marked_end(self, line: PdfLine, below: PdfLine) -> bool | None:
        """Return whether the blank after a line tells that a paragraph ends there; None where it tells nothing."""
        if self.blank_room is None or (not line.ends_in_blank and _breaks_without_blank(line, below)):
            return None
        return False if line.ends_in_blank else (self.room_after(line) > self.blank_room or None)

    def room_after(self, line: PdfLine) -> float:
        """Return how far a line ends before its column does, by all the columns that are as wide."""
        column = self.columns[id(line)]
        return column.left + self.width_of(column) - line.right

    def is_indented(self, line: PdfLine) -> bool:
        """Return whether a line begins further in than those near it."""
        left = self.columns[id(line)].left
        return left + INDENT * line.size < line.left < left + 5 * line.size

    def width_of(self, column: LineEdges) -> float:
        """Return how wide the columns like this one are: ragged lines near one may all end before its edge."""
        width = column.right - column.left
        others = (other.right - other.left for other in self.columns.values())
        return max(other for other in others if abs(other - width) < ALIKE_WIDTH * width or other == width)


def typesetting_of(lines: Sequence[PdfLine], pictures: Sequence[PdfPicture] = ()) -> Typesetting:
    """Return how the body of a PDF is set."""
    size = body_size(lines)
    columns = columns_of(lines)
    _narrow_beside(pictures, lines, columns)
    leading = leading_of(lines, size)
    draft = Typesetting(columns, size, leading, EXTRA_LEADING * leading, TIGHT, False, False)
    ends: list[tuple[float, PdfLine]] = []
    within: list[float] = []
    flush = 0
    plain_ends: list[PdfLine] = []
    going_on: list[tuple[PdfLine, PdfLine]] = []
    for before, line in pairwise(lines):
        if before.page != line.page or before.baseline <= line.baseline:
            continue
        room = draft.columns[id(before)].right - before.right
        step = before.baseline - line.baseline
        if max(abs(before.size - size), abs(line.size - size)) > 0.1 * size:
            continue
        if is_finished(before.text) and room > LOOSE * first_word_width(line):
            ends.append((step, line))
            plain_ends.append(before)
        elif goes_on(before, line) and before.size == line.size:
            within.append(step)
            flush += room < FLUSH * size
            going_on.append((before, line))
    blank = _blank([step for step, _ in ends], within) or draft.blank
    blanks = sum(step > blank for step, _ in ends)
    indents = sum(step <= blank and draft.is_indented(line) for step, line in ends)
    return replace(
        draft,
        blank=blank,
        slack=LOOSE if ends and blanks + indents >= MIN_PARTED * len(ends) else TIGHT,
        sets_in=bool(ends) and indents >= MIN_PARTED * len(ends),
        is_justified=bool(within) and flush >= MIN_JUSTIFIED * len(within),
        blank_room=_blank_room(draft, plain_ends, going_on),
    )


def _blank_room(
    setting: Typesetting, ends: Sequence[PdfLine], going_on: Sequence[tuple[PdfLine, PdfLine]]
) -> float | None:
    """Return the room above which a broken line keeps its blank; None if blanks do not show where paragraphs end."""
    bound = BLANK_ROOM * setting.size
    broken = [
        (line.ends_in_blank, setting.room_after(line))
        for line, below in going_on
        if not _breaks_without_blank(line, below)
    ]
    marked = [has_blank for has_blank, room in broken if room > bound]
    unmarked = [not line.ends_in_blank for line in ends]
    if len(marked) < MIN_WITHIN or len(unmarked) < MIN_BETWEEN:
        return None
    if sum(marked) < MIN_MARKED * len(marked) or sum(unmarked) < MIN_MARKED * len(unmarked):
        return None
    small = [room for has_blank, room in broken if not has_blank and room <= bound]
    return min(
        bound, max([USUAL_BLANK_ROOM * setting.size, *(room + BLANK_SLACK * setting.size for room in small)])
    )


def _breaks_without_blank(line: PdfLine, below: PdfLine) -> bool:
    """Return whether a line may be broken between two signs without a blank: after or before a dash, or amid signs."""
    return line.text[-1] in "-‐–—/" or below.text[0] in "‐–—" or line.text[-1] >= FIRST_SIGN


def _blank(between: Sequence[float], within: Sequence[float]) -> float | None:
    """Return the distance of two lines from which a paragraph begins, where those between and within them differ.

    >>> _blank([18.4, 18.4, 18.3], [15.6, 15.6, 15.5, 15.6]), _blank([15.6, 15.6], [15.6, 15.6, 15.5, 15.6])
    (17.0, None)
    """
    if len(between) < MIN_BETWEEN or len(within) < MIN_WITHIN:
        return None
    leading, apart = median(within), median(between)
    middle = (leading + apart) / 2
    is_told = (
        apart > (1 + MIN_BLANK) * leading
        and sum(step < middle for step in within) >= MIN_ALIKE * len(within)
        and sum(step > middle for step in between) >= MIN_ALIKE * len(between)
    )
    return min(middle, EXTRA_LEADING * leading) if is_told else None


def goes_on(above: PdfLine, below: PdfLine) -> bool:
    """Return whether a line plainly goes on with the one before it: it begins with a small letter.

    In scripts that have none but end sentences by a mark, it does where the one before it ends no sentence.
    """
    first = below.text[0]
    has_no_case = is_from_right(first) or first >= FIRST_SIGN
    return first.islower() or (has_no_case and not is_finished(above.text) and above.text[-1] not in ":;：；")


def first_word_width(line: PdfLine) -> float:
    """Return the room that the first word of a line and the blank before it take, in points, as far as it tells."""
    if line.opening:
        return line.opening
    word = line.text.split(None, 1)[0]
    return len(word) * (line.right - line.left) / max(1, len(line.text)) + 0.3 * line.size


def body_size(lines: Iterable[PdfLine]) -> float:
    """Return the size in which most letters are set."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return (sizes.most_common(1)[0][0] if sizes else 0.0) or 1.0


def leading_of(lines: Sequence[PdfLine], size: float) -> float:
    """Return the usual distance of two lines of a paragraph.

    Where few lines plainly go on from the one above, most are taken to.
    """
    steps = [
        (above.baseline - below.baseline, goes_on(above, below))
        for above, below in pairwise(lines)
        if above.page == below.page and 0.5 * size < above.baseline - below.baseline < 3 * size
    ]
    within = [step for step, is_within in steps if is_within]
    if len(within) >= MIN_WITHIN:
        return median(within)
    usual = sorted(step for step, _ in steps)[: max(1, len(steps) * 3 // 4)]
    return median(usual) if usual else 1.2 * size


def columns_of(lines: Sequence[PdfLine]) -> dict[int, LineEdges]:
    """Return the column of each line by its id: where the lines set near it, in the same size, begin and end.

    Enough of them are looked at to have lines that go on in the next: items of a list may all be short.
    """
    full = {
        id(above)
        for above, below in pairwise(lines)
        if goes_on(above, below) and _is_of_one_column(above, below)
    }
    lefts = Counter(round(line.left) for line in lines)
    columns: dict[int, LineEdges] = {}
    for index, line in enumerate(lines):
        near: list[PdfLine] = []
        full_near = 0
        reach = range(1, (MAX_REACH if full else COLUMN_LINES) + 1)
        for place in (index, *(index + side * step for step in reach for side in (-1, 1))):
            other = lines[place] if 0 <= place < len(lines) else None
            if other and _is_of_one_column(other, line):
                near.append(other)
                full_near += id(other) in full
                if len(near) > COLUMN_LINES and (full_near >= FULL_LINES or not full):
                    break
        columns[id(line)] = LineEdges(_usual_left(near, lefts), max(other.right for other in near))
    return columns


def _narrow_beside(
    pictures: Sequence[PdfPicture], lines: Sequence[PdfLine], columns: dict[int, LineEdges]
) -> None:
    """End the column of the lines to the left of a picture, around which text flows, where the longest of them does."""
    for picture in pictures:
        beside = [
            line
            for line in lines
            if line.page == picture.page
            and line.bottom < picture.top + line.size  # with the room around it
            and line.top > picture.bottom - line.size
            and line.right < picture.left + EDGE
            and picture.left < columns[id(line)].right - line.size
            and picture.top - picture.bottom > 2 * line.size
        ]
        if len(beside) < MIN_BESIDE:
            continue
        right = max(line.right for line in beside)
        for line in beside:
            columns[id(line)] = replace(columns[id(line)], right=right)


def _is_of_one_column(other: PdfLine, line: PdfLine) -> bool:
    return (
        other.page == line.page
        and abs(other.size - line.size) <= 0.1 * line.size
        and abs(other.left - line.left) < 5 * line.size
    )


def _usual_left(lines: Sequence[PdfLine], everywhere: Counter[int]) -> float:
    """Return the edge furthest to the left at which several lines begin.

    Where none do, as with few lines on the last page, it is where most lines of the document do that begin as one does.
    """
    least = min(line.left for line in lines)
    if sum(line.left < least + EDGE for line in lines) > 1:
        return least
    counts = Counter(round(line.left) for line in lines)
    return float(
        max(counts, key=lambda left: (sum(everywhere[left + by] for by in (-1, 0, 1)), counts[left]))
    )


def with_runs_joined(lines: Sequence[PdfLine]) -> list[PdfLine]:
    """Return the lines with runs on one line joined, however far apart justification moved them.

    Two runs are on one line where the gap is small, or where a line just above or below, in the same letters, spans
    both.
    """
    joined: list[PdfLine] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        index += 1
        while index < len(lines) and _is_on_one_line(line, lines[index]):
            run = lines[index]
            is_close = run.left - line.right < SAME_LINE_GAP * line.size
            neighbours = (*joined[-1:], *lines[index + 1 : index + 2])
            if not is_close and not any(_spans(other, line, run) for other in neighbours):
                break
            line = replace(
                line,
                text=f"{line.text} {run.text}",
                right=run.right,
                bottom=min(line.bottom, run.bottom),
                top=max(line.top, run.top),
                ends_in_blank=run.ends_in_blank,
                has_hyphen_apart=run.has_hyphen_apart,
            )
            index += 1
        joined.append(line)
    return joined


def _is_on_one_line(line: PdfLine, run: PdfLine) -> bool:
    return (
        (line.page, line.element) == (run.page, run.element)
        and abs(line.baseline - run.baseline) < 0.5 * line.size
        and run.left >= line.right - line.size
        and abs(line.size - run.size) <= 0.1 * line.size
    )


def _spans(other: PdfLine, line: PdfLine, run: PdfLine) -> bool:
    """Return whether a line goes on from where one run begins to where the other ends, just above or below them."""
    return (
        other.page == line.page
        and abs(other.size - line.size) <= 0.1 * line.size
        and 0.5 * line.size < abs(other.baseline - line.baseline) < 2 * line.size
        and other.left < line.left + line.size
        and other.right > run.right - line.size
    )
