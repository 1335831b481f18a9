"""Whether an evidence file is unchanged since it was made, and if not, which of its members changed."""

import hashlib
import re
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from app.evidence import archive
from app.evidence.archive import MAX_BYTES, MAX_LISTED, MAX_MEMBERS, Content, ZipMember

MANIFEST = "manifest-sha256.txt"
"""Lists all other members in the form that ``sha256sum -c`` reads."""

REQUIRED = frozenset(
    {
        *(MANIFEST, "ro-crate-metadata.json", "comparison.json", "findings.json"),
        *("texts/base.txt", "texts/witness.txt"),
    }
)

MAX_FAULTS = 20
"""Faults that are listed; the rest is counted."""

_NAME = re.compile(r"[a-z0-9][a-z0-9.-]*(?:/[a-z0-9][a-z0-9.-]*)*\Z")
_KNOWN_NAME = re.compile(
    r"(?:texts/(?:base|witness)\.(?:txt|json)|captures/(?:base|witness)-[0-9]+\.[a-z]+|manifest-sha256\.txt|readme\.txt"
    r"|(?:comparison|findings|notes|ro-crate-metadata)\.json|comparison\.html)\Z"
)
_LINE = re.compile(r"([0-9a-f]{64})  ([^\x00-\x1f]{1,200})\Z")
_ENCRYPTED = 0x1
_MAX_DIRECTORY_BYTES = 1_000_000
_MAX_MANIFEST_BYTES = 1_000_000


class MemberFault(NamedTuple):
    """One thing that is not as it was made."""

    member: str
    """Empty for the zip itself."""
    says: str


@dataclass(frozen=True, slots=True)
class Inspection:
    """An evidence file, and what is wrong with it."""

    members: Mapping[str, Content]
    """Only those of a file without fault may be relied on."""
    faults: tuple[MemberFault, ...]

    @property
    def is_consistent(self) -> bool:
        """Whether every member is as the manifest says, none is more or less, and the zip is canonical."""
        return not self.faults


def manifest_of(members: Mapping[str, bytes]) -> bytes:
    """Return the manifest that lists ``members``.

    >>> manifest_of({"a.txt": b""}).decode()[-11:]
    '855  a.txt\\n'
    """
    lines = [f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(members.items())]
    return "".join(lines).encode("ascii")


def inspect(data: bytes) -> Inspection:
    """Inspect the bytes of an evidence file. The work is bounded by their number; nothing is unpacked to disk."""
    if len(data) > MAX_BYTES:
        return _broken(f"It has {len(data):,} bytes; an evidence file has at most {MAX_BYTES:,}.")
    directory = archive.by_directory(data)
    headers, is_whole, others = archive.by_headers(data)
    listings = [listing for listing in (directory, headers) if listing]
    # One damaged byte spoils one of the two lists: the other one then names the member.
    inspections = [_listed(listing) for listing in listings]
    if not inspections or (directory is None and not is_whole and not _has_manifest(headers)):
        return _packed_by_another(data)
    best = min(inspections, key=lambda inspection: len(inspection.faults))
    faults = best.faults
    difference = None if faults else archive.first_difference(data, best.members)
    if not faults and difference is None:
        return best
    other_names = _shown_by_others(data), [*(member.name for member in headers), *others]
    added = _added(max(other_names, key=len), best.members)
    if difference is not None:
        faults = (_structural(data, difference, best.members, is_all=not added),)
    return Inspection(best.members, (*faults, *added))


def _broken(says: str) -> Inspection:
    return Inspection({}, (MemberFault("", says),))


def _has_manifest(listing: Sequence[ZipMember]) -> bool:
    return any(member.name == MANIFEST for member in listing)


def _listed(listing: Sequence[ZipMember]) -> Inspection:
    """Check members against the manifest among them; their CRC says whether the manifest itself changed."""
    members = {member.name: member.content for member in listing}
    faults = _name_faults([member.name for member in listing])
    if len(listing) > MAX_MEMBERS:
        return Inspection(members, faults)
    broken = {member.name for member in listing if zlib.crc32(member.content) != member.crc}
    if MANIFEST in broken:
        others = [MemberFault(name, "It was changed.") for name in sorted(broken - {MANIFEST})]
        return Inspection(members, (*faults, MemberFault(MANIFEST, "It was changed."), *others))
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in members.items()}
    return Inspection(members, (*faults, *_manifest_faults(members.get(MANIFEST), digests)))


def _name_faults(names: Sequence[str]) -> tuple[MemberFault, ...]:
    if len(names) > MAX_MEMBERS:
        count = f"more than {MAX_LISTED:,}" if len(names) > MAX_LISTED else f"{len(names):,}"
        says = f"It has {count} members; an evidence file has at most {MAX_MEMBERS:,}."
        others = (name for name in dict.fromkeys(names) if not _KNOWN_NAME.match(name))
        return MemberFault("", says), *(MemberFault(name, "No evidence file has it.") for name in others)
    doubled = [
        MemberFault(name, "It is there more than once.")
        for name, count in Counter(names).items()
        if count > 1
    ]
    strange = [
        MemberFault(name, "No evidence file has a member of such a name.")
        for name in dict.fromkeys(names)
        if not _NAME.match(name)
    ]
    return (*doubled, *strange)


