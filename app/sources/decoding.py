"""Decode bytes into text, or say why they are not text."""

import codecs
import re
import unicodedata

from app.errors import UnreadableError

_MARKS = (  # UTF-32's marks first: the little-endian one begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_PASTE = "Open it, and paste its text instead."
_FORMATS: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG", "a PNG image", "Type out or paste the text that it shows."),
    (b"GIF8", "a GIF image", "Type out or paste the text that it shows."),
    (b"\xff\xd8\xff", "a JPEG image", "Type out or paste the text that it shows."),
    (b"%PDF-", "a PDF", _PASTE),
    (b"PK\x03\x04", "a Word or other zipped document", _PASTE),
    (b"\xd0\xcf\x11\xe0", "an old Word or Office document", _PASTE),
    (b"{\\rtf", "an RTF document", _PASTE),
    (b"\x1f\x8b", "a gzip archive", "Unpack it first."),
    (b"7z\xbc\xaf", "a 7-Zip archive", "Unpack it first."),
    (b"\x7fELF", "a program", "Choose a text file."),
    (b"SQLite format 3\x00", "a database", "Choose a text file."),
)

_PASTED_FORMATS = (
    ("%PDF-", "a PDF"),
    ("\x89PNG", "a PNG image"),
    ("‰PNG", "a PNG image"),
    ("\ufffdPNG", "a PNG image"),
)

_SURROGATE = re.compile(r"[\ud800-\udfff]")
_SURROGATE_IN_UTF8 = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_SAMPLE_CHARS = 4096


def decode(content: bytes) -> str:
    """Decode by byte order mark, else as UTF-16 if NUL bytes point to that, else as UTF-8, else as Windows-1252.

    Every code point except the byte order mark is kept. Raises UnreadableError, which says what the bytes are instead.

    >>> decode("Größe".encode("utf-16-le")), decode("Größe".encode("cp1252"))
    ('Größe', 'Größe')
    """
    for start, kind, advice in _FORMATS:
        if content.startswith(start):
            raise UnreadableError(f"This is {kind}, not a text file.", advice)
    text = _decoded(content)
    refuse_unreadable(text)
    return text


def refuse_unreadable(text: str) -> None:
    """Raise UnreadableError for a text with NUL or lone surrogates, or one that is plainly another format's content."""
    for start, kind in _PASTED_FORMATS:
        if text.startswith(start):
            raise UnreadableError(f"This is the inside of {kind}, not its text.", _PASTE)
    if "\0" in text:
        raise UnreadableError(
            "This is not text: it holds NUL characters.", "Choose a text file, or paste the text."
        )
    if _SURROGATE.search(text):
        raise UnreadableError(
            "This text is damaged: it holds halves of characters (lone surrogates).",
            "Copy it again from where it came from, or save it as UTF-8.",
        )


def _decoded(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            try:
                return content[len(mark) :].decode(encoding)
            except UnicodeDecodeError:
                raise _damaged(encoding.upper().removesuffix("-LE").removesuffix("-BE")) from None
    if (text := _as_utf_16(content)) is not None:
        return text
    if _is_utf_8(content):
        return content.decode("utf-8")
    if _SURROGATE_IN_UTF8.search(content) or _mostly_utf_8(content):
        raise _damaged("UTF-8")
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        raise _unknown() from None
    if _CONTROL.search(text):  # no Windows text has these; a binary file soon does
        raise _unknown()
    return text


def _as_utf_16(content: bytes) -> str | None:
    """Decode UTF-16 without a byte order mark; None if ``content`` is not that.

    In UTF-16, spaces, digits and line ends have a NUL byte. Of the two byte orders the right one gives no unassigned or
    control character, and more white space. If fewer than a quarter of the bytes are NUL and the others are readable
    without them, they are stray NULs in an ordinary text.
    """
    nuls = content.count(0)
    if not nuls or len(content) % 2 or (4 * nuls < len(content) and _is_plain(content.replace(b"\0", b""))):
        return None
    readings: list[tuple[int, str]] = []
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(_is_not_text(character) for character in text[:_SAMPLE_CHARS]):
            readings.append((sum(map(text.count, " \n\u3000")), text))
    return max(readings)[1] if readings else None


def _is_not_text(character: str) -> bool:
    return unicodedata.category(character) in ("Cn", "Co") or bool(_CONTROL.match(character))


def _is_plain(content: bytes) -> bool:
    return _is_utf_8(content) and not _CONTROL.search(content.decode("utf-8"))


def _is_utf_8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _mostly_utf_8(content: bytes) -> bool:
    """Return whether more multi-byte characters are whole than broken, which is true of no Windows-1252 text."""
    replaced = content.decode("utf-8", errors="replace")
    broken = replaced.count("\ufffd")
    whole = sum(character > "\x7f" for character in replaced) - broken
    return whole > broken


def _damaged(encoding: str) -> UnreadableError:
    return UnreadableError(
        f"This file is damaged: it is {encoding}, but some of it cannot be read.",
        "Save it again as UTF-8, or paste its text.",
    )


def _unknown() -> UnreadableError:
    return UnreadableError(
        "This file is not text in UTF-8, UTF-16 or Windows-1252.", "Save it as UTF-8, or paste its text."
    )
