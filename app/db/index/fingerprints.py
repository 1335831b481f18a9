"""The index by fingerprints: one entry for each article's newest revision, with bounded reads.

Every read takes a limited number of fingerprints or revisions, and returns a limited number of rows for each.
"""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import bindparam, delete, func, insert, literal, select, text, tuple_, update
from sqlmodel import Session, col

from app.collation.discovery import packing
from app.db.tables.articles import ArticleRow, Revision
from app.db.tables.base import Moment, Table
from app.db.tables.index import Fingerprint, FrequentPrint, FrequentWord, Indexed

_FINGERPRINT, _INDEXED = (Table.metadata.tables[str(table.__tablename__)] for table in (Fingerprint, Indexed))
_REVISION = Table.metadata.tables[str(Revision.__tablename__)]

# Built once: a statement takes several times as long to build as to run, and a new article needs most of these.
_LAST = select(func.max(_INDEXED.c.serial))
_ENTRIES = select(
    *(_INDEXED.c.serial, _INDEXED.c.revision, _REVISION.c.article),
    *(_INDEXED.c.version, _INDEXED.c.prints, _INDEXED.c.related),
).join(_REVISION, _REVISION.c.id == _INDEXED.c.revision)
_OF_REVISIONS = _ENTRIES.where(_INDEXED.c.revision.in_(bindparam("revisions", expanding=True)))
_OF_SERIALS = _ENTRIES.where(_INDEXED.c.serial.in_(bindparam("serials", expanding=True)))
_AFTER = (
    _ENTRIES.where(_INDEXED.c.serial > bindparam("after"))
    .order_by(_INDEXED.c.serial)
    .limit(bindparam("most"))
)
_PENDING = _AFTER.where(text("NOT indexed.related"))
_MARK = (
    update(_INDEXED)
    .where(_INDEXED.c.revision.in_(bindparam("revisions", expanding=True)))
    .values(related=bindparam("its_related"))
)
_REMOVE_PRINTS = delete(_FINGERPRINT).where(
    _FINGERPRINT.c.hash == bindparam("one"), _FINGERPRINT.c.serial == bindparam("of")
)
_REMOVE = delete(_INDEXED).where(_INDEXED.c.serial == bindparam("of"))
_POSTINGS = {
    "sqlite": text(
        "SELECT value, (SELECT group_concat(serial) FROM"
        " (SELECT serial FROM fingerprint WHERE hash = value ORDER BY serial LIMIT :most)) FROM json_each(:hashes)"
    ),
    "postgresql": text(
        "SELECT asked.hash, (SELECT string_agg(CAST(serial AS text), ',' ORDER BY serial) FROM"
        " (SELECT serial FROM fingerprint WHERE fingerprint.hash = asked.hash ORDER BY serial LIMIT :most) AS held)"
        " FROM (SELECT CAST(value AS bigint) AS hash FROM"
        " json_array_elements_text(CAST(:hashes AS json)) AS given(value)) AS asked"
    ),
}


class IndexedText(NamedTuple):
    """A revision's paragraphs, and the indexes of those that are boilerplate."""

    revision: str
    paragraphs: list[str]
    furniture: list[int]


class IndexEntry(NamedTuple):
    """An indexed revision, without its text."""

    serial: int
    revision: str
    article: str
    version: int
    prints: bytes
    related: bool


def store(session: Session, revision: str, version: int, prints: Sequence[int]) -> int:
    """Put a revision into the index, its relations pending; return its serial."""
    entry = Indexed(revision=revision, version=version, prints=packing.pack(prints), related=False)
    session.add(entry)
    session.flush()
    assert entry.serial is not None
    if prints:
        # Through the table: through the class, SQLAlchemy takes twice as long, while the lock is held.
        rows = [{"hash": value, "serial": entry.serial} for value in prints]
        session.connection().execute(insert(_FINGERPRINT), rows)
    return entry.serial


def remove(session: Session, serial: int, prints: Sequence[int]) -> None:
    """Remove what ``store`` put in."""
    connection = session.connection()
    if prints:
        connection.execute(_REMOVE_PRINTS, [{"one": value, "of": serial} for value in prints])
    connection.execute(_REMOVE, {"of": serial})


def clear(session: Session) -> None:
    """Remove all entries, and the lists of frequent fingerprints and words."""
    for table in (Fingerprint, Indexed, FrequentPrint, FrequentWord):
        session.execute(delete(table))


def last_serial(session: Session) -> int:
    """Return the highest serial, or 0: roughly how many texts were ever indexed. Later entries have higher ones."""
    return session.execute(_LAST).scalar() or 0


def entries(session: Session, revisions: Sequence[str]) -> dict[str, IndexEntry]:
    """Return the entries of these revisions, by revision id; those that are not indexed are left out."""
    rows = session.connection().execute(_OF_REVISIONS, {"revisions": list(revisions)})
    return {row[1]: IndexEntry(*row) for row in rows}


