"""Grow a library to a size as an import would; relations are left for later."""

import time
from collections.abc import Callable, Iterator
from itertools import chain, islice

from sqlmodel import Session

from app.db.engine.base import Database
from app.db.index import bulk_insert
from app.services.processes import count_processors, map_in_processes
from app.services.transfer import import_batch
from app.services.transfer.import_batch import Arrival
from app.sources import Draft
from app.sources.records import Record
from bench.library import texts

ARTICLES_PER_PIECE = 200
ARTICLES_PER_TRANSACTION = 20_000
"""At a million articles a thousand of them touch every second page of the index, and twenty thousand touch each page,
but once."""


def prepare(number: int) -> Arrival:
    """Return the article of this number, ready to be stored.

    Boilerplate is not guessed, to save time: all of it is known, except for one line that looks like the article's own.
    """
    article = texts.article(number)
    paragraphs = article.paragraphs
    head = 1 + len(article.head)
    boilerplate = (*range(1, head), *range(head + len(article.body), len(paragraphs) - 1))
    draft = Draft(
        article.title, "\n\n".join(paragraphs), paragraphs, f"Outlet {article.outlet}", furniture=boilerplate
    )
    return import_batch.arrival(number, Record(f"made-{number}", draft))


def count_articles(db: Database) -> int:
    """Return how many articles the library has: they are added in the order of their numbers, and none is deleted."""
    with db.reading() as session:
        stored, missing = 0, 1
        while _is_stored(session, missing - 1):
            stored, missing = missing, missing * 2
        while missing - stored > 1:
            middle = (stored + missing) // 2
            stored, missing = (middle, missing) if _is_stored(session, middle - 1) else (stored, middle)
        return stored


def grow(db: Database, size: int, report_progress: Callable[[str], None]) -> None:
    """Grow the library to ``size``, keeping what it has; each batch is stored whole or not at all."""
    start = count_articles(db)
    pieces = (range(at, min(at + ARTICLES_PER_PIECE, size)) for at in range(start, size, ARTICLES_PER_PIECE))
    coming: Iterator[Arrival] = chain.from_iterable(
        map_in_processes(_pieces, pieces, count_processors(), ARTICLES_PER_TRANSACTION // ARTICLES_PER_PIECE)
    )
    done, began = start, time.monotonic()
    while batch := list(islice(coming, ARTICLES_PER_TRANSACTION)):
        took = time.monotonic()
        with db.writing() as session:
            stored = import_batch.store(session, batch)
        assert stored.imported == len(batch), "an article came twice, or its number was taken"
        done += len(batch)
        now = time.monotonic()
        report_progress(
            f"{done:,} articles, {(done - start) / (now - began):,.0f} a second; writing took {now - took:.0f} s"
        )


def _pieces(numbers: range) -> list[Arrival]:
    return [prepare(number) for number in numbers]


def _is_stored(session: Session, number: int) -> bool:
    return bool(bulk_insert.standing(session, [f"made-{number}"], []))
