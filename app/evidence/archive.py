"""The canonical zip: exactly one sequence of bytes for a set of members, and what each byte of it belongs to.

Members are stored uncompressed, sorted by name, dated 1980-01-01, without flags, extra fields or comments
(docs/evidence.md). So a file unpacks to no more than its own size, and each byte has one place that can be named.
"""

import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

MAX_BYTES = 256_000_000
"""Bytes of an evidence file: two texts of 2 MB make some 60 million, each capture at most 20 million more."""

MAX_MEMBERS = 1_000

MAX_LISTED = 20_000
"""Members of a zip that are read from its two lists, so that of too many it can be said how many."""

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_FIXED = (20, 0, 0, 0, 0x21)
"""Version needed, flags, method (stored), time and date of each header."""
_BEGINNING = struct.pack("<4s5H", b"PK\x03\x04", *_FIXED)
"""How each member's header begins."""


Content = bytes | memoryview
"""A member's bytes: a view of the file that they were read from, so that a large one is in memory once."""


@dataclass(frozen=True, slots=True)
class ZipMember:
    """A member as one of the zip's two lists has it."""

    name: str
    crc: int
    """CRC-32 as the list states it."""
    content: Content


def write(members: Mapping[str, Content]) -> bytes:
    """Return the canonical zip of ``members``; names are ASCII.

    >>> import io, zipfile
    >>> zipfile.ZipFile(io.BytesIO(write({"b.txt": b"two", "a.txt": b"one"}))).namelist()
    ['a.txt', 'b.txt']
    """
    return b"".join(_parts(members))


def first_difference(data: bytes, members: Mapping[str, Content]) -> int | None:
    """Return the offset of the first byte in which ``data`` is not the canonical zip of ``members``; None if it is."""
    view = memoryview(data)
    at = 0
    for part in _parts(members):
        written = view[at : at + len(part)]
        if written != part:
            differing = (
                place for place, pair in enumerate(zip(written, part, strict=False)) if pair[0] != pair[1]
            )
            return at + next(differing, min(len(written), len(part)))
        at += len(part)
    return None if at == len(data) else at


def _parts(members: Mapping[str, Content]) -> Iterator[Content]:
    """Yield the canonical zip in pieces."""
    directory: list[bytes] = []
    offset = 0
    for name, content in sorted(members.items()):
        encoded, crc, size = name.encode("ascii"), zlib.crc32(content), len(content)
        yield _LOCAL.pack(b"PK\x03\x04", *_FIXED, crc, size, size, len(encoded), 0)
        yield encoded
        yield content
        fields = (20, *_FIXED, crc, size, size, len(encoded), 0, 0, 0, 0, 0, offset)
        directory.append(_CENTRAL.pack(b"PK\x01\x02", *fields) + encoded)
        offset += _LOCAL.size + len(encoded) + size
    listed = b"".join(directory)
    yield listed
    yield _END.pack(b"PK\x05\x06", 0, 0, len(directory), len(directory), len(listed), offset, 0)


def by_directory(data: bytes) -> list[ZipMember] | None:
    """Return the members as the directory at the end lists them; None where it is not as ``write`` makes it."""
    if len(data) < _END.size or data[-_END.size : -_END.size + 4] != b"PK\x05\x06":
        return None
    _, disk, first_disk, count, total, size, begin, comment = _END.unpack(data[-_END.size :])
    if (disk, first_disk, comment) != (0, 0, 0) or count != total or begin + size + _END.size != len(data):
        return None
    if count > MAX_LISTED:
        return None
    members = []
    view = memoryview(data)
    at, offset = begin, 0
    for _ in range(count):
        if at + _CENTRAL.size > len(data):
            return None
        (
            signature,
            made_by,
            *fixed,
            crc,
            packed,
            length,
            name_length,
            extra,
            note,
            disk,
            inner,
            outer,
            start,
        ) = _CENTRAL.unpack_from(data, at)
        if (signature, made_by, *fixed) != (b"PK\x01\x02", 20, *_FIXED) or packed != length:
            return None
        if (extra, note, disk, inner, outer) != (0, 0, 0, 0, 0) or start != offset:
            return None
        name = data[at + _CENTRAL.size : at + _CENTRAL.size + name_length]
        content = offset + _LOCAL.size + name_length
        if len(name) != name_length or content + length > begin:
            return None
        members.append(ZipMember(_text(name), crc, view[content : content + length]))
        at += _CENTRAL.size + name_length
        offset = content + length
    return members if offset == begin and at == begin + size else None


