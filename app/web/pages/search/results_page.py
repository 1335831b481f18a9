"""The page of a search: what was found, grouped by story, with the words marked."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import get_args
from urllib.parse import urlencode

from app import permalinks
from app.collation.findings.registry import KINDS, LOUD
from app.services.articles.labels import LabelCount
from app.services.relations.pairs import base_first
from app.services.search.find import ArticleHits, NoteHit, SearchRequest, SearchResults, Sort, StoryHits
from app.services.search.marks import HitExcerpt
from app.services.search.terms import LANGUAGES
from app.web import formatting
from app.web.pages.articles.article import PARAGRAPHS_PER_PART, part_path
from app.web.pages.shared.entry import PUBLISHER_NOT_STATED
from app.web.pages.shared.numbering import in_signs
from app.web.pages.shared.paging import Pager, pager_of_pages, part_holding

MAX_TYPED_CHARS = 10_000
"""Characters of a query that are shown again in the field."""

MAX_FIELD_CHARS = 500

SORTS: Mapping[Sort, str] = {
    "relevance": "Best match first",
    "newest": "Last added first",
    "published": "Last published first",
}

LANGUAGE_NAMES: Mapping[str, str] = {
    "af": "Afrikaans", "ar": "Arabic", "az": "Azerbaijani", "ca": "Catalan", "cs": "Czech", "da": "Danish",
    "de": "German", "el": "Greek", "en": "English", "es": "Spanish", "et": "Estonian", "eu": "Basque",
    "fi": "Finnish", "fil": "Filipino", "fr": "French", "gl": "Galician", "he": "Hebrew", "hi": "Hindi",
    "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian", "is": "Icelandic", "it": "Italian", "ja": "Japanese",
    "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian", "ms": "Malay", "nb": "Norwegian", "nl": "Dutch",
    "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian",
    "sq": "Albanian", "sv": "Swedish", "sw": "Swahili", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian",
    "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SearchAddress:
    """A search as its address has it."""

    q: str = ""
    publisher: str = ""
    language: str = ""
    since: str = ""
    until: str = ""
    kind: str = ""
    tag: str = ""
    collection: str = ""
    noted: str = ""
    sort: Sort = "relevance"
    below: str = ""
    page: int = 1

    def request(self) -> SearchRequest:
        """Return what is searched for."""
        return SearchRequest(
            query=self.q,
            publisher=self.publisher,
            language=self.language,
            since=_date(self.since),
            until=_date(self.until),
            kind=self.kind,
            tag=self.tag,
            collection=self.collection,
            is_noted=bool(self.noted),
            sort=self.sort,
            below=int(self.below) if self.below else None,
            page=self.page,
        )

    def path(self, start: str = "/search", **changed: str | int) -> str:
        """Return its address, with some fields changed; of a long query, what is read of it."""
        values = ((each, changed.get(each.name, getattr(self, each.name))) for each in fields(self))
        stated = ((each.name, value) for each, value in values if value != each.default)
        given = [(name, str(value)[:MAX_FIELD_CHARS]) for name, value in stated]
        return f"{start}?{urlencode(given)}" if given else start


def address_from(query: Mapping[str, str]) -> SearchAddress:
    """Return the search that an address names; what has no meaning is left out.

    >>> address_from({"q": " a b ", "since": "soon", "sort": "x", "page": "-1", "below": "9" * 30}).path()
    '/search?q=a+b'
    """
    sort, page, below = (query.get(name, "") for name in ("sort", "page", "below"))
    return SearchAddress(
        q=query.get("q", "").strip()[:MAX_TYPED_CHARS],
        publisher=_field(query, "publisher"),
        language=language if (language := query.get("language", "")) in LANGUAGES else "",
        since=query.get("since", "") if _date(query.get("since", "")) else "",
        until=query.get("until", "") if _date(query.get("until", "")) else "",
        kind=kind if (kind := query.get("kind", "")) in LOUD else "",
        tag=_field(query, "tag"),
        collection=_field(query, "collection"),
        noted="1" if query.get("noted") else "",
        sort=next((known for known in get_args(Sort) if known == sort), "relevance"),
        below=below if permalinks.number(below, 15) is not None else "",
        page=max(1, permalinks.number(page, 6) or 1),
    )


@dataclass(frozen=True, slots=True)
class HitPiece:
    """A run of characters of a text, marked or not."""

    text: str
    is_marked: bool


@dataclass(frozen=True, slots=True)
class HitView:
    """A paragraph that holds words of the search."""

    place: str
    """Its number in words, for readers of the screen; ``number`` as printed."""
    number: str
    link: str
    cite: str
    """The address of the page on which the paragraph is cited."""
    pieces: tuple[HitPiece, ...]


@dataclass(frozen=True, slots=True)
class FoundView:
    """An article that was found."""

    title: tuple[HitPiece, ...]
    name: str
    revision: str
    link: str
    publisher: tuple[HitPiece, ...]
    day: str
    author: tuple[HitPiece, ...]
    hits: tuple[HitView, ...]
    more: str
    """How many further paragraphs hold words of the search; empty for none."""


@dataclass(frozen=True, slots=True)
class FoundStory:
    """A story of which articles were found; without a heading, an article on its own."""

    heading: str
    link: str
    compare: str
    """The comparison of the two that are shown first, at the place that was found; empty where only one is."""
    compare_at: str
    """Where that is, in a sign or two; empty where no paragraph was found."""
    articles: tuple[FoundView, ...]
    more: str


@dataclass(frozen=True, slots=True)
class NoteHitView:
    """A note that holds the words."""

    place: str
    link: str
    pieces: tuple[HitPiece, ...]


@dataclass(frozen=True, slots=True)
class SearchOption:
    """A choice of a field."""

    value: str
    name: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The page."""

    address: SearchAddress
    heading: str
    description: str
    total: str
    """How many were found, in words; empty where nothing was looked for."""
    bound: str
    """Why there may be more; empty where all are listed."""
    older: str
    """Where the search goes on among older articles."""
    is_older: bool
    """Whether this is such a part."""
    newest: str
    """The same search from its beginning."""
    remarks: tuple[str, ...]
    waiting: str
    """How many articles cannot be searched yet; empty for none."""
    stories: tuple[FoundStory, ...]
    notes: tuple[NoteHitView, ...]
    pager: Pager | None
    publishers: tuple[str, ...]
    languages: tuple[SearchOption, ...]
    kinds: tuple[SearchOption, ...]
    tags: tuple[SearchOption, ...]
    """Empty where there is none, as for collections."""
    collections: tuple[SearchOption, ...]
    sorts: tuple[SearchOption, ...]
    is_filtered: bool
    opens_filters: bool
    """Whether a phone shows the filters: they say what the heading does not."""
    unfiltered: str
    """The same words without filters."""
    quotations: str
    """The quotations with these words."""


