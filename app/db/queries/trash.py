"""Reads and writes of the trash: an article's rows packed as they are, put back, and removed for good."""

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Date, LargeBinary, delete, func, insert, or_, select, update
from sqlmodel import Session, col

from app.db.tables.articles import ArticleRow, DeletedArticle, DeletedLink, Revision, TrashedRow
from app.db.tables.base import Moment, Table
from app.db.tables.captures import CaptureRow, IntakeRow, WatchRow
from app.db.tables.comparisons import ComparisonRow, EvidenceRow
from app.db.tables.desk import FindingSummary
from app.db.tables.notes import NoteRow
from app.db.tables.quotations import StoredQuotation
from app.db.tables.relations import KeptApart, StoredRelation
from app.db.tables.search import LabelRow
from app.permalinks import ID_LENGTH

_TABLES = Table.metadata.tables
_ARTICLE, _REVISION, _COMPARISON, _SUMMARY, _NOTE, _QUOTATION, _RELATION, _APART, _CAPTURE, _WATCH, _LABEL = (
    _TABLES[str(table.__tablename__)]
    for table in (
        *(ArticleRow, Revision, ComparisonRow, FindingSummary, NoteRow, StoredQuotation, StoredRelation),
        *(KeptApart, CaptureRow, WatchRow, LabelRow),
    )
)
_DELETED, _LINK, _TRASHED, _INTAKE, _EVIDENCE = (
    _TABLES[str(table.__tablename__)]
    for table in (DeletedArticle, DeletedLink, TrashedRow, IntakeRow, EvidenceRow)
)

SUMMARY = "summary"
"""Key under which a packed comparison holds its summary's row."""

OF_COMPARISON = "of"
"""Key under which a packed evidence file identifies its comparison, whose number changes when it is put back."""

_COMPARISON_KEY = ("base", "witness", "pins", "engine")


@dataclass(frozen=True, slots=True)
class PackedRow:
    """A row of another table, as the trash holds it."""

    id: int
    article: str
    other: str | None
    kind: str
    """Its table."""
    columns: Mapping[str, Any]
    """Without its bytes: as JSON has them, so a moment or a date is text."""
    content: bytes | None


EVIDENCE = "evidence"
"""The kind of link that is the key of an evidence file's digest."""

PAGE = "page"
"""The kind of link that is no id: what the addresses of the page are known by that an article was read from."""


def trash(session: Session, article: str, columns: Mapping[str, Any], page: str) -> None:
    """Put all that goes with a live article into the trash; the caller then deletes the article itself.

    ``columns`` are those of ``DeletedArticle``, ``page`` is the key of the page that it states, or empty.
    """
    connection = session.connection()
    connection.execute(insert(_DELETED), [dict(columns)])
    revisions = list(session.execute(select(_REVISION.c.id).where(_REVISION.c.article == article)).scalars())
    newest = select(_REVISION.c.id).where(
        _REVISION.c.article == article, _REVISION.c.number == columns["newest"]
    )
    links = [(revision, "revision") for revision in revisions]
    for packed in _rows_of(session, article, revisions, str(session.execute(newest).scalar_one())):
        connection.execute(insert(_TRASHED), [{"article": article, **packed}])
    of_article = _QUOTATION.c.revision.in_(revisions)
    links += [
        (id, "quotation") for id in session.execute(select(_QUOTATION.c.id).where(of_article)).scalars()
    ]
    noted = or_(_NOTE.c.base.in_(revisions), _NOTE.c.witness.in_(revisions))
    links += [(id, "note") for id in session.execute(select(_NOTE.c.id).where(noted)).scalars()]
    captured = select(_CAPTURE.c.id).where(_CAPTURE.c.article == article)
    links += [(id, "capture") for id in session.execute(captured).scalars()]
    compared = or_(_COMPARISON.c.base.in_(revisions), _COMPARISON.c.witness.in_(revisions))
    proved = select(_EVIDENCE.c.digest).join(_COMPARISON, _EVIDENCE.c.comparison == _COMPARISON.c.id)
    digests = session.execute(proved.where(compared)).scalars()
    links += [(evidence_key(digest), EVIDENCE) for digest in digests]
    of_pages = select(_CAPTURE.c.page).where(_CAPTURE.c.article == article)
    pages = {page, *session.execute(of_pages).scalars()} - {"", None}
    # Of several articles from one page, the one deleted last is found by it.
    connection.execute(delete(_LINK).where(_LINK.c.id.in_(pages), _LINK.c.kind == PAGE))
    links += [(page, PAGE) for page in pages]
    connection.execute(insert(_LINK), [{"id": id, "article": article, "kind": kind} for id, kind in links])


