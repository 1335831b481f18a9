"""Kill a server that is being written to, or an import, again and again; check each time what is stored.

What was acknowledged (a redirect to the saved article, the last line of an import) must be there word for word,
anything else may be there or not, and nothing may be half stored: after each kill the check of the database must find
no fault.

Each run is forked from a process that has loaded the program, so that its time goes into writing, not into starting.
"""

import http.client
import itertools
import json
import os
import re
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from random import Random
from threading import Event, Thread
from urllib.parse import urlencode, urlsplit

from app.cli.main import main
from app.db.engine.base import Database
from app.db.engine.connect import connect
from app.errors import NotFoundError, StorageDamagedError
from app.services.articles import store, trash
from app.services.evidence import kept_files
from app.services.operations.check import check
from app.services.operations.database import open_database
from app.services.transfer import import_export
from app.settings import Settings

WRITERS = 4
MAX_ARTICLES = 12
"""Articles of one writer, who from then on edits and deletes."""
MAX_LIFE_SECONDS = 1.5
"""How long a server lives at most after the first answer to a writer; drawn anew each time, as is
that of an import, which is at most as long as the last whole one took."""
PATIENCE_SECONDS = 60
"""How long a server on a loaded machine may take to its first answer."""
MAX_OUTPUT_SHOWN = 4_000
"""Characters of what a server that did not start wrote, its last ones."""
LINES_OF_AN_IMPORT, LINES_OF_A_TRANSACTION = 48, 12
"""Fewer to a transaction than the program itself takes, so that more kills are between two and within one."""
HELPED_EVERY = 8
"""Every so-many-th import has helper processes, which take longer to start than it takes to import."""
FULL_CHECK_EVERY = 10
"""Each so-many-th check also derives every index entry anew."""

PARTS = (
    "minister harbour budget quarry ferry council tunnel strike witness orchard verdict border ship river "
    "glacier museum tax vote bridge storm"
).split()
WORDS = [first + second for first, second in itertools.product(PARTS, repeat=2)]
"""So many that two texts have little in common by chance, which would take the longest to look into."""


@dataclass(slots=True)
class Ledger:
    """What one writer was told, and what it requested without getting an answer."""

    texts: dict[str, set[str | None]] = field(default_factory=dict)
    """By article: the texts that it may have now, in Markdown's sense of paragraphs; None is a deleted article."""
    purged: set[str] = field(default_factory=set)
    """Articles that were removed for good."""
    evidence: dict[str, frozenset[str]] = field(default_factory=dict)
    """By digest of a file that was made: the two articles, neither of which was deleted since."""
    acknowledged: int = 0
    refusals: list[str] = field(default_factory=list)
    """Answers that no writer should get."""


class RefusedError(Exception):
    """The server answered with something other than a redirect."""


@dataclass(slots=True)
class Toll:
    """The results of one kind of kill."""

    kills: int = 0
    acknowledged: int = 0
    faults: list[str] = field(default_factory=list)
    met: Counter[str] = field(default_factory=Counter)
    """How many of the kills met each kind of change under way, where that is noted."""


def kill_servers(url: str, kills: int, random: Random, deadline: float = float("inf")) -> Toll:
    """Start a server on ``url`` and kill it while ``WRITERS`` write, ``kills`` times or until ``deadline``."""
    toll, ledgers = Toll(), [Ledger() for _ in range(WRITERS)]
    while toll.kills < kills and time.monotonic() < deadline:
        try:
            with serving(url) as (process, address):
                stop = Event()
                writers = [
                    Thread(target=_write, args=(address, ledger, Random(random.random()), stop))
                    for ledger in ledgers
                ]
                for writer in writers:
                    writer.start()
                _wait_for_an_answer(ledgers, sum(ledger.acknowledged for ledger in ledgers))
                time.sleep(random.uniform(0, MAX_LIFE_SECONDS))
                process.kill()
                process.join()
                stop.set()
                for writer in writers:
                    writer.join()
        except NotStartedError as error:
            toll.faults.append(str(error))
            break
        toll.kills += 1
        db = connect(url)
        try:
            for ledger in ledgers:
                toll.faults += [*ledger.refusals, *_missing(db, ledger)]
            toll.faults += _broken(db, quick=toll.kills % FULL_CHECK_EVERY != 0)
        finally:
            db.dispose()
        if toll.faults:
            break
    toll.acknowledged = sum(ledger.acknowledged for ledger in ledgers)
    return toll


