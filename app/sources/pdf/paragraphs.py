"""Rebuild paragraphs from the lines of a PDF: across lines, columns and pages."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from app.collation.lexicon import is_common
from app.collation.text.sentences import is_finished
from app.sources.documents import DocumentLine
from app.sources.pdf.lines import PdfLine

EDGE_SHARE = 0.12
"""Share of a page's height at its top and its foot in which running heads and page numbers are."""

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

HEADING_LEADING = 1.6
"""Distance between two lines of one heading, in sizes of its letters."""

INDENT = 0.8
"""Indent of a first line, in sizes of its letters."""

EXTRA_LEADING = 1.35
"""Distance to the line above, in usual distances, from which a paragraph begins."""

SAME_LINE_GAP = 8.0
"""Blank between two runs on one height, in sizes of their letters, up to which they are of one line."""

COLUMN_LINES = 8
"""Lines before and after one that tell where its column is."""

TIGHT, LOOSE = 1.2, 2.5
"""How many times the next line's first word must not have fitted for a line to be full: where that alone tells where
paragraphs end, and where blanks or indents tell it too."""

MIN_APART = 0.06
"""Share of the lines above which there is a blank, or which are indented, from which paragraphs are set so."""

_PAGE_NUMBER = re.compile(
    r"\W*(?:page|seite|p\.)?\W*\d{1,4}(?:\s*(?:/|of|von|sur|de)\s*\d{1,4})?\W*\Z", re.IGNORECASE
)
_NUMBERS = re.compile(r"\d+")
_ITEM = re.compile(r"(?:[•·▪●◦‣*]|\(?\d{1,3}[.)]|[a-z]\))\s")
_DASHED_ITEM = re.compile(r"[–—-]\s")
_BROKEN_WORD = re.compile(r"(?P<first>[^\W\d_]+)[-\u00ad‐]\Z")
_REST = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_DASH_AT_END = re.compile(r"\w[—]\Z")
_DASH_AT_START = re.compile(r"[—]\w")
_PREFIXES = frozenset(
    "anti co counter cross ex half inter mid multi neo non post pre pro quasi re self semi trans ultra vice".split()
)
_NOTE = re.compile(r"\W?(?:\d{1,3}\b|\d{1,3}(?=[^\W\d])|[*†‡§]+)")


@dataclass(slots=True)
class _Column:
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class _Layout:
    """How a PDF sets its paragraphs."""

    columns: dict[int, _Column]
    """Of each line, by its id."""
    size: float
    """Of the body's letters."""
    leading: float
    slack: float
    sets_in: bool
    """Whether the first line of a paragraph is indented."""


def rebuilt(lines: Sequence[PdfLine], heights: Sequence[float]) -> list[DocumentLine]:
    """Return the paragraphs of a PDF in the order in which it sets them, with running heads and headings marked."""
    lines = [line for line in lines if line.text]
    if not lines:
        return []
    edges = _running_heads(lines, heights)
    body = [line for line in lines if id(line) not in edges]
    notes = _footnotes(body)
    body = [line for line in body if id(line) not in notes]
    return [
        *_paragraphs(body),
        *(
            DocumentLine(text, "footnote")
            for text in _note_texts(line for line in lines if id(line) in notes)
        ),
        *(DocumentLine(text, "running head") for text in dict.fromkeys(edges.values())),
    ]


def _running_heads(lines: Sequence[PdfLine], heights: Sequence[float]) -> dict[int, str]:
    """Return the texts of lines at the pages' edges that are on many pages, or are their numbers, by their ids."""
    pages_of: dict[str, set[int]] = defaultdict(set)
    at_edge: list[tuple[PdfLine, str, Sequence[PdfLine]]] = []
    for index, line in enumerate(lines):
        height = heights[line.page] if line.page < len(heights) else 0
        if height and (line.top > height * (1 - EDGE_SHARE) or line.bottom < height * EDGE_SHARE):
            form = _NUMBERS.sub("0", line.text)
            pages_of[form].add(line.page)
            at_edge.append((line, form, (*lines[max(0, index - 1) : index], *lines[index + 1 : index + 2])))
    pages = len({line.page for line in lines})
    least = max(2, MIN_REPEATS * pages)
    leading = _leading(lines, _body_size(lines))
    return {
        id(line): line.text
        for line, form, neighbours in at_edge
        if (len(pages_of[form]) >= least and not _is_within_text(line, neighbours, leading))
        or (_PAGE_NUMBER.match(line.text) and len(line.text) < 20)
    } | _above_title(lines, heights)


