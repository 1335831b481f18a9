"""Read strangers' files and pages in a process of its own, bounded in size, time and memory."""

from collections.abc import Callable
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TypeVar

from app.errors import TooLargeError, UnreadableFileError
from app.services.processes import WorkEndedError, run_bounded
from app.sources.reading import Reading, read_document
from app.sources.records import MAX_FILE_BYTES

Made = TypeVar("Made")

SECONDS = 4.0
"""Processor time for a file, ten times what pages and documents take: with what comes before and after it, a request
takes less than five seconds, whether the file is read or given up."""

MAX_SENT_BYTES = 2_000_000
"""Bytes of the largest file that is sent to that process; it reads a larger one from disk, without copies."""

MAX_DATA_BYTES = 240_000_000
"""Memory of the process that reads, its libraries' code of some 40 megabytes not counted."""

PLAIN_BYTES = 60_000
"""Bytes of the largest plain text that is read in this process: what reads it is our own and takes milliseconds."""


def read_apart(
    content: bytes,
    *,
    file_name: str = "",
    declared_type: str = "",
    address: str = "",
    encoding: str = "",
) -> Reading:
    """Return what ``read_document`` returns, without making other readers wait.

    Raises TooLargeError above ``MAX_FILE_BYTES``, UnreadableFileError for what holds no text that can be read, and for
    what takes more time or memory than any real file.
    """
    return make_apart(
        _as_read,
        content,
        file_name=file_name,
        declared_type=declared_type,
        address=address,
        encoding=encoding,
    )


def make_apart(
    make: Callable[[Reading, bytes], Made],
    content: bytes,
    *,
    file_name: str = "",
    declared_type: str = "",
    address: str = "",
    encoding: str = "",
) -> Made:
    """Return what ``make`` makes of what is read and its bytes, in the process that reads them.

    Raises what ``make`` and ``read_apart`` raise.
    """
    if len(content) > MAX_FILE_BYTES:
        raise TooLargeError(
            f"This file is too large: the most that is read is {MAX_FILE_BYTES // 1_000_000} MB.",
            "Bring it in parts, or paste its text.",
        )
    given = (file_name, declared_type, address, encoding)
    if (
        len(content) <= PLAIN_BYTES
        and content[:200].isascii()
        and content[:1].isalnum()
        and b"<" not in content
    ):
        return _made(make, content, *given)
    made: Made
    try:
        if len(content) <= MAX_SENT_BYTES:
            made = run_bounded(SECONDS, MAX_DATA_BYTES, _made, make, content, *given)
            return made
        with NamedTemporaryFile() as file:
            file.write(content)
            file.flush()
            made = run_bounded(SECONDS, MAX_DATA_BYTES, _made_of_file, make, file.name, *given)
            return made
    except WorkEndedError:
        raise UnreadableFileError(
            f"Reading this file was given up: it took more than {SECONDS:.0f} seconds of processor time, or more "
            "memory than a file may take.",
            "Bring it in parts, or paste its text.",
        ) from None


def _as_read(reading: Reading, content: bytes) -> Reading:
    return reading


def _made_of_file(make: Callable[[Reading, bytes], Made], path: str, *given: str) -> Made:
    return _made(make, Path(path).read_bytes(), *given)


def _made(
    make: Callable[[Reading, bytes], Made],
    content: bytes,
    file_name: str,
    declared_type: str,
    address: str,
    encoding: str,
) -> Made:
    reading = read_document(
        content, file_name=file_name, declared_type=declared_type, address=address, encoding=encoding
    )
    return make(reading, content)
