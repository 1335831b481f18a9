"""The wordings of quotations and the n-grams that find them, stored with a revision and read by bounded look-ups."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import bindparam, delete, func, insert, select, text, update
from sqlmodel import Session, col

from app.collation.quotations.versions.signature import Known
from app.db.index.fingerprints import database_kind
from app.db.tables.base import Table
from app.db.tables.index import Indexed
from app.db.tables.quotations import StoredQuotation, Wording, WordingPrint

UNPLACED = ""
"""The kind of a wording that was just stored and has no head yet."""

_PRINT, _WORDING, _QUOTATION = (
    Table.metadata.tables[str(table.__tablename__)] for table in (WordingPrint, Wording, StoredQuotation)
)
_NO_COUNTS = {"carried": 0, "wordings": 0, "reworded": 0}

# Built once: a statement takes several times as long to build as to run, and an article's quotations need dozens.
_NAMED = _WORDING.c.serial.in_(bindparam("serials", expanding=True))
_OF_HEADS = _WORDING.c.head.in_(bindparam("heads", expanding=True))
_BY_DIGEST = select(_WORDING.c.digest, _WORDING.c.serial).where(
    _WORDING.c.digest.in_(bindparam("digests", expanding=True))
)
_STORE = insert(_WORDING).returning(_WORDING.c.serial, sort_by_parameter_order=True)
_STORE_PRINTS = insert(_PRINT)
_REMOVE_PRINTS = delete(_PRINT).where(_PRINT.c.hash == bindparam("one"), _PRINT.c.serial == bindparam("of"))
_REMOVE = delete(_WORDING).where(_NAMED)
_BY_GRAM = {
    "sqlite": text(
        "SELECT value, (SELECT group_concat(serial) FROM"
        " (SELECT serial FROM wording_print WHERE hash = value ORDER BY serial LIMIT :most)) FROM json_each(:hashes)"
    ),
    "postgresql": text(
        "SELECT asked.hash, (SELECT string_agg(CAST(serial AS text), ',' ORDER BY serial) FROM"
        " (SELECT serial FROM wording_print WHERE wording_print.hash = asked.hash ORDER BY serial LIMIT :most) AS held)"
        " FROM (SELECT CAST(value AS bigint) AS hash FROM"
        " json_array_elements_text(CAST(:hashes AS json)) AS given(value)) AS asked"
    ),
}
# As one JSON value, since there may be more of them than a statement can have parameters.
_AMONG = {
    "sqlite": text("wording.serial IN (SELECT value FROM json_each(:serials))"),
    "postgresql": text(
        "wording.serial IN (SELECT CAST(value AS bigint) FROM json_array_elements_text(CAST(:serials AS json)))"
    ),
}
_HEADS = {name: select(_WORDING.c.serial, _WORDING.c.head).where(among) for name, among in _AMONG.items()}
_PRINTING = (
    select(_QUOTATION.c.text)
    .where(_QUOTATION.c.wording == _WORDING.c.serial)
    .order_by(_QUOTATION.c.serial)
    .limit(1)
    .scalar_subquery()
)
_ENTRY = select(
    *(_WORDING.c.serial, _WORDING.c.digest, _WORDING.c.length, _WORDING.c.head, _WORDING.c.kind), _PRINTING
)
_ENTRIES = {name: _ENTRY.where(among) for name, among in _AMONG.items()}
_MEMBERS = select(_WORDING.c.serial).where(_WORDING.c.head == bindparam("of")).order_by(_WORDING.c.serial)
_PLACE = (
    update(_WORDING)
    .where(_WORDING.c.serial == bindparam("of"))
    .values(head=bindparam("its_head"), kind=bindparam("its_kind"))
)
_KINDS = (
    select(_WORDING.c.head, _WORDING.c.kind, func.count())
    .where(_OF_HEADS)
    .group_by(_WORDING.c.head, _WORDING.c.kind)
)
_CARRIED = (
    select(_WORDING.c.head, func.count(func.distinct(_QUOTATION.c.revision)))
    .join(_QUOTATION, _QUOTATION.c.wording == _WORDING.c.serial)
    .where(_OF_HEADS)
    .group_by(_WORDING.c.head)
)
_INDEXED = Table.metadata.tables[str(Indexed.__tablename__)]
_IS_QUOTED = select(_INDEXED.c.quoted).where(_INDEXED.c.revision == bindparam("of"))
_MARK_QUOTED = update(_INDEXED).where(_INDEXED.c.revision == bindparam("of")).values(quoted=True)
_COUNT = (
    update(_WORDING)
    .where(_WORDING.c.serial == bindparam("of"))
    .values({name: bindparam(f"its_{name}") for name in _NO_COUNTS})
)
_COUNT_MORE = (
    update(_WORDING)
    .where(_WORDING.c.serial == bindparam("of"))
    .values({name: _WORDING.c[name] + bindparam(f"its_{name}") for name in _NO_COUNTS})
)


class WordingEntry(NamedTuple):
    """A wording with a quotation's text that prints it."""

    serial: int
    digest: int
    length: int
    head: int
    kind: str
    text: str

    @property
    def is_head(self) -> bool:
        """Whether it is the head of its versions: the most complete."""
        return self.kind == "whole"

    @property
    def rank(self) -> tuple[int, int]:
        """Sort key: more complete wordings first, and those of equal length in a fixed order."""
        return -self.length, self.digest


def serials_by_digest(session: Session, digests: Iterable[int]) -> dict[int, int]:
    """Return the serials of those of these wordings that are stored, by digest."""
    rows = session.connection().execute(_BY_DIGEST, {"digests": list(digests)})
    return {row[0]: row[1] for row in rows}