def _is_within_text(line: PdfLine, neighbours: Sequence[PdfLine], leading: float) -> bool:
    """Return whether a line is set with those before or after it, as the first and last ones of a column are."""
    return any(
        other.page == line.page
        and 0.5 * leading < abs(other.baseline - line.baseline) < EXTRA_LEADING * leading
        and abs(other.size - line.size) < 0.05 * line.size
        and _overlap(line, other)
        for other in neighbours
    )


def _overlap(line: PdfLine, other: PdfLine) -> bool:
    """Return whether one is above the other, at whatever distance."""
    return line.left < other.right and other.left < line.right


def _above_title(lines: Sequence[PdfLine], heights: Sequence[float]) -> dict[int, str]:
    """Return the texts of short lines above the headline, by their ids: the paper's name, the day, the section."""
    first = [line for line in lines if line.page == 0]
    title = max(first, key=lambda line: line.size, default=None)
    if title is None or not heights or title.size < HEADING_SIZE * _body_size(lines):
        return {}
    return {
        id(line): line.text
        for line in first
        if line.bottom >= title.top
        and line.top > heights[0] * (1 - EDGE_SHARE)
        and len(line.text.split()) <= MAX_HEAD_WORDS
        and not is_finished(line.text)
    }


def _footnotes(lines: Sequence[PdfLine]) -> set[int]:
    """Return the ids of the lines of footnotes: in smaller letters than the text, below it, the first one marked."""
    size = _body_size(lines)
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


def _paragraphs(lines: Sequence[PdfLine]) -> list[DocumentLine]:
    layout = _layout(lines)
    size = layout.size
    words = Counter(word.lower().replace("‐", "-") for line in lines for word in _WORD.findall(line.text))
    breaks_words = _breaks_words(lines, words)
    built: list[DocumentLine] = []
    texts: list[str] = []
    kind = ""
    for index, line in enumerate(lines):
        before = lines[index - 1] if index else None
        around = (
            lines[index - 2] if index > 1 else None,
            lines[index + 1] if index + 1 < len(lines) else None,
        )
        is_set_in = any(
            other and other.page == line.page and abs(other.left - line.left) < 1 for other in around
        )
        if before is None or not _continues(before, line, layout, is_set_in):
            if texts:
                built.append(DocumentLine(texts[0], kind))
            texts = [line.text]
            kind = "heading" if line.size >= HEADING_SIZE * size else ""
        else:
            texts = [_joined(texts[0], line.text, words, breaks_words)]
    if texts:
        built.append(DocumentLine(texts[0], kind))
    largest = max((line.size for line in lines if line.page == 0), default=0.0)
    if largest >= HEADING_SIZE * size:
        title = next((line.text for line in lines if line.page == 0 and line.size == largest), "")
        for place, paragraph in enumerate(built):
            if title and paragraph.text.startswith(title):
                built[place] = DocumentLine(paragraph.text, "title")
                break
    return built


def _body_size(lines: Sequence[PdfLine]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] or 1.0


