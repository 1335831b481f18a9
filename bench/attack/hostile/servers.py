"""Web servers whose pages and robots.txt are made to take time or memory."""

import contextlib
import gzip
import socket
from collections.abc import Callable, Iterator, Mapping
from random import Random

PAGE = b"<!doctype html><title>A visit</title><article><h1>A visit</h1>%s</article>" % (
    b"<p>The minister came to the capital on Monday to speak about the harbour, and said little.</p>" * 5
)

Parts = Callable[[Random], Iterator[bytes]]
"""What a server sends on a connection; then it closes it."""


def _answer(content: bytes, *headers: str, status: str = "200 OK") -> Parts:
    head = "\r\n".join([f"HTTP/1.1 {status}", "Content-Type: text/html", *headers, "", ""]).encode()
    return lambda _: iter([head, content])


def _endless(head: bytes, part: bytes) -> Parts:
    def parts(_: Random) -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\n" + head
        while True:
            yield part

    return parts


def _dripping(random: Random) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    for byte in PAGE:
        yield bytes([byte])


_CHUNKED = "Transfer-Encoding: chunked"

PAGES: Mapping[str, Parts] = {
    "nothing": lambda _: iter([]),
    "random": lambda random: iter([random.randbytes(100_000)]),
    "not a page": _answer(b"x" * 1_000_000),
    "no end": _endless(b"Content-Type: text/html\r\n\r\n", b"a" * 65_536),
    "no end of headers": _endless(b"", b"X: a\r\n" * 1_000),
    "a header without end": _endless(b"X: ", b"a" * 65_536),
    "a status without end": lambda _: iter([b"HTTP/1.1 200 " + b"a" * 10_000_000]),
    "a length that is a lie": _answer(PAGE, "Content-Length: 99999999999999999999"),
    "a negative length": _answer(PAGE, "Content-Length: -1"),
    "two lengths": _answer(PAGE, "Content-Length: 10", "Content-Length: 20"),
    "chunks of one byte": _answer(b"1\r\na\r\n" * 4_000_000, _CHUNKED),
    "chunks with extensions": _answer((b"1;" + b"a" * 60_000 + b"\r\na\r\n") * 200, _CHUNKED),
    "a chunk that is a lie": _answer(b"ffffffffffffffff\r\na\r\n", _CHUNKED),
    "trailers without end": _endless(b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"X: a\r\n" * 1_000),
    "a bomb": _answer(gzip.compress(b" " * 200_000_000), "Content-Encoding: gzip"),
    "members": _answer(gzip.compress(b"<p>a") * 300_000, "Content-Encoding: gzip"),
    "cut gzip": _answer(gzip.compress(PAGE)[:100], "Content-Encoding: gzip"),
    "codings": _answer(PAGE, "Content-Encoding: " + "gzip, " * 5_000),
    "continue without end": lambda _: iter([b"HTTP/1.1 100 Continue\r\n\r\n" * 400_000]),
    "a redirect of 60 kB": _answer(b"", f"Location: /{'a' * 60_000}", status="302 Found"),
    "a redirect in marks": _answer(b"", "Location: http://[::1%25\u0301]/\u202e", status="302 Found"),
    "itself": _answer(b"", "Location: /page", status="302 Found"),
    "within": _answer(b"", "Location: http://127.0.0.1:1/", status="302 Found"),
    "a file": _answer(b"", "Location: file:///etc/passwd", status="302 Found"),
    "a type of 60 kB": _answer(PAGE, f"X-Type: a; charset={'x' * 60_000}"),
    "a strange charset": lambda _: iter(
        [b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=unicode_escape\r\n\r\n", PAGE]
    ),
    "dripping": _dripping,
    "another text": _answer(PAGE.replace(b"harbour", b"quarry")),
    "deep": _answer(b"<!doctype html>" + b"<div>" * 300_000),
    "marks": _answer(("<!doctype html><p>e" + "\u0301" * 300_000).encode()),
}
"""By name, how the page is answered."""

ROBOTS: Mapping[str, Parts] = {
    "names and rules": _answer(b"User-agent: a\n" * 15_000 + b"Allow: /\n" * 25_000),
    "stars": _answer(b"User-agent: *\n" + (b"Disallow: /" + b"*a" * 240 + b"$\n") * 1_000),
    "longer than it may be": _answer(b"#" * 5_000_000),
    "itself": _answer(b"", "Location: /robots.txt", status="301 Moved"),
    "NULs": _answer(b"\0" * 500_000),
    "no line ends": _answer(b"Disallow:" * 50_000),
    "returns": _answer(b"User-agent:*\rDisallow:\r" * 15_000),
}
"""By name, how robots.txt is answered; the page then is an ordinary one."""


class Server:
    """A server on this machine that behaves as told, whatever is requested."""

    def __init__(self) -> None:
        self.page: Parts = _answer(PAGE)
        self.robots: Parts = _answer(b"", status="404 Not Found")
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]

    def run(self) -> None:
        """Answer one connection after the other, until the listener is closed."""
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self.listener.accept()
                with contextlib.suppress(OSError), connection:
                    connection.settimeout(20)
                    head = b""
                    while b"\r\n\r\n" not in head and (part := connection.recv(65_536)):
                        head += part
                    parts = self.robots if head.startswith(b"GET /robots.txt") else self.page
                    for part in parts(Random(1)):
                        connection.sendall(part)
