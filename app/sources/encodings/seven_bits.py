"""Decode texts that write all letters in seven bits: they look like ASCII, and their bytes like signs of it."""

import codecs
import re
from contextlib import suppress

_OPENINGS = (
    ("iso2022_jp", re.compile(rb"\x1b\$[@B]")),
    ("iso2022_kr", re.compile(rb"\x1b\$\)C")),
    ("hz", re.compile(rb"~\{(?:[!-w][!-~])+~\}")),
)
"""Encodings, mostly of old e-mail, and what opens their letters."""

_UTF_7 = ("utf-7", "utf7", "unicode-1-1-utf-7")


def as_seven_bits(content: bytes, declared: str = "") -> tuple[str, str] | None:
    """Return the text and its encoding where ``content`` is in one of these; else ``None``.

    UTF-7 has to be declared: its letters begin with a plus sign, as others do.

    >>> as_seven_bits("总理星期一抵达首都。".encode("hz"))
    ('总理星期一抵达首都。', 'hz')
    >>> as_seven_bits(b"Call +1 202 555 0100, a + b, or ~{this}.") is None
    True
    """
    if not content.isascii():
        return None
    is_utf_7 = declared.strip().lower() in _UTF_7
    opened = [encoding for encoding, opening in _OPENINGS if opening.search(content)]
    for encoding in (*opened, *["utf-7"] * is_utf_7):
        with suppress(UnicodeDecodeError):
            return codecs.decode(content, encoding), encoding
    return None
