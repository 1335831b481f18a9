"""Growing a library to a size, by the way that an import takes; relations are left for later."""

import time
from collections.abc import Callable, Iterator
from itertools import chain, islice

from sqlmodel import Session

from app.db.engine.base import Database
from app.db.index import bulk_insert
from app.services.operations.processes import count_processors, map_in_processes
from app.services.transfer import import_batch
from app.services.transfer.import_batch import Arrival
from app.sources import Draft
from app.sources.records import Record
from bench.library import texts

PIECE = 200
BATCH = 20_000
"""Articles of one transaction. At a million articles a thousand of them touch every second page of the index, and
twenty thousand touch each page, but once."""


def prepared(number: int) -> Arrival:
    """The article of this number, ready to be stored. What is furniture is not guessed, to save time: all but one line
    of it, which nothing tells from the article, is known to be such."""
    made = texts.article(number)
    whole = made.paragraphs
    head = 1 + len(made.head)
    known = (*range(1, head), *range(head + len(made.body), len(whole) - 1))
    told = Draft(made.title, "\n\n".join(whole), whole, f"Outlet {made.outlet}", furniture=known)
    return import_batch.arrival(number, Record(f"made-{number}", told))


def made(db: Database) -> int:
    """How many articles the library has: they come in the order of their numbers, and none goes."""
    with db.reading() as session:
        known, unknown = 0, 1
        while _stands(session, unknown - 1):
            known, unknown = unknown, unknown * 2
        while unknown - known > 1:
            middle = (known + unknown) // 2
            known, unknown = (middle, unknown) if _stands(session, middle - 1) else (known, middle)
        return known


def grow(db: Database, size: int, say: Callable[[str], None]) -> None:
    """Make the library as large as that; what stands is kept, and each batch is stored whole or not at all."""
    start = made(db)
    pieces = (range(at, min(at + PIECE, size)) for at in range(start, size, PIECE))
    coming: Iterator[Arrival] = chain.from_iterable(
        map_in_processes(_pieces, pieces, count_processors(), BATCH // PIECE)
    )
    done, began = start, time.monotonic()
    while batch := list(islice(coming, BATCH)):
        took = time.monotonic()
        with db.writing() as session:
            stored = import_batch.store(session, batch)
        assert stored.imported == len(batch), "an article came twice, or its number was taken"
        done += len(batch)
        now = time.monotonic()
        say(
            f"{done:,} articles, {(done - start) / (now - began):,.0f} a second; writing took {now - took:.0f} s"
        )


def _pieces(numbers: range) -> list[Arrival]:
    return [prepared(number) for number in numbers]


def _stands(session: Session, number: int) -> bool:
    return bool(bulk_insert.standing(session, [f"made-{number}"], []))
