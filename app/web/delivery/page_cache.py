"""Rendered pages in memory, up to a number of bytes; the least recently used go first.

Pages that were asked for once have a small share of it to themselves: a server that is written to all the time makes a
page of each new article, for whoever saved it, and would else fill its memory with them. This is a segmented LRU cache
(Karedla, Love and Wherry, "Caching strategies to improve disk system performance", 1994).
"""

import gzip
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import NamedTuple

from starlette.types import Scope

from app.db.engine.generation import Generation
from app.services.operations.backlog import WorkerState
from app.web.delivery import conditions

MIN_COMPRESSED_BYTES = 1_000
"""A smaller page is not worth compressing."""

COMPRESSION_LEVEL = 6
"""Used once for each page, so a little higher than the 5 for answers that are compressed each time."""

MAX_SHARE = 8
"""A page larger than this fraction of the cache (one in so many) is not kept: it would displace too many others. All
pages requested only once share the same fraction."""

ENTRY_BYTES = 4_000
"""What an entry takes beside its content: its headers, and the request that it answered."""

Headers = list[tuple[bytes, bytes]]


class PageKey(NamedTuple):
    """All that a page depends on besides the database."""

    path: str
    query: bytes
    base: str
    """Start of its absolute links."""
    partial: bool
    """Whether htmx asks for a part of it."""
    editing: str
    """What the visitor may do."""


@dataclass(slots=True)
class KeptPage:
    """An answer with status 200, and for how long it is true."""

    generation: Generation
    """Of the database from which it was made, or a later one in which it is known to be the same."""
    headers: Headers
    """Without length and encoding."""
    body: bytes
    tag: bytes
    is_own_tag: bool
    """Whether the route set the ETag, and so can tell whether the page is unchanged without making it."""
    route: str
    """The route's path, for the counts."""
    doing: WorkerState | None = None
    """What the page says about the worker; None where it says nothing that may change."""
    until: float = 0.0
    """Where ``doing`` is set: the time of ``time.monotonic`` up to which its counts hold."""
    request: Scope | None = None
    """The request that it answered, where it may be made anew without one."""
    packed: bytes = b""
    """The body under gzip, once somebody took it so; empty too where that is not worth while."""
    headers_of_304: Headers = field(init=False)

    def __post_init__(self) -> None:
        self.headers_of_304 = conditions.of_unchanged(self.headers)

    @property
    def is_compressible(self) -> bool:
        """Whether compressing it is worth while."""
        return len(self.body) >= MIN_COMPRESSED_BYTES

    def pack(self) -> None:
        """Compress the body, once."""
        if not self.packed:
            self.packed = gzip.compress(self.body, COMPRESSION_LEVEL, mtime=0)

    @property
    def size(self) -> int:
        """Bytes that it takes; its compressed form is counted from the start, at a third."""
        return len(self.body) * 4 // 3 + ENTRY_BYTES


class PageCache:
    """Pages by key. Not for several threads: the event loop alone asks it."""

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes = max_bytes
        self._pages = _Segment()
        self._asked_once = _Segment()

    def __len__(self) -> int:
        return len(self._pages.pages) + len(self._asked_once.pages)

    @property
    def bytes(self) -> int:
        """Bytes that all of them take."""
        return self._pages.bytes + self._asked_once.bytes

    @property
    def max_body(self) -> int:
        """Bytes of the largest body that is kept."""
        return self.max_bytes // MAX_SHARE

    def get(self, key: PageKey) -> KeptPage | None:
        """Return the page last kept under ``key``, true or not, which counts as asking for it again."""
        page = self._pages.take(key) or self._asked_once.take(key)
        if page is not None:
            self._pages.put(key, page)
        return page

    def keep(self, key: PageKey, page: KeptPage) -> None:
        """Keep ``page`` under ``key`` in place of an earlier one."""
        segment = self._asked_once if self._pages.take(key) is None else self._pages
        self._asked_once.take(key)
        if page.size > self.max_body:
            return
        segment.put(key, page)
        while self._asked_once.bytes > self.max_bytes // MAX_SHARE:
            self._asked_once.take_oldest()
        while self.bytes > self.max_bytes:
            (self._pages if self._pages.pages else self._asked_once).take_oldest()

    def drop(self, key: PageKey) -> None:
        """Forget what is kept under ``key``."""
        self._pages.take(key)
        self._asked_once.take(key)


class _Segment:
    """Pages by key, the last used last, with their bytes."""

    def __init__(self) -> None:
        self.pages: OrderedDict[PageKey, KeptPage] = OrderedDict()
        self.bytes = 0

    def put(self, key: PageKey, page: KeptPage) -> None:
        self.pages[key] = page
        self.bytes += page.size

    def take(self, key: PageKey) -> KeptPage | None:
        page = self.pages.pop(key, None)
        self.bytes -= page.size if page else 0
        return page

    def take_oldest(self) -> None:
        self.bytes -= self.pages.popitem(last=False)[1].size
