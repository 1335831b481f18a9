"""Text as XML, HTML and JSON can hold it: escaped, and without the characters that they may not contain."""

import json
import re
from html import escape

REPLACEMENT = "\ufffd"

FORBIDDEN = re.compile("([^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff])")
"""What no XML 1.0 document may hold, not even escaped: most controls, lone surrogates, two non-characters."""

_POP, _POP_ISOLATE = "\u202c", "\u2069"
_ENDS = {
    **dict.fromkeys("\u202a\u202b\u202d\u202e", _POP),
    **dict.fromkeys("\u2066\u2067\u2068", _POP_ISOLATE),
}
"""What ends each sign that begins another direction of writing (UAX 9)."""
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def cleaned(text: str) -> str:
    r"""Return ``text`` with U+FFFD for each character that XML and HTML may not hold.

    >>> ascii(cleaned("a\x00b\ud800"))
    "'a\\ufffdb\\ufffd'"
    """
    return FORBIDDEN.sub(REPLACEMENT, text)


def in_one_line(text: str) -> str:
    r"""Return ``text`` cleaned and in one line, after which the direction of writing is as before it.

    A title may begin to override the direction and never end that: the date and the address beside it would be
    shown backwards.

    >>> in_one_line(" A\n visit "), ascii(in_one_line("\u202eA \u2067visit"))
    ('A visit', "'\\u202eA \\u2067visit\\u2069\\u202c'")
    """
    line = " ".join(cleaned(text).split())
    ends: list[str] = []
    isolates = 0
    for sign in _DIRECTIONS.findall(line):
        if sign in _ENDS:
            ends.append(_ENDS[sign])
            isolates += _ENDS[sign] == _POP_ISOLATE
        elif sign == _POP_ISOLATE and isolates:  # it ends what was begun within, too
            isolates -= 1
            while ends.pop() != sign:
                pass
        elif sign == _POP and ends and ends[-1] == sign:
            ends.pop()
    return line + "".join(reversed(ends))


def escaped(text: str) -> str:
    """Return ``text`` for an element or an attribute, cleaned.

    >>> escaped('<a href="x">')
    '&lt;a href=&quot;x&quot;&gt;'
    """
    return escape(cleaned(text))


def xml_escaped(text: str) -> str:
    r"""Return ``text`` so that an XML parser gives it back exactly: it would read a carriage return as a line feed.

    ``text`` holds none of the characters that XML forbids.

    >>> xml_escaped("a\r<b>")
    'a&#13;&lt;b&gt;'
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def web_address(url: str) -> str:
    """Return ``url`` if a browser may follow it as a web address; else nothing.

    >>> web_address("https://example.org/"), web_address("javascript:alert(1)")
    ('https://example.org/', '')
    """
    return url if re.match(r"https?://[^\s]+\Z", url, re.IGNORECASE) else ""


def json_bytes(value: object, *, indent: int | None = None) -> bytes:
    r"""Return ``value`` as JSON in UTF-8; a lone surrogate, which UTF-8 cannot hold, is written as an escape.

    >>> json_bytes(["é", "\ud800"])
    b'["\xc3\xa9","\\ud800"]\n'
    """
    separators = (",", ":") if indent is None else None
    text = json.dumps(value, ensure_ascii=False, indent=indent, separators=separators)
    return f"{text}\n".encode("utf-8", "backslashreplace")
