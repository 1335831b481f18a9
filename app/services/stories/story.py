"""One story: the articles that reuse one another's text, by date, and how its base is related to each."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from app.collation.relations import Relation
from app.db.engine.base import Database
from app.db.queries import articles as article_queries
from app.db.queries import relations as relation_queries
from app.errors import NotFoundError
from app.services.relations.pairs import base_of
from app.services.summaries import ArticleEntry


@dataclass(frozen=True, slots=True)
class StoryArticle:
    """An article of a story."""

    entry: ArticleEntry
    relation: Relation | None
    """How the story's base is related to it, from the base's side; None for the base itself, and if the two are
    related only through others."""


@dataclass(frozen=True, slots=True)
class Story:
    """The articles that reuse one another's text."""

    id: str
    """The article that was added first; it stays the same as long as that article exists."""
    base: ArticleEntry
    """The article whose side the relations are given from: the default one, or the one that was requested."""
    default_base: str
    """The article that is the base unless another is requested: the one published first, or else added first."""
    articles: tuple[StoryArticle, ...]
    """By the date that they state, then those without one as they were added."""

    @property
    def requested_base(self) -> str:
        """The base where it is not the default one, as addresses name it; else empty."""
        return "" if self.base.article == self.default_base else self.base.article

    @property
    def is_single(self) -> bool:
        """Whether it is a single article, which shares no text with another."""
        return len(self.articles) == 1


def read_story(db: Database, id: str, base: str | None = None) -> Story:
    """Return the story that the article ``id`` belongs to, seen from the article ``base``.

    By default that is the one published first, as far as dates are stated, or else added first.

    Raises NotFoundError for an unknown article, and for a base that is not in the story.
    """
    with db.reading() as session:
        return read_story_in(session, id, base)


def read_story_in(session: Session, id: str, base: str | None = None) -> Story:
    """Return what ``read_story`` returns, in the caller's session."""
    named = relation_queries.members_by_article(session, [id])
    if not named:
        raise NotFoundError(
            "There is no such story.", "Its articles may have been deleted, or the link is incomplete."
        )
    members = relation_queries.members(session, [named[0].story]) if named[0].story else named
    if base is not None and all(member.article != base for member in members):
        raise NotFoundError(
            "This story has no such article.", "It may have been deleted, or edited into another text."
        )
    entries = article_queries.entries(session, [member.revision for member in members])
    default = base_of([entries[member.revision] for member in members])
    chosen = next((entry for entry in entries.values() if entry.article == base), default)
    related = dict(relation_queries.related(session, [chosen.revision])[chosen.revision])
    articles = [StoryArticle(entries[m.revision], related.get(m.revision)) for m in members]
    return Story(
        id=members[0].article,
        base=chosen,
        default_base=default.article,
        articles=tuple(sorted(articles, key=lambda article: by_date(article.entry))),
    )


def by_date(entry: ArticleEntry) -> tuple[bool, str, datetime, str]:
    """Return the key that sorts articles by the date they state, then those without one as they were added.

    The day on which an article was added says nothing of when it was published.
    """
    stated = entry.published_on
    return stated is None, stated.isoformat() if stated else "", entry.added_at, entry.article
