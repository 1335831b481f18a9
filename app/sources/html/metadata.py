"""Find what a page states about its article: its title, publisher, authors, day, language and address."""

import re
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml.html import HtmlElement

from app.sources.html import days, json_ld
from app.sources.html.byline import VisibleByline, around, clean_name, split_names
from app.sources.html.segments import PageSegment
from app.sources.model import Field
from app.sources.persons import is_person, is_source_in

JSON_LD, OPEN_GRAPH, HEADER, BYLINE, PAGE, ADDRESS = (
    "JSON-LD",
    "Open Graph",
    "page header",
    "byline",
    "page",
    "address",
)

MAX_TITLE_CHARS = 300

MIN_TITLE_LIKENESS = 0.3
"""Share of words that a heading has in common with what the page calls its article, from which it is the headline."""

_SUFFIX = re.compile(r"\s+(?:[|·•–—-]|::|»|\\|/)\s+")
_AUTHOR_KEYS = re.compile(r"(?:^|[.:_-])(?:author|authors|author_name|creator|byl)\Z")
_PUBLISHER_KEYS = (
    "dc.publisher",
    "citation_journal_title",
    "publisher",
    "application-name",
    "apple-mobile-web-app-title",
)
_DATE_KEYS = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "pubdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "sailthru.date",
    "citation_publication_date",
    "citation_date",
    "article.published",
    "published-date",
    "date",
)
_DATE_KEY = re.compile(r"publish(?:ed)?[_.:-]?(?:time|date|on|at)?\Z|firstpublish|pub[_-]?date")


@dataclass(frozen=True, slots=True)
class PageFields:
    """What a page states, and what its article is called in all places, for telling its headline in the text."""

    title: Field
    publisher: Field
    author: Field
    published_on: Field
    language: Field
    address: Field
    titles: tuple[str, ...]
    body: str
    """The article's text as stated for machines."""
    is_free: bool
    """Whether everybody may read it, as far as the page states."""


def page_fields(root: HtmlElement, segments: list[PageSegment], address: str = "") -> PageFields:
    """Return what the page states. ``address`` is where it was found, which resolves relative addresses."""
    header = _header(root)
    page_title = _line(root.findtext(".//title") or "")
    graph_title = header.get("og:title", "") or header.get("twitter:title", "")
    headings = [
        segment.text for segment in segments if any(e.tag == "h1" for e in around(segment.element, 3))
    ]
    stated = json_ld.read(root, (*headings, graph_title, page_title))
    publisher = _publisher(header, stated, page_title)
    title = _title(headings, stated.title, graph_title, page_title, publisher.value)
    found_at = _address(root, header, stated, address)
    visible = VisibleByline(root, segments, title.value)
    return PageFields(
        title=title,
        publisher=publisher,
        author=_author(header, stated, visible, publisher.value, segments),
        published_on=_published(header, stated, visible, found_at.value or address),
        language=_language(root, header, stated),
        address=found_at,
        titles=tuple(t for t in (title.value, stated.title, graph_title, page_title) if t),
        body=stated.body,
        is_free=stated.is_free,
    )


def _header(root: HtmlElement) -> dict[str, str]:
    """Return the first content of each meta element by its name in small letters."""
    header: dict[str, str] = {}
    for meta in root.iter("meta"):
        key = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        content = _line(meta.get("content") or "")
        if key and content:
            header.setdefault(key, content)
    return header


def _title(headings: list[str], stated: str, graph: str, page: str, publisher: str) -> Field:
    others = [other for other in (stated, graph, page) if other]
    headings = [heading for heading in headings if not _same(heading, publisher)]
    best = max(headings, key=lambda heading: _best_likeness(heading, others), default="")
    if best and (len(set(headings)) == 1 or not others or _best_likeness(best, others) >= MIN_TITLE_LIKENESS):
        return Field(best[:MAX_TITLE_CHARS], PAGE)
    for value, source in ((stated, JSON_LD), (graph, OPEN_GRAPH)):
        if value:
            return Field(_without_suffix(value, publisher)[:MAX_TITLE_CHARS], source)
    return Field(_without_suffix(page, publisher)[:MAX_TITLE_CHARS], PAGE) if page else Field()


def _without_suffix(title: str, publisher: str) -> str:
    """Return a title without the name of the site at its end."""
    parts = _SUFFIX.split(title)
    if len(parts) < 2:
        return title
    last = parts[-1]
    if (publisher and _likeness(last, publisher) >= 0.5) or len(last.split()) <= 4 < len(parts[0].split()):
        start = title.rfind(last)
        return _SUFFIX.sub("", title[:start] + " ").strip(" |·•–—-:»\\/") or title
    return title


