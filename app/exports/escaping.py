"""Text as XML and HTML can hold it: escaped, and without the characters that neither may contain."""

import re
from html import escape

REPLACEMENT = "\ufffd"

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML 1.0 document may hold, not even escaped: most controls, lone surrogates, two non-characters."""


def is_forbidden(character: str) -> bool:
    """Return whether no XML document may hold ``character``."""
    return _FORBIDDEN.match(character) is not None


def cleaned(text: str) -> str:
    r"""Return ``text`` with U+FFFD for each character that XML and HTML may not hold.

    >>> ascii(cleaned("a\x00b\ud800"))
    "'a\\ufffdb\\ufffd'"
    """
    return _FORBIDDEN.sub(REPLACEMENT, text)


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