def _leading(lines: Sequence[PdfLine], size: float) -> float:
    steps = [
        above.baseline - below.baseline
        for above, below in pairwise(lines)
        if above.page == below.page and 0.5 * size < above.baseline - below.baseline < 3 * size
    ]
    return median(sorted(steps)[: max(1, len(steps) * 3 // 4)]) if steps else 1.2 * size


def _columns(lines: Sequence[PdfLine]) -> dict[int, _Column]:
    """Return the column of each line by its id: where the lines set near it, in the same size, begin and end."""
    columns: dict[int, _Column] = {}
    for index, line in enumerate(lines):
        near = [
            other
            for other in lines[max(0, index - COLUMN_LINES) : index + COLUMN_LINES + 1]
            if other.page == line.page
            and abs(other.size - line.size) <= 0.1 * line.size
            and abs(other.left - line.left) < 5 * line.size
        ]
        columns[id(line)] = _Column(_usual_left(near), max(other.right for other in near))
    return columns


def _usual_left(lines: Sequence[PdfLine]) -> float:
    counts = Counter(round(line.left) for line in lines)
    usual, _ = counts.most_common(1)[0]
    least = min(counts)
    return float(least if counts[least] > 1 else usual)


def _layout(lines: Sequence[PdfLine]) -> _Layout:
    size = _body_size(lines)
    leading = _leading(lines, size)
    columns = _columns(lines)
    least = MIN_APART * len(lines)
    indents = {id(line) for line in lines if _is_indented(line, columns[id(line)])}
    apart = sum(
        above.page == below.page
        and (above.baseline - below.baseline > EXTRA_LEADING * leading or id(below) in indents)
        for above, below in pairwise(lines)
    )
    slack = LOOSE if apart >= least else TIGHT
    return _Layout(columns, size, leading, slack, sets_in=len(indents) >= least)


def _is_indented(line: PdfLine, column: _Column) -> bool:
    return column.left + INDENT * line.size < line.left < column.left + 5 * line.size


def _continues(before: PdfLine, line: PdfLine, layout: _Layout, is_set_in: bool) -> bool:
    """Return whether a line goes on with the paragraph of the line before it."""
    size = max(before.size, 1.0)
    if abs(before.size - line.size) > 0.1 * size or _ITEM.match(line.text):
        return False
    if _DASHED_ITEM.match(line.text) and (is_finished(before.text) or before.text.endswith(":")):
        return False
    column, own = layout.columns[id(before)], layout.columns[id(line)]
    slack = layout.slack
    step = before.baseline - line.baseline
    on_one_line = before.page == line.page and abs(step) < 0.5 * size and line.left >= before.right - size
    if on_one_line:
        return line.left - before.right < SAME_LINE_GAP * size
    is_indented = _is_indented(line, own)
    first_word = len(line.text.split(None, 1)[0]) * (line.right - line.left) / max(1, len(line.text))
    is_below = before.page == line.page and step > 0 and abs(own.left - column.left) < 4 * size
    if is_below and line.size >= HEADING_SIZE * layout.size:
        return step < HEADING_LEADING * size
    if is_indented and is_set_in and abs(line.left - before.left) < 1:
        # One block that is set in, or paragraphs of a line each.
        is_indented, slack = is_finished(before.text), TIGHT
    slack = slack if is_below else TIGHT
    is_full = before.right + slack * (first_word + 0.3 * size) > column.right - 0.2 * size
    is_below = before.page == line.page and step > 0 and abs(own.left - column.left) < 4 * size
    if is_below:
        if step > EXTRA_LEADING * layout.leading or is_indented:
            return False
        return is_full
    # At the top of another column or page.
    if is_indented:
        return False
    if not is_finished(before.text) or line.text[0].islower():
        return is_full
    return layout.sets_in or before.right + first_word + 0.3 * size > column.right + 0.2 * size


def _breaks_words(lines: Sequence[PdfLine], words: Counter[str]) -> bool:
    """Return whether a PDF breaks words at the ends of lines, so that most hyphens there are not the words' own."""
    total = clear = 0
    for before, line in pairwise(lines):
        match, rest = _BROKEN_WORD.search(before.text), _REST.match(line.text)
        if match and rest and rest.group()[0].islower():
            first, last = match["first"].lower(), rest.group()
            is_known = words[first + last] or is_common(first + last)
            total += 1
            clear += bool(is_known) and not (is_common(first) and is_common(last))
    return 2 * clear >= total


def _joined(text: str, following: str, words: Counter[str], breaks_words: bool) -> str:
    """Return two lines as one, with a word that was broken at the line's end mended."""
    match = _BROKEN_WORD.search(text)
    rest = _REST.match(following)
    if not match or not rest:
        touch = _DASH_AT_END.search(text) or _DASH_AT_START.match(following)
        return text + following if touch else f"{text} {following}"
    if rest.group()[0].isupper():
        return text + following
    if text[-1] != "\u00ad" and _is_compound(match["first"].lower(), rest.group(), words, breaks_words):
        return text + following
    return text[:-1] + following


def _is_compound(first: str, last: str, words: Counter[str], breaks_words: bool) -> bool:
    """Return whether a hyphen between two parts of a word is its own: by the document, else by the words there are."""
    whole, hyphenated = first + last, f"{first}-{last}"
    if words[whole] != words[hyphenated]:
        return words[hyphenated] > words[whole]
    if not breaks_words or len(first) == 1:
        return True
    is_known = is_common(whole) and (not whole.endswith("s") or is_common(whole[:-1]))
    return not is_known and is_common(last) and (is_common(first) or first in _PREFIXES)
