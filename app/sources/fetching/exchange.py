"""One request and its answer over one connection, within bounds of size and time."""

import http.client
import io
import socket
import ssl
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.errors import FetchError
from app.sources.fetching.links import Link
from app.sources.fetching.network import Network, connect_safely

READ_BYTES = 65_536

MAX_FRAMING_BYTES, MAX_FRAMING_SHARE = 1_000_000, 1.2
"""Bytes that may come beside a page's own (its head, the sizes of its chunks, what follows it), and how many times its
own all of them may be: a page in chunks of one byte has six times as many, and takes half a minute to put together."""

REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one answer may take."""

    size: int = 20_000_000
    """Bytes, as they come and unpacked."""
    seconds: float = 30.0
    """From the connection to the last byte."""


@dataclass(frozen=True, slots=True)
class ServerAnswer:
    """What a server answered."""

    status: int
    content: bytes
    """Unpacked; empty for a redirect."""
    media_type: str
    """As declared, with its parameters; may be empty."""
    location: str
    """Where a redirect leads; else empty."""


class _TimedReader(io.RawIOBase):
    """Reads a socket until a moment that no dripping byte puts off, and no more than the page explains."""

    def __init__(self, connection: socket.socket, until: float) -> None:
        self._connection = connection
        self._until = until
        self._left = float(MAX_FRAMING_BYTES)

    def explain(self, size: int) -> None:
        """Allow more to be read, since ``size`` bytes of a page came."""
        self._left += size * MAX_FRAMING_SHARE

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._connection.settimeout(left)
        count = self._connection.recv_into(buffer)
        self._left -= count
        if self._left < 0:
            raise http.client.HTTPException("more framing than page")
        return count


class _TimedSocket:
    """As much of a socket as ``http.client`` uses."""

    def __init__(self, connection: socket.socket, until: float) -> None:
        self._connection = connection
        self._until = until
        self.reader = _TimedReader(connection, until)

    def makefile(self, mode: str, *_: object) -> io.BufferedReader:
        return io.BufferedReader(self.reader)

    def sendall(self, content: bytes) -> None:
        self._connection.settimeout(max(0.1, self._until - time.monotonic()))
        self._connection.sendall(content)

    def close(self) -> None:
        """Leave the socket to its opener: ``http.client`` would close it before the body is read."""


def ask(network: Network, link: Link, headers: Mapping[str, str], bounds: Bounds) -> ServerAnswer:
    """Return what the server of ``link`` answers. Raises FetchError, which says what went wrong."""
    until = time.monotonic() + bounds.seconds
    connection = connect_safely(network, link.host, link.port)
    try:
        if link.scheme == "https":
            connection.settimeout(max(0.1, until - time.monotonic()))
            connection = ssl.create_default_context().wrap_socket(connection, server_hostname=link.host)
        return _ask(connection, link, headers, bounds, until)
    except ssl.SSLCertVerificationError as error:
        raise FetchError(
            f"{link.host} could not prove that it is {link.host}: {error.verify_message}.",
            "Open it in your browser, and see whether you trust it.",
        ) from None
    except ssl.SSLError:
        raise FetchError(
            f"{link.host} could not be connected to securely (https).",
            "Try the address with http://, or save the page in your browser and drop the file here.",
        ) from None
    except TimeoutError:
        raise FetchError(
            f"{link.host} took more than {bounds.seconds:g} seconds, so it was not waited for any longer.",
            "Try again later, or save the page in your browser and drop the file here.",
        ) from None
    except (http.client.HTTPException, OSError, ValueError, zlib.error, EOFError):
        raise FetchError(
            f"What {link.host} sent is no answer that can be read, or it ended too early.",
            "Try again later, or save the page in your browser and drop the file here.",
        ) from None
    finally:
        connection.close()


def _ask(
    connection: socket.socket, link: Link, headers: Mapping[str, str], bounds: Bounds, until: float
) -> ServerAnswer:
    client = http.client.HTTPConnection(link.host, link.port)
    client.sock = timed = _TimedSocket(connection, until)
    client.putrequest("GET", link.target, skip_host=True, skip_accept_encoding=True)
    sent = {"Host": link.authority, "Accept-Encoding": "gzip", "Connection": "close", **headers}
    for name, value in sent.items():
        client.putheader(name, value)
    client.endheaders()
    response = client.getresponse()
    media_type = response.headers.get("Content-Type", "")[:200]
    if response.status in REDIRECTS:
        return ServerAnswer(response.status, b"", media_type, response.headers.get("Location", ""))
    return ServerAnswer(response.status, _content(response, timed.reader, link, bounds), media_type, "")


def _content(response: http.client.HTTPResponse, reader: _TimedReader, link: Link, bounds: Bounds) -> bytes:
    if response.length is not None and response.length > bounds.size:
        raise too_much(link, bounds.size)
    coding = response.headers.get("Content-Encoding", "").strip().lower()
    if coding not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise FetchError(
            f"{link.host} packed this page in a way that is not unpacked here ({coding[:20]}).",
            "Save the page in your browser and drop the file here.",
        )
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32) if coding not in ("", "identity") else None
    parts: list[bytes] = []
    came = size = 0
    while part := response.read(READ_BYTES):
        came += len(part)
        reader.explain(len(part))
        part = unpacker.decompress(part, bounds.size - size + 1) if unpacker else part
        size += len(part)
        if max(came, size) > bounds.size:
            raise too_much(link, bounds.size)
        parts.append(part)
    if response.length:  # less came than was announced
        raise EOFError
    if unpacker and came and not unpacker.eof:
        raise EOFError
    return b"".join(parts)


def too_much(link: Link, size: int) -> FetchError:
    """Return the refusal of an answer of more than ``size`` bytes."""
    return FetchError(
        f"{link.host} sends more than {size / 1e6:g} MB, so it was not taken.",
        "Save the part that you need, and drop the file here. "
        "Whoever runs this program can set VARIORUM_MAX_FILE higher.",
    )
