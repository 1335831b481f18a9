"""What waits, worked off while the pages are served: by one process of low priority, in small whole batches."""

import logging
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from threading import Event, Thread

from app.db.engine.base import Database
from app.db.engine.connect import connect
from app.db.tables.articles import SCHEMA
from app.errors import StorageBusyError, StorageNewerError
from app.services.operations.backlog import Backlog, WorkerState
from app.services.operations.processes import start_process
from app.services.quotations import extract
from app.services.relations import reindex, relate

POLL_SECONDS = 5.0
"""How often it is looked whether anything waits: an import from another process may have left it."""

STINT_SECONDS = 30.0
"""How long one process works before it ends: then a command that waits has its turn, and what it held is free again."""

PAUSE_SECONDS = 1.0
"""From one stint to the next. Commands look more often, so one that waits comes first."""

REST_SHARE = 0.1
"""After each batch, the share of its time for which the worker rests, so that other writers find the lock free."""

STOPPING_SECONDS = 2.0
"""How long a stop waits for a look at a server that does not answer; a worker's process is killed at once."""

RETRY_SECONDS, MAX_RETRY_SECONDS = 60.0, 3600.0
"""After an error, when it is tried again; each further one doubles it, up to the second."""

MAX_TURN_WAIT_SECONDS = 2 * STINT_SECONDS
"""How long a command waits for its turn; then it works beside whoever has it: safe, and some work is done twice."""

RELATED_PER_TRANSACTION = 8
"""Articles that are related in one transaction, which holds the write lock for some hundredths of a second."""

EXIT_DONE, EXIT_STINT_OVER, EXIT_BUSY = 0, 3, 75
"""How a worker's process ends: nothing waits; its stint was over; the database was locked for too long, is out of
reach, or was brought up to date by a newer program."""

_log = logging.getLogger(__name__)


class BackgroundWorker:
    """Works off what waits in a database, from ``start`` to ``stop``; never in one that can only be read."""

    def __init__(self, db: Database, url: str) -> None:
        self._db = db
        self._url = url
        self._stopping = Event()
        self._thread: Thread | None = None
        self._doing: WorkerState = "off"
        self._failures = 0
        self._scan_first = True
        self.backlog = Backlog(db, lambda: self._doing)
        """What waits, with what is being done about it."""

    def start(self) -> None:
        """Begin to look, in a thread of its own, whether anything waits."""
        if not self._db.read_only:
            self._thread = Thread(target=self._run, name="background", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Stop at once: the batch under way is dropped, and taken up at the next start."""
        self._stopping.set()
        if self._thread:
            self._thread.join(STOPPING_SECONDS)

    def _run(self) -> None:
        seconds = 0.0
        while not self._stopping.wait(seconds):
            try:
                seconds = self._poll()
            except (StorageBusyError, StorageNewerError):  # readers of the pages are told so too
                seconds = POLL_SECONDS
            except Exception:
                _log.exception("The look for what waits failed.")
                seconds = self._record_failure()
        self._doing = "off"

    def _poll(self) -> float:
        """Work for one stint, where anything waits; in how many seconds to look again."""
        if not self.backlog.waiting().anything:
            self._doing = "idle"
            return POLL_SECONDS
        with self._db.turn() as mine:
            if not mine:
                self._doing = "elsewhere"
                return POLL_SECONDS
            self._doing = "working"
            return self._stint()

    def _stint(self) -> float:
        process = start_process(work_off_backlog, self._url, STINT_SECONDS, self._scan_first)
        while process.exitcode is None and not self._stopping.is_set():
            process.join(0.05)
        if process.exitcode is None:
            process.kill()  # what it had not committed is as if it had never been begun
            process.join()
            return 0
        match process.exitcode:
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


def work_off_backlog(url: str, seconds: float, afresh: bool = True) -> None:
    """Work off what waits in the database at ``url``, for about so many seconds: what a process of its own does.

    Each of the kinds of work has a share of the time, so that none waits until another is through with a million
    articles. Raises SystemExit with ``OVER`` or ``BUSY`` where they came to no end. After ``OVER`` the next one need
    not look ``afresh`` for what is frequent.
    """
    db = connect(url)
    db.schema = SCHEMA
    over = False
    kinds: tuple[Callable[[Database, _Rest], object], ...] = (_index, partial(_relate, afresh=afresh), _quote)
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
def taking_turn(db: Database, say: Callable[[str], object] = bool) -> Iterator[None]:
    """While the block runs, a command works off what waits and no server's worker does it too.

    ``say`` is told, once, that the worker's turn has to be awaited.
    """
    until = time.monotonic() + MAX_TURN_WAIT_SECONDS
    told = False
    while True:
        with db.turn() as mine:
            if mine or time.monotonic() >= until:
                yield
                return
        if not told:
            say("A running server is at this work already; waiting until it rests.")
            told = True
        time.sleep(0.1)


def _index(db: Database, advance: "_Rest") -> None:
    if not reindex.is_index_complete(db):
        reindex.reindex(db, advance=advance)


def _relate(db: Database, advance: "_Rest", *, afresh: bool) -> None:
    relate.relate_pending(db, advance=advance, batch=RELATED_PER_TRANSACTION, afresh=afresh)


def _quote(db: Database, advance: "_Rest") -> None:
    extract.extract_pending(db, advance=advance)


class _ShareOverError(Exception):
    """A kind of work had its share of the time; what was done is stored."""


class _Rest:
    """Called after each batch: rests for a share of the time that it took, and ends the work at a moment."""

    def __init__(self, until: float) -> None:
        self._until = until
        self._since = time.monotonic()

    def __call__(self, done: int) -> None:
        now = time.monotonic()
        if now >= self._until:
            raise _ShareOverError
        time.sleep((now - self._since) * REST_SHARE)
        self._since = time.monotonic()
