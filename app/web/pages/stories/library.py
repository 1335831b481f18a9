"""The library page: stories and single articles as rows, the most serious findings first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import get_args
from urllib.parse import urlencode

from app import permalinks
from app.collation.document import labels
from app.collation.findings.registry import KINDS, LOUD
from app.services.articles.labels import LabelCount
from app.services.operations.backlog import Waiting
from app.services.stories.library import (
    EVERYTHING,
    LibraryListing,
    Order,
    ShelfQuery,
    StoryEntry,
)
from app.services.summaries import ArticleEntry
from app.web import formatting
from app.web.pages.articles.trash import DeletedNotice
from app.web.pages.comparison import summary
from app.web.pages.shared.backlog import WaitingPage, waiting_line
from app.web.pages.shared.entry import PUBLISHER_NOT_STATED, EntryView, entry_view
from app.web.pages.shared.paging import Pager, pager_of_pages
from app.web.pages.shared.relatives import INDIRECT, SharedView, shared_view
from app.web.pages.stories.worst_finding import WorstFindingView, counts_by_kind, worst_finding_view

MAX_FOUND = 50
"""Articles that a search lists; a reader who finds more adds another word."""

ORDERS: dict[Order, str] = {
    "serious": "Serious findings first",
    "newest": "Newest first",
    "published": "Date of publication",
    "articles": "Most articles",
}

_SHOWN = {"": "All", "stories": "Stories", "single": "Single articles"}


@dataclass(frozen=True, slots=True)
class Choices:
    """What a reader chose to see, as the address has it."""

    publisher: str = ""
    kind: str = ""
    since: str = ""
    until: str = ""
    undated: str = ""
    noted: str = ""
    tag: str = ""
    collection: str = ""
    show: str = ""
    sort: Order = "serious"

    def query(self, *, is_editor: bool) -> ShelfQuery:
        """Return the rows that are wanted; a value that is not among the choices restricts nothing."""
        return ShelfQuery(
            publisher=self.publisher,
            since=_date(self.since),
            until=_date(self.until),
            is_undated=bool(self.undated),
            kind=self.kind if self.kind in LOUD else "",
            noted="" if not self.noted else "any" if is_editor else "public",
            tag=self.tag,
            collection=self.collection,
            is_story={"stories": True, "single": False}.get(self.show),
        )

    def path(self, page: int) -> str:
        """Return the address of a page of what is chosen."""
        chosen = [
            (each.name, getattr(self, each.name))
            for each in fields(self)
            if getattr(self, each.name) != each.default
        ]
        chosen += [("page", str(page))] * (page > 1)
        return f"/?{urlencode(chosen)}" if chosen else "/"


def choices_from(query: Mapping[str, str]) -> Choices:
    """Return the choices in the query of an address; what has no meaning is left out.

    >>> choices_from({"kind": "number", "since": "soon", "sort": "x"}).path(1)
    '/?kind=number'
    """
    sort = query.get("sort", "")
    kind, show = query.get("kind", ""), query.get("show", "")
    return Choices(
        publisher=" ".join(query.get("publisher", "")[:500].split()),
        tag=" ".join(query.get("tag", "")[:500].split()),
        collection=" ".join(query.get("collection", "")[:500].split()),
        kind=kind if kind in LOUD else "",
        since=query.get("since", "") if _date(query.get("since", "")) else "",
        until=query.get("until", "") if _date(query.get("until", "")) else "",
        undated="1" if query.get("undated") else "",
        noted="1" if query.get("noted") else "",
        show=show if show in _SHOWN else "",
        sort=next((order for order in get_args(Order) if order == sort), "serious"),
    )


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a field."""

    value: str
    name: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Filters:
    """The form that filters and orders."""

    choices: Choices
    publishers: tuple[str, ...]
    kinds: tuple[Option, ...]
    shows: tuple[Option, ...]
    orders: tuple[Option, ...]
    tags: tuple[Option, ...]
    """Empty where no article has any, like the collections."""
    collections: tuple[Option, ...]
    is_active: bool
    """Whether something restricts the list."""


@dataclass(frozen=True, slots=True)
class ShelfArticle:
    """One article of a story, which can be picked for a comparison."""

    entry: EntryView
    name: str
    """What links call it."""
    revision: str
    day: str
    shared: SharedView | None
    """What it shares with the first; None for the first itself."""
    compare_path: str
    parting: str
    """Where an editor takes it out of the story; empty for a single article."""


