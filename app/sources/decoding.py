"""Decode bytes into text, or say why they are not text."""

import re

from app.errors import UnreadableError
from app.sources.encodings.read import read_text

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


def decode(content: bytes) -> str:
    """Decode by byte order mark, else as UTF-16 if NUL bytes point to that, else as UTF-8, else as what makes words.

    Every code point except the byte order mark is kept. Raises UnreadableError, which says what the bytes are instead.

    >>> decode("Größe".encode("utf-16-le")), decode("Die Größe ist nicht bekannt.".encode("cp1252"))
    ('Größe', 'Die Größe ist nicht bekannt.')
    """
    for start, kind, advice in _FORMATS:
        if content.startswith(start):
            raise UnreadableError(f"This is {kind}, not a text file.", advice)
    text = read_text(content).text
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
