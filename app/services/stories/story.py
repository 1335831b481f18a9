"""One story: the articles that reuse one another's text, by date, and how its base is related to each."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlmodel import Session

from app.collation.relations import Relation
from app.db.engine.base import Database
from app.db.queries import articles as article_queries
from app.db.queries import relations as relation_queries
from app.errors import NotFoundError
from app.services.summaries import ArticleEntry

Dated = Literal["published", "added"]
"""Where a story's date of an article comes from: it was stated, or it is the day when the article was added here."""


@dataclass(frozen=True, slots=True)
class StoryArticle:
    """An article of a story."""

    entry: ArticleEntry
    day: date
    dated: Dated
    relation: Relation | None
    """How the story's base is related to it, told from the base; None for the base, and where it is only by way of
    others."""


@dataclass(frozen=True, slots=True)
class Story:
    """The articles that reuse one another's text."""

    id: str
    """The article that was added first; it stays while that article does."""
    base: ArticleEntry
    """What the relations are told from: the article added first, or the one that was asked for."""
    articles: tuple[StoryArticle, ...]
    """By day, then as they were added."""

    @property
    def alone(self) -> bool:
        """Whether it is one article, of which nothing here is a copy."""
        return len(self.articles) == 1


def read(db: Database, id: str, base: str | None = None) -> Story:
    """The story of the article ``id``, any of its members, told from the article ``base``, by default the first added.

    Raises NotFoundError for an unknown article, and for a base that is none of its articles.
    """
    with db.reading() as session:
        return told(session, id, base)


def told(session: Session, id: str, base: str | None = None) -> Story:
    """What ``read`` gives, in the caller's session."""
    found = relation_queries.members_by_article(session, [id])
    if not found:
        raise NotFoundError(
            "There is no such story.", "Its articles may have been deleted, or the link is incomplete."
        )
    members = relation_queries.members(session, [found[0].story]) if found[0].story else found
    chosen = members[0] if base is None else next((m for m in members if m.article == base), None)
    if chosen is None:
        raise NotFoundError(
            "This story has no such article.", "It may have been deleted, or edited into another text."
        )
    entries = article_queries.entries(session, [member.revision for member in members])
    related = dict(relation_queries.related(session, [chosen.revision])[chosen.revision])
    articles = [_article(entries[m.revision], related.get(m.revision)) for m in members]
    return Story(
        id=members[0].article,
        base=entries[chosen.revision],
        articles=tuple(sorted(articles, key=lambda one: (one.day, one.entry.added_at, one.entry.article))),
    )


def _article(entry: ArticleEntry, relation: Relation | None) -> StoryArticle:
    if entry.published_on is not None:
        return StoryArticle(entry, entry.published_on, "published", relation)
    return StoryArticle(entry, entry.added_at.date(), "added", relation)
