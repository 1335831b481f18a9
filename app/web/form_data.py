"""What a form sent: its fields and files as they were typed, read strictly and within bounds."""

import re
from binascii import a2b_qp
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Annotated
from urllib.parse import unquote_to_bytes

from fastapi import Depends, Request
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import Field, File, create_form_parser

from app.errors import InvalidInputError
from app.web.errors import UnreadableFormError

MAX_FIELDS = 50

MAX_MEMORY_BYTES = 1_000_000
"""Bytes of a file that is taken apart in memory; a larger one on disk, as its bytes are in memory already."""

MAX_STRAY_PERCENTS = 1_000
"""Percent signs that escape nothing. Browsers send none, and each takes longer to read than one that does."""

_STRAY_PERCENT = re.compile(rb"%(?![0-9A-Fa-f]{2})")

UNQUOTED_AT_ONCE = 1 << 16
"""Bytes of a field that are unquoted at a time."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent: the name it had there, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Submission:
    """A form as it was sent."""

    fields: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, Upload] = field(default_factory=dict)
    uploads: tuple[Upload, ...] = ()
    """All files in the order in which they were sent, however many have one name."""
    undecodable: frozenset[str] = frozenset()
    """Names of fields whose bytes are no UTF-8; ``fields`` has no text for them."""

    def text(self, name: str) -> str:
        r"""Return the field's text, with line ends as \n (browsers send \r\n); empty where it was not sent.

        >>> Submission({"text": "One.\r\nTwo."}).text("text")
        'One.\nTwo.'
        """
        return self.fields.get(name, "").replace("\r\n", "\n")

    def line(self, name: str) -> str:
        """Return the field's text without white space at its ends."""
        return self.text(name).strip()


async def _body(request: Request) -> list[bytes]:
    return [part async for part in request.stream() if part]


def submission(request: Request, body: Annotated[list[bytes], Depends(_body)]) -> Submission:
    """Return the form that ``request`` sent, urlencoded or multipart; raises UnreadableFormError when it is neither.

    Read here and not by the framework, which takes undecodable bytes for Latin-1 or replaces them silently.
    The body's size is bounded before it comes here (``app.web.middleware``). Its parts are taken out of ``body`` as
    they are read, so that a large file is not held twice.
    """
    content_type = request.headers.get("content-type", "")
    kind = content_type.partition(";")[0].strip().lower()
    try:
        if kind == "application/x-www-form-urlencoded":
            return _urlencoded(b"".join(body))
        if kind == "multipart/form-data":
            return _multipart(content_type, body)
    except (FormParserError, ValueError) as error:
        raise _unreadable() from error
    raise _unreadable()


def _unreadable() -> UnreadableFormError:
    return UnreadableFormError(
        "What was sent is no form that this program can read, so nothing was done.",
        "Open the page with the form and send it from there.",
    )


def _urlencoded(body: bytes) -> Submission:
    if not body.isascii():
        raise ValueError("bytes that are not quoted")
    if body.count(b"&") >= MAX_FIELDS:
        raise ValueError("too many fields")
    if next(islice(_STRAY_PERCENT.finditer(body), MAX_STRAY_PERCENTS, None), None):
        raise ValueError("too many signs that quote nothing")
    fields: dict[str, bytes] = {}
    for pair in filter(None, body.split(b"&")):
        name, _, value = pair.partition(b"=")
        fields[_unquoted(name).decode("utf-8", "surrogateescape")] = _unquoted(value)
    return _checked(fields, {}, ())


def _unquoted(value: bytes) -> bytes:
    """Return what was quoted, part by part, so that no other thread waits for all of it."""
    value = value.replace(b"+", b" ")
    parts: list[bytes] = []
    start = 0
    while start < len(value):
        end = start + UNQUOTED_AT_ONCE
        cut = value.rfind(b"%", end - 2, end)  # no part ends inside a quoted byte
        end = cut if cut >= 0 else end
        parts.append(_unquoted_part(value[start:end]))
        start = end
    return b"".join(parts)


def _unquoted_part(part: bytes) -> bytes:
    """Return the bytes that ``part`` quotes.

    Mail quotes bytes in the same way but with another sign, and the library reads that in a seventh of the time: its
    function for forms makes an object of each byte. In mail a line's end, and a sign that quotes nothing, mean more.
    """
    if b"%" not in part or b"\n" in part or b"\r" in part or _STRAY_PERCENT.search(part):
        return unquote_to_bytes(part)
    return a2b_qp(part.replace(b"=", b"=3D").replace(b"%", b"="))


def _multipart(content_type: str, body: list[bytes]) -> Submission:
    fields: dict[str, bytes] = {}
    files: dict[str, Upload] = {}
    uploads: list[Upload] = []

    def on_field(sent: Field) -> None:
        if len(fields) + len(uploads) >= MAX_FIELDS:
            raise FormParserError("too many fields")
        fields[_name(sent.field_name)] = sent.value or b""

    def on_file(sent: File) -> None:
        if len(fields) + len(uploads) >= MAX_FIELDS:
            raise InvalidInputError(
                f"More than {MAX_FIELDS - 2} files at once are not taken. Nothing was read.",
                "Go back and bring fewer at a time.",
            )
        sent.file_object.seek(0)
        content = sent.file_object.read()
        sent.close()
        if content or sent.file_name:  # a file field where nothing was chosen comes empty and without a name
            uploads.append(Upload(_name(sent.file_name), content))
            files[_name(sent.field_name)] = uploads[-1]

    parser = create_form_parser(
        {"Content-Type": content_type.encode("latin-1")},
        on_field,
        on_file,
        config={"MAX_MEMORY_FILE_SIZE": MAX_MEMORY_BYTES},
    )
    body.reverse()
    while body:
        parser.write(body.pop())
    parser.finalize()
    submission = _checked(fields, dict(files), uploads)
    # The parser and its callbacks refer to one another, and so keep these alive until the garbage collector runs.
    fields.clear()
    files.clear()
    uploads.clear()
    return submission


def _name(raw: bytes | None) -> str:
    return (raw or b"").decode("utf-8", "replace")


def _checked(
    fields: Mapping[str, bytes], files: Mapping[str, Upload], uploads: Sequence[Upload]
) -> Submission:
    texts: dict[str, str] = {}
    undecodable: set[str] = set()
    for name, value in fields.items():
        try:
            texts[name] = value.decode("utf-8")
        except UnicodeDecodeError:
            undecodable.add(name)
    return Submission(texts, files, tuple(uploads), frozenset(undecodable))


Submitted = Annotated[Submission, Depends(submission)]
