"""Links fetched from hostile web servers, and a watched article whose server turns hostile."""

import os
import signal
import socket
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random

from app.db.engine.base import Database
from app.db.engine.connect import connect
from app.db.queries import intake as intake_queries
from app.errors import VariorumError
from app.services.articles import store
from app.services.edit_log import Actor
from app.services.intake import intakes, watching
from app.services.operations.check import check
from app.services.operations.database import open_database
from app.settings import Settings
from app.sources.fetching.exchange import Bounds
from app.sources.fetching.fetch import Fetcher
from app.sources.fetching.network import Network
from app.sources.fetching.pacing import Pacer
from app.sources.text import draft
from bench.attack.hostile.servers import PAGES, ROBOTS, Parts, Server
from bench.attack.measured import Line, apart
from bench.attack.sending import MAX_WRITE_SECONDS

ADDRESS = "http://news.example/page"
_PUBLIC = "93.184.216.34"
PATIENCE_SECONDS = 8.0
"""How long one answer may take; the program waits longer."""


class _LedNetwork(Network):
    """A network in which every name leads to the hostile server."""

    def __init__(self, port: int) -> None:
        self._port = port

    def is_there(self) -> bool:
        return True

    def resolve(self, host: str, port: int) -> Sequence[str]:
        return [_PUBLIC]

    def connect(self, address: str, port: int, seconds: float) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self._port), timeout=seconds)

    def ends(self, connection: socket.socket) -> tuple[str, str]:
        return "198.51.100.7", _PUBLIC


def fetch_each(folder: Path, random: Random, deadline: float, only: str = "") -> tuple[Line, Line]:
    """Fetch a link from each server, and look at a watched article there; then check the database."""
    fetches, looks = Line("links of hostile servers", 0, 0), Line("watched pages that turn hostile", 0, 0)
    settings = Settings(database_url=f"sqlite:///{folder}/watched.db")
    open_database(settings).dispose()
    db = connect(settings.url)
    article = store.add(db, draft("A visit", "The minister came.\n\nHe said little.", url=ADDRESS)).article
    watching.start_watching(db, article, actor=Actor("Ann", "name"), max_watched=9)
    db.dispose()
    cases: list[tuple[str, Parts | None, Parts | None]] = [(name, page, None) for name, page in PAGES.items()]
    cases += [(f"robots.txt: {name}", None, robots) for name, robots in ROBOTS.items()]
    cases = [case for case in cases if only in case[0]]
    random.shuffle(cases)
    for day, (name, page, robots) in enumerate(cases, 1):
        if time.monotonic() > deadline:
            break
        with _Serving(page, robots) as port:
            for line, work in (
                (fetches, partial(_fetch, port)),
                (looks, partial(_look, settings.url, port, day)),
            ):
                line.add(name, apart(work), MAX_WRITE_SECONDS)
    db = connect(settings.url)
    check(db, lambda fault: looks.faults.append(str(fault)))
    db.dispose()
    for line in (fetches, looks):
        line.survived = line.tried - len(line.faults)
    return fetches, looks


class _Serving:
    """A hostile server in a process of its own, so that its time is not counted."""

    def __init__(self, page: Parts | None, robots: Parts | None) -> None:
        self._server = Server()
        self._server.page = page or self._server.page
        self._server.robots = robots or self._server.robots
        self._child = 0

    def __enter__(self) -> int:
        self._child = os.fork()
        if not self._child:
            self._server.run()
            os._exit(0)
        self._server.listener.close()
        return self._server.port

    def __exit__(self, *_: object) -> None:
        os.kill(self._child, signal.SIGKILL)
        os.waitpid(self._child, 0)


def fetcher_for(port: int) -> Fetcher:
    """Return a fetcher for which every name leads to the server at ``port`` of this machine."""
    bounds = Bounds(seconds=PATIENCE_SECONDS)
    return Fetcher(network=_LedNetwork(port), bounds=bounds, pacer=Pacer(0.0))


def _fetch(port: int) -> str:
    try:
        return intakes.fetch_preview(fetcher_for(port), ADDRESS).preview.value("title")
    except VariorumError as error:
        return error.message


def _look(url: str, port: int, day: int) -> str:
    db: Database = connect(url)
    moment = datetime.now(UTC) + timedelta(days=2 * day)
    try:
        with db.writing() as session:
            for row in intake_queries.due_watches(session, datetime.max.replace(tzinfo=UTC), 9):
                row.failures, row.look_after = 0, moment  # else it is given up after some failures
                session.add(row)
        if not watching.look_at_next(
            db, fetcher_for(port), moment, max_text=2_000_000, max_capture=5_000_000
        ):
            return "no look was due"
    finally:
        db.dispose()
    return "looked"
