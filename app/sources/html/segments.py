"""Cut a web page into segments: the runs of text that a browser sets as one paragraph, item, heading or table row."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from lxml.html import HtmlElement

from app.collation.text.sentences import is_finished

_INLINE = frozenset(
    "a abbr acronym b bdi bdo big blink cite code data dfn em font i ins kbd label mark meter nobr output q rb"
    " ruby samp small span strong sub sup time tt u var wbr".split()
)
_BLOCK = frozenset(
    "address article aside blockquote body center dd details dir div dl dt fieldset figcaption figure footer form h1 h2"
    " h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section summary table tbody td tfoot"
    " th thead tr ul caption".split()
)
_SKIPPED = frozenset(
    "script style template noscript iframe object embed applet svg math canvas audio video map select option textarea"
    " button input progress dialog head title meta link base img picture source track area col colgroup frameset"
    " noframes noembed datalist amp-ad amp-iframe del s strike rp rt rtc".split()
)
"""Elements whose text a reader does not read as text; the text that is struck out, and how a sign is spoken."""

_EMPHASIS = frozenset("em i strong b small cite".split())
_BLANKS = re.compile(r"\s+")
_INVISIBLE = re.compile("[\u200b\ufeff\u2060\xad]+")
"""Signs of where a word may be broken, or not: they part no words."""
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|clip\s*:\s*rect\(\s*[01]|text-indent\s*:\s*-\d{3}|left\s*:\s*-\d{4}",
    re.IGNORECASE,
)
_HIDDEN_CLASS = re.compile(
    r"(?:^|[\s_-])(?:sr-only|visually-?hidden|screen-?reader(?:-text)?|hidden-visually|offscreen|a11y-text)(?:$|[\s_-])",
    re.IGNORECASE,
)

MAX_CELL_CHARS = 200
"""Characters of a cell in a table of figures; with a longer one the table is taken for layout."""

MIN_LINE_CHARS = 60
"""Characters of the shortest line that is a paragraph, where a page parts its paragraphs by single line breaks."""

Slot = tuple[HtmlElement, str]
"""Where a text is in the tree: an element, and ``text`` or ``tail``."""


@dataclass(frozen=True, slots=True)
class PageSegment:
    """A run of text set as one paragraph."""

    text: str
    element: HtmlElement
    """The innermost block element around it."""
    link_chars: int
    """Characters that are inside links to elsewhere, blanks not counted."""
    emphasized_chars: int
    """Characters that are italic, bold or small, blanks not counted."""
    start: Slot
    """Where its first characters are."""


def segments(root: HtmlElement, limit: int | None = None) -> list[PageSegment]:
    """Return the segments of a page in document order, the first ``limit`` of them; what is hidden is left out."""
    return list(islice(_Cutter().cut(root), limit))


@dataclass(slots=True)
class _Line:
    """The text between two line breaks."""

    parts: list[str] = field(default_factory=list)
    start: Slot | None = None
    link_chars: int = 0
    emphasized_chars: int = 0

    @property
    def text(self) -> str:
        return _one_line("".join(self.parts))


def _one_line(text: str) -> str:
    return _BLANKS.sub(" ", _INVISIBLE.sub("", text)).strip()


class _Cutter:
    def __init__(self) -> None:
        self._lines = [_Line()]

    def cut(self, root: HtmlElement) -> Iterator[PageSegment]:
        links = emphasis = 0
        # Not recursive: pages nest thousands of elements.
        waiting: list[tuple[str, HtmlElement, HtmlElement]] = [("open", root, root)]
        while waiting:
            step, element, block = waiting.pop()
            if step == "tail":
                self._add(element, "tail", links > 0, emphasis > 0)
                continue
            if step == "open" and element is not root:
                waiting.append(("tail", element, block))
            tag = element.tag
            is_inline = tag in _INLINE or (tag not in _BLOCK and _is_within_a_line(element))
            if step == "close":
                links -= is_link_elsewhere(element)
                emphasis -= tag in _EMPHASIS
                if not is_inline:
                    yield from self._flush(element)
            elif not isinstance(tag, str) or tag in _SKIPPED or is_hidden(element):
                continue
            elif tag == "br":
                if len(self._lines) > 1 and not self._lines[-1].start:
                    yield from self._flush(block)
                self._lines.append(_Line())
            elif tag == "table" and is_table_of_figures(element):
                yield from self._flush(block)
                yield from _rows(element)
            else:
                if not is_inline:
                    yield from self._flush(block)
                inner = block if is_inline else element
                waiting.append(("close", element, block))
                waiting.extend(("open", child, inner) for child in reversed(element))
                links += is_link_elsewhere(element)
                emphasis += tag in _EMPHASIS
                self._add(element, "text", links > 0, emphasis > 0)
        yield from self._flush(root)

    def _add(self, element: HtmlElement, slot: str, is_linked: bool, is_emphasized: bool) -> None:
        text: str | None = getattr(element, slot)
        if not text:
            return
        line = self._lines[-1]
        line.parts.append(text)
        if chars := len("".join(text.split())):
            line.start = line.start or (element, slot)
            line.link_chars += chars * is_linked
            line.emphasized_chars += chars * is_emphasized

    def _flush(self, element: HtmlElement) -> Iterator[PageSegment]:
        lines = [line for line in self._lines if line.start]
        self._lines = [_Line()]
        if len(lines) > 1 and not _are_paragraphs(lines):
            lines = [
                _Line(
                    [part for line in lines for part in (*line.parts, " ")],
                    lines[0].start,
                    sum(line.link_chars for line in lines),
                    sum(line.emphasized_chars for line in lines),
                )
            ]
        for line in lines:
            if line.start and (text := line.text):
                yield PageSegment(text, element, line.link_chars, line.emphasized_chars, line.start)


def _are_paragraphs(lines: list[_Line]) -> bool:
    """Return whether single line breaks separate paragraphs, not lines of one paragraph."""
    return all(len(line.text) >= MIN_LINE_CHARS and is_finished(line.text) for line in lines[:-1])


def _is_within_a_line(element: HtmlElement) -> bool:
    """Return whether an element that HTML does not know has text beside it."""
    parent = element.getparent()
    return parent is not None and bool((element.tail or "").strip() or (parent.text or "").strip())


def is_link_elsewhere(element: HtmlElement) -> bool:
    """Return whether the element is a link to another page, not to a place in this one."""
    if element.tag != "a":
        return False
    address = (element.get("href") or "").strip().lower()
    return bool(address) and not address.startswith(("#", "javascript:"))


def is_hidden(element: HtmlElement) -> bool:
    """Return whether the element itself says that it is not shown."""
    get = element.get
    return (
        get("hidden") is not None
        or bool(_HIDDEN_STYLE.search(get("style") or ""))
        or bool(_HIDDEN_CLASS.search(get("class") or ""))
    )


def opens_with_picture(element: HtmlElement) -> bool:
    """Return whether a picture comes before all text in the element."""
    if (element.text or "").strip():
        return False
    for descendant in element.iterdescendants():
        if descendant.tag in ("img", "picture"):
            return True
        if (descendant.text or "").strip():
            return False
    return False


def is_table_of_figures(table: HtmlElement) -> bool:
    """Return whether a table holds data, a short text in each cell, rather than lays out the page."""
    rows = cells = 0
    for element in table.iter("tr", "td", "th", "table", "ul", "h1", "h2", "form"):
        if element.tag == "tr":
            rows += 1
        elif element.tag in ("td", "th"):
            cells += 1
            if sum(len(getattr(*place) or "") for place in _text_slots(element)) > MAX_CELL_CHARS:
                return False
        elif element is not table:
            return False
    return rows > 1 and cells >= 2 * rows


def _rows(table: HtmlElement) -> Iterator[PageSegment]:
    for row in table.iter("tr", "caption"):
        cells = [row] if row.tag == "caption" else list(row.iterchildren("td", "th"))
        slots = [[slot for slot in _text_slots(cell) if (getattr(*slot) or "").strip()] for cell in cells]
        texts = [_one_line(" ".join(getattr(*slot) for slot in cell)) for cell in slots]
        if any(texts):
            link_chars = sum(len("".join("".join(link.itertext()).split())) for link in row.iter("a"))
            start = next(cell[0] for cell in slots if cell)
            yield PageSegment(" | ".join(filter(None, texts)), row, link_chars, 0, start)


def _text_slots(root: HtmlElement) -> Iterator[Slot]:
    """Yield where the visible text in an element may be, in document order."""
    waiting = [(root, "open")]
    while waiting:
        element, step = waiting.pop()
        if step == "tail":
            yield element, "tail"
            continue
        if element is not root:
            waiting.append((element, "tail"))
        if isinstance(element.tag, str) and element.tag not in _SKIPPED and not is_hidden(element):
            yield element, "text"
            waiting.extend((child, "open") for child in reversed(element))
