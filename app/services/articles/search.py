"""Find articles by name, in bounded time however many there are."""

from sqlmodel import Session

from app.collation.text import fingerprints
from app.db.engine.base import Database
from app.db.index import fingerprints as fingerprint_index
from app.db.index import words as word_index
from app.db.queries import articles as article_queries
from app.services.summaries import ArticleEntry

MAX_RECENT = 10_000
"""Most recent articles whose every title and publisher is read: a tenth of a second's work."""

MAX_BY_TEXT = 1_000
"""Most recent articles whose text has all words of the query, whose titles and publishers are read too."""


def by_name(db: Database, query: str, limit: int) -> tuple[ArticleEntry, ...]:
    """Return at most ``limit`` articles with all words of ``query`` in title or publisher, the last added first.

    Among the ``MAX_RECENT`` most recent articles any part of a word matches; beyond them a title matches by whole
    words, and a publisher only if the text names it too.
    """
    with db.reading() as session:
        return by_name_in(session, query, limit)


def by_name_in(session: Session, query: str, limit: int, exclude: str = "") -> tuple[ArticleEntry, ...]:
    """Return what ``by_name`` returns, but for the article ``exclude``, in the caller's session."""
    words = fingerprints.words([query])
    by_text = fingerprint_index.entries_by_serial(
        session, word_index.serials_holding_all(session, words, MAX_BY_TEXT)
    ).values()
    revisions = [entry.revision for entry in by_text]
    entries = article_queries.find_by_name(session, query.split(), limit + 1, MAX_RECENT, revisions)
    return tuple(entry for entry in entries if entry.article != exclude)[:limit]
