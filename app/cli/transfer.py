"""``import``, ``export``, ``pairs`` and ``reindex``: many articles in and out, with progress on standard error."""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, TextIO

from app.db.engine.base import Database
from app.errors import InvalidInputError
from app.services.articles import trash
from app.services.operations import worker
from app.services.operations.backlog import Backlog
from app.services.operations.database import open_database
from app.services.search import pending, purged_words
from app.services.transfer import archive, import_export
from app.services.transfer.archive import ImportedArchive
from app.services.transfer.import_export import Imported
from app.settings import Settings
from app.sources.records import documents

BAR_CHARS = 30
"""Characters of the bar."""

TERMINAL_SECONDS, LOG_SECONDS = 0.2, 10.0
"""How often the bar is redrawn; if standard error is not a terminal, how often a line is written."""


class Progress:
    """A bar on a terminal, or a line now and then in a log; nothing for work that takes less time than that."""

    def __init__(self, doing: str, target: TextIO) -> None:
        self._doing = doing
        self._target = target
        self._terminal = target.isatty()
        self._began = time.monotonic()
        self._drawn = self._began
        self._shown = 0

    def __call__(self, count: int, share: float | None = None) -> None:
        """Report that ``count`` are done, which is ``share`` of all, 0 to 1, if that is known."""
        now = time.monotonic()
        if now - self._drawn < (TERMINAL_SECONDS if self._terminal else LOG_SECONDS):
            return
        self._drawn = now
        spent = now - self._began
        says = f"{self._doing}: {count:,}, {count / spent:,.0f} a second"
        if share:
            says += f", {share:.0%}, {_span(spent / share - spent)} left"
        if not self._terminal:
            print(says, file=self._target, flush=True)
            return
        if share is not None:
            full = round(share * BAR_CHARS)
            says = f"[{'#' * full}{'.' * (BAR_CHARS - full)}] {says}"
        self._write(says)

    def clear(self) -> None:
        """Remove the bar, so that a line can be written in its place."""
        if self._shown:
            self._write("")

    def _write(self, says: str) -> None:
        self._target.write(f"\r{says}{' ' * (self._shown - len(says))}" + ("" if says else "\r"))
        self._target.flush()
        self._shown = len(says)


def _span(seconds: float) -> str:
    """Say a span of time in seconds or minutes.

    >>> _span(59.6), _span(3_725)
    ('60 s', '62 min')
    """
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"


def import_articles(settings: Settings, name: str, *, later: bool, deleted: bool = False) -> Imported:
    """Import the file, the folder or (``-``) standard input of this name; ``later`` leaves finding copies for later,
    and ``deleted`` brings back what was deleted for good.

    Raises InvalidInputError if nothing of that name can be read.
    """
    path = Path(name)
    source: BinaryIO | None = None
    if name == "-":
        source = sys.stdin.buffer
    elif not path.is_dir():
        try:
            source = path.open("rb")
        except OSError as error:
            raise InvalidInputError(
                f"{name} cannot be read ({error.strerror}).",
                "Name a file of JSON lines, a folder of documents, or - .",
            ) from error
    db = open_database(settings)
    try:
        progress = Progress("articles read", sys.stderr)
        unit = "line" if source else "file"

        def complain(number: int, says: str) -> None:
            progress.clear()
            print(f"{unit} {number}: {says}", file=sys.stderr)

        if source is None:
            files = documents(path)
            done = import_export.import_folder(
                db,
                files,
                path,
                limit=settings.max_text,
                max_capture=settings.keep_captures,
                complain=complain,
                advance=_share(progress, len(files)),
                deleted=deleted,
            )
        else:
            size = path.stat().st_size if source is not sys.stdin.buffer and path.is_file() else 0
            with source:
                done = import_export.import_lines(
                    db,
                    source,
                    limit=settings.max_text,
                    complain=complain,
                    advance=_share(progress, size),
                    deleted=deleted,
                )
        progress.clear()
        if not later:
            work_off(db)
    finally:
        db.dispose()
    return done