def kill_imports(url: str, kills: int, random: Random, deadline: float = float("inf")) -> Toll:
    """Import into ``url`` and kill the import, ``kills`` times or until ``deadline``; repeat a file until it is in."""
    open_database(Settings(database_url=url)).dispose()  # so that a database exists
    toll = Toll()
    expected: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder:
        file, run, part = Path(folder) / "articles.jsonl", random.randrange(10**9), 0
        whole_seconds = float("inf")  # the first is not killed
        is_new = True
        while toll.kills < kills and time.monotonic() < deadline:
            if is_new:
                part += 1
                lines = list(lines_of_an_import(f"{run}-{part}", random))
                file.write_text("\n".join(map(json.dumps, lines)))
                expected |= {line["id"]: line["text"] for line in lines}
            began = time.monotonic()
            process, _ = _start(["import", str(file)], url, helped=toll.kills % HELPED_EVERY == 0)
            life = random.uniform(0, whole_seconds) if whole_seconds < float("inf") else None
            process.join(life)
            is_new = process.exitcode == 0
            with suppress(ProcessLookupError):
                os.killpg(process.pid or 0, signal.SIGKILL)  # its helper processes too
            process.join()
            if is_new:
                whole_seconds = time.monotonic() - began
            else:
                toll.kills += 1
            db = connect(url)
            try:
                toll.faults += _imported_wrongly(db, expected, f"{run}-{part}-" if is_new else "")
                toll.faults += _broken(db, quick=toll.kills % FULL_CHECK_EVERY != 0)
            finally:
                db.dispose()
            toll.acknowledged += LINES_OF_AN_IMPORT if is_new else 0
            if toll.faults:
                break
    return toll


class NotStartedError(Exception):
    """A server that ended without a greeting, or stayed silent; with its output."""


@contextmanager
def serving(url: str, environment: Mapping[str, str] | None = None) -> Iterator[tuple[BaseProcess, str]]:
    """Serve the database at ``url``, with further settings; yield the process and its address.

    Raises NotStartedError.
    """
    with tempfile.NamedTemporaryFile() as errors:
        process, printed = _start(["serve", "--port", "0"], url, environment=environment, errors=errors.name)
        try:
            with open(printed.fileno(), closefd=False) as lines:
                greeting = lines.readline()
            if " at http" not in greeting:
                process.join(PATIENCE_SECONDS)
                said = greeting + Path(errors.name).read_text(errors="replace")
                raise NotStartedError(
                    f"the server did not start (exit code {process.exitcode}): {said[-MAX_OUTPUT_SHOWN:]}"
                )
            yield process, greeting.split(" at ")[1].split()[0]
        finally:
            process.kill()
            process.join()
            printed.close()


def _start(
    arguments: Sequence[str],
    url: str,
    *,
    helped: bool = True,
    environment: Mapping[str, str] | None = None,
    errors: str = os.devnull,
) -> tuple[BaseProcess, Connection]:
    """Run a command of the program; return its process, which leads a group, and the end of its standard output.

    What it writes to its standard error goes to the file ``errors``.
    """
    forks = get_context("forkserver")
    forks.set_forkserver_preload([__name__, "app.main"])
    output, target = forks.Pipe(duplex=False)
    process = forks.Process(target=_run, args=(arguments, url, target, helped, environment or {}, errors))
    process.start()
    target.close()
    return process, output


def _run(
    arguments: Sequence[str],
    url: str,
    output: Connection,
    helped: bool,
    environment: Mapping[str, str],
    errors: str,
) -> None:
    os.setsid()
    os.dup2(output.fileno(), 1)
    os.dup2(os.open(errors, os.O_WRONLY | os.O_APPEND), 2)
    sys.stdout = open(1, "w", closefd=False)  # noqa: SIM115  # for as long as the process lives
    for name in [name for name in os.environ if name.startswith("VARIORUM_")]:
        del os.environ[name]
    os.environ["VARIORUM_DATABASE_URL"] = url
    os.environ.update(environment)
    if not helped:
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # on one processor there are none
    import_export.ARTICLES_PER_TRANSACTION = LINES_OF_A_TRANSACTION
    sys.exit(main(arguments))


def _wait_for_an_answer(ledgers: Sequence[Ledger], before: int) -> None:
    """Wait until a writer has had more answers than the ``before`` ones of earlier servers."""
    until = time.monotonic() + PATIENCE_SECONDS
    while sum(ledger.acknowledged for ledger in ledgers) == before and time.monotonic() < until:
        time.sleep(0.002)


def _write(address: str, ledger: Ledger, random: Random, stop: Event) -> None:
    """Add, edit and delete until the server is gone, and record each answer."""
    try:
        _write_on(address, ledger, random, stop)
    except RefusedError as refusal:
        ledger.refusals.append(str(refusal))


def _write_on(address: str, ledger: Ledger, random: Random, stop: Event) -> None:
    with (
        closing(http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)) as connection,
        suppress(OSError, http.client.HTTPException),
    ):
        while not stop.is_set():
            certain = [article for article, texts in ledger.texts.items() if None not in texts]
            chance = random.random()
            if len(certain) < MAX_ARTICLES and (chance < 0.6 or not certain):
                text = _text(random)
                location = _post(
                    connection,
                    "/articles",
                    {"title": text[:30], "text": text, "again": "yes", "lines": "keep"},
                )
                ledger.texts[location.partition("?")[0].rpartition("/")[2]] = {text}
            elif chance < 0.9 or len(certain) < MAX_ARTICLES:
                article, text = random.choice(certain), _text(random)
                ledger.texts[article].add(text)
                revision = _revision(connection, article)
                _post(
                    connection,
                    f"/articles/{article}/edit",
                    {"title": text[:30], "text": text, "revision": revision, "lines": "keep"},
                )
                ledger.texts[article] = {text}
            elif chance < 0.94:
                _make_evidence(connection, ledger, random.sample(certain, 2))
            else:
                _delete(connection, ledger, random.choice(certain), random)
            ledger.acknowledged += 1


