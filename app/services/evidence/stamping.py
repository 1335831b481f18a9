"""Timestamps of evidence files, from the server that the settings name."""

from pathlib import Path

from app.db.engine.base import Database
from app.db.queries import evidence as evidence_queries
from app.errors import TimestampError
from app.evidence import timestamps
from app.services.evidence import kept_files
from app.settings import Settings


def stamp(db: Database, digest: str, settings: Settings) -> None:
    """Have an evidence file stamped, and store the answer with it; an existing timestamp is kept.

    Raises NotFoundError where there is no such file, TimestampError, in words, where no valid answer came.
    """
    if kept_files.find(db, digest).stamped_at is not None:
        return
    if not settings.timestamp_url:
        raise TimestampError(
            "No timestamp server is named here.", "Whoever runs this program can set VARIORUM_TIMESTAMP_URL."
        )
    data = kept_files.content(db, digest)
    certificates = timestamps.certificates_of(Path(settings.timestamp_certificate))
    token, moment = timestamps.request(settings.timestamp_url, data, certificates)
    with db.writing() as session:
        rows = evidence_queries.by_digest(session, digest)
        if rows is not None and rows[0].token is None:
            rows[0].token, rows[0].stamped_at = token, moment
            session.add(rows[0])


def token_of(db: Database, digest: str) -> bytes | None:
    """Return the timestamp of an evidence file; None where it has none. Raises NotFoundError without such a file."""
    kept_files.find(db, digest)
    with db.reading() as session:
        rows = evidence_queries.by_digest(session, digest)
        return rows[0].token if rows else None