def import_relations(settings: Settings, name: str, *, later: bool, deleted: bool = False) -> ImportedArchive:
    """Import the articles and relations in the folder of an archive (``variorum-archive``), on this machine.

    Raises InvalidInputError if it is none, or unfinished.
    """
    files = archive.find_archive(Path(name))
    db = open_database(settings)
    try:
        reading, relating = Progress("articles read", sys.stderr), Progress("relations stored", sys.stderr)

        def complain(number: int, says: str) -> None:
            reading.clear()
            print(f"line {number} {says}", file=sys.stderr)

        done = archive.import_archive(
            db,
            files,
            limit=settings.max_text,
            deleted=deleted,
            complain=complain,
            advance=lambda count, _: reading(count),
            advance_relations=relating,
        )
        reading.clear()
        relating.clear()
        if done.left_out:
            print(
                f"{done.left_out:,} relations of articles that are not here were left out.", file=sys.stderr
            )
        if not later:
            work_off(db)
    finally:
        db.dispose()
    return done


def imported(settings: Settings, name: str, *, later: bool, deleted: bool) -> tuple[str, bool]:
    """Import the source of this name; return a line of JSON with the counts, and whether any line could be read."""
    done = import_articles(settings, name, later=later, deleted=deleted)
    return summary(done), not done.skipped or bool(done.imported or done.unchanged)


def archive_imported(settings: Settings, name: str, *, later: bool, deleted: bool) -> tuple[str, bool]:
    """Do what ``imported`` does for the folder of an archive."""
    done = import_relations(settings, name, later=later, deleted=deleted)
    counts = json.loads(summary(done.articles)) | {"relations": done.relations, "left_out": done.left_out}
    return json.dumps(counts), bool(done.articles.imported or done.articles.unchanged)


def reindex(settings: Settings, *, search: bool = False) -> str:
    """Relate all articles that are pending; return what was done, in words.

    With ``search``, the search index is emptied first and rebuilt.
    """
    db = open_database(settings)
    try:
        if search:
            pending.make_anew(db)
        count = work_off(db)
        purged_words.merge_away(db)
        purged_words.empty_log(db)
    finally:
        db.dispose()
    return (
        f"{count:,} articles were related to the others."
        if count != 1
        else "1 article was related to the others."
    )


def work_off(db: Database) -> int:
    """Index, relate and extract quotations of all pending articles; return how many were related.

    If a server's own worker is doing that, wait for its turn to end, at most half a minute; then the worker waits.
    """
    if not Backlog(db).waiting().anything:
        return 0
    with worker.taking_turn(db, lambda says: print(says, file=sys.stderr, flush=True)):
        _with_progress("articles put into the index", import_export.find_entries, db)
        _with_progress("texts made searchable", import_export.make_searchable, db)
        count = _with_progress("finding copies", import_export.find_copies, db)
        _with_progress("finding quotations", import_export.find_quotations, db)
    return count


def _with_progress(
    doing: str, find: Callable[[Database, Callable[[int, int], None]], int], db: Database
) -> int:
    progress = Progress(doing, sys.stderr)
    done = find(db, lambda count, several: progress(count, min(count / max(several, 1), 1)))
    progress.clear()
    return done


def export(settings: Settings, target: TextIO) -> None:
    """Write every revision of every article, one a line."""
    db = open_database(settings)
    try:
        target.writelines(import_export.export_lines(db))
        if left_out := trash.list_trash(db, 0, 1).count:
            verb = "article is" if left_out == 1 else "articles are"
            print(f"{left_out:,} {verb} in the trash and left out.", file=sys.stderr)
    finally:
        db.dispose()


def pairs(settings: Settings, target: TextIO, *, every: bool) -> None:
    """Write a line for each pair of articles that share text; with ``every``, for those otherwise related too."""
    db = open_database(settings)
    try:
        work_off(db)
        target.writelines(import_export.pair_lines(db, every=every))
    finally:
        db.dispose()


def summary(done: Imported) -> str:
    """Return a line of JSON with the counts of an import.

    >>> summary(Imported(imported=2, skipped=1, unchanged=0))
    '{"imported": 2, "skipped": 1, "unchanged": 0}'
    """
    return json.dumps({"imported": done.imported, "skipped": done.skipped, "unchanged": done.unchanged})


def _share(progress: Progress, size: int) -> import_export.Advance:
    return lambda count, read: progress(count, min(read / size, 1) if size else None)
