"""Counts of clients' running requests and wrong keys, over all serving processes."""

import secrets
from collections.abc import Callable
from ctypes import Array, c_double, c_uint16, c_uint32
from functools import lru_cache
from hashlib import blake2b
from multiprocessing.sharedctypes import RawArray
from threading import Lock
from time import monotonic

SLOTS = 16_384
"""Counters: a keyed hash of a client's name picks its counter, so that nobody can aim at another's."""

MAX_REMEMBERED_TRIES = 8
"""Wrong keys of one client whose times are kept."""


class Tally:
    """Counts in memory that the processes share, each of which writes in a part of its own, so that none waits.

    One that was killed may leave its part as it was: ``clear`` is for the process that takes its place.
    """

    def __init__(self, processes: int = 1) -> None:
        self._key = secrets.token_bytes(16)
        self._requests: Array[c_uint16] = RawArray(c_uint16, processes * SLOTS)
        self._tries: Array[c_double] = RawArray(c_double, processes * SLOTS * MAX_REMEMBERED_TRIES)
        self._calls: Array[c_uint32] = RawArray(c_uint32, processes * SLOTS * 2)
        self._processes = processes

    def of(self, process: int) -> "ProcessTally":
        """Return the tally as the process of this number, from 0, counts in it."""
        return ProcessTally(self, process)

    def slot(self, client: str) -> int:
        """Return where a client is counted."""
        return _slot(self._key, client)

    def requests(self, slot: int) -> int:
        """Return how many requests are under way there, in all processes."""
        return sum(self._requests[slot::SLOTS])

    def add_requests(self, process: int, slot: int, number: int) -> None:
        """Count ``number`` more requests of a process."""
        self._requests[process * SLOTS + slot] += number

    def tries_since(self, slot: int, since: float) -> int:
        """Return how many wrong keys were typed since then."""
        return sum(time > since for process in range(self._processes) for time in self._times(process, slot))

    def add_try(self, process: int, slot: int, time: float) -> None:
        """Note when a wrong key was typed, in the place of the earliest that is remembered."""
        times = self._times(process, slot)
        begin = (process * SLOTS + slot) * MAX_REMEMBERED_TRIES
        self._tries[begin + times.index(min(times))] = time

    def add_call(self, process: int, slot: int, window: int) -> int:
        """Count one more call in a span of time, named by its number; return how many there were in all processes."""
        begin = (process * SLOTS + slot) * 2
        if self._calls[begin] != window:
            self._calls[begin : begin + 2] = [window, 0]
        self._calls[begin + 1] += 1
        places = range(slot * 2, len(self._calls), SLOTS * 2)
        return sum(self._calls[place + 1] for place in places if self._calls[place] == window)

    def clear(self, process: int) -> None:
        """Forget what requests a process had under way; wrong keys stay."""
        begin = process * SLOTS
        self._requests[begin : begin + SLOTS] = [0] * SLOTS

    def _times(self, process: int, slot: int) -> list[float]:
        begin = (process * SLOTS + slot) * MAX_REMEMBERED_TRIES
        return list(self._tries[begin : begin + MAX_REMEMBERED_TRIES])


@lru_cache(maxsize=1_024)
def _slot(key: bytes, client: str) -> int:
    return int.from_bytes(blake2b(client.encode(), key=key, digest_size=4).digest()) % SLOTS


class ProcessTally:
    """One process's view of the tally, in which it counts."""

    def __init__(self, tally: Tally, process: int, clock: Callable[[], float] = monotonic) -> None:
        """``clock`` runs alike in all processes of a machine."""
        tally.clear(process)
        self._tally = tally
        self._process = process
        self._clock = clock
        self._lock = Lock()

    def begin(self, client: str) -> int:
        """Count one more request of ``client``; return where, for ``end``. For the event loop's thread alone."""
        slot = self._tally.slot(client)
        self._tally.add_requests(self._process, slot, 1)
        return slot

    def end(self, slot: int) -> None:
        """Count one request less."""
        self._tally.add_requests(self._process, slot, -1)

    def under_way(self, client: str) -> int:
        """Return how many requests of ``client`` are under way in all processes."""
        return self._tally.requests(self._tally.slot(client))

    def tries(self, client: str, seconds: float) -> int:
        """Return how many wrong keys ``client`` typed within so many seconds, wherever it was connected."""
        return self._tally.tries_since(self._tally.slot(client), self._clock() - seconds)

    def add_try(self, client: str) -> None:
        """Note that ``client`` typed a wrong key just now."""
        with self._lock:
            self._tally.add_try(self._process, self._tally.slot(client), self._clock())

    def count_call(self, caller: str, seconds: int) -> int:
        """Count one more call of ``caller``; return how many it made, in all processes, in this span of ``seconds``."""
        with self._lock:
            window = int(self._clock() // seconds)
            return self._tally.add_call(self._process, self._tally.slot(caller), window)

    def seconds_left(self, seconds: int) -> int:
        """Return how many seconds are left of this span of ``seconds``, at least 1."""
        return seconds - int(self._clock() % seconds)
