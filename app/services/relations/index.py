"""A text's two signals, stored in the index with its revision and removed with it."""

from sqlmodel import Session

from app.collation.discovery import packing
from app.collation.discovery.signals import Signals, signals
from app.collation.text import fingerprints
from app.db.index import fingerprints as fingerprint_index
from app.db.index import words as word_index
from app.db.index.fingerprints import IndexEntry
from app.db.tables.articles import Revision


def index_revision(session: Session, revision: str, text_signals: Signals) -> int:
    """Store a revision's signals in the index and return its serial."""
    serial = fingerprint_index.store(session, revision, fingerprints.VERSION, text_signals.prints)
    word_index.store(session, serial, text_signals.words)
    return serial


def unindex_revision(session: Session, entry: IndexEntry, revision: Revision) -> None:
    """Remove a revision from the index; its words are derived from its text, as when they were stored."""
    word_index.remove(session, entry.serial, signals(revision.paragraphs, revision.furniture).words)
    fingerprint_index.remove(session, entry.serial, packing.unpack(entry.prints))
