"""Rebuild paragraphs from the lines of a PDF: across lines, columns and pages."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
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
_ITEM = re.compile(r"(?:[•·▪●◦‣*–—-]|\(?\d{1,3}[.)]|[a-z]\))\s")
_BROKEN_WORD = re.compile(r"(?P<first>[^\W\d_]{2,})[-\u00ad‐]\Z")
_REST = re.compile(r"[^\W\d_]+")


@dataclass(slots=True)
class _Column:
    left: float
    right: float


def rebuilt(lines: Sequence[PdfLine], heights: Sequence[float]) -> list[DocumentLine]:
    """Return the paragraphs of a PDF in the order in which it sets them, with running heads and headings marked."""
    lines = [line for line in lines if line.text]
    if not lines:
        return []
    edges = _running_heads(lines, heights)
    body = [line for line in lines if id(line) not in edges]
    return [
        *_paragraphs(body),
        *(DocumentLine(text, "running head") for text in dict.fromkeys(edges.values())),
    ]


def _running_heads(lines: Sequence[PdfLine], heights: Sequence[float]) -> dict[int, str]:
    """Return the texts of lines at the pages' edges that are on many pages, or are their numbers, by their ids."""
    pages_of: dict[str, set[int]] = defaultdict(set)
    at_edge: list[tuple[PdfLine, str]] = []
    for line in lines:
        height = heights[line.page] if line.page < len(heights) else 0
        if height and (line.top > height * (1 - EDGE_SHARE) or line.bottom < height * EDGE_SHARE):
            form = _NUMBERS.sub("0", line.text)
            pages_of[form].add(line.page)
            at_edge.append((line, form))
    pages = len({line.page for line in lines})
    least = max(2, MIN_REPEATS * pages)
    return {
        id(line): line.text
        for line, form in at_edge
        if len(pages_of[form]) >= least or (_PAGE_NUMBER.match(line.text) and len(line.text) < 20)
    }


def _paragraphs(lines: Sequence[PdfLine]) -> list[DocumentLine]:
    size = _body_size(lines)
    leading = _leading(lines, size)
    columns = _columns(lines)
    slack = LOOSE if _sets_paragraphs_apart(lines, columns, leading) else TIGHT
    words = Counter(word.lower() for line in lines for word in _REST.findall(line.text))
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
        if before is None or not _continues(before, line, columns, leading, slack, size, is_set_in):
            if texts:
                built.append(DocumentLine(texts[0], kind))
            texts = [line.text]
            kind = "heading" if line.size >= HEADING_SIZE * size else ""
        else:
            texts = [_joined(texts[0], line.text, words)]
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


def _sets_paragraphs_apart(lines: Sequence[PdfLine], columns: dict[int, _Column], leading: float) -> bool:
    """Return whether blanks or indents tell where paragraphs begin."""
    count = sum(
        above.page == below.page
        and (
            above.baseline - below.baseline > EXTRA_LEADING * leading
            or _is_indented(below, columns[id(below)])
        )
        for above, below in pairwise(lines)
    )
    return count >= MIN_APART * len(lines)


def _is_indented(line: PdfLine, column: _Column) -> bool:
    return column.left + INDENT * line.size < line.left < column.left + 5 * line.size


def _continues(
    before: PdfLine,
    line: PdfLine,
    columns: dict[int, _Column],
    leading: float,
    slack: float,
    body: float,
    is_set_in: bool,
) -> bool:
    """Return whether a line goes on with the paragraph of the line before it."""
    size = max(before.size, 1.0)
    if abs(before.size - line.size) > 0.1 * size or _ITEM.match(line.text):
        return False
    column, own = columns[id(before)], columns[id(line)]
    step = before.baseline - line.baseline
    on_one_line = before.page == line.page and abs(step) < 0.5 * size and line.left >= before.right - size
    if on_one_line:
        return line.left - before.right < SAME_LINE_GAP * size
    is_indented = _is_indented(line, own)
    first_word = len(line.text.split(None, 1)[0]) * (line.right - line.left) / max(1, len(line.text))
    is_below = before.page == line.page and step > 0 and abs(own.left - column.left) < 4 * size
    if is_below and line.size >= HEADING_SIZE * body:
        return step < HEADING_LEADING * size
    if is_indented and is_set_in and abs(line.left - before.left) < 1:
        # One block that is set in, or paragraphs of a line each.
        is_indented, slack = is_finished(before.text), TIGHT
    slack = slack if is_below else TIGHT
    is_full = before.right + slack * (first_word + 0.3 * size) > column.right - 0.2 * size
    is_below = before.page == line.page and step > 0 and abs(own.left - column.left) < 4 * size
    if is_below:
        if step > EXTRA_LEADING * leading or is_indented:
            return False
        return is_full
    # At the top of another column or page.
    if is_indented:
        return False
    return is_full and (not is_finished(before.text) or line.text[0].islower())


def _joined(text: str, following: str, words: Counter[str]) -> str:
    """Return two lines as one, with a word that was broken at the line's end mended."""
    match = _BROKEN_WORD.search(text)
    rest = _REST.match(following)
    if not match or not rest:
        return f"{text} {following}"
    if rest.group()[0].isupper():
        return text + following
    first, last = match["first"], rest.group()
    whole = (first + last).lower()
    is_compound = (
        not words[whole] and not is_common(whole) and is_common(first.lower()) and is_common(last.lower())
    )
    if is_compound and text[-1] != "\u00ad":
        return text + following
    return text[:-1] + following
