"""Reads of evidence files, and of what goes into them."""

from collections.abc import Collection

from sqlalchemy.orm import defer
from sqlmodel import Session, col, func, select

from app.db.tables.captures import CaptureRow
from app.db.tables.comparisons import ComparisonRow, EvidenceRow


def by_digest(session: Session, digest: str) -> tuple[EvidenceRow, ComparisonRow] | None:
    """Return the evidence file of this digest, with the comparison that it is of; without any document."""
    statement = (
        select(EvidenceRow, ComparisonRow)
        .join(ComparisonRow, col(ComparisonRow.id) == col(EvidenceRow.comparison))
        .where(EvidenceRow.digest == digest)
        .options(defer(col(EvidenceRow.members)), defer(col(ComparisonRow.document)))  # type: ignore[arg-type]  # SQLModel's col
    )
    return session.exec(statement).first()


def of_comparison(session: Session, comparison: int, limit: int) -> list[EvidenceRow]:
    """Return the evidence files of a comparison, the last made first; without their members."""
    statement = select(EvidenceRow).where(EvidenceRow.comparison == comparison)
    ordered = statement.order_by(col(EvidenceRow.id).desc()).limit(limit)
    return list(session.exec(ordered.options(defer(col(EvidenceRow.members)))))  # type: ignore[arg-type]  # SQLModel's col


def digests(session: Session) -> list[str]:
    """Return the digests of all evidence files."""
    return list(session.exec(select(EvidenceRow.digest).order_by(col(EvidenceRow.id))))


def count_of(session: Session, comparison: int) -> int:
    """Count the evidence files of a comparison."""
    statement = select(func.count()).select_from(EvidenceRow).where(EvidenceRow.comparison == comparison)
    return session.exec(statement).one()


def captures_of(session: Session, revisions: Collection[str]) -> list[CaptureRow]:
    """Return where these revisions' texts came from, the first captured first; without the bytes."""
    statement = select(CaptureRow).where(col(CaptureRow.revision).in_(revisions))
    ordered = statement.order_by(col(CaptureRow.captured_at), col(CaptureRow.id))
    return list(session.exec(ordered.options(defer(col(CaptureRow.content)))))  # type: ignore[arg-type]  # SQLModel's col


def capture_contents(session: Session, ids: Collection[str]) -> dict[str, bytes]:
    """Return the kept bytes of these captures, compressed, by id."""
    statement = select(CaptureRow.id, CaptureRow.content).where(
        col(CaptureRow.id).in_(ids), col(CaptureRow.content).is_not(None)
    )
    return {id: content for id, content in session.exec(statement) if content is not None}
