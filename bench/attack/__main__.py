"""``make attack``: hostile texts, hostile requests and kills, for some minutes or in full numbers; prints a table."""

import argparse
import itertools
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from random import Random

from app.services.operations.database import open_database
from app.settings import Settings
from bench.attack import (
    background_kills,
    beside,
    desk_kills,
    evidence,
    files,
    keys,
    kills,
    races,
    requests,
    searches,
    servers,
    wire,
)
from bench.attack.measured import Group, Line
from bench.attack.shapes import LARGEST, SIZES, Shape, shapes
from bench.attack.texts import Outcome, attack, empty_database, growth

FULL_KILLS = 250
"""Of each kind, server and import, on each kind of database."""
KILLS_OF_A_DATABASE = 25
"""Then the next are on an empty one, as a large library makes the look at it slow, and the record is written."""
FULL_REQUESTS = 100_000
FULL_OF_PROTOCOL = {
    "searches": 10_000,
    "connections": 2_000,
    "bodies": 200,
    "calls": 10_000,
    "races": 1_000,
}
"""Hostile searches, broken connections, large bodies behind a proxy, calls with keys, and races."""
FILES_OF_A_SHORT_IMPORT = 12
SHARES = {
    "texts": 0.4,
    "kills": 0.15,
    "requests": 0.12,
    "protocol": 0.1,
    "files": 0.12,
    "servers": 0.05,
    "evidence": 0.05,
}
"""Of a run's minutes, by part; what a part has left over is not handed on."""


class Record:
    """What a run did, in a file if one is named, so that the next run continues from there."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        lines = file.read_text(encoding="utf-8").splitlines() if file and file.exists() else []
        self._entries = [json.loads(line) for line in lines]

    def count(self, attack: str) -> int:
        """Return how many of these attacks were survived."""
        return sum(entry["survived"] for entry in self._entries if entry.get("attack") == attack)

    def has(self, shape: str, size: int) -> bool:
        """Say whether a text was tried."""
        return any((entry.get("shape"), entry.get("size")) == (shape, size) for entry in self._entries)

    def add(self, entry: dict[str, object]) -> None:
        """Note what was done."""
        if self._file is not None:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with self._file.open("a", encoding="utf-8") as lines:
                lines.write(json.dumps(entry) + "\n")


def main() -> int:
    """Attack; exit code 1 where anything failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0, help="how long (10)")
    parser.add_argument("--seed", type=int, default=1, help="draws shapes, requests and moments (1)")
    parser.add_argument(
        "--full",
        action="store_true",
        help="every shape at every size, 1,000 kills and 100,000 requests, however long it takes",
    )
    parser.add_argument(
        "--only",
        default="",
        help="of the part, texts by default, what has this in its name (shapes, files, servers)",
    )
    parser.add_argument("--part", choices=tuple(SHARES), help="one part alone")
    parser.add_argument("--postgresql", default="", help="an empty database for the kills, as an address")
    parser.add_argument("--keep", type=Path, help="a file of outcomes: a run goes on where the last ended")
    options = parser.parse_args()
    options.part = options.part or ("texts" if options.only else None)
    record = Record(options.keep)
    lines: list[Line] = []
    parts: tuple[tuple[str, Callable[[argparse.Namespace, Record], Iterator[Line]]], ...] = (
        ("requests", _requests),
        ("protocol", _protocol),
        ("files", _files),
        ("servers", _servers),
        ("evidence", _evidence),
        ("kills", _kills),
        ("texts", _texts),
    )
    for name, run in parts:
        if options.part in (None, name):
            for line in run(options, record):
                lines.append(line)
                for fault in line.faults:
                    print(f"{line.attack}: {fault}", flush=True)
    print("| attack | tried | survived | worst, processor seconds | most memory |\n|---|---:|---:|---|---:|")
    for line in lines:
        memory = f"{line.megabytes:.0f} MB" if line.megabytes else ""
        print(f"| {line.attack} | {line.tried:,} | {line.survived:,} | {line.worst} | {memory} |")
    return 1 if any(line.faults for line in lines) else 0


def _deadline(options: argparse.Namespace, share: float) -> float:
    return float("inf") if options.full or options.only else time.monotonic() + options.minutes * 60 * share


