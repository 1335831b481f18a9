"""The two signals a text is found by, stored in the index with its revision and removed with it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from app.collation.text import fingerprints
from app.db.index import fingerprints as fingerprint_index
from app.db.index import words as word_index
from app.db.index.fingerprints import IndexEntry
from app.db.tables.articles import Revision


@dataclass(frozen=True, slots=True)
class Signals:
    """What a text is found by."""

    prints: tuple[int, ...]
    """Fingerprints, ascending."""
    words: tuple[str, ...]
    """Distinct words, ascending."""


def signals(paragraphs: Sequence[str], furniture: Collection[int] = ()) -> Signals:
    """Return the signals of a text without its boilerplate, which other articles of the site share.

    A pure function that takes milliseconds: worker processes can run it, and no lock need be held.
    """
    article_paragraphs = [text for index, text in enumerate(paragraphs) if index not in furniture] or list(
        paragraphs
    )
    return Signals(fingerprints.fingerprints(article_paragraphs), fingerprints.words(article_paragraphs))


def index_revision(session: Session, revision: str, text_signals: Signals) -> int:
    """Store a revision's signals in the index and return its serial."""
    serial = fingerprint_index.store(session, revision, fingerprints.VERSION, text_signals.prints)
    word_index.store(session, serial, text_signals.words)
    return serial


def unindex_revision(session: Session, entry: IndexEntry, revision: Revision) -> None:
    """Remove a revision from the index; its words are derived from its text, as when they were stored."""
    word_index.remove(session, entry.serial, signals(revision.paragraphs, revision.furniture).words)
    fingerprint_index.remove(session, entry.serial, fingerprint_index.unpack(entry.prints))
