"""Work off the backlog while pages are served: one process of low priority, in small complete batches."""

import logging
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from app.db.engine.base import Database
from app.db.engine.connect import connect
from app.db.tables.base import SCHEMA
from app.errors import StorageBusyError, StorageDamagedError, StorageGoneError, StorageNewerError
from app.services.background_thread import BackgroundThread
from app.services.operations.backlog import Backlog, WorkerState
from app.services.processes import start_process
from app.services.quotations import extract
from app.services.relations import reindex, relate
from app.services.search import pending
from app.services.stories import compare_ahead

POLL_SECONDS = 5.0
"""How often to check for pending work, which an import in another process may have left."""

STINT_SECONDS = 30.0
"""How long one process works before it ends, so that a waiting command has its turn and its memory is freed."""

PAUSE_SECONDS = 1.0
"""Pause between two stints. Commands check more often, so a waiting one comes first."""

REST_SHARE = 0.1
"""Share of a batch's time for which the worker rests after it, so that other writers find the lock free."""

RETRY_SECONDS, MAX_RETRY_SECONDS = 60.0, 3600.0
"""Delay before a retry after an error, doubled with each further one up to the maximum."""

MAX_TURN_WAIT_SECONDS = 2 * STINT_SECONDS
"""How long a command waits for its turn; then it works beside the process that has it, which is safe but does some work
twice."""

RELATED_PER_TRANSACTION = 8
"""Articles related in one transaction, which holds the write lock for some hundredths of a second."""

EXIT_DONE, EXIT_STINT_OVER, EXIT_BUSY = 0, 3, 75
"""Exit codes of a worker's process: nothing is pending; its stint is over; the database was locked for too long, cannot
be reached, or was migrated by a newer program."""

_log = logging.getLogger(__name__)


class BackgroundWorker(BackgroundThread):
    """Works off a database's backlog from ``start`` to ``stop``, unless the database is read-only."""

    name = "background"

    def __init__(self, db: Database, url: str, *, compares_ahead: bool = True) -> None:
        super().__init__()
        self._db = db
        self._url = url
        self._compares_ahead = compares_ahead
        self._doing: WorkerState = "off"
        self._failures = 0
        self._scan_first = True
        self.backlog = Backlog(db, lambda: self._doing, compares_ahead=compares_ahead)
        """The pending work, and what the worker does about it."""

    def _is_needed(self) -> bool:
        return not self._db.read_only

    def _run(self) -> None:
        seconds = 0.0
        while not self._stopping.wait(seconds):
            try:
                seconds = self._poll()
            except (
                StorageBusyError,
                StorageDamagedError,
                StorageGoneError,
                StorageNewerError,
            ):  # pages report these too
                seconds = POLL_SECONDS
            except Exception:
                _log.exception("The look for what waits failed.")
                seconds = self._record_failure()
        self._doing = "off"

    def _poll(self) -> float:
        """Work for one stint if anything is pending; return after how many seconds to check again."""
        self._db.require_whole()
        if not self.backlog.waiting().anything:
            self._doing = "idle"
            return POLL_SECONDS
        with self._db.turn() as has_turn:
            if not has_turn:
                self._doing = "elsewhere"
                return POLL_SECONDS
            self._doing = "working"
            return self._stint()

    def _stint(self) -> float:
        process = start_process(
            work_off_backlog, self._url, STINT_SECONDS, self._scan_first, self._compares_ahead
        )
        match self._wait_for(process):
            case None:
                return 0  # what it has not committed is rolled back
            case code if code in (EXIT_DONE, EXIT_STINT_OVER):
                self._failures = 0
                self._scan_first = code == EXIT_DONE
                return PAUSE_SECONDS if code == EXIT_STINT_OVER else POLL_SECONDS
            case code if code == EXIT_BUSY:
                return POLL_SECONDS
            case code:
                _log.error("The process that works off what waits ended with code %s.", code)
                return self._record_failure()

    def _record_failure(self) -> float:
        self._doing = "failed"
        self._failures += 1
        return float(min(RETRY_SECONDS * 2 ** (self._failures - 1), MAX_RETRY_SECONDS))


def work_off_backlog(url: str, seconds: float, afresh: bool = True, compares_ahead: bool = True) -> None:
    """Work off the backlog of the database at ``url`` for about ``seconds``, in a separate process.

    Each kind of work has a share of the time, so that none has to wait until another has done a million articles.
    Raises SystemExit with ``EXIT_STINT_OVER`` or ``EXIT_BUSY`` if work is left. After ``EXIT_STINT_OVER`` the next
    stint need not look for boilerplate ``afresh``. Unless it ``compares_ahead``, pairs go on waiting until it does.
    """
    db = connect(url)
    db.schema = SCHEMA
    over = False
    kinds: tuple[Callable[[Database, _Rest], object], ...] = (
        _index,
        _search,
        partial(_relate, afresh=afresh),
        _quote,
        *([_compare] if compares_ahead else []),
    )
    began = time.monotonic()
    try:
        for number, kind in enumerate(kinds, 1):
            try:
                kind(db, _Rest(began + seconds * number / len(kinds)))
            except _ShareOverError:
                over = True
        if over:
            sys.exit(EXIT_STINT_OVER)
    except (StorageBusyError, StorageNewerError):
        sys.exit(EXIT_BUSY)
    finally:
        db.dispose()


@contextmanager
def taking_turn(db: Database, report: Callable[[str], object] = bool) -> Iterator[None]:
    """Give a command its turn at the backlog within the block, so that no server's worker does the same work.

    ``say`` is called once with a message if it has to wait for a worker's turn to end.
    """
    until = time.monotonic() + MAX_TURN_WAIT_SECONDS
    announced = False
    while True:
        with db.turn() as has_turn:
            if has_turn or time.monotonic() >= until:
                yield
                return
        if not announced:
            report("A running server is at this work already; waiting until it rests.")
            announced = True
        time.sleep(0.1)


def _index(db: Database, advance: "_Rest") -> None:
    if not reindex.is_index_complete(db):
        reindex.reindex(db, advance=advance)


def _search(db: Database, advance: "_Rest") -> None:
    pending.put_waiting(db, advance=advance)


def _relate(db: Database, advance: "_Rest", *, afresh: bool) -> None:
    relate.relate_pending(db, advance=advance, batch=RELATED_PER_TRANSACTION, afresh=afresh)


def _quote(db: Database, advance: "_Rest") -> None:
    extract.extract_pending(db, advance=advance)


def _compare(db: Database, advance: "_Rest") -> None:
    compare_ahead.compare_pending(db, advance=advance)


class _ShareOverError(Exception):
    """A kind of work has used its share of the time; what is done is stored."""


class _Rest:
    """Called after each batch: rests for a share of the batch's time, and ends the work at a deadline."""

    def __init__(self, until: float) -> None:
        self._until = until
        self._since = time.monotonic()

    def __call__(self, done: int) -> None:
        now = time.monotonic()
        if now >= self._until:
            raise _ShareOverError
        time.sleep((now - self._since) * REST_SHARE)
        self._since = time.monotonic()
