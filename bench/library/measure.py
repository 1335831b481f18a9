"""What is measured at each size: how many planted copies are found, and the time and space needed."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from app.collation.discovery.signals import signals
from app.db.engine.base import Database
from app.db.index import bulk_insert
from app.db.index import fingerprints as fingerprint_index
from app.services.articles import store, trash
from app.services.relations import boilerplate_scan, candidates
from app.sources import Draft
from app.sources.text import draft
from bench.library import copies, texts

Answer = TypeVar("Answer")

TOP = 10
"""How many results of a query count."""

QUERIES = 100
"""Queries of each kind of copy, and of texts without relatives."""

INSERTS = 300

SHARES = (0.5, 0.95)

Timed = list[tuple[float, float]]
"""Pairs of milliseconds: wall time, and this process's own processor time, since the machine may be busy otherwise."""


@dataclass(frozen=True, slots=True)
class Query:
    """A text to search for, and the import id of the article that it was made from."""

    kind: str
    draft: Draft
    original: str


def queries(size: int) -> Iterator[Query]:
    """Yield planted copies of articles spread over a library of this size, whose text no other article has."""
    for kind in copies.KINDS:
        for number in originals(size, QUERIES):
            yield Query(kind, _draft(copies.copy(kind, number, size)), f"made-{number}")


def originals(size: int, count: int) -> list[int]:
    """Return numbers of articles, spread evenly, that are neither an agency's piece nor its reprint."""
    numbers: list[int] = []
    for place in range(count):
        number = place * size // count + 1
        while number % texts.SMALL == 0 or texts.article(number).reprint:
            number += 1
        numbers.append(number)
    return numbers


def unrelated() -> list[Draft]:
    """Return texts that share nothing with the library."""
    return [_draft(copies.unrelated(number)) for number in range(QUERIES)]


def measure(
    db: Database, size: int, queries: Sequence[Query], report_progress: Callable[[str], None]
) -> dict[str, object]:
    """Measure Variorum itself, after one scan of the whole index for frequent fingerprints.

    A library that grew article by article knows them by then, and an imported one scans before its articles are
    related; the bulk insert here left both for later.
    """
    began = time.process_time()
    count = boilerplate_scan.scan_index(db)
    report_progress(
        f"{count:,} more fingerprints are frequent; that took {time.process_time() - began:,.1f} s of work"
    )
    recall: dict[str, dict[str, float]] = {}
    looking: Timed = []
    verifying: Timed = []
    for kind in copies.KINDS:
        of_kind = [query for query in queries if query.kind == kind]
        counts = {"candidates": 0, "verified": 0, "named": 0}
        for query in of_kind:
            counts["candidates"] += query.original in _candidates(db, query.draft, looking)
            kinds = _verified(db, query.draft, verifying)
            counts["verified"] += query.original in kinds
            counts["named"] += kinds.get(query.original, "same-story") != "same-story"
        recall[kind] = {name: count / len(of_kind) for name, count in counts.items()}
        report_progress(f"{kind}: {recall[kind]}")
    reports = [_verified(db, text, []) for text in unrelated()]
    inserting: Timed = []
    for query in queries[:: -(-len(queries) // INSERTS)]:
        added = clocked(partial(store.add, db, query.draft), inserting)
        trash.delete(db, added.article)
    return {
        "size": size,
        "recall": recall,
        "candidates": spans(looking),
        "verified": spans(verifying),
        "insert": spans(inserting),
        "reports": sum(map(len, reports)) / len(reports),
        "reports_but_story": sum(kind != "same-story" for report in reports for kind in report.values())
        / len(reports),
    }


def spans(timed: Timed) -> dict[str, list[float]]:
    """Return the median and the 95th percentile of wall and of processor time, in milliseconds."""
    columns = {"wall": sorted(sample for sample, _ in timed), "cpu": sorted(sample for _, sample in timed)}
    return {
        name: [column[int(share * (len(column) - 1))] for share in SHARES] for name, column in columns.items()
    }


def clocked(call: Callable[[], Answer], into: Timed) -> Answer:
    """Return what the call returns, and append its time to ``into``."""
    wall_start, cpu_start = time.perf_counter(), time.process_time()
    answer = call()
    into.append(((time.perf_counter() - wall_start) * 1000, (time.process_time() - cpu_start) * 1000))
    return answer


def warm(call: Callable[[], Answer], into: Timed) -> Answer:
    """Return what the call returns the second time, and append that time: the first call fills the caches."""
    call()
    return clocked(call, into)


def _candidates(db: Database, text: Draft, into: Timed) -> set[str | None]:
    """Return the import ids of the first ten candidates."""
    text_signals = signals(text.paragraphs, text.furniture)
    with db.reading() as session:
        best = warm(
            lambda: candidates.find_candidates(session, text_signals.prints, text_signals.words), into
        ).best[:TOP]
        entries = fingerprint_index.entries_by_serial(
            session, [candidate.serial for candidate in best]
        ).values()
        return {
            candidate.import_id
            for candidate in bulk_insert.standing(session, [], [entry.article for entry in entries])
        }


def _verified(db: Database, text: Draft, into: Timed) -> dict[str | None, str]:
    """Return the import ids of the ten articles that a reader is shown, with the kind of their relation."""
    relatives = clocked(partial(candidates.find_relatives, db, text, TOP), into)
    kinds = {relative.article.article: relative.relation.kind for relative in relatives}
    with db.reading() as session:
        return {
            relative.import_id: kinds[relative.article]
            for relative in bulk_insert.standing(session, [], list(kinds))
        }


def _draft(paragraphs: tuple[str, ...]) -> Draft:
    return draft(paragraphs[0], "\n\n".join(paragraphs[1:]))
