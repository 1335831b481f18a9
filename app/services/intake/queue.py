"""Links are fetched, and several files read, in the background, a few at a time."""

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Lock, Thread

from app.db.engine.base import Database
from app.errors import VariorumError
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
        self._waiting: SimpleQueue[str | None] = SimpleQueue()
        self._threads: list[Thread] = []

    @property
    def fetches(self) -> bool:
        """Whether links are fetched."""
        return self._fetcher is not None

    @property
    def is_online(self) -> bool:
        """Whether a link could be fetched now: links are fetched, and a route leads out of this machine."""
        return self._fetcher is not None and self._fetcher.is_online

    def read_now(self, intake: str, encoding: str = "") -> None:
        """Read what was brought under this id, and wait for it."""
        intakes.fetch_and_read(self._database(), intake, self._fetcher, encoding=encoding)

    def read_later(self, ids: Sequence[str]) -> None:
        """Read what was brought under these ids, in order."""
        with self._lock:
            while len(self._threads) < AT_ONCE:
                # Daemons: a page that is still being fetched must not keep the program from stopping.
                thread = Thread(target=self._run, name="intake", daemon=True)
                thread.start()
                self._threads.append(thread)
        for intake in ids:
            self._waiting.put(intake)

    def close(self) -> None:
        """Begin nothing more."""
        with self._lock:
            with suppress(Empty):
                while True:
                    self._waiting.get_nowait()
            for _ in self._threads:
                self._waiting.put(None)

    def _run(self) -> None:
        while (intake := self._waiting.get()) is not None:
            self._read(intake)

    def _read(self, intake: str) -> None:
        try:
            self.read_now(intake)
        except Exception:
            _log.exception("What was brought could not be read.")
            with suppress(VariorumError):
                intakes.give_up(self._database(), intake)
