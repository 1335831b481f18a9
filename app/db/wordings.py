"""The wordings of quotations and the grams that find them: what is written with a revision, and bounded look-ups."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import bindparam, delete, func, insert, select, text, update
from sqlmodel import Session, col

from app.collation.quotations.wordings import Known
from app.db.models import Indexed, Table
from app.db.models_quotations import StoredQuotation, Wording, WordingPrint

NEW = ""
"""The kind of a wording that was just stored, and is not arranged yet."""

ASKED_AT_ONCE = 100
"""Grams of one statement: SQLite joins up to 500 selects."""

_PRINT = Table.metadata.tables[str(WordingPrint.__tablename__)]


class Entry(NamedTuple):
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


def standing(session: Session, digests: Sequence[int]) -> dict[int, int]:
    """Of these wordings those that stand: their serials."""
    found = select(col(Wording.digest), col(Wording.serial)).where(col(Wording.digest).in_(digests))
    return {row[0]: row[1] for row in session.execute(found) if row[1] is not None}


def store(session: Session, known: Known) -> int:
    """The serial of a new wording, which is to be arranged."""
    row = Wording(
        digest=known.digest, length=known.length, head=0, kind=NEW, carried=0, wordings=0, reworded=0
    )
    session.add(row)
    session.flush()
    assert row.serial is not None
    row.head = row.serial
    session.flush()
    rows = [{"hash": value, "serial": row.serial} for value in known.prints]
    session.connection().execute(insert(_PRINT), rows)
    return row.serial


def remove(session: Session, serial: int, prints: Sequence[int]) -> None:
    """Take out what ``store`` put in; no quotation has this wording any more."""
    gone = _PRINT.c.hash == bindparam("one"), _PRINT.c.serial == serial
    session.connection().execute(delete(_PRINT).where(*gone), [{"one": value} for value in prints])
    session.execute(delete(Wording).where(col(Wording.serial) == serial))


def clear(session: Session) -> None:
    """Take out every wording; the quotations stay, without one."""
    session.execute(update(StoredQuotation).values(wording=None), execution_options=_BEHIND)
    session.execute(delete(WordingPrint))
    session.execute(delete(Wording))


def holding(session: Session, prints: Sequence[int], most: int) -> list[tuple[int, int]]:
    """``(hash, serial)`` of the wordings that hold these grams, of each gram the first ``most``."""
    found: list[tuple[int, int]] = []
    for at in range(0, len(prints), ASKED_AT_ONCE):
        some = prints[at : at + ASKED_AT_ONCE]
        each = (
            f"SELECT * FROM (SELECT hash, serial FROM wording_print WHERE hash = :h{place}"
            f" ORDER BY serial LIMIT :most) AS p{place}"
            for place in range(len(some))
        )
        asked = {f"h{place}": value for place, value in enumerate(some)} | {"most": most}
        found += [(value, serial) for value, serial in session.execute(text(" UNION ALL ".join(each)), asked)]
    return found


def heads(session: Session, serials: Iterable[int]) -> dict[int, int]:
    """Of each of these wordings the head of its versions."""
    found = select(col(Wording.serial), col(Wording.head)).where(col(Wording.serial).in_(list(serials)))
    return {row[0]: row[1] for row in session.execute(found) if row[0] is not None}


def entries(session: Session, serials: Iterable[int]) -> dict[int, Entry]:
    """The named wordings, those that stand."""
    first = (
        select(func.min(col(StoredQuotation.serial)).label("serial"))
        .where(col(StoredQuotation.wording).in_(list(serials)))
        .group_by(col(StoredQuotation.wording))
        .subquery()
    )
    columns = (Wording.serial, Wording.digest, Wording.length, Wording.head, Wording.kind)
    found: Any = (
        select(*(col(column) for column in columns), col(StoredQuotation.text))
        .select_from(first)
        .join(StoredQuotation, col(StoredQuotation.serial) == first.c.serial)
        .join(Wording, col(Wording.serial) == col(StoredQuotation.wording))
    )
    return {row[0]: Entry(*row) for row in session.execute(found)}


def members(session: Session, head: int) -> list[int]:
    """The wordings that are versions of this one, itself included where it is a head; rising."""
    found = select(col(Wording.serial)).where(col(Wording.head) == head).order_by(col(Wording.serial))
    return [serial for serial in session.execute(found).scalars() if serial is not None]


def place(session: Session, serial: int, head: int, kind: str) -> None:
    """Note of which wording this one is a version, and of what kind."""
    session.execute(
        update(Wording).where(col(Wording.serial) == serial).values(head=head, kind=kind),
        execution_options=_BEHIND,
    )


def recount(session: Session, serials: Iterable[int]) -> None:
    """Count anew who carries these heads' versions, and their wordings; nothing is with one that is no head."""
    for serial in serials:
        kinds = list(session.execute(select(col(Wording.kind)).where(col(Wording.head) == serial)).scalars())
        carried = 0
        if "whole" in kinds:
            printing = (
                select(func.count(func.distinct(col(StoredQuotation.revision))))
                .join(Wording, col(Wording.serial) == col(StoredQuotation.wording))
                .where(col(Wording.head) == serial)
            )
            carried = session.execute(printing).scalar_one()
        counts = {
            "carried": carried,
            "wordings": sum(kind != "same" for kind in kinds) if carried else 0,
            "reworded": kinds.count("reworded") if carried else 0,
        }
        session.execute(
            update(Wording).where(col(Wording.serial) == serial).values(**counts), execution_options=_BEHIND
        )


def is_quoted(session: Session, revision: str) -> bool | None:
    """Whether the quotations of a newest revision are stored; None for one that is not the newest of its article."""
    return session.execute(select(col(Indexed.quoted)).where(col(Indexed.revision) == revision)).scalar()


def mark_quoted(session: Session, revision: str) -> None:
    """Note that the quotations of a newest revision are stored."""
    session.execute(
        update(Indexed).where(col(Indexed.revision) == revision).values(quoted=True),
        execution_options=_BEHIND,
    )


def waiting(session: Session) -> int:
    """How many newest revisions wait for their quotations to be stored."""
    asked = select(func.count()).select_from(Indexed).where(text("NOT indexed.quoted"))
    return int(session.execute(asked).scalar_one())


def pending(session: Session, after: int, most: int) -> list[tuple[int, str]]:
    """Serial and revision of the first ``most`` entries after ``after`` whose quotations are to be stored."""
    waiting = select(col(Indexed.serial), col(Indexed.revision)).where(
        text("NOT indexed.quoted"), col(Indexed.serial) > after
    )
    found = session.execute(waiting.order_by(col(Indexed.serial)).limit(most))
    return [(serial, revision) for serial, revision in found if serial is not None]


_BEHIND = {"synchronize_session": False}
"""Nothing of these tables is kept in a session, so no session has to be told."""
