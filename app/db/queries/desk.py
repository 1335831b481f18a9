"""Reads and writes of the library's rows, of what stored comparisons found, and of those still to be made."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple

from sqlalchemy import ColumnElement, bindparam, delete, func, insert, or_, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased
from sqlmodel import Session, col
from sqlmodel import select as sqlmodel_select

from app.db.index.fingerprints import database_kind
from app.db.queries.searching.labels import is_publisher, label_key
from app.db.tables.articles import ArticleRow, Revision
from app.db.tables.base import Table
from app.db.tables.desk import KIND_BITS, NO_DAY, FindingSummary, Shelf, WantedComparison
from app.db.tables.notes import NoteRow
from app.db.tables.search import LabelRow

_SHELF, _SUMMARY, _WANTED, _ARTICLE, _REVISION = (
    Table.metadata.tables[str(table.__tablename__)]
    for table in (Shelf, FindingSummary, WantedComparison, ArticleRow, Revision)
)

_STORY = func.coalesce(_ARTICLE.c.story, _ARTICLE.c.id)
_STATED = select(
    _STORY,
    func.max(_ARTICLE.c.added_at),
    func.count(),
    func.coalesce(func.min(_REVISION.c.published_on), NO_DAY),
    func.coalesce(func.max(_REVISION.c.published_on), NO_DAY),
    func.count() - func.count(_REVISION.c.published_on),
    *(bindparam(name, type_=_SHELF.c[name].type) for name in ("gravity", "kinds", "summary")),
).join_from(
    _ARTICLE,
    _REVISION,
    (_REVISION.c.article == _ARTICLE.c.id) & (_REVISION.c.number == _ARTICLE.c.newest),
)
_COLUMNS = ("id", "latest_at", "size", "first_on", "last_on", "undated", "gravity", "kinds", "summary")
# Built once: a new article needs these, and a statement takes longer to build than to run.
_PUT_STORY = insert(_SHELF).from_select(
    _COLUMNS, _STATED.where(_ARTICLE.c.story == bindparam("named")).group_by(_STORY)
)
_PUT_SINGLE = insert(_SHELF).from_select(
    _COLUMNS, _STATED.where(_ARTICLE.c.id == bindparam("named")).group_by(_STORY)
)
_PUT_ALL = insert(_SHELF).from_select(_COLUMNS, _STATED.group_by(_STORY))
_TAKE = delete(_SHELF).where(_SHELF.c.id.in_(bindparam("articles", expanding=True)))
_HELD = select(_SHELF.c.gravity, _SHELF.c.kinds, _SHELF.c.summary).where(
    _SHELF.c.id.in_(bindparam("articles", expanding=True))
)
_WANT = {
    "sqlite": sqlite.insert(_WANTED).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(_WANTED).on_conflict_do_nothing(),
}

MAX_WORST_LOOKED_AT = 2_000
"""Comparisons among which the most serious ones of some texts are looked for."""


class Findings(NamedTuple):
    """A story's findings: the gravity of its most serious comparison, all kinds, and that comparison."""

    gravity: int
    kinds: int
    summary: int | None


NO_FINDINGS = Findings(0, 0, None)


class Pair(NamedTuple):
    """Two revisions whose comparison is still to be made."""

    serial: int
    low: str
    high: str


@dataclass(frozen=True, slots=True)
class ShelfQuery:
    """Which rows of the library are wanted. What is None or empty restricts nothing."""

    publisher: str = ""
    since: date | None = None
    until: date | None = None
    is_undated: bool = False
    """Only rows with an article that states no date."""
    kind: str = ""
    """A kind of finding."""
    is_story: bool | None = None
    noted: Literal["", "public", "any"] = ""
    """Only rows with a note: a public one, or any."""
    tag: str = ""
    collection: str = ""


_ORDERS: dict[str, tuple[Any, ...]] = {
    "serious": (_SHELF.c.gravity, _SHELF.c.latest_at, _SHELF.c.id),
    "newest": (_SHELF.c.latest_at, _SHELF.c.id),
    "published": (_SHELF.c.last_on, _SHELF.c.latest_at, _SHELF.c.id),
    "articles": (_SHELF.c.size, _SHELF.c.latest_at, _SHELF.c.id),
}


def reshelve(session: Session, articles: Sequence[str], *, recount: bool) -> None:
    """Put the articles, which are one story or one article, on one shelf that replaces all they had.

    What was found is kept, as of articles that join one another; ``recount`` looks it up in the summaries, which is
    needed where articles part.
    """
    connection = session.connection()
    named = {"articles": list(articles)}
    findings = NO_FINDINGS
    if not recount:
        for row in connection.execute(_HELD, named):
            findings = _joined(findings, Findings(*row))
    elif len(articles) > 1:
        findings = _found(session, articles)
    connection.execute(_TAKE, named)
    story = connection.execute(select(_ARTICLE.c.story).where(_ARTICLE.c.id == articles[0])).scalar()
    put = _PUT_STORY if story else _PUT_SINGLE
    connection.execute(put, {"named": story or articles[0], **findings._asdict()})


