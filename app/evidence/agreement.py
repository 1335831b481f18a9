"""Whether the members of a consistent evidence file agree with its comparison, and what the file alone cannot prove.

Whoever changes a member can rewrite the manifest. So everything that follows from the comparison and the texts is
written again here and compared: the metadata of both texts, the description, the page. Times, addresses, the words of
notes and the contents of captures cannot be derived from the file: only its digest, or a timestamp, vouches for them.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import app
from app import permalinks
from app.collation import pipeline
from app.collation.model import Comparison, Side
from app.evidence import crate, packing
from app.evidence.archive import Content
from app.evidence.contents import CaptureRecord, Contents, TextRecord
from app.evidence.inspection import MANIFEST, MemberFault
from app.exports.escaping import escaped
from app.exports.formats.offline_page import GENERATOR, offline_page
from app.exports.record import ComparisonExport, TextSource, day

MAX_READ_BYTES = 16_000_000
"""Bytes of a member that states something: of a text, of the whole file, or the notes."""

_CRATE = "ro-crate-metadata.json"
_NOTE = re.compile(rb'<p class="note" dir="auto">((?:[^<]++|</?b>)*+)</p>\n')
"""A note on the page. No other element may be inside one, so the work grows only with the page."""
_WRONG_TYPES = (KeyError, TypeError, ValueError, AttributeError)
_ALWAYS = "when it was made and saved, and where the texts were; what notes say; what captures hold"
_WRITTEN_BY_ANOTHER = "comparison.html and readme.txt, which another version of the program wrote"
_PAGE_NOT_MADE = "comparison.html, since the comparison was not made anew"


@dataclass(frozen=True, slots=True)
class Agreement:
    """Whether the members agree with comparison.json and with one another."""

    faults: tuple[MemberFault, ...]
    unknown: tuple[str, ...]
    """What only the digest of the whole file vouches for."""


class _UnreadableError(ValueError):
    """A member is not in the form in which Variorum writes it; the message says which."""


def agreement(members: Mapping[str, Content], comparison: Comparison, *, is_made_anew: bool) -> Agreement:
    """Compare the members of a consistent evidence file with ``comparison``, which is that of its comparison.json.

    Unless ``is_made_anew``, the rows of ``comparison`` are not looked at.
    """
    try:
        stated = {name: _read(members, f"texts/{name}.json") for name in ("base", "witness")}
        contents = _contents(members, comparison, stated)
        notes = _notes(members)
    except _UnreadableError as error:
        return Agreement((MemberFault(str(error), "It is not as Variorum writes it."),), (_ALWAYS,))
    faults = [
        *_stated_faults("texts/base.json", comparison.base, stated["base"]),
        *_stated_faults("texts/witness.json", comparison.witness, stated["witness"]),
        *_capture_faults(members, contents, stated),
        *_crate_faults(members, contents),
        *_note_faults(comparison, notes),
    ]
    unknown = [_ALWAYS]
    if not _is_written_alike(members, contents):
        unknown.append(_WRITTEN_BY_ANOTHER)
    else:
        faults = faults or [*_more_stated(contents, stated)]
        if bytes(members.get("readme.txt", b"")) != packing.readme(contents).encode("utf-8", "replace"):
            faults.append(MemberFault("readme.txt", "It is not what Variorum writes for this comparison."))
        if not is_made_anew:
            unknown.append(_PAGE_NOT_MADE)
        elif "comparison.html" in members:
            faults += _page_faults(members, contents, notes)
    return Agreement(tuple(faults), tuple(unknown))


def _is_written_alike(members: Mapping[str, Content], contents: Contents) -> bool:
    """Return whether this program would write the page and the readme in the same form."""
    return (
        contents.program == app.__version__
        and contents.comparison.engine == pipeline.ENGINE
        and GENERATOR.encode() in bytes(members.get("comparison.html", GENERATOR.encode()))
    )


def _read(members: Mapping[str, Content], name: str) -> dict[str, Any]:
    """Return a member that is a JSON object, in the one form that others read alike: of no key are there two values."""
    content = members.get(name, b"")
    try:
        is_short = len(content) <= MAX_READ_BYTES
        value = json.loads(bytes(content), parse_constant=_refuse) if is_short else None
        if isinstance(value, dict) and packing.dumped(value) == content:
            return value
    except (ValueError, RecursionError):
        pass
    raise _UnreadableError(name)


def _refuse(constant: str) -> None:
    """Refuse numbers that Python reads but JSON does not have, such as NaN."""
    raise ValueError(constant)


def _notes(members: Mapping[str, Content]) -> list[Mapping[str, Any]]:
    given = _read(members, "notes.json")
    notes = given.get("notes")
    if (
        given.get("format") != 1
        or not isinstance(notes, list)
        or not all(isinstance(note, dict) for note in notes)
    ):
        raise _UnreadableError("notes.json")
    return notes


def _contents(
    members: Mapping[str, Content], comparison: Comparison, stated: Mapping[str, Mapping[str, Any]]
) -> Contents:
    """Return what the file was made from, as it says itself."""
    records = {}
    for name, words in stated.items():
        try:
            captures = [
                _capture(f"{name}-{number}", each, members)
                for number, each in enumerate(words["captures"], 1)
            ]
            records[name] = TextRecord(
                words["number"], _moment(words["saved_at"]), str(words["url"]), captures
            )
        except _WRONG_TYPES as error:
            raise _UnreadableError(f"texts/{name}.json") from error
    try:
        entities = {entity["@id"]: entity for entity in _read(members, _CRATE)["@graph"]}
        root = entities["./"]
        link = str(root["url"])
        return Contents(
            comparison=comparison,
            compared_at=_moment(entities["#comparison"]["endTime"]),
            base=records["base"],
            witness=records["witness"],
            made_at=_moment(root["datePublished"]),
            program=str(entities["#program"]["version"]),
            base_url=link.partition("/compare/")[0],
            link=link,
            html=b"" if "comparison.html" in members else None,
        )
    except _WRONG_TYPES as error:
        raise _UnreadableError(_CRATE) from error


def _capture(id: str, stated: Mapping[str, Any], members: Mapping[str, Content]) -> CaptureRecord:
    content = None if stated["member"] is None else members.get(stated["member"])
    return CaptureRecord(
        id=id,
        captured_at=_moment(stated["captured_at"]),
        kind=str(stated["kind"]),
        address=str(stated["address"]),
        file_name=str(stated["file_name"]),
        media_type=str(stated["media_type"]),
        sha256=str(stated["sha256"]),
        size=stated["size"],
        language=str(stated["language"]),
        sources=stated["sources"],
        content=None if content is None else bytes(content),
    )


def _moment(written: str) -> datetime:
    moment = datetime.fromisoformat(written)
    if moment.isoformat(timespec="seconds") != written:
        raise ValueError("a time in another form")
    return moment


def _stated_faults(name: str, side: Side, stated: Mapping[str, Any]) -> Iterator[MemberFault]:
    """Yield where a text's metadata differ from those in comparison.json."""
    words = "article", "revision", "title", "publisher", "author", "published_on", "label", "headline"
    expected: dict[str, Any] = {word: getattr(side, word) for word in words}
    expected["furniture"] = list(side.furniture)
    expected["sha256"] = hashlib.sha256("\n".join(side.paragraphs).encode("utf-8")).hexdigest()
    for word, value in expected.items():
        if stated.get(word) != value:
            yield MemberFault(name, f"Its “{word}” is not that of comparison.json.")


