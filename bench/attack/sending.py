"""Send requests to the program within this process, and measure the processor time that each takes."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

MAX_WRITE_SECONDS = 5.0
"""Processor seconds that a request which saves, looks up, compares or writes a file may take."""

MAX_READ_SECONDS = 0.3
"""Processor seconds that a page which is stored already may take."""

FAILED = 599
"""The status of a request that the program raised an error for."""


@dataclass(frozen=True, slots=True)
class Request:
    """The result of one request."""

    what: str
    seconds: float
    status: int
    size: int

    @property
    def limit(self) -> float:
        """The most processor seconds that it may take."""
        return MAX_READ_SECONDS if self.what.startswith("again:") else MAX_WRITE_SECONDS


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends requests by a client, each under a label."""

    client: Any

    def __call__(self, label: str, method: str, path: str, **options: Any) -> tuple[Request, Any]:
        """Return what a request cost, and the answer, or None if the program failed."""
        began = time.process_time()
        try:
            response = self.client.request(method, path, **options)
            status, length = response.status_code, len(response.content)
        except Exception:
            response, status, length = None, FAILED, 0
        return Request(label, time.process_time() - began, status, length), response

    def timed(self, label: str, work: Callable[[], int]) -> Request:
        """Return the cost of other work, which returns a status."""
        began = time.process_time()
        try:
            status = work()
        except Exception:
            status = FAILED
        return Request(label, time.process_time() - began, status, 0)
