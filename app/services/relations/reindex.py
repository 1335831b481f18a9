"""Rebuild the index of a database with an earlier schema, or with fingerprints of another version.

Texts never change, so the index, relations and stories can always be derived from them again.
"""

from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import suppress

from sqlmodel import Session

from app.collation.discovery.signals import Signals, signals
from app.collation.text import fingerprints
from app.db.engine.base import Database
from app.db.index import fingerprints as fingerprint_index
from app.db.index import search_texts
from app.db.index import words as word_index
from app.db.index.fingerprints import IndexedText
from app.db.queries import desk
from app.db.queries import relations as relation_queries
from app.errors import StorageBusyError, StorageReadOnlyError
from app.services.quotations import extract
from app.services.relations.index import index_revision

INDEXED_PER_TRANSACTION = 64
"""Articles indexed in one transaction."""


def is_index_complete(db: Database) -> bool:
    """Return whether every article is in the index, with this program's version of fingerprints."""
    with db.reading() as session:
        return fingerprint_index.is_complete(session, fingerprints.VERSION)


def drop_outdated_index(db: Database) -> None:
    """Empty the index if its fingerprints are of another version than this program's: it must not hold two."""
    with db.reading() as session:
        if not fingerprint_index.stored_versions(session) - {fingerprints.VERSION}:
            return
    with db.writing() as session:
        if fingerprint_index.stored_versions(session) - {
            fingerprints.VERSION
        }:  # another process may have done it meanwhile
            clear_index(session)


def reindex(db: Database, workers: Executor | None = None, advance: Callable[[int], object] = bool) -> int:
    """Index every article that is missing in the index, and return how many; their relations are then pending.

    Each batch is one transaction, so it can be stopped at any time and resumed. Several processes can share the work.
    ``advance`` is called with the number done so far.
    """
    done, after = 0, ""
    while True:
        with db.reading() as session:
            texts = fingerprint_index.unindexed_texts(session, INDEXED_PER_TRANSACTION, after)
        if not texts:
            return done
        after = texts[-1].revision
        signals_in_order = (workers.map if workers else map)(_signals, texts)
        by_revision = dict(zip((text.revision for text in texts), signals_in_order, strict=True))
        done += _store(db, by_revision)
        advance(done)


def index_if_missing(db: Database, revision: str) -> bool:
    """Index a revision if it is its article's newest and missing in the index; return whether it was indexed now.

    If the database cannot be written now, nothing is done.
    """
    with db.reading() as session:
        texts = relation_queries.texts(session, fingerprint_index.still_unindexed(session, [revision]))
    with suppress(StorageReadOnlyError, StorageBusyError):
        return bool(_store(db, {text.revision: _signals(text) for text in texts.values()}))
    return False


def clear_index(session: Session) -> None:
    """Remove the index, with all relations, stories and quotations' versions: everything derived from the texts."""
    fingerprint_index.clear(session)
    word_index.clear(session)
    search_texts.clear(session)
    relation_queries.clear(session)
    desk.unwant_all(session)
    desk.reshelve_all(session)
    extract.clear_versions(session)


def _store(db: Database, by_revision: dict[str, Signals]) -> int:
    """Index those of these revisions that the index still lacks, and return how many."""
    if not by_revision:
        return 0
    with db.writing() as session:
        missing = fingerprint_index.still_unindexed(session, list(by_revision))
        for revision in missing:
            index_revision(session, revision, by_revision[revision])
        return len(missing)


def _signals(text: IndexedText) -> Signals:
    return signals(text.paragraphs, text.furniture)