def _more_stated(contents: Contents, stated: Mapping[str, Mapping[str, Any]]) -> Iterator[MemberFault]:
    """Yield where a text's metadata say more than the comparison does, or in another form than Variorum's."""
    comparison = contents.comparison
    for name, side, record in (
        ("base", comparison.base, contents.base),
        ("witness", comparison.witness, contents.witness),
    ):
        if stated[name] != packing.stated(side, record, contents.captures):
            yield MemberFault(f"texts/{name}.json", "It is not as Variorum writes it.")


def _capture_faults(
    members: Mapping[str, Content], contents: Contents, stated: Mapping[str, Mapping[str, Any]]
) -> Iterator[MemberFault]:
    """Yield where the captures differ from those that the texts' metadata list."""
    for name, record in (("base", contents.base), ("witness", contents.witness)):
        for capture, words in zip(record.captures, stated[name]["captures"], strict=True):
            if words["member"] != contents.captures.get(capture.id):
                yield MemberFault(
                    f"texts/{name}.json", f"It names a capture that is not there: {words['member']}."
                )
            elif capture.content is not None and not _is_as_stated(capture):
                yield MemberFault(words["member"], f"It is not the capture that texts/{name}.json states.")
    for name in members:
        if name.startswith("captures/") and name not in contents.captures.values():
            yield MemberFault(name, "Nothing is stated of it in texts/.")


