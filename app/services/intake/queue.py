"""Links are fetched, and several files read, in the background, a few at a time."""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

from app.db.engine.base import Database
from app.services.intake import intakes
from app.sources.fetching.fetch import Fetcher

AT_ONCE = 4
"""Links that are being fetched at once: each host has a pace of its own, and reading takes turns anyway."""

_log = logging.getLogger(__name__)


class IntakeQueue:
    """Fetches and reads what was brought, beside the requests of this process."""

    def __init__(self, database: Callable[[], Database], fetcher: Fetcher | None) -> None:
        """``fetcher`` is None where links are not fetched."""
        self._database = database
        self._fetcher = fetcher
        self._lock = Lock()
        self._pool: ThreadPoolExecutor | None = None

    @property
    def fetches(self) -> bool:
        """Whether links are fetched."""
        return self._fetcher is not None

    def read_now(self, intake: str, encoding: str = "") -> None:
        """Read what was brought under this id, and wait for it."""
        intakes.fetch_and_read(self._database(), intake, self._fetcher, encoding=encoding)

    def read_later(self, ids: Sequence[str]) -> None:
        """Read what was brought under these ids, in order."""
        with self._lock:
            self._pool = self._pool or ThreadPoolExecutor(AT_ONCE, thread_name_prefix="intake")
            for intake in ids:
                self._pool.submit(self._read, intake)

    def close(self) -> None:
        """Begin nothing more."""
        with self._lock:
            if self._pool:
                self._pool.shutdown(wait=False, cancel_futures=True)

    def _read(self, intake: str) -> None:
        try:
            self.read_now(intake)
        except Exception:
            _log.exception("What was brought could not be read.")
