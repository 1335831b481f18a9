"""A base and the articles beside it, with the comparisons from which its paragraphs are shown in all their wordings."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from app.collation.model import Comparison, Side
from app.db.engine.base import Database
from app.db.queries import articles as article_queries
from app.db.queries import relations as relation_queries
from app.errors import InvalidInputError, NotFoundError, TooManyComparisonsError
from app.permalinks import is_id
from app.services import comparisons
from app.services.stories.story import by_date, read_story_in
from app.services.summaries import ArticleEntry

MAX_WITNESSES = 60
"""Texts beside the base on one page, the earliest first; a link that names them all stays under 2,000 characters."""

MAX_MADE_AT_ONCE = 12
"""Comparisons that a visit makes where they are not stored, as many as a page of the matrix; the others wait."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What has changed since a link to these very texts was made."""

    newer: int
    """Texts of which there is a newer revision."""
    joined: int
    """Articles that are in the story and not in the link."""
    deleted: int
    """Texts of the link that were deleted since."""

    def __bool__(self) -> bool:
        return bool(self.newer or self.joined or self.deleted)


@dataclass(frozen=True, slots=True)
class Synopsis:
    """A base beside other texts."""

    story: str
    """The story's own article."""
    title: str
    """What the story is called."""
    base: ArticleEntry
    side: Side
    witnesses: tuple[ArticleEntry, ...]
    """The texts that were compared, by date, those without one by when they were added."""
    compared: tuple[Comparison, ...]
    """The base with each of them."""
    waiting: tuple[ArticleEntry, ...]
    """Texts that are not compared yet."""
    unshown: int
    """Further articles of the story, beyond what a page shows."""
    members: frozenset[str]
    """Revisions of ``witnesses`` that belong to the story; the others share a quotation with the base."""
    choices: tuple[ArticleEntry, ...]
    """The articles that can be the base."""
    pinned: Changed | None
    """For a link that names its texts; else None."""


def read_synopsis(
    db: Database,
    id: str,
    base: str | None = None,
    texts: Sequence[str] = (),
    quoting: Sequence[str] = (),
) -> Synopsis:
    """Return the base of a story beside its other articles and those that share a quotation with the base.

    ``id`` is any of its articles; ``base`` an article or a revision, by default as for ``read_story``. ``texts`` are
    revisions, the base's first, which are shown instead whatever the story is today, with those of ``quoting``, which
    only quote the same words; one that was deleted is left out. Stored comparisons are read; of the others
    ``MAX_MADE_AT_ONCE`` are made. Raises NotFoundError for an unknown article and for a base that is not in the story,
    InvalidInputError for ``texts`` that cannot be read.
    """
    with db.reading() as session:
        drawn = _pinned(session, id, texts, quoting) if texts else _current(session, id, base)
        side = comparisons.side_in(session, drawn.base.revision)
        revisions = [entry.revision for entry in drawn.witnesses]
        stored = comparisons.stored_in(session, drawn.base.revision, revisions)
    for revision in revisions:
        opened = comparisons.opened_unstored(drawn.base.revision, revision)
        if opened and revision not in stored:
            stored[revision] = opened.comparison
    missing = [revision for revision in revisions if revision not in stored]
    for revision in missing[:MAX_MADE_AT_ONCE]:
        try:
            stored[revision] = comparisons.open_or_make(db, drawn.base.revision, revision).comparison
        except TooManyComparisonsError:
            break
    witnesses = tuple(entry for entry in drawn.witnesses if entry.revision in stored)
    return Synopsis(
        story=drawn.story,
        title=drawn.title,
        base=drawn.base,
        side=side,
        witnesses=witnesses,
        compared=tuple(stored[entry.revision] for entry in witnesses),
        waiting=tuple(entry for entry in drawn.witnesses if entry.revision not in stored),
        unshown=drawn.unshown,
        members=drawn.members,
        choices=drawn.choices,
        pinned=drawn.pinned,
    )


@dataclass(frozen=True, slots=True)
class _Drawn:
    """Which texts are shown."""

    story: str
    title: str
    base: ArticleEntry
    witnesses: tuple[ArticleEntry, ...]
    unshown: int
    members: frozenset[str]
    choices: tuple[ArticleEntry, ...]
    pinned: Changed | None


def _current(session: Session, id: str, base: str | None) -> _Drawn:
    """Return the texts of a story as it is now, and those that quote the same words as its base."""
    chosen = article_queries.entries(session, [base]).get(base) if base else None
    story = read_story_in(session, id, chosen.article if chosen else base)
    seen_from = chosen or story.base
    others = [member.entry for member in story.articles if member.entry.article != seen_from.article]
    related = relation_queries.related(session, [seen_from.revision])[seen_from.revision]
    quoting = [revision for revision, relation in related if relation.kind == "shares-quotation"]
    known = {entry.revision for entry in others}
    quoted = article_queries.entries(session, [revision for revision in quoting if revision not in known])
    witnesses = tuple(sorted([*others, *quoted.values()], key=by_date))
    return _Drawn(
        story=story.id,
        title=next(member.entry.title for member in story.articles if member.entry.article == story.id),
        base=seen_from,
        witnesses=witnesses[:MAX_WITNESSES],
        unshown=len(witnesses[MAX_WITNESSES:]),
        members=frozenset(known),
        choices=tuple(member.entry for member in story.articles),
        pinned=None,
    )


def _pinned(session: Session, id: str, texts: Sequence[str], quoting: Sequence[str]) -> _Drawn:
    """Return the texts that a link names."""
    members_named, texts = frozenset(texts), [*texts, *quoting]
    if not all(map(is_id, texts)) or len(texts) > MAX_WITNESSES + 1 or len(set(texts)) < len(texts):
        raise InvalidInputError(
            "This link’s texts cannot be read.",
            "It may be incomplete: copy the whole link, or open the story’s paragraphs without it.",
        )
    entries = article_queries.entries(session, texts)
    base = entries.get(texts[0])
    if base is None:
        raise NotFoundError(
            "The text that this link is about is not here.",
            "It may have been deleted with its article, or the link is incomplete.",
        )
    members = relation_queries.members_by_article(session, [entry.article for entry in entries.values()])
    newest = {member.revision for member in members}
    named = relation_queries.members_by_article(session, [id])
    stories = relation_queries.members(session, [named[0].story]) if named and named[0].story else named
    shown = {entry.article for entry in entries.values()}
    title = article_queries.entries(session, [stories[0].revision])[stories[0].revision] if stories else base
    return _Drawn(
        story=title.article,
        title=title.title,
        base=base,
        witnesses=tuple(sorted((entries[each] for each in texts[1:] if each in entries), key=by_date)),
        unshown=0,
        members=members_named,
        choices=(),
        pinned=Changed(
            newer=sum(entry.revision not in newest for entry in entries.values()),
            joined=sum(member.article not in shown for member in stories),
            deleted=len(texts) - len(entries),
        ),
    )