def _publisher(header: dict[str, str], stated: json_ld.Stated, page_title: str) -> Field:
    site = header.get("og:site_name", "")
    if site and not _is_host(site):
        return Field(site, OPEN_GRAPH)
    if stated.publisher:
        return Field(stated.publisher, JSON_LD)
    for key in _PUBLISHER_KEYS:
        if value := header.get(key):
            return Field(value, HEADER)
    if site:
        return Field(site, OPEN_GRAPH)
    parts = _SUFFIX.split(page_title)
    if len(parts) > 1 and len(parts[-1].split()) <= 4:
        return Field(parts[-1].strip(), PAGE)
    return Field()


def _author(
    header: dict[str, str],
    stated: json_ld.Stated,
    visible: VisibleByline,
    publisher: str,
    segments: list[PageSegment],
) -> Field:
    candidates: list[tuple[list[str], str]] = [(list(stated.authors), JSON_LD)]
    for key, value in header.items():
        if _AUTHOR_KEYS.search(key) and not key.startswith(("og:image", "twitter:")):
            candidates.append((split_names(value), HEADER))
    candidates += [(visible.authors, BYLINE), (visible.reporters, BYLINE)]
    for names, source in candidates:
        people = [
            name
            for name in dict.fromkeys(clean_name(part) for name in names for part in name.split(", "))
            if not _same(name, publisher)
            and is_person(name, publisher)
            and not any(is_source_in(segment.text, name) for segment in segments)
        ]
        if people:
            signed = [name for name in visible.signed if is_person(name, publisher)]
            if source != BYLINE and signed == visible.signed and _names_others(signed, people):
                people, source = signed, BYLINE
            return Field(", ".join(people[:20]), source)
    return Field()


def _names_others(signed: list[str], stated: list[str]) -> bool:
    """Return whether those who sign an article are all different from those stated in metadata, or more of them."""
    own, others = ({name.casefold() for name in names} for names in (signed, stated))
    shared = set(_words(" ".join(own))) & set(_words(" ".join(others)))
    return own > others or (bool(own) and not shared)


def _published(header: dict[str, str], stated: json_ld.Stated, visible: VisibleByline, address: str) -> Field:
    candidates: list[tuple[str, str]] = [(stated.published, JSON_LD)]
    candidates += [
        (header[key], HEADER if ":" not in key else OPEN_GRAPH) for key in _DATE_KEYS if key in header
    ]
    candidates += [(value, HEADER) for key, value in header.items() if _DATE_KEY.search(key)]
    in_address = days.day_in_address(urlsplit(address).path) if address else None
    for value, source in candidates:
        day = days.stated_day(value) if value else None
        if day is None:
            continue
        # Readers were shown the day in the publisher's own time zone.
        for local in days.local_days(value):
            if local in visible.days and day not in visible.days:
                return Field(local.isoformat(), BYLINE)
            if local == in_address:
                return Field(local.isoformat(), ADDRESS)
        return Field(day.isoformat(), source)
    if visible.days:
        return Field(visible.days[0].isoformat(), BYLINE)
    return Field(in_address.isoformat(), ADDRESS) if in_address else Field()


def _language(root: HtmlElement, header: dict[str, str], stated: json_ld.Stated) -> Field:
    html = root if root.tag == "html" else root.find(".//html")
    code = "" if html is None else (html.get("lang") or html.get("xml:lang") or "")
    for value, source in (
        (code, PAGE),
        (stated.language, JSON_LD),
        (header.get("og:locale", ""), OPEN_GRAPH),
        (header.get("content-language", "") or header.get("language", ""), HEADER),
    ):
        tag = value.strip().replace("_", "-").split(",")[0]
        if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}", tag):
            return Field(tag, source)
    return Field()


def _address(root: HtmlElement, header: dict[str, str], stated: json_ld.Stated, address: str) -> Field:
    links = (link for link in root.iter("link") if "canonical" in (link.get("rel") or "").lower().split())
    canonical = next((link.get("href") or "" for link in links), "")
    candidates = ((canonical, PAGE), (header.get("og:url", ""), OPEN_GRAPH), (stated.address, JSON_LD))
    for value, source in candidates:
        try:
            absolute = urldefrag(urljoin(address, value.strip())).url if value.strip() else ""
            parts = urlsplit(absolute)
            is_plain = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc
        except ValueError:
            continue
        # A front page is the address of a mistake in the page, not of an article.
        if is_plain and (parts.path.strip("/") or parts.query) and not re.search(r"\s", absolute):
            return Field(absolute, source)
    return Field(urldefrag(address).url, ADDRESS) if address else Field()


def _best_likeness(title: str, others: list[str]) -> float:
    return max((_likeness(title, other) for other in others), default=0.0)


def _likeness(one: str, other: str) -> float:
    """Return the share of words that two titles have in common, 0 to 1."""
    words, others = set(_words(one)), set(_words(other))
    return len(words & others) / max(1, min(len(words), len(others)))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _same(name: str, publisher: str) -> bool:
    return bool(publisher) and _words(name) == _words(publisher)


def _is_host(name: str) -> bool:
    return bool(re.fullmatch(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+/?", name.strip()))


def _line(text: str) -> str:
    return " ".join(text.split())
