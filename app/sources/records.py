"""Read articles a line or a file at a time: JSON lines, and folders of documents."""

import gzip
import json
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from io import BufferedReader
from pathlib import Path
from typing import Any, BinaryIO, cast

from app.errors import InvalidInputError, UnreadableError
from app.permalinks import is_id
from app.sources import Draft
from app.sources.decoding import refuse_unreadable
from app.sources.encodings.read import read_text
from app.sources.model import Reading
from app.sources.text import FIELD_LENGTH, TITLE_LENGTH, draft, refuse_too_large

ID_LENGTH = 1_000
"""Characters of an import id: addresses serve as ids, and a database index does not take keys of any length."""

ENDINGS = tuple(
    f".{ending}"
    for ending in "txt text md markdown html htm xhtml mhtml mht docx odt rtf pdf eml warc warc.gz wacz".split()
)
"""The files of a folder that are read, in whatever format they are; others are ignored."""

Read = Callable[[bytes, str], Reading]
"""Reads a file, given its name."""

MAX_FILE_BYTES = 50_000_000
"""Bytes of a file that are read; a newspaper's PDF has some 30 million."""

_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Record:
    """An article as a line gives it; fields that only an export has are None otherwise."""

    import_id: str
    draft: Draft
    article: str | None = None
    """The public id it is to have."""
    revision: int | None = None
    """Which of the article's revisions this is, from 1."""
    saved_at: datetime | None = None
    """When it was saved, in UTC."""


def lines(source: BinaryIO, limit: int) -> Iterator[tuple[int, bytes | None, int]]:
    """Yield the number of each line that is not blank, from 1, the line, and the bytes of ``source`` read so far.

    A line longer than any record with ``limit`` bytes of text is None, and never in memory whole. Gzip is recognized by
    its first bytes and unpacked. Raises UnreadableError for a damaged archive, after the lines before the damage.
    """
    packed = source if isinstance(source, BufferedReader) else BufferedReader(cast("Any", source))
    plain: Any = packed
    if packed.peek(2)[:2] == _GZIP:
        plain = gzip.GzipFile(fileobj=packed)
    # Text and paragraphs may both be given, and JSON may write a character of two bytes as six.
    max_line = 8 * limit + 65_536
    number, read = 0, 0
    try:
        while line := plain.readline(max_line):
            number += 1
            whole: bytes | None = line
            while not line.endswith(b"\n") and (line := plain.readline(max_line)):
                whole = None
            if whole is None or whole.strip():
                read = packed.tell() if packed.seekable() else read + len(whole or b"")
                yield number, whole, read
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise UnreadableError(
            f"The packed file is damaged after line {number}.",
            "The part before it was read; fetch the file again.",
        ) from error


def parse_record(line: bytes, limit: int) -> Record:
    """Return the article in a line of JSON: ``id``, ``title``, ``text`` or ``paragraphs``, and what is stated about it.

    If both are given, ``paragraphs`` are the article and ``text`` is how it was submitted. Unknown keys are ignored.
    Raises VariorumError for a line that gives no article of at most ``limit`` bytes.
    """
    try:
        given = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise UnreadableError("this is not UTF-8") from None
    except json.JSONDecodeError as error:
        raise InvalidInputError(f"this is not JSON ({error})") from None
    except RecursionError:
        raise InvalidInputError("this is not JSON that can be read: it is nested too deeply") from None
    except ValueError:  # as Python says it, of a number of more than 4,300 digits
        raise InvalidInputError("this is not JSON that can be read: a number in it is too long") from None
    if not isinstance(given, dict):
        raise InvalidInputError('a line is an object with "id", "title" and "text" or "paragraphs"')
    read = _draft(given, limit)
    article = given.get("article")
    if article is not None and not (isinstance(article, str) and is_id(article)):
        raise InvalidInputError('"article" is not 16 characters of a-z and 2-7')
    number = given.get("revision")
    if number is not None and not (type(number) is int and 0 < number < 2**31):
        raise InvalidInputError('"revision" is not a number from 1')
    return Record(_import_id(given), read, article, number, _moment(given))


def documents(folder: Path) -> list[Path]:
    """Return the files in ``folder`` and its subfolders that may hold articles, sorted by path."""
    return sorted(
        path for path in folder.rglob("*") if path.name.lower().endswith(ENDINGS) and path.is_file()
    )


def document_record(folder: Path, path: Path, read: Read, limit: int) -> Record:
    """Return the article in a file, with what the file states about it; its path in the folder is the import id.

    Of a plain text the first line is the title, and the text is kept as it is. Raises VariorumError for a file that
    holds no text, or one of more than ``limit`` bytes; OSError for one that cannot be read.
    """
    with path.open("rb") as file:
        content = file.read(MAX_FILE_BYTES + 1)
    return content_record(path.relative_to(folder).as_posix(), content, read, limit)


