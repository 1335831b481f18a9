"""The names of those whose quotations are stored, as articles spell them, and how many are whose."""

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, or_, select
from sqlmodel import Session, col

from app.collation.quotations.same_name import parts, same_name
from app.db.models_quotations import SpeakerName

MOST = 500
"""Names of one first or last part that are looked at for another spelling."""


def add(session: Session, name: str, count: int) -> None:
    """Count ``count`` more quotations under ``name``; fewer, where it is negative."""
    row = session.get(SpeakerName, name)
    if row is None:
        first, *rest = parts(name) or (name,)
        last = rest[-1] if rest else first
        session.add(SpeakerName(name=name, first=first, last=last, label=name, quotations=count, total=count))
        session.flush()
        _label(session, [name])
        return
    row.quotations += count
    if row.quotations <= 0:
        others = [other for other in spellings(session, row.label) if other != name]
        session.delete(row)
        session.flush()
        _label(session, others)
        return
    labelled = session.get(SpeakerName, row.label)
    assert labelled is not None
    labelled.total += count
    session.flush()


def clear(session: Session) -> None:
    """Take all out."""
    session.execute(delete(SpeakerName))


def labels(session: Session, names: Iterable[str]) -> dict[str, str]:
    """The names under which pages know those who are spelled so, by these spellings."""
    found = select(col(SpeakerName.name), col(SpeakerName.label)).where(
        col(SpeakerName.name).in_(list(names))
    )
    return {row[0]: row[1] for row in session.execute(found)}


def spellings(session: Session, label: str) -> list[str]:
    """Every spelling of the name that pages know as ``label``."""
    found = select(col(SpeakerName.name)).where(col(SpeakerName.label) == label)
    return list(session.execute(found.order_by(col(SpeakerName.name))).scalars())


def most_quoted(session: Session, offset: int, limit: int) -> list[tuple[str, int]]:
    """Names as pages know them, with how many quotations are theirs; most first."""
    found = select(col(SpeakerName.name), col(SpeakerName.total)).where(col(SpeakerName.total) > 0)
    ordered = found.order_by(col(SpeakerName.total).desc(), col(SpeakerName.name))
    return [(name, total) for name, total in session.execute(ordered.offset(offset).limit(limit))]


def called(session: Session, sought: str, limit: int) -> list[tuple[str, int]]:
    """Those whose first or last name is a word of ``sought``, as ``most_quoted`` gives them."""
    words = list(parts(sought))
    named = or_(col(SpeakerName.first).in_(words), col(SpeakerName.last).in_(words))
    labels = select(col(SpeakerName.label)).where(named).limit(MOST)
    found = select(col(SpeakerName.name), col(SpeakerName.total)).where(col(SpeakerName.name).in_(labels))
    ordered = found.order_by(col(SpeakerName.total).desc(), col(SpeakerName.name)).limit(limit)
    return [(name, total) for name, total in session.execute(ordered)]


def _label(session: Session, names: Iterable[str]) -> None:
    """Find anew who is one person among these and those that are spelled nearly so."""
    done: set[str] = set()
    for name in names:
        if name in done:
            continue
        together = _together(session, name)
        done |= together
        rows = [row for one in sorted(together) if (row := session.get(SpeakerName, one))]
        for row in rows:
            row.label = rows[0].name
            row.total = 0
        rows[0].total = sum(row.quotations for row in rows)
        session.flush()


def _together(session: Session, name: str) -> set[str]:
    """The name with all that are spellings of it, or of one of these."""
    found, waiting = {name}, [name]
    while waiting:
        one = waiting.pop()
        for other in _near(session, parts(one)):
            if other not in found and same_name(one, other):
                found.add(other)
                waiting.append(other)
    return found


def _near(session: Session, own: Sequence[str]) -> list[str]:
    if not own:
        return []
    named = or_(col(SpeakerName.first) == own[0], col(SpeakerName.last) == own[-1])
    return list(session.execute(select(col(SpeakerName.name)).where(named).limit(MOST)).scalars())
