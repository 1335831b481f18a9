"""Rebuild paragraphs from the lines of a PDF: across lines, columns and pages."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from app.collation.text.sentences import is_abbreviation, is_finished
from app.sources.documents import DocumentLine
from app.sources.html.texts import is_picture_credit
from app.sources.html.texts import size as size_of
from app.sources.pdf import tagged
from app.sources.pdf.column_ends import ColumnBreak, ParagraphPart, joined_across_columns, room_below
from app.sources.pdf.hyphens import Hyphens
from app.sources.pdf.lines import PdfLine, PdfPicture
from app.sources.pdf.structure import ARTIFACT, CONTAINERS
from app.sources.pdf.typesetting import (
    EDGE,
    EXTRA_LEADING,
    FLUSH,
    SAME_LINE_GAP,
    TIGHT,
    Typesetting,
    body_size,
    first_word_width,
    goes_on,
    leading_of,
    typesetting_of,
    with_runs_joined,
)

EDGE_SHARE = 0.12
"""Share of a page's height at its top and its foot in which running heads and page numbers are."""

OUTER_SHARE, OUTER_LINES = 0.2, 2
"""The same where margins are wide, and how many of the page's outermost lines may be there."""

MIN_REPEATS = 0.4
"""Share of the pages on which a line at the edge is, from which it is a running head."""

HEADING_SIZE = 1.12
"""Size of letters, in sizes of the body's, from which a line is a heading."""

NOTE_SIZE = 0.93
"""Size of letters, in sizes of the body's, up to which lines below the text are footnotes."""

STRIP, MAX_STRIPS = 10.0, 200
"""Points of each strip of a page in which what is lowest is looked for, and the most of them."""

MAX_HEAD_WORDS = 12
"""Words of the longest line above a headline that is no part of the article."""

HANGING = 0.3
"""How much further in than its first line, in sizes of the letters, an item's other lines are."""

HEADING_LEADING = 1.6
"""Distance between two lines of one heading, in sizes of its letters."""

OPENING_QUOTES, CLOSING_QUOTES = '“„«"', '”“»"'

_PAGE_NUMBER = re.compile(
    r"\W*(?:page|seite|p\.)?\W*\d{1,4}(?:\s*(?:/|of|von|sur|de)\s*\d{1,4})?\W*\Z", re.IGNORECASE
)
_ADDRESS = re.compile(r"(?:https?|file)://\S+\Z")
"""What a browser prints at the foot: the address of the page."""
_NUMBERS = re.compile(r"\d+")
_BULLET = re.compile(r"\A[•·▪●◦‣*]\s+")
_NUMBERED = re.compile(r"(?:\(?\d{1,3}[.)]|[a-z]\))\s")
_DASHED_ITEM = re.compile(r"[–—-]\s")
_NOTE_MARK = re.compile(r"(?:\d{1,3}|[*†‡§]{1,3})\Z")
_NOTE = re.compile(r"\W?(?:\d{1,3}\b|\d{1,3}(?=[^\W\d])|[*†‡§]+)")


def rebuilt(
    lines: Sequence[PdfLine],
    heights: Sequence[float],
    pictures: Sequence[PdfPicture] = (),
    kinds: Sequence[str] = (),
) -> list[DocumentLine]:
    """Return the paragraphs of a PDF in the order in which it sets them, with running heads and headings marked.

    ``kinds`` are the types of a tagged PDF's elements; they tell the paragraphs and their order where they are sound.
    """
    lines = _without_note_marks([line for line in lines if line.text])
    if not lines:
        return []
    edges = _running_heads(lines, heights)
    if tagged.covers(lines):
        held = {line.element for line in lines if id(line) not in edges}
        edges = {
            id(line): line.text
            for line in lines
            if line.element == ARTIFACT or (id(line) in edges and line.element not in held)
        }
    else:
        kinds = ()
    body = [line for line in lines if id(line) not in edges]
    notes = _footnotes(body)
    body = [line for line in body if id(line) not in notes]
    return [
        *(_paragraphs(with_runs_joined(body), pictures, kinds) if body else []),
        *(
            DocumentLine(text, "footnote")
            for text in _note_texts(line for line in lines if id(line) in notes)
        ),
        *(DocumentLine(text, "running head") for text in dict.fromkeys(edges.values())),
    ]


