"""The attacks on searches, raw connections, keys and races: the program holds, and they notice planted faults."""

import re
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random

import pytest

from app.services.operations.database import open_database
from app.settings import Settings
from bench.attack import beside, keys, kills, races, searches, wire
from bench.attack.measured import Group


def test_the_program_holds(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    db = open_database(settings)
    known = keys.make_keys(db)
    db.dispose()
    with kills.serving(settings.url, keys.ENVIRONMENT) as (process, address):
        server = Group(process.pid or 0)
        lines = [
            searches.search(address, server, 20, Random(1)),
            wire.send(address, server, 20, Random(1)),
            keys.use_keys(address, server, known, 40, Random(1)),
        ]
    for line in lines:
        assert line.faults == [], line.attack
        assert line.tried == line.survived >= 20
        assert line.megabytes > 50


def test_one_of_those_that_race_succeeds(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    open_database(settings).dispose()
    with kills.serving(settings.url) as (process, address):
        line = races.race(address, Group(process.pid or 0), 4, Random(1))
        large = wire.send_large_bodies(address, 2, Random(1))
    assert (line.tried, line.faults) == (4, [])
    assert large is None or (large.tried, large.faults) == (2, [])


def test_readers_are_served_beside_heavy_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "SIZE", 4_000)
    monkeypatch.setattr(beside, "MAX_RATIO", float("inf"))  # here that depends on how busy the machine is
    settings = Settings(data_dir=tmp_path)
    open_database(settings).dispose()
    with kills.serving(settings.url) as (process, address):
        line = beside.read_beside_work(address, Group(process.pid or 0), 0)
    assert (line.tried, line.faults) == (beside.MIN_READS, [])
    assert re.search(r"\d times, without waits for a processor", line.worst)


def test_a_wait_for_a_processor_is_told_apart() -> None:
    assert beside.Wait(0.5, 0.375).own == 0.125
    assert beside.Wait(0.5, 0.625).own == 0  # two processes may wait at once


class Careless(BaseHTTPRequestHandler):
    """Lets every key and every change through, fails on searches, forgets the headers, and is slow while it works."""

    works_until = 0.0
    slow_reads = 8  # of sixty: enough for their 95th percentile

    def do_GET(self) -> None:
        if self.path == "/" and time.monotonic() < self.works_until and Careless.slow_reads:
            Careless.slow_reads -= 1
            time.sleep(0.5)
        self._answer(500 if "q=" in self.path else 200)

    def do_POST(self) -> None:
        Careless.works_until = time.monotonic() + 1
        self._answer(201)

    def do_PATCH(self) -> None:
        self._answer(200)

    def do_DELETE(self) -> None:
        self._answer(200)

    def _answer(self, status: int) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = b'{"id": "x", "revision": "x", "items": [], "next": null}'
        self.send_response(status)
        self.send_header("ETag", '"x"')
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def careless() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Careless)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_careless_server_fails_each_of_them(careless: str) -> None:
    server = Group(0)
    known = keys.KnownKeys(["variorum_" + "a" * 49], ["variorum_" + "b" * 49], ["c" * 58], ["d" * 58])
    for line, fault in (
        (searches.search(careless, server, 40, Random(1)), "answered 500"),
        (wire.send(careless, server, 12, Random(3)), "without the headers of safety"),
        (keys.use_keys(careless, server, known, 80, Random(1)), "revoked, "),
        (races.race(careless, server, 2, Random(1)), "4 of 4 succeeded"),
        (beside.read_beside_work(careless, server, 0), "times as long as beside no work"),
    ):
        assert any(fault in said for said in line.faults), (line.attack, line.faults)


def test_lengths_that_contradict_one_another_are_two() -> None:
    random = Random(1)
    lengths = [
        re.findall(rb"Content-Length: (\d+)", wire.KINDS["a length beside chunks"](random).content)
        for _ in range(20_000)
    ]
    pairs = [pair for pair in lengths if len(pair) == 2]
    assert pairs
    assert all(one != other for one, other in pairs)