def by_headers(data: bytes) -> tuple[list[ZipMember], bool, list[str]]:
    """Return the members by the headers before each, and whether these follow one another without a gap.

    After a header in another form than ours, which is damaged or was added, the next one in ours is looked for; the
    names in those others come third.
    """
    members: list[ZipMember] = []
    others: list[str] = []
    view = memoryview(data)
    is_whole = True
    at = 0
    while data[at : at + 4] != b"PK\x01\x02" and len(members) <= MAX_LISTED:
        if data[at : at + len(_BEGINNING)] != _BEGINNING or at + _LOCAL.size > len(data):
            is_whole = False
            following = _after_another(data, at, others)
            if following < 0:
                break
            at = following
            continue
        *_, crc, packed, size, name_length, extra = _LOCAL.unpack_from(data, at)
        name = data[at + _LOCAL.size : at + _LOCAL.size + name_length]
        begin = at + _LOCAL.size + name_length
        if packed == size and extra and zlib.crc32(view[begin + extra : begin + extra + size]) == crc:
            is_whole = False  # another program's extra fields, and not a damaged count of them
            members.append(ZipMember(_text(name), crc, view[begin + extra : begin + extra + size]))
            at = begin + extra + size
            continue
        if packed != size or extra or begin + size > len(data):
            is_whole = False
            following = data.find(_BEGINNING, at + 1)
            members.append(ZipMember(_text(name), crc, view[begin : following if following > 0 else None]))
            if following < 0:
                break
            at = following
            continue
        members.append(ZipMember(_text(name), crc, view[begin : begin + size]))
        at = begin + size
    return members, is_whole, others


def _after_another(data: bytes, at: int, names: list[str]) -> int:
    """Return where the next header may be after one that is not in our form, whose name goes to ``names``; else -1."""
    if data[at : at + 4] == b"PK\x03\x04" and at + _LOCAL.size <= len(data) and len(names) <= MAX_LISTED:
        packed, _, name_length, extra = map(int, _LOCAL.unpack_from(data, at)[-4:])
        begin = at + _LOCAL.size
        names.append(_text(data[begin : begin + name_length]))
        end = begin + name_length + extra + packed
        if data[end : end + 2] == b"PK":
            return end
    return data.find(_BEGINNING, at + 1)


def size_of(members: Mapping[str, Content]) -> int:
    """Return how many bytes the canonical zip has."""
    return (
        sum(_LOCAL.size + _CENTRAL.size + 2 * len(name) + len(members[name]) for name in members) + _END.size
    )


def place(members: Mapping[str, Content], offset: int) -> tuple[str, str]:
    """Return what lies at an offset of the canonical zip: a member's name, or none, and the part in words.

    >>> place({"a.txt": b"one"}, 3), place({"a.txt": b"one"}, 36), place({"a.txt": b"one"}, 40)
    (('a.txt', 'its header'), ('a.txt', 'its content'), ('a.txt', 'its entry in the directory'))
    """
    for (begin, name, part), (end, *_) in pairwise(_layout(members)):
        if begin <= offset < end:
            return name, part
    return "", "the end of the zip"


def _layout(members: Mapping[str, Content]) -> Iterator[tuple[int, str, str]]:
    """Yield where each part of the canonical zip begins, whose it is, and what it is."""
    at = 0
    for name, content in sorted(members.items()):
        yield at, name, "its header"
        at += _LOCAL.size + len(name)
        yield at, name, "its content"
        at += len(content)
    for name in sorted(members):
        yield at, name, "its entry in the directory"
        at += _CENTRAL.size + len(name)
    yield at, "", "the end of the zip"


def _text(name: bytes) -> str:
    return name.decode("utf-8", "replace")