def _without_note_marks(lines: Sequence[PdfLine]) -> list[PdfLine]:
    """Return the lines without those that are nothing but a footnote's mark, raised after the last word of a line."""
    return [
        line
        for before, line in zip([None, *lines], lines, strict=False)
        if before is None
        or not _NOTE_MARK.match(line.text)
        or line.page != before.page
        or line.size > NOTE_SIZE * before.size
        or not -0.2 * before.size < line.left - before.right < 0.5 * before.size
        or not 0.1 * before.size < line.baseline - before.baseline < before.size
    ]


def _running_heads(lines: Sequence[PdfLine], heights: Sequence[float]) -> dict[int, str]:
    """Return the texts of lines at the pages' edges that are on many pages, numbers or addresses, by the lines' ids."""
    pages_of: dict[str, set[int]] = defaultdict(set)
    at_edge: list[tuple[PdfLine, str, Sequence[PdfLine]]] = []
    outer = _outer_baselines(lines)
    for index, line in enumerate(lines):
        share = OUTER_SHARE if line.baseline in outer[line.page] else EDGE_SHARE
        if _is_near_edge(line, heights, share):
            form = _NUMBERS.sub("0", line.text)
            pages_of[form].add(line.page)
            at_edge.append((line, form, (*lines[max(0, index - 1) : index], *lines[index + 1 : index + 2])))
    pages = len({line.page for line in lines})
    least = max(2, MIN_REPEATS * pages)
    leading = leading_of(lines, body_size(lines))
    return {
        id(line): line.text
        for line, form, neighbours in at_edge
        if (len(pages_of[form]) >= least and not _is_within_text(line, neighbours, leading))
        or (
            _PAGE_NUMBER.match(line.text)
            and len(line.text) < 20
            and not _ends_paragraph(line, neighbours, leading)
        )
        or _ADDRESS.match(line.text)
    } | _above_title(lines, heights)


def _outer_baselines(lines: Sequence[PdfLine]) -> dict[int, set[float]]:
    """Return where the first and last lines of each page are."""
    baselines: dict[int, set[float]] = defaultdict(set)
    for line in lines:
        baselines[line.page].add(line.baseline)
    outer: dict[int, set[float]] = {}
    for page, places in baselines.items():
        ordered = sorted(places)
        outer[page] = {*ordered[:OUTER_LINES], *ordered[-OUTER_LINES:]}
    return outer


def _is_near_edge(line: PdfLine, heights: Sequence[float], share: float) -> bool:
    """Return whether a line is in this share of its page's height at its top or its foot."""
    height = heights[line.page] if line.page < len(heights) else 0
    return bool(height) and (line.top > height * (1 - share) or line.bottom < height * share)


def _is_within_text(line: PdfLine, neighbours: Sequence[PdfLine], leading: float) -> bool:
    """Return whether a line is set with those before or after it, as the first and last ones of a column are."""
    return any(
        other.page == line.page
        and 0.5 * leading < abs(other.baseline - line.baseline) < EXTRA_LEADING * leading
        and abs(other.size - line.size) < 0.05 * line.size
        and _overlap(line, other)
        for other in neighbours
    )


def _ends_paragraph(line: PdfLine, neighbours: Sequence[PdfLine], leading: float) -> bool:
    """Return whether a line is set with the text before it, and begins where that does."""
    return any(
        other.baseline > line.baseline
        and abs(other.left - line.left) < EDGE
        and _is_within_text(line, [other], leading)
        for other in neighbours
    )


def _overlap(line: PdfLine, other: PdfLine) -> bool:
    """Return whether one is above the other, at whatever distance."""
    return line.left < other.right and other.left < line.right


