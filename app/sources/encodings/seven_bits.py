"""Decode texts that write all letters in seven bits: they look like ASCII, and their bytes like signs of it."""

import base64
import codecs
import re
import unicodedata
from contextlib import suppress
from itertools import islice

_OPENINGS = (
    ("iso2022_jp", re.compile(rb"\x1b\$[@B]")),
    ("iso2022_kr", re.compile(rb"\x1b\$\)C")),
    ("hz", re.compile(rb"~\{(?:[!-w][!-~])+~\}")),
)
"""Encodings, mostly of old e-mail, and what opens their letters."""

UTF_7 = ("utf-7", "utf7", "unicode-1-1-utf-7")
_UTF_7_LETTERS = re.compile(rb"\+([A-Za-z0-9+/]{3,})-?")
MAX_TRIED = 1_000
"""Runs that are looked at first: where few of them are letters, a long text is not decoded."""

MIN_UTF_7_SHARE = 0.8
"""Share of the runs that look like letters in UTF-7 that have to be such, in a text that does not declare it."""


def as_seven_bits(content: bytes, declared: str = "") -> tuple[str, str] | None:
    """Return the text and its encoding where ``content`` is in one of these; else ``None``.

    UTF-7 where it is declared: its letters begin with a plus sign, as others do.

    >>> as_seven_bits("总理星期一抵达首都。".encode("hz"))
    ('总理星期一抵达首都。', 'hz')
    >>> as_seven_bits(b"Call +1 202 555 0100, a + b, or ~{this}.") is None
    True
    """
    if not content.isascii():
        return None
    is_utf_7 = declared.strip().lower() in UTF_7
    opened = [encoding for encoding, opening in _OPENINGS if opening.search(content)]
    for encoding in (*opened, *["utf-7"] * is_utf_7):
        with suppress(UnicodeDecodeError):
            return codecs.decode(content, encoding), encoding
    return None


def undeclared_utf_7(content: bytes) -> tuple[str, int]:
    """Return ``content`` decoded from UTF-7, and in how many places; nothing where less of it may be such letters.

    >>> undeclared_utf_7(b"M+AOI-con, +AOk-t+AOk"), undeclared_utf_7(b"C++ and a+computer+password")
    (('Mâcon, été', 3), ('', 0))
    """
    if b"+" not in content or not content.isascii():
        return "", 0
    first = [bool(_letters(run[1])) for run in islice(_UTF_7_LETTERS.finditer(content), MAX_TRIED)]
    if sum(first) < MIN_UTF_7_SHARE * len(first) or not first:
        return "", 0
    runs = decoded = 0

    def restore(match: re.Match[bytes]) -> bytes:
        nonlocal runs, decoded
        runs += 1
        text = _letters(match[1])
        decoded += bool(text)
        return text.encode() or match[0]

    text = _UTF_7_LETTERS.sub(restore, content).replace(b"+-", b"+").decode()
    return (text, decoded) if decoded and decoded >= MIN_UTF_7_SHARE * runs else ("", 0)


def _letters(run: bytes) -> str:
    """Return what a run of UTF-7 stands for, where that is letters or signs beyond ASCII in an honest encoding."""
    if len(run) * 6 % 16 >= 6:
        return ""
    raw = base64.b64decode(run + b"=" * (-len(run) % 4))
    rest = len(raw) % 2
    if base64.b64encode(raw).rstrip(b"=") != run or any(raw[len(raw) - rest :]):
        return ""
    try:
        text = raw[: len(raw) - rest].decode("utf-16-be")
    except UnicodeDecodeError:
        return ""
    kinds = {unicodedata.category(char)[0] for char in text}
    return text if not text.isascii() and kinds <= set("LMNPSZ") else ""
