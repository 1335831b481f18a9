"""Read web archives (WARC, WACZ): the page that they were made for, or the one whose address is given."""

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import IO, Any
from urllib.parse import urldefrag

from app.errors import UnreadableFileError
from app.sources.captures.saved_page import Captured
from app.sources.encodings.read import DecodedText, mended, read_text
from app.sources.model import Reading
from app.sources.zipped import BoundedStream, Package, too_large_inside

MAX_PAGE_BYTES = 10_000_000
"""Bytes of one page, unpacked."""

MAX_ARCHIVE_BYTES = 1_000_000_000
"""Bytes of all records, unpacked; they are read one after the other and not kept."""

MAX_PAGES = 2_000
MAX_KEPT_BYTES = 40_000_000
"""Bytes of the pages that are kept until it is known which one is read."""

MAX_TRIED = 8
"""Pages that are searched for an article if the first has none."""

CHUNK = 65_536


_UNPACKED = frozenset({"", "identity", "gzip", "x-gzip", "deflate", "br"})
"""Content codings that are unpacked."""

_CONTROLS = frozenset(range(9))
"""Bytes that occur in no text, in whatever encoding web pages have."""


@dataclass(frozen=True, slots=True)
class CapturedPage:
    """A page in an archive."""

    address: str
    captured_at: str
    declared_type: str
    content: bytes


def read_warc(content: bytes, address: str = "") -> Reading:
    """Return the article of a page in a WARC, plain or packed by gzip.

    That is the one with this ``address``, else the first with an article. Raises UnreadableFileError where there is
    none.
    """
    budget = _Budget()
    return _read(list(_pages(BytesIO(content), budget)), budget, address, "", "WARC")


def read_wacz(content: bytes, address: str = "") -> Reading:
    """Return the article of a page in a WACZ; without an address, of the first that it lists as its own."""
    package = Package(content)
    budget = _Budget()
    pages: list[CapturedPage] = []
    for name in package.names:
        if name.startswith("archive/") and name.endswith((".warc", ".warc.gz")):
            with package.open(name) as archive:
                pages.extend(_pages(archive, budget))
    return _read(pages, budget, address, _main_address(package), "WACZ")


def _read(pages: list[CapturedPage], budget: "_Budget", address: str, main: str, kind: str) -> Reading:
    if not pages and budget.codings:
        coding = ", ".join(sorted(budget.codings))
        raise UnreadableFileError(
            f"The page in this capture ({kind}) was packed by its server ({coding}), which is not unpacked here.",
            "Capture it again by a program that stores pages unpacked, or save the page in your browser.",
        )
    if not pages:
        raise UnreadableFileError(
            f"There is no web page in this capture ({kind}).", "Capture the page again."
        )
    by_address = {_plain(page.address): page for page in reversed(pages)}
    requested = by_address.get(_plain(address)) if address else None
    chosen = requested or by_address.get(_plain(main)) or pages[0]
    try:
        return _article_of(chosen, len(by_address), kind)
    except UnreadableFileError:
        # A capture begins with what was asked for, which may only redirect to the article or ask for consent.
        others = [] if requested else [page for page in pages if page is not chosen][:MAX_TRIED]
        for other in others:
            with suppress(UnreadableFileError):
                return _article_of(other, len(by_address), kind)
        raise


def _article_of(page: CapturedPage, count: int, kind: str) -> Reading:
    """Return the article of a page, one of ``count`` in its capture."""
    from app.sources.html.page import read_page  # here, since lxml takes longer to load than this to be read

    decoded = _text(page)
    notes = list(decoded.notes)
    if count > 1:
        notes.append(
            f"This capture holds {count:,} pages; {page.address} was read. "
            "Name another one's address to read that."
        )
    reading = read_page(decoded.text, page.address, decoded.encoding, notes, kind=kind.lower())
    return Captured("", page.address, page.captured_at, kind).applied_to(reading)


def _text(page: CapturedPage) -> DecodedText:
    _, _, charset = page.declared_type.partition("charset=")
    return mended(read_text(page.content, charset.strip(" \"';").split(";")[0], is_page=True))


