"""The wordings of quotations and the grams that find them: what is written with a revision, and bounded look-ups."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import bindparam, delete, func, insert, select, text, update
from sqlmodel import Session, col

from app.collation.quotations.versions.signature import Known
from app.db.index.fingerprints import database_kind
from app.db.tables.articles import Indexed, Table
from app.db.tables.quotations import StoredQuotation, Wording, WordingPrint

UNPLACED = ""
"""The kind of a wording that was just stored, and is not arranged yet."""

_PRINT, _WORDING, _QUOTATION = (
    Table.metadata.tables[str(table.__tablename__)] for table in (WordingPrint, Wording, StoredQuotation)
)
_NO_COUNTS = {"carried": 0, "wordings": 0, "reworded": 0}

# Made once: a statement takes several times as long to make as to run, and an article's quotations need dozens.
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
# In one piece of JSON, since they may be more than a statement may have parameters.
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
    """A wording with a text that prints it."""

    serial: int
    digest: int
    length: int
    head: int
    kind: str
    text: str

    @property
    def is_head(self) -> bool:
        """Whether it is the most complete of its versions."""
        return self.kind == "whole"

    @property
    def rank(self) -> tuple[int, int]:
        """The more complete first; of equal length always the same one."""
        return -self.length, self.digest


def serials_by_digest(session: Session, digests: Iterable[int]) -> dict[int, int]:
    """Of these wordings those that stand: their serials."""
    found = session.connection().execute(_BY_DIGEST, {"digests": list(digests)})
    return {row[0]: row[1] for row in found}


def store(session: Session, fresh: Sequence[Known]) -> dict[int, int]:
    """The serials of new wordings by their digests; they are to be arranged."""
    if not fresh:
        return {}
    rows = [
        {"digest": one.digest, "length": one.length, "head": 0, "kind": UNPLACED, **_NO_COUNTS}
        for one in fresh
    ]
    connection = session.connection()
    serials = list(connection.execute(_STORE, rows).scalars())
    prints = [
        {"hash": value, "serial": serial}
        for one, serial in zip(fresh, serials, strict=True)
        for value in one.prints
    ]
    connection.execute(_STORE_PRINTS, prints)
    return {one.digest: serial for one, serial in zip(fresh, serials, strict=True)}


def remove(session: Session, gone: Iterable[tuple[int, Sequence[int]]]) -> None:
    """Take out what ``store`` put in, by serial and prints; no quotation has these wordings any more."""
    stored = list(gone)
    prints = [{"one": value, "of": serial} for serial, values in stored for value in values]
    connection = session.connection()
    if prints:
        connection.execute(_REMOVE_PRINTS, prints)
    if stored:
        connection.execute(_REMOVE, {"serials": [serial for serial, _ in stored]})


def clear(session: Session) -> None:
    """Take out every wording; the quotations stay, without one."""
    session.execute(update(StoredQuotation).values(wording=None), execution_options=_BEHIND)
    session.execute(delete(WordingPrint))
    session.execute(delete(Wording))


def serials_by_gram(session: Session, prints: Collection[int], most: int) -> dict[int, tuple[int, ...]]:
    """For each of these grams the serials, rising, of the wordings that hold it: the first ``most``. One statement."""
    if not prints:
        return {}
    asked = {"hashes": json.dumps(list(prints)), "most": most}
    found = session.connection().execute(_BY_GRAM[database_kind(session)], asked).all()
    return {value: tuple(map(int, serials.split(","))) if serials else () for value, serials in found}


def heads(session: Session, serials: Iterable[int]) -> dict[int, int]:
    """Of each of these wordings the head of its versions; itself for one that is not arranged yet."""
    asked = {"serials": json.dumps(list(serials))}
    found = session.connection().execute(_HEADS[database_kind(session)], asked).all()
    return {row[0]: row[1] or row[0] for row in found}


def entries(session: Session, serials: Iterable[int]) -> dict[int, WordingEntry]:
    """The named wordings, those that some quotation has."""
    asked = {"serials": json.dumps(list(serials))}
    found = session.connection().execute(_ENTRIES[database_kind(session)], asked).all()
    return {row[0]: WordingEntry(*row) for row in found if row[-1] is not None}


def version_serials(session: Session, head: int) -> list[int]:
    """The wordings that are versions of this one, itself included where it is a head; rising."""
    return list(session.connection().execute(_MEMBERS, {"of": head}).scalars())


def record_heads(session: Session, placed: Iterable[WordingEntry]) -> None:
    """Note of these wordings of which one each is a version, and of what kind."""
    rows = [{"of": one.serial, "its_head": one.head, "its_kind": one.kind} for one in placed]
    if rows:
        session.connection().execute(_PLACE, rows)


def add_counts(session: Session, more: Mapping[int, Mapping[str, int]]) -> None:
    """Add to what is counted of these heads: ``carried``, ``wordings`` and ``reworded``, each where it is given."""
    rows = [
        {"of": serial} | {f"its_{name}": one.get(name, 0) for name in _NO_COUNTS}
        for serial, one in sorted(more.items())
    ]
    if rows:
        session.connection().execute(_COUNT_MORE, rows)


def recount_heads(session: Session, serials: Sequence[int]) -> None:
    """Count anew who carries these heads' versions, and their wordings; nothing is with one that is no head."""
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
    told = {serial: one if serial in whole else _NO_COUNTS for serial, one in counts.items()}
    rows = [
        {"of": serial} | {f"its_{name}": one[name] for name in _NO_COUNTS} for serial, one in told.items()
    ]
    connection.execute(_COUNT, rows)


def is_quoted(session: Session, revision: str) -> bool | None:
    """Whether the quotations of a newest revision are stored; None for one that is not the newest of its article."""
    return session.connection().execute(_IS_QUOTED, {"of": revision}).scalar()


def mark_quoted(session: Session, revision: str) -> None:
    """Note that the quotations of a newest revision are stored."""
    session.connection().execute(_MARK_QUOTED, {"of": revision})


def count_pending(session: Session) -> int:
    """How many newest revisions wait for their quotations to be stored."""
    asked = select(func.count()).select_from(Indexed).where(text("NOT indexed.quoted"))
    return int(session.execute(asked).scalar_one())


def pending_revisions(session: Session, after: int, most: int) -> list[tuple[int, str]]:
    """Serial and revision of the first ``most`` entries after ``after`` whose quotations are to be stored."""
    waiting = select(col(Indexed.serial), col(Indexed.revision)).where(
        text("NOT indexed.quoted"), col(Indexed.serial) > after
    )
    found = session.execute(waiting.order_by(col(Indexed.serial)).limit(most))
    return [(serial, revision) for serial, revision in found if serial is not None]


_BEHIND = {"synchronize_session": False}
"""Nothing of these tables is kept in a session, so no session has to be told."""
