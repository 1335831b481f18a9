"""The gate before the application: admits requests, and closes idle connections when sockets run short."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Sequence

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from app.web.clients.client_address import PEER, client_of
from app.web.clients.tally import ProcessTally, Tally
from app.web.connections.limits import Limits
from app.web.connections.protocol import WAITING, Connection, Phase
from app.web.middleware import SECURITY_HEADERS
from app.web.monitoring.requests import Listener, Watched


class Gate:
    """The application as uvicorn calls it, with each client's requests counted, those of other serving processes too.

    A client is whom a trusted proxy names, and else who is connected. Where a client has all the requests under way
    that it may have, the oldest that still sends its body gives way; without such, the new one is refused. Connections
    with nothing under way do not count; where sockets run short, the oldest of whoever has most of them is closed.
    """

    def __init__(
        self,
        app: ASGIApp,
        limits: Limits,
        trusted_proxies: str,
        listeners: Sequence[Listener] = (),
        tally: ProcessTally | None = None,
    ) -> None:
        """``listeners`` get the record of each request, refused ones too; ``tally`` counts those of other processes."""
        self.limits = limits
        self._app = app
        admit: ASGIApp = Watched(self._admit, listeners) if listeners else self._admit
        self._named: ASGIApp = ProxyHeadersMiddleware(admit, trusted_proxies)  # type: ignore[arg-type,assignment]  # uvicorn's types of the same
        self._tally = tally or Tally().of(0)
        self._open: dict[Connection, None] = {}  # oldest first
        self._requests: defaultdict[str, dict[Connection, int]] = defaultdict(dict)  # where each is counted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request, or the application's start and end."""
        if scope["type"] == "http":
            scope[PEER] = scope["client"]  # before a proxy's header changes who the client is
        await (self._named if scope["type"] == "http" else self._app)(scope, receive, send)

    def admits(self, connection: Connection) -> bool:
        """Note a new connection; whether a socket can be spared for it."""
        first = not self._open
        self._open[connection] = None
        if first:
            self._check_later()
        if len(self._open) <= self.limits.sockets:
            return True
        spared = self._spared(connection)
        if spared is None:
            return False
        spared.transport.abort()
        return True

    def forget(self, connection: Connection) -> None:
        """Note that a connection is closed."""
        self._open.pop(connection, None)

    def _spared(self, new: Connection) -> Connection | None:
        """Return the oldest connection without a request under way, of the address that has most of them."""
        waiting = [other for other in self._open if other is not new and other.phase in WAITING]
        if not waiting:
            return None
        most = Counter(client_of(other.peer) for other in waiting).most_common(1)[0][0]
        return next(other for other in waiting if client_of(other.peer) == most)

    async def _admit(self, scope: Scope, receive: Receive, send: Send) -> None:
        connection: Connection = scope["state"].pop("connection")
        headers = dict(scope["headers"])
        if scope["http_version"] == "1.0" or headers.get(b"connection", b"").lower() == b"close":
            send = self._after_body(connection, receive, send)
        if b"transfer-encoding" in headers and b"content-length" in headers:
            # Two readers may disagree about where such a request ends (RFC 9112, section 6.1).
            refusal = _plain(400, "A request may not state both its length and its encoding.", close=True)
            await refusal(scope, receive, send)
            return
        client = client_of(scope["client"][0] if scope["client"] else "")
        mine = self._requests[client]
        if self._tally.under_way(client) >= self.limits.requests_of(client):
            slowest = next((other for other in mine if other.phase is Phase.BODY), None)
            if slowest is None:
                await _plain(503, "Too many requests at once. Try again in a moment.")(scope, receive, send)
                return
            self._tally.end(mine.pop(slowest))
            slowest.time_out()
        mine[connection] = self._tally.begin(client)
        try:
            await self._app(scope, receive, send)
        finally:
            if (slot := mine.pop(connection, None)) is not None:
                self._tally.end(slot)
            if not mine and self._requests.get(client) is mine:
                del self._requests[client]

    def _after_body(self, connection: Connection, receive: Receive, send: Send) -> Send:
        """Return ``send``, for a connection that closes with its answer: what still comes of a body is taken in before.

        A client still sending it would otherwise find the connection closed and never read why it was refused; nginx,
        which asks in HTTP/1.0, would answer its own client with 502.
        """

        async def send_after_body(message: Message) -> None:
            if (
                message["type"] == "http.response.start"
                and not connection.conn.they_are_waiting_for_100_continue
            ):
                left = self.limits.max_unwanted_bytes
                while left > 0 and connection.phase is Phase.BODY:
                    part = await receive()
                    if part["type"] != "http.request":
                        break
                    left -= len(part.get("body", b""))
            await send(message)

        return send_after_body

    def _check_later(self) -> None:
        asyncio.get_running_loop().call_later(self.limits.check_seconds, self._check)

    def _check(self) -> None:
        now = asyncio.get_running_loop().time()
        for connection in tuple(self._open):
            connection.check(now)
        if self._open:
            self._check_later()


def _plain(status: int, words: str, *, close: bool = False) -> PlainTextResponse:
    headers = {**SECURITY_HEADERS, "Cache-Control": "no-store"}
    if close:
        headers["Connection"] = "close"
    if status == 503:
        headers["Retry-After"] = "1"
    return PlainTextResponse(f"{words}\n", status, headers)
