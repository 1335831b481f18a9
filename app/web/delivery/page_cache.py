"""Rendered pages in memory, up to a number of bytes; the least recently used go first."""

import gzip
from collections import OrderedDict
from dataclasses import dataclass
from typing import NamedTuple

from app.db.engine.generation import Generation
from app.services.operations.backlog import WorkerState

MIN_COMPRESSED_BYTES = 1_000
"""A smaller page is not worth compressing."""

COMPRESSION_LEVEL = 6
"""Once a page, so a little more than the 5 of answers that are compressed each time."""

MAX_SHARE = 8
"""A page of more than one so-many-th of the whole is not kept: it would displace too many others."""

ENTRY_BYTES = 2_000
"""What an entry takes beside its content."""

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
    """Whether the route gave the tag, and so can say whether it is unchanged without making the page."""
    route: str
    """The route's path, for the counts."""
    doing: WorkerState | None = None
    """What the page says about the worker; None where it says nothing that may change."""
    until: float = 0.0
    """Where ``doing`` is set: the time of ``time.monotonic`` up to which its counts hold."""
    packed: bytes = b""
    """The body under gzip, once somebody took it so; empty too where that is not worth while."""

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
        self.bytes = 0
        self._pages: OrderedDict[PageKey, KeptPage] = OrderedDict()

    def __len__(self) -> int:
        return len(self._pages)

    @property
    def max_body(self) -> int:
        """Bytes of the largest body that is kept."""
        return self.max_bytes // MAX_SHARE

    def get(self, key: PageKey) -> KeptPage | None:
        """Return the page last kept under ``key``, true or not."""
        page = self._pages.get(key)
        if page is not None:
            self._pages.move_to_end(key)
        return page

    def keep(self, key: PageKey, page: KeptPage) -> None:
        """Keep ``page`` under ``key`` in place of an earlier one."""
        self.drop(key)
        if page.size > self.max_body:
            return
        self._pages[key] = page
        self.bytes += page.size
        while self.bytes > self.max_bytes:
            _, oldest = self._pages.popitem(last=False)
            self.bytes -= oldest.size

    def drop(self, key: PageKey) -> None:
        """Forget what is kept under ``key``."""
        if (page := self._pages.pop(key, None)) is not None:
            self.bytes -= page.size
