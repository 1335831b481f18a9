"""How much work is pending: after a migration, an ``import --later``, or a change that affects many articles."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Lock
from typing import Literal

from app.db.engine.base import Database
from app.db.queries import articles as article_queries
from app.db.queries import backlog as backlog_queries

MAX_COUNTED = 100_000
"""The highest count: counting this many articles takes a hundredth of a second."""

COUNT_LIFETIME_SECONDS = 2.0
"""How long a count is reused while work is pending: pages show it, and poll it for each reader."""

WorkerState = Literal["off", "idle", "working", "elsewhere", "failed"]
"""What the worker (``worker``) does: switched off, nothing to do, working, leaving it to another process, failed."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much work is pending."""

    to_compare: int
    """Articles still to be compared with the others; ``MAX_COUNTED`` means that many or more."""
    to_quote: int
    """Articles whose quotations are still to be found; likewise."""
    articles: int
    """All articles; 0 if nothing is pending, since they are not counted then."""
    doing: WorkerState
    pairs: int = 0
    """Pairs that share text and are still to be laid side by side, so that their findings are known; likewise."""

    to_search: int = 0
    """Articles whose texts are still to be put into the search index; likewise."""

    @property
    def anything(self) -> bool:
        """Whether anything is pending."""
        return bool(self.to_compare or self.to_quote or self.pairs or self.to_search)


class Backlog:
    """The pending work of a database, counted on demand, but no more often than pages refresh it."""

    def __init__(
        self,
        db: Database,
        doing: Callable[[], WorkerState] = lambda: "off",
        *,
        compares_ahead: bool = True,
    ) -> None:
        self._db = db
        self._compares_ahead = compares_ahead
        self._doing = doing
        self._lock = Lock()
        self._whole = False
        self._counted: Waiting | None = None
        self._until = 0.0

    @property
    def doing(self) -> WorkerState:
        """What the worker does now."""
        return self._doing()

    @property
    def counted_until(self) -> float:
        """The time of ``time.monotonic`` up to which the last count is reused."""
        return self._until

    def waiting(self) -> Waiting:
        """Return how much is pending; four look-ups if nothing is. Raises as a reading transaction does."""
        with self._lock:
            if self._counted is None or time.monotonic() >= self._until:
                waiting = self._count()
                self._counted = waiting if waiting.anything else None
                self._until = time.monotonic() + COUNT_LIFETIME_SECONDS
                return waiting
            return replace(self._counted, doing=self._doing())

    def _count(self) -> Waiting:
        with self._db.reading() as session:
            pending = backlog_queries.counts(session, MAX_COUNTED)
            unindexed = 0 if self._whole else backlog_queries.count_unindexed(session)
            # Once every article is indexed, each new one is stored with its entry.
            self._whole = unindexed == 0
            to_compare = min(pending.to_compare + unindexed, MAX_COUNTED)
            to_quote = min(pending.to_quote + unindexed, MAX_COUNTED)
            articles = article_queries.count_articles(session) if to_compare or to_quote else 0
            return Waiting(
                to_compare,
                to_quote,
                articles,
                self._doing(),
                pending.pairs * self._compares_ahead,
                pending.to_search,
            )
