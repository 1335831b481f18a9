"""Hostile requests to a running server: no 5xx answer but a 503 with a message, and nothing unescaped on a page.

Also clients that only hold connections open, and readers who keep asking for new comparisons to fill the disk.
"""

import http.client
import re
import socket
import time
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from urllib.parse import quote, quote_plus, urlsplit

MARK = "<mark-no-page-has>"
"""A tag that must never come back as one."""
SILENT_CONNECTIONS = 520
"""More than the sockets that the server keeps."""
COMPARISONS = 300
"""Ever new comparisons that one reader asks for."""
MAX_GROWTH_BYTES = 200_000
"""By which the database may grow meanwhile: a few of SQLite's own pages."""
MAX_BODY_SHOWN = 200

METHODS = ("GET",) * 24 + ("POST",) * 8 + ("HEAD", "PUT", "DELETE", "OPTIONS", "BREW", "get", "TRACE")
PATHS = (
    "/",
    "/articles/new",
    "/articles",
    "/articles/look",
    "/articles/{}",
    "/articles/{}/edit",
    "/articles/x{}/delete",
    "/articles/{}/revisions/{}",
    "/compare",
    "/compare/{}..{}",
    "/compare/{}..{}/rows/{}",
    "/compare/{}..{}/engine/{}",
    "/compare/{}..{}/findings.csv",
    "/compare/{}..{}/findings.json",
    "/api/compare/{}..{}",
    "/stories/{}",
    "/quotations",
    "/quotations/{}",
    "/edit-key",
    "/log",
    "/health",
    "/metrics",
    "/search",
    "/search/feed.atom",
    "/feed.atom",
    "/stories/{}/feed.atom",
    "/stories/{}/export/{}",
    "/stories/{}/paragraphs/{}",
    "/stories/{}/paragraphs/{}.json",
    "/articles/{}/history",
    "/articles/{}/history/compare",
    "/articles/{}/story",
    "/articles/{}/revisions/{}/export/{}",
    "/articles/new/{}",
    "/articles/labels",
    "/articles/delete",
    "/compare/{}..{}/export/{}",
    "/compare/{}..{}/evidence",
    "/compare/{}..{}/rows/{}/pair",
    "/compare/{}..{}/card.png",
    "/evidence/{}/file",
    "/captures/{}",
    "/quotations/in/{}/{}/{}",
    "/labels",
    "/publishers",
    "/notes",
    "/notes/{}/edit",
    "/trash",
    "/trash/{}",
    "/trash/batches/{}/restore",
    "/keys",
    "/keys/{}/revoke",
    "/oembed",
    "/waiting",
    "/static/sheets/{}.css",
    "/api/v1/search",
    "/api/v1/articles",
    "/api/v1/articles/{}",
    "/api/v1/articles/{}/labels",
    "/api/v1/articles/{}/history",
    "/api/v1/comparisons/{}..{}/findings",
    "/api/v1/comparisons/{}..{}/notes",
    "/api/v1/stories/{}",
    "/api/v1/publishers",
    "/api/v1/notes/{}",
    "/api/v1/trash/{}",
    "/api/v1/evidence/{}",
    "/static/{}",
    "/{}",
    "//{}",
    "/.{}/..//{}",
)
NAMES = (
    "view", "pins", "q", "from", "page", "finding", "told", "base", "witness", "next", "title", "text", "publisher",
    "author", "published_on", "url", "lines", "again", "seen", "revision", "editor", "key", "file", "sort", "kind",
    "article", "exclude", "limit", "hide", "only", "pick", "articles", "name", "do", "into", "tag", "collection",
    "noted", "since", "until", "status", "public", "row", "texts", "phrase", "paragraph", "start", "listed",
    "typography", "sentence", "cursor", "scope", "confirm", "captures", "language", "show",
)  # fmt: skip
HEADERS = (
    "If-None-Match", "Accept-Encoding", "Accept-Language", "Cookie", "Origin", "Referer", "Range", "HX-Request",
    "HX-Target", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Content-Type", "Sec-Fetch-Site",
    "User-Agent", "Forwarded", "Expect", "Upgrade", "Transfer-Encoding", "Content-Encoding", "Authorization",
)  # fmt: skip
VALUES = (
    MARK,
    f'"{MARK}',
    f"'>{MARK}<!--",
    f"javascript:{MARK}",
    "",
    " ",
    "0",
    "-1",
    "1",
    "3-4,7x9",
    "99999999999999999999999",
    "1e309",
    "nan",
    "\x00",
    "%00",
    "%",
    "\ud800",
    "\u202e\u2066",
    "../../../etc/passwd",
    "..%2f..%2f",
    "' OR 1=1 --",
    '"; DROP TABLE article; --',
    "{{7*7}}${7*7}",
    "\r\nSet-Cookie: hostile=1",
    "=HYPERLINK(1)",
    "a" * 5_000,
    "é" * 2_000,
    "\u0301" * 500,
    "“" * 500,
    "inline",
    "same",
    "2026-02-30",
    "0000-00-00",
    "http://user:pass@127.0.0.1/",
    "https://[::1",
    "gzip, *;q=0",
    "bytes=0-0," * 300,
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    "application/json",
    "chunked",
    "100-continue",
    "true",
    'W/"x"',
    "*",
)
BODIES = (
    b"",
    b"\x00" * 100,
    b"\xff\xfe\xfd",
    b"=&=&;&&",
    b"{}",
    b"[" * 3_000,
    b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n<mark-no-page-has>\r\n--x--\r\n',
    b'--x\r\nContent-Disposition: form-data; name="file"; filename="<mark-no-page-has>.txt"\r\n\r\na\xff\r\n--x--',
    b"--x\r\n\r\n--x\r\n" * 200,
    b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
)
RAW = (
    b"\r\n\r\n",
    b"GET\r\n\r\n",
    b"GET / HTTP/9.9\r\n\r\n",
    b"GET / HTTP/1.1\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    b"GET http://elsewhere/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET /\x00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcde",
    b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 70_000 + b"\r\n\r\n",
    b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
)