def content_record(name: str, content: bytes, read: Read, limit: int) -> Record:
    """Return the article in a file's ``content``; ``name``, its path in its folder, is the import id."""
    reading = read(content, name.rsplit("/", 1)[-1])
    if reading.format == "text":
        refuse_too_large(len(content), limit)
        return Record(_checked_id(name), _in_words("", read_text(content).text, limit=limit))
    return Record(_checked_id(name), _draft_of(reading, limit))


def _draft_of(reading: Reading, limit: int) -> Draft:
    lines = [block.text for block in reading.blocks]
    read = _in_words(
        reading.title.value[:TITLE_LENGTH],
        "\n\n".join(lines),
        publisher=reading.publisher.value[:FIELD_LENGTH],
        author=reading.author.value[:FIELD_LENGTH],
        published_on=reading.published_on.value,
        url=reading.address.value,
        limit=limit,
    )
    before = len(read.paragraphs) - len(lines)  # the title may have been put before them
    extras = (index + before for index, block in enumerate(reading.blocks) if block.is_extra)
    return replace(read, furniture=tuple(extras))


def _draft(given: dict[str, Any], limit: int) -> Draft:
    stated = {name: _stated(given, name) for name in ("title", "publisher", "author", "url")}
    text, paragraphs = given.get("text"), given.get("paragraphs")
    if paragraphs is None:
        if not isinstance(text, str):
            raise InvalidInputError('there is neither "text", a string, nor "paragraphs", a list of strings')
        return _in_words(**stated, text=text, published_on=_day(given), limit=limit)
    if not isinstance(paragraphs, list) or not all(isinstance(paragraph, str) for paragraph in paragraphs):
        raise InvalidInputError('"paragraphs" is not a list of strings')
    if text is not None and not isinstance(text, str):
        raise InvalidInputError('"text" is not a string')
    # A paragraph is a line: one with line ends inside stays one paragraph.
    paragraphs = [" ".join(paragraph.splitlines()) for paragraph in paragraphs]
    joined = "\n\n".join(paragraphs)
    if stated["title"].strip() in map(str.strip, paragraphs) and (
        len(paragraphs) == 1 or len(stated["title"]) > TITLE_LENGTH
    ):
        # The title given is a whole paragraph of text: use its first words instead.
        stated["title"] = ""
    read = _in_words(**stated, text=joined, published_on=_day(given), limit=limit)
    if text is not None:
        refuse_too_large(len(text.encode("utf-8", "surrogatepass")), limit)
        refuse_unreadable(text)
        read = replace(read, text=text)
    return replace(read, furniture=_furniture(given, read))


def _in_words(title: str, text: str, *, limit: int, **stated: Any) -> Draft:
    """Return what ``draft`` returns; put all that is wrong into one line, since there is no form to mark it in."""
    try:
        return draft(title, text, limit=limit, **stated)
    except InvalidInputError as error:
        if not error.fields:
            raise
        raise InvalidInputError("; ".join(f"{name}: {says}" for name, says in error.fields.items())) from None


def _stated(given: dict[str, Any], name: str) -> str:
    value = given.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise InvalidInputError(f'"{name}" is not a string')
    return value


def _import_id(given: dict[str, Any]) -> str:
    value = given.get("id")
    if type(value) is int:
        value = str(value)
    if not isinstance(value, str) or not value:
        raise InvalidInputError('there is no "id", a string')
    return _checked_id(value)


def _checked_id(value: str) -> str:
    if len(value) > ID_LENGTH:
        raise InvalidInputError(f'"id" is too long: {ID_LENGTH:,} characters are the most')
    if "\0" in value or value.encode("utf-8", "replace") != value.encode("utf-8", "surrogatepass"):
        raise InvalidInputError('"id" holds what no text holds (NUL, or halves of characters)')
    return value


def _day(given: dict[str, Any]) -> str | date:
    """Return the date given; of a timestamp, the day in its own time zone."""
    value = _stated(given, "published_on").strip()
    try:
        return datetime.fromisoformat(value).date()
    except ValueError:
        return value


def _moment(given: dict[str, Any]) -> datetime | None:
    value = _stated(given, "saved_at")
    if not value:
        return None
    try:
        moment = datetime.fromisoformat(value)
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):  # in UTC it may be before the year 1
        raise InvalidInputError('"saved_at" is not a moment such as 2024-02-05T10:00:00+00:00') from None


def _furniture(given: dict[str, Any], read: Draft) -> tuple[int, ...]:
    """Return the boilerplate that an export states, perhaps found by other rules than ours; else what was guessed."""
    value = given.get("furniture")
    if value is None:
        return read.furniture
    are_indices = isinstance(value, list) and all(type(index) is int for index in value)
    if not are_indices or value != sorted({i for i in value if 0 <= i < len(read.paragraphs)}):
        raise InvalidInputError('"furniture" is not a rising list of indices of paragraphs')
    return tuple(value)
