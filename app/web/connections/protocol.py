"""One connection: uvicorn's HTTP/1.1, which also knows what it waits for and since when."""

import asyncio
from enum import StrEnum
from http import HTTPStatus
from typing import Any, Protocol

import h11
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from app.web.connections.framing import BoundedReader
from app.web.connections.limits import Limits
from app.web.middleware import SECURITY_HEADERS


class Phase(StrEnum):
    """What a connection waits for."""

    SILENT = "silent"
    """The first byte of its first request."""
    IDLE = "idle"
    """The first byte of its next request."""
    HEAD = "head"
    """The rest of a request's head."""
    BODY = "body"
    """The rest of a request's body."""
    ANSWER = "answer"
    """The program's answer, or the client's reading of it."""
    CLOSING = "closing"


WAITING = frozenset({Phase.SILENT, Phase.IDLE, Phase.HEAD})
"""Nothing is being done for the client, so it can be closed first when sockets run short."""


class Door(Protocol):
    """The gate as a connection sees it: it admits connections, and ends those that take too long."""

    limits: Limits

    def admits(self, connection: "Connection") -> bool:
        """Note a new connection; whether a socket can be spared for it."""

    def forget(self, connection: "Connection") -> None:
        """Note that a connection is closed."""


class Connection(H11Protocol):
    """One connection. ``config.loaded_app`` is the door that it came through, which calls ``check`` now and then."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, {**app_state, "connection": self}, _loop)
        # As uvicorn makes it, with bounds of our own. It has no other place for them.
        self.conn: BoundedReader = BoundedReader(self.conn._max_incomplete_event_size)
        self.door: Door = config.loaded_app  # serve gives no other
        self.peer = ""
        """The address at the other end, which may be a proxy's."""
        self._heard = False
        self._partial_head = False
        self._phase = Phase.SILENT
        self._since = self.loop.time()
        self._received = 0
        self._unsent = 0
        self._unsent_since = 0.0

    @property
    def phase(self) -> Phase:
        """What the connection waits for now."""
        if self.transport.is_closing():
            return Phase.CLOSING
        if self.conn.their_state is h11.SEND_BODY:
            return Phase.BODY
        if self.conn.their_state is not h11.IDLE:
            return Phase.ANSWER
        if not self._heard:
            return Phase.SILENT
        return Phase.HEAD if self._partial_head else Phase.IDLE

    @property
    def since(self) -> float:
        """When it began to wait for that, by the loop's clock."""
        return self._since

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # uvicorn narrows it likewise
        """Take a connection, or refuse it where no socket can be spared."""
        super().connection_made(transport)
        self.peer = self.client[0] if self.client else ""
        if not self.door.admits(self):
            self.refuse(
                HTTPStatus.SERVICE_UNAVAILABLE, "Too many connections are open. Try again in a minute."
            )

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self.door.forget(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read what came, and note what it is part of."""
        if self.transport.is_closing():
            return
        self._heard = True
        self._received += len(data)
        super().data_received(data)
        self._note()
        unwanted = self._phase is Phase.BODY and self.cycle.response_complete
        if unwanted and self._received > self.door.limits.max_unwanted_bytes:
            self.transport.close()

    def on_response_complete(self) -> None:
        """Go on to the next request."""
        self._phase = Phase.ANSWER
        super().on_response_complete()
        self._note()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no HTTP, in words and with the headers of every answer."""
        self.refuse(HTTPStatus.BAD_REQUEST, "What was sent is not a request that this server can read.")

    def refuse(self, status: HTTPStatus, words: str) -> None:
        """Answer in plain words, unless an answer has begun, and close the connection."""
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            body = f"{words}\n".encode()
            headers = [
                *self.server_state.default_headers,
                *((name.lower().encode(), value.encode()) for name, value in SECURITY_HEADERS.items()),
                (b"content-type", b"text/plain; charset=utf-8"),
                (b"content-length", str(len(body)).encode()),
                (b"connection", b"close"),
            ]
            parts = (
                h11.Response(status_code=status, headers=headers, reason=status.phrase.encode()),
                h11.Data(data=body),
                h11.EndOfMessage(),
            )
            self.transport.write(b"".join(self.conn.send(part) or b"" for part in parts))
        if self.cycle is not None:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        self.transport.close()

    def check(self, now: float) -> None:
        """End the connection if its part of a request, or of an answer, has taken too long."""
        limits, waited = self.door.limits, now - self._since
        self._note_unsent(now)
        if self._unsent and now - self._unsent_since > limits.stalled_seconds:
            self.transport.abort()
            return
        match self.phase:
            case Phase.SILENT | Phase.IDLE if waited > limits.head_seconds:
                self.transport.close()
            case Phase.HEAD if waited > limits.head_seconds:
                self.time_out()
            case Phase.BODY if self.flow.read_paused:
                self._since = now  # it waits for us
            case Phase.BODY if waited > limits.body_allowance(self._received):
                self.time_out()

    def time_out(self) -> None:
        """Tell the client that its request did not arrive in time, and close the connection."""
        self.refuse(HTTPStatus.REQUEST_TIMEOUT, "The request took too long to arrive. Send it again.")

    def _note(self) -> None:
        self._partial_head = self.conn.their_state is h11.IDLE and bool(self.conn.trailing_data[0])
        phase = self.phase
        if phase is not self._phase:
            self._phase, self._since, self._received = phase, self.loop.time(), 0

    def _note_unsent(self, now: float) -> None:
        unsent = self.transport.get_write_buffer_size()
        if unsent != self._unsent:
            self._unsent, self._unsent_since = unsent, now

    def _unsupported_upgrade_warning(self) -> None:
        """Say nothing: a request may offer another protocol, and is answered in this one."""
