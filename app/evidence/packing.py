"""Make the members of an evidence file's zip from what is stored."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.collation import document
from app.collation.model import Side
from app.evidence import annotations, archive
from app.evidence.contents import CaptureRecord, Contents, TextRecord
from app.evidence.crate import metadata
from app.evidence.inspection import MANIFEST, manifest_of


def members(contents: Contents) -> dict[str, bytes]:
    """Return the members of the evidence file by name, the manifest among them."""
    comparison = contents.comparison
    written = {
        "comparison.json": document.dumps(comparison).encode("utf-8"),
        "findings.json": annotations.written(comparison, contents.base_url),
        "notes.json": dumped({"format": 1, "notes": list(contents.notes)}),
        "readme.txt": readme(contents).encode("utf-8"),
    }
    if contents.html is not None:
        written["comparison.html"] = contents.html
    for name, side, record in (
        ("base", comparison.base, contents.base),
        ("witness", comparison.witness, contents.witness),
    ):
        written[f"texts/{name}.txt"] = "\n".join(side.paragraphs).encode("utf-8")
        written[f"texts/{name}.json"] = dumped(stated(side, record, contents.captures))
        for capture in record.captures:
            if capture.content is not None:
                written[contents.captures[capture.id]] = capture.content
    written["ro-crate-metadata.json"] = dumped(metadata(contents, written))
    return {**written, MANIFEST: manifest_of(written)}


def stated(side: Side, record: TextRecord, names: Mapping[str, str]) -> dict[str, Any]:
    """Return what is stated of a text; ``names`` are the members of captures by their ids."""
    words = ("title", "publisher", "author", "published_on", "label")
    return {
        "format": 1,
        "article": side.article,
        "revision": side.revision,
        "number": record.number,
        "saved_at": _moment(record.saved_at),
        **{word: getattr(side, word) for word in words},
        "url": record.url,
        "headline": side.headline,
        "furniture": list(side.furniture),
        "sha256": hashlib.sha256("\n".join(side.paragraphs).encode("utf-8")).hexdigest(),
        "captures": [_capture(capture, names) for capture in record.captures],
    }


def packed(contents: Contents) -> bytes:
    """Return the evidence file: the same bytes for the same contents."""
    return archive.write(members(contents))


def dumped(value: object) -> bytes:
    """Return a value as JSON that a person can read too: indented, in UTF-8, with a last line end."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _moment(value: datetime) -> str:
    return value.isoformat(timespec="seconds")


def _capture(capture: CaptureRecord, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "captured_at": _moment(capture.captured_at),
        "kind": capture.kind,
        "address": capture.address,
        "file_name": capture.file_name,
        "media_type": capture.media_type,
        "sha256": capture.sha256,
        "size": capture.size,
        "language": capture.language,
        "sources": dict(capture.sources),
        "member": names.get(capture.id),
    }


def readme(contents: Contents) -> str:
    """Return ``readme.txt``: what the file is, and how to check it."""
    comparison = contents.comparison
    titles = [" ".join(side.title.split()) or "Untitled" for side in (comparison.base, comparison.witness)]
    captures = (
        "captures/ holds the pages or files that the texts were read from, as they came. They are the publishers’ own\n"
        "and may run programs: open them with care.\n"
        if contents.captures
        else "The pages and files that the texts were read from are not in it; texts/*.json says what they were.\n"
    )
    return (
        f"An evidence file of Variorum {contents.program}, made on {contents.made_at:%Y-%m-%d at %H:%M:%S} UTC.\n\n"
        f"A  {comparison.base.label}: {titles[0]}\nB  {comparison.witness.label}: {titles[1]}\n\n"
        f"Compared by engine {comparison.engine}: {contents.link}\n\n"
        + ("Open comparison.html in a browser to read it.\n" if contents.html is not None else "")
        + "texts/ holds both texts as they were compared, with what is stated of them; comparison.json the whole\n"
        "comparison; findings.json each finding with its place in both texts; notes.json the editors’ public notes.\n"
        f"{captures}\n"
        "To check it, on the zip as you received it (not packed anew):\n\n"
        "    variorum verify FILE.zip --expect DIGEST\n\n"
        "DIGEST is what the server shows for this file, or what you were given by a way that you trust; the program\n"
        "sha256sum prints the same of the zip. Without Variorum, unpack it and run in its folder:\n\n"
        f"    sha256sum -c {MANIFEST}\n\n"
        "That says that the members are as the manifest lists them. Who can change a member can change the manifest\n"
        "too, so it proves nothing without the digest of the whole file.\n"
    )
