"""``extract --jsonl``: web pages and files in, their articles out, one JSON object a line."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from app.cli.jsonl import answer_lines
from app.collation import document
from app.errors import TooLargeError, UnreadableError
from app.services.reading import read_apart
from app.sources.reading import Reading
from app.sources.records import MAX_FILE_BYTES


def extract_lines(source: BinaryIO, target: BinaryIO, complaints: TextIO) -> int:
    """Answer each good line before the next is read; return how many lines were bad.

    A page or file without readable text is answered too: with no paragraphs, and with why under ``refused``.
    """
    return answer_lines(source, target, complaints, ("id",), _extracted)


def _extracted(given: Mapping[str, Any]) -> str:
    try:
        return document.canonical(_as_json(_read(given)))
    except (UnreadableError, TooLargeError) as error:
        empty = {
            "title": "",
            "author": "",
            "publisher": "",
            "published_on": "",
            "paragraphs": [],
            "furniture": [],
        }
        return document.canonical({**empty, "refused": str(error)})


def _read(given: Mapping[str, Any]) -> Reading:
    html, path = given.get("html"), given.get("path")
    address = given.get("url", "")
    if not isinstance(address, str):
        raise ValueError('"url" is not a string')
    if isinstance(html, str):
        content = html.encode("utf-8", "replace")
        return read_apart(
            content, declared_type="text/html; charset=utf-8", address=address, encoding="utf-8"
        )
    if not isinstance(path, str):
        raise ValueError('there is neither "html" nor "path", a string')
    try:
        content = _content_of(Path(path))
    except (OSError, ValueError) as error:
        raise ValueError(f"{path} cannot be read ({getattr(error, 'strerror', None) or error})") from None
    return read_apart(content, file_name=Path(path).name, address=address)


def _content_of(file: Path) -> bytes:
    """Return the bytes of a file, up to one more than is read of any. Raises ValueError for a pipe or a device."""
    if file.exists() and not file.is_file():
        raise ValueError("it is no file")  # which might never end
    with file.open("rb") as opened:
        return opened.read(MAX_FILE_BYTES + 1)


def _as_json(reading: Reading) -> dict[str, Any]:
    fields = (
        "title",
        "author",
        "publisher",
        "published_on",
        "language",
        "address",
        "captured_at",
        "captured_from",
    )
    stated = {name: getattr(reading, name) for name in fields}
    return {
        **{name: stated[name].value for name in fields},
        "paragraphs": list(reading.paragraphs),
        "furniture": list(reading.extras),
        "format": reading.format,
        "encoding": reading.encoding,
        "sources": {name: stated[name].source for name in fields if stated[name].value},
        "notes": list(reading.notes),
    }
