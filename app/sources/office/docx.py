"""Read Word's documents (.docx): the paragraphs as they are, with deletions left out and insertions in."""

import posixpath
import re
from collections.abc import Callable

from lxml import etree

from app.errors import UnreadableFileError
from app.sources.bounds import MAX_PARAGRAPHS
from app.sources.documents import FILE, DocumentLine, reading_of, too_many_paragraphs
from app.sources.formats import format_of
from app.sources.model import Field, Reading
from app.sources.zipped import Package

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SKIPPED = frozenset({"del", "moveFrom", "instrText", "delText", "rPrChange", "pPrChange", "sectPr"})
_BREAKS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}

MAIN_PART = "word/document.xml"
"""Where the text is, unless the package says otherwise."""

MAX_CELL_CHARS = 200
"""Characters of the longest cell in a row that is one paragraph; longer cells are paragraphs of their own."""


def read_docx(content: bytes, read: Callable[[bytes], Reading]) -> Reading:
    """Return the article in a Word document; ``read`` reads a page or text that one embeds.

    Raises UnreadableFileError for a damaged one, or one without text."""
    package = Package(content)
    main = next(
        (part for kind, part in _related(package, "").values() if kind == "officeDocument"), MAIN_PART
    )
    related = _related(package, main)
    styles = _style_names(package, next((part for kind, part in related.values() if kind == "styles"), ""))
    embedded = {name: part for name, (kind, part) in related.items() if kind == "aFChunk"}
    body = _Body(styles, embedded, read)
    lines = body.lines(package, main)
    for kind, part in related.values():
        if kind in ("footnotes", "endnotes"):
            notes_in_it = _Body(styles, {}, read).lines(package, part)
            lines += [DocumentLine(line.text, "footnote") for line in notes_in_it if line.text]
    notes = (
        ("It holds a file in place of some paragraphs, which was not read.",) if body.is_part_unread else ()
    )
    return reading_of("docx", lines, notes=notes, **_properties(package))