@dataclass(slots=True)
class Siege:
    """What hostile requests did."""

    requests: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


def send(address: str, requests: int, random: Random, deadline: float = float("inf")) -> Siege:
    """Send hostile requests to the server at ``address``, until ``deadline`` at the latest."""
    siege, host = Siege(), urlsplit(address).netloc
    articles, revisions = known_ids(host)
    ids = [*articles, *revisions]
    connection = http.client.HTTPConnection(host, timeout=60)
    while siege.requests < requests and time.monotonic() < deadline:
        siege.requests += 1
        if random.random() < 0.03:
            _send_raw(host, random.choice(RAW), siege)
            continue
        method, target, headers, body = _drawn(ids, revisions, random)
        try:
            connection.putrequest(method, target, skip_accept_encoding=True)
            for name, value in headers:
                connection.putheader(name, value)
            connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            answer = connection.getresponse()
            content = answer.read()
        except (http.client.HTTPException, OSError):
            connection.close()  # the server closes what it cannot make sense of
            continue
        siege.statuses[answer.status] += 1
        siege.faults += _faults(f"{method} {target[:200]}", answer.status, answer.headers, content)
    connection.close()
    siege.faults += still_serves(host)
    return siege


def known_ids(host: str) -> tuple[list[str], list[str]]:
    """Return the ids of the articles and revisions that the library's first page links to."""
    connection = http.client.HTTPConnection(host, timeout=60)
    connection.request("GET", "/")
    page = connection.getresponse().read().decode()
    articles = sorted(set(re.findall(r"/articles/([a-z2-7]{16})", page)))
    revisions: set[str] = set()
    for witness in articles[1:]:
        connection.request("GET", f"/compare?base={articles[0]}&witness={witness}")
        answer = connection.getresponse()
        answer.read()
        revisions |= set(re.findall(r"[a-z2-7]{16}", answer.headers.get("Location", "")))
    connection.close()
    return articles, sorted(revisions)


def stay_silent(address: str) -> list[str]:
    """Open more connections than there are sockets, send nothing, and request a page meanwhile."""
    host = urlsplit(address)
    silent: list[socket.socket] = []
    with suppress(OSError):
        for _ in range(SILENT_CONNECTIONS):
            silent.append(socket.create_connection((host.hostname, host.port), timeout=10))
    try:
        return still_serves(host.netloc)
    finally:
        for connection in silent:
            connection.close()