def evidence_key(digest: str) -> str:
    """Return the key of an evidence file's old address: as much of its digest as an id has characters."""
    return digest[:ID_LENGTH]


def from_page(session: Session, page: str) -> DeletedArticle | None:
    """Return the article of the trash that was read from this page."""
    linked = select(_LINK.c.article).where(_LINK.c.id == page, _LINK.c.kind == PAGE)
    chosen = select(DeletedArticle).where(
        col(DeletedArticle.id).in_(linked), col(DeletedArticle.purged_at).is_(None)
    )
    return session.execute(chosen).scalar()


def _rows_of(
    session: Session, article: str, revisions: Sequence[str], newest: str
) -> Iterator[dict[str, Any]]:
    """Yield the columns of ``TrashedRow`` for all that goes with an article, in the order in which it is put back.

    Its index entry, its newest revision's quotations and its place in the library are made again then.
    """

    def rows(table: Any, condition: ColumnElement[bool], *order: Any) -> Iterator[dict[str, Any]]:
        ids = list(session.execute(select(*table.primary_key).where(condition).order_by(*order)))
        for id in ids:  # one by one: a comparison or a capture may have megabytes
            key = [column == value for column, value in zip(table.primary_key, id, strict=True)]
            yield dict(session.execute(select(table).where(*key)).mappings().one())

    yield from (_packed(_ARTICLE, row) for row in rows(_ARTICLE, _ARTICLE.c.id == article))
    of_article = _REVISION.c.article == article
    yield from (_packed(_REVISION, row) for row in rows(_REVISION, of_article, _REVISION.c.number))
    yield from (_packed(_CAPTURE, row) for row in rows(_CAPTURE, _CAPTURE.c.article == article))
    yield from (_packed(_WATCH, row) for row in rows(_WATCH, _WATCH.c.article == article))
    yield from (_packed(_LABEL, row) for row in rows(_LABEL, _LABEL.c.article == article))
    for row in rows(_APART, or_(_APART.c.low == article, _APART.c.high == article)):
        yield _packed(_APART, row, row["high"] if row["low"] == article else row["low"])
    earlier = [revision for revision in revisions if revision != newest]
    for row in rows(_QUOTATION, _QUOTATION.c.revision.in_(earlier), _QUOTATION.c.serial):
        yield _packed(_QUOTATION, {**row, "wording": None}, leave_out="serial")

    def other_of(row: Mapping[str, Any], ends: Sequence[str]) -> str | None:
        named = [row[end] for end in ends if row[end] not in revisions and row[end] is not None]
        if not named:
            return None
        return str(
            session.execute(select(_REVISION.c.article).where(_REVISION.c.id == named[0])).scalar_one()
        )

    either = or_(_COMPARISON.c.base.in_(revisions), _COMPARISON.c.witness.in_(revisions))
    for row in rows(_COMPARISON, either, _COMPARISON.c.id):
        summary = (
            session.execute(select(_SUMMARY).where(_SUMMARY.c.comparison == row["id"])).mappings().first()
        )
        other = other_of(row, ("base", "witness"))
        yield _packed(
            _COMPARISON, {**row, SUMMARY: dict(summary) if summary else None}, other, leave_out="id"
        )
        key = {name: row[name] for name in _COMPARISON_KEY}
        for file in rows(_EVIDENCE, _EVIDENCE.c.comparison == row["id"], _EVIDENCE.c.id):
            yield _packed(_EVIDENCE, {**file, OF_COMPARISON: key}, other, leave_out="id")
    for row in rows(_RELATION, _RELATION.c.revision.in_(revisions)):
        yield _packed(_RELATION, row, other_of(row, ("revision", "other")))
    noted = or_(_NOTE.c.base.in_(revisions), _NOTE.c.witness.in_(revisions))
    for row in rows(_NOTE, noted, _NOTE.c.made_at, _NOTE.c.id):
        yield _packed(_NOTE, row, other_of(row, ("base", "witness")))


def _packed(
    table: Any, row: Mapping[str, Any], other: str | None = None, leave_out: str = ""
) -> dict[str, Any]:
    content = _content_column(table)
    stated = {name: value for name, value in row.items() if name not in (leave_out, content)}
    written = json.dumps(stated, ensure_ascii=False, separators=(",", ":"), default=_written)
    return {
        "other": other,
        "kind": table.name,
        "columns": zlib.compress(written.encode("utf-8", "surrogatepass")),
        "content": row[content] if content else None,
    }


