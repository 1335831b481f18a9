"""Read files and pages in a process of its own, bounded in size."""

from app.errors import TooLargeError
from app.services.processes import run_apart
from app.sources.reading import Reading, read_document

MAX_FILE_BYTES = 50_000_000
"""Bytes of a file or page; a newspaper's PDF has some 30 million."""


def read_apart(
    content: bytes,
    *,
    file_name: str = "",
    declared_type: str = "",
    address: str = "",
    encoding: str = "",
) -> Reading:
    """Return what ``read_document`` returns, without making other readers wait.

    Raises TooLargeError above ``MAX_FILE_BYTES``, UnreadableFileError for what holds no text that can be read.
    """
    if len(content) > MAX_FILE_BYTES:
        raise TooLargeError(
            f"This file is too large: the most that is read is {MAX_FILE_BYTES // 1_000_000} MB.",
            "Bring its text alone.",
        )
    return run_apart(len(content), _read, content, file_name, declared_type, address, encoding)


def _read(content: bytes, file_name: str, declared_type: str, address: str, encoding: str) -> Reading:
    return read_document(
        content, file_name=file_name, declared_type=declared_type, address=address, encoding=encoding
    )
