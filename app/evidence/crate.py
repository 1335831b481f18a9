"""An evidence file's description as an RO-Crate 1.1 (https://w3id.org/ro/crate/1.1)."""

from collections.abc import Mapping
from typing import Any

from app.collation.model import Side
from app.evidence.contents import CaptureRecord, Contents, TextRecord

CRATE = "https://w3id.org/ro/crate/1.1"
ANNOTATIONS = 'application/ld+json;profile="http://www.w3.org/ns/anno.jsonld"'

DESCRIPTIONS = {
    "comparison.json": ("The comparison document", "application/json"),
    "comparison.html": ("The comparison as a page", "text/html"),
    "findings.json": ("The findings as web annotations of both texts", ANNOTATIONS),
    "notes.json": ("The editors’ public notes", "application/json"),
    "readme.txt": ("What is in the file, and how to check it", "text/plain"),
    "texts/base.txt": ("The text of {base}", "text/plain"),
    "texts/witness.txt": ("The text of {witness}", "text/plain"),
    "texts/base.json": ("What is stated of the text of {base}", "application/json"),
    "texts/witness.json": ("What is stated of the text of {witness}", "application/json"),
}


def metadata(contents: Contents, written: Mapping[str, bytes]) -> dict[str, Any]:
    """Return ``ro-crate-metadata.json`` for an evidence file whose other members are ``written``."""
    comparison = contents.comparison
    made_at = contents.made_at.isoformat(timespec="seconds")
    titles = [side.title or "Untitled" for side in (comparison.base, comparison.witness)]
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": f"Comparison of “{titles[0]}” and “{titles[1]}”",
        "description": "Two articles, their comparison word for word, its findings and notes, as evidence.",
        "datePublished": made_at,
        "license": {"@id": "#rights"},
        "mainEntity": {"@id": "comparison.json"},
        "hasPart": [{"@id": name} for name in (*sorted(written), "manifest-sha256.txt")],
        "mentions": {"@id": "#comparison"},
        "url": contents.link,
    }
    action = {
        "@id": "#comparison",
        "@type": "CreateAction",
        "name": "The comparison",
        "instrument": {"@id": "#engine"},
        "object": [{"@id": "texts/base.txt"}, {"@id": "texts/witness.txt"}],
        "result": [{"@id": "comparison.json"}, {"@id": "findings.json"}],
        "endTime": contents.compared_at.isoformat(timespec="seconds"),
    }
    engine = {
        "@id": "#engine",
        "@type": "SoftwareApplication",
        "name": "Variorum collation engine",
        "version": comparison.engine,
        "softwareVersion": comparison.engine,
    }
    program = {
        "@id": "#program",
        "@type": "SoftwareApplication",
        "name": "Variorum",
        "version": contents.program,
        "softwareVersion": contents.program,
    }
    rights = {
        "@id": "#rights",
        "@type": "CreativeWork",
        "name": "All rights in the texts remain with their authors and publishers.",
        "description": "They are here to prove what they said when they were compared.",
    }
    graph = [
        {
            "@id": "ro-crate-metadata.json",
            "@type": "CreativeWork",
            "about": {"@id": "./"},
            "conformsTo": {"@id": CRATE},
            "creator": {"@id": "#program"},
        },
        root,
        *(_file(name, len(content), contents) for name, content in sorted(written.items())),
        {
            "@id": "manifest-sha256.txt",
            "@type": "File",
            "name": "SHA-256 of every other member",
            "encodingFormat": "text/plain",
        },
        action,
        engine,
        program,
        rights,
        *_article("base", comparison.base, contents.base),
        *_article("witness", comparison.witness, contents.witness),
    ]
    return {"@context": f"{CRATE}/context", "@graph": graph}


def _file(name: str, size: int, contents: Contents) -> dict[str, Any]:
    captures = {
        contents.captures[capture.id]: capture
        for record in (contents.base, contents.witness)
        for capture in record.captures
        if capture.id in contents.captures
    }
    if name in captures:
        return _capture(name, size, captures[name])
    described, media_type = DESCRIPTIONS[name]
    file = {
        "@id": name,
        "@type": "File",
        "name": described.replace("{base}", contents.comparison.base.label).replace(
            "{witness}", contents.comparison.witness.label
        ),
        "encodingFormat": media_type,
        "contentSize": str(size),
    }
    side = name.removeprefix("texts/").removesuffix(".txt")
    return {**file, "isPartOf": {"@id": f"#{side}"}} if side in ("base", "witness") else file


def _capture(name: str, size: int, capture: CaptureRecord) -> dict[str, Any]:
    return {
        "@id": name,
        "@type": "File",
        "name": "A page or file that a text was read from, as it came",
        "encodingFormat": capture.media_type or "application/octet-stream",
        "contentSize": str(size),
        "dateCreated": capture.captured_at.isoformat(timespec="seconds"),
        **({"url": capture.address} if capture.address else {}),
    }


def _article(name: str, side: Side, record: TextRecord) -> list[dict[str, Any]]:
    """Return an article and, where they are stated, its publisher and author."""
    article: dict[str, Any] = {
        "@id": f"#{name}",
        "@type": "Article",
        "name": side.title or "Untitled",
        "identifier": side.revision,
        "version": str(record.number),
    }
    beside = []
    for role, kind, stated in (
        ("publisher", "Organization", side.publisher),
        ("author", "Person", side.author),
    ):
        if stated:
            article[role] = {"@id": f"#{name}-{role}"}
            beside.append({"@id": f"#{name}-{role}", "@type": kind, "name": stated})
    if side.published_on:
        article["datePublished"] = side.published_on
    if record.url:
        article["url"] = record.url
    return [article, *beside]
