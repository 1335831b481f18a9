"""Many articles in and out: JSON lines, folders of documents, and the pairs of articles that share text."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from app.db.engine.base import Database
from app.db.index import search_texts
from app.db.index import wordings as wording_index
from app.db.queries import backlog as backlog_queries
from app.db.queries import export as export_queries
from app.errors import StorageBusyError, UnreadableError, VariorumError
from app.services.processes import count_processors, map_in_processes, start_pool
from app.services.quotations import extract
from app.services.reading import read_apart
from app.services.relations import reindex, relate
from app.services.search import pending
from app.services.transfer import import_batch
from app.services.transfer.import_batch import Arrival, Outcome, Wrong
from app.sources.model import Reading
from app.sources.records import document_record, lines

LINES_PER_PIECE = 64
"""Lines sent to a worker at once: some milliseconds of sending for some hundred of work."""

ARTICLES_PER_TRANSACTION = 1_024
"""The fingerprints of a transaction are written in index order, so that each page of the index is written once for all
of them; and killing the process undoes a second's work."""

MAX_BYTES_KEPT_AT_ONCE = 32_000_000
"""Bytes of files, compressed, that are kept in one transaction, so that memory stays bounded."""

MAX_ATTEMPTS = 60
"""How often a batch is tried, each time for as long as a writer waits for the lock: some minutes, since another import
may be running."""

MAX_IN_PROCESS = 100
"""Articles that are related in this process: starting others would take longer."""

Complain = Callable[[int, str], None]
"""Takes the number of a bad or doubtful line, from 1, and what is wrong with it."""

Advance = Callable[[int, int], None]
"""Takes how many lines were done, and how many bytes of the source or files of the folder were read for it."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, in articles."""

    imported: int
    """New articles, and new revisions of stored ones."""
    skipped: int
    """Lines or files without a valid article; each was reported."""
    unchanged: int
    """Articles that were stored already, just as they are given."""


def import_lines(
    db: Database,
    source: BinaryIO,
    *,
    limit: int,
    complain: Complain,
    advance: Advance,
    workers: int | None = None,
    deleted: bool = False,
) -> Imported:
    """Store the articles of JSON lines, plain or packed by gzip, a text of at most ``limit`` bytes each.

    A batch is one transaction, so that each article is stored whole or not at all, whatever happens; the same lines
    given again go on where it stopped. Relations are not looked for here (``relate.relate_pending`` does that).
    ``deleted`` brings back what was deleted for good, which is left out otherwise.
    """
    reading = _Reading(lines(source, limit), limit, complain)
    prepared = map_in_processes(
        import_batch.prepare, reading.pieces(), count_processors() if workers is None else workers
    )
    done = _store(
        db,
        (item for piece in prepared for item in piece),
        complain,
        lambda count: advance(count, reading.read),
        deleted=deleted,
    )
    return Imported(done.imported, done.skipped + reading.damaged, done.unchanged)


def import_folder(
    db: Database,
    files: Sequence[Path],
    folder: Path,
    *,
    limit: int,
    max_capture: int,
    complain: Complain,
    advance: Advance,
    deleted: bool = False,
) -> Imported:
    """Store these documents of a folder, each file's path in it being its import id; otherwise as ``import_lines``.

    Each new revision keeps its file as a capture: the bytes too, if they have at most ``max_capture`` once compressed.
    """
    arrivals = _read_files(folder, files, limit, max_capture)
    return _store(db, arrivals, complain, lambda count: advance(count, count), deleted=deleted)


def find_entries(db: Database, advance: Callable[[int, int], None], workers: int | None = None) -> int:
    """Index every article that is missing in the index, as after a migration; return how many were indexed now.

    ``advance`` takes how many are done, and of how many. It may be stopped at any time, and goes on where it stopped.
    """
    with db.reading() as session:
        missing = backlog_queries.count_unindexed(session)
    if not missing:
        return 0
    with _spread(missing, workers) as executor:
        return reindex.reindex(db, executor, lambda done: advance(done, missing))


def make_searchable(db: Database, advance: Callable[[int, int], None], workers: int | None = None) -> int:
    """Put the queued texts into the search index; return how many. Otherwise as ``find_entries``."""
    with db.reading() as session:
        several = search_texts.count_waiting(session)
    with _spread(several, workers) as executor:
        return pending.put_waiting(db, executor, lambda done: advance(done, several))


def find_copies(db: Database, advance: Callable[[int, int], None], workers: int | None = None) -> int:
    """Relate the articles whose relations are pending; return how many. Otherwise as ``find_entries``."""
    with db.reading() as session:
        several = export_queries.count_pending(session)
    with _spread(several, workers) as executor:
        return relate.relate_pending(db, executor, lambda done: advance(done, several))


def find_quotations(db: Database, advance: Callable[[int, int], None], workers: int | None = None) -> int:
    """Store the quotations that are pending; return of how many articles. Otherwise as ``find_entries``."""
    with db.reading() as session:
        several = wording_index.count_pending(session)
    with _spread(several, workers) as executor:
        return extract.extract_pending(db, executor, lambda done: advance(done, several))


