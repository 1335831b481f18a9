"""Links: which web addresses may be fetched, and which are refused before any request."""

import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from app.errors import FetchError

MAX_LINK_CHARS = 2000

PORTS = {"http": 80, "https": 443}
"""The only schemes, each with the only port that is connected to."""

_UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\\]")
_KEPT_IN_TARGET = "/?:@!$&'()*+,;=%~-._[]|"
MAX_NOTE_CHARS = 400
"""Characters of a text so short that a link in it may be what was meant."""

_WEB_LINK = re.compile(r"\bhttps?://[^\s<>\"]{4,2000}")
_SCHEME = re.compile(r"https?://|(?:about|data|file|ftps?|javascript|mailto|view-source):", re.IGNORECASE)
_LINK = re.compile(
    rf"(?:https?://[^/]\S*|(?!https?:)(?:{_SCHEME.pattern})\S+|www\.[\w-]+\.[\w.-]+(?:/\S*)?|[\w-]+(?:\.[\w-]+)*\.[a-z]{{2,24}}/\S*)\Z",
    re.IGNORECASE,
)
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)\Z")


@dataclass(frozen=True, slots=True)
class Link:
    """An address of the web, taken apart."""

    scheme: str
    host: str
    """In lower case, in ASCII (IDNA); an IPv6 address without its brackets."""
    target: str
    """The path with its query, in ASCII, as it is asked for."""

    @property
    def port(self) -> int:
        """The port to connect to."""
        return PORTS[self.scheme]

    @property
    def authority(self) -> str:
        """The host as an address writes it."""
        return f"[{self.host}]" if ":" in self.host else self.host

    @property
    def url(self) -> str:
        """The whole address, without a fragment."""
        return f"{self.scheme}://{self.authority}{self.target}"


def parse_link(text: str) -> Link:
    """Return ``text`` as a link. Raises FetchError, which says why it is not fetched.

    >>> parse_link("HTTPS://News.Example:443/a#part").url
    'https://news.example/a'
    """
    text = text.strip()
    if len(text) > MAX_LINK_CHARS:
        raise FetchError(f"This link is too long: {MAX_LINK_CHARS:,} characters are the most.", "Shorten it.")
    if _UNSEEN.search(text):
        raise FetchError(
            "This link has spaces, or characters that show nothing.", "Copy it again from the address bar."
        )
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise _no_link() from None
    scheme = parts.scheme.lower()
    if scheme not in PORTS:
        raise FetchError(
            f"Links that begin with {scheme}: are not fetched." if scheme else "This is not a web address.",
            "Give one that begins with https:// or http://.",
        )
    if "@" in parts.netloc:
        raise FetchError(
            "This link has a name or password before its host, so it was not fetched.",
            "Leave out all between // and @.",
        )
    if port not in (None, PORTS[scheme]):
        raise FetchError(
            f"This link leads to port {port}, so it was not fetched.",
            "Only the usual ports of the web are connected to: 443 for https, 80 for http.",
        )
    target = quote(parts.path or "/", safe=_KEPT_IN_TARGET)
    if parts.query:
        target += "?" + quote(parts.query, safe=_KEPT_IN_TARGET)
    return Link(scheme, _host(parts.hostname or ""), target)


def follow(link: Link, location: str) -> Link:
    """Return where a redirect from ``link`` leads. Raises FetchError for what is not fetched."""
    return parse_link(urljoin(link.url, location.strip()))


def links_in(text: str) -> tuple[str, ...]:
    """Return the links that ``text`` is made of, each once, or nothing where it holds anything else.

    One without its scheme, as browsers show them, is taken for https. Those of other schemes are links too, so that
    ``parse_link`` can say why they are not fetched.

    >>> links_in("https://news.example/a www.news.example news.example/b")
    ('https://news.example/a', 'https://www.news.example', 'https://news.example/b')
    >>> links_in("Read https://news.example/a"), links_in("visit.txt")
    ((), ())
    """
    words = text.split()
    if not all(map(_LINK.match, words)):
        return ()
    return tuple(dict.fromkeys(word if _SCHEME.match(word) else f"https://{word}" for word in words))


def link_among(text: str) -> str:
    """Return the link in a short text of other words; empty where there is none, or several.

    >>> link_among("See https://news.example/a."), link_among("He came to Oslo.")
    ('https://news.example/a', '')
    """
    if len(text) > MAX_NOTE_CHARS:
        return ""
    links = {match[0].rstrip(".,;:!?)]}»”'\"") for match in _WEB_LINK.finditer(text)}
    return links.pop() if len(links) == 1 else ""


def _host(host: str) -> str:
    if ":" in host:
        return host.lower()
    host = host.rstrip(".")
    try:
        name = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        raise _no_link() from None
    name = name.lower()
    if not name or len(name) > 253 or not all(map(_LABEL.match, name.split("."))):
        raise _no_link()
    return name


def _no_link() -> FetchError:
    return FetchError("This is not a web address.", "Give one such as https://news.example/story.")
