"""The speakers of stored quotations: how articles spell their names, and how many quotations each has."""

from collections.abc import Iterable, Mapping

from sqlalchemy import bindparam, delete, insert, or_, select, update
from sqlmodel import Session, col

from app.collation.quotations.versions.same_name import parts, same_name
from app.db.tables.base import Table
from app.db.tables.quotations import SpeakerName

MAX_NAMES_CONSIDERED = 500
"""Names with the same first or last part that are considered as spellings of one name."""

_NAME = Table.metadata.tables[str(SpeakerName.__tablename__)]

# Built once: a statement takes several times as long to build as to run.
_NAMED = select(_NAME.c.name, _NAME.c.label, _NAME.c.quotations).where(
    _NAME.c.name.in_(bindparam("names", expanding=True))
)
_NEAR = (
    select(_NAME.c.name)
    .where(or_(_NAME.c.first == bindparam("its_first"), _NAME.c.last == bindparam("its_last")))
    .limit(MAX_NAMES_CONSIDERED)
)
_ONE = _NAME.c.name == bindparam("of")
_STORE = insert(_NAME)
_REMOVE = delete(_NAME).where(_ONE)
_COUNT = update(_NAME).where(_ONE).values(quotations=_NAME.c.quotations + bindparam("more"))
_COUNT_IN_ALL = (
    update(_NAME)
    .where(_NAME.c.name == bindparam("its_label"))
    .values(total=_NAME.c.total + bindparam("more"))
)
_LABEL = update(_NAME).where(_ONE).values(label=bindparam("its_label"), total=bindparam("its_total"))


def add_counts(session: Session, more: Mapping[str, int]) -> None:
    """Add to the numbers of quotations under these names; a negative number subtracts."""
    if not more:
        return
    connection = session.connection()
    known = {name: (label, n) for name, label, n in connection.execute(_NAMED, {"names": sorted(more)})}
    if known:
        rows = [{"of": name, "its_label": label, "more": more[name]} for name, (label, _) in known.items()]
        connection.execute(_COUNT, [{"of": row["of"], "more": row["more"]} for row in rows])
        connection.execute(
            _COUNT_IN_ALL, [{"its_label": row["its_label"], "more": row["more"]} for row in rows]
        )
    for name in sorted(more.keys() - known.keys()):
        _store(session, name, more[name])
    for name, (label, n) in sorted(known.items()):
        if n + more[name] <= 0:
            connection.execute(_REMOVE, {"of": name})
            _label_again(session, [spelling for spelling in spellings(session, label) if spelling != name])


def clear(session: Session) -> None:
    """Remove every name."""
    session.execute(delete(SpeakerName))


def labels(session: Session, names: Iterable[str]) -> dict[str, str]:
    """Return for each spelling the label, which is the person's name on pages; unknown spellings are left out."""
    chosen = select(col(SpeakerName.name), col(SpeakerName.label)).where(
        col(SpeakerName.name).in_(list(names))
    )
    return {row[0]: row[1] for row in session.execute(chosen)}


def spellings(session: Session, label: str) -> list[str]:
    """Return every spelling of the name with this label."""
    chosen = select(col(SpeakerName.name)).where(col(SpeakerName.label) == label)
    return list(session.execute(chosen.order_by(col(SpeakerName.name))).scalars())


def most_quoted(session: Session, offset: int, limit: int) -> list[tuple[str, int]]:
    """Return labels with their numbers of quotations, highest first."""
    quoted = select(col(SpeakerName.name), col(SpeakerName.total)).where(col(SpeakerName.total) > 0)
    ordered = quoted.order_by(col(SpeakerName.total).desc(), col(SpeakerName.name))
    return [(name, total) for name, total in session.execute(ordered.offset(offset).limit(limit))]


def people_named(session: Session, query: str, limit: int) -> list[tuple[str, int]]:
    """Return those whose first or last name is a word of ``query``, as ``most_quoted`` does."""
    words = list(parts(query))
    named = or_(col(SpeakerName.first).in_(words), col(SpeakerName.last).in_(words))
    labels = select(col(SpeakerName.label)).where(named).limit(MAX_NAMES_CONSIDERED)
    people = select(col(SpeakerName.name), col(SpeakerName.total)).where(col(SpeakerName.name).in_(labels))
    ordered = people.order_by(col(SpeakerName.total).desc(), col(SpeakerName.name)).limit(limit)
    return [(name, total) for name, total in session.execute(ordered)]


def _store(session: Session, name: str, quotations: int) -> None:
    first, *rest = parts(name) or (name,)
    together = _together(session, name)
    row = {"name": name, "first": first, "last": rest[-1] if rest else first, "label": name}
    session.connection().execute(_STORE, row | {"quotations": quotations, "total": quotations})
    if len(together) > 1:
        _label(session, together)


def _label_again(session: Session, names: Iterable[str]) -> None:
    """Determine again which of these names, and of those spelled like them, are one person's."""
    done: set[str] = set()
    for name in names:
        if name not in done:
            together = _together(session, name)
            _label(session, together)
            done |= together


def _label(session: Session, together: Iterable[str]) -> None:
    """Make these names the spellings of one person's name."""
    rows = session.connection().execute(_NAMED, {"names": sorted(together)})
    quotations = {name: n for name, _, n in rows}
    label = min(quotations)
    total = sum(quotations.values())
    session.connection().execute(
        _LABEL,
        [{"of": name, "its_label": label, "its_total": total if name == label else 0} for name in quotations],
    )


def _together(session: Session, name: str) -> set[str]:
    """Return the name with all its spellings, and transitively theirs."""
    together, waiting = {name}, [name]
    while waiting:
        spelling = waiting.pop()
        for neighbour in _near(session, spelling):
            if neighbour not in together and same_name(spelling, neighbour):
                together.add(neighbour)
                waiting.append(neighbour)
    return together


def _near(session: Session, name: str) -> list[str]:
    """Return names with the same first or last part."""
    name_parts = parts(name)
    if not name_parts:
        return []
    ends = {"its_first": name_parts[0], "its_last": name_parts[-1]}
    return list(session.connection().execute(_NEAR, ends).scalars())
