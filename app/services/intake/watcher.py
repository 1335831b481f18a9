"""Check watched addresses in the background: now and then, in a low-priority process."""

import logging
from datetime import UTC, datetime

from app.db.engine.base import Database
from app.db.engine.connect import connect
from app.db.tables.base import SCHEMA
from app.errors import VariorumError
from app.services.background_thread import BackgroundThread
from app.services.intake import watching
from app.services.processes import start_process
from app.settings import Settings
from app.sources.fetching.exchange import Bounds
from app.sources.fetching.fetch import Fetcher

POLL_SECONDS = 30.0
"""How often to check for an address that is due."""

MAX_LOOK_SECONDS = 300.0
"""How long a process may take for the looks that are due before it is ended; they are due again an hour later."""

LOOKS_PER_PROCESS = 10
"""Looks after which a process ends, and its memory is freed."""

_log = logging.getLogger(__name__)


class Watcher(BackgroundThread):
    """Looks at a database's watched addresses from ``start`` to ``stop``."""

    name = "watcher"

    def __init__(self, db: Database, settings: Settings) -> None:
        super().__init__()
        self._db = db
        self._settings = settings

    def _is_needed(self) -> bool:
        return not self._db.read_only and self._settings.watches

    def _run(self) -> None:
        while not self._stopping.wait(POLL_SECONDS):
            try:
                if watching.is_any_due(self._db, datetime.now(UTC)):
                    self._look()
            except VariorumError:
                pass  # pages report what is wrong with the database
            except Exception:
                _log.exception("The look at watched addresses failed.")

    def _look(self) -> None:
        # A look that is dropped is due again an hour later.
        code = self._wait_for(start_process(look_at_due, self._settings), MAX_LOOK_SECONDS)
        if code:
            _log.error("The process that looks at watched addresses ended with code %s.", code)


def look_at_due(settings: Settings) -> None:
    """Look at the addresses that are due, in a process of its own."""
    db = connect(settings.url)
    db.schema = SCHEMA
    fetcher = Fetcher(bounds=Bounds(size=settings.max_file), contact=settings.public_url)
    try:
        for _ in range(LOOKS_PER_PROCESS):
            if not watching.look_at_next(
                db,
                fetcher,
                datetime.now(UTC),
                max_text=settings.max_text,
                max_capture=settings.keep_captures,
            ):
                break
    finally:
        db.dispose()
