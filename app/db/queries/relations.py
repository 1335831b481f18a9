"""Reads and writes of how articles are related, and of the stories they form."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, delete, func, insert, or_, select, update
from sqlmodel import Session, col

from app.collation.relations import REUSE, Relation
from app.db.index.fingerprints import IndexedText
from app.db.queries.articles import ArticleEntry, entry_columns, is_newest
from app.db.tables.articles import ArticleRow, Revision
from app.db.tables.base import Table
from app.db.tables.relations import KeptApart, StoredRelation

_FIELDS = tuple(field.name for field in fields(Relation))
_RELATION, _ARTICLE, _REVISION, _APART = (
    Table.metadata.tables[str(table.__tablename__)]
    for table in (StoredRelation, ArticleRow, Revision, KeptApart)
)

# Built once: a statement takes several times as long to build as to run, and a new article needs a dozen of these.
_TEXTS = select(_REVISION.c.id, _REVISION.c.paragraphs, _REVISION.c.furniture).where(
    _REVISION.c.id.in_(bindparam("revisions", expanding=True))
)
_STORE = insert(_RELATION)
_REMOVE = tuple(
    delete(_RELATION).where(end == bindparam("of")) for end in (_RELATION.c.revision, _RELATION.c.other)
)
_REMOVE_SOME = tuple(
    delete(_RELATION).where(end == bindparam("of"), far.in_(bindparam("others", expanding=True)))
    for end, far in ((_RELATION.c.revision, _RELATION.c.other), (_RELATION.c.other, _RELATION.c.revision))
)
_NEWEST = (_REVISION.c.article == _ARTICLE.c.id) & (_REVISION.c.number == _ARTICLE.c.newest)
_MEMBERS = (
    select(_ARTICLE.c.id, _REVISION.c.id, _ARTICLE.c.added_at, _ARTICLE.c.story, _ARTICLE.c.latest)
    .join(_REVISION, _NEWEST)
    .order_by(_ARTICLE.c.added_at, _ARTICLE.c.id)
)
_OF_STORIES = _MEMBERS.where(_ARTICLE.c.story.in_(bindparam("named", expanding=True)))
_NAMED = _MEMBERS.where(_ARTICLE.c.id.in_(bindparam("named", expanding=True)))
_LABEL = (
    update(_ARTICLE)
    .where(_ARTICLE.c.id.in_(bindparam("named", expanding=True)))
    .values(story=bindparam("its_story"), latest=_ARTICLE.c.id == bindparam("its_latest"))
)


class Member(NamedTuple):
    """An article of a story."""

    article: str
    revision: str
    added_at: datetime
    story: str | None
    latest: bool


class StorySample(NamedTuple):
    """An article shown for its story, and the number of articles in the story."""

    story: str
    size: int
    entry: ArticleEntry


def texts(session: Session, revisions: Sequence[str]) -> dict[str, IndexedText]:
    """Return the texts of these revisions, by id; missing ones are left out."""
    rows = session.connection().execute(_TEXTS, {"revisions": list(revisions)})
    return {row[0]: IndexedText(*row) for row in rows}


def related(session: Session, revisions: Sequence[str]) -> dict[str, list[tuple[str, Relation]]]:
    """Return for each revision the revisions it is related to, with the relation as seen from it."""
    by_revision: dict[str, list[tuple[str, Relation]]] = {revision: [] for revision in revisions}
    chosen = select(_RELATION).where(col(StoredRelation.revision).in_(revisions))
    for row in session.execute(chosen.order_by(col(StoredRelation.other))).mappings():
        relation = Relation(**{name: row[name] for name in _FIELDS})
        by_revision[row["revision"]].append((row["other"], relation))
    return by_revision


def relation(session: Session, revision: str, other: str) -> Relation | None:
    """Return how a revision is related to another, as seen from it; None if nothing is stored about the two."""
    pair = (col(StoredRelation.revision) == revision) & (col(StoredRelation.other) == other)
    row = session.execute(select(_RELATION).where(pair)).mappings().first()
    return Relation(**{name: row[name] for name in _FIELDS}) if row else None


def related_among(session: Session, revisions: Sequence[str]) -> list[str]:
    """Return those of the revisions that are related to another of them."""
    pairs = select(col(StoredRelation.revision)).where(
        col(StoredRelation.revision).in_(revisions), col(StoredRelation.other).in_(revisions)
    )
    return sorted(set(session.execute(pairs).scalars()))


def store_relations(session: Session, revision: str, relations: Iterable[tuple[str, Relation]]) -> None:
    """Store, in both directions, what the revision is related to; the relations are as seen from it."""
    rows = []
    for other, relation in relations:
        rows.append({"revision": revision, "other": other, **asdict(relation)})
        rows.append({"revision": other, "other": revision, **asdict(relation.swapped())})
    if rows:
        session.connection().execute(_STORE, rows)


def remove_relations(session: Session, revision: str, others: Sequence[str] | None = None) -> None:
    """Remove, in both directions, a revision's relations: all of them, or those to ``others``."""
    connection = session.connection()
    for statement in _REMOVE if others is None else _REMOVE_SOME:
        connection.execute(statement, {"of": revision} | ({} if others is None else {"others": list(others)}))


