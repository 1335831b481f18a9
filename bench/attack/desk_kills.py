"""Kill a server while scripts write through its API: notes, tags, publishers, articles, captures, and the trash.

As in ``kills``, what was acknowledged must be there, an interrupted change may be there or not, and nothing may be
half stored. Each kill records which kinds of change it interrupted.
"""

import hashlib
import http.client
import json
import time
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from random import Random
from threading import Event, Thread
from typing import Any
from urllib.parse import quote, urlsplit

from sqlmodel import col, select

from app.db.engine.base import Database
from app.db.engine.connect import connect
from app.db.tables.articles import ArticleRow, DeletedArticle, Revision
from app.db.tables.captures import CaptureRow
from app.db.tables.notes import NoteRow
from app.db.tables.search import LabelRow, PublisherAlias
from app.services.operations.check import check
from bench.attack.kills import FULL_CHECK_EVERY, PATIENCE_SECONDS, WORDS, NotStartedError, Toll, serving

SCRIPTS = 4
MAX_OWN_ARTICLES = 6
MAX_LIFE_SECONDS = 4.0
"""How long a server lives at most after the first answer: the first read page takes long."""
GONE, TRASHED = "gone", "in the trash"
"""What an article may be beside the number of its newest revision."""

Fact = tuple[str, ...]
"""What is known of: a note, a label of an article, an alias, an article, or its captures; its kind comes first."""


@dataclass(slots=True)
class Script:
    """One script: the possible current values of each fact, and what it is about to change."""

    number: int
    facts: dict[Fact, set[object]] = field(default_factory=dict)
    lasting: list[str] = field(default_factory=list)
    """Its first two articles, which are never deleted: of ``Daily`` and of ``Paper``, which may stand for the other."""
    under_way: str = ""
    """The kind of change that was asked for and not answered yet."""
    acknowledged: int = 0
    refusals: list[str] = field(default_factory=list)

    def certain(self, kind: str, *values: object) -> list[Fact]:
        """Return the facts of a kind whose value is certain, and is one of ``values`` if any are given."""
        return [
            fact
            for fact, states in self.facts.items()
            if fact[0] == kind and len(states) == 1 and (not values or next(iter(states)) in values)
        ]

    def articles(self) -> list[str]:
        """Return the ids of its articles that certainly exist and are not in the trash."""
        return [fact[1] for fact in self.certain("article") if not self.facts[fact] & {GONE, TRASHED}]


class _UnexpectedError(Exception):
    """An answer that no script should get."""


class _BusyError(Exception):
    """The answer that the database was busy and nothing was stored: the script goes on to another change."""


@dataclass(slots=True)
class _Caller:
    """Sends a script's changes to the API, and records what each may have done until it is answered."""

    connection: http.client.HTTPConnection
    script: Script

    def ask(self, method: str, path: str, body: object = None) -> tuple[int, Any]:
        """Return the status and the answer."""
        headers = {"Content-Type": "application/json"} if body is not None else {}
        content = json.dumps(body).encode() if body is not None else None
        self.connection.request(method, f"/api/v1{path}", content, headers)
        answer = self.connection.getresponse()
        read = answer.read()
        told: Any = json.loads(read) if read else None
        if answer.status == 503 and told and told.get("advice", "").startswith("Nothing was stored"):
            self.script.under_way = ""
            raise _BusyError
        return answer.status, told

    def change(
        self, kind: str, fact: Fact, value: object, method: str, path: str, body: object = None
    ) -> Any:
        """Change one fact, and record that it was answered. Raises _UnexpectedError for a refusal, and _BusyError."""
        script = self.script
        before = script.facts.get(fact, {None})
        script.facts[fact] = before | {value}
        script.under_way = kind
        try:
            status, answer = self.ask(method, path, body)
        except _BusyError:
            script.facts[fact] = before
            raise
        if status not in (200, 201, 204):
            raise _UnexpectedError(f"{method} {path} answered {status}: {answer}")
        script.facts[fact] = {value}
        script.acknowledged += 1
        script.under_way = ""
        return answer


