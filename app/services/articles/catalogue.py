"""Lists of articles and revisions in parts, for programs that go through all of them."""

from dataclasses import dataclass
from datetime import date, datetime

from app.db.engine.base import Database
from app.db.queries import articles as article_queries
from app.db.queries.searching import labels as label_queries
from app.errors import NotFoundError
from app.services.articles.origin import Origin, origin_in
from app.services.summaries import ArticleEntry


@dataclass(frozen=True, slots=True)
class ArticlePlace:
    """A place between two articles in the order of addition: after the one with this time and id."""

    added_at: datetime
    article: str


MAX_LOOKED_AT = 20_000
"""Articles that one request looks through for some days' articles: a tenth of a second. The list continues from
there."""


def list_articles(
    db: Database,
    limit: int,
    *,
    after: ArticlePlace | None = None,
    publisher: str = "",
    since: date | None = None,
    until: date | None = None,
) -> tuple[tuple[ArticleEntry, ...], ArticlePlace | None]:
    """Return at most ``limit`` articles, the newest first, and the place to continue after; None at the end.

    Those that come after the place ``after``. ``publisher`` is one of its names, as stated; ``since`` and ``until``
    bound the day of publication, both included: there may be more after a part that is not full.
    """
    with db.reading() as session:
        place = (after.added_at, after.article) if after else None
        is_of_days = since is not None or until is not None
        floor = article_queries.place_further(session, place, MAX_LOOKED_AT) if is_of_days else None
        publishers = label_queries.names_of_publisher(session, publisher) if publisher else ()
        entries = article_queries.listed(session, limit + 1, place, publishers, since, until, floor)
    if len(entries) > limit:
        last = entries[limit - 1]
        return tuple(entries[:limit]), ArticlePlace(last.added_at, last.article)
    return tuple(entries), ArticlePlace(*floor) if floor else None


def read_origin(db: Database, article: str) -> Origin:
    """Return where an article's texts came from. Raises NotFoundError."""
    with db.reading() as session:
        if not article_queries.exists(session, article):
            raise _no_article()
        return origin_in(session, article)


def _no_article() -> NotFoundError:
    return NotFoundError("There is no such article.", "It may have been deleted, or the link is incomplete.")
