"""Work spread over processes, with results in the order of the input."""

import os
import resource
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import suppress
from itertools import islice
from multiprocessing import current_process, get_context, parent_process
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import TypeVar

from app.errors import StorageBusyError

Item = TypeVar("Item")
Result = TypeVar("Result")

MAX_AHEAD = 3
"""Pieces of work queued for each process, which bounds what is in memory at once."""

MIN_CHARS_APART = 60_000
"""Characters from which work on texts is done in a process of its own: an article of 10,000 words, some .3 s."""

HELPER_TASKS = 50
"""Pieces of work after which that process gives way to a new one, and its memory back."""


def count_processors() -> int:
    """Return how many processes can work at once on this machine."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


_processors_apart: tuple[int, ...] = ()
"""Where the processes that this one starts for long work run; anywhere if empty."""


def divide_processors() -> None:
    """Take half of the processors for this process, and leave the others to those that it starts for long work.

    A thread woken on a busy processor may wait some milliseconds for it, however low the priority of the work there:
    four on a kernel with 250 ticks a second. Does nothing where there is only one, or where
    a service may not choose. Threads that were started before may run anywhere.
    """
    global _processors_apart
    if not hasattr(os, "sched_getaffinity"):
        return
    processors = sorted(os.sched_getaffinity(0))
    half = (len(processors) + 1) // 2
    with suppress(OSError):
        if half < len(processors):
            os.sched_setaffinity(0, processors[:half])
            _processors_apart = tuple(processors[half:])


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
    """Return an executor whose processes end with this one, however it ends."""
    # Spawned, not forked: the caller may have threads, and a forked process would hold its connections.
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_set_up_worker)


_state_lock = threading.Lock()
_stays_here = False
_helper: ProcessPoolExecutor | None = None
MAX_BOUNDED = 2
"""Processes for bounded work: one is enough for most, the second lets others pass while the first is held up."""

REAL_SECONDS = 15
"""Seconds that may pass for each second of processor time: for work that waits, and on a busy machine, where one with
ten others beside it got a sixth of a processor."""

_bounded_turns = threading.BoundedSemaphore(MAX_BOUNDED)
_idle_bounded: list[ProcessPoolExecutor] = []
"""Those that wait for work, the one used last at the end."""


def run_apart(chars: int, work: Callable[..., Result], *given: object) -> Result:
    """Return what ``work``, a module-level function, makes of ``given``; for a long text, in a process of its own.

    The interpreter runs one thread at a time: work of seconds, on ``chars`` characters, would make every reader wait.
    The process has a low priority and is kept for the next such work, which waits for its turn. An error in ``work`` is
    raised here. Raises StorageBusyError where the process ended twice, for example for want of memory.
    """
    if chars < MIN_CHARS_APART or _stays_here or current_process().daemon:
        return work(*given)
    for _ in range(2):
        helper = _get_helper()
        try:
            return helper.submit(work, *given).result()
        except BrokenExecutor:
            _forget_helper(helper)
    raise StorageBusyError(
        "This could not be computed: the process at work on it was ended.",
        "Try again in a while; whoever runs the program can see whether memory is short.",
    )


class WorkEndedError(Exception):
    """Work that took more time or memory than it may, or that ended its process."""


def run_bounded(seconds: float, data_bytes: int, work: Callable[..., Result], *given: object) -> Result:
    """Return what ``work``, a module-level function, makes of ``given``, in a process of its own that may be killed.

    For work on strangers' files by libraries that may hang: after ``seconds`` of processor time, or where it needs more
    than ``data_bytes`` of memory in all, WorkEndedError is raised. Two such works at a time; an error in ``work`` is
    raised here.
    """
    if _stays_here or current_process().daemon:
        return work(*given)
    with _bounded_turns:
        while True:
            helper = _idle_bounded.pop() if _idle_bounded else None
            is_fresh = helper is None
            helper = helper or _start_bounded()
            began = time.monotonic()
            try:
                result = helper.submit(_run_in_bounds, seconds, data_bytes, work, given).result()
            except BrokenExecutor as error:
                helper.shutdown(wait=False)
                # What was read before may have left too little memory: then a new process does it in the time left.
                seconds -= time.monotonic() - began
                if is_fresh or seconds <= 0:
                    raise WorkEndedError(str(error)) from None
            except BaseException:
                _idle_bounded.append(helper)
                raise
            else:
                _idle_bounded.append(helper)
                return result


def stay_here() -> None:
    """Do all work in this process from now on: it is a worker itself, or measured."""
    global _stays_here
    _stays_here = True


def _get_helper() -> ProcessPoolExecutor:
    global _helper
    with _state_lock:
        if _helper is None:
            _helper = ProcessPoolExecutor(
                1,
                mp_context=get_context("spawn"),
                initializer=_set_up_helper,
                initargs=(_processors_apart,),
                max_tasks_per_child=HELPER_TASKS,
            )
        return _helper


def _forget_helper(helper: ProcessPoolExecutor) -> None:
    global _helper
    with _state_lock:
        if _helper is helper:
            _helper = None
    helper.shutdown(wait=False)


def _start_bounded() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        1,
        mp_context=get_context("spawn"),
        initializer=_set_up_helper,
        initargs=(_processors_apart,),
        max_tasks_per_child=HELPER_TASKS,
    )


def _run_in_bounds(
    seconds: float, data_bytes: int, work: Callable[..., Result], given: tuple[object, ...]
) -> Result:
    before = _limit_data(data_bytes)
    _set_timers(seconds)
    # What a library's callback raises goes no further than the log: one that goes on without memory would fill it.
    sys.excepthook, sys.unraisablehook = _end_if_out_of_memory, _end_unraisable
    try:
        return work(*given)
    except MemoryError:
        os._exit(1)  # in no state to report anything: its attempts to do so would fill the log
    finally:
        _set_timers(0)
        if before is not None:
            resource.setrlimit(resource.RLIMIT_DATA, before)


def _end_if_out_of_memory(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    if issubclass(kind, MemoryError):
        os._exit(1)
    sys.__excepthook__(kind, error, trace)


def _end_unraisable(unraisable: "sys.UnraisableHookArgs") -> None:
    if issubclass(unraisable.exc_type, MemoryError):
        os._exit(1)
    sys.__unraisablehook__(unraisable)


def _set_timers(seconds: float) -> None:
    """End this process after ``seconds`` of processor time, or many more of any; never where it is 0."""
    if hasattr(signal, "setitimer"):
        # The signals' own effect, which ends the process: a handler in Python would wait for the library that hangs.
        for number in (signal.SIGPROF, signal.SIGALRM):
            signal.signal(number, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, seconds)
        signal.setitimer(signal.ITIMER_REAL, REAL_SECONDS * seconds)


def _limit_data(data_bytes: int) -> tuple[int, int] | None:
    """Let this process have so many bytes of memory, and return the limits before; None where none can be set."""
    try:
        soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (data_bytes, hard))
    except (OSError, ValueError):
        return None
    return soft, hard


def _set_up_helper(processors: tuple[int, ...]) -> None:
    _set_up_worker()
    _lower_priority(processors)


def start_process(work: Callable[..., object], *given: object) -> BaseProcess:
    """Start a process of low priority that runs ``work``, a module-level function, and ends with this one."""
    process = get_context("spawn").Process(
        target=_run_at_low_priority, args=(_processors_apart, work, *given), daemon=True
    )
    process.start()
    return process


def _run_at_low_priority(processors: tuple[int, ...], work: Callable[..., object], *given: object) -> None:
    _set_up_worker()
    _lower_priority(processors)
    work(*given)


def _lower_priority(processors: tuple[int, ...]) -> None:
    if processors:
        with suppress(OSError):  # they may have been taken away since
            os.sched_setaffinity(0, processors)
    if hasattr(os, "nice"):
        with suppress(OSError):  # a service may be forbidden to change priorities
            os.nice(10)


def _set_up_worker() -> None:
    follow_parent()
    stay_here()


def follow_parent() -> None:
    """Leave interrupts to the parent, and end when it does: a killed parent must not leave processes behind."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_exit_with_parent, args=(parent.sentinel,), daemon=True).start()


def _exit_with_parent(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
