"""The middleware that answers from the page cache, before routing and threads, and caches what routes allow."""

import asyncio
import hashlib
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from anyio import to_thread
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.db.engine.generation import Generation, GenerationReader
from app.errors import VariorumError
from app.services.operations.api_keys import ApiKey
from app.services.operations.backlog import Waiting, WorkerState
from app.settings import Settings
from app.web.delivery import conditions
from app.web.delivery.page_cache import Headers, KeptPage, PageCache, PageKey
from app.web.delivery.redrawing import (
    POLL_SECONDS,
    SLOW_POLL_SECONDS,
    Redrawing,
    receive_nothing,
    repeatable,
    send_nowhere,
)
from app.web.editing import edit_access, script_key
from app.web.monitoring.requests import record_of
from app.web.problems import FOLDER, is_api
from app.web.templating import wants_partial

NOTE = "variorum.note"
"""Where a request's scope holds what its route says about the answer."""

_FOLDERS = (
    "/articles/",
    "/compare/",
    "/stories/",
    "/quotations",
    "/feed.atom",
    "/search",
    "/oembed",
    f"{FOLDER}/",
)
"""Where pages that may be kept are."""

MAX_KNOWN_KEYS = 1_000
"""Keys of scripts that are known to work as long as nothing is written."""

_NOT_KEPT = frozenset({b"content-length", b"content-encoding", b"etag", b"vary"})

_CAPTURE = "variorum.capture"
"""Where a request's scope holds what takes its answer."""


@dataclass(slots=True)
class Note:
    """What a route says about its answer."""

    keep: bool = False
    """Whether the answer depends on nothing but the database and what ``PageKey`` holds."""
    waiting: Waiting | None = None
    """The backlog that the page shows, where it shows one."""
    until: float = 0.0
    """The time up to which that was counted."""


def keep(request: Request) -> Note:
    """Say that the answer to ``request`` may be kept."""
    note = note_of(request)
    note.keep = True
    return note


def note_of(request: Request) -> Note:
    """Return the request's note; one that nobody reads where the answer is not going to be kept."""
    note = request.scope.get(NOTE)
    return note if isinstance(note, Note) else Note()