def search_page(
    address: SearchAddress,
    results: SearchResults,
    publishers: Sequence[str],
    labels: Sequence[LabelCount] = (),
) -> SearchPage:
    """Build the page that shows ``results``."""
    is_search = results.parsed.asks or _is_filtered(address)
    return SearchPage(
        address=address,
        heading=f"“{_short(address.q)}”" if address.q else _label(address) or "Search",
        description="Search every paragraph, title, publisher and author in the library.",
        total=_total(results) if is_search else "",
        bound=_bound(results),
        older=address.path(below=str(results.floor), page=1) if results.floor else "",
        is_older=bool(address.below),
        newest=address.path(below="", page=1),
        remarks=results.remarks,
        waiting=formatting.counted(results.waiting, "article") if results.waiting else "",
        stories=tuple(map(_story, results.stories)),
        notes=tuple(
            NoteHitView(hit.place, _note_link(hit), tuple(_pieces(hit.excerpt))) for hit in results.notes
        ),
        pager=pager_of_pages(
            f"Page {results.page:,} of {results.pages:,}",
            results.page,
            results.page < results.pages,
            lambda page: address.path(page=page),
        ),
        publishers=tuple(publishers),
        languages=_options(
            [("", "Any"), *sorted(LANGUAGE_NAMES.items(), key=lambda item: item[1])], address.language
        ),
        kinds=_options([("", "Any"), *((kind, KINDS[kind].heading) for kind in LOUD)], address.kind),
        tags=_named(labels, "tag", address.tag),
        collections=_named(labels, "collection", address.collection),
        sorts=_options(SORTS.items(), address.sort),
        is_filtered=_is_filtered(address),
        opens_filters=_is_filtered(address) and not (_label(address) and not address.q),
        unfiltered=SearchAddress(q=address.q).path(),
        quotations=f"/quotations?{urlencode({'q': address.q[:300]})}",
    )


def _total(results: SearchResults) -> str:
    number = formatting.counted(results.articles, "article")
    if results.is_bounded:
        return f"More than {number} match"
    return f"{number} {'matches' if results.articles == 1 else 'match'}"


def _bound(results: SearchResults) -> str:
    if results.is_bounded:
        return f"These are the {results.articles:,} that were added last."
    if results.floor:
        return "Only the most recently added articles were searched; older ones not yet."
    return ""


def _story(hits: StoryHits) -> FoundStory:
    articles = tuple(map(_article, hits.articles))
    count = len(articles) + hits.more
    if hits.story is None:
        return FoundStory("", "", "", "", articles, "")
    compare, place = _comparison(*hits.articles[:2]) if len(hits.articles) > 1 else ("", "")
    return FoundStory(
        heading=f"One story, {count:,} articles" if count > 1 else "Part of a story",
        link=permalinks.story_path(hits.story),
        compare=compare,
        compare_at=place,
        articles=articles,
        more=formatting.counted(hits.more, "more article") if hits.more else "",
    )