def _manifest_faults(manifest: Content | None, digests: Mapping[str, str]) -> tuple[MemberFault, ...]:
    """Return how the members, by their SHA-256, differ from what the manifest lists."""
    if manifest is None:
        return (MemberFault(MANIFEST, "It is missing, so this is no evidence file, or no longer one."),)
    lines = bytes(manifest[:_MAX_MANIFEST_BYTES]).decode("utf-8", "replace").split("\n")
    matches = [_LINE.match(line) for line in lines[: MAX_MEMBERS + 2]]
    listed = {match[2]: match[1] for match in matches if match}
    is_in_form = lines[-1] == "" and all(matches[:-1]) and list(listed) == sorted(listed)
    if not is_in_form or len(listed) != len(lines) - 1:
        return (MemberFault(MANIFEST, "It is not in the form of a manifest."),)
    faults = []
    for name in sorted(listed.keys() | digests.keys() | REQUIRED):
        if name == MANIFEST:
            continue
        if name not in digests:
            faults.append(MemberFault(name, "It is missing."))
        elif name not in listed:
            faults.append(MemberFault(name, "It is not in the manifest: it was added, or renamed."))
        elif listed[name] != digests[name]:
            faults.append(MemberFault(name, "It was changed: its SHA-256 is not the manifest’s."))
    return tuple(faults)


def _structural(data: bytes, at: int, members: Mapping[str, Content], *, is_all: bool) -> MemberFault:
    """Return where the zip itself differs from the canonical one, though all members are right.

    With ``is_all``, nobody finds other members in it.
    """
    right = "All members are right." if is_all else "The members that were made are right."
    if at == archive.size_of(members):
        count = len(data) - at
        added = "1 byte was" if count == 1 else f"{count:,} bytes were"
        return MemberFault("", f"{added} added after its end. {right}")
    name, part = archive.place(members, at)
    whose = f" of “{name}” ({part})" if name else f" ({part})"
    return MemberFault("", f"The zip’s own records{whose} were changed, at byte {at:,}. {right}")


def _added(names: Sequence[str], members: Mapping[str, Content]) -> tuple[MemberFault, ...]:
    """Return the members that another program would find in the zip, by ``names``, besides those that we list.

    Such a program takes headers and directories in any form: names in UTF-8, times, packed contents.
    """
    if len(names) <= len(members):  # the same one under another name is not a further one
        return ()
    shown = Counter(names)
    added = [
        MemberFault(name, "It was added: other programs find it in the zip.")
        for name in shown
        if name not in members
    ]
    doubled = [
        MemberFault(name, "It is there more than once.")
        for name, count in shown.items()
        if count > 1 and name in members
    ]
    return (*doubled, *added)


def _shown_by_others(data: bytes) -> list[str]:
    """Return the names in the directory as Python's zipfile reads it; none if it cannot, or it is too large."""
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
    if end < 0 or int.from_bytes(data[end + 12 : end + 16], "little") > _MAX_DIRECTORY_BYTES:
        return []
    try:
        with ZipFile(BytesIO(data)) as packed:
            return [entry.filename for entry in packed.infolist()]
    except (BadZipFile, ValueError, EOFError, OSError, RuntimeError):
        return []


def _packed_by_another(data: bytes) -> Inspection:
    """Inspect a zip that is not in our form: packed anew, damaged, or no zip at all."""
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
    if end < 0 or len(data) < end + 22:
        return _broken("It is no zip, or one that was cut short.")
    if (
        int.from_bytes(data[end + 12 : end + 16], "little") > _MAX_DIRECTORY_BYTES
        or data[max(0, end - 20) : max(0, end - 16)] == b"PK\x06\x07"
    ):
        return _broken(f"It has more members than any evidence file ({MAX_MEMBERS:,}).")
    try:
        with ZipFile(BytesIO(data)) as packed:
            return _unpacked(packed)
    except (BadZipFile, ValueError, EOFError, OSError, RuntimeError, zlib.error):
        return _broken("It is a zip that is damaged, so that its members cannot be read.")


def _unpacked(packed: ZipFile) -> Inspection:
    entries = packed.infolist()
    if faults := _name_faults([entry.filename for entry in entries]):
        return Inspection({}, faults)
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        return _broken("It was packed by another program under a password, so its members cannot be read.")
    if not all(entry.compress_type in (ZIP_STORED, ZIP_DEFLATED) for entry in entries):
        # Python unpacks what other methods packed whole, before it can be counted.
        return _broken("It was packed by another program, in a way that is not unpacked here.")
    digests: dict[str, str] = {}
    manifest, left = None, MAX_BYTES
    for entry in entries:
        digest = hashlib.sha256()
        parts: list[bytes] = []
        with packed.open(entry) as stream:
            while part := stream.read(1 << 16):
                left -= len(part)
                if left < 0:
                    return _broken(
                        f"It unpacks to more than {MAX_BYTES:,} bytes, which no evidence file does."
                    )
                digest.update(part)
                if entry.filename == MANIFEST and len(parts) < 16:
                    parts.append(part)
        digests[entry.filename] = digest.hexdigest()
        manifest = b"".join(parts) if entry.filename == MANIFEST else manifest
    faults = _manifest_faults(manifest, digests)
    return Inspection({}, (*faults, MemberFault("", _ANEW + ("" if faults else " All members are right."))))


_ANEW = "The zip was packed by another program, so it is not the file that Variorum made."