class KeptPages:
    """Answer with kept pages as long as they are true.

    A page is true for the generation of the database in which it was made. The generation is read before the page is
    made, so that a write meanwhile makes it outdated at once, and again before each answer: what any process wrote
    ends the page and its 304. Where the generation cannot be read, the route answers.
    """

    def __init__(
        self,
        app: ASGIApp,
        settings: Settings,
        cache: PageCache,
        reader: Callable[[], GenerationReader | None],
        doing: Callable[[], WorkerState],
        *,
        redraws: bool = False,
    ) -> None:
        """Make outdated pages anew before the next reader asks, if this ``redraws``: it needs a loop that goes on."""
        self.app = app
        self._settings = settings
        self._cache = cache
        self._generations = _Generations(reader)
        self._doing = doing
        self._keys: dict[str, tuple[Generation, ApiKey]] = {}
        self._being_made: dict[tuple[PageKey, Generation], asyncio.Future[None]] = {}
        self._redrawing = (
            Redrawing(self._generations.current, self._generations.poll_seconds, self._is_true, self._redraw)
            if redraws
            else None
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] != "GET" or not _may_be_kept(scope["path"]):
            await self.app(scope, receive, send)
            return
        generation = await self._generations.current()
        if generation is None:
            await self.app(scope, receive, send)
            return
        if is_api(scope["path"]) and not await self._is_key_known(Request(scope), generation):
            await self.app(scope, receive, send)
            return
        key = await self._key(scope)
        if (page := self._true_page(key, generation)) is not None:
            if self._redrawing is not None:
                self._redrawing.note_read(key, page)
            await _answer_kept(page, scope, send)
            return
        if (making := self._being_made.get((key, generation))) is not None:
            await making
            if (page := self._true_page(key, generation)) is not None:
                # The generation was read before the wait, but this request came before what was written since.
                await _answer_kept(page, scope, send)
                return
        await self._make(key, generation, scope, receive, send)

    async def _make(
        self, key: PageKey, generation: Generation, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Let the route answer, and keep its answer if allowed; requests for the same page wait for it meanwhile."""
        earlier = self._cache.get(key)
        if earlier is not None and not earlier.is_own_tag:
            earlier = None
        finished: asyncio.Future[None] | None = None
        if (key, generation) not in self._being_made:
            finished = self._being_made[key, generation] = asyncio.get_running_loop().create_future()
        request = repeatable(scope) if self._redrawing is not None and _is_anyones(key, scope) else None
        scope[NOTE] = note = Note()
        scope[_CAPTURE] = capture = _Capture(note, self._cache.max_body, earlier)
        inner = _asking_whether_changed(scope, earlier.tag) if earlier is not None else scope
        try:
            await self.app(inner, receive, send)
            page = None
            if capture.is_unchanged and earlier is not None:
                page = earlier
                page.generation = generation
            elif capture.is_whole:
                route = getattr(inner.get("route"), "path", "")
                page = _page(key, generation, capture.headers, b"".join(capture.parts), route)
                page.request = request
                if note.waiting is not None and note.waiting.anything:
                    page.doing, page.until = note.waiting.doing, note.until
                self._cache.keep(key, page)
        finally:
            if finished is not None:
                del self._being_made[key, generation]
                finished.set_result(None)
        if page is not None:
            await _answer(page, scope, send)

    async def _redraw(self, key: PageKey, request: Scope) -> None:
        """Render a page again, unless it is current or being made; if that fails, the next request reports why."""
        generation = await self._generations.current()
        if generation is None or (key, generation) in self._being_made or self._true_page(key, generation):
            return
        with suppress(Exception):
            await self._make(key, generation, dict(request), receive_nothing, send_nowhere)

    def _true_page(self, key: PageKey, generation: Generation) -> KeptPage | None:
        page = self._cache.get(key)
        return page if page is not None and self._is_true(page, generation) else None

    def _is_true(self, page: KeptPage, generation: Generation) -> bool:
        if page.generation != generation:
            return False
        return page.doing is None or (page.doing == self._doing() and time.monotonic() < page.until)

    async def _is_key_known(self, request: Request, generation: Generation) -> bool:
        """Return whether a script's key works, if one was sent; the route refuses one that does not.

        A key is looked up again after each write, since it may have been revoked.
        """
        if (sent := script_key.sent_key(request)) is None:
            return True
        known = self._keys.get(sent)
        try:
            if known is not None and known[0] == generation:
                script_key.accept(request, known[1])
                return True
            key = await to_thread.run_sync(script_key.key_of, request)
        except VariorumError:
            self._keys.pop(sent, None)
            return False
        if key is not None:
            if len(self._keys) >= MAX_KNOWN_KEYS:
                self._keys.clear()
            self._keys[sent] = generation, key
        return key is not None

    async def _key(self, scope: Scope) -> PageKey:
        request, headers = Request(scope), dict(scope["headers"])
        base = (
            self._settings.public_url or f"{scope['scheme']}://{headers.get(b'host', b'').decode('latin-1')}"
        )
        if b"cookie" in headers and edit_access.COOKIE in request.headers["cookie"]:
            editing = await to_thread.run_sync(
                edit_access.state, request, self._settings
            )  # may read the database
        else:
            editing = edit_access.state(request, self._settings)
        return PageKey(
            scope["path"],
            scope["query_string"],
            base,
            b"hx-request" in headers and wants_partial(request),
            editing,
        )


class _Generations:
    """The current generation, read at once where that takes microseconds, else in a thread, for all who wait."""

    def __init__(self, reader: Callable[[], GenerationReader | None]) -> None:
        self._reader = reader
        self._next: asyncio.Task[Generation | None] | None = None
        self._running: asyncio.Task[Generation | None] | None = None

    def poll_seconds(self) -> float:
        """Return how long to wait between two looks at it where nobody asks for a page."""
        reader = self._reader()
        return POLL_SECONDS if reader is None or reader.is_instant else SLOW_POLL_SECONDS

    async def current(self) -> Generation | None:
        """Return the generation as of now or later; never one read before this call."""
        reader = self._reader()
        if reader is None:
            return None
        if reader.is_instant:
            return reader.read()
        if self._next is None:
            self._next = asyncio.ensure_future(self._read(reader, self._running))
        return await asyncio.shield(self._next)

    async def _read(
        self, reader: GenerationReader, before: asyncio.Task[Generation | None] | None
    ) -> Generation | None:
        """Read once the read under way has ended; who asks from then on waits for the next."""
        if before is not None:
            await asyncio.wait([before])
        self._running, self._next = self._next, None
        return await to_thread.run_sync(reader.read)


class BeforeCompression:
    """The middleware next to the routes that lets ``KeptPages`` have an answer before it is compressed."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request, or the application's start and end."""
        capture: _Capture | None = scope.get(_CAPTURE)
        await self.app(scope, receive, capture.before(send) if capture is not None else send)


class _Capture:
    """Passes an answer on unless it is to be kept, which is gathered instead, up to a number of bytes."""

    def __init__(self, note: Note, max_body: int, earlier: KeptPage | None) -> None:
        self._send: Send = send_nowhere
        self._note = note
        self._max_body = max_body
        self._earlier = earlier
        self._start: Message | None = None
        self._size = 0
        self.headers: Headers = []
        self.parts: list[bytes] = []
        self.is_whole = False
        """Whether all of an answer that is to be kept is here, and nothing was sent."""
        self.is_unchanged = False
        """Whether the route said that the earlier page is still true, and nothing was sent."""

    def before(self, send: Send) -> Send:
        """Return this capture as the next ``send``: it passes on to ``send`` whatever is not to be cached."""
        self._send = send
        return self

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers: Headers = list(message.get("headers", ()))
            if self._earlier is not None and message["status"] == 304:
                self.is_unchanged = True
                return
            cookie = any(name.lower() == b"set-cookie" for name, _ in headers)
            if self._note.keep and message["status"] == 200 and not cookie:
                self._start, self.headers = message, headers
                return
        elif self.is_unchanged:
            return
        elif self._start is not None:
            part = message.get("body", b"")
            self.parts.append(part)
            self._size += len(part)
            if self._size <= self._max_body:
                self.is_whole = not message.get("more_body", False)
                return
            message = {**message, "body": b"".join(self.parts)}
            await self._send(self._start)
            self._start = None
        await self._send(message)


def _is_anyones(key: PageKey, scope: Scope) -> bool:
    """Return whether anybody may see a page; a visitor's right to see it could end before it is made again."""
    return key.editing != edit_access.Editing.ALLOWED and script_key.sent_key(Request(scope)) is None


def _may_be_kept(path: str) -> bool:
    return path == "/" or path.startswith(_FOLDERS)


def _page(key: PageKey, generation: Generation, headers: Headers, body: bytes, route: str) -> KeptPage:
    by_name = {name.lower(): value for name, value in headers}
    own_tag = by_name.get(b"etag")
    tag = own_tag or b'W/"' + hashlib.sha256(key.editing.encode() + body).hexdigest()[:32].encode() + b'"'
    kept_headers = [(name, value) for name, value in headers if name.lower() not in _NOT_KEPT]
    kept_headers.append((b"etag", tag))
    vary = by_name.get(b"vary", b"")
    kept_headers.append((b"vary", vary + b", Accept-Encoding" if vary else b"Accept-Encoding"))
    return KeptPage(generation, kept_headers, body, tag, own_tag is not None, route)


def _asking_whether_changed(scope: Scope, tag: bytes) -> Scope:
    """Return the request with ``tag`` alone as what its sender has already."""
    headers = [pair for pair in scope["headers"] if pair[0] != b"if-none-match"]
    return {**scope, "headers": [*headers, (b"if-none-match", tag)]}


async def _answer_kept(page: KeptPage, scope: Scope, send: Send) -> None:
    if (record := record_of(scope)) is not None:
        record.route, record.is_kept_page = page.route, True
    await _answer(page, scope, send)


async def _answer(page: KeptPage, scope: Scope, send: Send) -> None:
    """Send a kept page, or 304 to a reader who has it."""
    packed = conditions.sent(scope["headers"], b"accept-encoding")
    held = conditions.sent(scope["headers"], b"if-none-match")
    if held and conditions.names(held, page.tag):
        await send({"type": "http.response.start", "status": 304, "headers": page.headers_of_304})
        await send({"type": "http.response.body", "body": b""})
        return
    headers, body = list(page.headers), page.body
    if b"gzip" in packed and page.is_compressible:
        if not page.packed:
            await to_thread.run_sync(page.pack)
        body = page.packed
        headers.append((b"content-encoding", b"gzip"))
    headers.append((b"content-length", b"%d" % len(body)))
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