def _requests(options: argparse.Namespace, record: Record) -> Iterator[Line]:
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "variorum.db"
        with kills.serving(f"sqlite:///{folder}/beside.db") as (process, address):
            seconds = 600.0 if options.full else 60 * options.minutes * SHARES["requests"] / 3
            yield beside.read_beside_work(address, Group(process.pid or 0), seconds)
        with kills.serving(f"sqlite:///{database}") as (_, address):
            name = "silent connections"
            faults = requests.stay_silent(address)
            yield Line(
                name, requests.SILENT_CONNECTIONS, 0 if faults else requests.SILENT_CONNECTIONS, faults=faults
            )
            name = "comparisons of a reader, none stored"
            faults = requests.fill_disk(address, database)
            yield Line(name, requests.COMPARISONS, 0 if faults else requests.COMPARISONS, faults=faults)
            name = "hostile requests"
            done = record.count(name)
            random, deadline = Random(options.seed + done), _deadline(options, SHARES["requests"])
            siege = requests.send(address, max(FULL_REQUESTS - done, 0), random, deadline)
            survived = siege.requests - len(siege.faults)
            record.add({"attack": name, "survived": survived})
            yield Line(name, done + siege.requests, done + survived, faults=siege.faults)


def _protocol(options: argparse.Namespace, record: Record) -> Iterator[Line]:
    """Attack the ways in which a server is asked: searches, raw connections, keys for scripts, and races."""
    whole, share = FULL_OF_PROTOCOL, SHARES["protocol"] / len(FULL_OF_PROTOCOL)
    if not options.full:
        whole = dict.fromkeys(whole, sys.maxsize)

    def given(name: str) -> tuple[int, Random, float]:
        return whole[name], Random(options.seed), _deadline(options, share)

    with tempfile.TemporaryDirectory() as folder:
        with kills.serving(f"sqlite:///{folder}/read.db") as (process, address):
            server = Group(process.pid or 0)
            yield searches.search(address, server, *given("searches"))
            yield races.race(address, server, *given("races"))
            yield wire.send(address, server, *given("connections"))
            if line := wire.send_large_bodies(address, *given("bodies")):
                yield line
            else:
                print("Bodies too large for nginx are left out: it is not installed.", flush=True)
        settings = Settings(database_url=f"sqlite:///{folder}/keys.db")
        db = open_database(settings)
        known = keys.make_keys(db)
        db.dispose()
        with kills.serving(settings.url, keys.ENVIRONMENT) as (process, address):
            yield keys.use_keys(address, Group(process.pid or 0), known, *given("calls"))


