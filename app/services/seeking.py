"""Finding an article by its name: in bounded time, however many there are."""

from app.collation import fingerprints
from app.db import fulltext, index, queries
from app.db.engine import Database
from app.services.entries import ArticleEntry

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
        holders = index.of_serials(session, fulltext.holding(session, words, HOLDING)).values()
        revisions = [entry.revision for entry in holders]
        found = queries.named(session, sought.split(), limit + 1, RECENT, revisions)
        return tuple(ArticleEntry(*row) for row in found if row.article != besides)[:limit]
