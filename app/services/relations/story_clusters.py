"""Which articles form a story: those that reuse one another's text, directly or through others."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from app.db.index import fingerprints as fingerprint_index
from app.db.queries import desk
from app.db.queries import relations as relation_queries
from app.db.queries.relations import Member


def join_stories(session: Session, article: str, others: Sequence[str]) -> None:
    """Put the article, those whose text it reuses, and all of their stories into one story.

    Its id is that of the article added first. Those that an editor keeps apart stay in stories of their own.
    One read suffices if they are one story already.
    """
    if not others:
        return
    direct = relation_queries.members_by_article(session, [article, *others])
    stories = sorted({member.story for member in direct if member.story})
    if len(direct) < 2 or (len(stories) == 1 and all(member.story for member in direct)):
        return
    known = {member.article for member in direct}
    joined = [m for m in relation_queries.members(session, stories) if m.article not in known]
    together = [*direct, *joined]
    if apart := _kept_apart(session, together):
        _part(session, _grouped(session, together, apart))
    elif _label(session, together):
        desk.reshelve(session, [member.article for member in together], recount=False)


def leave_story(session: Session, article: str) -> None:
    """Take an article that is no longer related to anything out of its story, and split what is left of the story."""
    stories = [m.story for m in relation_queries.members_by_article(session, [article]) if m.story]
    relation_queries.set_story(session, [article], None, article)
    desk.reshelve(session, [article], recount=True)
    split_stories(session, stories)


def split_stories(session: Session, stories: Sequence[str]) -> None:
    """Split these stories into those that still belong together, after a relation or an article was removed."""
    for story in dict.fromkeys(stories):
        _part(session, components(session, story))


def components(session: Session, story: str, besides: str = "") -> list[list[Member]]:
    """Return the articles of a story other than ``besides``, grouped by reuse of one another's text."""
    members = [member for member in relation_queries.members(session, [story]) if member.article != besides]
    return _grouped(session, members, _kept_apart(session, members))


def take_out(session: Session, article: str, moment: datetime, who: str) -> list[str]:
    """Take an article out of its story for good, and return the articles that it was with.

    It stays apart from each of them through edits, new articles and a rebuilt index, until ``put_back``.
    """
    stories = [m.story for m in relation_queries.members_by_article(session, [article]) if m.story]
    others = [m.article for m in relation_queries.members(session, stories) if m.article != article]
    relation_queries.keep_apart(session, article, others, moment, who)
    split_stories(session, stories)
    return others


def put_back(session: Session, article: str, revision: str) -> None:
    """Let an article, with this newest revision, into the stories again that its text belongs to."""
    relation_queries.let_together(session, article)
    related = relation_queries.related(session, [revision])[revision]
    reused = [other for other, relation in related if relation.is_reuse]
    entries = fingerprint_index.entries(session, reused) if reused else {}
    join_stories(session, article, [entry.article for entry in entries.values()])


def _kept_apart(session: Session, members: Sequence[Member]) -> list[tuple[str, str]]:
    return relation_queries.kept_apart(session, [member.article for member in members])


def _grouped(
    session: Session, members: Sequence[Member], apart: Sequence[tuple[str, str]]
) -> list[list[Member]]:
    """Return the members grouped by reuse, no two of ``apart`` in one group.

    An article between two that are apart goes with the one that it reuses of the earliest.
    """
    ordered = sorted(members, key=lambda member: (member.added_at, member.article))
    places = {member.article: place for place, member in enumerate(ordered)}
    group = {member.article: {member.article} for member in members}
    enemies: defaultdict[str, set[str]] = defaultdict(set)
    for low, high in apart:
        enemies[low].add(high)
        enemies[high].add(low)
    edges = [
        tuple(sorted((places[one], places[other]), reverse=True))
        for one, other in relation_queries.reuse_edges(session, list(places))
        if one in places and other in places
    ]
    for later, earlier in sorted(edges) if apart else edges:
        one, other = group[ordered[later].article], group[ordered[earlier].article]
        if one is other or any(
            not other.isdisjoint(enemies[article]) for article in one if article in enemies
        ):
            continue
        smaller, larger = sorted((one, other), key=len)
        larger |= smaller
        for article in smaller:
            group[article] = larger
    groups: dict[int, list[Member]] = {}
    for member in members:
        groups.setdefault(id(group[member.article]), []).append(member)
    return list(groups.values())


def _part(session: Session, groups: Sequence[Sequence[Member]]) -> None:
    """Make each group a story of its own. All are labelled before any is counted, as one may have another's label."""
    for group in groups:
        _label(session, group)
    for group in groups:
        desk.reshelve(session, [member.article for member in group], recount=True)


def _label(session: Session, members: Sequence[Member]) -> bool:
    """Store the story of these articles, where it is not stored yet; return whether anything changed."""
    ordered = sorted(members, key=lambda member: (member.added_at, member.article))
    story = ordered[0].article if len(ordered) > 1 else None
    latest = ordered[-1].article
    changed = [m.article for m in ordered if (m.story, m.latest) != (story, m.article == latest)]
    if changed:
        relation_queries.set_story(session, changed, story, latest)
    return bool(changed)
