"""Time and memory of one call."""

import multiprocessing
import resource
import statistics
import time
from collections.abc import Callable
from multiprocessing.connection import Connection

RUNS = 30
MAX_SECONDS = 4.0


def milliseconds(call: Callable[[], object]) -> float:
    """Return the median of up to 30 calls after one that warms up; slow calls are repeated less, at least once."""
    began = time.perf_counter()
    call()
    warm = time.perf_counter() - began
    times = [] if warm < MAX_SECONDS else [warm]
    while len(times) < RUNS and sum(times) < MAX_SECONDS:
        began = time.perf_counter()
        call()
        times.append(time.perf_counter() - began)
    return statistics.median(times) * 1000


def _once(call: Callable[[], object], answer: Connection) -> None:
    began = time.perf_counter()
    call()
    elapsed = time.perf_counter() - began
    answer.send((elapsed * 1000, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def alone(call: Callable[[], object]) -> tuple[float, float]:
    """Return milliseconds and peak megabytes of a call in a process of its own, interpreter and libraries included.

    The process is forked: what the parent holds already, the texts among it, counts too.
    """
    fork = multiprocessing.get_context("fork")
    receiver, sender = fork.Pipe(duplex=False)
    child = fork.Process(target=_once, args=(call, sender))
    child.start()
    sender.close()
    try:
        elapsed, peak = receiver.recv()
    finally:
        child.join()
    return float(elapsed), float(peak)