def fill_disk(address: str, database: Path) -> list[str]:
    """Keep asking for new comparisons, as any reader may; report whether the database grew."""
    host = urlsplit(address).netloc
    _, revisions = known_ids(host)
    files = (database, database.with_name(f"{database.name}-wal"))
    before = sum(file.stat().st_size for file in files if file.exists())
    connection = http.client.HTTPConnection(host, timeout=60)
    for number in range(COMPARISONS):
        pins = f"{number % 17}-{number // 17 % 17},{number % 5}x{number % 7}"
        connection.request("GET", f"/compare/{revisions[0]}..{revisions[1]}?pins={pins}")
        connection.getresponse().read()
    connection.close()
    growth = sum(file.stat().st_size for file in files if file.exists()) - before
    return (
        [f"a reader's comparisons made the database grow by {growth:,} bytes"]
        if growth > MAX_GROWTH_BYTES
        else []
    )


def still_serves(host: str) -> list[str]:
    """Describe what is wrong if a reader gets no page."""
    try:
        connection = http.client.HTTPConnection(host, timeout=30)
        connection.request("GET", "/")
        status = connection.getresponse().status
        connection.close()
    except OSError as error:
        return [f"a reader got no page: {error}"]
    return [] if status == 200 else [f"a reader got {status}"]


def _drawn(
    ids: Sequence[str], revisions: Collection[str], random: Random
) -> tuple[str, str, list[tuple[str, str]], bytes]:
    """Return a random method, target, headers and body."""

    path = random.choice(PATHS)
    fitting = [known for known in ids if (known in revisions) == ("compare" in path)]

    def value() -> str:
        return random.choice(fitting) if fitting and random.random() < 0.6 else random.choice(VALUES)

    while "{}" in path:
        path = path.replace("{}", quote(value().encode("utf-8", "surrogatepass"), safe=""), 1)
    fields = [(random.choice(NAMES), value()) for _ in range(random.choice((0, 0, 1, 2, 5)))]
    encoded = "&".join(f"{name}={quote_plus(text.encode('utf-8', 'surrogatepass'))}" for name, text in fields)
    method = random.choice(METHODS)
    body = random.choice((encoded.encode(), *BODIES)) if method not in ("GET", "HEAD") else b""
    target = f"{path}?{encoded}" if encoded and random.random() < 0.7 else path
    headers = [
        (random.choice(HEADERS), re.sub(r"[^\x20-\x7e]", "", value()) or "x")
        for _ in range(random.choice((0, 1, 2)))
    ]
    if method == "POST" and random.random() < 0.7:
        headers.append(("Content-Type", "application/x-www-form-urlencoded"))
    return method, target[:60_000], headers, body


def _send_raw(host: str, content: bytes, siege: Siege) -> None:
    name, _, port = host.rpartition(":")
    answer = b""
    with suppress(OSError), socket.create_connection((name, int(port)), timeout=5) as connection:
        connection.sendall(content)
        connection.shutdown(socket.SHUT_WR)
        while part := connection.recv(65_536):
            answer += part
    if match := re.match(rb"HTTP/1\.1 (\d{3})", answer):
        status = int(match[1])
        siege.statuses[status] += 1
        head, _, body = answer.partition(b"\r\n\r\n")
        if status >= 500 and not (status == 503 and body.strip()):
            siege.faults.append(f"{content[:60]!r} answered {status}")
        if b"x-content-type-options: nosniff" not in head.lower():
            siege.faults.append(f"{content[:60]!r} was answered without the security headers")


def _faults(request: str, status: int, headers: http.client.HTTPMessage, content: bytes) -> Iterator[str]:
    if status >= 500 and not (status == 503 and content.strip()):
        yield f"{request} answered {status}: {content[:MAX_BODY_SHOWN]!r}"
    if headers.get("X-Content-Type-Options") != "nosniff":
        yield f"{request} was answered without the security headers"
    if "hostile" in headers.get("Set-Cookie", ""):
        yield f"{request} set a cookie of its own"
    is_markup = headers.get_content_type() in ("text/html", "image/svg+xml", "application/xhtml+xml")
    if is_markup and MARK.encode() in content:
        yield f"{request} came back unescaped"