def export_lines(db: Database) -> Iterator[str]:
    """Yield every revision as a line of JSON for ``import_lines``; articles come in the order they were added.

    A revision's line holds its article's id and its own number, so that in an empty database every link to an article
    or a revision leads to the same text as here. Comparisons are recomputed, relations found again.
    """
    with db.reading() as session:
        for article, import_id, revision in export_queries.revisions(session):
            yield _line(
                {
                    "id": import_id or article,
                    "article": article,
                    "revision": revision.number,
                    "saved_at": revision.saved_at.isoformat(),
                    "title": revision.title,
                    "publisher": revision.publisher,
                    "author": revision.author,
                    "published_on": revision.published_on.isoformat() if revision.published_on else "",
                    "url": revision.url,
                    "furniture": revision.furniture,
                    "paragraphs": revision.paragraphs,
                    "text": revision.text,
                }
            )


def pair_lines(db: Database, *, every: bool = False) -> Iterator[str]:
    """Yield a line of JSON for each pair of articles that reuse text; with ``every``, for other relations too.

    ``a`` was added before ``b``; both are import ids, or article ids where there is none. The relations are those that
    are stored: ``relate.relate_pending`` completes them first.
    """
    with db.reading() as session:
        for pair in export_queries.related_pairs(session, reuse_only=not every):
            yield _line(pair._asdict())


def _line(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"


def _spread(articles: int, workers: int | None) -> AbstractContextManager[Executor | None]:
    """Return the processes to spread ``articles`` articles among; none if starting them would take longer."""
    count = count_processors() if workers is None else workers
    return start_pool(count) if count > 1 and articles > MAX_IN_PROCESS else nullcontext()


class _Reading:
    """Lines in pieces for the workers, and how far the source was read for them."""

    def __init__(
        self, source: Iterator[tuple[int, bytes | None, int]], limit: int, complain: Complain
    ) -> None:
        self.read = 0
        self.damaged = 0
        self._source = source
        self._limit = limit
        self._complain = complain

    def pieces(self) -> Iterator[tuple[int, list[tuple[int, bytes | None]]]]:
        number, piece = 0, []
        try:
            for number, line, read in self._source:
                self.read = read
                piece.append((number, line))
                if len(piece) == LINES_PER_PIECE:
                    yield self._limit, piece
                    piece = []
        except UnreadableError as error:
            # What could be unpacked is imported; the rest counts as a bad line.
            self.damaged = 1
            self._complain(number + 1, str(error))
        if piece:
            yield self._limit, piece


def _read_files(
    folder: Path, files: Sequence[Path], limit: int, max_capture: int
) -> Iterator[Arrival | Wrong]:
    for number, path in enumerate(files, 1):
        read = _Read()
        try:
            record = document_record(folder, path, read, limit)
            file = import_batch.imported_file(path.name, read.content, read.reading, max_capture)
            yield import_batch.arrival(number, record, file)
        except (VariorumError, OSError) as error:
            yield Wrong(number, f"{path.relative_to(folder)}: {error}")


class _Read:
    """Reads one file, and remembers what it was and what was read."""

    content: bytes
    reading: Reading

    def __call__(self, content: bytes, name: str) -> Reading:
        self.content, self.reading = content, read_apart(content, file_name=name)
        return self.reading


def _batches(prepared: Iterable[Arrival | Wrong]) -> Iterator[list[Arrival | Wrong]]:
    batch: list[Arrival | Wrong] = []
    kept = 0
    for item in prepared:
        batch.append(item)
        if isinstance(item, Arrival) and item.file is not None:
            kept += len(item.file.content or b"")
        if len(batch) == ARTICLES_PER_TRANSACTION or kept >= MAX_BYTES_KEPT_AT_ONCE:
            yield batch
            batch, kept = [], 0
    if batch:
        yield batch


def _store(
    db: Database,
    prepared: Iterable[Arrival | Wrong],
    complain: Complain,
    advance: Callable[[int], None],
    *,
    deleted: bool,
) -> Imported:
    imported = skipped = unchanged = done = 0
    for batch in _batches(prepared):
        wrong = [item for item in batch if isinstance(item, Wrong)]
        outcome = _stored(db, [item for item in batch if isinstance(item, Arrival)], deleted=deleted)
        reports = [*wrong, *outcome.wrong, *outcome.doubtful]
        for item in sorted(reports, key=lambda item: item.number):
            complain(item.number, item.says)
        imported += outcome.imported
        unchanged += outcome.unchanged
        skipped += len(wrong) + len(outcome.wrong)
        done += len(batch)
        advance(done)
    return Imported(imported, skipped, unchanged)


def _stored(db: Database, arrivals: Sequence[Arrival], *, deleted: bool) -> Outcome:
    """Store one batch. Where another holds the lock it waits longer than a reader of the pages would."""
    for _ in range(MAX_ATTEMPTS - 1):
        try:
            with db.writing() as session:
                return import_batch.store(session, arrivals, deleted=deleted)
        except StorageBusyError:
            continue
    with db.writing() as session:
        return import_batch.store(session, arrivals, deleted=deleted)
