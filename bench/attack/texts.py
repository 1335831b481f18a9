"""Hostile texts through every way in and out: what each request costs, in a process that is monitored from outside.

Each shape is saved twice, the second time altered, and then looked up, compared, read as a story, as quotations, as
files and as JSON, searched for, exported, made evidence of, deleted and put back (``ways``). A request that takes more
processor time than it may, a process that takes more memory, an answer of 500, and a process that dies are faults.
"""

import contextlib
import gc
import multiprocessing
import resource
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench.attack import ways
from bench.attack.sending import Request, Sender
from bench.attack.shapes import Shape

MAX_MEGABYTES = 600
"""Peak memory of the process."""

PATIENCE_SECONDS = 60
"""Processor seconds after which a request is given up as hanging."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a shape of one size did."""

    shape: Shape
    size: int
    requests: tuple[Request, ...]
    megabytes: float
    died: str = ""

    @property
    def worst(self) -> Request | None:
        """The request that came nearest to its limit, or went furthest over it."""
        return max(self.requests, key=lambda request: request.seconds / request.limit, default=None)

    def faults(self) -> Iterator[str]:
        """Descriptions of everything that it did wrong."""
        if self.died:
            yield self.died
        for request in self.requests:
            if request.seconds > request.limit:
                yield f"{request.what} took {request.seconds:.2f} s of at most {request.limit} s"
            if request.status >= 500 and request.status != 503:
                yield f"{request.what} answered {request.status}"
        if self.megabytes > MAX_MEGABYTES:
            yield f"{self.megabytes:.0f} MB of at most {MAX_MEGABYTES} MB"


def empty_database(folder: Path) -> Path:
    """Make a migrated database without articles, and load the program, so that each attack starts at once."""
    from fastapi.testclient import TestClient

    from app.main import create_app
    from app.settings import Settings

    settings = Settings(data_dir=folder, database_url="", background=False)
    with TestClient(create_app(settings), base_url="http://localhost") as client:
        client.get("/").raise_for_status()
    return folder / "variorum.db"


def attack(shape: Shape, size: int, database: Path) -> Outcome:
    """Send a shape of one size through the program, in a process of its own over a copy of ``database``."""
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_child, args=(shape, size, database, sender))
    child.start()
    sender.close()
    requests: list[Request] = []
    megabytes = 0.0
    with contextlib.suppress(EOFError):
        while True:
            message = receiver.recv()
            if isinstance(message, Request):
                requests.append(message)
            else:
                megabytes = float(message)
    child.join()
    died = "" if child.exitcode == 0 else _words_for(child.exitcode, requests)
    return Outcome(shape, size, tuple(requests), megabytes, died)


def _words_for(exit_code: int | None, requests: Sequence[Request]) -> str:
    after = requests[-1].what if requests else "the start"
    return f"died ({exit_code}) after {after}: over {PATIENCE_SECONDS} s or out of memory"


def _child(shape: Shape, size: int, database: Path, answers: Connection) -> None:
    from app.cli.serve import OBJECTS_BETWEEN_COLLECTIONS
    from app.services import processes

    processes.stay_here()  # what a helper process does would not be measured
    gc.freeze()  # as a server does, so that loaded objects are not examined again and again
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(database, Path(folder) / "variorum.db")
        _start_patience()
        resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))
        for request in _requests(shape, size, Path(folder)):
            answers.send(request)
            _start_patience()
        answers.send(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        answers.close()


def _start_patience() -> None:
    """Make this process end if the next request takes far too long."""
    limit = int(time.process_time()) + PATIENCE_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))


def _requests(shape: Shape, size: int, folder: Path) -> Iterator[Request]:
    from fastapi.testclient import TestClient

    from app.main import create_app
    from app.settings import Settings

    settings = Settings(data_dir=folder, database_url="", background=False)
    base, witness = shape.text(size), shape.witness(size)
    with TestClient(create_app(settings), base_url="http://localhost", follow_redirects=False) as client:
        client.get("/")

        sent = Sender(client)

        def saved(label: str, title: str, text: str) -> Iterator[Any]:
            form = {"title": title, "text": text, "lines": "keep", "again": "yes"}
            request, response = sent(label, "POST", "/articles", data=form)
            yield request
            location = response.headers.get("location", "") if response is not None else ""
            yield location.partition("?")[0]

        request, _ = sent(
            "look up",
            "POST",
            "/articles/look",
            data={"title": "Base", "text": base},
            headers={"HX-Request": "true"},
        )
        yield request
        request, first = saved("save", "Base", base)
        yield request
        request, second = saved("save the second", "Witness", witness)
        yield request
        if not (first and second):
            return
        for path, name in ((first, "article"), (second, "second article")):
            yield sent(f"first: {name}", "GET", path)[0]
            yield sent(f"again: {name}", "GET", path)[0]
        yield from _intake(sent, base)
        yield sent("revise", "GET", f"{first}/edit")[0]
        request, response = sent("choose", "GET", f"/compare?base={first[10:]}&witness={second[10:]}")
        yield request
        compare = response.headers.get("location", "") if response is not None else ""
        if not compare:
            return
        yield sent("compare", "GET", compare)[0]
        yield sent("story", "GET", first.replace("/articles/", "/stories/"))[0]
        for path, name in (
            (compare, "comparison"),
            (f"{compare}?view=inline", "inline"),
            (f"{compare}?view=inline&typography=on&kind=number", "another view"),
            (f"{compare}?from=301", "later part"),
            (f"{compare}/rows/1", "row"),
            (f"{compare}/rows/1/pair", "pairing"),
            (f"{compare}/findings.csv", "csv"),
            (f"{compare}/findings.json", "findings as json"),
            (f"/api{compare}", "document"),
            (first.replace("/articles/", "/stories/"), "story"),
            ("/quotations", "quotations"),
            ("/", "library"),
            (f"/?{urlencode({'q': base[:300]})}", "search"),
            (f"/quotations?{urlencode({'q': base[:300]})}", "search of quotations"),
        ):
            yield sent(f"again: {name}", "GET", path)[0]
        yield from ways.pages_of_articles(sent, first, base)
        yield from ways.exports(sent, first, compare)
        yield from ways.evidence(sent, compare)
        yield from ways.api(sent, first, compare, base)
        yield from ways.deletion(sent, second)


def _intake(sent: Sender, text: str) -> Iterator[Request]:
    """Bring in a text by the form, open the preview twice, correct a paragraph, and save it."""
    request, response = sent("bring in", "POST", "/articles/new", data={"text": text})
    yield request
    preview = response.headers.get("location", "") if response is not None else ""
    if not preview:
        return
    yield sent("preview", "GET", preview)[0]
    yield sent("preview, opened", "GET", f"{preview}?edit=0")[0]
    for label, action in (
        ("correct", {"do": "extra:0"}),
        ("reword", {"do": "update", "at": "0", "wording": f"No. {text[:1000]}"}),
        ("rejoin", {"do": "rejoin"}),
        ("save what was brought in", {"do": "save", "title": "Brought in"}),
    ):
        yield sent(label, "POST", preview, data=action)[0]


def growth(outcomes: Sequence[Outcome]) -> float:
    """Return the exponent with which a shape's slowest request grows with its size: 1 is linear, 2 quadratic."""
    points = [
        (outcome.size, max((request.seconds for request in outcome.requests), default=0.0))
        for outcome in outcomes
    ]
    points = [(size, seconds) for size, seconds in points if seconds > 0.02]
    if len(points) < 2:
        return 0.0
    (small, quick), (large, slow) = points[0], points[-1]
    return log(slow / quick) / log(large / small)
