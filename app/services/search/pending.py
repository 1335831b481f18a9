"""Put stored texts into the search index: after a migration, and when the way of cutting texts has changed.

New texts are put into it in the transaction that stores them.
"""

from collections.abc import Callable
from concurrent.futures import Executor
from datetime import date
from typing import NamedTuple

from app.db.engine.base import Database
from app.db.index import search_texts
from app.db.index.search_expression import SearchColumns
from app.db.queries import articles as article_queries
from app.services.search import terms

TEXTS_PER_TRANSACTION = 64


class _Text(NamedTuple):
    paragraphs: list[str]
    title: str
    publisher: str
    author: str
    published_on: date | None


def drop_outdated(db: Database) -> None:
    """Queue every text again if those in the index were cut differently from how this program cuts them."""
    with db.reading() as session:
        if search_texts.stored_version(session) == terms.VERSION:
            return
    with db.writing() as session:
        if (
            search_texts.stored_version(session) != terms.VERSION
        ):  # another process may have done it meanwhile
            search_texts.renew(session, terms.VERSION)


def make_anew(db: Database) -> None:
    """Empty the search index, and queue every text to be put into it again."""
    with db.writing() as session:
        search_texts.renew(session, terms.VERSION)


def put_waiting(
    db: Database, workers: Executor | None = None, advance: Callable[[int], object] = bool
) -> int:
    """Put every queued text into the search index, the newest first; return how many.

    Each batch is one transaction, so it can be stopped at any time and resumed. ``advance`` is called with the number
    done so far.
    """
    done = 0
    while True:
        with db.reading() as session:
            waiting = search_texts.waiting(session, TEXTS_PER_TRANSACTION)
            stored = article_queries.revisions(session, list(waiting.values()))
            texts = {
                serial: _Text(row.paragraphs, row.title, row.publisher, row.author, row.published_on)
                for serial, revision in sorted(waiting.items())
                if (row := stored.get(revision))
            }
        if not texts:
            return done
        columns = (workers.map if workers else map)(_columns, texts.values())
        by_serial = dict(zip(texts, columns, strict=True))
        with db.writing() as session:
            taken = search_texts.take_waiting(session, by_serial)
            rows = [(serial, row) for serial, row in by_serial.items() if serial in taken]
            search_texts.store_several(session, rows)
        done += len(taken)
        advance(done)


def _columns(text: _Text) -> SearchColumns:
    search = terms.of_text(text.paragraphs)
    return terms.columns(search, text.title, text.publisher, text.author, text.published_on)
