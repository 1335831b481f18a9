"""Read the structure of a tagged PDF: which of its elements, such as paragraphs and headings, holds which text."""

import ctypes
from dataclasses import dataclass, field
from typing import Any

MAX_DEPTH = 32
"""Elements in one another that are looked into; PDFium itself goes no deeper."""

MAX_ELEMENTS = 500_000
"""Elements and pieces of text that are looked at, page by page: some .5 seconds. An element of all pages, such as the
document, is looked through for each of them. After them no further structure is read."""

ARTIFACT = -1
"""Stands for the element of what belongs to the page and not to the text: running heads, page numbers."""

MAX_TYPE_BYTES = 64

_LABEL, _ROW = "Lbl", "TR"
_INLINE = frozenset(
    "Span Link NonStruct Reference Em Strong Quote Code BibEntry Annot Sub Ruby RB RT RP Warichu WT WP Lbl LBody "
    "Private Form".split()
)
"""Types of parts of a paragraph: what they hold is of the element around them."""

CONTAINERS = frozenset("Document DocumentFragment Part Art Aside Sect Div L TOC BlockQuote Figure".split())
"""Types of what holds paragraphs: its own text, between two of these, may be several."""

_ITEMS = frozenset("LI TOCI".split())
"""Types of what may hold either: the text of an item is one paragraph up to the next that it holds."""

_WITH_OBJECTS = frozenset("Link Annot Form".split())
"""Types of what also holds things that are no text."""


@dataclass(slots=True)
class _Element:
    """An element that may hold text of a page."""

    kind: str
    children: int
    number: int = 0
    """0 before it is known to hold any."""
    is_begun: bool = False
    """Whether it holds something of another page before its first text on this one."""
    goes_on: bool = False
    """Whether it does after its last."""


@dataclass(slots=True)
class Structure:
    """The elements of a document that hold text, numbered from 1 in the order in which they are read."""

    kinds: list[str] = field(default_factory=lambda: [""])
    """Types of the elements, by number."""
    _looked_at: int = 0
    _open: list[_Element] = field(default_factory=list)

    def elements_of(self, page: Any) -> dict[int, int]:
        """Return which element each marked content of the next page is of, by their numbers; empty without tags."""
        from pypdfium2 import raw

        tree = raw.FPDF_StructTree_GetForPage(page)
        if not tree:
            self._open = []
            return {}
        walk = _Walk(self.kinds, self._open, self._looked_at)
        try:
            for index in range(raw.FPDF_StructTree_CountChildren(tree)):
                child = raw.FPDF_StructTree_GetChildAtIndex(tree, index)
                if child:
                    walk.into(child)
        finally:
            raw.FPDF_StructTree_Close(tree)
        self._looked_at = walk.looked_at
        self._open = [element for element in walk.elements if element.number and element.goes_on]
        return walk.numbers


@dataclass(slots=True)
class _Walk:
    """A walk through what a page has of the structure."""

    kinds: list[str]
    before: list[_Element]
    """Those of the page before that go on."""
    looked_at: int
    numbers: dict[int, int] = field(default_factory=dict)
    """Elements of marked contents."""
    elements: list[_Element] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)
    """Marked contents of a label, such as a list's, which are of what comes after."""

    def into(
        self, item: Any, around: _Element | None = None, depth: int = 1, *, is_label: bool = False
    ) -> None:
        """Note which element holds each text in this one."""
        from pypdfium2 import raw

        kind = _type_of(item)
        count = max(0, raw.FPDF_StructElement_CountChildren(item))
        is_own = around is None or (kind not in _INLINE and around.kind != _ROW)
        holder = self._added(kind, count) if is_own or around is None else around
        is_label = is_label or kind == _LABEL
        for index in range(count):
            self.looked_at += 1
            if self.looked_at > MAX_ELEMENTS:
                return
            content = raw.FPDF_StructElement_GetChildMarkedContentID(item, index)
            child = raw.FPDF_StructElement_GetChildAtIndex(item, index) if content < 0 else None
            if content >= 0 and is_label:
                self.labels.append(content)
            elif content >= 0:
                self._note(content, holder)
            elif child and depth < MAX_DEPTH:
                held = len(self.elements)
                self.into(child, holder, depth + 1, is_label=is_label)
                if is_own and kind in {*CONTAINERS, *_ITEMS} and held < len(self.elements) and holder.number:
                    holder = self._added(kind, count)
            elif not child and kind not in _WITH_OBJECTS:
                holder.goes_on = bool(holder.number)
                holder.is_begun = holder.is_begun or not holder.number

    def _added(self, kind: str, children: int) -> _Element:
        element = _Element(kind, children)
        self.elements.append(element)
        return element

    def _note(self, content: int, holder: _Element) -> None:
        """Note that an element holds a marked content."""
        if not holder.number:
            begun = next((other for other in self.before if self._is_one(other, holder)), None)
            if begun:
                self.before.remove(begun)
                holder.number = begun.number
            else:
                holder.number = len(self.kinds)
                self.kinds.append(holder.kind)
        holder.goes_on = False
        for place in (*self.labels, content):
            self.numbers.setdefault(place, holder.number)
        self.labels = []

    @staticmethod
    def _is_one(before: _Element, element: _Element) -> bool:
        """Return whether an element may be that of the page before: PDFium gives each page its own."""
        if element.kind in CONTAINERS:
            return False
        return element.is_begun and (before.kind, before.children) == (element.kind, element.children)


def _type_of(item: Any) -> str:
    from pypdfium2 import raw

    buffer = ctypes.create_string_buffer(MAX_TYPE_BYTES)
    length = raw.FPDF_StructElement_GetType(item, buffer, MAX_TYPE_BYTES)
    return buffer.raw[: length - 2].decode("utf-16-le", "replace") if 2 < length <= MAX_TYPE_BYTES else ""


def element_at(text: Any, index: int, elements: dict[int, int]) -> int:
    """Return the element of a character, or ``ARTIFACT``; 0 where it has none."""
    from pypdfium2 import raw

    item = raw.FPDFText_GetTextObject(text, index)
    if not item:
        return 0
    content = raw.FPDFPageObj_GetMarkedContentID(item)
    return elements.get(content, 0) if content >= 0 else (ARTIFACT if _is_artifact(item) else 0)


def _is_artifact(item: Any) -> bool:
    from pypdfium2 import raw

    buffer = (ctypes.c_ushort * (MAX_TYPE_BYTES // 2))()
    length = ctypes.c_ulong()
    for index in range(min(raw.FPDFPageObj_CountMarks(item), MAX_DEPTH)):
        mark = raw.FPDFPageObj_GetMark(item, index)
        is_named = raw.FPDFPageObjMark_GetName(mark, buffer, MAX_TYPE_BYTES, ctypes.byref(length))
        if (
            is_named
            and bytes(buffer)[: max(0, length.value - 2)].decode("utf-16-le", "replace") == "Artifact"
        ):
            return True
    return False