class _Budget:
    """What may still be unpacked, and kept."""

    def __init__(self) -> None:
        self.left = MAX_ARCHIVE_BYTES
        self.pages = MAX_PAGES
        self.kept = MAX_KEPT_BYTES
        self.codings: set[str] = set()
        """In which pages came that are not unpacked."""

    def take(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise too_large_inside(MAX_ARCHIVE_BYTES)


def _pages(stream: IO[bytes] | BoundedStream, budget: _Budget) -> Iterator[CapturedPage]:
    from warcio.archiveiterator import ArchiveIterator  # here, since few need it
    from warcio.exceptions import ArchiveLoadFailed

    try:
        for record in ArchiveIterator(stream):
            page = _page(record, budget)
            while chunk := record.raw_stream.read(CHUNK):
                budget.take(len(chunk))
            if page is not None:
                yield page
    except (ArchiveLoadFailed, EOFError, OSError, ValueError, AttributeError, IndexError, OverflowError):
        # A capture may end in the middle of a record; what came before it is whole.
        return


def _page(record: Any, budget: _Budget) -> CapturedPage | None:
    """Return the page in a record; None where it holds none, or an error message of the server."""
    if record.rec_type not in ("response", "resource"):
        return None
    headers = record.http_headers
    declared = (headers.get_header("Content-Type") if headers else None) or record.rec_headers.get_header(
        "Content-Type"
    )
    status = headers.get_statuscode() if headers else "200"
    if (
        not declared
        or "html" not in declared.lower()
        or status != "200"
        or budget.pages <= 0
        or budget.kept <= 0
    ):
        return None
    coding = ((headers.get_header("Content-Encoding") if headers else None) or "").strip().lower()
    if coding not in _UNPACKED:
        budget.codings.add(coding[:20])
        return None
    if coding == "br":
        headers.remove_header(
            "Content-Encoding"
        )  # so that warcio, whose unpacking has no bound, leaves it alone
        content = _unpacked_brotli(record.content_stream())
    else:
        content = record.content_stream().read(MAX_PAGE_BYTES + 1)
    budget.take(len(content))
    if len(content) > MAX_PAGE_BYTES:
        raise too_large_inside(MAX_PAGE_BYTES)
    if len(content) < 200 and b"<" not in content:
        return None
    budget.pages -= 1
    budget.kept -= len(content)
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    date = record.rec_headers.get_header("WARC-Date") or ""
    return CapturedPage(address.strip("<>"), _moment(date), declared, content)


def _unpacked_brotli(packed: IO[bytes]) -> bytes:
    """Return what was packed by Brotli, up to just over the bytes of a page; nothing where it is damaged.

    Some programs store a page unpacked and leave its server's header as it was: bytes that are no Brotli but could be
    text are returned as they came.
    """
    import brotli  # here, since few captures need it

    content = packed.read(MAX_PAGE_BYTES + 1)
    unpacker = brotli.Decompressor()
    unpacked = bytearray()
    try:
        unpacked += unpacker.process(content, output_buffer_limit=CHUNK)
        while not unpacker.can_accept_more_data() and len(unpacked) <= MAX_PAGE_BYTES:
            unpacked += unpacker.process(b"", output_buffer_limit=CHUNK)
    except brotli.error:
        return b"" if _CONTROLS.intersection(content[:1_000]) else content
    return bytes(unpacked)


def _main_address(package: Package) -> str:
    """Return the address of the first page that a WACZ lists."""
    for name in ("pages/pages.jsonl", "pages/extraPages.jsonl"):
        if name not in package.names:
            continue
        with package.open(name) as lines:
            for _ in range(50):
                line = lines.readline(CHUNK)
                if not line:
                    break
                try:
                    stated = json.loads(line)
                except (ValueError, RecursionError):
                    continue
                if isinstance(stated, dict) and isinstance(stated.get("url"), str):
                    return str(stated["url"])
    return ""


def _plain(address: str) -> str:
    return (
        urldefrag(address)
        .url.rstrip("/")
        .removeprefix("https://")
        .removeprefix("http://")
        .removeprefix("www.")
    )


def _moment(date: str) -> str:
    try:
        moment = datetime.fromisoformat(date)
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC).replace(microsecond=0).isoformat()
    except (ValueError, OverflowError):  # in UTC it may be before the year 1
        return ""
