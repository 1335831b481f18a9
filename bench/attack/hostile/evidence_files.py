"""Evidence files made to take time or memory, or to pass for something that they are not."""

import io
import json
import struct
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache
from random import Random

from app.collation import pipeline
from app.evidence import archive, packing
from app.evidence.contents import Contents, TextRecord
from app.evidence.inspection import MANIFEST, manifest_of
from bench.texts import NEWSWEEK, REPOST, seed_text, side

_AT = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


@cache
def _members() -> Mapping[str, bytes]:
    text = TextRecord(1, _AT, "https://courier.example/talks")
    comparison = pipeline.compare(side("a" * 16, seed_text(NEWSWEEK)), side("b" * 16, seed_text(REPOST)))
    contents = Contents(
        comparison=comparison,
        compared_at=_AT,
        base=text,
        witness=text,
        made_at=_AT,
        program="1.0.0",
        base_url="https://variorum.example",
        link="https://variorum.example/compare/a..b",
        notes=(),
        html=b"<!doctype html><title>A comparison</title>",
    )
    return {name: bytes(content) for name, content in packing.members(contents).items()}


def _consistent(**changed: bytes) -> bytes:
    """Return a file whose manifest is right about each member, as whoever changes one can make it."""
    names = {"comparison": "comparison.json", "base": "texts/base.txt", "witness": "texts/witness.txt"}
    members = dict(_members()) | {names.get(name, name): content for name, content in changed.items()}
    del members[MANIFEST]
    return archive.write(members | {MANIFEST: manifest_of(members)})


def _of_texts(base: list[str], witness: list[str]) -> bytes:
    given = json.loads(_members()["comparison.json"])
    for name, lines in (("base", base), ("witness", witness)):
        given[name] |= {"paragraphs": lines, "headline": None, "furniture": []}
    given["rows"] = []
    return _consistent(
        comparison=json.dumps(given, ensure_ascii=False, separators=(",", ":")).encode(),
        base="\n".join(base).encode(),
        witness="\n".join(witness).encode(),
    )


def _packed(compression: int, members: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compression) as target:
        for name, content in members.items():
            target.writestr(name, content)
    return packed.getvalue()


def _without_end(content: bytes) -> bytes:
    return content[: content.rindex(b"PK\x05\x06")]


EVIDENCE_FILES: Mapping[str, Callable[[Random], bytes]] = {
    "nothing": lambda _: b"",
    "random": lambda random: random.randbytes(1_000_000),
    "packed anew": lambda _: _packed(zipfile.ZIP_DEFLATED, _members()),
    "bomb": lambda _: _packed(
        zipfile.ZIP_DEFLATED, dict(_members()) | {"comparison.json": b" " * 400_000_000}
    ),
    "bzip2 bomb": lambda _: _packed(zipfile.ZIP_BZIP2, {"comparison.json": b" " * 400_000_000}),
    "many members": lambda _: archive.write({f"a{number}": b"" for number in range(60_000)}),
    "headers alone": lambda _: archive._BEGINNING * 2_000_000,
    "headers without end": lambda _: _without_end(archive.write(_members())) * 200,
    "twice": lambda _: archive.write(_members()) * 2,
    "cut": lambda random: archive.write(_members())[: random.randrange(1_000, 9_000)],
    "changed": lambda random: _changed(archive.write(_members()), random),
    "directory of 4 GB": lambda _: (
        archive.write(_members())[:-10] + struct.pack("<2IH", 2**32 - 1, 2**32 - 1, 0)
    ),
    "arrays": lambda _: _consistent(comparison=b"[" * 50_000_000),
    "empty arrays": lambda _: _consistent(comparison=b'{"base":[' + b"[]," * 20_000_000 + b"[]]}"),
    "rows": lambda _: _consistent(comparison=b'{"base":{},"rows":[' + b"{}," * 20_000_000 + b"{}]}"),
    "long number": lambda _: _consistent(comparison=b'{"base":' + b"9" * 5_000 + b"}"),
    "surrogates": lambda _: _of_texts(["a"], ["b"]).replace(b'"label":"', b'"label":"\\ud800', 1),
    "paragraphs": lambda _: _of_texts(["a"] * 900_000, ["b"] * 900_000),
    "marks": lambda _: _of_texts(["e" + "\u0301" * 500_000], ["o" + "\u0301" * 500_000]),
    "quotation marks": lambda _: _of_texts(["“" * 500_000], ["“" * 400_000]),
    "flags": lambda _: _of_texts(["🇺🇦" * 100_000], ["🇺🇦" * 90_000]),
    "manifest": lambda _: archive.write(dict(_members()) | {MANIFEST: b"0" * 200_000_000}),
    "names": lambda _: archive.write(dict(_members()) | {"../" * 10_000: b"x"}),
}
"""By name, what makes each."""


def _changed(content: bytes, random: Random) -> bytes:
    changed = bytearray(content)
    for _ in range(random.randrange(1, 5)):
        changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)
