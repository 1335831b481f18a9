"""Links are fetched, and several files read, in the background, a few at a time."""

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import BoundedSemaphore, Lock, Thread

from app.db.engine.base import Database
from app.errors import FetchError, TooManyFetchesError, VariorumError
from app.services.intake import intakes
from app.services.intake.intakes import Looked
from app.sources.fetching.fetch import Fetcher
from app.sources.fetching.network import no_internet

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
        self._looks = BoundedSemaphore(AT_ONCE)

    @property
    def fetches(self) -> bool:
        """Whether links are fetched."""
        return self._fetcher is not None

    @property
    def is_online(self) -> bool:
        """Whether a link could be fetched now: links are fetched, and a route leads out of this machine."""
        return self._fetcher is not None and self._fetcher.is_online

    def refuse_unless_fetching(self) -> None:
        """Raise FetchError where links are not fetched, or no route leads out of this machine."""
        if self._fetcher is None:
            raise FetchError(
                "Fetching links is off here, so nothing was fetched.",
                "Open the page in your browser, save it, and drop the file here, or paste its text.",
            )
        if not self.is_online:
            raise no_internet()

    def look(self, link: str) -> Looked:
        """Return what the page behind a link says now, stored nowhere.

        Raises FetchError, TooManyFetchesError where ``AT_ONCE`` others wait for theirs, and what the reading raises.
        """
        self.refuse_unless_fetching()
        assert self._fetcher  # or it was refused
        if not self._looks.acquire(blocking=False):
            raise TooManyFetchesError(
                f"{AT_ONCE} links are being fetched already, so this one was not.",
                "Try again in some seconds.",
            )
        try:
            return intakes.fetch_preview(self._fetcher, link)
        finally:
            self._looks.release()

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
