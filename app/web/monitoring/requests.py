"""One request as the access log and the metrics see it."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send

KEY = "variorum.request"
"""Where a request's scope holds its record."""

CLIENT_LEFT = 499
"""What is noted where the client left before an answer began, as nginx does."""


@dataclass(slots=True)
class RequestRecord:
    """A request and how it was answered."""

    method: str
    path: str
    client: str
    """Whom a trusted proxy names, else who is connected."""
    route: str = ""
    """The route's path, such as ``/articles/{article_id}``; empty where no route was reached."""
    status: int = CLIENT_LEFT
    sent_bytes: int = 0
    """Bytes of the answer's body as sent, compressed or not."""
    seconds: float = 0.0
    """From the head of the request to the end of the answer."""
    is_kept_page: bool = False
    """Whether the answer came from the pages that are kept in memory."""
    request_id: str = ""
    """The id on the page of an unforeseen failure."""


Listener = Callable[[RequestRecord], object]


class Watched:
    """The application, with each request's record given to ``listeners`` once it is answered."""

    def __init__(self, app: ASGIApp, listeners: Sequence[Listener]) -> None:
        self._app = app
        self._listeners = tuple(listeners)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request, or the application's start and end."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        client = scope["client"]
        record = RequestRecord(scope["method"], scope["path"], client[0] if client else "")
        scope[KEY] = record
        began = time.perf_counter()

        async def watched_send(message: Message) -> None:
            if message["type"] == "http.response.start":
                record.status = message["status"]
            else:
                record.sent_bytes += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, watched_send)
        finally:
            record.seconds = time.perf_counter() - began
            for listener in self._listeners:
                listener(record)


class RouteNoted:
    """The routes, with the path of the one that answers put into the request's record."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        record = record_of(scope)
        try:
            await self._app(scope, receive, send)
        finally:
            if record is not None:
                record.route = getattr(scope.get("route"), "path", "")


def record_of(scope: Scope) -> RequestRecord | None:
    """Return the record of a request; None where nobody watches."""
    record = scope.get(KEY)
    return record if isinstance(record, RequestRecord) else None