def _above_title(lines: Sequence[PdfLine], heights: Sequence[float]) -> dict[int, str]:
    """Return the texts of short lines above the headline, by their ids: the paper's name, the day, the section."""
    first = [line for line in lines if line.page == 0]
    title = max(first, key=lambda line: line.size, default=None)
    if title is None or not heights or title.size < HEADING_SIZE * body_size(lines):
        return {}
    return {
        id(line): line.text
        for line in first
        if line.bottom >= title.top
        and line.top > heights[0] * (1 - OUTER_SHARE)
        and len(line.text.split()) <= MAX_HEAD_WORDS
        and not is_finished(line.text)
    }


def _footnotes(lines: Sequence[PdfLine]) -> set[int]:
    """Return the ids of the lines of footnotes: in smaller letters than the text, below it, the first one marked."""
    size = body_size(lines)
    lowest: dict[tuple[int, int], float] = {}
    for line in lines:
        if line.size > NOTE_SIZE * size:
            for place in _strips(line):
                lowest[place] = min(line.baseline, lowest.get(place, line.baseline))
    notes: set[int] = set()
    is_marked = False
    before: PdfLine | None = None
    for line in lines:
        is_below = line.size <= NOTE_SIZE * size and all(
            line.baseline < lowest.get(place, math.inf) for place in _strips(line)
        )
        is_on = is_marked and before is not None and before.page == line.page
        is_marked = is_below and (is_on or bool(_NOTE.match(line.text)))
        if is_marked:
            notes.add(id(line))
        before = line
    return notes


def _strips(line: PdfLine) -> Iterator[tuple[int, int]]:
    """Yield the strips of its page, from top to bottom, that a line is in."""
    first, last = (min(max(int(edge / STRIP), 0), MAX_STRIPS) for edge in (line.left, line.right))
    return ((line.page, strip) for strip in range(first, last + 1))


def _note_texts(lines: Iterable[PdfLine]) -> list[str]:
    texts: list[str] = []
    for line in lines:
        if not texts or _NOTE.match(line.text):
            texts.append(line.text)
        else:
            texts[-1] = f"{texts[-1]} {line.text}"
    return texts


def _paragraphs(
    lines: Sequence[PdfLine], pictures: Sequence[PdfPicture], kinds: Sequence[str]
) -> list[DocumentLine]:
    setting = typesetting_of(lines, pictures)
    if kinds and tagged.is_sound(lines, setting, kinds):
        lines = tagged.in_order(lines)
    else:
        kinds = ()
    pieces = joined_across_columns(_pieces(lines, setting, kinds))
    built = [DocumentLine(_BULLET.sub("", piece.text, count=1), piece.kind) for piece in pieces]
    size = body_size(lines)
    largest = max((line.size for line in lines if line.page == 0), default=0.0)
    if largest >= HEADING_SIZE * size:
        title = next((line.text for line in lines if line.page == 0 and line.size == largest), "")
        for place, paragraph in enumerate(built):
            if title and paragraph.text.startswith(title):
                built[place] = DocumentLine(paragraph.text, "title")
                break
    return built


def _pieces(lines: Sequence[PdfLine], setting: Typesetting, kinds: Sequence[str]) -> list[ParagraphPart]:
    """Return the paragraphs, in parts if it is unclear whether they continue in another column."""
    hyphens = Hyphens(lines)
    steps = tagged.least_steps(lines) if kinds else {}
    pieces: list[ParagraphPart] = []
    small: list[ParagraphPart] = []
    opening = lines[0]
    for index, line in enumerate(lines):
        before, after = (
            lines[place] if 0 <= place < len(lines) else None for place in (index - 1, index + 1)
        )
        is_set_in = any(
            other and other.page == line.page and abs(other.left - line.left) < 1
            for other in (lines[index - 2] if index > 1 else None, after)
        )
        is_hanging = _is_item(opening) and line.left > opening.left + HANGING * line.size
        kind = kinds[line.element] if line.element > 0 and kinds else ""
        is_on: bool | None = False
        if before and kind and before.element == line.element and kind not in CONTAINERS:
            is_on = not tagged.is_parted(before, line, steps.get(line.element, math.inf))
        elif before and not (kinds and tagged.ends_element(before, line, kinds)):
            is_on = _continues(before, line, after, setting, is_set_in, is_hanging)
        if before and is_on:
            parts = pieces[-1].parts
            parts[-1] = hyphens.ending(before, line.text)
            parts.append(line.text)
            if before.page == line.page and before.baseline >= line.baseline - 0.5 * line.size:
                pieces[-1].runs[-1] += 1
            else:
                pieces[-1].runs.append(1)
        else:
            opening = line
            if before:
                room = setting.columns[id(before)].right - before.right
                pieces[-1].is_full = room < first_word_width(line)
            is_large = line.size >= HEADING_SIZE * setting.size
            pieces.append(ParagraphPart([line.text], tagged.role_of(kind) or ("heading" if is_large else "")))
            if line.size <= NOTE_SIZE * setting.size:
                small.append(pieces[-1])
            if before and is_on is None:
                has_room = room_below(before, lines, setting.leading)
                pieces[-1].break_before = ColumnBreak(has_room, before.page == lines[-1].page)
    for piece in small:
        piece.kind = "caption" if is_picture_credit(piece.text, size_of(piece.text)) else piece.kind
    return pieces


