"""Captures: the pages and files that revisions were read from, kept with them for editors."""

import zlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session

from app.db.engine.base import Database
from app.db.queries import intake as intake_queries
from app.db.tables.captures import CaptureRow
from app.errors import NotFoundError
from app.permalinks import is_id, new_article_id
from app.services.articles.store import Beside, RevisionRef
from app.services.intake.intakes import Looked
from app.services.intake.preview import Preview
from app.services.pages import page_key


def record_capture(
    session: Session,
    ref: RevisionRef,
    preview: Preview,
    capture: Mapping[str, Any],
    content: bytes | None,
    *,
    max_bytes: int,
) -> None:
    """Store where a revision's text came from; ``content``, compressed, only up to ``max_bytes``."""
    stated = preview.value("captured_at")
    moment = _moment(stated) or _moment(capture.get("captured_at", "")) or datetime.now(UTC)
    address = capture.get("address") or preview.value(
        "address"
    )  # an archive's copy is at the archive's address
    is_kept = content is not None and bool(capture.get("sha256")) and len(content) <= max_bytes
    session.add(
        CaptureRow(
            id=new_article_id(),
            article=ref.article,
            revision=ref.revision,
            captured_at=moment,
            kind=(preview.captured_from or capture.get("kind") or "text")[:20],
            address=address,
            page=page_key(preview.value("address") or address),
            file_name=capture.get("file_name", ""),
            media_type=capture.get("media_type", ""),
            sha256=capture.get("sha256", ""),
            size=capture.get("size", 0),
            text_digest=preview.text_digest,
            sources={name: field.source for name, field in preview.stated.items() if field.value},
            language=preview.value("language")[:35],
            is_kept=is_kept,
            content=content if is_kept else None,
        )
    )


def beside(looked: Looked, max_bytes: int) -> Beside:
    """Return what stores where a new revision came from, in the transaction that saves it."""

    def store(session: Session, ref: RevisionRef) -> None:
        record_capture(session, ref, looked.preview, looked.capture, looked.content, max_bytes=max_bytes)

    return store


def download(db: Database, capture: str) -> tuple[str, bytes]:
    """Return the name for a capture's file, and its bytes as they came. Raises NotFoundError if they are not kept."""
    with db.reading() as session:
        row = intake_queries.capture(session, capture) if is_id(capture) else None
        if row is None or row.content is None:
            raise NotFoundError(
                "The bytes of this capture are not kept here.",
                "They may have been too many, or have gone with their article.",
            )
        return row.file_name or f"capture-{row.sha256[:12]}", zlib.decompress(row.content)


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
