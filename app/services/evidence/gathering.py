"""What an evidence file is made from, gathered from what is stored."""

import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from app import permalinks
from app.db.queries import articles as article_queries
from app.db.queries import evidence as evidence_queries
from app.db.tables.articles import Revision
from app.db.tables.captures import CaptureRow
from app.errors import InvalidInputError, NotFoundError
from app.evidence.contents import CaptureRecord, Contents, TextRecord
from app.exports.formats.offline_page import offline_page
from app.exports.record import ComparisonExport, Remark, TextSource
from app.services.comparisons import StoredComparison
from app.services.exporting import remarks_on
from app.services.notes import EditorNote

MAX_CAPTURES_BYTES = 64_000_000
"""Bytes of the captures in one evidence file: it is put together in memory."""


@dataclass(frozen=True, slots=True)
class Server:
    """The server that makes an evidence file."""

    base_url: str
    """Start of its absolute links."""
    program: str
    """The version of the program."""


@dataclass(frozen=True, slots=True)
class PublicNotes:
    """The public notes on two texts."""

    notes: Sequence[EditorNote]
    written: Sequence[Mapping[str, Any]]
    """The same as exports have them (docs/formats.md)."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """All of it but the moment at which the file is made."""

    stored: StoredComparison
    base: TextRecord
    witness: TextRecord
    notes: Sequence[Mapping[str, Any]]
    remarks: Sequence[Remark]
    server: Server

    def contents(self, made_at: datetime) -> Contents:
        """Return what the file made at this moment is made from."""
        comparison = self.stored.comparison
        pins = permalinks.pins_text(comparison.pins)
        base, witness = comparison.base, comparison.witness
        path = permalinks.compare_path(base.revision, witness.revision, comparison.engine, pins)
        export = ComparisonExport(
            comparison,
            link=self.server.base_url + path,
            base=self._source(base.revision, self.base),
            witness=self._source(witness.revision, self.witness),
            digest=self.stored.digest,
            made_at=self.stored.made_at,
            read_on=made_at.date(),
            remarks=self.remarks,
        )
        return Contents(
            comparison=comparison,
            compared_at=self.stored.made_at or made_at,
            base=self.base,
            witness=self.witness,
            made_at=made_at,
            program=self.server.program,
            base_url=self.server.base_url,
            link=export.link,
            notes=self.notes,
            html=offline_page(export),
        )

    def _source(self, revision: str, record: TextRecord) -> TextSource:
        link = self.server.base_url + permalinks.text_path(revision)
        return TextSource(link, record.url, record.number, record.saved_at)


def gather(
    session: Session, stored: StoredComparison, chosen: Collection[str], notes: PublicNotes, server: Server
) -> Gathered:
    """Return what the evidence file of a comparison is made from, with the captures ``chosen`` by id.

    Raises NotFoundError if an article is gone, InvalidInputError for a capture that is not kept, or too many bytes.
    """
    sides = stored.comparison.base, stored.comparison.witness
    ids = [side.revision for side in sides]
    revisions = article_queries.revisions(session, ids)
    if not revisions.keys() >= set(ids):
        raise NotFoundError("One of the two articles was deleted just now.")
    captures = evidence_queries.captures_of(session, ids)
    known = {row.id: row.size for row in captures if row.is_kept}
    if not known.keys() >= set(chosen):
        raise InvalidInputError(
            "One of the chosen captures is not kept here any more, so no file was made.",
            "Open the page again and choose from what it shows.",
        )
    if sum(known[id] for id in chosen) > MAX_CAPTURES_BYTES:
        raise InvalidInputError(
            f"The chosen captures have more than {MAX_CAPTURES_BYTES // 1_000_000} MB together, so no file was made.",
            "Choose fewer of them. The file says of each capture what it was, also of those that are not in it.",
        )
    contents = {
        id: zlib.decompress(content)
        for id, content in evidence_queries.capture_contents(session, chosen).items()
    }
    records = [_text(revisions[id], captures, contents) for id in ids]
    return Gathered(
        stored=stored,
        base=records[0],
        witness=records[1],
        notes=notes.written,
        remarks=remarks_on(stored.comparison, notes.notes),
        server=server,
    )


def _text(revision: Revision, captures: Sequence[CaptureRow], contents: Mapping[str, bytes]) -> TextRecord:
    rows = [row for row in captures if row.revision == revision.id]
    records = [
        CaptureRecord(
            id=row.id,
            captured_at=row.captured_at,
            kind=row.kind,
            address=row.address,
            file_name=row.file_name,
            media_type=row.media_type,
            sha256=row.sha256,
            size=row.size,
            language=row.language,
            sources=row.sources,
            content=contents.get(row.id),
        )
        for row in rows
    ]
    return TextRecord(revision.number, revision.saved_at, revision.url, records)
