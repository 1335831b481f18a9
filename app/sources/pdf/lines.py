"""Read the lines of a PDF with their places, by PDFium."""

import ctypes
import math
import time
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.errors import UnreadableFileError
from app.sources.pdf.east_asia import are_set_close
from app.sources.pdf.reading_order import in_reading_order, is_from_right
from app.sources.pdf.structure import Structure, element_at

MAX_PAGES = 400
"""Pages that are read; a newspaper has some 60."""

MAX_CHARS = 300_000
"""Characters after which no further page is read: some 8 microseconds each, of the seconds that a file may take."""

MAX_PAGE_CHARS = 100_000
"""Twice what a page of a newspaper has."""

MAX_SECONDS = 2.5
"""Processor time after which no further page is read, so that a slow machine reads less of a long file than it might,
and does not give the whole of it up. This one takes some 2 seconds for ``MAX_CHARS``."""

MAX_OBJECTS = 1_000
"""Objects of a page among which pictures are looked for."""

COLUMN_GAP = 8.0
"""Blank inside a line, in heights of its letters, from which it is two: justified lines of two words have some 5."""

HYPHEN_GAP, GUESSED_HYPHEN_GAP = 0.2, 0.25
"""Room before a hyphen, in heights of the letters, up to which it is one with the word: a blank takes some .25. More
where the file has no blank there and PDFium guesses one: justified letters are moved apart, too."""

COMMA_GAP = 0.16
"""Room after a comma, in heights of the letters, from which there is a blank: letters behind one have some .15 at most,
but in some fonts a blank behind it has no more than .14 to .2, and PDFium then guesses none."""

_BROKEN = (0x02, 0xFFFE)
"""What PDFium gives, by its release, for a hyphen at which a word is broken at the end of a line."""

UNREADABLE = 0xFFFD
"""What stands for a letter of which the font does not say which it is."""

BULLET = "•"
"""What stands for a sign of a symbol font that opens a line: fonts have many, and draw items of lists by them."""

MIN_UNREADABLE = 0.1
"""Width of a sign without a code, in its heights, from which it is such a letter and not nothing."""

MAX_MARK_SIZE = 0.8
"""Size of a raised sign, in sizes of its line's letters, up to which it marks a footnote."""


@dataclass(slots=True)
class PdfLine:
    """A line of text, and where it is on its page; lengths in points, from the bottom left."""

    text: str
    page: int
    left: float
    right: float
    bottom: float
    top: float
    baseline: float
    """Of its first letter."""
    size: float
    """Of its letters."""
    opening: float = 0.0
    """Room that its first word and the blank after it take; 0 where that is not known."""
    ends_in_blank: bool = False
    """Whether the file has a blank after it, as some programs write at the end of each line but a paragraph's last."""
    element: int = 0
    """Number of the element that holds it, in a tagged PDF; 0 for none, ``ARTIFACT`` for what belongs to the page."""
    has_hyphen_apart: bool = False
    """Whether the file draws the hyphen at its end apart from its word, as some programs do with one they add."""


@dataclass(frozen=True, slots=True)
class PdfPicture:
    """Where a picture is on its page; lengths in points, from the bottom left."""

    page: int
    left: float
    right: float
    bottom: float
    top: float


@dataclass(frozen=True, slots=True)
class PdfContent:
    """What was read of a PDF."""

    lines: tuple[PdfLine, ...]
    """In the order in which the PDF sets them."""
    pictures: tuple[PdfPicture, ...]
    heights: tuple[float, ...]
    """Of each page that was read."""
    page_count: int
    cut_pages: int
    """Those of which only the first letters were read."""
    has_pictures: bool
    title: str
    author: str
    kinds: tuple[str, ...] = ()
    """Types of a tagged PDF's elements, by number."""


def read_content(content: bytes) -> PdfContent:
    """Return the lines of a PDF. Raises UnreadableFileError for one that is damaged or needs a password."""
    import pypdfium2  # here, since PDFium takes longer to load than all else

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableFileError(
                "This PDF is protected by a password.",
                "Open it, and print it to a new PDF, or paste its text.",
            ) from None
        raise UnreadableFileError(
            "This PDF is damaged.", "Open it, and print it to a new PDF, or paste its text."
        ) from None
    try:
        return _read(document)
    finally:
        document.close()


