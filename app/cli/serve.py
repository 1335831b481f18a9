"""``serve``: prepare the database, bind a socket, and run uvicorn until it is stopped."""

import ctypes
import errno
import gc
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from contextlib import nullcontext, suppress
from types import FrameType

import uvicorn

from app.cli.workers import LOG_FORMAT, Companion, Workers
from app.db.engine.base import Database
from app.errors import VariorumError
from app.main import SITE, create_app
from app.services.intake.watcher import Watcher
from app.services.operations.backlog import Backlog, WorkerState
from app.services.operations.database import open_database
from app.services.operations.trash_emptier import TrashEmptier
from app.services.operations.upkeep import Upkeep
from app.services.operations.worker import BackgroundWorker
from app.services.processes import divide_processors
from app.services.transfer import seeds
from app.settings import Settings
from app.web.clients.tally import ProcessTally, Tally
from app.web.connections.gate import Gate
from app.web.connections.limits import Limits
from app.web.connections.protocol import Connection
from app.web.loading.warming import Warming
from app.web.monitoring.access_log import AccessLog
from app.web.monitoring.requests import Listener
from app.web.monitoring.shared_counts import shared_counts
from app.web.pages.pictures.kept_pictures import PictureShelf

MAX_QUEUED_CONNECTIONS = 128
"""Connections that may wait to be accepted."""

_M_MMAP_THRESHOLD = -3
_M_ARENA_MAX = -8
"""The numbers of two options in glibc's malloc.h."""

MAX_ARENAS = 2
"""Stores of memory for all threads: by itself glibc has up to eight a processor, each of which keeps what was freed."""

SWITCH_SECONDS = 0.0001
"""How long one thread may keep the interpreter while another waits for it. An answer from memory takes it back some six
times, after each system call: with the interpreter's own .005 s that is .03 s beside a thread that works. Beside long
texts 95 in 100 answers took at most 1.1 ms so, and 1.5 with .0005 s, the waits for a processor left out."""

OBJECTS_BETWEEN_COLLECTIONS = 20_000
"""New objects after which the interpreter looks for garbage among them; its own 700 are fewer than a page takes."""

SHUTDOWN_SECONDS = 10
"""How long requests under way may take to finish after the signal to stop."""


def serve(settings: Settings) -> None:
    """Serve until SIGINT or SIGTERM. Raises VariorumError if the port is in use or the database cannot be opened."""
    listeners = _bind(settings.host, settings.port, settings.workers)
    _give_memory_back()
    logging.basicConfig(format=LOG_FORMAT, level=logging.WARNING)
    try:
        db = open_database(settings)
        try:
            upkeep = Upkeep(db, settings)
            seeds.seed(db)
            db.watch_pages()
            worker = (
                BackgroundWorker(db, settings.url, compares_ahead=settings.compare_ahead)
                if settings.background
                else None
            )
            watcher = Watcher(db, settings) if settings.background else None
            pictures = PictureShelf(settings.pictures_dir, 0)
            companions: list[Companion] = [
                upkeep,
                *([worker] if worker else []),
                *([watcher] if watcher else []),
                *([TrashEmptier(db, settings, pictures.clear)] if settings.background else []),
            ]
            greeting = _greeting(settings, listeners[0].getsockname()[1], db.read_only)
            if settings.workers > 1:
                with shared_counts() if settings.metrics else nullcontext():
                    Workers(settings, listeners, serve_in_process).run(worker, greeting, companions)
                return
            divide_processors()  # several processes need them all
            config = _config(settings, db, worker.backlog if worker else None, upkeep)
            server = _Server(config, lambda: print(greeting, flush=True), [*companions, Warming(SITE)])
            signal.signal(signal.SIGTERM, _exit)
            try:
                server.run(sockets=listeners)
            except KeyboardInterrupt:
                print("Stopped.")
        finally:
            db.dispose()
    finally:
        for listener in listeners:
            listener.close()


def serve_in_process(
    settings: Settings,
    listener: socket.socket,
    doing: Callable[[], WorkerState],
    listening: Callable[[], object],
    tally: ProcessTally,
) -> None:
    """Serve on ``listener`` as one of several processes.

    ``doing`` says what the backlog's worker does, which another process has; ``listening`` is called at the start;
    ``tally`` counts clients over all of them.
    """
    _give_memory_back()
    db = open_database(settings)
    try:
        signal.signal(signal.SIGTERM, _exit)
        backlog = Backlog(db, doing, compares_ahead=settings.compare_ahead)
        config = _config(settings, db, backlog, tally=tally)
        _Server(config, listening, [Warming(SITE)]).run(sockets=[listener])
    finally:
        db.dispose()


