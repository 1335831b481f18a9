"""A server that behaves badly, and a network in which public names lead to it."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress

from app.sources.fetching.exchange import Bounds
from app.sources.fetching.fetch import Fetcher
from app.sources.fetching.network import Network
from app.sources.fetching.pacing import Pacer

PUBLIC = "93.184.216.34"
PAGE = b"<!doctype html><title>A visit</title><p>The minister came on Monday.</p>"

Behaviour = Callable[[socket.socket, str], None]
"""What the server does with a connection on which a target was asked for."""


def answer(
    content: bytes = PAGE, status: str = "200 OK", *, headers: Sequence[str] = ("Content-Type: text/html",)
) -> Behaviour:
    """An ordinary answer, or whatever the headers make of it."""
    lines = [f"HTTP/1.1 {status}", *headers]
    if not any(line.lower().startswith(("content-length", "transfer-encoding")) for line in headers):
        lines.append(f"Content-Length: {len(content)}")
    head = "\r\n".join([*lines, "", ""]).encode()
    return lambda connection, target: connection.sendall(head + content)


def redirect(location: str) -> Behaviour:
    return answer(b"", "302 Found", headers=(f"Location: {location}",))


def endless(head: bytes, part: bytes) -> Behaviour:
    def behave(connection: socket.socket, target: str) -> None:
        connection.sendall(head)
        while True:
            connection.sendall(part)

    return behave


class Server:
    """Answers each target with a behaviour of its own, and remembers what was asked for."""

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self._context = context
        self.behaviours: dict[str, Behaviour] = {"/robots.txt": answer(b"", "404 Not Found")}
        self.asked: list[tuple[str, str]] = []
        """Host and target of each request."""
        self.heads: list[str] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self.listener.accept()
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with suppress(OSError):
            if self._context:
                connection = self._context.wrap_socket(connection, server_side=True)
            self._answer(connection)

    def _answer(self, connection: socket.socket) -> None:
        with connection:
            head = b""
            while b"\r\n\r\n" not in head and (part := connection.recv(4096)):
                head += part
            if b"\r\n\r\n" not in head:
                return
            lines = head.decode("latin-1").split("\r\n")
            target = lines[0].split(" ")[1]
            host = next(line[6:] for line in lines if line.lower().startswith("host: "))
            self.asked.append((host, target))
            self.heads.append(head.decode("latin-1"))
            behaviour = self.behaviours.get(f"{host}{target}") or self.behaviours.get(target)
            (behaviour or answer(b"Nothing", "404 Not Found"))(connection, target)


@contextmanager
def serving(context: ssl.SSLContext | None = None) -> Iterator[Server]:
    """A server in this process, which speaks TLS where it has a ``context``."""
    server = Server(context)
    try:
        yield server
    finally:
        server.listener.close()


class LedNetwork(Network):
    """A network in which public addresses lead to the server on this machine, which only it knows."""

    def __init__(self, port: int, names: Mapping[str, Sequence[Sequence[str]]] | None = None) -> None:
        self._port = port
        self._names = {name: list(answers) for name, answers in (names or {}).items()}
        self.connected: list[str] = []
        self.looked_up: list[str] = []

    def is_there(self) -> bool:
        return True

    def resolve(self, host: str, port: int) -> Sequence[str]:
        self.looked_up.append(host)
        answers = self._names.get(host)
        if answers is None:
            return [PUBLIC]
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def connect(self, address: str, port: int, seconds: float) -> socket.socket:
        self.connected.append(address)
        return socket.create_connection(("127.0.0.1", self._port), timeout=seconds)

    def ends(self, connection: socket.socket) -> tuple[str, str]:
        return "198.51.100.7", self.connected[-1]


def fetcher_for(network: Network, *, size: int = 100_000, seconds: float = 20.0) -> Fetcher:
    return Fetcher(network=network, bounds=Bounds(size, seconds), pacer=Pacer(0.0))