def store(session: Session, fresh: Sequence[Known]) -> dict[int, int]:
    """Store new wordings, without a head yet; return their serials by digest."""
    if not fresh:
        return {}
    rows = [
        {"digest": wording.digest, "length": wording.length, "head": 0, "kind": UNPLACED, **_NO_COUNTS}
        for wording in fresh
    ]
    connection = session.connection()
    serials = list(connection.execute(_STORE, rows).scalars())
    prints = [
        {"hash": value, "serial": serial}
        for wording, serial in zip(fresh, serials, strict=True)
        for value in wording.prints
    ]
    connection.execute(_STORE_PRINTS, prints)
    return {wording.digest: serial for wording, serial in zip(fresh, serials, strict=True)}


def remove(session: Session, gone: Iterable[tuple[int, Sequence[int]]]) -> None:
    """Remove what ``store`` put in, by serial and prints, once no quotation has these wordings."""
    stored = list(gone)
    prints = [{"one": value, "of": serial} for serial, values in stored for value in values]
    connection = session.connection()
    if prints:
        connection.execute(_REMOVE_PRINTS, prints)
    if stored:
        connection.execute(_REMOVE, {"serials": [serial for serial, _ in stored]})


def clear(session: Session) -> None:
    """Remove every wording; the quotations remain, without one."""
    session.execute(update(StoredQuotation).values(wording=None), execution_options=_BEHIND)
    session.execute(delete(WordingPrint))
    session.execute(delete(Wording))


def serials_by_gram(session: Session, prints: Collection[int], most: int) -> dict[int, tuple[int, ...]]:
    """Return for each n-gram the first ``most`` serials, ascending, of the wordings that hold it. One statement."""
    if not prints:
        return {}
    parameters = {"hashes": json.dumps(list(prints)), "most": most}
    rows = session.connection().execute(_BY_GRAM[database_kind(session)], parameters).all()
    return {value: tuple(map(int, serials.split(","))) if serials else () for value, serials in rows}


def heads(session: Session, serials: Iterable[int]) -> dict[int, int]:
    """Return the head of each of these wordings; a wording without one yet is its own."""
    parameters = {"serials": json.dumps(list(serials))}
    rows = session.connection().execute(_HEADS[database_kind(session)], parameters).all()
    return {row[0]: row[1] or row[0] for row in rows}


def entries(session: Session, serials: Iterable[int]) -> dict[int, WordingEntry]:
    """Return the wordings with these serials, by serial; those that no quotation has are left out."""
    parameters = {"serials": json.dumps(list(serials))}
    rows = session.connection().execute(_ENTRIES[database_kind(session)], parameters).all()
    return {row[0]: WordingEntry(*row) for row in rows if row[-1] is not None}


def version_serials(session: Session, head: int) -> list[int]:
    """Return the serials, ascending, of a head's versions, itself included; none for a wording that is no head."""
    return list(session.connection().execute(_MEMBERS, {"of": head}).scalars())


def record_heads(session: Session, placed: Iterable[WordingEntry]) -> None:
    """Record the head and the kind of each wording."""
    rows = [{"of": wording.serial, "its_head": wording.head, "its_kind": wording.kind} for wording in placed]
    if rows:
        session.connection().execute(_PLACE, rows)


def add_counts(session: Session, more: Mapping[int, Mapping[str, int]]) -> None:
    """Add to the counts of these heads: ``carried``, ``wordings`` and ``reworded``, each if given."""
    rows = [
        {"of": serial} | {f"its_{name}": counts.get(name, 0) for name in _NO_COUNTS}
        for serial, counts in sorted(more.items())
    ]
    if rows:
        session.connection().execute(_COUNT_MORE, rows)


def recount_heads(session: Session, serials: Sequence[int]) -> None:
    """Recompute the counts of these heads; those of a wording that is no head become 0."""
    if not serials:
        return
    connection = session.connection()
    counts = {serial: dict(_NO_COUNTS) for serial in serials}
    whole = set()
    for head, relation, number in connection.execute(_KINDS, {"heads": list(serials)}):
        counts[head]["wordings"] += number if relation != "same" else 0
        counts[head]["reworded"] += number if relation == "reworded" else 0
        if relation == "whole":
            whole.add(head)
    for head, number in connection.execute(_CARRIED, {"heads": list(serials)}):
        counts[head]["carried"] = number
    rows = []
    for serial, count in counts.items():
        stored = count if serial in whole else _NO_COUNTS
        rows.append({"of": serial} | {f"its_{name}": stored[name] for name in _NO_COUNTS})
    connection.execute(_COUNT, rows)


def is_quoted(session: Session, revision: str) -> bool | None:
    """Return whether the quotations of a newest revision are stored; None for an article's earlier revision."""
    return session.connection().execute(_IS_QUOTED, {"of": revision}).scalar()


def mark_quoted(session: Session, revision: str) -> None:
    """Record that the quotations of a newest revision are stored."""
    session.connection().execute(_MARK_QUOTED, {"of": revision})


def count_pending(session: Session) -> int:
    """Count the newest revisions whose quotations are pending."""
    statement = select(func.count()).select_from(Indexed).where(text("NOT indexed.quoted"))
    return int(session.execute(statement).scalar_one())


def pending_revisions(session: Session, after: int, most: int) -> list[tuple[int, str]]:
    """Return serial and revision of the first ``most`` entries after ``after`` whose quotations are pending."""
    waiting = select(col(Indexed.serial), col(Indexed.revision)).where(
        text("NOT indexed.quoted"), col(Indexed.serial) > after
    )
    rows = session.execute(waiting.order_by(col(Indexed.serial)).limit(most))
    return [(serial, revision) for serial, revision in rows if serial is not None]


_BEHIND = {"synchronize_session": False}
"""No session holds rows of these tables, so none has to be synchronized."""