def clear(session: Session) -> None:
    """Remove every relation, and every article from its story."""
    session.execute(delete(StoredRelation))
    session.execute(
        update(ArticleRow).values(story=None, latest=True).where(col(ArticleRow.story).is_not(None)),
        execution_options={"synchronize_session": False},
    )


def reuse_edges(session: Session, articles: Sequence[str]) -> list[tuple[str, str]]:
    """Return the pairs among these articles whose newest revisions reuse one another's text."""
    base, witness = Revision.__table__.alias(), Revision.__table__.alias()  # type: ignore[attr-defined]  # SQLModel's own
    member = ArticleRow.__table__.alias()  # type: ignore[attr-defined]  # SQLModel's own
    pairs = (
        select(base.c.article, witness.c.article)
        .select_from(member)
        .join(base, (base.c.article == member.c.id) & (base.c.number == member.c.newest))
        .join(_RELATION, (_RELATION.c.revision == base.c.id) & (_RELATION.c.other > base.c.id))
        .join(witness, witness.c.id == _RELATION.c.other)
        .where(member.c.id.in_(articles), _RELATION.c.kind.in_(sorted(REUSE)))
    )
    return [(first, second) for first, second in session.execute(pairs)]


def kept_apart(session: Session, articles: Sequence[str]) -> list[tuple[str, str]]:
    """Return the pairs among these articles that an editor keeps apart."""
    if session.execute(select(_APART.c.low).limit(1)).first() is None:
        return []  # as in most libraries
    pairs = select(_APART.c.low, _APART.c.high)
    chosen = pairs.where(_APART.c.low.in_(articles), _APART.c.high.in_(articles))
    return [(low, high) for low, high in session.execute(chosen)]


def apart_from(session: Session, article: str) -> list[str]:
    """Return the articles that an editor keeps apart from this one."""
    lows = select(_APART.c.high).where(_APART.c.low == article)
    highs = select(_APART.c.low).where(_APART.c.high == article)
    return sorted(session.execute(lows.union(highs)).scalars())


def keep_apart(session: Session, article: str, others: Sequence[str], at: datetime, who: str) -> None:
    """Note that an article is not the same story as the others."""
    rows = [
        {"low": min(article, other), "high": max(article, other), "at": at, "who": who}
        for other in others
        if other not in apart_from(session, article)
    ]
    if rows:
        session.execute(insert(_APART), rows)


def let_together(session: Session, article: str) -> None:
    """Forget what an article is kept apart from."""
    session.execute(delete(_APART).where(or_(_APART.c.low == article, _APART.c.high == article)))


def members(session: Session, stories: Sequence[str]) -> list[Member]:
    """Return the articles of these stories; the one added first comes first."""
    rows = session.connection().execute(_OF_STORIES, {"named": list(stories)})
    return [Member(*row) for row in rows]


def members_by_article(session: Session, articles: Sequence[str]) -> list[Member]:
    """Return these articles as members of their stories; missing ones are left out, the one added first is first."""
    rows = session.connection().execute(_NAMED, {"named": list(articles)})
    return [Member(*row) for row in rows]


def set_story(session: Session, articles: Sequence[str], story: str | None, latest: str) -> None:
    """Put the articles into ``story``, or with None each into none; ``latest`` is the one added last."""
    named = {"named": list(articles), "its_story": story, "its_latest": latest}
    session.connection().execute(_LABEL, named)


def count_stories(session: Session) -> int:
    """Count the stories; an article on its own counts as one."""
    count = select(func.count()).select_from(ArticleRow).where(col(ArticleRow.latest))
    return int(session.execute(count).scalar_one())


def sample_stories(
    session: Session, stories: Sequence[str], alone: Sequence[str], most: int
) -> list[StorySample]:
    """Return ``most`` articles of each story, and each article of ``alone`` under its own id.

    They are the first added and the last added ones of the story, in the order in which they were added.
    """
    key = func.coalesce(col(ArticleRow.story), col(ArticleRow.id))
    window = {"partition_by": key, "order_by": (col(ArticleRow.added_at), col(ArticleRow.id))}
    ranked = (
        select(
            key.label("story"),
            func.count().over(partition_by=key).label("size"),
            func.row_number().over(**window).label("place"),  # type: ignore[arg-type]  # a dict holds both kinds
            *entry_columns(),
        )
        .select_from(ArticleRow)
        .join(Revision, is_newest())
        .where(or_(col(ArticleRow.story).in_(stories), col(ArticleRow.id).in_(alone)))
        .subquery()
    )
    wanted = or_(ranked.c.place == 1, ranked.c.place > ranked.c.size - (most - 1))
    chosen: Select[Any] = select(ranked).where(wanted).order_by(ranked.c.story, ranked.c.place)
    return [
        StorySample(story, size, ArticleEntry(*entry)) for story, size, _, *entry in session.execute(chosen)
    ]
