"""The raw wire: broken or huge headers, a length as well as chunks, drips, pipelines, and large bodies behind a proxy.

Each is sent as bytes on a socket of its own. Whole answers must come back, none of them a failure except a 503 with a
message, each with the security headers; an ambiguous request gets one answer at most, and its connection is closed.
"""

import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

from bench.attack.measured import MAX_MEGABYTES, Group, Line
from bench.attack.requests import still_serves
from bench.attack.sending import MAX_WRITE_SECONDS

PATIENCE_SECONDS = 20.0
"""How long an answer or the end of a connection is waited for."""
MAX_HEAD_BYTES = 300_000
MAX_BODY_BYTES = 60_000_000
"""Of a body that no setting lets in."""
PIECE_BYTES = 65_536
_HOST = b"Host: localhost\r\n"
_GET = b"GET / HTTP/1.1\r\n" + _HOST + b"\r\n"
_STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})[^\r\n]*\r\n")
_FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"


_FORMS = (
    (b"/articles", _FORM),
    (b"/articles/new", _FORM),
    (b"/api/v1/articles", b"Content-Type: application/json\r\n"),
)


@dataclass(frozen=True, slots=True)
class Sent:
    """What is sent on one connection."""

    content: bytes
    most_answers: int = 1
    pause: float = 0.0
    """Seconds between single bytes, where they drip."""
    must_close: bool = False
    """Whether the server may not wait for more on this connection."""


def _broken(random: Random) -> Sent:
    head = bytearray(
        random.choice(
            (
                _GET,
                b"POST /articles HTTP/1.1\r\n" + _HOST + _FORM + b"Content-Length: 3\r\n\r\na=b",
                b"GET /search?q=a HTTP/1.1\r\n"
                + _HOST
                + b"Accept-Encoding: gzip\r\nIf-None-Match: *\r\n\r\n",
            )
        )
    )
    for _ in range(random.choice((1, 1, 2, 5, 30))):
        place = random.randrange(len(head))
        edit = random.randrange(4)
        if edit == 0:
            head[place] = random.randrange(256)
        elif edit == 1:
            del head[place : place + random.randrange(1, 9)]
        elif edit == 2:
            head[place:place] = random.choice(
                (b"\r\n", b"\n", b"\r", b"\x00", b" ", b"\t", b":", b"\xff", b"\x7f")
            )
        else:
            head[place:place] = head[: random.randrange(len(head))]
        if not head:
            head = bytearray(b"\r")
    return Sent(bytes(head), most_answers=40)


def _ambiguous(random: Random) -> Sent:
    """Return a request that two programs may end at different places, with another one hidden in it."""
    hidden = b"GET /hidden HTTP/1.1\r\n" + _HOST + b"\r\n"
    size = random.choice((0, 4, 5, len(hidden), len(hidden) + 5))
    length = b"Content-Length: %d\r\n" % size
    coding = random.choice(
        (
            b"Transfer-Encoding: chunked\r\n", b"Transfer-Encoding : chunked\r\n", b"transfer-encoding:\tchunked\r\n",
            b"Transfer-Encoding: identity, chunked\r\n", b"Transfer-Encoding: chunked, identity\r\n",
            b"Transfer-Encoding: xchunked\r\n", b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
        )
    )  # fmt: skip
    heads = [length, coding] if random.random() < 0.5 else [coding, length]
    if random.random() < 0.3:
        other = (size + random.randrange(1, 900)) % 900  # the same length twice is not ambiguous
        heads = [length, b"Content-Length: %d\r\n" % other]
    body = random.choice((b"0\r\n\r\n", b"5\r\nabcde\r\n0\r\n\r\n", b"")) + hidden
    return Sent(
        b"POST /articles HTTP/1.1\r\n" + _HOST + _FORM + b"".join(heads) + b"\r\n" + body, must_close=True
    )