def _content_column(table: Any) -> str:
    """Return which column of bytes is kept as it is; empty where the table has none. Others go into the JSON."""
    return next((c.name for c in reversed(list(table.columns)) if isinstance(c.type, LargeBinary)), "")


def _written(value: object) -> object:
    if isinstance(value, bytes):
        return {"base64": b64encode(value).decode("ascii")}
    assert isinstance(value, date)  # a moment is one too
    return value.isoformat()


def packed_rows(session: Session, article: str) -> Iterator[PackedRow]:
    """Yield what the trash holds of an article, in order; one row in memory at a time.

    Its revisions come first: what another article handed over may be about one of them, and has a lower number.
    """
    order = _TRASHED.c.kind != _REVISION.name, _TRASHED.c.id
    chosen = select(_TRASHED.c.id).where(_TRASHED.c.article == article).order_by(*order)
    for id in list(session.execute(chosen).scalars()):
        yield packed_row(session, id)


def packed_row(session: Session, id: int) -> PackedRow:
    """Return one row of the trash. Raises zlib.error or ValueError if it is damaged."""
    return _unpacked(session.execute(select(_TRASHED).where(_TRASHED.c.id == id)).mappings().one())


def row_ids(session: Session, after: int, most: int) -> list[tuple[int, str]]:
    """Return the first ``most`` rows of the trash after the one with the id ``after``: ids, and whose they are."""
    chosen = select(_TRASHED.c.id, _TRASHED.c.article).where(_TRASHED.c.id > after)
    return [(id, article) for id, article in session.execute(chosen.order_by(_TRASHED.c.id).limit(most))]


def _unpacked(row: Mapping[Any, Any]) -> PackedRow:
    columns = json.loads(zlib.decompress(row["columns"]))
    return PackedRow(row["id"], row["article"], row["other"], row["kind"], columns, row["content"])


def last_packed(session: Session, article: str, kind: str) -> PackedRow:
    """Return the last row of one kind that the trash holds of an article: of its revisions, the newest."""
    chosen = select(_TRASHED).where(_TRASHED.c.article == article, _TRASHED.c.kind == kind)
    row = session.execute(chosen.order_by(_TRASHED.c.id.desc()).limit(1)).mappings().one()
    return _unpacked(row)


def values(packed: PackedRow) -> dict[str, Any]:
    """Return the columns of a packed row as its table takes them; columns that the table lost since are left out."""
    table, columns = _TABLES[packed.kind], {}
    for column in table.columns:
        if column.name == _content_column(table):
            columns[column.name] = packed.content
        elif column.name in packed.columns:
            value = packed.columns[column.name]
            if isinstance(value, str) and isinstance(column.type, Moment):
                value = datetime.fromisoformat(value)
            elif isinstance(value, str) and isinstance(column.type, Date):
                value = date.fromisoformat(value)
            elif isinstance(column.type, LargeBinary) and value is not None:
                value = b64decode(value["base64"])
            columns[column.name] = value
    return columns


def put_back(session: Session, packed: PackedRow) -> None:
    """Insert a packed row into its table; a comparison with what it found, an evidence file with its comparison."""
    connection = session.connection()
    table = _TABLES[packed.kind]
    if table is _EVIDENCE:
        key = [_COMPARISON.c[name] == value for name, value in packed.columns[OF_COMPARISON].items()]
        id = session.execute(select(_COMPARISON.c.id).where(*key)).scalar()
        if id is not None:
            connection.execute(insert(table), [{**values(packed), "comparison": id}])
        return
    if table is not _COMPARISON:
        connection.execute(insert(table), [values(packed)])
        return
    id = connection.execute(insert(table).returning(table.c.id), [values(packed)]).scalar_one()
    if packed.columns[SUMMARY]:
        connection.execute(insert(_SUMMARY), [{**packed.columns[SUMMARY], "comparison": id}])


def hand_over(session: Session, packed: PackedRow) -> None:
    """Move a packed row, with its link, to the other article that it concerns, which is also in the trash."""
    moved = {"article": packed.other, "other": packed.article}
    session.execute(update(_TRASHED).where(_TRASHED.c.id == packed.id).values(moved))
    keys = {_NOTE.name: "id", _EVIDENCE.name: "digest"}
    if packed.kind in keys:
        key = evidence_key(str(packed.columns[keys[packed.kind]]))
        session.execute(update(_LINK).where(_LINK.c.id == key).values(article=packed.other))


def deleted(session: Session, article: str) -> DeletedArticle | None:
    """Return what is known of a deleted article."""
    return session.get(DeletedArticle, article)