def _give_memory_back() -> None:
    """Have blocks of a megabyte or more returned to the system once free, and the rest shared by all threads.

    By default glibc keeps as much as was ever needed: files of 20 MB would leave the process hundreds of megabytes
    larger, and each of the forty threads that answer requests would keep some of what it once needed.
    """
    with suppress(
        AttributeError, OSError, TypeError
    ):  # other systems' libraries return it anyway, or have no such setting
        library = ctypes.CDLL(None)
        library.mallopt(_M_MMAP_THRESHOLD, 1_000_000)
        library.mallopt(_M_ARENA_MAX, MAX_ARENAS)


def _config(
    settings: Settings,
    db: Database,
    backlog: Backlog | None,
    upkeep: Upkeep | None = None,
    tally: ProcessTally | None = None,
) -> uvicorn.Config:
    tally = tally or Tally().of(0)
    limits = Limits(client_requests=settings.client_requests, loopback_requests=settings.loopback_requests)
    app = create_app(settings, db, backlog, upkeep, tally=tally, redraws=True)
    listeners: list[Listener] = [app.state.metrics] if settings.metrics else []
    if settings.access_log:
        listeners.append(AccessLog())
    return uvicorn.Config(
        Gate(app, limits, settings.trusted_proxies, listeners, tally),
        http=Connection,
        ws="none",
        proxy_headers=False,  # the gate reads them
        interface="asgi3",
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
    )


class _Server(uvicorn.Server):
    """uvicorn's server, which reports when it listens, and runs background work until it stops."""

    def __init__(
        self,
        config: uvicorn.Config,
        listening: Callable[[], object],
        companions: Sequence[Companion],
    ) -> None:
        super().__init__(config)
        self._listening = listening
        self._companions = companions

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            # What is loaded by now stays: looking through it for garbage again and again takes a third of the time of
            # a page of 20,000 rows.
            gc.freeze()
            gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
            sys.setswitchinterval(SWITCH_SECONDS)
            self._listening()
            for companion in self._companions:
                companion.start()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for companion in self._companions:
            companion.stop()  # at once: requests under way may still take a while
        await super().shutdown(sockets)


def _exit(signum: int, frame: FrameType | None) -> None:
    # uvicorn raises the signal again once it has stopped; an ordinary exit lets the database close
    sys.exit(0)


def _greeting(settings: Settings, port: int, read_only: bool = False) -> str:
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}
    name = everywhere.get(settings.host, settings.host)
    lines = [f"Variorum is at http://{f'[{name}]' if ':' in name else name}:{port} (Ctrl+C stops it)."]
    if settings.host in everywhere:
        lines.append("Other machines reach it by this one's address.")
    if settings.public_url:
        lines.append(f"Links that it hands out begin with {settings.public_url}.")
    if read_only:
        lines.append("Its database may only be read: what is stored is shown, and nothing can be added.")
    elif settings.reachable_from_elsewhere and not settings.edit_key:
        lines.append(
            "Adding, editing and deleting are off, since others can reach it: set VARIORUM_EDIT_KEY."
        )
    return "\n".join(lines)


def _bind(host: str, port: int, count: int = 1) -> list[socket.socket]:
    """Return ``count`` sockets that listen on one port, over which the kernel spreads connections.

    If the port is in use, raises VariorumError that names the next free one.
    """
    try:
        alone = _listener(host, port)  # shared ports would let two programs have the same one
        if count == 1:
            return [alone]
        if not hasattr(socket, "SO_REUSEPORT"):
            return [alone] * count
        port = alone.getsockname()[1]
        alone.close()
        return [_listener(host, port, shared=True) for _ in range(count)]
    except PermissionError:
        raise VariorumError(
            f"Port {port} may not be used by an ordinary user.", "Choose one above 1023, such as 8000."
        ) from None
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise _in_use(host, port) from None
        raise VariorumError(
            f"It is not possible to listen on {host}: {error.strerror}.",
            "Set HOST to an address of this machine, such as 127.0.0.1.",
        ) from None


def _in_use(host: str, port: int) -> VariorumError:
    free = _next_free(host, port)
    advice = (
        f"Port {free} is free: use make run PORT={free}, or variorum serve --port {free}." if free else ""
    )
    return VariorumError(
        f"Port {port} on {host} is in use, perhaps by a Variorum that is running already.", advice
    )


def _next_free(host: str, port: int) -> int | None:
    for candidate in range(port + 1, min(port + 100, 65536)):
        try:
            _listener(host, candidate).close()
        except OSError:
            continue
        return candidate
    return None


def _listener(host: str, port: int, *, shared: bool = False) -> socket.socket:
    """Return a socket that listens there. Raises OSError, which is a gaierror if the host is not this machine's."""
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    listener = socket.socket(family, kind, protocol)
    try:
        if os.name == "posix":  # elsewhere the option would let two programs share the port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if shared:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        listener.bind(address)
        listener.listen(MAX_QUEUED_CONNECTIONS)
    except OSError:
        listener.close()
        raise
    return listener