def _read(document: Any) -> PdfContent:
    import pypdfium2
    from pypdfium2 import raw

    count = len(document)
    lines: list[PdfLine] = []
    pictures: list[PdfPicture] = []
    heights: list[float] = []
    has_pictures = False
    chars = cut_pages = 0
    structure = Structure()
    began = time.process_time()
    for number in range(min(count, MAX_PAGES)):
        try:
            page = document[number]
            text = page.get_textpage()
        except pypdfium2.PdfiumError:
            heights.append(0.0)
            continue
        heights.append(page.get_height())
        held = raw.FPDFText_CountChars(text.raw)
        letters = min(held, MAX_PAGE_CHARS)
        cut_pages += letters < held
        chars += letters
        lines.extend(_lines(text.raw, letters, number, structure.elements_of(page.raw)))
        count_objects = min(raw.FPDFPage_CountObjects(page.raw), MAX_OBJECTS)
        objects = [raw.FPDFPage_GetObject(page.raw, index) for index in range(count_objects)]
        kinds = [raw.FPDFPageObj_GetType(item) for item in objects]
        if letters:
            pictures.extend(
                _picture(item, number)
                for item, kind in zip(objects, kinds, strict=True)
                if kind == raw.FPDF_PAGEOBJ_IMAGE
            )
        has_pictures = has_pictures or not {raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM}.isdisjoint(kinds)
        text.close()
        page.close()
        if chars > MAX_CHARS or time.process_time() - began > MAX_SECONDS:
            break
    metadata = document.get_metadata_dict()
    title, author = (" ".join(str(metadata.get(key) or "").split()) for key in ("Title", "Author"))
    return PdfContent(
        tuple(lines),
        tuple(pictures),
        tuple(heights),
        count,
        cut_pages,
        has_pictures,
        title,
        author,
        tuple(structure.kinds),
    )


def _picture(item: Any, page: int) -> PdfPicture:
    from pypdfium2 import raw

    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(item, *(ctypes.byref(edge) for edge in (left, bottom, right, top)))
    return PdfPicture(page, left.value, right.value, bottom.value, top.value)


def _lines(text: Any, count: int, page: int, elements: dict[int, int]) -> Iterator[PdfLine]:
    """Yield the runs of letters that PDFium sets on one line, parted where columns are.

    ``elements`` are those of the page's marked contents.
    """
    from pypdfium2 import raw

    left, right, bottom, top, origin, baseline = (ctypes.c_double() for _ in range(6))
    places = tuple(ctypes.byref(place) for place in (left, right, bottom, top))
    line: PdfLine | None = None
    parts: list[str] = []
    lefts: list[float] = []
    is_guessed_blank = False
    first = last = before_last = 0

    def closed(line: PdfLine) -> PdfLine:
        line.ends_in_blank = parts[-1] == " " and not is_guessed_blank
        line.has_hyphen_apart = parts[-1] == "-" and _is_apart(text, last, before_last)
        if line.has_hyphen_apart and is_guessed_blank and parts[-2:] == [" ", "-"]:
            del parts[-2], lefts[-2]  # room that justifying made
        if elements:
            opening, ending = (element_at(text, place, elements) for place in (first, last))
            line.element = opening if opening == ending else 0
        return _closed(line, parts, lefts)

    for index in range(count):
        code = raw.FPDFText_GetUnicode(text, index)
        if code in (10, 13):
            if line:
                yield closed(line)
            line, parts, lefts = None, [], []
            continue
        char = "-" if code in _BROKEN else chr(code or UNREADABLE)
        if char != "-" and not char.isspace() and unicodedata.category(char) in ("Cc", "Cs"):
            continue  # no sign: among others, strokes that lengthen Arabic words
        raw.FPDFText_GetCharBox(text, index, *places)
        if code == 0 and right.value - left.value < MIN_UNREADABLE * (top.value - bottom.value or 1.0):
            continue
        if char.isspace() or right.value <= left.value:
            if line:
                parts.append(" " if char.isspace() else char)
                lefts.append(left.value)
                is_guessed_blank = raw.FPDFText_IsGenerated(text, index) == 1
            continue
        size = raw.FPDFText_GetFontSize(text, index) or top.value - bottom.value
        if line is not None and _is_note_mark(char, size, bottom.value, line, parts):
            line.right = max(line.right, right.value)
            continue
        height = max(size, top.value - bottom.value, 1.0)
        if line is not None:
            gap, back = left.value - line.right, 4 * height
            if is_from_right(char) or is_from_right(parts[-1]) or is_from_right(parts[0]):
                gap, back = max(gap, line.left - right.value), math.inf
            is_elsewhere = abs(bottom.value - line.bottom) > 1.5 * height
            if gap > COLUMN_GAP * height or gap < -back or is_elsewhere:
                yield closed(line)
                line, parts, lefts = None, [], []
            elif (
                char in "-‐"
                and parts[-1:] == [" "]
                and gap < (GUESSED_HYPHEN_GAP if is_guessed_blank else HYPHEN_GAP) * height
                and not _is_dash(text, index)
            ):
                parts.pop()  # PDFium takes the room before a hyphen for a blank
                lefts.pop()
            elif is_guessed_blank and parts[-1:] == [" "] and are_set_close(parts[-2], char, is_guess=True):
                parts.pop()  # and that which sets figures apart from signs
                lefts.pop()
            elif parts[-1] in ",;" and char.isalpha() and gap > COMMA_GAP * height:
                parts.append(" ")  # but not what is left of a blank that moved close to a comma
                lefts.append(line.right)
        if line is None:
            raw.FPDFText_GetCharOrigin(text, index, ctypes.byref(origin), ctypes.byref(baseline))
            edges = (left.value, right.value, bottom.value, top.value)
            line = PdfLine("", page, *edges, baseline.value, size)
            first = index
        else:
            if not line.opening and parts[-1] == " ":
                line.opening = left.value - line.left
            line.left = min(line.left, left.value)
            line.right = max(line.right, right.value)
            line.bottom = min(line.bottom, bottom.value)
            line.top = max(line.top, top.value)
            line.size = max(line.size, size)
        parts.append(char)
        lefts.append(left.value)
        before_last, last = last, index
    if line:
        yield closed(line)


