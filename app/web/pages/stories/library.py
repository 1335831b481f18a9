"""The library page: stories with their articles, and single articles."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from app import permalinks
from app.collation.document import labels
from app.services.operations.backlog import Waiting
from app.services.stories.library import LibraryListing, StoryEntry
from app.services.summaries import ArticleEntry
from app.web import formatting
from app.web.pages.comparison import summary
from app.web.pages.shared.backlog import WaitingPage, waiting_line
from app.web.pages.shared.entry import EntryView, entry_view
from app.web.pages.shared.paging import Pager, pager_of_pages
from app.web.pages.shared.relatives import INDIRECT, RelativeView, shared_view

MAX_FOUND = 50
"""Articles that a search lists; who finds more gives another word."""


@dataclass(frozen=True, slots=True)
class ShelfView:
    """A story, or a single article."""

    entry: EntryView
    """The article that was added first."""
    name: str
    """What links call it."""
    story: str
    """The address of the story's page; empty for a single article."""
    count: str
    """How many articles the story has."""
    others: tuple[RelativeView, ...]
    """Others of its articles, the one added last first, each related to the first of all."""
    more: str
    """How many further ones there are, in words; empty where all are shown."""


@dataclass(frozen=True, slots=True)
class LibraryPage:
    """A page of the library."""

    total: str
    """How many articles there are, or were found."""
    shelves: tuple[ShelfView, ...]
    pager: Pager | None
    """The ways to the pages of newer and of older stories."""
    deleted: bool = False
    """Whether the reader comes from deleting an article."""
    waiting: WaitingPage | None = None
    """That articles are still to be compared; None where none is."""
    query: str = ""
    """The words searched for in titles and publishers; empty if all articles are listed."""
    quotations: str = ""
    """The address of the quotations with these words."""


def library_page(stored: LibraryListing, waiting: Waiting, deleted: bool = False) -> LibraryPage:
    """Build the page that shows ``stored``."""
    return LibraryPage(
        total=_total(stored),
        shelves=tuple(_shelf(entry) for entry in stored.entries),
        pager=pager_of_pages(
            f"Page {stored.page} of {stored.pages}", stored.page, stored.page < stored.pages, _path
        ),
        deleted=deleted,
        waiting=waiting_line(waiting, "library"),
    )


def found_page(articles: Sequence[ArticleEntry], query: str) -> LibraryPage:
    """Return the page of the articles whose title or publisher has the words of ``query``, ``MAX_FOUND`` at most."""
    listed = articles[:MAX_FOUND]
    total = f"{formatting.counted(len(listed), 'article')} found"
    return LibraryPage(
        total=f"Here are {MAX_FOUND} of the articles found; one more word finds fewer"
        if articles[MAX_FOUND:]
        else total,
        shelves=tuple(
            ShelfView(entry_view(article), article.title, story="", count="", others=(), more="")
            for article in listed
        ),
        pager=None,
        query=query,
        quotations=f"/quotations?{urlencode({'q': query})}",
    )


def _total(stored: LibraryListing) -> str:
    """Return how many articles there are, and how many stories they form, if any."""
    articles = formatting.counted(stored.articles, "article")
    if stored.total == stored.articles:
        return articles
    return f"{articles} in {formatting.counted(stored.total, 'story', 'stories')}"


def _shelf(stored: StoryEntry) -> ShelfView:
    first, *others = stored.articles
    more = stored.count - len(stored.articles)
    views = []
    for other, relation in reversed(list(zip(others, stored.relations[1:], strict=True))):
        base, name = labels(first.publisher, first.title, other.publisher, other.title)
        shared = shared_view(relation, summary.isolated(base)) if relation else INDIRECT
        path = permalinks.compare_path(first.revision, other.revision)
        views.append(RelativeView(entry_view(other), name, shared, path))
    return ShelfView(
        entry=entry_view(first),
        name=first.title,
        story=permalinks.story_path(stored.id) if stored.id else "",
        count=formatting.counted(stored.count, "article"),
        others=tuple(views),
        more=formatting.counted(more, "more article") if more else "",
    )


def _path(number: int) -> str:
    return "/" if number == 1 else f"/?page={number}"
