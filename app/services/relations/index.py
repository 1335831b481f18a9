"""What a text is found by: its two signals, put into the index with its revision and taken out with it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from app.collation.text import fingerprints
from app.db.index import fingerprints as fingerprint_index
from app.db.index import words as word_index
from app.db.index.fingerprints import IndexEntry
from app.db.tables import articles as article_tables


@dataclass(frozen=True, slots=True)
class Signals:
    """What a text is found by."""

    prints: tuple[int, ...]
    """Fingerprints, rising."""
    words: tuple[str, ...]
    """Distinct words, rising."""


def signals(paragraphs: Sequence[str], furniture: Collection[int] = ()) -> Signals:
    """The signals of a text; its furniture does not count, since other articles of the page share it.

    A pure function that takes milliseconds: worker processes may do it, and nobody holds a lock meanwhile.
    """
    own = [text for index, text in enumerate(paragraphs) if index not in furniture] or list(paragraphs)
    return Signals(fingerprints.fingerprints(own), fingerprints.words(own))


def index_revision(session: Session, revision: str, found: Signals) -> int:
    """The serial under which the revision is found from now on, in the caller's transaction."""
    serial = fingerprint_index.store(session, revision, fingerprints.VERSION, found.prints)
    word_index.store(session, serial, found.words)
    return serial


def unindex_revision(session: Session, entry: IndexEntry, revision: article_tables.Revision) -> None:
    """Take a revision out, in the caller's transaction; its words are those that its text has, as when it came in."""
    word_index.remove(session, entry.serial, signals(revision.paragraphs, revision.furniture).words)
    fingerprint_index.remove(session, entry.serial, fingerprint_index.unpack(entry.prints))
