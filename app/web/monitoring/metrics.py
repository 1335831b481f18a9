"""Counts and times for Prometheus. The library is imported only when metrics are on."""

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from app.db.engine.base import Database
from app.errors import VariorumError
from app.services.operations.backlog import Backlog
from app.web.monitoring.requests import RequestRecord
from app.web.monitoring.shared_counts import FOLDER_VARIABLE

if TYPE_CHECKING:
    from prometheus_client import Metric

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper bounds of the histogram, in seconds: 5 is what no request may cost."""

NO_ROUTE = "(none)"
"""Stands for the route of requests that reached none: refusals and unknown addresses all count as one."""

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"})
"""Other methods, which a client may make up, count as one."""


class Metrics:
    """The metrics of one application; with several processes, of all of them."""

    def __init__(self, database: Callable[[], Database], backlog: Callable[[], Backlog]) -> None:
        """Both are called at each scrape, and raise VariorumErrors if the database is not available."""
        from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics
        from prometheus_client.multiprocess import MultiProcessCollector

        disable_created_metrics()  # type: ignore[no-untyped-call]  # untyped too; it would double the lines
        self._database = database
        self._backlog = backlog
        self._registry = CollectorRegistry()
        labels = ("method", "route", "status")
        self._requests = Counter("variorum_requests", "Requests answered.", labels, registry=None)
        self._seconds = Histogram(
            "variorum_request_seconds",
            "Seconds from a request's head to the end of its answer.",
            ("route",),
            buckets=BUCKETS,
            registry=None,
        )
        self._pages = Counter(
            "variorum_pages", "Pages answered from memory (kept) or made.", ("source",), registry=None
        )
        if os.environ.get(FOLDER_VARIABLE):
            MultiProcessCollector(self._registry)  # type: ignore[no-untyped-call]  # the library gives it no types
        else:
            for metric in (self._requests, self._seconds, self._pages):
                self._registry.register(metric)
        self._registry.register(self)

    def __call__(self, record: RequestRecord) -> None:
        """Count one request."""
        route = record.route or NO_ROUTE
        method = record.method if record.method in METHODS else "(other)"
        self._requests.labels(method, route, str(record.status)).inc()
        self._seconds.labels(route).observe(record.seconds)
        if record.method == "GET" and record.route and record.status in (200, 304):
            self._pages.labels("kept" if record.is_kept_page else "made").inc()

    def page(self) -> tuple[bytes, str]:
        """Return the metrics in Prometheus' text form, and its content type."""
        from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4, generate_latest

        return generate_latest(self._registry), CONTENT_TYPE_PLAIN_0_0_4

    def collect(self) -> "Iterator[Metric]":
        """Yield what is read afresh each time: the database and its backlog. Called by the registry."""
        from prometheus_client.core import GaugeMetricFamily

        up = GaugeMetricFamily("variorum_database_up", "1 while the database can be read and written to.")
        waiting = GaugeMetricFamily(
            "variorum_backlog_articles",
            "Articles, and pairs of them, still to be worked on.",
            labels=["work"],
        )
        size = GaugeMetricFamily("variorum_database_bytes", "Bytes of the database.")
        try:
            db = self._database()
            db.require_whole()
            pending = self._backlog().waiting()
            waiting.add_metric(["compare"], pending.to_compare)
            waiting.add_metric(["quote"], pending.to_quote)
            waiting.add_metric(["pairs"], pending.pairs)
            size.add_metric([], db.size_bytes())
            up.add_metric([], 1)
        except VariorumError:
            up.add_metric([], 0)
        yield from (up, waiting, size)
