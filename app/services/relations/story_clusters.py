"""Which articles form a story: those that reuse one another's text, directly or through others."""

from collections.abc import Sequence

from sqlmodel import Session

from app.db.queries import desk
from app.db.queries import relations as relation_queries
from app.db.queries.relations import Member


def join_stories(session: Session, article: str, others: Sequence[str]) -> None:
    """Put the article, those whose text it reuses, and all of their stories into one story.

    Its id is that of the article added first. One read suffices if they are one story already.
    """
    if not others:
        return
    direct = relation_queries.members_by_article(session, [article, *others])
    stories = sorted({member.story for member in direct if member.story})
    if len(direct) < 2 or (len(stories) == 1 and all(member.story for member in direct)):
        return
    known = {member.article for member in direct}
    joined = [m for m in relation_queries.members(session, stories) if m.article not in known]
    _label(session, [*direct, *joined], recount=False)


def leave_story(session: Session, article: str) -> None:
    """Take an article that is no longer related to anything out of its story, and split what is left of it."""
    stories = [m.story for m in relation_queries.members_by_article(session, [article]) if m.story]
    relation_queries.set_story(session, [article], None, article)
    desk.reshelve(session, [article], recount=True)
    split_stories(session, stories)


def split_stories(session: Session, stories: Sequence[str]) -> None:
    """Split these stories into those that still belong together, after a relation or an article was removed."""
    for story in dict.fromkeys(stories):
        for component in components(session, story):
            _label(session, component, recount=True)


def components(session: Session, story: str, besides: str = "") -> list[list[Member]]:
    """Return the articles of a story other than ``besides``, grouped by reuse of one another's text."""
    members = [member for member in relation_queries.members(session, [story]) if member.article != besides]
    parent = {member.article: member.article for member in members}

    def root(article: str) -> str:
        while parent[article] != article:
            parent[article] = parent[parent[article]]
            article = parent[article]
        return article

    for base, witness in relation_queries.reuse_edges(session, story):
        if base in parent and witness in parent:
            parent[root(base)] = root(witness)
    groups: dict[str, list[Member]] = {}
    for member in members:
        groups.setdefault(root(member.article), []).append(member)
    return list(groups.values())


def _label(session: Session, members: Sequence[Member], *, recount: bool) -> None:
    """Store the story of these articles, where it is not stored yet, and its row in the library.

    ``recount`` looks up what was found among them, since articles may have left.
    """
    ordered = sorted(members, key=lambda member: (member.added_at, member.article))
    story = ordered[0].article if len(ordered) > 1 else None
    latest = ordered[-1].article
    changed = [m.article for m in ordered if (m.story, m.latest) != (story, m.article == latest)]
    if changed:
        relation_queries.set_story(session, changed, story, latest)
    if changed or recount:
        desk.reshelve(session, [member.article for member in ordered], recount=recount)
