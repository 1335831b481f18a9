"""Whether two addresses belong to the same page."""

import hashlib
import re
from urllib.parse import parse_qsl, urlencode, urlsplit

_ARCHIVED = re.compile(
    r"https?://web\.archive\.org/web/(?P<when>\d{4,14})(?:[a-z]{2}_)?/(?P<page>https?:/.*)", re.I | re.S
)
_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|mc_[ce]id|igshid|ref_src|cmpid|ocid|smid|ito|at_\w+|xtor|guccounter)\Z"
)


def page_key(address: str) -> str:
    """Return what is the same for all addresses of one page, 16 characters; empty without an address of the web.

    Scheme, ``www.``, ``m.`` and ``amp.``, a slash at the end, the fragment and what only counts readers make no other
    page, nor does a web archive's address before it.

    >>> page_key("https://www.news.example/a/?utm_source=x#top") == page_key("http://news.example/a")
    True
    >>> page_key("https://news.example/a?id=1") == page_key("https://news.example/a?id=2"), page_key("")
    (False, '')
    """
    try:
        parts = urlsplit(original(address).strip())
        host = (parts.hostname or "").lower()
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or not host:
        return ""
    host = re.sub(r"\A(?:www\d?|m|mobile|amp)\.(?=.*\.)", "", host)
    query = sorted(
        pair
        for pair in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKING.match(pair[0].lower())
    )
    canonical = f"{host}{parts.path.rstrip('/')}?{urlencode(query)}"
    return hashlib.sha256(canonical.encode("utf-8", "replace")).hexdigest()[:16]


def original(address: str) -> str:
    """Return the address of the page that a web archive's address holds a copy of; any other as it is.

    >>> original("https://web.archive.org/web/20240205100000id_/https://news.example/a")
    'https://news.example/a'
    """
    archived = _ARCHIVED.match(address.strip())
    return re.sub(r"\A(https?):/+", r"\1://", archived["page"]) if archived else address


def as_captured(address: str) -> str:
    """Return the address at which a web archive gives a page as it was captured, without the archive's own frame.

    >>> as_captured("https://web.archive.org/web/20240205100000/https://news.example/a")
    'https://web.archive.org/web/20240205100000id_/https://news.example/a'
    """
    archived = _ARCHIVED.match(address.strip())
    return f"https://web.archive.org/web/{archived['when']}id_/{original(address)}" if archived else address
