"""Stories: the articles that reuse one another's text, as the library lists them and as their own pages show them."""

import math
from dataclasses import dataclass

from app.collation.relations import Relation
from app.db.engine.base import Database
from app.db.queries import articles as article_queries
from app.db.queries import relations as relation_queries
from app.services.stories.matrix import Matrix, matrix
from app.services.stories.story import Story, StoryArticle, read
from app.services.summaries import ArticleEntry

__all__ = [
    "LibraryListing",
    "Matrix",
    "Story",
    "StoryArticle",
    "StoryEntry",
    "library",
    "matrix",
    "read",
]

SHOWN = 5
"""Articles of a story that the library shows: the one added first, and those added last."""


@dataclass(frozen=True, slots=True)
class StoryEntry:
    """A story in the library; an article that stands alone is one of its own."""

    id: str | None
    """The article that was added first; None for one that stands alone."""
    articles: tuple[ArticleEntry, ...]
    """The one added first and then those added last, ``SHOWN`` at most, in the order in which they were added."""
    relations: tuple[Relation | None, ...]
    """How the first one is related to each of ``articles``, told from it; None for itself, and where it is only by
    way of others."""
    count: int


@dataclass(frozen=True, slots=True)
class LibraryListing:
    """A page of the library; the story that an article was last added to comes first."""

    entries: tuple[StoryEntry, ...]
    page: int
    pages: int
    """At least 1."""
    total: int
    """How many stories there are, an article that stands alone being one."""
    articles: int
    """How many articles there are."""


def library(db: Database, page: int = 1, size: int = 30) -> LibraryListing:
    """The page of this number, from 1; one beyond the last gives the last.

    It takes as many queries for any number of articles.
    """
    with db.reading() as session:
        total = relation_queries.count_stories(session)
        pages = max(1, math.ceil(total / size))
        page = min(max(page, 1), pages)
        shelves = relation_queries.latest_of_stories(session, (page - 1) * size, size)
        found: dict[str, list[relation_queries.StorySample]] = {}
        alone = [article for article, story in shelves if story is None]
        for one in relation_queries.sample_stories(session, [s for _, s in shelves if s], alone, SHOWN):
            found.setdefault(one.story, []).append(one)
        firsts = [found[story][0].entry.revision for _, story in shelves if story]
        related = relation_queries.related(session, firsts)
        entries = tuple(
            _entry(
                story,
                found[story or article],
                dict(related.get(found[story or article][0].entry.revision, ())),
            )
            for article, story in shelves
        )
        return LibraryListing(entries, page, pages, total, article_queries.count_articles(session))


def _entry(
    story: str | None, shown: list[relation_queries.StorySample], related: dict[str, Relation]
) -> StoryEntry:
    return StoryEntry(
        id=story,
        articles=tuple(one.entry for one in shown),
        relations=tuple(related.get(one.entry.revision) for one in shown),
        count=shown[0].size,
    )
