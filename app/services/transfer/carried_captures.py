"""Captures in an export and an import: where revisions came from and, on request, the bytes, verified."""

import base64
import binascii
import hashlib
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session

from app.db.queries import intake as intake_queries
from app.db.tables.captures import CaptureRow
from app.errors import InvalidInputError
from app.permalinks import is_id
from app.sources.records import MAX_FILE_BYTES

_TEXTS = ("kind", "address", "page", "file_name", "media_type", "sha256", "text_digest", "language")
_MAX_CHARS = {"kind": 20, "page": 16, "sha256": 64, "text_digest": 64, "language": 35}


@dataclass(frozen=True, slots=True)
class CaptureBytes:
    """The bytes of a capture that a line of an export gives, verified."""

    number: int
    """Of the line, from 1."""
    capture: str
    sha256: str
    content: bytes
    """Compressed by zlib."""


def capture_fields(row: CaptureRow) -> dict[str, Any]:
    """Return a capture as the line of its revision gives it, without its bytes."""
    return {
        "id": row.id,
        "captured_at": row.captured_at.isoformat(),
        **{name: getattr(row, name) for name in _TEXTS},
        "size": row.size,
        "sources": row.sources,
    }


def bytes_fields(row: CaptureRow) -> dict[str, Any]:
    """Return the line that gives a capture's bytes."""
    content = base64.b64encode(row.content or b"").decode()
    return {"capture": row.id, "sha256": row.sha256, "content": content}


def parse_captures(given: Any) -> tuple[Mapping[str, Any], ...]:
    """Return the captures that a revision's line gives, as the columns of their rows. Raises InvalidInputError."""
    if given is None:
        return ()
    if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
        raise InvalidInputError('"captures" is not a list of objects')
    return tuple(map(_columns, given))


def _columns(given: dict[str, Any]) -> dict[str, Any]:
    texts = {name: given.get(name, "") for name in _TEXTS}
    sources, size = given.get("sources", {}), given.get("size", 0)
    try:
        moment = datetime.fromisoformat(given.get("captured_at", ""))
    except (TypeError, ValueError):
        raise InvalidInputError('"captured_at" of a capture is not a moment') from None
    if (
        not (isinstance(given.get("id"), str) and is_id(given["id"]))
        or not all(_is_text(value, _MAX_CHARS.get(name, 4_000)) for name, value in texts.items())
        or not (not texts["address"] or texts["address"].startswith(("https://", "http://")))
        or type(size) is not int
        or not 0 <= size < 2**31
        or not isinstance(sources, dict)
        or not all(_is_text(text, 100) for pair in sources.items() for text in pair)
    ):
        raise InvalidInputError("a capture is not as an export writes it")
    return {
        "id": given["id"],
        "captured_at": moment.replace(tzinfo=moment.tzinfo or UTC),
        **texts,
        "size": size,
        "sources": sources,
    }


def _is_text(value: Any, max_chars: int) -> bool:
    return (
        isinstance(value, str)
        and len(value) <= max_chars
        and "\0" not in value
        and value.encode("utf-8", "replace") == value.encode("utf-8", "surrogatepass")
    )


def parse_bytes(given: Mapping[str, Any], number: int) -> CaptureBytes:
    """Return the bytes that a line gives. Raises InvalidInputError for others than their SHA-256 is of."""
    capture, sha256, content = given.get("capture"), given.get("sha256"), given.get("content")
    if not (
        isinstance(capture, str) and is_id(capture) and isinstance(sha256, str) and isinstance(content, str)
    ):
        raise InvalidInputError("the bytes of a capture are not as an export writes them")
    try:
        packed = base64.b64decode(content, validate=True)
    except (ValueError, binascii.Error):
        raise InvalidInputError("the bytes of a capture are not in base64") from None
    if reason := reason_against(packed, sha256):
        raise InvalidInputError(f"the bytes of capture {capture} {reason}")
    return CaptureBytes(number, capture, sha256, packed)


def reason_against(packed: bytes, sha256: str) -> str:
    """Return what is wrong with a capture's compressed bytes, in words; empty where nothing is."""
    unpacking = zlib.decompressobj()
    try:
        content = unpacking.decompress(packed, MAX_FILE_BYTES + 1)
    except zlib.error:
        return "cannot be unpacked"
    if len(content) > MAX_FILE_BYTES:
        return "unpack to more than is ever kept"
    if not unpacking.eof or hashlib.sha256(content).hexdigest() != sha256:
        return "are not those that were captured (their SHA-256 is another)"
    return ""


def new_rows(
    session: Session, article: str, revision: str, captures: tuple[Mapping[str, Any], ...]
) -> Iterator[CaptureRow]:
    """Yield the rows of those captures that are not stored yet."""
    for columns in captures:
        if intake_queries.capture(session, columns["id"]) is None:
            yield CaptureRow(article=article, revision=revision, is_kept=False, content=None, **columns)


def store_bytes(session: Session, arrival: CaptureBytes, max_bytes: int) -> str:
    """Store the bytes of a capture, up to ``max_bytes``, and return what is wrong, in words; empty where nothing is."""
    row = intake_queries.capture(session, arrival.capture)
    if row is None or row.sha256 != arrival.sha256:
        return f"capture {arrival.capture}, whose bytes these are, is not here"
    if row.content is None and len(arrival.content) <= max_bytes:
        row.is_kept, row.content = True, arrival.content
        session.add(row)
    return ""