def entries_by_serial(session: Session, serials: Sequence[int]) -> dict[int, IndexEntry]:
    """Return the entries with these serials, by serial; missing ones are left out."""
    rows = session.connection().execute(_OF_SERIALS, {"serials": list(serials)})
    return {row[0]: IndexEntry(*row) for row in rows}


def packed_prints(session: Session, serials: Sequence[int]) -> dict[int, bytes]:
    """Return only the packed fingerprints of the entries with these serials, by serial; missing ones are left out."""
    statement = select(_INDEXED.c.serial, _INDEXED.c.prints).where(_INDEXED.c.serial.in_(serials))
    return {row[0]: row[1] for row in session.execute(statement)}


def entries_after(session: Session, serial: int, most: int) -> list[IndexEntry]:
    """Return the first ``most`` entries added after ``serial``."""
    return [IndexEntry(*row) for row in session.connection().execute(_AFTER, {"after": serial, "most": most})]


def pending_entries(session: Session, after_serial: int, most: int) -> list[IndexEntry]:
    """Return the first ``most`` entries after ``after_serial`` whose relations are pending."""
    bounds = {"after": after_serial, "most": most}
    return [IndexEntry(*row) for row in session.connection().execute(_PENDING, bounds)]


def count_pending(session: Session, most: int) -> int:
    """Count the entries whose relations are pending, up to ``most``."""
    pending = select(col(Indexed.serial)).where(text("NOT indexed.related")).limit(most)
    return int(session.execute(select(func.count()).select_from(pending.subquery())).scalar_one())


def mark_related(session: Session, revisions: Sequence[str], *, related: bool) -> None:
    """Record whether the stored relations of these revisions are up to date."""
    if revisions:
        session.connection().execute(_MARK, {"revisions": list(revisions), "its_related": related})


def unindexed_texts(session: Session, most: int, after: str = "") -> list[IndexedText]:
    """Return the texts of ``most`` newest revisions that are not indexed; the article added first comes first.

    With ``after``, a revision, only those of articles added after its article, so that a pass reads each text once.
    """
    columns = col(Revision.id), col(Revision.paragraphs), col(Revision.furniture)
    missing = _missing(*columns)
    place = col(ArticleRow.added_at), col(ArticleRow.id)
    added = select(*place).join(Revision, col(Revision.article) == col(ArticleRow.id))
    if since := session.execute(added.where(col(Revision.id) == after)).first():
        missing = missing.where(tuple_(*place) > tuple_(literal(since[0], Moment), literal(since[1])))
    return [IndexedText(*row) for row in session.execute(missing.order_by(*place).limit(most))]


def still_unindexed(session: Session, revisions: Sequence[str]) -> list[str]:
    """Return those of the revisions that are their article's newest and not indexed, in the given order."""
    missing = set(
        session.execute(_missing(col(Revision.id)).where(col(Revision.id).in_(revisions))).scalars()
    )
    return [revision for revision in revisions if revision in missing]


def is_complete(session: Session, version: int) -> bool:
    """Return whether every article has an entry, and the first and the last entry are of this version."""
    articles = session.execute(select(func.count()).select_from(ArticleRow)).scalar_one()
    entries = session.execute(select(func.count()).select_from(Indexed)).scalar_one()
    return bool(articles == entries and stored_versions(session) <= {version})


def stored_versions(session: Session) -> set[int]:
    """Return the versions of the first and the last entry, which suffices: the index never holds two for long.

    It is emptied before entries of another version are added.
    """
    ends = select(func.min(col(Indexed.serial))).union_all(select(func.max(col(Indexed.serial))))
    chosen = select(col(Indexed.version)).where(col(Indexed.serial).in_(ends))
    return set(session.execute(chosen).scalars())


def postings(session: Session, prints: Sequence[int], most: int) -> dict[int, tuple[int, ...]]:
    """Return for each fingerprint the first ``most`` serials, ascending, of the entries that hold it. One statement."""
    rows = session.execute(
        _POSTINGS[database_kind(session)], {"hashes": json.dumps(list(prints)), "most": most}
    )
    return {value: tuple(map(int, serials.split(","))) if serials else () for value, serials in rows}


def database_kind(session: Session) -> str:
    """Return the kind of the database, ``sqlite`` or ``postgresql``."""
    return session.get_bind().dialect.name


def _missing(*columns: Any) -> Any:
    """Return the statement that selects the columns of newest revisions that are not indexed."""
    is_newest = (col(ArticleRow.id) == col(Revision.article)) & (
        col(ArticleRow.newest) == col(Revision.number)
    )
    newest = select(*columns).select_from(Revision).join(ArticleRow, is_newest)
    return newest.outerjoin(Indexed, col(Indexed.revision) == col(Revision.id)).where(
        col(Indexed.serial).is_(None)
    )