def _huge(random: Random) -> Sent:
    size = random.choice((20_000, 70_000, MAX_HEAD_BYTES))
    kind = random.randrange(4)
    if kind == 0:
        return Sent(b"GET /" + b"a" * size + b" HTTP/1.1\r\n" + _HOST + b"\r\n")
    if kind == 1:
        return Sent(b"GET / HTTP/1.1\r\n" + _HOST + b"X: " + b"a" * size + b"\r\n\r\n")
    if kind == 2:
        return Sent(b"GET / HTTP/1.1\r\n" + _HOST + b"X: a\r\n" * (size // 6) + b"\r\n")
    return Sent(b"GET / HTTP/1.1\r\n" + _HOST + b"Cookie: " + b"a=b; " * (size // 5) + b"\r\n\r\n")


def _dripping(random: Random) -> Sent:
    """Return a few bytes one by one and then no more: the headers, or the body of a form, stay incomplete."""
    head = b"POST /articles HTTP/1.1\r\n" + _HOST + _FORM + b"Content-Length: 900000\r\n\r\n"
    content = random.choice((_GET[: random.randrange(1, len(_GET) - 1)], head + b"title=a"))
    return Sent(content, pause=random.choice((0.0, 0.002)))


def _pipelined(random: Random) -> Sent:
    count = random.choice((2, 10, 200))
    paths = [random.choice((b"/", b"/health", b"/nothing", b"/search?q=a")) for _ in range(count)]
    requests = [b"GET " + path + b" HTTP/1.1\r\n" + _HOST + b"\r\n" for path in paths]
    if random.random() < 0.5:
        requests[random.randrange(count)] = random.choice(
            (b"GET\r\n\r\n", b"\x00\r\n\r\n", b"POST / HTTP/1.1\r\n\r\n")
        )
    return Sent(b"".join(requests), most_answers=count)


def _old(random: Random) -> Sent:
    line = random.choice((b"GET / HTTP/1.0\r\n", b"GET /\r\n", b"GET / HTTP/0.9\r\n", b"HEAD / HTTP/1.0\r\n"))
    return Sent(line + random.choice((b"", _HOST, b"Connection: keep-alive\r\n" + _HOST)) + b"\r\n")


KINDS: dict[str, Callable[[Random], Sent]] = {
    "broken heads": _broken,
    "a length beside chunks": _ambiguous,
    "huge heads": _huge,
    "drips": _dripping,
    "pipelines": _pipelined,
    "old versions": _old,
}
WEIGHTS = {
    "broken heads": 5,
    "a length beside chunks": 3,
    "huge heads": 2,
    "drips": 1,
    "pipelines": 2,
    "old versions": 1,
}
"""How often each is drawn."""


def send(address: str, server: Group, count: int, random: Random, deadline: float = float("inf")) -> Line:
    """Send ``count`` connections' worth of bytes, until ``deadline`` at the latest."""
    line, host = Line("connections that break the protocol", 0, 0), urlsplit(address)
    while line.tried < count and time.monotonic() < deadline:
        (kind,) = random.choices(list(WEIGHTS), list(WEIGHTS.values()))
        sent = KINDS[kind](random)
        before = server.seconds()
        faults = list(_faults(host.hostname or "", host.port or 0, sent))
        seconds = server.seconds() - before
        line.tried += 1
        if seconds > MAX_WRITE_SECONDS:
            faults.append(f"took {seconds:.1f} s of processor time")
        if seconds > line.worst_seconds:
            line.worst_seconds, line.worst = seconds, f"{kind}: {seconds:.2f}"
        line.faults += [f"{kind}, {sent.content[:100]!r}: {fault}" for fault in faults[:1]]
    line.survived = line.tried - len(line.faults)
    line.megabytes = server.megabytes()
    if line.megabytes > MAX_MEGABYTES:
        line.faults.append(f"a process of the server had {line.megabytes:.0f} MB")
    line.faults += still_serves(host.netloc)
    return line


def _faults(host: str, port: int, sent: Sent) -> Iterator[str]:
    answer, is_closed = b"", False
    try:
        with socket.create_connection((host, port), timeout=PATIENCE_SECONDS) as connection:
            with suppress(OSError):  # it may be refused before all of it was sent
                if sent.pause:
                    for byte in sent.content:
                        connection.sendall(bytes((byte,)))
                        time.sleep(sent.pause)
                else:
                    connection.sendall(sent.content)
            if not sent.must_close:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_WR)
            while True:
                try:
                    part = connection.recv(PIECE_BYTES)
                except TimeoutError:
                    break
                except OSError:
                    part = b""
                if not part:
                    is_closed = True
                    break
                answer += part
    except OSError as error:
        yield f"no connection ({error!r})"
        return
    if not is_closed:
        yield f"was left open for {PATIENCE_SECONDS:.0f} s"
    heads = [part.partition(b"\r\n\r\n")[0] for part in _heads_of(answer)]
    if len(heads) > sent.most_answers:
        yield f"had {len(heads)} answers"
    for head in heads:
        status = int(head[9:12])
        if status >= 500 and status not in (503, 505):
            yield f"was answered {status}"
        if status >= 200 and b"x-content-type-options: nosniff" not in head.lower():
            yield f"was answered {status} without the headers of safety"


def _heads_of(answer: bytes) -> Iterator[bytes]:
    """Yield the answer from each status line on; a page never holds one."""
    for match in _STATUS.finditer(answer):
        yield answer[match.start() :]


def send_large_bodies(
    address: str, count: int, random: Random, deadline: float = float("inf")
) -> Line | None:
    """Send bodies that are far too large through nginx, over HTTP/1.0 and 1.1; None where nginx is not installed.

    Behind it, a refusal must reach the client with its message, however much of the body the program left unread.
    """
    if not shutil.which("nginx"):
        return None
    line = Line("bodies too large behind nginx", 0, 0)
    with tempfile.TemporaryDirectory() as folder, _nginx(Path(folder), urlsplit(address).port or 0) as port:
        while line.tried < count and time.monotonic() < deadline:
            version = random.choice((b"1.0", b"1.1"))
            size = random.choice((5_000_000, 25_000_000, MAX_BODY_BYTES))
            path, form = random.choice(_FORMS)
            head = b"POST %s HTTP/%s\r\n%s%s" % (path, version, _HOST, form)
            head += b"Connection: close\r\nContent-Length: %d\r\n\r\n" % size
            status, body = _posted(port, head, size)
            line.tried += 1
            if status not in (400, 403, 413, 422, 503) or not body.strip():
                line.faults.append(
                    f"{path.decode()}, HTTP/{version.decode()}, {size:,} bytes: answered {status}"
                )
    line.survived = line.tried - len(line.faults)
    return line


def _posted(port: int, head: bytes, size: int) -> tuple[int, bytes]:
    answer = b""
    with (
        suppress(OSError),
        closing(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS)) as connection,
    ):
        with suppress(OSError):
            connection.sendall(head)
            for _ in range(size // PIECE_BYTES + 1):
                connection.sendall(b"a" * PIECE_BYTES)
        while part := connection.recv(PIECE_BYTES):
            answer += part
    match = _STATUS.match(answer)
    return (int(match[1]) if match else 0), answer.partition(b"\r\n\r\n")[2]


@contextmanager
def _nginx(folder: Path, program: int) -> Iterator[int]:
    """Run nginx with the deployment's locations before the program, without TLS; yield its port."""
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        port: int = probe.getsockname()[1]
    site = (Path(__file__).parents[2] / "docs" / "deployment" / "nginx.conf").read_text(encoding="utf-8")
    secure = site[re.search(r"server \{[^}]*listen 443", site).start() :]  # type: ignore[union-attr]  # it is there
    secure = re.sub(r"listen 443 ssl[^;]*;", f"listen 127.0.0.1:{port};", secure)
    secure = re.sub(r"\n\s*(listen \[::\]|ssl_|http2 )[^;]*;", "", secure)
    secure = secure.replace("127.0.0.1:8000", f"127.0.0.1:{program}").replace(
        "variorum.example.org", "localhost"
    )
    before = site[: site.index("server {")].replace("127.0.0.1:8000", f"127.0.0.1:{program}")
    user = "user root;\n" if os.geteuid() == 0 else ""  # its usual one may not write to this folder
    names = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{name}_temp_path {folder}/{name};\n" for name in names)
    (folder / "nginx.conf").write_text(
        f"{user}daemon off;\npid {folder}/pid;\nerror_log {folder}/error.log;\nevents {{}}\n"
        f"http {{\naccess_log off;\n{temporary}{before}{secure}\n}}\n"
    )
    process = subprocess.Popen(["nginx", "-c", f"{folder}/nginx.conf", "-e", f"{folder}/error.log"])
    try:
        for _ in range(200):
            with closing(socket.socket()) as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait(20)