def reshelve_all(session: Session) -> None:
    """Make all shelves anew, without findings: for a library whose stories were all dissolved."""
    session.connection().execute(delete(_SHELF))
    session.connection().execute(_PUT_ALL, NO_FINDINGS._asdict())


def _joined(one: Findings, other: Findings) -> Findings:
    first = max(one, other, key=lambda findings: (findings.gravity, findings.summary or 0))
    return first._replace(kinds=one.kinds | other.kinds)


def _found(session: Session, articles: Sequence[str]) -> Findings:
    """Return what the summaries of comparisons among the newest revisions of these articles say."""
    newest = (
        select(_REVISION.c.id)
        .join(_ARTICLE, (_REVISION.c.article == _ARTICLE.c.id) & (_REVISION.c.number == _ARTICLE.c.newest))
        .where(_ARTICLE.c.id.in_(articles))
    )
    revisions = list(session.execute(newest).scalars())
    chosen = select(_SUMMARY.c.gravity, _SUMMARY.c.kinds, _SUMMARY.c.comparison).where(
        _SUMMARY.c.base.in_(revisions), _SUMMARY.c.witness.in_(revisions)
    )
    findings = NO_FINDINGS
    for row in session.execute(chosen):
        findings = _joined(findings, Findings(*row))
    return findings


def raise_shelf(session: Session, base: str, witness: str, findings: Findings) -> None:
    """Record what a comparison found in the row of the story that holds both its revisions, if they are newest ones."""
    stories = select(_ARTICLE.c.story).join(
        _REVISION, (_REVISION.c.article == _ARTICLE.c.id) & (_REVISION.c.number == _ARTICLE.c.newest)
    )
    both = session.execute(stories.where(_REVISION.c.id.in_((base, witness)))).scalars().all()
    if len(both) != 2 or both[0] is None or both[0] != both[1]:
        return
    row = session.execute(_HELD, {"articles": [both[0]]}).first()
    if row:
        joined = _joined(Findings(*row), findings)
        session.execute(update(_SHELF).where(_SHELF.c.id == both[0]).values(**joined._asdict()))


def store_summary(session: Session, **columns: Any) -> Findings:
    """Store what a comparison found, as the columns of its table but ``kinds``, and return it in short."""
    kinds = sum(bit for kind, bit in KIND_BITS.items() if columns["counts"].get(kind))
    session.execute(insert(_SUMMARY), [columns | {"kinds": kinds}])
    return Findings(columns["gravity"], kinds, columns["comparison"] if columns["gravity"] else None)


def summaries_of_pairs(session: Session, revision: str, others: Collection[str]) -> dict[str, Findings]:
    """Return what was found between a revision and each of the others, whichever is the base; others are left out."""
    chosen = select(
        _SUMMARY.c.base, _SUMMARY.c.witness, _SUMMARY.c.gravity, _SUMMARY.c.kinds, _SUMMARY.c.comparison
    )
    pairs = or_(
        (_SUMMARY.c.base == revision) & _SUMMARY.c.witness.in_(others),
        (_SUMMARY.c.witness == revision) & _SUMMARY.c.base.in_(others),
    )
    summaries: dict[str, Findings] = {}
    for base, witness, gravity, kinds, comparison in session.execute(chosen.where(pairs)):
        other = witness if base == revision else base
        findings = Findings(gravity, kinds, comparison if gravity else None)
        summaries[other] = _joined(summaries[other], findings) if other in summaries else findings
    return summaries


def has_summary(session: Session, comparison: int) -> bool:
    """Return whether this stored comparison has a summary."""
    return session.get(FindingSummary, comparison) is not None


def summaries(session: Session, comparisons: Iterable[int]) -> dict[int, FindingSummary]:
    """Return these summaries, by comparison."""
    chosen = select(FindingSummary).where(col(FindingSummary.comparison).in_(list(comparisons)))
    return {row.comparison: row for row in session.execute(chosen).scalars()}


def worst_of_story(session: Session, story: str) -> FindingSummary | None:
    """Return the most serious comparison in the story of this first article; None where none found what matters."""
    shelf = session.get(Shelf, story)
    return session.get(FindingSummary, shelf.summary) if shelf and shelf.summary else None


def want(session: Session, pairs: Iterable[tuple[str, str]]) -> None:
    """Queue the comparisons of these pairs; those queued already keep their place."""
    rows = [{"low": min(pair), "high": max(pair)} for pair in pairs]
    if rows:
        session.connection().execute(_WANT[database_kind(session)], rows)


def wanted(session: Session, most: int) -> list[Pair]:
    """Return the first pairs in the queue of comparisons."""
    chosen = select(_WANTED.c.serial, _WANTED.c.low, _WANTED.c.high).order_by(_WANTED.c.serial).limit(most)
    return [Pair(*row) for row in session.execute(chosen)]


