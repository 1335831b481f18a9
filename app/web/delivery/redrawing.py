"""Render cached pages again as soon as something was written, before the next reader asks."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from starlette.types import Message, Scope

from app.db.engine.generation import Generation
from app.web.delivery.page_cache import KeptPage, PageKey
from app.web.monitoring.requests import KEY

POLL_SECONDS = 0.01
"""Between two checks whether anything was written, while there are readers: some microseconds each."""

SLOW_POLL_SECONDS = 0.1
"""The same where a check is a query to a server."""

READ_SECONDS = 2.0
"""How long after its last reader a page is still made anew."""

MAX_PAGES = 8
"""Pages that are made anew after a write, those read last: what others show waits for whoever asks for it."""

_NOT_REPEATED = frozenset({b"if-none-match", b"accept-encoding"})


class Redrawing:
    """Renders outdated pages again in the background: each at most once for every time that it was read from memory.

    So there is never more to make than if readers had to wait for it. After each round it rests for as long as that
    took. Not for several threads: the event loop alone asks it.
    """

    def __init__(
        self,
        current: Callable[[], Awaitable[Generation | None]],
        poll_seconds: Callable[[], float],
        is_true: Callable[[KeptPage, Generation], bool],
        make: Callable[[PageKey, Scope], Awaitable[object]],
    ) -> None:
        self._current = current
        self._poll_seconds = poll_seconds
        self._is_true = is_true
        self._make = make
        self._read: OrderedDict[PageKey, tuple[KeptPage, float]] = OrderedDict()
        self._read_at = 0.0
        self._watch: asyncio.Task[None] | None = None

    def note_read(self, key: PageKey, page: KeptPage) -> None:
        """Note that ``page`` was sent from memory; watch from now on, for as long as there are readers."""
        if page.request is None:
            return
        self._read_at = time.monotonic()
        self._read[key] = page, self._read_at
        self._read.move_to_end(key)
        if len(self._read) > MAX_PAGES:
            self._read.popitem(last=False)
        if self._watch is None or self._watch.done():
            self._watch = asyncio.get_running_loop().create_task(self._watch_for_writes())

    async def _watch_for_writes(self) -> None:
        while time.monotonic() - self._read_at < READ_SECONDS:
            await asyncio.sleep(self._poll_seconds())
            began = time.monotonic()
            # A reader who visits several pages in turn returns first to the one read longest ago.
            for key in await self._outdated():
                page, read_at = self._read.pop(key, (None, 0.0))
                if page is not None and page.request is not None and began - read_at < READ_SECONDS:
                    await self._make(key, page.request)
            await asyncio.sleep(time.monotonic() - began)

    async def _outdated(self) -> list[PageKey]:
        generation = await self._current()
        if generation is None:
            return []
        return [key for key, (page, _) in self._read.items() if not self._is_true(page, generation)]


def repeatable(scope: Scope) -> Scope:
    """Return a request as it came, without what only its sender has or takes."""
    headers = [pair for pair in scope["headers"] if pair[0] not in _NOT_REPEATED]
    return {**{name: value for name, value in scope.items() if name != KEY}, "headers": headers}


async def receive_nothing() -> Message:
    """Return an empty body, as whoever waits for the answer sends it."""
    return {"type": "http.request", "body": b"", "more_body": False}


async def send_nowhere(message: Message) -> None:
    """Drop a message: what was made is kept, and nobody waits for it."""
