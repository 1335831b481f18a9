"""``serve --workers N``: N processes on one port, and one worker for the backlog beside them."""

import logging
import operator
import signal
import socket
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from multiprocessing.sharedctypes import RawArray, RawValue
from types import FrameType
from typing import Any, get_args

from app.services.background_thread import BackgroundThread
from app.services.operations.backlog import WorkerState
from app.services.operations.worker import BackgroundWorker
from app.services.processes import follow_parent
from app.settings import Settings
from app.web.clients.tally import ProcessTally, Tally

STATES: tuple[WorkerState, ...] = get_args(WorkerState)

STOPPING_SECONDS = 13.0
"""How long a process may take to stop, requests under way included, before it is killed."""

SHORT_LIFE_SECONDS = 5.0
"""A process that lived no longer is started again only after a pause, so that one that cannot start does not spin."""
PAUSE_SECONDS = 1.0

Companion = BackgroundThread
"""Background work that only one of the processes does."""

_log = logging.getLogger(__name__)

LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"

Serve = Callable[
    [Settings, socket.socket, Callable[[], WorkerState], Callable[[], object], ProcessTally], None
]
"""Serves on a listening socket until a signal stops it (``app.cli.serve.serve_in_process``)."""


class Workers:
    """Processes that serve, each on a socket of its own; one that ends unasked is started again.

    The kernel spreads connections over the sockets. They belong to this process, so that those who connect while a
    process is started again wait for it.
    """

    def __init__(self, settings: Settings, listeners: list[socket.socket], serve: Serve) -> None:
        self._settings = settings
        self._listeners = listeners
        self._serve = serve
        self._tally = Tally(len(listeners))
        self._doing = RawValue("i", STATES.index("off"))
        self._listening = RawArray("b", len(listeners))
        self._processes: dict[int, tuple[BaseProcess, float]] = {}
        self._stopping: signal.Signals | None = None

    def run(self, worker: BackgroundWorker | None, greeting: str, companions: Sequence[Companion]) -> None:
        """Serve until SIGINT or SIGTERM; print ``greeting`` once every process listens.

        ``companions``, the worker among them, work in this process meanwhile.
        """
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        for index in range(len(self._listeners)):
            self._start(index)
        for companion in companions:
            companion.start()
        try:
            greeted = False
            while not self._stopping:
                if not greeted and all(self._listening):
                    print(greeting, flush=True)
                    greeted = True
                if worker:
                    self._doing.value = STATES.index(worker.backlog.doing)
                wait([process.sentinel for process, _ in self._processes.values()], timeout=0.1)
                self._replace_ended()
        finally:
            for companion in companions:
                companion.stop()
            self._end()
        if self._stopping is signal.SIGINT:
            print("Stopped.")

    def _stop(self, signum: int, frame: FrameType | None) -> None:
        self._stopping = signal.Signals(signum)

    def _start(self, index: int) -> None:
        process = get_context("spawn").Process(
            target=run_worker,
            args=(
                self._serve,
                self._settings,
                self._listeners[index],
                self._doing,
                self._listening,
                index,
                self._tally,
            ),
        )
        process.start()
        self._processes[index] = (process, time.monotonic())

    def _replace_ended(self) -> None:
        for index, (process, began) in list(self._processes.items()):
            if process.is_alive() or self._stopping:
                continue
            _log.error("A serving process ended with code %s; another takes its place.", process.exitcode)
            if time.monotonic() - began < SHORT_LIFE_SECONDS:
                time.sleep(PAUSE_SECONDS)
            self._start(index)

    def _end(self) -> None:
        for process, _ in self._processes.values():
            process.terminate()
        deadline = time.monotonic() + STOPPING_SECONDS
        for process, _ in self._processes.values():
            process.join(max(0.0, deadline - time.monotonic()))
            if process.exitcode is None:
                process.kill()
                process.join()


def run_worker(
    serve: Serve,
    settings: Settings,
    listener: socket.socket,
    doing: Any,
    listening: Any,
    index: int,
    tally: Tally,
) -> None:
    """Serve in a process of its own, the one at ``index``, which ends with its parent."""
    logging.basicConfig(format=LOG_FORMAT, level=logging.WARNING)
    follow_parent()
    with suppress(KeyboardInterrupt):
        serve(
            settings,
            listener,
            lambda: STATES[doing.value],
            lambda: operator.setitem(listening, index, 1),
            tally.of(index),
        )
