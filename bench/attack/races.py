"""Changes and deletions of one article or note that race, each with the ``If-Match`` of what its script saw.

All of them saw the same version, and each writes words of its own, so one of them succeeds and no more: a second would
have undone what it never saw.
"""

import http.client
import json
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from random import Random
from threading import Barrier
from typing import Any
from urllib.parse import urlsplit

from bench.attack.kills import WORDS
from bench.attack.measured import Group, Line
from bench.attack.sending import MAX_WRITE_SECONDS

RACERS = 4


def race(address: str, server: Group, count: int, random: Random, deadline: float = float("inf")) -> Line:
    """Let ``RACERS`` scripts race for an article or a note ``count`` times."""
    line, host = Line("deletions and edits under If-Match that race", 0, 0), urlsplit(address).netloc
    with ThreadPoolExecutor(RACERS) as racers:
        while line.tried < count and time.monotonic() < deadline:
            before = server.seconds()
            kind = random.choice(("article", "note"))
            fault = _race_once(host, kind, random, racers)
            seconds = (server.seconds() - before) / RACERS
            line.tried += 1
            if seconds > MAX_WRITE_SECONDS:
                fault = fault or f"took {seconds:.1f} s of processor time each"
            if seconds > line.worst_seconds:
                line.worst_seconds, line.worst = seconds, f"{kind}: {seconds:.2f}"
            line.faults += [f"{kind}: {fault}"] * bool(fault)
    line.survived = line.tried - len(line.faults)
    line.megabytes = server.megabytes()
    return line


def _race_once(host: str, kind: str, random: Random, racers: ThreadPoolExecutor) -> str:
    """Describe what was wrong with one race; empty if nothing was."""
    path, edit = _make(host, kind, random)
    texts = [_words(random) for _ in range(RACERS)]
    status, _, tag = _call(host, "GET", path)
    if status != 200 or not tag:
        return f"the first look was answered {status}, with the tag {tag!r}"
    methods = ["DELETE", *random.choices(("DELETE", "PATCH"), k=RACERS - 1)]
    random.shuffle(methods)
    start = Barrier(RACERS)

    def run(method: str, text: str) -> int:
        with closing(http.client.HTTPConnection(host, timeout=120)) as connection:
            connection.connect()
            start.wait()
            return _ask(connection, method, path, edit | {"text": text} if method == "PATCH" else None, tag)[
                0
            ]

    statuses = list(racers.map(run, methods, texts))
    winners = [racer for racer, status in enumerate(statuses) if status in (200, 204)]
    after, body, _ = _call(host, "GET", path)
    outcome = f"{list(zip(methods, statuses, strict=True))}, then {after}"
    if len(winners) != 1:
        return f"{len(winners)} of {RACERS} succeeded: {outcome}"
    if any(status not in (200, 204, 404, 409, 410, 412) for status in statuses):
        return f"an answer that nobody should get: {outcome}"
    is_deleted = methods[winners[0]] == "DELETE"
    if is_deleted and after not in (404, 410):
        return f"the deletion was acknowledged and undone: {outcome}"
    if not is_deleted and (after != 200 or texts[winners[0]] not in json.dumps(body)):
        return f"the edit was acknowledged and is gone: {outcome}"
    return ""


def _make(host: str, kind: str, random: Random) -> tuple[str, dict[str, Any]]:
    """Add what is raced for, an article or a note on two; return its address, and an edit of it without the text."""
    made = [_added(host, random) for _ in range(1 if kind == "article" else 2)]
    if kind == "article":
        return f"/articles/{made[0]['id']}", {"revision": 1}
    pair = "..".join(article["revision"] for article in made)
    _, note, _ = _call(host, "POST", f"/comparisons/{pair}/notes", {"row": 1, "text": _words(random)})
    return f"/notes/{note['id']}", {"version": 1, "status": "check", "public": True}


def _added(host: str, random: Random) -> Any:
    text = _words(random)
    return _call(host, "POST", "/articles", {"title": text[:30], "text": text, "again": True})[1]


def _words(random: Random) -> str:
    return f"On day {random.randrange(10**9)} the {' '.join(random.choices(WORDS, k=12))} was discussed."


def _call(host: str, method: str, path: str, body: object = None) -> tuple[int, Any, str]:
    with closing(http.client.HTTPConnection(host, timeout=120)) as connection:
        return _ask(connection, method, path, body, "")


def _ask(
    connection: http.client.HTTPConnection, method: str, path: str, body: object, tag: str
) -> tuple[int, Any, str]:
    headers = {"If-Match": tag} if tag else {}
    content = None
    if body is not None:
        content, headers["Content-Type"] = json.dumps(body).encode(), "application/json"
    connection.request(method, f"/api/v1{path}", content, headers)
    answer = connection.getresponse()
    read = answer.read()
    return answer.status, json.loads(read) if read else None, answer.headers.get("ETag", "")
