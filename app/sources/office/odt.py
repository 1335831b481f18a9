"""Read OpenDocument texts (.odt), as LibreOffice writes them."""

from collections.abc import Set

from lxml import etree

from app.sources.bounds import MAX_PARAGRAPHS
from app.sources.documents import FILE, DocumentLine, reading_of, too_many_paragraphs
from app.sources.model import Field, Reading
from app.sources.office.docx import joined_row
from app.sources.zipped import Package, password_needed

_SKIPPED = frozenset(
    {
        "note",
        "annotation",
        "tracked-changes",
        "ruby-text",
        "sequence-decls",
        "variable-decls",
        "table-of-content",
        "forms",
    }
)

_BREAKS = {"tab": " ", "s": " ", "line-break": "\n"}


def read_odt(content: bytes) -> Reading:
    """Return the article in an OpenDocument text. Raises UnreadableFileError for a damaged one, or one without text."""
    package = Package(content)
    if b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise password_needed()
    return reading_of("odt", _lines(package), **_properties(package))


def _lines(package: Package) -> list[DocumentLine]:
    kinds, hidden = _styles(package)
    lines: list[DocumentLine] = []
    open_kinds: list[str] = []
    rows: list[list[list[DocumentLine]]] = []
    skipped = 0
    is_inside = is_in_note = False
    footnotes: list[DocumentLine] = []
    for event, element in package.elements("content.xml", frozenset({"p", "h"})):
        tag = _local(element.tag)
        if tag == "text" and "office" in str(element.tag):
            is_inside = event == "start"
        if tag == "note-body":
            is_in_note = event == "start"
        if is_in_note and tag == "p" and event == "end":
            footnotes.append(DocumentLine(_text_of(element, hidden), "footnote"))
        if tag in _SKIPPED or _is_hidden(element, hidden):
            skipped += 1 if event == "start" else -1
            continue
        if skipped or not is_inside:
            continue
        if len(lines) > MAX_PARAGRAPHS:
            raise too_many_paragraphs()
        target = rows[-1][-1] if rows and rows[-1] else lines
        if event == "start":
            if tag in ("p", "h"):
                style = _attribute(element, "style-name")
                open_kinds.append("heading" if tag == "h" else kinds.get(style) or _kind(style))
            elif tag == "table-row":
                rows.append([])
            elif tag == "table-cell" and rows:
                rows[-1].append([])
        elif tag in ("p", "h") and open_kinds:
            target.append(DocumentLine(_text_of(element, hidden), open_kinds.pop()))
        elif tag == "table-row" and rows:
            cells = rows.pop()
            (rows[-1][-1] if rows and rows[-1] else lines).extend(joined_row(cells))
    return [*lines, *footnotes]


def _text_of(paragraph: etree._Element, hidden: Set[str]) -> str:
    """Return a paragraph's text without the notes in it; what is set in boxes was taken before."""
    parts: list[str] = []
    waiting = [(paragraph, "open")]
    while waiting:
        element, step = waiting.pop()
        if step == "tail":
            parts.append(element.tail or "")
            continue
        if element is not paragraph:
            waiting.append((element, "tail"))
        tag = _local(element.tag)
        if tag in _SKIPPED or (element is not paragraph and _is_hidden(element, hidden)):
            continue
        if tag in _BREAKS:
            parts.append(_BREAKS[tag])
        parts.append(element.text or "")
        waiting.extend((child, "open") for child in reversed(element))
    return " ".join("".join(parts).split(" ")).strip()


def _is_hidden(element: etree._Element, hidden: Set[str]) -> bool:
    """Return whether the document shows no reader what is in the element; ``hidden`` are styles that hide."""
    tag = _local(element.tag)
    if tag in ("p", "h", "span"):
        return bool(hidden) and _attribute(element, "style-name") in hidden
    return tag == "section" and _attribute(element, "display") == "none"


def _styles(package: Package) -> tuple[dict[str, str], set[str]]:
    """Return what each automatic style is, by the named style that it is made from, and which of them hide."""
    kinds: dict[str, str] = {}
    hidden: set[str] = set()
    name = ""
    for event, element in package.elements("content.xml"):
        tag = _local(element.tag)
        if event == "start" and tag == "style":
            name = _attribute(element, "name")
            kinds[name] = _kind(_attribute(element, "parent-style-name"))
        elif event == "start" and tag == "text-properties" and _attribute(element, "display") == "none":
            hidden.add(name)
        elif event == "start" and tag in ("body", "text", "p"):
            break  # styles come before the text
    return kinds, hidden


def _kind(style: str) -> str:
    if style == "Title":
        return "title"
    if style in ("Caption", "Illustration", "Figure", "Drawing", "Table"):
        return "caption"
    return "running head" if style in ("Header", "Footer") else ""


def _properties(package: Package) -> dict[str, Field]:
    properties: dict[str, str] = {}
    for event, element in package.elements("meta.xml"):
        if event == "end" and element.text:
            properties.setdefault(_local(element.tag), " ".join(element.text.split()))
    author = properties.get("creator") or properties.get("initial-creator")
    values = {"title": properties.get("title"), "author": author, "language": properties.get("language")}
    return {name: Field(value, FILE) for name, value in values.items() if value}


def _local(tag: object) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _attribute(element: etree._Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if _local(key) == name), "")
