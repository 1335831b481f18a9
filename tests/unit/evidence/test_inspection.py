import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable

import pytest

from app.evidence import archive, packing
from app.evidence.inspection import MANIFEST, MemberFault, inspect, manifest_of
from tests.unit.evidence.evidence_files import contents, seeds_contents

MEMBERS = packing.members(contents())
FILE = archive.write(MEMBERS)


def faults(data: bytes) -> tuple[MemberFault, ...]:
    return inspect(data).faults


def named(data: bytes) -> set[str]:
    return {fault.member for fault in faults(data)}


def zipped(members: list[tuple[str, bytes]], method: int = zipfile.ZIP_STORED) -> bytes:
    """Return a zip as another program packs it."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as packed:
        for name, content in members:
            packed.writestr(name, content)
    return file.getvalue()


def with_manifest(members: dict[str, bytes]) -> dict[str, bytes]:
    rest = {name: content for name, content in members.items() if name != MANIFEST}
    return {**rest, MANIFEST: manifest_of(rest)}


def test_an_evidence_file_is_consistent_and_the_same_each_time() -> None:
    assert faults(FILE) == ()
    assert packing.packed(contents()) == FILE


def test_any_program_can_unpack_it_and_finds_no_fault() -> None:
    with zipfile.ZipFile(io.BytesIO(FILE)) as packed:
        assert packed.testzip() is None
        assert {name: packed.read(name) for name in packed.namelist()} == MEMBERS
        assert {info.date_time for info in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_extra_fields_and_other_line_ends_accuse_no_member() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name, content in sorted(MEMBERS.items()):
            entry = zipfile.ZipInfo(name)
            entry.extra = struct.pack("<HH4s", 0x5455, 4, b"time")
            packed.writestr(entry, content)
    (fault,) = faults(file.getvalue())
    assert (fault.member, "All members are right." in fault.says) == ("", True)
    other = archive.write({**MEMBERS, MANIFEST: MEMBERS[MANIFEST].replace(b"\n", b"\r\n")})
    assert faults(other) == (MemberFault(MANIFEST, "It is not in the form of a manifest."),)


def test_each_changed_byte_is_noticed_and_its_member_named() -> None:
    """Three hundred of the seeds' file; ``python -m bench.evidence`` changes ten thousand."""
    data = packing.packed(seeds_contents())
    members = inspect(data).members
    chance = random.Random(15)
    # Half of them in the zip's own records and the small members, which would seldom be met.
    records = [at for at in range(len(data)) if archive.place(members, at)[1] != "its content"]
    for turn in range(300):
        at = chance.choice(records) if turn % 2 else chance.randrange(len(data))
        changed = bytearray(data)
        changed[at] ^= chance.randrange(1, 256)
        name, part = archive.place(members, at)
        named = faults(bytes(changed))
        assert named, at
        if part == "its content":
            assert {fault.member for fault in named} == {name}, at
        else:
            assert name in named[0].says or not name or named[0].member == name, (at, named)


@pytest.mark.parametrize("at", [0, 40, 700, 5_000, len(FILE) - 30, len(FILE)])
def test_added_and_lost_bytes_are_noticed(at: int) -> None:
    assert faults(FILE[:at] + b"x" + FILE[at:])
    assert faults(FILE[:at]) or at == len(FILE)
    assert faults(FILE[at:]) or at == 0


def test_a_member_that_was_lengthened_is_named() -> None:
    at = FILE.index(b"texts/base.txtTalks") + len(b"texts/base.txt")
    assert "texts/base.txt" in named(FILE[:at] + b"Secret " + FILE[at:])


def test_a_member_that_was_replaced_with_its_checksum_is_named() -> None:
    assert named(archive.write({**MEMBERS, "texts/base.txt": b"Other words"})) == {"texts/base.txt"}


def test_a_member_that_is_missing_or_was_added_is_named() -> None:
    assert named(archive.write({**MEMBERS, "extra.txt": b""})) == {"extra.txt"}
    rest = {name: content for name, content in MEMBERS.items() if name != "notes.json"}
    assert named(archive.write(rest)) == {"notes.json"}
    assert named(archive.write(with_manifest({"a.txt": b""}))) >= {"comparison.json", "texts/base.txt"}
    assert named(archive.write({"a.txt": b""})) == {MANIFEST}


def test_a_file_whose_manifest_was_rewritten_is_consistent() -> None:
    """Only a digest or a timestamp from elsewhere tells it from the file that was made."""
    assert faults(archive.write(with_manifest({**MEMBERS, "texts/base.txt": b"Other words"}))) == ()