def _files(options: argparse.Namespace, record: Record) -> Iterator[Line]:
    share = SHARES["files"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = f"sqlite:///{folder}/variorum.db"
        yield files.read_each(Random(options.seed), _deadline(options, share / 3), options.only)
        with kills.serving(url) as (process, address):
            deadline = _deadline(options, share / 3)
            yield files.send_each(
                address, Group(process.pid or 0), Random(options.seed), deadline, options.only
            )
        few = None if options.full or options.only else FILES_OF_A_SHORT_IMPORT
        yield files.import_all(url, folder, Random(options.seed), options.only, few)


def _servers(options: argparse.Namespace, record: Record) -> Iterator[Line]:
    with tempfile.TemporaryDirectory() as folder:
        deadline = _deadline(options, SHARES["servers"])
        yield from servers.fetch_each(Path(folder), Random(options.seed), deadline, options.only)


def _evidence(options: argparse.Namespace, record: Record) -> Iterator[Line]:
    yield evidence.check_each(Random(options.seed), _deadline(options, SHARES["evidence"]), options.only)


def _kills(options: argparse.Namespace, record: Record) -> Iterator[Line]:
    with _databases(options) as databases:
        kinds: tuple[tuple[str, Callable[[str, int, Random, float], kills.Toll]], ...] = (
            ("kills of a server on", kills.kill_servers),
            ("kills of an import into", kills.kill_imports),
            ("kills of a server that scripts write to, on", desk_kills.kill_scripts),
            ("kills of the background work on", background_kills.kill_background_work),
            ("kills of looks at watched pages into", background_kills.kill_looks),
        )
        share = SHARES["kills"] / len(databases) / len(kinds)
        for kind, run in kinds:
            for database, make in databases.items():
                name = f"{kind} {database}"
                done = record.count(name)
                line = Line(name, done, done)
                acknowledged, met, deadline = 0, Counter[str](), _deadline(options, share)
                while line.tried < FULL_KILLS and time.monotonic() < deadline and not line.faults:
                    kills_left = min(FULL_KILLS - line.tried, KILLS_OF_A_DATABASE)
                    toll = run(make(), kills_left, Random(options.seed + line.tried), deadline)
                    survived = toll.kills - bool(toll.faults)
                    record.add({"attack": name, "survived": survived, "met": toll.met})
                    line.tried += toll.kills
                    met += toll.met
                    line.survived += survived
                    line.faults = toll.faults
                    acknowledged += toll.acknowledged
                    line.worst = f"{acknowledged:,} acknowledged writes, all there" * (not toll.faults)
                if met:
                    print(f"{name} met under way: {', '.join(f'{k} {n}' for k, n in met.most_common())}")
                yield line


@contextmanager
def _databases(options: argparse.Namespace) -> Iterator[dict[str, Callable[[], str]]]:
    """Yield, by kind, a function that makes an empty database and returns its address.

    For PostgreSQL it is the named one, emptied each time, or a new one if PostgreSQL is installed.
    """
    with tempfile.TemporaryDirectory() as folder:
        numbers = itertools.count()
        databases = {"SQLite": lambda: f"sqlite:///{folder}/{next(numbers)}.db"}
        if options.postgresql:
            yield databases | {"PostgreSQL": lambda: str(options.postgresql)}
            return
        from tests import postgresql

        try:
            with postgresql.running() as cluster:
                yield databases | {"PostgreSQL": lambda: cluster.url(cluster.make())}
        except postgresql.MissingServerError as error:
            print(f"PostgreSQL is left out: {error}. `sh tools/postgresql.sh` installs it.", flush=True)
            yield databases


def _texts(options: argparse.Namespace, record: Record) -> Iterator[Line]:
    todo = [shape for shape in shapes() if options.only in shape.name]
    Random(options.seed).shuffle(todo)
    sizes = (*SIZES, LARGEST) if options.full else SIZES
    ends = _deadline(options, SHARES["texts"])
    outcomes: list[Outcome] = []
    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(2) as pool:
        database = empty_database(Path(folder))
        todo_sizes = {shape: [size for size in sizes if not record.has(shape.name, size)] for shape in todo}
        for tried in pool.map(partial(_grown, database, ends), todo, todo_sizes.values()):
            outcomes += tried
            for outcome in tried:
                record.add(_entry(outcome))
            if len(tried) > 1 and (exponent := growth(tried)) > 1.5:
                print(f"  grows by {exponent:.2f}: {tried[0].shape.name}", flush=True)
    failed = [outcome for outcome in outcomes if any(outcome.faults())]
    if outcomes:
        worst = max((r for outcome in outcomes for r in outcome.requests), key=lambda r: r.seconds / r.limit)
        yield Line(
            "hostile texts",
            len(outcomes),
            len(outcomes) - len(failed),
            f"{worst.what}: {worst.seconds:.2f}",
            max(outcome.megabytes for outcome in outcomes),
            [
                f"{outcome.shape.name}, {outcome.size:,}: {fault}"
                for outcome in failed
                for fault in outcome.faults()
            ],
        )


def _grown(database: Path, ends: float, shape: Shape, sizes: list[int]) -> list[Outcome]:
    """Attack with one shape in growing sizes until one fails, since a larger one would only take longer."""
    tried: list[Outcome] = []
    for size in sizes:
        if time.monotonic() > ends:
            break
        tried.append(attack(shape, size, database))
        if any(tried[-1].faults()):
            break
    return tried


def _entry(outcome: Outcome) -> dict[str, object]:
    worst = outcome.worst
    return {
        "shape": outcome.shape.name,
        "size": outcome.size,
        "worst": worst.what if worst else "",
        "seconds": round(worst.seconds, 3) if worst else 0,
        "megabytes": round(outcome.megabytes),
        "faults": list(outcome.faults()),
    }


if __name__ == "__main__":
    sys.exit(main())
