"""Readers beside heavy work: how long they wait while somebody looks up, saves and compares long texts."""

import http.client
import itertools
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from pathlib import Path
from statistics import quantiles
from typing import Any
from urllib.parse import urlencode, urlsplit

from bench.attack.measured import MAX_MEGABYTES, Group, Line
from bench.attack.requests import known_ids
from bench.attack.shapes import Shape

MAX_RATIO = 2.0
"""Of the readers' 95th percentile while the work runs to that of an idle server."""
SHAPES = (Shape("names", "shuffled"), Shape("number names", "numbered"), Shape("said of said", "paragraphs"))
SIZE = 200_000
MIN_READS = 60
PAUSE_SECONDS = 0.02
"""Between two reads: readers come and go, and do not fill the server by themselves."""


def read_beside_work(address: str, server: Group, seconds: float) -> Line:
    """Read pages from a server, half of ``seconds`` while it is idle and half while it works; compare the waits."""
    line, host = Line("reads beside heavy work", 0, 0), urlsplit(address).netloc
    articles, _ = known_ids(host)
    paths = ["/", *(f"/articles/{article}" for article in articles[:3])]
    list(_waits(host, paths, 0, server))  # the first read renders each page, later ones use the kept copy
    idle = list(_waits(host, paths, seconds / 2, server))
    context = get_context("forkserver")
    ready, stop, done = context.Event(), context.Event(), context.Value("i", 0)
    # In a process of its own: texts that are made beside the reads would let these wait for the interpreter.
    worker = context.Process(target=_work, args=(host, ready, stop, done), daemon=True)
    worker.start()
    ready.wait(60)
    busy = list(_waits(host, paths, seconds / 2, server))
    stop.set()
    worker.join()
    idle_wait, busy_wait = (_percentile(wait.seconds for wait in waits) for waits in (idle, busy))
    idle_own, busy_own = (_percentile(wait.own for wait in waits) for waits in (idle, busy))
    ratio = busy_wait / idle_wait
    line.tried = line.survived = len(busy)
    line.worst = (
        f"95th percentile {busy_wait * 1000:.1f} ms, {ratio:.1f} times that of an idle server; "
        f"{busy_own * 1000:.1f} ms, {busy_own / idle_own:.1f} times, without waits for a processor; "
        f"{done.value} long texts meanwhile"
    )
    line.megabytes = server.megabytes()
    if ratio > MAX_RATIO:
        line.faults.append(f"readers waited {ratio:.1f} times as long as beside no work")
    if line.megabytes > MAX_MEGABYTES:
        line.faults.append(f"a process of the server had {line.megabytes:.0f} MB")
    return line


@dataclass(frozen=True, slots=True)
class Wait:
    """How long a read took, and for how much of that the server and its reader were ready but had no processor."""

    seconds: float
    for_processors: float

    @property
    def own(self) -> float:
        """The rest: on a busy machine other programs cause most of those waits, and the server's own work some."""
        return max(self.seconds - self.for_processors, 0.0)


def _percentile(waits: Iterable[float]) -> float:
    return quantiles(waits, n=20)[-1]


def _waited(process: int) -> float:
    """Return the seconds for which a process's first thread was ready to run and had no processor; 0 if not known."""
    with suppress(OSError):
        return int(Path(f"/proc/{process}/task/{process}/schedstat").read_text().split()[1]) / 1e9
    return 0.0


def _waits(host: str, paths: list[str], seconds: float, server: Group) -> Iterator[Wait]:
    """Yield how long each read took, for this many seconds and at least ``MIN_READS`` reads."""
    both = (server.leader, os.getpid())
    until, reads = time.monotonic() + seconds, 0
    with closing(http.client.HTTPConnection(host, timeout=60)) as connection:
        while reads < MIN_READS or time.monotonic() < until:
            before, began = sum(map(_waited, both)), time.monotonic()
            connection.request("GET", paths[reads % len(paths)])
            connection.getresponse().read()
            taken = time.monotonic() - began
            yield Wait(taken, sum(map(_waited, both)) - before)
            reads += 1
            time.sleep(PAUSE_SECONDS)


def _work(host: str, ready: Event, stop: Event, done: Any) -> None:
    """Look up, save and compare long texts until told to stop; ``done`` counts the answers."""
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    pairs = [
        [
            urlencode({"title": f"Long {shape.name}", "text": text, "again": "yes", "lines": "keep"}).encode()
            for text in (shape.text(SIZE), shape.witness(SIZE))
        ]
        for shape in SHAPES
    ]
    with (
        closing(http.client.HTTPConnection(host, timeout=120)) as connection,
        suppress(OSError, http.client.HTTPException),
    ):
        for pair in itertools.cycle(pairs):
            saved = []
            for form in pair:
                for path in ("/articles/look", "/articles"):
                    if stop.is_set():
                        return
                    connection.request("POST", path, form, headers)
                    ready.set()  # the server has something to do
                    answer = connection.getresponse()
                    answer.read()
                    done.value += 1
                saved.append(answer.headers.get("Location", "").partition("?")[0].rpartition("/")[2])
            connection.request("GET", f"/compare?base={saved[0]}&witness={saved[1]}")
            answer = connection.getresponse()
            answer.read()
            if location := answer.headers.get("Location"):
                connection.request("GET", location)
                connection.getresponse().read()
                done.value += 1