@dataclass(frozen=True, slots=True)
class ShelfView:
    """A story, or a single article."""

    title: str
    link: str
    """The page of the story, or of the single article."""
    is_story: bool
    worst: WorstFindingView | None
    notes: str
    """How many notes there are, or are to check; empty for none."""
    notes_link: str
    says: str
    """What there is to know where no finding is."""
    publisher: str
    others: str
    """How many further articles there are; empty for none."""
    days: str
    undated: str
    """Of a story from when its articles are, where that is more than the day of the first; may be empty."""
    counts: tuple[str, ...]
    """Findings of the most serious comparison, by kind."""
    counts_of: str
    """Whose these are, where the story has several pairs of articles."""
    unfold: str
    """What shows the articles of a story, in words."""
    articles: tuple[ShelfArticle, ...]
    """The one added first, then those added last; of a single article itself."""
    more: str
    """How many further ones there are, in words; empty where all are shown."""


@dataclass(frozen=True, slots=True)
class LibraryPage:
    """A page of the library."""

    total: str
    """How many articles there are, or were found."""
    shelves: tuple[ShelfView, ...]
    pager: Pager | None
    """The ways to the pages before and after."""
    deleted: DeletedNotice | None = None
    """What the editor has just deleted."""
    restored: str = ""
    """How many articles the editor has just put back, in words; else empty."""
    waiting: WaitingPage | None = None
    """That articles are still to be compared; None where none is."""
    query: str = ""
    """The words searched for in titles and publishers; empty if all articles are listed."""
    quotations: str = ""
    """The address of the quotations with these words; ``texts`` that of the texts."""
    texts: str = ""
    filters: Filters | None = None
    """None where a search lists what it found."""


def library_page(
    stored: LibraryListing,
    waiting: Waiting,
    choices: Choices | None = None,
    publishers: Sequence[str] = (),
    deleted: DeletedNotice | None = None,
    restored: int = 0,
    known_labels: Sequence[LabelCount] = (),
) -> LibraryPage:
    """Build the page that shows ``stored``, which was read for these ``choices``."""
    choices = choices or Choices()
    says = f"Page {stored.page:,} of {stored.pages:,}"
    return LibraryPage(
        total=_total(stored, choices),
        shelves=tuple(_shelf(entry, waiting) for entry in stored.entries),
        pager=pager_of_pages(says, stored.page, stored.page < stored.pages, choices.path),
        deleted=deleted,
        restored=formatting.counted(restored, "article") if restored else "",
        waiting=waiting_line(waiting, "library"),
        filters=_filters(choices, publishers, known_labels) if stored.articles else None,
    )


def found_page(articles: Sequence[ArticleEntry], query: str) -> LibraryPage:
    """Return the page of the articles whose title or publisher has the words of ``query``, ``MAX_FOUND`` at most."""
    listed = articles[:MAX_FOUND]
    total = f"{formatting.counted(len(listed), 'article')} found"
    return LibraryPage(
        total=f"These are {MAX_FOUND} of the articles found; add a word to find fewer"
        if articles[MAX_FOUND:]
        else total,
        shelves=tuple(map(_single, listed)),
        pager=None,
        query=query,
        quotations=f"/quotations?{urlencode({'q': query})}",
        texts=f"/search?{urlencode({'q': query})}",
    )


def _total(stored: LibraryListing, choices: Choices) -> str:
    """Return how many articles there are, how many stories they form, and how many of these have findings."""
    articles = formatting.counted(stored.articles, "article")
    if choices.query(is_editor=True) != EVERYTHING:
        return f"{formatting.counted(stored.total, 'story or article', 'stories and articles')} of {articles}"
    if not stored.stories:
        return articles
    singles = stored.total - stored.stories
    parts = [formatting.counted(stored.stories, "story", "stories")]
    parts += [formatting.counted(singles, "single article")] * bool(singles)
    verb = "has" if stored.with_findings == 1 else "have"
    stories = formatting.counted(stored.with_findings, "story", "stories")
    with_findings = f". {stories} {verb} findings" if stored.with_findings else ""
    return f"{articles}: {' and '.join(parts)}{with_findings}"


def _filters(choices: Choices, publishers: Sequence[str], known_labels: Sequence[LabelCount]) -> Filters:
    kinds: list[tuple[str, str]] = [("", "Any"), *((kind, KINDS[kind].heading) for kind in LOUD)]
    return Filters(
        choices=choices,
        publishers=tuple(publishers),
        kinds=_options(kinds, choices.kind),
        shows=_options(_SHOWN.items(), choices.show),
        orders=_options(ORDERS.items(), choices.sort),
        tags=_named(known_labels, "tag", choices.tag),
        collections=_named(known_labels, "collection", choices.collection),
        is_active=choices.query(is_editor=True) != EVERYTHING,
    )


