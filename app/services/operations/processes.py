"""Work spread over processes, with what comes out in the order of what went in."""

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
"""Pieces of work that each process may have waiting: what is in memory at once is bounded by this."""


def count_processors() -> int:
    """How many processes may work at once on this machine."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def map_in_processes(
    work: Callable[[Item], Result], pieces: Iterable[Item], workers: int, ahead: int = MAX_AHEAD
) -> Iterator[Result]:
    """What ``work``, a module's own function, makes of each piece, in their order; one piece alone is done right here.

    Pieces are taken as they are needed, ``ahead`` of them for each worker, so there may be any number. An error in
    ``work`` is raised here.
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
    """So many processes that take work, and end with this one, however it ends."""
    # Spawned, not forked: the caller may have threads, and a forked copy would hold its connections.
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_set_up_worker)


def start_process(work: Callable[..., object], *given: object) -> BaseProcess:
    """A process of low priority that does ``work``, a module's own function, and ends with this one."""
    process = get_context("spawn").Process(target=_run_at_low_priority, args=(work, *given), daemon=True)
    process.start()
    return process


def _run_at_low_priority(work: Callable[..., object], *given: object) -> None:
    _set_up_worker()
    if hasattr(os, "nice"):
        with suppress(OSError):  # a service may be forbidden to change priorities
            os.nice(10)
    work(*given)


def _set_up_worker() -> None:
    """Leave an interrupt to the parent, and end when it does: a killed parent must not leave processes behind."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_exit_with_parent, args=(parent.sentinel,), daemon=True).start()


def _exit_with_parent(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
