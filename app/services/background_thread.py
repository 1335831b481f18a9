"""Background work while serving: a thread from start to stop, which leaves long work to a low-priority process."""

import time
from abc import ABC, abstractmethod
from multiprocessing.process import BaseProcess
from threading import Event, Thread

STOPPING_SECONDS = 2.0
"""How long a stop waits for a query to a server that does not answer; a process is killed at once."""


class BackgroundThread(ABC):
    """A thread that checks now and then whether anything is due; subclasses define what, and do it until stopped."""

    name: str
    """The thread's, in logs and debuggers."""

    def __init__(self) -> None:
        self._stopping = Event()
        self._thread: Thread | None = None

    def start(self) -> None:
        """Begin to look whether anything is due, if it ever can be."""
        if self._is_needed():
            self._thread = Thread(target=self._run, name=self.name, daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Stop at once; what is under way is dropped, and done after the next start."""
        self._stopping.set()
        if self._thread:
            self._thread.join(STOPPING_SECONDS)

    @abstractmethod
    def _is_needed(self) -> bool: ...

    @abstractmethod
    def _run(self) -> None: ...

    def _wait_for(self, process: BaseProcess, seconds: float = float("inf")) -> int | None:
        """Return the exit code of a process; None if it was killed at a stop or after ``seconds``."""
        until = time.monotonic() + seconds
        while process.exitcode is None and not self._stopping.is_set() and time.monotonic() < until:
            process.join(0.05)
        if process.exitcode is None:
            process.kill()
            process.join()
            return None
        return process.exitcode