def test_a_zip_that_was_packed_anew_says_so_and_that_its_members_are_right() -> None:
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        (fault,) = faults(zipped(sorted(MEMBERS.items()), method))
        assert "packed by another program" in fault.says
        assert "All members are right" in fault.says
    changed = {**MEMBERS, "notes.json": b"{}"}
    assert named(zipped(sorted(changed.items()), zipfile.ZIP_DEFLATED)) == {"notes.json", ""}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize(
    "name", ["../outside.txt", "/etc/passwd", "a\\b.txt", "texts/BASE.TXT", "texts/base.txt"]
)
def test_names_that_lead_outside_or_are_doubled_are_named(name: str, method: int) -> None:
    assert name.replace("\\", "/") in {
        member.replace("\\", "/") for member in named(zipped([*MEMBERS.items(), (name, b"x")], method))
    }


def test_a_bomb_is_refused_before_it_unpacks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.evidence.inspection.MAX_BYTES", 10_000_000)
    (fault,) = faults(zipped([*MEMBERS.items(), ("zeros.txt", bytes(20_000_000))], zipfile.ZIP_DEFLATED))
    assert "unpacks to more than" in fault.says


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_would_be_unpacked_whole_before_it_is_counted_is_refused(method: int) -> None:
    (fault,) = faults(zipped(sorted(MEMBERS.items()), method))
    assert "in a way that is not unpacked here" in fault.says


def test_a_zip_under_a_password_says_so() -> None:
    packed = bytearray(zipped(sorted(MEMBERS.items())))
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = packed.find(signature)
        while at >= 0:
            struct.pack_into("<H", packed, at + place, 1)
            at = packed.find(signature, at + 4)
    (fault,) = faults(bytes(packed))
    assert "under a password" in fault.says


def test_more_members_than_any_evidence_file_has_are_refused() -> None:
    many = {f"m{number}.txt": b"" for number in range(20_000)}
    (fault,) = faults(zipped(list(many.items())))
    assert "more members than any evidence file" in fault.says
    few = dict(list(many.items())[:1_001])
    assert "It has 1,001 members" in faults(archive.write(few))[0].says
    first, *others = faults(archive.write({**MEMBERS, **dict(list(many.items())[:2_000])}))
    assert f"It has {2_000 + len(MEMBERS):,} members" in first.says
    assert {fault.member for fault in others} == set(list(many)[:2_000])


@pytest.mark.parametrize("name", ["extra.txt", "naïve/é.txt", "国防.txt"])
@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_member_that_another_program_added_is_named(name: str, method: int) -> None:
    """Its header and its entry in the directory have flags and times that ours have not."""
    file = io.BytesIO(FILE)
    with zipfile.ZipFile(file, "a", method) as packed:
        packed.writestr(name, b"Secret")
    whole, added = faults(file.getvalue())
    assert "All members are right" not in whole.says
    assert added == (name, "It was added: other programs find it in the zip.")


def test_a_member_that_no_directory_lists_is_named() -> None:
    """A program that looks for headers finds it."""
    name = "naïve.txt".encode()
    header = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0x800, 0, 1, 1, zlib.crc32(b"x"), 1, 1, len(name), 0)
    for at in (0, FILE.index(b"PK\x03\x04", 4), FILE.index(b"PK\x01\x02")):
        assert "naïve.txt" in named(FILE[:at] + header + name + b"x" + FILE[at:]), at


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x05\x06", b"Not a zip", b"PK\x05\x06" + bytes(18), b"PK\x03\x04" * 1000, FILE[:30], FILE[22:]],
)
def test_what_is_no_whole_zip_is_said_to_be_none(data: bytes) -> None:
    assert faults(data)


def _garbled(manifest: bytes) -> bytes:
    return manifest.replace(b"  ", b" ")


def _in_another_order(manifest: bytes) -> bytes:
    return b"".join(sorted(manifest.splitlines(keepends=True))[::-1])


def _twice(manifest: bytes) -> bytes:
    return manifest + manifest.splitlines(keepends=True)[-1]


@pytest.mark.parametrize(
    "rewritten",
    [_garbled, _in_another_order, _twice, bytes.upper, lambda given: given[:-1], lambda given: b"\xff"],
)
def test_a_manifest_in_another_form_is_named(rewritten: Callable[[bytes], bytes]) -> None:
    assert named(archive.write({**MEMBERS, MANIFEST: rewritten(MEMBERS[MANIFEST])})) == {MANIFEST}


def test_a_directory_that_lies_about_sizes_is_noticed() -> None:
    at = FILE.index(b"PK\x01\x02")
    lying = bytearray(FILE)
    struct.pack_into("<2I", lying, at + 20, 0xFFFFFFFE, 0xFFFFFFFE)
    assert faults(bytes(lying))
