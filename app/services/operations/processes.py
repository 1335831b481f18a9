"""Work spread over processes, with results in the order of the input."""

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import suppress
from itertools import islice
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

MAX_AHEAD = 3
"""Pieces of work queued for each process, which bounds what is in memory at once."""


def count_processors() -> int:
    """Return how many processes can work at once on this machine."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def map_in_processes(
    work: Callable[[Item], Result], pieces: Iterable[Item], workers: int, ahead: int = MAX_AHEAD
) -> Iterator[Result]:
    """Yield the result of ``work``, a module-level function, for each piece, in order; a single one is done in-process.

    Pieces are taken as needed, ``ahead`` of them for each worker, so there can be any number. An error in ``work`` is
    raised here.
    """
    coming = iter(pieces)
    opening = list(islice(coming, 2))
    if len(opening) < 2 or workers < 2:
        yield from map(work, opening)
        yield from map(work, coming)
        return
    with start_pool(workers) as executor:
        waiting: deque[Future[Result]] = deque(executor.submit(work, piece) for piece in opening)
        try:
            for piece in coming:
                waiting.append(executor.submit(work, piece))
                if len(waiting) >= ahead * workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def start_pool(workers: int) -> ProcessPoolExecutor:
    """Return an executor with so many processes, which end with this one, however it ends."""
    # Spawned, not forked: the caller may have threads, and a forked process would hold its connections.
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=follow_parent)


def start_process(work: Callable[..., object], *given: object) -> BaseProcess:
    """Start a process of low priority that runs ``work``, a module-level function, and ends with this one."""
    process = get_context("spawn").Process(target=_run_at_low_priority, args=(work, *given), daemon=True)
    process.start()
    return process


def _run_at_low_priority(work: Callable[..., object], *given: object) -> None:
    follow_parent()
    if hasattr(os, "nice"):
        with suppress(OSError):  # a service may be forbidden to change priorities
            os.nice(10)
    work(*given)


def follow_parent() -> None:
    """Leave interrupts to the parent, and end when it does: a killed parent must not leave processes behind."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_exit_with_parent, args=(parent.sentinel,), daemon=True).start()


def _exit_with_parent(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
