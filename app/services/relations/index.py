"""What a text is found by, stored in the index with its revision and removed with it."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from sqlmodel import Session

from app.collation.discovery import packing
from app.collation.discovery.signals import Signals, signals
from app.collation.text import fingerprints
from app.db.index import fingerprints as fingerprint_index
from app.db.index import search_texts
from app.db.index import words as word_index
from app.db.index.fingerprints import IndexEntry
from app.db.index.search_expression import SearchColumns
from app.db.tables.articles import Revision
from app.services.search import terms
from app.services.search.terms import SearchText


class StatedText(Protocol):
    """A text with what is stated of it."""

    @property
    def paragraphs(self) -> Sequence[str]:
        """Its paragraphs."""

    @property
    def title(self) -> str:
        """As stated, like the others; empty where nothing is."""

    @property
    def publisher(self) -> str:
        """Who published it."""

    @property
    def author(self) -> str:
        """Who wrote it."""

    @property
    def published_on(self) -> date | None:
        """When it was published."""


def search_columns(text: StatedText, search: SearchText | None = None) -> SearchColumns:
    """Return a text as the search index stores it; ``search`` has the terms of its paragraphs, if already computed."""
    search = search or terms.of_text(text.paragraphs)
    return terms.columns(search, text.title, text.publisher, text.author, text.published_on)


def index_revision(
    session: Session, revision: str, text_signals: Signals, search: SearchColumns | None = None
) -> int:
    """Store a revision's signals in the index and return its serial; without ``search``, that is left for later."""
    serial = fingerprint_index.store(session, revision, fingerprints.VERSION, text_signals.prints)
    word_index.store(session, serial, text_signals.words)
    if search:
        search_texts.store_several(session, [(serial, search)])
    else:
        search_texts.wait(session, serial)
    return serial


def unindex_revision(session: Session, entry: IndexEntry, revision: Revision) -> None:
    """Remove a revision from the index; its words are derived from its text, as when they were stored."""
    word_index.remove(session, entry.serial, signals(revision.paragraphs, revision.furniture).words)
    search_texts.remove(session, entry.serial, search_columns(revision))
    fingerprint_index.remove(session, entry.serial, packing.unpack(entry.prints))
