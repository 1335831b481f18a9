"""Looking after the database while it is served: its pages checked now and then, and backups made.

Both are done by processes of low priority, since they read the whole database. This thread only says when.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from app.db.engine.base import Database
from app.db.engine.connect import connect
from app.errors import InvalidInputError, StorageBusyError, StorageGoneError, StorageNewerError, VariorumError
from app.services.background_thread import BackgroundThread
from app.services.operations import rotation
from app.services.processes import start_process
from app.settings import Settings

POLL_SECONDS = 2.0
"""How often to look whether a check or a backup is due."""

CHECK_SECONDS = 6 * 3600.0
"""From one check of the pages to the next if nothing was written."""

MIN_CHECK_SECONDS = 10.0
CHECK_SHARE = 0.05
"""After the pages were written to they are checked sooner, but never again within the first, and no more often than
keeps the checks to this share of the time: another program's writes cannot be distinguished from a checkpoint."""

BACKUP_RETRY_SECONDS = 300.0
"""How soon a backup that failed is tried again; sooner if backups are made more often."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Report:
    """What the upkeep did last."""

    checked_at: datetime | None = None
    """When the pages were last checked; None if that is still to be done, or a server does it."""
    backup_every: int | None = None
    """Seconds; None if no backups are made."""
    backup_at: datetime | None = None
    backup_file: str = ""
    """Its name without the folder; empty if there is none."""
    backup_failed: bool = False
    """Whether the last try failed. The log says why."""


class Upkeep(BackgroundThread):
    """Checks a database's pages and makes its backups, from ``start`` to ``stop``."""

    name = "upkeep"

    def __init__(self, db: Database, settings: Settings) -> None:
        """Raise InvalidInputError if backups are enabled and the database is on a server."""
        if settings.backup_seconds and db.pages_changed() is None:
            raise InvalidInputError(
                f"The database {db.name} is on a server, so this program makes no backups of it.",
                "Leave out --backup-every and VARIORUM_BACKUP_EVERY, and use the server's own tool (pg_dump).",
            )
        super().__init__()
        self._db = db
        self._url = settings.url
        self._every = settings.backup_seconds
        self._folder = settings.backups.resolve()
        self._keep = settings.backup_keep
        self._checked_at: datetime | None = None
        self._checked_pages: int | None = None
        self._check_after = self._check_by = self._backup_after = 0.0
        self._backup: rotation.Backup | None = None
        self._backup_failed = False

    def report(self) -> Report:
        """Return what was done last."""
        last = self._backup
        return Report(
            self._checked_at,
            self._every,
            last.made_at if last else None,
            last.name if last else "",
            self._backup_failed,
        )

    def start(self) -> None:
        """Begin to look, in a thread of its own, whether anything is due."""
        if self._every:
            self._backup = next(reversed(rotation.list_backups(self._folder)), None)
        super().start()

    def _is_needed(self) -> bool:
        return self._db.pages_changed() is not None

    def _run(self) -> None:
        was_gone = False
        while not self._stopping.is_set():
            try:
                with self._db.reading() as session:
                    # Raises if the file is not the one that was opened: its backups would displace good ones.
                    session.connection()
                was_gone = False
                self._check_if_due()
                self._back_up_if_due()
            except StorageGoneError:
                if not was_gone:
                    _log.error("The database %s was removed or replaced by another program.", self._db.name)
                was_gone = True
            except (StorageBusyError, StorageNewerError):
                pass  # tried again
            except _StoppedError:
                return
            except Exception:
                _log.exception("The upkeep of the database failed.")
            self._stopping.wait(POLL_SECONDS)

    def _check_if_due(self) -> None:
        pages, now = self._db.pages_changed(), time.monotonic()
        is_sooner = self._db.suspect or pages != self._checked_pages
        if now < (self._check_after if is_sooner else self._check_by):
            return
        self._db.suspect = False
        self._check_after = self._check_by = now + CHECK_SECONDS  # if this one fails
        faults: tuple[str, ...] = self._in_process(_check_pages)
        spent = time.monotonic() - now
        if faults and faults != self._db.faults:
            _log.error("The database %s is damaged: %s", self._db.name, "; ".join(faults))
        elif self._db.faults and not faults:
            _log.warning("The database %s is whole again.", self._db.name)
        self._db.faults = faults
        self._checked_pages, self._checked_at = pages, datetime.now(UTC)
        self._check_after = time.monotonic() + max(MIN_CHECK_SECONDS, spent / CHECK_SHARE)
        self._check_by = max(time.monotonic() + CHECK_SECONDS, self._check_after)

    def _back_up_if_due(self) -> None:
        if self._every is None or time.monotonic() < self._backup_after:
            return
        now = datetime.now(UTC)
        if self._backup and timedelta() <= now - self._backup.made_at < timedelta(seconds=self._every):
            return
        answer: rotation.Backup | str = "The backup failed."
        try:
            answer = self._in_process(_back_up, self._folder, self._keep, now)
        finally:
            self._backup_failed = isinstance(answer, str)
            if self._backup_failed:
                self._backup_after = time.monotonic() + min(BACKUP_RETRY_SECONDS, self._every)
        if isinstance(answer, str):
            _log.error("No backup was made: %s", answer)
        else:
            self._backup = answer

    def _in_process(self, work: Callable[..., None], *given: object) -> Any:
        """Return what ``work`` sends from a process of low priority."""
        receiver, sender = get_context("spawn").Pipe(duplex=False)
        with receiver, sender:
            process = start_process(work, self._url, sender, *given)
            sender.close()
            try:
                while not receiver.poll(0.05):
                    if self._stopping.is_set():
                        raise _StoppedError
                return receiver.recv()
            except EOFError:
                process.join()
                raise RuntimeError(f"The process ended with code {process.exitcode}.") from None
            finally:
                process.kill()
                process.join()


class _StoppedError(Exception):
    """The server stops."""


def _check_pages(url: str, sender: Connection) -> None:
    db = connect(url)
    try:
        sender.send(db.page_faults(quick=True))
    finally:
        db.dispose()


def _back_up(url: str, sender: Connection, folder: Path, keep: int, now: datetime) -> None:
    db = connect(url)
    try:
        sender.send(rotation.rotate(db, folder, keep, now))
    except VariorumError as error:
        sender.send(str(error))
    finally:
        db.dispose()