def _is_dash(text: Any, index: int) -> bool:
    """Return whether a hyphen, or a run of them, has a blank after it and then another sign on its line."""
    from pypdfium2 import raw

    after = (raw.FPDFText_GetUnicode(text, place) for place in range(index + 1, index + 4))
    signs = "".join(chr(code) if code else "" for code in after).lstrip("-")
    return len(signs) > 1 and signs[0] == " " and not signs[1].isspace()


def _is_apart(text: Any, sign: int, letter: int) -> bool:
    """Return whether a sign is drawn separately from the letter before it, and that one with its predecessor."""
    from pypdfium2 import raw

    if letter < 1:
        return False
    of_sign, of_letter, of_before = (
        ctypes.cast(raw.FPDFText_GetTextObject(text, place), ctypes.c_void_p).value
        for place in (sign, letter, letter - 1)
    )
    return of_sign != of_letter == of_before


def _is_note_mark(char: str, size: float, bottom: float, line: PdfLine, parts: list[str]) -> bool:
    """Return whether a raised sign after a word is the mark of a footnote, not an exponent or a unit's."""
    if not (char.isdigit() or char in "*†‡§") or size > MAX_MARK_SIZE * line.size:
        return False
    if bottom < line.baseline + 0.15 * line.size:
        return False
    words = "".join(parts).split()
    return bool(words) and not words[-1][-1].isdigit() and (not words[-1].isalpha() or len(words[-1]) > 2)


def _closed(line: PdfLine, parts: list[str], lefts: list[float]) -> PdfLine:
    text = "".join(parts)
    if any(map(is_from_right, parts)):
        text = in_reading_order(parts, lefts)
        line.opening = 0.0
    line.text = " ".join(with_known_signs(text.strip()).split())
    return line


def with_known_signs(text: str) -> str:
    """Return a line with a bullet for a sign of a symbol font that opens it, and any other such sign as unreadable.

    >>> with_known_signs("\uf0b7He came \uf041")
    '• He came \ufffd'
    """
    if text[:1] and unicodedata.category(text[0]) == "Co":
        text = f"{BULLET} {text[1:]}"
    return "".join(chr(UNREADABLE) if unicodedata.category(char) == "Co" else char for char in text)