def kill_scripts(url: str, kills: int, random: Random, deadline: float = float("inf")) -> Toll:
    """Start a server on ``url`` and kill it while ``SCRIPTS`` write, ``kills`` times or until ``deadline``."""
    toll, scripts = Toll(), [Script(random.randrange(10**9)) for _ in range(SCRIPTS)]
    while toll.kills < kills and time.monotonic() < deadline and not toll.faults:
        try:
            with serving(url) as (process, address):
                stop = Event()
                before = sum(script.acknowledged for script in scripts)
                threads = [
                    Thread(target=_write, args=(address, script, Random(random.random()), stop))
                    for script in scripts
                ]
                for thread in threads:
                    thread.start()
                until = time.monotonic() + PATIENCE_SECONDS
                while sum(script.acknowledged for script in scripts) == before and time.monotonic() < until:
                    time.sleep(0.002)
                time.sleep(random.uniform(0, MAX_LIFE_SECONDS))
                process.kill()
                process.join()
                stop.set()
                for thread in threads:
                    thread.join()
        except NotStartedError as error:
            toll.faults.append(str(error))
            break
        toll.kills += 1
        for kind in {script.under_way for script in scripts} - {""}:
            toll.met[kind] += 1
        db = connect(url)
        try:
            for script in scripts:
                script.under_way = ""
                toll.faults += [*script.refusals, *_wrong(db, script)]
            quick = toll.kills % FULL_CHECK_EVERY != 0
            check(db, lambda fault: toll.faults.append(str(fault)), quick=quick)
        finally:
            db.dispose()
    toll.acknowledged = sum(script.acknowledged for script in scripts)
    return toll


def _write(address: str, script: Script, random: Random, stop: Event) -> None:
    with (
        closing(http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)) as connection,
        suppress(OSError, http.client.HTTPException),
    ):
        caller = _Caller(connection, script)
        try:
            while not stop.is_set():
                with suppress(_BusyError):
                    if len(script.articles()) < 3:
                        _add(caller, random)
                    else:
                        random.choice(_CHANGES)(caller, random)
        except _UnexpectedError as refusal:
            script.refusals.append(str(refusal))


def _words(random: Random) -> str:
    return f"On day {random.randrange(10**9)} the {' '.join(random.choices(WORDS, k=20))} was discussed."


def _add(caller: _Caller, random: Random) -> None:
    """Add an article; some as a page, of which a capture is kept."""
    text, script = _words(random), caller.script
    if len(script.articles()) >= MAX_OWN_ARTICLES:
        return
    publisher = f"{('Daily', 'Paper', 'Courier')[len(script.lasting)]} {script.number}"
    paragraphs = f"<h1>A visit</h1><p>{text}</p><p>{_words(random)}</p>"
    page = f"<!doctype html><title>A visit</title><article>{paragraphs}</article>"
    has_capture = random.random() < 0.2  # reading a page is slow, in a process of its own
    body: dict[str, object] = {"title": text[:30], "again": True, "publisher": publisher}
    body |= (
        {"html": page, "url": f"https://daily.example/{random.randrange(10**9)}"}
        if has_capture
        else {"text": text}
    )
    script.under_way = "capture" if has_capture else "add"
    status, answer = caller.ask("POST", "/articles", body)
    if status != 201:
        raise _UnexpectedError(f"an article was answered with {status}: {answer}")
    script.facts["article", answer["id"]] = {1}
    if len(script.lasting) < 2:
        script.lasting.append(answer["id"])
    if has_capture:
        script.facts["capture", answer["id"]] = {hashlib.sha256(page.encode()).hexdigest()}
    script.acknowledged += 1
    script.under_way = ""


def _edit(caller: _Caller, random: Random) -> None:
    article = random.choice(caller.script.articles())
    (number,) = caller.script.facts["article", article]
    if not isinstance(number, int):
        return
    body = {"revision": number, "text": _words(random)}
    caller.change("edit", ("article", article), number + 1, "PATCH", f"/articles/{article}", body)


def _trash(caller: _Caller, random: Random) -> None:
    """Delete an article, and put it back, remove it for good, or leave it in the trash."""
    script = caller.script
    article = random.choice([article for article in script.articles() if article not in script.lasting])
    fact = ("article", article)
    (number,) = script.facts[fact]
    _forget(script, article)
    caller.change("delete", fact, TRASHED, "DELETE", f"/articles/{article}")
    chance = random.random()
    if chance < 0.5:
        caller.change("put back", fact, number, "POST", f"/trash/{article}/restore")
    elif chance < 0.9:
        caller.change("purge", fact, GONE, "DELETE", f"/trash/{article}")


