"""The names of those whose quotations are stored, as articles spell them, and how many are whose."""

from collections.abc import Iterable, Mapping

from sqlalchemy import bindparam, delete, insert, or_, select, update
from sqlmodel import Session, col

from app.collation.quotations.versions.same_name import parts, same_name
from app.db.tables.articles import Table
from app.db.tables.quotations import SpeakerName

MAX_NAMES_CONSIDERED = 500
"""Names of one first or last part that are looked at for another spelling."""


_NAME = Table.metadata.tables[str(SpeakerName.__tablename__)]

# Made once: a statement takes several times as long to make as to run.
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
    """Count so many more quotations under these names; fewer, where a number is negative."""
    if not more:
        return
    connection = session.connection()
    known = {name: (label, n) for name, label, n in connection.execute(_NAMED, {"names": sorted(more)})}
    if known:
        rows = [{"of": name, "its_label": label, "more": more[name]} for name, (label, _) in known.items()]
        connection.execute(_COUNT, [{"of": one["of"], "more": one["more"]} for one in rows])
        connection.execute(
            _COUNT_IN_ALL, [{"its_label": one["its_label"], "more": one["more"]} for one in rows]
        )
    for name in sorted(more.keys() - known.keys()):
        _store(session, name, more[name])
    for name, (label, n) in sorted(known.items()):
        if n + more[name] <= 0:
            connection.execute(_REMOVE, {"of": name})
            _label_again(session, [other for other in spellings(session, label) if other != name])


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


def people_named(session: Session, sought: str, limit: int) -> list[tuple[str, int]]:
    """Those whose first or last name is a word of ``sought``, as ``most_quoted`` gives them."""
    words = list(parts(sought))
    named = or_(col(SpeakerName.first).in_(words), col(SpeakerName.last).in_(words))
    labels = select(col(SpeakerName.label)).where(named).limit(MAX_NAMES_CONSIDERED)
    found = select(col(SpeakerName.name), col(SpeakerName.total)).where(col(SpeakerName.name).in_(labels))
    ordered = found.order_by(col(SpeakerName.total).desc(), col(SpeakerName.name)).limit(limit)
    return [(name, total) for name, total in session.execute(ordered)]


def _store(session: Session, name: str, quotations: int) -> None:
    first, *rest = parts(name) or (name,)
    together = _together(session, name)
    row = {"name": name, "first": first, "last": rest[-1] if rest else first, "label": name}
    session.connection().execute(_STORE, row | {"quotations": quotations, "total": quotations})
    if len(together) > 1:
        _label(session, together)


def _label_again(session: Session, names: Iterable[str]) -> None:
    """Find anew who is one person among these and those that are spelled nearly so."""
    done: set[str] = set()
    for name in names:
        if name not in done:
            together = _together(session, name)
            _label(session, together)
            done |= together


def _label(session: Session, together: Iterable[str]) -> None:
    """Make these the spellings of one person's name."""
    found = session.connection().execute(_NAMED, {"names": sorted(together)})
    quotations = {name: n for name, _, n in found}
    label = min(quotations)
    total = sum(quotations.values())
    session.connection().execute(
        _LABEL,
        [{"of": one, "its_label": label, "its_total": total if one == label else 0} for one in quotations],
    )


def _together(session: Session, name: str) -> set[str]:
    """The name with all that are spellings of it, or of one of these."""
    found, waiting = {name}, [name]
    while waiting:
        one = waiting.pop()
        for other in _near(session, one):
            if other not in found and same_name(one, other):
                found.add(other)
                waiting.append(other)
    return found


def _near(session: Session, name: str) -> list[str]:
    own = parts(name)
    if not own:
        return []
    asked = {"its_first": own[0], "its_last": own[-1]}
    return list(session.connection().execute(_NEAR, asked).scalars())