def _continues(
    before: PdfLine,
    line: PdfLine,
    after: PdfLine | None,
    setting: Typesetting,
    is_set_in: bool,
    is_hanging: bool,
) -> bool | None:
    """Return whether a line goes on with the paragraph of the line before it.

    None where their places cannot tell: the one before it, the last of a column, is full and ends a sentence.
    """
    size = max(before.size, 1.0)
    column, own = setting.columns[id(before)], setting.columns[id(line)]
    room, needed = column.right - before.right, first_word_width(line)
    is_over = is_finished(before.text) or before.text[-1] in ":;"
    if abs(before.size - line.size) > 0.1 * size or _BULLET.match(line.text):
        return False
    is_abbreviated = before.text[-1] == "." and is_abbreviation(before.text, len(before.text) - 1)
    if (_NUMBERED.match(line.text) and ((is_over and not is_abbreviated) or room > TIGHT * needed)) or (
        _DASHED_ITEM.match(line.text) and is_over
    ):
        return False
    slack = setting.slack
    step = before.baseline - line.baseline
    if before.page == line.page and abs(step) < 0.5 * size and line.left >= before.right - size:
        return line.left - before.right < SAME_LINE_GAP * size
    is_below = before.page == line.page and step > 0 and abs(own.left - column.left) < 4 * size
    if is_below and line.size >= HEADING_SIZE * setting.size:
        return step < HEADING_LEADING * size
    is_indented = setting.is_indented(line) and not is_hanging
    is_set_in = is_set_in or goes_on(before, line)
    if is_indented and is_set_in and abs(line.left - before.left) < 1 and not _is_first(line, after, setting):
        # One block that is set in, or paragraphs of a line each.
        is_indented, slack = is_finished(before.text), TIGHT
    is_full = room < (slack if is_below else TIGHT) * needed + 0.2 * size
    is_end = setting.is_marked_end(before, line)
    if is_end:
        return False
    if is_below:
        return is_full and not is_indented and step <= setting.blank
    # At the top of another column or page.
    if is_indented:
        return False
    if not is_finished(before.text) or line.text[0].islower():
        return is_full
    if setting.sets_in or is_end is False:
        return True
    if setting.is_justified:
        return room < FLUSH * size
    is_another_speaker = before.text[-1] in CLOSING_QUOTES and line.text[0] in OPENING_QUOTES
    room += setting.width_of(column) - (column.right - column.left)
    return None if room < needed and not is_another_speaker else False


def _is_item(line: PdfLine) -> bool:
    """Return whether a line opens an item of a list, whose further lines may be set in."""
    return bool(_BULLET.match(line.text) or _NUMBERED.match(line.text) or _DASHED_ITEM.match(line.text))


def _is_first(line: PdfLine, after: PdfLine | None, setting: Typesetting) -> bool:
    """Return whether a line that is set in goes on in one that is not, as the first one of a paragraph does."""
    return (
        setting.sets_in
        and after is not None
        and after.page == line.page
        and 0 < line.baseline - after.baseline <= setting.blank
        and not setting.is_indented(after)
        and not is_finished(line.text)
    )
