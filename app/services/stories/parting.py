"""An editor's correction of the program: this article is not the same story."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlmodel import Session

from app.db.engine.base import Database
from app.db.queries import articles as article_queries
from app.db.queries import relations as relation_queries
from app.errors import InvalidInputError
from app.services import edit_log
from app.services.articles.store import newest_in
from app.services.edit_log import Action, Actor
from app.services.relations import story_clusters
from app.services.summaries import ArticleEntry


@dataclass(frozen=True, slots=True)
class StoryPlace:
    """Which articles an article is in a story with, and which it is kept apart from."""

    entry: ArticleEntry
    together: tuple[ArticleEntry, ...]
    apart: tuple[ArticleEntry, ...]


def read_place(db: Database, article: str) -> StoryPlace:
    """Return what an article is together with and apart from. Raises NotFoundError."""
    with db.reading() as session:
        row, newest = newest_in(session, article)
        members = relation_queries.members(session, [row.story]) if row.story else []
        apart = relation_queries.members_by_article(session, relation_queries.apart_from(session, article))
        revisions = [newest.id, *(member.revision for member in [*members, *apart])]
        entries = article_queries.entries(session, revisions)
        return StoryPlace(
            entries[newest.id],
            tuple(entries[member.revision] for member in members if member.article != article),
            tuple(entries[member.revision] for member in apart),
        )


def take_out(db: Database, article: str, *, actor: Actor) -> None:
    """Take an article out of its story, for good. Raises NotFoundError, InvalidInputError if it is in none."""
    moment = datetime.now(UTC)
    with db.writing() as session:
        if not story_clusters.take_out(session, article, moment, actor.name):
            newest_in(session, article)
            raise InvalidInputError(
                "This article is in no story with others.", "There is nothing to take it out of."
            )
        _log(session, "part", article, moment, actor)


def put_back(db: Database, article: str, *, actor: Actor) -> None:
    """Put an article back into the stories that its text belongs to. Raises NotFoundError."""
    with db.writing() as session:
        _, newest = newest_in(session, article)
        story_clusters.put_back(session, article, newest.id)
        _log(session, "rejoin", article, datetime.now(UTC), actor)


def _log(session: Session, action: Action, article: str, moment: datetime, actor: Actor) -> None:
    _, newest = newest_in(session, article)
    entry = edit_log.entry(
        actor, action, moment, article=article, revision=newest.id, number=newest.number, title=newest.title
    )
    edit_log.record(session, [entry])
