"""The library: all stories and single articles, page by page, ordered and filtered."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from app.collation.highlights.gravest import GravestFinding
from app.collation.model import FindingKind
from app.collation.relations import Relation
from app.db.engine.base import Database
from app.db.queries import articles as article_queries
from app.db.queries import desk
from app.db.queries import notes as note_queries
from app.db.queries import relations as relation_queries
from app.db.queries.desk import ShelfQuery
from app.db.queries.searching import labels as label_queries
from app.db.tables.desk import NO_DAY, FindingSummary, Shelf
from app.services.relations.pairs import base_first
from app.services.summaries import ArticleEntry

__all__ = [
    "EVERYTHING",
    "MAX_SHOWN_OF_A_STORY",
    "LibraryListing",
    "Order",
    "ShelfQuery",
    "StoryEntry",
    "WorstFinding",
    "known_publishers",
    "read_page",
]

MAX_SHOWN_OF_A_STORY = 5
"""Articles of a story that the library shows: the one added first, and those added last."""

MAX_PUBLISHERS = 200
"""Publishers that forms suggest; any other can be typed."""

Order = Literal["serious", "newest", "published", "articles"]
"""Serious findings first, last added first, last published first, most articles first."""

EVERYTHING = ShelfQuery()


@dataclass(frozen=True, slots=True)
class WorstFinding:
    """The most serious finding of a story, in the comparison that has it."""

    base: str
    """Revision ids."""
    witness: str
    finding: GravestFinding
    counts: Mapping[FindingKind, int]
    """Findings of that comparison."""


@dataclass(frozen=True, slots=True)
class StoryEntry:
    """A story in the library; an article that shares no text is a story by itself."""

    id: str | None
    """The article that was added first; None for a single article."""
    articles: tuple[ArticleEntry, ...]
    """The one added first and then those added last, at most ``MAX_SHOWN_OF_A_STORY``, in the order of addition."""
    relations: tuple[Relation | None, ...]
    """How the first one is related to each of ``articles``, from its side; None for itself, and if the two are related
    only through others."""
    pairs: tuple[tuple[str, str], ...]
    """The first one and each of ``articles``, as base and witness; the first one alone twice."""
    count: int
    first_on: date | None
    """The first date that any of its articles states; None where none does."""
    last_on: date | None
    undated: int
    """Articles that state no date."""
    worst: WorstFinding | None
    notes: int = 0
    """Notes that the reader may see."""
    to_check: int = 0
    """Those whose status is "to check"."""


@dataclass(frozen=True, slots=True)
class LibraryListing:
    """A page of the library."""

    entries: tuple[StoryEntry, ...]
    page: int
    pages: int
    """At least 1."""
    total: int
    """The number of stories that were wanted; a single article counts as one."""
    articles: int
    """How many articles there are in all."""
    stories: int
    """How many stories of several articles there are in all."""
    with_findings: int
    """How many of those have a finding that matters."""


def read_page(
    db: Database,
    page: int = 1,
    size: int = 30,
    query: ShelfQuery = EVERYTHING,
    order: Order = "serious",
    *,
    public_only: bool = True,
) -> LibraryListing:
    """Return this page of the library, from 1; a number beyond the last gives the last page.

    The number of queries does not depend on the number of articles. ``public_only`` leaves out the notes that editors
    alone see.
    """
    with db.reading() as session:
        total = desk.count_shelves(session, query)
        pages = max(1, math.ceil(total / size))
        page = min(max(page, 1), pages)
        shelves = desk.shelves(session, query, order, (page - 1) * size, size)
        stories = [shelf.id for shelf in shelves if shelf.size > 1]
        singles = [shelf.id for shelf in shelves if shelf.size == 1]
        shown: dict[str, list[relation_queries.StorySample]] = {}
        for article in relation_queries.sample_stories(session, stories, singles, MAX_SHOWN_OF_A_STORY):
            shown.setdefault(article.story, []).append(article)
        related = relation_queries.related(session, [shown[story][0].entry.revision for story in stories])
        summaries = desk.summaries(session, [shelf.summary for shelf in shelves if shelf.summary])
        notes = note_queries.counts_by_story(session, [*stories, *singles], public_only=public_only)
        entries = tuple(_entry(shelf, shown[shelf.id], related, summaries, notes) for shelf in shelves)
        articles = article_queries.count_articles(session)
        return LibraryListing(entries, page, pages, total, articles, *desk.count_stories(session))


def known_publishers(db: Database) -> tuple[str, ...]:
    """Return the publishers that forms suggest, by name; a publisher with several names by the canonical one."""
    with db.reading() as session:
        canonical_by_name = dict(label_queries.aliases(session, MAX_PUBLISHERS))
        names = {canonical_by_name.get(name, name) for name in desk.publishers(session, MAX_PUBLISHERS)}
        return tuple(sorted(names))


def _entry(
    shelf: Shelf,
    shown: Sequence[relation_queries.StorySample],
    related: Mapping[str, Sequence[tuple[str, Relation]]],
    summaries: Mapping[int, FindingSummary],
    notes: Mapping[str, tuple[int, int]],
) -> StoryEntry:
    first, *others = articles = tuple(each.entry for each in shown)
    relations = dict(related.get(first.revision, ()))
    pairs = [(first.revision, first.revision)]
    for other in others:
        base, witness = base_first(first, other)
        pairs.append((base.revision, witness.revision))
    summary = summaries.get(shelf.summary or 0)
    return StoryEntry(
        id=shelf.id if shelf.size > 1 else None,
        articles=articles,
        relations=tuple(relations.get(article.revision) for article in articles),
        pairs=tuple(pairs),
        count=shelf.size,
        first_on=_day(shelf.first_on),
        last_on=_day(shelf.last_on),
        undated=shelf.undated,
        worst=worst_finding(summary) if summary else None,
        notes=notes.get(shelf.id, (0, 0))[0],
        to_check=notes.get(shelf.id, (0, 0))[1],
    )


def _day(day: date) -> date | None:
    return None if day == NO_DAY else day


def worst_finding(summary: FindingSummary) -> WorstFinding:
    """Return what a stored comparison found most serious."""
    line = GravestFinding(
        row=summary.row,
        number=summary.finding,
        kind=summary.kind,
        may_reverse=summary.may_reverse,
        base_words=summary.base_words,
        witness_words=summary.witness_words,
        base_paragraphs=tuple(summary.base_paragraphs),
        witness_paragraphs=tuple(summary.witness_paragraphs),
    )
    return WorstFinding(summary.base, summary.witness, line, summary.counts)
