"""Parse a MIME message without copying it: parts are located by their offsets, and each is decoded only on demand."""

import binascii
import quopri
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import default
from itertools import islice

from app.errors import UnreadableFileError

MAX_PARTS = 500
MAX_DEPTH = 20
MAX_HEADER_BYTES = 50_000


@dataclass(frozen=True, slots=True)
class MimePart:
    """One part of a message: its headers, and where its content is."""

    headers: Message
    content: bytes
    """The whole message's bytes."""
    start: int
    end: int

    @property
    def type(self) -> str:
        """The content type in small letters, such as ``text/html``."""
        return self.headers.get_content_type()

    def header(self, name: str) -> str:
        """Return a header as one line of text; empty where there is none, or it cannot be read."""
        try:
            return " ".join(str(self.headers.get(name, "")).split())
        except (
            ValueError,
            LookupError,
            IndexError,
            AttributeError,
        ):  # the parser trips over some broken headers
            return ""

    @property
    def charset(self) -> str:
        """The label of the encoding; empty where none is declared."""
        return (
            str(self.headers.get_param("charset") or "")
            if self.headers.get_content_maintype() == "text"
            else ""
        )

    def decoded(self, limit: int) -> bytes:
        """Return the content without its transfer encoding. Raises UnreadableFileError above ``limit`` bytes."""
        content = self._decoded(limit)
        if len(content) > limit:
            raise UnreadableFileError(
                f"The text in this file has more than {limit // 1_000_000} MB, as no message or page has.",
                "Bring it in parts, or paste its text.",
            )
        return content

    def _decoded(self, limit: int) -> bytes:
        raw = self.content[self.start : min(self.end, self.start + 4 * limit)]
        encoding = self.header("Content-Transfer-Encoding").lower()
        if encoding == "quoted-printable":
            return quopri.decodestring(raw)
        if encoding == "base64":
            letters = b"".join(raw.split())
            letters = letters[: len(letters) // 4 * 4]
            try:
                return binascii.a2b_base64(letters)
            except binascii.Error:
                return b""
        return raw[: limit + 1]


def leaves(content: bytes) -> tuple[MimePart, list[MimePart]]:
    """Return the message itself, and the parts in it that are not made of others, in order."""
    message = _part(content, 0, len(content))
    return message, list(islice(_leaves(message, 0), MAX_PARTS))


def attached_messages(message: MimePart) -> Iterator[tuple[int, int]]:
    """Yield where each message starts and ends that was attached to this one as a whole."""
    yield from islice(_attached(message, 0), MAX_PARTS)


def _attached(part: MimePart, depth: int) -> Iterator[tuple[int, int]]:
    boundary = str(part.headers.get_param("boundary") or "")
    if part.headers.get_content_maintype() == "multipart" and boundary and depth < MAX_DEPTH:
        for start, end in _places(part, boundary.encode("utf-8", "replace")):
            yield from _attached(_part(part.content, start, end), depth + 1)
    elif part.type == "message/rfc822":
        yield part.start, part.end


def _leaves(part: MimePart, depth: int) -> Iterator[MimePart]:
    boundary = str(part.headers.get_param("boundary") or "")
    if part.headers.get_content_maintype() == "multipart" and boundary and depth < MAX_DEPTH:
        for start, end in _places(part, boundary.encode("utf-8", "replace")):
            yield from _leaves(_part(part.content, start, end), depth + 1)
    elif part.type == "message/rfc822" and depth < MAX_DEPTH:
        yield from _leaves(_part(part.content, part.start, part.end), depth + 1)
    else:
        yield part


def _places(part: MimePart, boundary: bytes) -> Iterator[tuple[int, int]]:
    """Yield where each part between the boundary's lines starts and ends."""
    line = b"--" + boundary
    content, place, started = part.content, part.start, -1
    for _ in range(MAX_PARTS):
        place = content.find(line, place, part.end)
        if place < 0:
            break
        if place > part.start and content[place - 1 : place] != b"\n":
            place += len(line)
            continue
        if started >= 0:
            yield started, place
        if content[place + len(line) : place + len(line) + 2] == b"--":
            return
        following = content.find(b"\n", place, part.end)
        if following < 0:
            return
        place = started = following + 1
    if started >= 0:
        yield started, part.end


def _part(content: bytes, start: int, end: int) -> MimePart:
    """Return the part with its headers parsed, which an empty line ends."""
    window = content[start : min(end, start + MAX_HEADER_BYTES)]
    ends = [(place, len(mark)) for mark in (b"\r\n\r\n", b"\n\n") if (place := window.find(mark)) >= 0]
    if window[:1] in (b"\r", b"\n"):
        ends.append((0, 2 if window[:2] == b"\r\n" else 1))
    place, length = min(ends, default=(len(window), 0))
    headers = BytesHeaderParser(policy=default).parsebytes(window[:place])
    return MimePart(headers, content, start + place + length, end)
