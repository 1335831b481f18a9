"""Finding an article by its name: in bounded time, however many there are."""

from app.collation.text import fingerprints
from app.db.engine.base import Database
from app.db.index import fingerprints as fingerprint_index
from app.db.index import words as word_index
from app.db.queries import articles as article_queries
from app.services.summaries import ArticleEntry

RECENT = 10_000
"""Articles, those added last, of which each title and publisher is read: a tenth of a second's work."""

HOLDING = 1_000
"""Articles, those added last, that hold all words sought, of which the title and the publisher are read too."""


def named(db: Database, sought: str, limit: int, besides: str = "") -> tuple[ArticleEntry, ...]:
    """The articles but ``besides`` whose title or publisher holds each of the words ``sought``, the last added first.

    At most ``limit``. Any part of a word will do among the ``RECENT`` articles that were added last; beyond them,
    titles are found by whole words, and publishers where the text names them too.
    """
    with db.reading() as session:
        words = fingerprints.words([sought])
        holders = fingerprint_index.of_serials(session, word_index.holding(session, words, HOLDING)).values()
        revisions = [entry.revision for entry in holders]
        found = article_queries.named(session, sought.split(), limit + 1, RECENT, revisions)
        return tuple(entry for entry in found if entry.article != besides)[:limit]
