"""Kill the background work: relating articles, comparing in advance, and checking watched pages.

After each kill the check of the database must find no fault. In the end the repeatedly killed work must be done, and
what a check had recorded about a page must be there.
"""

import itertools
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from io import BytesIO
from multiprocessing import get_context
from random import Random

from app.db.engine.base import Database
from app.db.engine.connect import connect
from app.services.articles import store
from app.services.articles.origin import origin_in
from app.services.edit_log import Actor
from app.services.intake import watching
from app.services.operations.backlog import Backlog
from app.services.operations.check import check
from app.services.operations.database import open_database
from app.services.operations.worker import work_off_backlog
from app.services.processes import stay_here
from app.services.transfer import import_export
from app.settings import Settings
from app.sources.text import draft
from bench.attack.hostile.servers import Server
from bench.attack.kills import FULL_CHECK_EVERY, Toll, lines_of_an_import
from bench.attack.servers import ADDRESS, fetcher_for

_LIFE_SECONDS = 3.0
"""How long the work lives at most; drawn anew each time. What it does in a life is done the next time."""
_WHOLE_SECONDS = 600.0


def kill_background_work(url: str, kills: int, random: Random, deadline: float = float("inf")) -> Toll:
    """Import lines without relating them, and kill the work on them again and again until it is done."""
    open_database(Settings(database_url=url)).dispose()
    toll, run, part = Toll(), random.randrange(10**9), 0
    is_done = True
    while toll.kills < kills and time.monotonic() < deadline and not toll.faults:
        db = connect(url)
        try:
            if is_done:
                part += 1
                lines = "\n".join(map(json.dumps, lines_of_an_import(f"{run}-{part}", random)))
                import_export.import_lines(
                    db,
                    BytesIO(lines.encode()),
                    limit=10**6,
                    complain=print,
                    advance=lambda *_: None,
                    workers=1,
                )
        finally:
            db.dispose()
        is_done = _kill(work_off_backlog, (url, _WHOLE_SECONDS), random.uniform(0.3, _LIFE_SECONDS))
        toll.kills += not is_done
        toll.faults += _faults(url, quick=toll.kills % FULL_CHECK_EVERY != 0)
        if is_done:
            toll.acknowledged += 1
            toll.faults += _faults_of_backlog(url)
    return toll


def kill_looks(url: str, kills: int, random: Random, deadline: float = float("inf")) -> Toll:
    """Check a watched page that changes each time, and kill the check."""
    open_database(Settings(database_url=url)).dispose()
    server, pages = Server(), itertools.count(1)
    sent: set[str] = set()
    server.page = lambda _: _changing_page(next(pages), sent)
    threading.Thread(target=server.run, daemon=True).start()
    toll = Toll()
    db = connect(url)
    article = store.add(db, draft("A visit", _line(0), url=ADDRESS)).article
    watching.start_watching(db, article, actor=Actor("Ann", "name"), max_watched=9)
    sent.add(_line(0))
    try:
        while toll.kills < kills and time.monotonic() < deadline and not toll.faults:
            first_day = 1_000 * (toll.kills + 1)
            _kill(look_each_day, (url, server.port, first_day), random.uniform(0.5, _LIFE_SECONDS))
            toll.kills += 1
            toll.faults += _faults(url, quick=toll.kills % FULL_CHECK_EVERY != 0)
            stored = store.read(db, article)
            if stored.paragraphs[-1] not in sent:
                toll.faults.append(f"the article says what no page said: {stored.paragraphs[-1]!r}")
            with db.reading() as session:
                watch = origin_in(session, article).watch
            if watch is None:
                toll.faults.append("the article is watched no more")
            elif (told := watch.outcome.rpartition(" ")[2].rstrip(".")).isdecimal() and int(
                told
            ) > stored.newest:
                toll.faults.append(f"{watch.outcome!r} was noted, and there are {stored.newest} revisions")
            toll.acknowledged = stored.newest - 1
    finally:
        server.listener.close()
        db.dispose()
    return toll


def look_each_day(url: str, port: int, first_day: int) -> None:
    """Check the watched pages as if two days passed between checks; runs in a process that is killed."""
    db, fetcher = connect(url), fetcher_for(port)
    for day in range(first_day, first_day + 900, 2):
        moment = datetime.now(UTC) + timedelta(days=day)
        watching.look_at_next(db, fetcher, moment, max_text=10**6, max_capture=10**6)


def _line(number: int) -> str:
    return (
        f"On day {number} the minister came to the harbour to speak about the quarry, and said little of it."
    )


def _changing_page(number: int, sent: set[str]) -> Iterator[bytes]:
    sent.add(_line(number))
    content = (
        f"<!doctype html><title>A visit</title><article><h1>A visit</h1><p>{_line(number)}</p></article>"
    )
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + content.encode()


def _kill(work: Callable[..., object], given: tuple[object, ...], seconds: float) -> bool:
    """Run ``work`` in a process of its own and kill it after ``seconds``; return whether it ended before."""
    forks = get_context("forkserver")
    forks.set_forkserver_preload([__name__])  # otherwise it would spend most of its life loading the program
    process = forks.Process(target=_run, args=(work, given))
    process.start()
    process.join(seconds)
    is_done = process.exitcode == 0
    with suppress(ProcessLookupError):
        os.killpg(process.pid or 0, signal.SIGKILL)
    process.kill()
    process.join()
    return is_done


def _run(work: Callable[..., object], given: tuple[object, ...]) -> None:
    os.setsid()
    stay_here()  # a helper process would take most of its life to start
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    work(*given)
    sys.exit(0)


def _faults(url: str, *, quick: bool) -> list[str]:
    faults: list[str] = []
    db: Database = connect(url)
    try:
        check(db, lambda fault: faults.append(str(fault)), quick=quick)
    finally:
        db.dispose()
    return faults


def _faults_of_backlog(url: str) -> list[str]:
    db = connect(url)
    try:
        waiting = Backlog(db, lambda: "off", compares_ahead=True).waiting()
        return [f"the work ended, and there waits: {waiting}"] if waiting.anything else []
    finally:
        db.dispose()
