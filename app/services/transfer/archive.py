"""Bring in what ``variorum-archive`` found: articles, and relations that need not be verified again."""

import gzip
import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from sqlmodel import Session

from app.collation.relations import RELATION_KINDS, Relation
from app.db.engine.base import Database
from app.db.index import fingerprints as fingerprint_index
from app.db.index import frequency
from app.db.queries import export as export_queries
from app.errors import InvalidInputError
from app.services.relations import relate
from app.services.transfer import import_export
from app.services.transfer.import_export import Advance, Complain, Imported

RELATIONS_PER_TRANSACTION = 1_000
"""Relations stored in one transaction, each with its story: a second's work."""

_SHARES = frozenset({"resemblance", "base_in_witness", "witness_in_base"})


@dataclass(frozen=True, slots=True)
class Archive:
    """The files of an archive's folder, in the order in which they are brought in."""

    articles: tuple[Path, ...]
    relations: tuple[Path, ...]
    frequent: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class ImportedArchive:
    """What was brought in."""

    articles: Imported
    relations: int
    """Relations that were not stored before."""
    left_out: int
    """Lines that give no relation of two stored articles."""


def find_archive(folder: Path) -> Archive:
    """Return the files in an archive's folder. Raises InvalidInputError if it is none, or unfinished."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
        runs = manifest["runs"]
        finished = bool(runs) and all(run["done"] for run in runs)
    except (OSError, ValueError, KeyError, TypeError):
        raise InvalidInputError(
            f"{folder} is not the folder of an archive.",
            "Name the one that `variorum-archive pairs --out` wrote.",
        ) from None
    if not finished:
        raise InvalidInputError(
            f"The job that writes to {folder} is not finished.", "Give its command again, and then this one."
        )
    parts = {
        name: tuple(sorted(folder.glob(f"runs/*/library/{name}/part-*")))
        for name in ("articles", "relations", "frequent")
    }
    return Archive(**parts)


def import_archive(
    db: Database,
    archive: Archive,
    *,
    limit: int,
    complain: Complain,
    advance: Advance,
    advance_relations: Callable[[int], object],
    workers: int | None = None,
    deleted: bool = False,
) -> ImportedArchive:
    """Store the articles and relations of an archive; none of its articles is compared with another of them again.

    The library's other articles are left pending, so that they are compared with the archive's. ``deleted``
    brings back what was deleted for good. It may be stopped at any time; run again, it resumes where it stopped.
    """
    done = _import_articles(db, archive, limit, complain, advance, workers, deleted=deleted)
    for batch in _batches(_objects(archive.frequent)):
        with db.writing() as session:
            frequency.record_prints(session, {row["print"]: row["groups"] for row in batch})
    stored = left_out = 0
    for batch in _batches(_objects(archive.relations)):
        pairs = [pair for row in batch if (pair := _pair(row))]
        with db.writing() as session:
            count, unknown = _store(session, pairs)
        stored, left_out = stored + count, left_out + len(batch) - len(pairs) + unknown
        advance_relations(stored)
    _mark_related(db, archive)
    if done.imported:
        _leave_others_pending(db, archive)
    return ImportedArchive(done, stored, left_out)


def _import_articles(
    db: Database,
    archive: Archive,
    limit: int,
    complain: Complain,
    advance: Advance,
    workers: int | None,
    *,
    deleted: bool,
) -> Imported:
    imported = skipped = unchanged = 0
    for path in archive.articles:
        report, count = (
            partial(_complain, complain, path.name),
            partial(_advance, advance, imported + unchanged),
        )
        with path.open("rb") as source:
            outcome = import_export.import_lines(
                db, source, limit=limit, complain=report, advance=count, workers=workers, deleted=deleted
            )
        imported += outcome.imported
        skipped += outcome.skipped
        unchanged += outcome.unchanged
    return Imported(imported, skipped, unchanged)


def _complain(complain: Complain, name: str, number: int, says: str) -> None:
    complain(number, f"of {name}: {says}")


def _advance(advance: Advance, before: int, count: int, read: int) -> None:
    advance(before + count, read)


def _objects(paths: Sequence[Path]) -> Iterator[dict[str, Any]]:
    for path in paths:
        with gzip.open(path, "rb") as lines:
            for line in lines:
                given = json.loads(line)
                yield given if isinstance(given, dict) else {}


def _pair(row: dict[str, Any]) -> tuple[str, str, Relation] | None:
    """Return the ids of two articles, and how the first is related to the other; None for a line that is neither."""
    names = row.get("a"), row.get("b")
    values = {field.name: row.get(field.name) for field in fields(Relation)}
    shares: list[Any] = [values[name] for name in _SHARES]
    counts: list[Any] = [value for name, value in values.items() if name not in _SHARES and name != "kind"]
    if (
        values["kind"] not in RELATION_KINDS
        or not all(isinstance(name, str) for name in names)
        or not all(type(share) in (int, float) and 0 <= share <= 1 for share in shares)
        or not all(type(count) is int and 0 <= count < 2**31 for count in counts)
    ):
        return None
    return str(names[0]), str(names[1]), Relation(**values)  # type: ignore[arg-type]  # checked above


def _store(session: Session, pairs: Sequence[tuple[str, str, Relation]]) -> tuple[int, int]:
    """Store relations; return how many are new, and how many are of articles that are not stored."""
    newest = export_queries.newest_revisions(session, sorted({name for pair in pairs for name in pair[:2]}))
    by_revision: dict[str, tuple[str, dict[str, Relation]]] = {}
    unknown = 0
    for earlier, later, relation in pairs:
        if earlier not in newest or later not in newest:
            unknown += 1
            continue
        article, revision = newest[later]
        by_revision.setdefault(revision, (article, {}))[1][newest[earlier][1]] = relation.swapped()
    return relate.store_given(session, by_revision), unknown


def _mark_related(db: Database, archive: Archive) -> None:
    """Record that nothing is left to find among the archive's articles, those without any relation too."""
    for batch in _batches(_objects(archive.articles)):
        with db.writing() as session:
            newest = export_queries.newest_revisions(session, [row["id"] for row in batch])
            revisions = [revision for _, revision in newest.values()]
            fingerprint_index.mark_related(session, revisions, related=True)


def _leave_others_pending(db: Database, archive: Archive) -> None:
    """Queue the library's other articles, so that they are compared with the archive's."""
    known = np.unique(
        np.fromiter((_number(row["id"]) for row in _objects(archive.articles)), dtype=np.uint64)
    )
    after = 0
    while True:
        with db.reading() as session:
            entries = export_queries.indexed_names(session, after, RELATIONS_PER_TRANSACTION)
        if not entries:
            return
        after = entries[-1][0]
        named = np.array([_number(name) for _, _, name in entries], dtype=np.uint64)
        others = [
            revision
            for (_, revision, _), is_known in zip(entries, np.isin(named, known).tolist(), strict=True)
            if not is_known
        ]
        if others:
            with db.writing() as session:
                fingerprint_index.mark_related(session, others, related=False)


def _number(name: str) -> int:
    return int.from_bytes(
        hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big"
    )


def _batches(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while batch := list(islice(rows, RELATIONS_PER_TRANSACTION)):
        yield batch
