"""Text as XML, HTML and JSON can hold it: escaped, and without the characters that they may not contain."""

import json
import re
from html import escape

REPLACEMENT = "\ufffd"

FORBIDDEN = re.compile("([^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff])")
"""What no XML 1.0 document may hold, not even escaped: most controls, lone surrogates, two non-characters."""


def cleaned(text: str) -> str:
    r"""Return ``text`` with U+FFFD for each character that XML and HTML may not hold.

    >>> ascii(cleaned("a\x00b\ud800"))
    "'a\\ufffdb\\ufffd'"
    """
    return FORBIDDEN.sub(REPLACEMENT, text)


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