def _named(known_labels: Sequence[LabelCount], kind: str, chosen: str) -> tuple[Option, ...]:
    names = [label.name for label in known_labels if label.kind == kind]
    if chosen and chosen not in names:  # it may be spelled differently, or be gone
        names.append(chosen)
    return _options([("", "Any"), *((name, name) for name in names)], chosen) if names else ()


def _options(options: Iterable[tuple[str, str]], chosen: str) -> tuple[Option, ...]:
    return tuple(Option(value, name, value == chosen) for value, name in options)


def _shelf(stored: StoryEntry, waiting: Waiting) -> ShelfView:
    if stored.id is None:
        return replace(_single(stored.articles[0]), notes=_notes(stored))
    others_dates = _others_dates(stored)
    first = stored.articles[0]
    articles = [
        ShelfArticle(
            entry_view(first),
            first.title,
            first.revision,
            formatting.day(first.published_on),
            None,
            "",
            permalinks.parting_path(first.article),
        )
    ]
    for other, relation, pair in list(zip(stored.articles, stored.relations, stored.pairs, strict=True))[
        :0:-1
    ]:
        base, name = labels(first.publisher, first.title, other.publisher, other.title)
        shared = shared_view(relation, summary.isolated(base)) if relation else INDIRECT
        path = permalinks.compare_path(*pair)
        articles.append(
            ShelfArticle(
                entry_view(other),
                name,
                other.revision,
                formatting.day(other.published_on),
                shared,
                path,
                permalinks.parting_path(other.article),
            )
        )
    more = stored.count - len(stored.articles)
    says = "Not compared yet" if waiting.pairs else "No change of meaning was found"
    return ShelfView(
        title=first.title,
        link=permalinks.story_path(stored.id),
        is_story=True,
        worst=worst_finding_view(stored.worst) if stored.worst else None,
        notes=_notes(stored),
        notes_link=f"/notes?story={stored.id}",
        says="" if stored.worst else says,
        publisher=first.publisher or PUBLISHER_NOT_STATED,
        others=f"+ {stored.count - 1:,}",
        days=formatting.day(first.published_on) if first.published_on or not others_dates else "undated",
        undated=others_dates,
        counts=counts_by_kind(stored.worst.counts) if stored.worst else (),
        counts_of="in one pair" if stored.worst and stored.count > 2 else "",
        unfold=f"{formatting.counted(stored.count, 'article')}",
        articles=tuple(articles),
        more=formatting.counted(more, "more article") if more else "",
    )


def _single(entry: ArticleEntry) -> ShelfView:
    view = entry_view(entry)
    extent = formatting.extent(entry.numbered_count)
    return ShelfView(
        title=entry.title,
        link=view.path,
        is_story=False,
        worst=None,
        notes="",
        notes_link=f"/notes?article={entry.article}",
        says=f"{entry.author} · {extent}" if entry.author else extent,
        publisher=view.publisher,
        others="",
        days=formatting.day(entry.published_on),
        undated="",
        counts=(),
        counts_of="",
        unfold="",
        articles=(
            ShelfArticle(view, entry.title, entry.revision, formatting.day(entry.published_on), None, "", ""),
        ),
        more="",
    )


def _notes(stored: StoryEntry) -> str:
    if stored.to_check:
        return f"{stored.to_check:,} to check"
    return formatting.counted(stored.notes, "note") if stored.notes else ""


def _others_dates(stored: StoryEntry) -> str:
    """Say from when the story's articles are, where that is not the day of the first."""
    first = stored.articles[0].published_on
    span = _span(stored.first_on, stored.last_on)
    undated = stored.undated - (first is None)
    if stored.last_on is None:
        return ""
    dates = f"{'in all' if first else 'others'} {span}" if span != formatting.day(first) else ""
    return ", ".join(filter(None, (dates, f"{undated:,} undated" if undated else "")))


def _span(first: date | None, last: date | None) -> str:
    """Return the days from the first to the last, in as few words as they allow.

    >>> _span(date(2024, 11, 9), date(2024, 11, 11)), _span(date(2024, 1, 12), date(2024, 8, 16)), _span(None, None)
    ('9–11 November 2024', '12 January – 16 August 2024', 'no date stated')
    """
    if first is None or last is None:
        return formatting.NO_DATE
    if first == last:
        return formatting.day(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{formatting.day(last)}"
    start = formatting.day(first)
    return f"{start.rpartition(' ')[0] if first.year == last.year else start} – {formatting.day(last)}"


def _date(value: str) -> date | None:
    try:
        return date.fromisoformat(value) if len(value) == 10 else None
    except ValueError:
        return None