def _is_as_stated(capture: CaptureRecord) -> bool:
    content = capture.content or b""
    return capture.size == len(content) and capture.sha256 == hashlib.sha256(content).hexdigest()


def _crate_faults(members: Mapping[str, Content], contents: Contents) -> Iterator[MemberFault]:
    """Write the file's description again from its contents, and yield where the stored one differs."""
    given = _read(members, _CRATE)
    known = crate.DESCRIPTIONS.keys() | set(contents.captures.values())
    others = {name: bytes(content) for name, content in members.items() if name in known}
    for name in members.keys() - known - {MANIFEST, _CRATE}:
        if not name.startswith("captures/"):
            yield MemberFault(name, "No evidence file has it.")
    written = crate.metadata(contents, others)
    described = {str(entity["@id"]): entity for entity in given["@graph"]}
    expected = {entity["@id"]: entity for entity in written["@graph"]}
    if given.keys() != written.keys() or given["@context"] != written["@context"]:
        yield MemberFault(_CRATE, "It is not as Variorum writes it.")
    for id in dict.fromkeys((*expected, *described)):
        if described.get(id) != expected.get(id):
            yield MemberFault(_CRATE, f"What it says of “{id}” is not what the other members say.")
    comparison = contents.comparison
    path = permalinks.compare_path(
        comparison.base.revision,
        comparison.witness.revision,
        comparison.engine,
        permalinks.pins_text(comparison.pins),
    )
    if contents.link != contents.base_url + path:
        yield MemberFault(_CRATE, "The address in it is not that of this comparison.")


def _note_faults(comparison: Comparison, notes: Sequence[Mapping[str, Any]]) -> Iterator[MemberFault]:
    texts = [comparison.base.revision, comparison.witness.revision]
    if any(note.get("base") not in texts or note.get("witness") not in [*texts, None] for note in notes):
        yield MemberFault("notes.json", "It has a note on another text than these two.")


def _page_faults(
    members: Mapping[str, Content], contents: Contents, notes: Sequence[Mapping[str, Any]]
) -> Iterator[MemberFault]:
    """Write the page anew, without notes, and compare; then look for each note that it shows in notes.json."""
    given = bytes(members["comparison.html"])
    comparison = contents.comparison
    sides = (comparison.base, contents.base), (comparison.witness, contents.witness)
    base, witness = (
        TextSource(
            contents.base_url + permalinks.text_path(side.revision),
            record.url,
            record.number,
            record.saved_at,
        )
        for side, record in sides
    )
    export = ComparisonExport(
        comparison,
        link=contents.link,
        base=base,
        witness=witness,
        digest=hashlib.sha256(members["comparison.json"]).hexdigest(),
        made_at=contents.compared_at,
        read_on=contents.made_at.date(),
    )
    try:
        is_same = _NOTE.sub(b"", given) == offline_page(export)
    except _WRONG_TYPES:  # a day that is none
        is_same = False
    if not is_same:
        yield MemberFault("comparison.html", "It is not the page that Variorum makes of this comparison.")
    known = {_as_shown(note) for note in notes}
    if any(shown not in known for shown in _NOTE.findall(given)):
        yield MemberFault(
            "comparison.html", "It shows a note that notes.json has not, or has in other words."
        )


def _as_shown(note: Mapping[str, Any]) -> bytes:
    """Return a note as the page has it."""
    try:
        written_on = date.fromisoformat(str(note.get("written_at"))[:10])
    except ValueError:
        return b""
    by = escaped(", ".join(filter(None, (str(note.get("who", "")), day(written_on)))))
    return f"<b>{escaped(str(note.get('status')))}</b> ({by}): {escaped(str(note.get('text')))}".encode()
