"""The library: all stories and single articles, page by page."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.collation.relations import Relation
from app.db.engine.base import Database
from app.db.queries import articles as article_queries
from app.db.queries import relations as relation_queries
from app.services.summaries import ArticleEntry

MAX_SHOWN_OF_A_STORY = 5
"""Articles of a story that the library shows: the one added first, and those added last."""


@dataclass(frozen=True, slots=True)
class StoryEntry:
    """A story in the library; an article that shares no text is a story by itself."""

    id: str | None
    """The article that was added first; None for a single article."""
    articles: tuple[ArticleEntry, ...]
    """The one added first and then those added last, at most ``MAX_SHOWN_OF_A_STORY``, in the order of addition."""
    relations: tuple[Relation | None, ...]
    """How the first one is related to each of ``articles``, from its side; None for itself, and if the two are related
    only through others."""
    count: int


@dataclass(frozen=True, slots=True)
class LibraryListing:
    """A page of the library; the story with the latest addition comes first."""

    entries: tuple[StoryEntry, ...]
    page: int
    pages: int
    """At least 1."""
    total: int
    """The number of stories; a single article counts as one."""
    articles: int
    """How many articles there are."""


def read_page(db: Database, page: int = 1, size: int = 30) -> LibraryListing:
    """Return this page of the library, from 1; a number beyond the last gives the last page.

    The number of queries does not depend on the number of articles.
    """
    with db.reading() as session:
        total = relation_queries.count_stories(session)
        pages = max(1, math.ceil(total / size))
        page = min(max(page, 1), pages)
        shelves = relation_queries.latest_of_stories(session, (page - 1) * size, size)
        stories = [story for _, story in shelves if story]
        singles = [article for article, story in shelves if story is None]
        shown: dict[str, list[relation_queries.StorySample]] = {}
        for article in relation_queries.sample_stories(session, stories, singles, MAX_SHOWN_OF_A_STORY):
            shown.setdefault(article.story, []).append(article)
        related = relation_queries.related(session, [shown[story][0].entry.revision for story in stories])
        entries = tuple(_entry(story, shown[story or article], related) for article, story in shelves)
        return LibraryListing(entries, page, pages, total, article_queries.count_articles(session))


def _entry(
    story: str | None,
    shown: Sequence[relation_queries.StorySample],
    related: Mapping[str, Sequence[tuple[str, Relation]]],
) -> StoryEntry:
    articles = tuple(each.entry for each in shown)
    relations = dict(related.get(articles[0].revision, ()))
    return StoryEntry(
        id=story,
        articles=articles,
        relations=tuple(relations.get(article.revision) for article in articles),
        count=shown[0].size,
    )