def _comparison(one: ArticleHits, other: ArticleHits) -> tuple[str, str]:
    """Return the way to the place that was found in the comparison of two articles, and what the place is called."""
    base, _ = base_first(one.article, other.article)
    sides = {"base": one, "witness": other} if base is one.article else {"base": other, "witness": one}
    path = permalinks.compare_path(*(side.article.revision for side in sides.values()))
    for name, side in sides.items():
        if side.paragraphs:
            hit = side.paragraphs[0]
            chosen = {each: hits.article.revision for each, hits in sides.items()}
            return f"/compare?{urlencode({**chosen, 'at': f'{name}-{hit.index}'})}", in_signs([hit.number])
    return path, ""


def _note_link(hit: NoteHit) -> str:
    if hit.witness is None:
        return f"{permalinks.text_path(hit.base)}#note-{hit.id}"
    path = permalinks.compare_path(hit.base, hit.witness)
    return f"{permalinks.row_path(path, hit.row, hit.finding, hit.pins)}#note-{hit.id}"


def _article(article_hits: ArticleHits) -> FoundView:
    entry = article_hits.article
    path = permalinks.article_path(entry.article)
    hits = []
    for hit in article_hits.paragraphs:
        part = part_holding(hit.index + 1, PARAGRAPHS_PER_PART, entry.paragraphs_count)
        place = {"H": "Headline", "f": "Page extras"}.get(hit.number, f"Paragraph {hit.number}")
        number = hit.number if hit.number in "Hf" else f"¶{hit.number}"
        link = f"{part_path(path, part.start + 1)}#{hit.anchor}"
        cite = f"{permalinks.revision_path(entry.article, entry.number)}/export?paragraph={hit.index + 1}"
        hits.append(HitView(place, number, link, cite, tuple(_pieces(hit.excerpt))))
    return FoundView(
        title=tuple(_pieces(article_hits.title)),
        name=entry.title,
        revision=entry.revision,
        link=path,
        publisher=tuple(_pieces(article_hits.publisher)) or (HitPiece(PUBLISHER_NOT_STATED, False),),
        day=formatting.day(entry.published_on),
        author=tuple(_pieces(article_hits.author)),
        hits=tuple(hits),
        more=formatting.counted(article_hits.more, "more paragraph") if article_hits.more else "",
    )


def _pieces(excerpt: HitExcerpt) -> Iterator[HitPiece]:
    if not excerpt.is_opening:
        yield HitPiece("… ", False)
    at = 0
    for start, end in excerpt.spans:
        if start > at:
            yield HitPiece(excerpt.text[at:start], False)
        yield HitPiece(excerpt.text[start:end], True)
        at = end
    if at < len(excerpt.text):
        yield HitPiece(excerpt.text[at:], False)
    if not excerpt.is_ending:
        yield HitPiece(" …", False)


def _options(options: Iterable[tuple[str, str]], chosen: str) -> tuple[SearchOption, ...]:
    return tuple(SearchOption(value, name, value == chosen) for value, name in options)


def _named(labels: Sequence[LabelCount], kind: str, chosen: str) -> tuple[SearchOption, ...]:
    names = [label.name for label in labels if label.kind == kind]
    if chosen and chosen not in names:  # it may be spelled differently, or be gone
        names.append(chosen)
    return _options([("", "Any"), *((name, name) for name in names)], chosen) if names else ()


def _label(address: SearchAddress) -> str:
    """Return what the page of a tag or a collection is called; empty where anything else is asked for too.

    >>> _label(SearchAddress(tag="to publish")), _label(SearchAddress(tag="to publish", kind="number"))
    ('Tag: to publish', '')
    """
    chosen = [name for name in _FILTERS if getattr(address, name)]
    if chosen not in (["tag"], ["collection"]):
        return ""
    return f"{chosen[0].capitalize()}: {getattr(address, chosen[0])}"


def _is_filtered(address: SearchAddress) -> bool:
    return any(getattr(address, name) for name in _FILTERS)


_FILTERS = ("publisher", "language", "since", "until", "kind", "tag", "collection", "noted")


def _short(query: str) -> str:
    words = " ".join(query.split()).strip('"“”')
    return words if len(words) <= 60 else f"{words[:60]}…"


def _field(query: Mapping[str, str], name: str) -> str:
    return " ".join(query.get(name, "")[:MAX_FIELD_CHARS].split())


def _date(value: str) -> date | None:
    try:
        return date.fromisoformat(value) if len(value) == 10 else None
    except ValueError:
        return None
