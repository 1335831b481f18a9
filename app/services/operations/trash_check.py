"""Check row by row that what the trash holds is intact, so that it can be put back."""

import hashlib
import zlib
from collections.abc import Iterator

from app.db.engine.base import Database
from app.db.queries import trash as trash_queries
from app.db.queries.trash import PackedRow
from app.errors import StorageDamagedError
from app.permalinks import revision_id, text_digest

ROWS_PER_TRANSACTION = 20


def trash_faults(db: Database) -> Iterator[tuple[str, str]]:
    """Yield each damaged row of the trash, as its article's id and what is wrong with it."""
    after = 0
    while True:
        try:
            with db.reading() as session:
                ids = trash_queries.row_ids(session, after, ROWS_PER_TRANSACTION)
                for id, article in ids:
                    try:
                        fault = _fault(trash_queries.packed_row(session, id))
                    except (zlib.error, ValueError, KeyError, TypeError):
                        fault = "a row of it cannot be read"
                    if fault:
                        yield article, f"in the trash: {fault}"
        except StorageDamagedError:
            yield "", f"the trash cannot be read after row {after}"
            return
        if not ids:
            return
        after = ids[-1][0]


def _fault(packed: PackedRow) -> str:
    columns = packed.columns
    if packed.kind == "revision":
        if text_digest(columns["paragraphs"]) != columns["digest"]:
            return f"revision {columns['number']}: its text is not the one that was stored (its digest is another)"
        if revision_id(packed.article, columns["number"], columns["paragraphs"]) != columns["id"]:
            return f"revision {columns['number']}: its id is not the one of its text and number"
    content = zlib.decompress(packed.content) if packed.content is not None else None
    if packed.kind == "comparison" and _sha256(content) != columns["digest"]:
        return f"the comparison {columns['base']}..{columns['witness']} is not the one that was stored"
    if packed.kind == "capture" and content is not None and _sha256(content) != columns["sha256"]:
        return f"the capture of {columns['captured_at']} is not the one that was stored"
    return ""


def _sha256(content: bytes | None) -> str:
    return hashlib.sha256(content or b"").hexdigest()