def _delete(connection: http.client.HTTPConnection, ledger: Ledger, article: str, random: Random) -> None:
    """Delete an article; and then put it back, remove it for good, or neither."""
    (text,) = ledger.texts[article]
    ledger.evidence = {digest: pair for digest, pair in ledger.evidence.items() if article not in pair}
    ledger.texts[article] = {text, None}
    _post(connection, f"/articles/{article}/delete", {})
    ledger.texts[article] = {None}
    chance = random.random()
    if chance < 0.4:
        ledger.texts[article] = {text, None}
        _post(connection, f"/trash/{article}/restore", {})
        ledger.texts[article] = {text}
    elif chance < 0.8:
        _post(connection, f"/trash/{article}/purge", {})
        ledger.purged.add(article)


def _make_evidence(connection: http.client.HTTPConnection, ledger: Ledger, articles: Sequence[str]) -> None:
    """Compare two articles, and make an evidence file of that."""
    connection.request("GET", f"/compare?base={articles[0]}&witness={articles[1]}")
    answer = connection.getresponse()
    answer.read()
    compare = answer.headers["Location"]
    _post(connection, f"{compare}/evidence", {})
    connection.request("GET", f"{compare}/evidence")
    page = connection.getresponse().read().decode()
    if digest := re.search(r"/evidence/([0-9a-f]{64})", page):
        ledger.evidence[digest[1]] = frozenset(articles)


def _post(connection: http.client.HTTPConnection, path: str, form: dict[str, str]) -> str:
    """Return the address to which a form was answered. Raises RefusedError for any other answer."""
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", path, urlencode(form), headers)
    answer = connection.getresponse()
    answer.read()
    if answer.status != 303:
        raise RefusedError(f"{path} answered {answer.status}")
    return answer.headers["Location"]


def _revision(connection: http.client.HTTPConnection, article: str) -> str:
    connection.request("GET", f"/articles/{article}/edit")
    page = connection.getresponse().read().decode()
    return page.partition('name="revision" value="')[2].partition('"')[0]


def _missing(db: Database, ledger: Ledger) -> list[str]:
    """Describe what was acknowledged and is missing; record what is there."""
    faults = []
    for article, texts in list(ledger.texts.items()):
        stored: str | None = None
        with suppress(NotFoundError):
            stored = "\n\n".join(store.read(db, article).paragraphs[1:])
        if stored not in texts:
            faults.append(f"article {article} has {stored!r}, and not one of {texts!r}")
        elif stored is None:
            del ledger.texts[article]
        else:
            ledger.texts[article] = {stored}
    for article in ledger.purged:
        with suppress(NotFoundError):
            trash.read_content(db, article)
            faults.append(f"article {article} was removed for good, and is in the trash")
    for digest in ledger.evidence:
        try:
            kept_files.content(db, digest)
        except (NotFoundError, StorageDamagedError) as error:
            faults.append(f"evidence file {digest} was made, and cannot be given out: {error}")
    return faults


def _broken(db: Database, *, quick: bool) -> list[str]:
    faults: list[str] = []
    check(db, lambda fault: faults.append(str(fault)), quick=quick)
    return faults


def _imported_wrongly(db: Database, expected: dict[str, str], whole: str) -> list[str]:
    """Describe which articles differ from their lines, and which with ids that begin with ``whole`` are missing."""
    stored = {
        line["id"]: line for line in map(json.loads, import_export.export_lines(db)) if line["id"] in expected
    }
    faults = [
        f"line {key} is stored with other words"
        for key, line in stored.items()
        if "\n\n".join(line["paragraphs"][-2:]) != expected[key]
    ]
    if whole:
        faults += [
            f"line {key} was acknowledged and is missing"
            for key in expected
            if key.startswith(whole) and key not in stored
        ]
    return faults


def lines_of_an_import(part: str, random: Random) -> Iterator[dict[str, str]]:
    """Yield the lines of a file; every third has a paragraph of the one before."""
    text = ""
    for number in range(LINES_OF_AN_IMPORT):
        own = _text(random)
        first, last = own.partition("\n\n")[0], text.rpartition("\n\n")[2]
        text = f"{first}\n\n{last}" if number % 3 == 2 else own
        yield {"id": f"{part}-{number}", "title": f"On the day {part}-{number}", "text": text}


def _text(random: Random) -> str:
    """Return two paragraphs that no other text has."""
    return "\n\n".join(
        f"On day {random.randrange(10**9)} the {' '.join(random.choices(WORDS, k=24))} was discussed again."
        for _ in range(2)
    )