def _related(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Return the parts that belong to one, or to the whole package, by their ids, each with its kind."""
    folder, name = posixpath.split(part)
    related = {}
    for event, element in package.elements(posixpath.join(folder, "_rels", f"{name}.rels")):
        if event == "start" and _local(element.tag) == "Relationship":
            target = posixpath.normpath(posixpath.join("/", folder, _attribute(element, "Target"))).lstrip(
                "/"
            )
            related[_attribute(element, "Id")] = _attribute(element, "Type").rpartition("/")[2], target
    return related


def _read_embedded(package: Package, part: str, read: Callable[[bytes], Reading]) -> list[DocumentLine]:
    """Return the lines of a page or text that a document holds in place of paragraphs; none if they cannot be read."""
    content = package.read(part)
    try:
        if format_of(content) not in ("html", "mhtml", "text", "rtf"):
            return []
        reading = read(content)
    except UnreadableFileError:
        return []
    title = [DocumentLine(reading.title.value, "title")] if reading.title else []
    return title + [DocumentLine(block.text, block.reason) for block in reading.blocks]


def _style_names(package: Package, part: str) -> dict[str, str]:
    """Return the built-in English name of each style by its id, in small letters."""
    names: dict[str, str] = {}
    current = ""
    for event, element in package.elements(part or "word/styles.xml"):
        tag = _local(element.tag)
        if event == "start" and tag == "style":
            current = _attribute(element, "styleId")
        elif event == "start" and tag == "name" and current:
            names.setdefault(current, _attribute(element, "val").lower())
    return names


def _properties(package: Package) -> dict[str, Field]:
    properties: dict[str, str] = {}
    for event, element in package.elements("docProps/core.xml"):
        if event == "end" and element.text:
            properties.setdefault(_local(element.tag), " ".join(element.text.split()))
    names = {"title": "title", "author": "creator", "language": "language"}
    return {name: Field(properties[key], FILE) for name, key in names.items() if properties.get(key)}


class _Body:
    def __init__(
        self, styles: dict[str, str], embedded: dict[str, str], read: Callable[[bytes], Reading]
    ) -> None:
        self._styles = styles
        self._read = read
        self._embedded = embedded
        self.is_part_unread = False

    def lines(self, package: Package, part: str) -> list[DocumentLine]:
        lines: list[DocumentLine] = []
        paragraphs: list[tuple[list[str], list[str]]] = []  # open ones: their texts, their style's name
        rows: list[list[list[DocumentLine]]] = []  # open tables' rows: cells of lines
        carried: list[str] = []  # of a paragraph whose end was deleted: the next one goes on with it
        is_end_deleted = is_in_settings = is_in_run = is_hidden = False
        skipped = 0
        for event, element in package.elements(part):
            tag = _local(element.tag)
            if tag in ("pPr", "r"):
                is_in_settings, is_in_run = tag == "pPr" and event == "start", tag == "r" and event == "start"
                is_hidden = False
            elif event == "start" and is_in_settings and tag in ("del", "moveFrom"):
                is_end_deleted = True
            elif event == "start" and is_in_run and tag == "vanish":
                is_hidden = _attribute(element, "val") not in ("0", "false", "off")
            if tag in _SKIPPED or element.tag == f"{_MC}Fallback":
                skipped += 1 if event == "start" else -1
            if skipped:
                continue
            if len(lines) > MAX_PARAGRAPHS:
                raise too_many_paragraphs()
            target = rows[-1][-1] if rows and rows[-1] else lines
            if event == "start":
                if tag == "p":
                    paragraphs.append((carried, []))
                    carried, is_end_deleted = [], False
                elif tag == "tr":
                    rows.append([])
                elif tag == "altChunk":
                    embedded = _read_embedded(package, self._embedded.pop(_id_of(element), ""), self._read)
                    self.is_part_unread = self.is_part_unread or not embedded
                    target.extend(embedded)
                elif tag == "tc" and rows:
                    rows[-1].append([])
                elif tag == "pStyle" and paragraphs:
                    style = _attribute(element, "val")
                    paragraphs[-1][1].append(self._styles.get(style, style.lower()))
            elif tag == "t" and paragraphs and not is_hidden:
                paragraphs[-1][0].append(element.text or "")
            elif tag in _BREAKS and paragraphs:
                paragraphs[-1][0].append(_BREAKS[tag])
            elif tag == "p" and paragraphs:
                texts, style_names = paragraphs.pop()
                if is_end_deleted and not paragraphs:
                    carried, is_end_deleted = texts, False
                    continue
                target.append(
                    DocumentLine("".join(texts).strip(), _kind(style_names[0] if style_names else ""))
                )
            elif tag == "tr" and rows:
                cells = rows.pop()
                (rows[-1][-1] if rows and rows[-1] else lines).extend(joined_row(cells))
        return [*lines, DocumentLine("".join(carried).strip())] if carried else lines


def joined_row(cells: list[list[DocumentLine]]) -> list[DocumentLine]:
    """Return a table's row as one line where its cells are short; else the lines of its cells."""
    texts = [" ".join(line.text for line in cell if line.text) for cell in cells]
    if len(cells) > 1 and all(len(text) <= MAX_CELL_CHARS for text in texts):
        return [DocumentLine(" | ".join(text for text in texts if text))]
    return [line for cell in cells for line in cell]


def _kind(style: str) -> str:
    if style == "title":
        return "title"
    if style.startswith("heading"):
        return "heading"
    if style.startswith("caption"):
        return "caption"
    return {"header": "running head", "footer": "running head", "toc heading": "contents"}.get(
        style, "contents" if re.match(r"toc ?\d", style) else ""
    )


def _local(tag: object) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _id_of(element: etree._Element) -> str:
    """Return which of the related parts an element stands for."""
    return next((value for key, value in element.attrib.items() if _local(key) == "id"), "")


def _attribute(element: etree._Element, name: str) -> str:
    return element.get(f"{_W}{name}") or element.get(f"{_W_STRICT}{name}") or element.get(name) or ""
