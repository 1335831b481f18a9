"""Articles a line or a file at a time: JSON lines into records, and a folder of texts."""

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from io import BufferedReader
from pathlib import Path
from typing import Any, BinaryIO, cast

from app.errors import InvalidInputError, UnreadableError
from app.permalinks import is_id
from app.sources import Draft
from app.sources.decoding import refuse_unreadable
from app.sources.text import TITLE_LENGTH, draft, read_file, refuse_too_large

ID_LENGTH = 1_000
"""Characters of an import id at most: addresses serve as ids, and a database's index takes no key of any length."""

ENDINGS = (".txt", ".text", ".md", ".markdown")
"""The files of a folder that are read; the others are none of ours."""

_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Record:
    """An article as a line gives it; what only an export tells is None where it is not told."""

    import_id: str
    draft: Draft
    article: str | None = None
    """The public id that it is to have."""
    revision: int | None = None
    """Which of the article's revisions this is, from 1."""
    saved_at: datetime | None = None
    """When it was saved, in UTC."""


def lines(source: BinaryIO, limit: int) -> Iterator[tuple[int, bytes | None, int]]:
    """The number of each line that is not blank, from 1, the line, and how many bytes of ``source`` were read so far.

    A line of more bytes than a record with ``limit`` bytes of text can have is None; it is never held whole. What
    gzip packed is unpacked, which its first bytes tell. Raises UnreadableError where that is damaged, after the lines
    before the damage.
    """
    packed = source if isinstance(source, BufferedReader) else BufferedReader(cast("Any", source))
    plain: Any = packed
    if packed.peek(2)[:2] == _GZIP:
        plain = gzip.GzipFile(fileobj=packed)
    # Text and paragraphs may both be given, and JSON may write a character of two bytes as six.
    longest = 8 * limit + 65_536
    number, read = 0, 0
    try:
        while line := plain.readline(longest):
            number += 1
            whole: bytes | None = line
            while not line.endswith(b"\n") and (line := plain.readline(longest)):
                whole = None
            if whole is None or whole.strip():
                read = packed.tell() if packed.seekable() else read + len(whole or b"")
                yield number, whole, read
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise UnreadableError(
            f"The packed file is damaged after line {number}.",
            "What stood before is read; fetch the file anew.",
        ) from error


def record(line: bytes, limit: int) -> Record:
    """The article that a line of JSON gives: ``id``, ``title``, ``text`` or ``paragraphs``, and what is stated of it.

    Where both are given, ``paragraphs`` are the article and ``text`` is how it was brought. Keys that mean nothing
    here are passed over. Raises VariorumError, in words, for a line that gives no article of at most ``limit`` bytes.
    """
    try:
        given = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise UnreadableError("this is not UTF-8") from None
    except (json.JSONDecodeError, RecursionError) as error:
        raise InvalidInputError(f"this is not JSON ({error})") from None
    if not isinstance(given, dict):
        raise InvalidInputError('a line is an object with "id", "title" and "text" or "paragraphs"')
    told = _draft(given, limit)
    article = given.get("article")
    if article is not None and not (isinstance(article, str) and is_id(article)):
        raise InvalidInputError('"article" is not 16 characters of a-z and 2-7')
    number = given.get("revision")
    if number is not None and not (type(number) is int and 0 < number < 2**31):
        raise InvalidInputError('"revision" is not a number from 1')
    return Record(_import_id(given), told, article, number, _moment(given))


def texts(folder: Path) -> list[Path]:
    """The text files in ``folder`` and the folders in it, in the order of their names."""
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in ENDINGS and path.is_file())


def text_record(folder: Path, path: Path, limit: int) -> Record:
    """The article in a text file: its first line, or its heading in Markdown, is the title, its path the import id.

    Raises VariorumError for a file that is no text or too large, OSError for one that cannot be read.
    """
    with path.open("rb") as file:
        content = file.read(limit + 1)
    name = path.relative_to(folder).as_posix()
    return Record(_checked_id(name), _in_words("", read_file(path.name, content, limit), limit=limit))


def _draft(given: dict[str, Any], limit: int) -> Draft:
    stated = {name: _stated(given, name) for name in ("title", "publisher", "author", "url")}
    text, own = given.get("text"), given.get("paragraphs")
    if own is None:
        if not isinstance(text, str):
            raise InvalidInputError('there is neither "text", a string, nor "paragraphs", a list of strings')
        return _in_words(**stated, text=text, published_on=_day(given), limit=limit)
    if not isinstance(own, list) or not all(isinstance(paragraph, str) for paragraph in own):
        raise InvalidInputError('"paragraphs" is not a list of strings')
    if text is not None and not isinstance(text, str):
        raise InvalidInputError('"text" is not a string')
    # A paragraph is a line: one that came with line ends inside stays one.
    own = [" ".join(paragraph.splitlines()) for paragraph in own]
    joined = "\n\n".join(own)
    if stated["title"].strip() in map(str.strip, own) and (
        len(own) == 1 or len(stated["title"]) > TITLE_LENGTH
    ):
        # The collection's title is a whole paragraph of text: its first words serve instead.
        stated["title"] = ""
    told = _in_words(**stated, text=joined, published_on=_day(given), limit=limit)
    if text is not None:
        refuse_too_large(len(text.encode("utf-8", "surrogatepass")), limit)
        refuse_unreadable(text)
        told = replace(told, text=text)
    return replace(told, furniture=_furniture(given, told))


def _in_words(title: str, text: str, *, limit: int, **stated: Any) -> Draft:
    """What ``draft`` gives, with all that is wrong in one line, since there is no form to mark it in."""
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
    """The date that is given; of a moment, its day, as its own zone has it."""
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
    except ValueError:
        raise InvalidInputError('"saved_at" is not a moment such as 2024-02-05T10:00:00+00:00') from None
    return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)


def _furniture(given: dict[str, Any], told: Draft) -> tuple[int, ...]:
    """The furniture that an export tells of, which rules of another version may have found; else what is guessed."""
    value = given.get("furniture")
    if value is None:
        return told.furniture
    rising = isinstance(value, list) and all(type(index) is int for index in value)
    if not rising or value != sorted({index for index in value if 0 <= index < len(told.paragraphs)}):
        raise InvalidInputError('"furniture" is not a rising list of indices of paragraphs')
    return tuple(value)