def in_batch(session: Session, batch: str) -> list[DeletedArticle]:
    """Return the articles that were deleted together and are in the trash still, the first deleted first."""
    chosen = select(DeletedArticle).where(
        col(DeletedArticle.batch) == batch, col(DeletedArticle.purged_at).is_(None)
    )
    return list(
        session.execute(chosen.order_by(col(DeletedArticle.deleted_at), col(DeletedArticle.id))).scalars()
    )


def listed(session: Session, offset: int, limit: int) -> list[DeletedArticle]:
    """Return ``limit`` articles of the trash after ``offset``, the one deleted last first."""
    chosen = select(DeletedArticle).where(col(DeletedArticle.purged_at).is_(None))
    ordered = chosen.order_by(col(DeletedArticle.deleted_at).desc(), col(DeletedArticle.id))
    return list(session.execute(ordered.offset(offset).limit(limit)).scalars())


def count_trashed(session: Session) -> int:
    """Count the articles in the trash."""
    counted = select(func.count()).select_from(_DELETED).where(_DELETED.c.purged_at.is_(None))
    return int(session.execute(counted).scalar_one())


def count_packed(session: Session, article: str) -> dict[str, int]:
    """Count what the trash holds of an article, by table, with what waits there with other articles."""
    either = or_(_TRASHED.c.article == article, _TRASHED.c.other == article)
    counted = select(_TRASHED.c.kind, func.count()).where(either).group_by(_TRASHED.c.kind)
    return {kind: int(count) for kind, count in session.execute(counted)}


def last_deleted_at(session: Session) -> datetime | None:
    """Return when the most recent article in the trash was deleted; None if the trash is empty."""
    chosen = select(DeletedArticle).where(col(DeletedArticle.purged_at).is_(None))
    row = session.execute(chosen.order_by(col(DeletedArticle.deleted_at).desc()).limit(1)).scalar()
    return row.deleted_at if row else None


def deleted_before(session: Session, moment: datetime, limit: int) -> list[str]:
    """Return at most ``limit`` articles of the trash that were deleted before ``moment``, the earliest first."""
    chosen = select(_DELETED.c.id).where(_DELETED.c.purged_at.is_(None), _DELETED.c.deleted_at < moment)
    return list(session.execute(chosen.order_by(_DELETED.c.deleted_at).limit(limit)).scalars())


def purge(session: Session, article: str, moment: datetime) -> None:
    """Remove all that the trash holds of an article and what was brought in for it; what its links say stays."""
    connection = session.connection()
    held = or_(_TRASHED.c.article == article, _TRASHED.c.other == article)
    connection.execute(delete(_TRASHED).where(held))
    connection.execute(delete(_INTAKE).where(_INTAKE.c.article == article))
    connection.execute(delete(_LINK).where(_LINK.c.article == article, _LINK.c.kind == PAGE))
    connection.execute(update(_DELETED).where(_DELETED.c.id == article).values(purged_at=moment))


def forget(session: Session, article: str) -> None:
    """Remove everything about a deleted article: its tombstone, its old links, and what the trash still has of it."""
    session.connection().execute(delete(_DELETED).where(_DELETED.c.id == article))


def by_link(session: Session, ids: Sequence[str]) -> dict[str, DeletedArticle]:
    """Return, by id, the deleted articles that these ids name, or whose parts they name."""
    deleted: dict[str, DeletedArticle] = {}
    linked = select(_LINK.c.id, DeletedArticle).join(
        DeletedArticle, col(DeletedArticle.id) == _LINK.c.article
    )
    for id, row in session.execute(linked.where(_LINK.c.id.in_(ids))):
        deleted[id] = row
    for row in session.execute(select(DeletedArticle).where(col(DeletedArticle.id).in_(ids))).scalars():
        deleted[row.id] = row
    return deleted


def purged_ids(session: Session) -> dict[str, str]:
    """Return the articles that were deleted for good, each with its title."""
    chosen = select(_DELETED.c.id, _DELETED.c.title).where(_DELETED.c.purged_at.is_not(None))
    return {row[0]: row[1] for row in session.execute(chosen)}


def known_to_imports(
    session: Session, articles: Sequence[str], import_ids: Sequence[str]
) -> list[DeletedArticle]:
    """Return the deleted articles that have one of these ids or import ids."""
    either = or_(col(DeletedArticle.id).in_(articles), col(DeletedArticle.import_id).in_(import_ids))
    return list(session.execute(select(DeletedArticle).where(either)).scalars())


def existing_revisions(session: Session, ids: Collection[str]) -> set[str]:
    """Return those of the revisions that are stored."""
    chosen = select(_REVISION.c.id).where(_REVISION.c.id.in_(list(ids)))
    return set(session.execute(chosen).scalars())
