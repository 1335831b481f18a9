"""Results of functions of a whole comparison, computed once: each page of a long one needs the same results."""

from collections import deque
from collections.abc import Callable
from threading import Lock
from typing import TypeVar

from app.collation.model import Comparison

Result = TypeVar("Result")

MAX_REMEMBERED = 4
"""Comparisons that a function remembers its result for; it holds on to them meanwhile."""


def remembered(work: Callable[[Comparison], Result]) -> Callable[[Comparison], Result]:
    """Return ``work``, a pure function, with its results for the comparisons that it was last asked about kept.

    A comparison is recognised as the same object: for two equal ones the work is done twice.
    """
    results: deque[tuple[Comparison, Result]] = deque(maxlen=MAX_REMEMBERED)
    lock = Lock()

    def result_of(comparison: Comparison) -> Result:
        with lock:
            for known, result in results:
                if known is comparison:
                    return result
        result = work(comparison)
        with lock:
            results.append((comparison, result))
        return result

    return result_of
