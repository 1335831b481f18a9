"""Empty the trash in the background: what has been in it long enough is removed for good, its words last."""

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime

from app.db.engine.base import Database
from app.errors import VariorumError
from app.services.articles import trash
from app.services.background_thread import BackgroundThread
from app.services.search import purged_words
from app.settings import Settings

POLL_SECONDS = 600.0
"""How often to check for what is due: it is counted in days."""

MORE_SECONDS = 1.0
"""Pause before the next turn where more is due."""

WORDS_SECONDS = 10.0
"""How often to check whether the log or an index has to be cleared of words of what was removed for good."""

FIRST_SECONDS = 20.0
"""Pause after the start, which has other work to do."""

REST_SECONDS = 0.02
"""Pause between two steps of merging an index, in which other writers find the lock free."""

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
        self._next_purge = 0.0

    def _is_needed(self) -> bool:
        return not self._db.read_only

    def _run(self) -> None:
        seconds = FIRST_SECONDS
        while not self._stopping.wait(seconds):
            seconds = WORDS_SECONDS
            try:
                if time.monotonic() >= self._next_purge:
                    seconds = self._purge()
                self._clear_words()
            except VariorumError:
                pass  # pages report what is wrong with the database
            except Exception:
                _log.exception("The trash could not be emptied of what is due.")

    def _purge(self) -> float:
        """Remove some of what is due; return after how many seconds to go on."""
        self._next_purge = time.monotonic() + POLL_SECONDS
        if not trash.purge_due(self._db, datetime.now(UTC), self._days):
            return WORDS_SECONDS
        self._purged()
        self._next_purge = 0.0
        return MORE_SECONDS

    def _clear_words(self) -> None:
        purged_words.merge_away(self._db, lambda: self._stopping.wait(REST_SECONDS), datetime.now(UTC))
        purged_words.empty_log(self._db)
