"""Read the parts of a zipped document within bounds: a part that says it is small may unpack to gigabytes."""

import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from lxml import etree

from app.errors import UnreadableFileError

MAX_PART_BYTES = 30_000_000
"""Bytes of one unpacked part. The XML of a novel has some 10 million."""

MAX_PARTS = 20_000

MAX_ELEMENTS = 500_000
"""Elements of a part, which take some three seconds to read; a book of 1,000 pages has some 300,000."""

MAX_DEPTH = 200
"""Elements nested in one another in a document's XML; tables in tables have some 40."""


class Package:
    """A zipped document."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = ZipFile(BytesIO(content))
        except (BadZipFile, OSError, ValueError):
            raise damaged() from None
        self.names = tuple(self._zip.namelist())
        if len(self.names) > MAX_PARTS:
            raise UnreadableFileError(
                f"This document has {len(self.names):,} parts, more than any real one: {MAX_PARTS:,} are the most.",
                "Paste its text.",
            )

    def open(self, name: str) -> "BoundedStream":
        """Return a part's unpacked bytes as a stream, which raises UnreadableFileError beyond ``MAX_PART_BYTES``."""
        try:
            info = self._zip.getinfo(name)
            if info.flag_bits & 1:
                raise password_needed()
            if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
                raise damaged()  # no program writes such documents, and Python would unpack it in one go
            return BoundedStream(self._zip.open(info), MAX_PART_BYTES)
        except (KeyError, BadZipFile, RuntimeError, OSError, zlib.error):
            raise damaged() from None

    def read(self, name: str) -> bytes:
        """Return a part's unpacked bytes; none where there is no such part."""
        if name not in self.names:
            return b""
        with self.open(name) as part:
            return part.read()

    def elements(
        self, name: str, whole: frozenset[str] = frozenset()
    ) -> Iterator[tuple[str, etree._Element]]:
        """Yield ``start`` and ``end`` of each element in a part of XML; an element is empty once its end was taken.

        Elements named in ``whole`` (local names) still have everything inside them at their end. Nothing is yielded
        where there is no such part. Entities and the network are not used.
        """
        if name not in self.names:
            return
        depth = kept = count = 0
        try:
            with self.open(name) as part:
                for event, element in etree.iterparse(
                    part,
                    events=("start", "end"),
                    resolve_entities=False,
                    no_network=True,
                    load_dtd=False,
                    huge_tree=False,
                    remove_comments=True,
                    remove_pis=True,
                ):
                    depth += 1 if event == "start" else -1
                    if depth > MAX_DEPTH:
                        raise damaged()
                    count += 1
                    if count > 2 * MAX_ELEMENTS:
                        raise UnreadableFileError(
                            f"This document has more than {MAX_ELEMENTS:,} elements, as no real one has.",
                            "Bring it in parts, or paste its text.",
                        )
                    if count == 1 and element.getroottree().docinfo.internalDTD is not None:
                        raise damaged()
                    yield event, element
                    is_whole = bool(whole) and etree.QName(element).localname in whole
                    kept += is_whole if event == "start" else -is_whole
                    if event == "end" and (is_whole or not kept):
                        element.clear(keep_tail=True)
                        while not kept and element.getprevious() is not None:
                            del element.getparent()[0]
        except (etree.XMLSyntaxError, BadZipFile, EOFError, zlib.error, OSError):
            raise damaged() from None


class BoundedStream:
    """A stream of at most so many bytes; one byte more raises UnreadableFileError."""

    def __init__(self, stream: IO[bytes], limit: int) -> None:
        self._stream = stream
        self._left = self._limit = limit

    def read(self, size: int = -1) -> bytes:
        """Return up to ``size`` bytes, or all if it is negative."""
        wanted = self._left + 1 if size is None or size < 0 else size
        chunk = self._stream.read(wanted)
        self._left -= len(chunk)
        if self._left < 0:
            raise too_large_inside(self._limit)
        return chunk

    def readline(self, size: int = -1) -> bytes:
        """Return a line of up to ``size`` bytes."""
        line = self._stream.readline(self._left + 1 if size < 0 else size)
        self._left -= len(line)
        if self._left < 0:
            raise too_large_inside(self._limit)
        return line

    def close(self) -> None:
        """Close the stream beneath."""
        self._stream.close()

    def __enter__(self) -> "BoundedStream":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def damaged() -> UnreadableFileError:
    """Return the error for a document that cannot be read to its end."""
    return UnreadableFileError("This document is damaged.", "Open it, and save it again, or paste its text.")


def password_needed() -> UnreadableFileError:
    """Return the error for a document that only a password opens."""
    return UnreadableFileError(
        "This document is protected by a password.", "Open it, and save it without one, or paste its text."
    )


def too_large_inside(limit: int) -> UnreadableFileError:
    """Return the error for a file a part of which unpacks to more than ``limit`` bytes."""
    return UnreadableFileError(
        f"A part of this file unpacks to more than {limit // 1_000_000} MB, as no real document's does.",
        "Bring it in parts, or paste its text.",
    )
