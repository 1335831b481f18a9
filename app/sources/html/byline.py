"""Read bylines: the names of the authors, and the day, that a reader sees near the headline."""

import re
from collections.abc import Iterator
from datetime import date

from lxml.html import HtmlElement

from app.sources.html import days, names
from app.sources.html.segments import PageSegment

MAX_BYLINE_WORDS = 30
MAX_NAME_WORDS = 6

SIGNED_NEAR = 6
"""Pieces of text from the headline on among which the line is that signs an article."""

_BY = re.compile(
    r"^\W*(?:(?:written|reported|story|words|posted|opinion|analysis|review)\s+)?"
    r"(?:by|por|par|von|di|da|door|текст|автор)\b\s*:?\s*",
    re.IGNORECASE,
)
_NAME_SEPARATOR = re.compile(
    r"\s*(?:[,;&|/]|\band\b|\bund\b|\bet\b|\by\b|\be\b|\bwith\b|\bfor\b)\s*", re.IGNORECASE
)
_NAME = re.compile(r"[^\W\d_][\w'’.\-]*(?:\s[\w'’.\-]+){0,5}\Z")
_NO_NAME = re.compile(
    r"\b(?:staff writer|reporter|correspondent|editor|follow|updated|published|posted|share|comments?|min read|admin|"
    r"read more|contributor|columnist|view|profile|subscribe|www|http)\b|\.com\b|@",
    re.IGNORECASE,
)
_REPORTED_BY = re.compile(
    r"\W?(?:reporting|reported|rédigé)\s+(?:by|par)\s+(?P<names>[^;.()]{3,200}?)"
    r"(?:\s+(?:in|à)\s|;|\.|,?\s*(?:writing|editing|édité)\b|\)|$)",
    re.IGNORECASE,
)


class VisibleByline:
    """The names and days that a reader sees near the headline."""

    def __init__(self, root: HtmlElement, segments: list[PageSegment], title: str) -> None:
        place = next((i for i, segment in enumerate(segments) if title and segment.text == title), 0)
        linked, printed = _linked_authors(root), self._authors(segments, place)
        # Of two who are named in one line, a page may mark one alone.
        self.authors = printed if set(linked) < set(printed) else linked or printed
        self.signed = self._signed(segments, place)
        """Whom a line just below the headline names, and nobody and nothing else: “By Ann Lee and Bo Moe”."""
        self.reporters = self._reporters(segments)
        """Whom a line at the end names as those who reported."""
        self.days = self._days(root, segments, place)

    def _authors(self, segments: list[PageSegment], place: int) -> list[str]:
        near = segments[max(0, place - 6) : place + 25]
        short = [segment for segment in near if _is_short(segment)]
        marked = [segment for segment in short if any(_is_byline(e) for e in around(segment.element, 4))]
        opened = [segment for segment in short if _BY.match(segment.text)]
        for segment in (*marked[:1], *opened, *marked[1:]):
            if people := [
                name for name in split_names(segment.text) if " " in name or name.upper() == name.lower()
            ]:
                return people  # one word alone is a place or a section
        return []

    def _signed(self, segments: list[PageSegment], place: int) -> list[str]:
        for segment in segments[place : place + SIGNED_NEAR]:
            line = days.without_day(segment.text) if _is_short(segment) else ""
            if _BY.match(line):
                parts = [part for part in _NAME_SEPARATOR.split(_BY.sub("", line)) if part.strip(" .")]
                people = split_names(line)
                return people if len(people) == len(parts) and all(" " in name for name in people) else []
        return []

    def _reporters(self, segments: list[PageSegment]) -> list[str]:
        matches = (_REPORTED_BY.match(segment.text) for segment in segments)
        return next((split_names(match["names"]) for match in matches if match), [])

    def _days(self, root: HtmlElement, segments: list[PageSegment], place: int) -> tuple[date, ...]:
        texts = [s.text for s in segments[max(0, place - 6) : place + 25] if _is_short(s)]
        if (time := next(root.iter("time"), None)) is not None:
            texts += [time.get("datetime") or "", " ".join("".join(time.itertext()).split())]
        return tuple(day for text in texts if (day := days.stated_day(text)))


def _linked_authors(root: HtmlElement) -> list[str]:
    """Return the names in elements that are marked as the author's, by a link's ``rel`` or by microdata."""
    people: list[str] = []
    for element in root.iter("a", "span", "div", "p", "address"):
        if (
            "author" in (element.get("rel") or "").split()
            or "author" in (element.get("itemprop") or "").split()
        ):
            text = " ".join("".join(element.itertext()).split())
            if len(text.split()) <= MAX_BYLINE_WORDS:
                people += split_names(text)
    return list(dict.fromkeys(people))[:5]


def _is_short(segment: PageSegment) -> bool:
    return len(segment.text.split()) <= MAX_BYLINE_WORDS


def _is_byline(element: HtmlElement) -> bool:
    if (
        "author" in (element.get("rel") or "").lower().split()
        or "author" in (element.get("itemprop") or "").lower()
    ):
        return True
    return names.reason_in(names.names_of(element)) == "byline" and not element.findall(".//p")[2:]


def around(element: HtmlElement, count: int) -> Iterator[HtmlElement]:
    """Yield an element and those around it, ``count`` of them at most."""
    current: HtmlElement | None = element
    for _ in range(count):
        if current is None:
            return
        yield current
        current = current.getparent()


def clean_name(name: str) -> str:
    """Return an author's name without ``By`` and addresses; empty where it is nobody's."""
    name = _BY.sub("", re.sub(r"https?://\S+", "", name)).strip(" ,;|·-–—")
    if (
        not name
        or len(name) > 80
        or name.lower() in ("admin", "administrator", "editor", "author", "none", "null")
    ):
        return ""
    return name


def split_names(text: str) -> list[str]:
    """Return the names in a byline; none where it holds something else, such as an address."""
    text = _BY.sub("", " ".join(text.split()))
    text = days.without_day(text)
    if text.startswith(("http", "@", "/")):
        return []
    return [
        part
        for part in (part.strip(" .·–—-") for part in _NAME_SEPARATOR.split(text))
        if part
        and _NAME.match(part)
        and not _NO_NAME.search(part)
        and part[0].isupper()
        and len(part.split()) <= MAX_NAME_WORDS
    ]
