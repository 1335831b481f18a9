"""Conditional requests: what a client says that it has already (RFC 9110, section 13.1)."""

import re
from collections.abc import Iterable

Headers = Iterable[tuple[bytes, bytes]]

_TAG = re.compile(rb'(?:\A|,)[ \t]*(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")[ \t]*(?=,|\Z)')
"""A tag in a list, without its mark of weakness. It may hold a comma, but no quotation mark."""

_OF_UNCHANGED = frozenset(
    {b"cache-control", b"content-location", b"etag", b"expires", b"link", b"set-cookie", b"vary"}
)
"""Headers of an answer that its 304 has too: the others are of a body that is not sent."""


def sent(headers: Headers, name: bytes) -> bytes:
    """Return what ``headers`` say under ``name``, in lower case, as one list: it may come in several lines."""
    return b",".join([value for other, value in headers if other == name])


def names(listed: bytes, tag: bytes) -> bool:
    """Return whether a list of tags, or ``*`` for any, names what ``tag`` is of, whether or not a tag is weak.

    >>> names(b'"a", W/"b,c"', b'"b,c"'), names(b'"b"', b'W/"b"'), names(b"*", b'"a"')
    (True, True, True)
    >>> names(b'"abc"', b'"b"'), names(b'*, "a"', b'"b"'), names(b"", b'"a"')
    (False, False, False)
    """
    return listed == tag or listed.strip() == b"*" or tag.removeprefix(b"W/") in _TAG.findall(listed)


def is_held(held: bytes, headers: Headers) -> bool:
    """Return whether a client that sent ``held`` as If-None-Match already has the answer with these ``headers``.

    Where something is, ``*`` means it, with a tag or without.
    """
    return names(held, sent(headers, b"etag"))


def of_unchanged(headers: Headers) -> list[tuple[bytes, bytes]]:
    """Return what the 304 says of an answer with ``headers``."""
    return [pair for pair in headers if pair[0].lower() in _OF_UNCHANGED]