def unwant(session: Session, serial: int) -> None:
    """Take a pair off the queue."""
    session.execute(delete(_WANTED).where(_WANTED.c.serial == serial))


def unwant_all(session: Session) -> None:
    """Empty the queue."""
    session.execute(delete(_WANTED))


def shelves(session: Session, query: ShelfQuery, order: str, offset: int, limit: int) -> list[Shelf]:
    """Return ``limit`` rows of the library after ``offset``, in one of the orders of ``_ORDERS``."""
    chosen = select(Shelf).where(*_conditions(query))
    ordered = chosen.order_by(*(column.desc() for column in _ORDERS[order]))
    return list(session.execute(ordered.offset(offset).limit(limit)).scalars())


def count_shelves(session: Session, query: ShelfQuery) -> int:
    """Count the rows of the library that ``query`` wants."""
    counted = select(func.count()).select_from(_SHELF).where(*_conditions(query))
    return int(session.execute(counted).scalar_one())


def count_stories(session: Session) -> tuple[int, int]:
    """Count the stories of several articles, and those with a finding that matters."""
    conditions = (_SHELF.c.size > 1, _SHELF.c.gravity > 0)
    stories, with_findings = (
        int(session.execute(select(func.count()).select_from(_SHELF).where(condition)).scalar_one())
        for condition in conditions
    )
    return stories, with_findings


def publishers(session: Session, most: int) -> list[str]:
    """Return the first publishers by name, each in the time of one look-up however many articles it has."""
    return list(session.execute(_PUBLISHERS, {"most": most}).scalars())


_PUBLISHERS = text(
    "WITH RECURSIVE names(name) AS (SELECT min(publisher) FROM revision WHERE publisher > ''"
    " UNION ALL SELECT (SELECT min(publisher) FROM revision WHERE publisher > names.name) FROM names"
    " WHERE names.name IS NOT NULL) SELECT name FROM names WHERE name IS NOT NULL LIMIT :most"
)


def _conditions(query: ShelfQuery) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if query.publisher:
        article, revision = aliased(ArticleRow), aliased(Revision)
        stories = (
            select(func.coalesce(col(article.story), col(article.id)))
            .join(
                revision,
                (col(revision.article) == col(article.id)) & (col(revision.number) == col(article.newest)),
            )
            .where(is_publisher(col(revision.publisher), query.publisher))
        )
        conditions.append(_SHELF.c.id.in_(stories))
    if query.since or query.until:
        conditions.append(_SHELF.c.last_on > NO_DAY)
    if query.since:
        conditions.append(_SHELF.c.last_on >= query.since)
    if query.until:
        conditions.append(_SHELF.c.first_on <= query.until)
    if query.is_undated:
        conditions.append(_SHELF.c.undated > 0)
    if query.kind:
        conditions += [_SHELF.c.gravity > 0, _SHELF.c.kinds.op("&")(KIND_BITS[query.kind]) != 0]
    if query.noted:
        note, revision, article = aliased(NoteRow), aliased(Revision), aliased(ArticleRow)
        noted = (
            select(func.coalesce(col(article.story), col(article.id)))
            .join(revision, col(revision.article) == col(article.id))
            .join(note, or_(col(note.base) == col(revision.id), col(note.witness) == col(revision.id)))
        )
        if query.noted == "public":
            noted = noted.where(col(note.is_public))
        conditions.append(_SHELF.c.id.in_(noted))
    for kind, name in (("tag", query.tag), ("collection", query.collection)):
        if name:
            article, label = aliased(ArticleRow), aliased(LabelRow)
            labelled = (
                select(func.coalesce(col(article.story), col(article.id)))
                .join(label, col(label.article) == col(article.id))
                .where(col(label.kind) == kind, col(label.key) == label_key(name))
            )
            conditions.append(_SHELF.c.id.in_(labelled))
    if query.is_story is not None:
        conditions.append(_SHELF.c.size > 1 if query.is_story else _SHELF.c.size == 1)
    return conditions


def worst_of(session: Session, revisions: Sequence[str]) -> dict[str, FindingSummary]:
    """Return for each of these revisions the most serious of its stored comparisons, where one found what matters."""
    chosen = (
        sqlmodel_select(FindingSummary)
        .where(or_(col(FindingSummary.base).in_(revisions), col(FindingSummary.witness).in_(revisions)))
        .where(FindingSummary.gravity > 0)
        .order_by(col(FindingSummary.gravity).desc(), col(FindingSummary.comparison))
        .limit(MAX_WORST_LOOKED_AT)
    )
    worst: dict[str, FindingSummary] = {}
    for summary in session.exec(chosen):
        worst.setdefault(summary.base, summary)
        worst.setdefault(summary.witness, summary)
    return {revision: worst[revision] for revision in revisions if revision in worst}
