"""Empty the trash beside serving: what has been in it for long enough is removed for good."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime

from app.db.engine.base import Database
from app.errors import VariorumError
from app.services.articles import trash
from app.services.background_thread import BackgroundThread
from app.settings import Settings

POLL_SECONDS = 600.0
"""How often to check for what is due: it is counted in days."""

MORE_SECONDS = 1.0
"""Pause before the next turn where more is due."""

FIRST_SECONDS = 20.0
"""Pause after the start, which has other work to do."""

_log = logging.getLogger(__name__)


class TrashEmptier(BackgroundThread):
    """Removes from a database's trash what is due, from ``start`` to ``stop``. Each removal takes milliseconds."""

    name = "trash"

    def __init__(self, db: Database, settings: Settings, purged: Callable[[], object] = bool) -> None:
        """Call ``purged`` after each turn that removed something, to remove what is kept outside the database."""
        super().__init__()
        self._db = db
        self._purged = purged
        self._days = settings.trash_days

    def _is_needed(self) -> bool:
        return not self._db.read_only

    def _run(self) -> None:
        seconds = FIRST_SECONDS
        while not self._stopping.wait(seconds):
            seconds = POLL_SECONDS
            try:
                if trash.purge_due(self._db, datetime.now(UTC), self._days):
                    self._purged()
                    seconds = MORE_SECONDS
            except VariorumError:
                pass  # pages report what is wrong with the database
            except Exception:
                _log.exception("The trash could not be emptied of what is due.")
