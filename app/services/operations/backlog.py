"""What waits to be worked off: after a migration, an ``import --later``, a change that concerns many articles."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Lock
from typing import Literal

from app.db.engine.base import Database
from app.db.queries import backlog as backlog_queries

MAX_COUNTED = 100_000
"""Articles that are counted at most: so many take a hundredth of a second."""

COUNT_LIFETIME_SECONDS = 2.0
"""How long a count is told again, where something waits: pages tell it, and each reader has it refreshed."""

WorkerState = Literal["off", "idle", "working", "elsewhere", "failed"]
"""What the worker does (``worker``): switched off; nothing; working; another process works; it broke."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much waits."""

    to_compare: int
    """Articles that are still to be compared with the others; ``MOST`` stands for any number above."""
    to_quote: int
    """Articles whose quotations are still to be found; the same."""
    articles: int
    """How many there are in all; 0 where nothing waits, since then nobody counts them."""
    doing: WorkerState

    @property
    def anything(self) -> bool:
        """Whether anything waits."""
        return bool(self.to_compare or self.to_quote)


class Backlog:
    """What waits in a database, counted when it is asked for and not more often than it changes on a page."""

    def __init__(self, db: Database, doing: Callable[[], WorkerState] = lambda: "off") -> None:
        self._db = db
        self._doing = doing
        self._lock = Lock()
        self._whole = False
        self._counted: Waiting | None = None
        self._until = 0.0

    def waiting(self) -> Waiting:
        """How much waits; where nothing does, that costs two look-ups. Raises as a reading transaction does."""
        with self._lock:
            if self._counted is None or time.monotonic() >= self._until:
                found = self._count()
                self._counted = found if found.anything else None
                self._until = time.monotonic() + COUNT_LIFETIME_SECONDS
                return found
            return replace(self._counted, doing=self._doing())

    def _count(self) -> Waiting:
        with self._db.reading() as session:
            found = backlog_queries.counts(session, MAX_COUNTED)
            unindexed = 0 if self._whole else backlog_queries.count_unindexed(session)
            # Once every article is in the index, each further one comes in with its entry.
            self._whole = unindexed == 0
            to_compare = min(found.to_compare + unindexed, MAX_COUNTED)
            to_quote = min(found.to_quote + unindexed, MAX_COUNTED)
            articles = backlog_queries.articles(session) if to_compare or to_quote else 0
            return Waiting(to_compare, to_quote, articles, self._doing())