def _forget(script: Script, article: str) -> None:
    """Drop the facts that go and come back with an article: the fact of the article itself says which happened."""
    for fact in [
        fact for fact in script.facts if fact[0] in ("label", "note", "capture") and article in fact
    ]:
        del script.facts[fact]


def _label(caller: _Caller, random: Random) -> None:
    script = caller.script
    labelled = [fact for fact in script.certain("label", True) if fact[1] in script.articles()]
    if labelled and random.random() < 0.4:
        fact = random.choice(labelled)
        _, article, kind, name = fact
        path = f"/articles/{article}/labels?kind={kind}&name={quote(name)}"
        caller.change(f"{kind} taken off", fact, None, "DELETE", path)
    else:
        kind, article = random.choice(("tag", "collection")), random.choice(script.articles())
        name = f"to do {random.randrange(1_000)}"
        fact = ("label", article, kind, name)
        caller.change(kind, fact, True, "POST", f"/articles/{article}/labels", {"kind": kind, "name": name})


def _note(caller: _Caller, random: Random) -> None:
    script = caller.script
    notes = script.certain("note")
    notes = [fact for fact in notes if script.facts[fact] != {None}]
    if notes and random.random() < 0.6:
        fact = random.choice(notes)
        if random.random() < 0.3:
            caller.change("note deleted", fact, None, "DELETE", f"/notes/{fact[1]}")
        else:
            _, answer = caller.ask("GET", f"/notes/{fact[1]}")
            body = {"version": answer["version"], "text": _words(random), "status": "check", "public": True}
            caller.change("note edited", fact, body["text"], "PATCH", f"/notes/{fact[1]}", body)
        return
    one, other = random.sample(script.articles(), 2)
    revisions = [caller.ask("GET", f"/articles/{article}")[1]["revision"] for article in (one, other)]
    text = _words(random)
    script.under_way = "note"
    status, answer = caller.ask(
        "POST", f"/comparisons/{revisions[0]}..{revisions[1]}/notes", {"row": 1, "text": text}
    )
    if status != 201:
        raise _UnexpectedError(f"a note was answered with {status}: {answer}")
    script.facts["note", answer["id"], one, other] = {text}
    script.acknowledged += 1
    script.under_way = ""


def _merge(caller: _Caller, random: Random) -> None:
    """Make a name an alias of this script's publisher, or end that."""
    script = caller.script
    merged = [fact for fact in script.certain("alias") if script.facts[fact] != {None}]
    if merged:
        (fact,) = merged
        caller.change("publisher parted", fact, None, "DELETE", f"/publishers?name={quote(fact[1])}")
        return
    name, into = f"Paper {script.number}", f"Daily {script.number}"
    caller.change(
        "publisher merged", ("alias", name), into, "POST", "/publishers", {"name": name, "into": into}
    )


_CHANGES: Sequence[Callable[[_Caller, Random], None]] = (
    _add, _add, _edit, _edit, _trash, _trash, _label, _label, _note, _note, _merge,
)  # fmt: skip


def _wrong(db: Database, script: Script) -> list[str]:
    """Describe which facts are not as they may be; record how they are."""
    faults = []
    for fact, states in list(script.facts.items()):
        actual = _actual(db, fact)
        if actual not in states:
            faults.append(f"{' '.join(fact)} is {actual!r}, and not one of {states!r}")
        elif actual in (None, GONE):
            del script.facts[fact]
        else:
            script.facts[fact] = {actual}
    return faults


def _actual(db: Database, fact: Fact) -> object:
    kind, key = fact[:2]
    with db.reading() as session:
        if kind == "note":
            note = session.get(NoteRow, key)
            return note.text if note else None
        if kind == "label":
            row = session.exec(
                select(LabelRow).where(
                    col(LabelRow.article) == key, col(LabelRow.kind) == fact[2], col(LabelRow.name) == fact[3]
                )
            ).first()
            return True if row else None
        if kind == "alias":
            alias = session.get(PublisherAlias, key)
            return alias.canonical if alias else None
        if kind == "capture":
            capture = session.exec(select(CaptureRow).where(col(CaptureRow.article) == key)).first()
            return capture.sha256 if capture else None
        if article := session.get(ArticleRow, key):
            numbers = select(Revision.number).where(col(Revision.article) == key)
            newest = max(session.exec(numbers))
            return newest if newest == article.newest else f"{newest} revisions, and {article.newest} noted"
        deleted = session.get(DeletedArticle, key)
        return None if deleted is None else GONE if deleted.purged_at else TRASHED
