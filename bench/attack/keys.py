"""Keys for scripts under attack: wrong, truncated, revoked, out of scope, too busy, and many at once."""

import http.client
import json
import threading
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import urlsplit

from app.db.engine.base import Database
from app.services.edit_log import Actor
from app.services.operations import api_keys
from bench.attack.kills import WORDS
from bench.attack.measured import Group, Line
from bench.attack.sending import MAX_WRITE_SECONDS

CLIENTS = 8
"""Scripts at once."""
KEYS_OF_A_KIND = 4
ENVIRONMENT = {
    "VARIORUM_KEY_REQUESTS": "100",
    "VARIORUM_EDIT_KEY": "correct horse battery",
    "VARIORUM_ALLOWED_HOSTS": "news.example",
}
"""Of the server that is attacked: others reach it, and scripts make so many requests that some run into the limit."""
_MARK = "a-title-that-no-seed-has"


@dataclass(slots=True)
class KnownKeys:
    """The keys that scripts send, by what may be done with them."""

    writing: list[str]
    reading: list[str]
    busy: list[str]
    """May write, and are sent so often that they are refused."""
    revoked: list[str]


@dataclass(slots=True)
class _Tally:
    tried: int = 0
    added: int = 0
    limited: int = 0
    faults: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


def make_keys(db: Database) -> KnownKeys:
    """Make keys of each kind, and revoke some."""
    actor = Actor("Ann", "name")

    def made(scope: str, name: str) -> list[tuple[str, str]]:
        pairs = [
            api_keys.make_key(db, f"{name} {number}", scope, actor=actor) for number in range(KEYS_OF_A_KIND)
        ]
        return [(key.id, secret) for key, secret in pairs]

    revoked = made("write", "revoked")
    for id, _ in revoked:
        api_keys.revoke_key(db, id, actor=actor)
    kinds = (made("write", "writing"), made("read", "reading"), made("write", "busy")[:1], revoked)
    return KnownKeys(*([secret for _, secret in pairs] for pairs in kinds))


def use_keys(
    address: str, server: Group, known: KnownKeys, count: int, random: Random, deadline: float = float("inf")
) -> Line:
    """Call the API ``count`` times with keys of all kinds, from several scripts at once; check what was let through."""
    line, host, tally = Line("calls with keys, right and wrong", 0, 0), urlsplit(address).netloc, _Tally()
    before = server.seconds()
    threads = [
        threading.Thread(
            target=_call_on,
            args=(host, known, -(-count // CLIENTS), Random(random.random()), deadline, tally),
        )
        for _ in range(CLIENTS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = (server.seconds() - before) / max(1, tally.tried)
    line.tried = tally.tried
    line.faults = [f"{fault} ({times:,} times)" for fault, times in Counter(tally.faults).most_common(50)]
    if seconds > MAX_WRITE_SECONDS:
        line.faults.append(f"a call took {seconds:.1f} s of processor time")
    stored = sum(_MARK in article["title"] for article in _articles(host))
    if stored != tally.added:
        line.faults.append(f"{tally.added} articles were acknowledged, and {stored} are stored")
    line.survived = line.tried - len(tally.faults)
    line.worst = f"{seconds:.3f} a call; {tally.limited:,} were told to wait"
    line.megabytes = server.megabytes()
    return line


def _call_on(host: str, known: KnownKeys, count: int, random: Random, deadline: float, tally: _Tally) -> None:
    with closing(http.client.HTTPConnection(host, timeout=120)) as connection:
        for _ in range(count):
            if time.monotonic() > deadline:
                break
            fault, added, limited = "", 0, 0
            try:
                fault, added, limited = _call(connection, known, random)
            except (OSError, http.client.HTTPException) as error:
                connection.close()
                fault = f"no answer ({error!r})"
            with tally.lock:
                tally.tried += 1
                tally.added += added
                tally.limited += limited
                tally.faults += [fault] * bool(fault)


def _call(connection: http.client.HTTPConnection, known: KnownKeys, random: Random) -> tuple[str, int, int]:
    """Make one call; return what is wrong with the answer, and how many articles it added and waits it was told."""
    kind = random.choice(
        ("writing", "reading", "busy", "busy", "busy", "revoked", "cut", "turned", "nothing")
    )
    key, allowed = _key(kind, known, random)
    does = random.choice(("add", "log", "list", "purge", "revise"))
    title = f"{_MARK} {random.randrange(10**9)}"
    text = " ".join(random.choices(WORDS, k=12))
    method, path, body = {
        "add": ("POST", "/articles", {"title": title, "text": text, "again": True}),
        "log": ("GET", "/log?limit=1", None),
        "list": ("GET", "/articles?limit=1", None),
        "purge": ("DELETE", "/trash/aaaaaaaaaaaaaaaa", None),
        "revise": ("PATCH", "/articles/aaaaaaaaaaaaaaaa", {"revision": 1, "text": text}),
    }[does]
    scheme = random.choice(("Bearer ", "bearer ", "BEARER  "))
    headers = {"Authorization": scheme + key} if kind != "nothing" else {}
    content = None
    if body is not None:
        content, headers["Content-Type"] = json.dumps(body).encode(), "application/json"
    connection.request(method, f"/api/v1{path}", content, headers)
    answer = connection.getresponse()
    read = answer.read()
    expected = _expected(does, allowed)
    is_limited = kind in ("busy", "writing", "reading") and answer.status == 429
    if is_limited and not answer.headers.get("Retry-After", "").isdecimal():
        return f"{kind}, {does}: was limited, and not told how long to wait", 0, 0
    if answer.status not in expected and not is_limited and not (answer.status == 503 and read.strip()):
        return f"{kind}, {does}: answered {answer.status}, expected {expected}", 0, 0
    return "", int(does == "add" and answer.status == 201), int(is_limited)


def _key(kind: str, known: KnownKeys, random: Random) -> tuple[str, str]:
    """Return a key of a kind, and what it may do: ``write``, ``read``, nothing, or what strangers may."""
    if kind in ("writing", "busy"):
        return random.choice(getattr(known, kind)), "write"
    if kind == "nothing":
        return "", "what strangers may"
    if kind == "reading":
        return random.choice(known.reading), "read"
    if kind == "revoked":
        return random.choice(known.revoked), "nothing"
    key: str = random.choice(known.writing + known.reading)
    if kind == "cut":
        cut = (key[:-1], key[1:], key + "a", key.upper(), "", key.replace("_", "-"), f"{key} {key}")
        return random.choice(cut), "nothing"
    place = random.randrange(len(key) - 20, len(key))
    other = random.choice([letter for letter in "abcdefghijklmnopqrstuvwxyz234567" if letter != key[place]])
    return key[:place] + other + key[place + 1 :], "nothing"


def _expected(does: str, allowed: str) -> tuple[int, ...]:
    if allowed == "nothing":
        return (401,)
    writes = does in ("add", "purge", "revise")
    if allowed == "write":
        return {"add": (201,), "purge": (404,), "revise": (404, 409)}.get(does, (200,))
    if allowed == "read":
        return (403,) if writes else (200,)
    return (401, 403) if writes or does == "log" else (200,)


def _articles(host: str) -> Sequence[dict[str, Any]]:
    answers: list[dict[str, Any]] = []
    with closing(http.client.HTTPConnection(host, timeout=120)) as connection:
        path = "/api/v1/articles?limit=100"
        while path:
            connection.request("GET", path)
            part = json.loads(connection.getresponse().read())
            answers += part["items"]
            path = urlsplit(part["next"] or "")._replace(scheme="", netloc="").geturl()
    return answers
