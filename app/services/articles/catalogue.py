"""Lists of articles and revisions in parts, for programs that go through all of them."""

from dataclasses import dataclass
from datetime import date, datetime

from app.db.engine.base import Database
from app.db.queries import articles as article_queries
from app.errors import NotFoundError
from app.services.articles.origin import Origin, origin_in
from app.services.summaries import ArticleEntry


@dataclass(frozen=True, slots=True)
class ArticlePlace:
    """A place between two articles in the order of addition: after the one with this time and id."""

    added_at: datetime
    article: str


def list_articles(
    db: Database,
    limit: int,
    *,
    after: ArticlePlace | None = None,
    publisher: str = "",
    since: date | None = None,
    until: date | None = None,
) -> tuple[ArticleEntry, ...]:
    """Return at most ``limit`` articles, the last added first, those that come after a place in that order.

    ``publisher`` is the name as it is stated; ``since`` and ``until`` bound the day of publication, both included.
    """
    with db.reading() as session:
        place = (after.added_at, after.article) if after else None
        return tuple(article_queries.listed(session, limit, place, publisher, since, until))


def read_origin(db: Database, article: str) -> Origin:
    """Return where an article's texts came from. Raises NotFoundError."""
    with db.reading() as session:
        if not article_queries.exists(session, article):
            raise _no_article()
        return origin_in(session, article)


def _no_article() -> NotFoundError:
    return NotFoundError("There is no such article.", "It may have been deleted, or the link is incomplete.")
