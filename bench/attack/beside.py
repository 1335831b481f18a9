"""Readers beside heavy work: how long they wait while somebody looks up, saves and compares long texts."""

import http.client
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from statistics import quantiles
from threading import Event, Thread
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
    """Read pages for half of ``seconds`` from an idle server, and as long while it works; compare what readers wait."""
    line, host = Line("reads beside heavy work", 0, 0), urlsplit(address).netloc
    articles, _ = known_ids(host)
    paths = ["/", *(f"/articles/{article}" for article in articles[:3])]
    list(_waits(host, paths, 0))  # what is read for the first time is drawn, then it is kept
    idle = list(_waits(host, paths, seconds / 2))
    stop, done = Event(), [0]
    worker = Thread(target=_work, args=(host, stop, done))
    worker.start()
    busy = list(_waits(host, paths, seconds / 2))
    stop.set()
    worker.join()
    idle_wait, busy_wait = (quantiles(waits, n=20)[-1] for waits in (idle, busy))
    ratio = busy_wait / idle_wait
    line.tried = line.survived = len(busy)
    line.worst = (
        f"95th percentile {busy_wait * 1000:.1f} ms, {ratio:.1f} times that of an idle server; "
        f"{done[0]} long texts meanwhile"
    )
    line.megabytes = server.megabytes()
    if ratio > MAX_RATIO:
        line.faults.append(f"readers waited {ratio:.1f} times as long as beside no work")
    if line.megabytes > MAX_MEGABYTES:
        line.faults.append(f"a process of the server had {line.megabytes:.0f} MB")
    return line


def _waits(host: str, paths: list[str], seconds: float) -> Iterator[float]:
    """Yield how long each read took, for so long and ``MIN_READS`` at least."""
    until, reads = time.monotonic() + seconds, 0
    with closing(http.client.HTTPConnection(host, timeout=60)) as connection:
        while reads < MIN_READS or time.monotonic() < until:
            began = time.monotonic()
            connection.request("GET", paths[reads % len(paths)])
            connection.getresponse().read()
            yield time.monotonic() - began
            reads += 1
            time.sleep(PAUSE_SECONDS)


def _work(host: str, stop: Event, done: list[int]) -> None:
    """Look up, save and compare long texts until told to stop."""
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    with (
        closing(http.client.HTTPConnection(host, timeout=120)) as connection,
        suppress(OSError, http.client.HTTPException),
    ):
        number = 0
        while not stop.is_set():
            saved = []
            shape = SHAPES[number % len(SHAPES)]
            number += 1
            for text in (shape.text(SIZE), shape.witness(SIZE)):
                form = {"title": f"Long {number}", "text": text, "again": "yes", "lines": "keep"}
                for path in ("/articles/look", "/articles"):
                    connection.request("POST", path, urlencode(form), headers)
                    answer = connection.getresponse()
                    answer.read()
                    done[0] += 1
                saved.append(answer.headers.get("Location", "").partition("?")[0].rpartition("/")[2])
            connection.request("GET", f"/compare?base={saved[0]}&witness={saved[1]}")
            answer = connection.getresponse()
            answer.read()
            if location := answer.headers.get("Location"):
                connection.request("GET", location)
                connection.getresponse().read()
                done[0] += 1
