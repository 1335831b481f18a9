"""Decode UTF-8, UTF-16 and UTF-32, and tell damaged ones."""

import codecs
import re
import unicodedata

from app.errors import UnreadableFileError

_MARKS = (  # UTF-32's marks first: the little-endian one begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


_SURROGATE_IN_UTF8 = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_SAMPLE_CHARS = 4096


def as_unicode(content: bytes) -> tuple[str, str] | None:
    """Return the text of UTF-8, UTF-16 or UTF-32 and which it is; ``None`` if ``content`` is none of them.

    Raises UnreadableFileError where a byte order mark says that it is one, but it is damaged.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            try:
                return content[len(mark) :].decode(encoding), encoding
            except UnicodeDecodeError:
                raise damaged(encoding.upper().removesuffix("-LE").removesuffix("-BE")) from None
    if (text := _as_utf_16(content)) is not None:
        return text, "utf-16"
    return (content.decode("utf-8"), "utf-8") if _is_utf_8(content) else None


def refuse_broken(content: bytes) -> None:
    """Raise UnreadableFileError for UTF-8 that is damaged."""
    # Their bytes are also those of common characters in Chinese encodings: then the rest is no UTF-8 either.
    rest = _SURROGATE_IN_UTF8.sub(b"", content)
    if (rest != content and _is_utf_8(rest)) or _mostly_utf_8(rest):
        raise damaged("UTF-8")


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


def damaged(encoding: str) -> UnreadableFileError:
    """Return the error for a file of this encoding that is damaged."""
    return UnreadableFileError(
        f"This file is damaged: it is {encoding}, but some of it cannot be read.",
        "Save it again as UTF-8, or paste its text.",
    )
