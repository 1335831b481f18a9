"""The latest additions, edits and public notes, of the library or of one story: the content of feeds."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from app.collation.relations import Relation
from app.db.engine.base import Database
from app.db.queries import articles as article_queries
from app.db.queries import desk
from app.db.queries import edit_log as log_queries
from app.db.queries import relations as relation_queries
from app.errors import NotFoundError
from app.services import notes
from app.services.articles.history import HistoryEntry, read_history
from app.services.notes import EditorNote
from app.services.stories.library import WorstFinding, worst_finding
from app.services.stories.story import Story, read_story_in
from app.services.summaries import ArticleEntry, Relative

MAX_LATEST = 50
"""Texts, and notes, that a feed lists."""

MAX_CHARS_OF_EDITS = 1_000_000
"""Code points of revisions, with the ones before, that are compared for one feed: the newest edits first."""


@dataclass(frozen=True, slots=True)
class WorstOfText:
    """The most serious finding of a comparison with a text."""

    finding: WorstFinding
    other: ArticleEntry


@dataclass(frozen=True, slots=True)
class LatestText:
    """A text that was added, or a revision of one."""

    entry: ArticleEntry
    at: datetime
    """When it came here, in UTC."""
    nearest: Relative | None
    """The article that shares most with it; None where none shares text."""
    worst: WorstOfText | None
    edit: HistoryEntry | None = None
    """What it changed; None for a first revision, and where that would take too long to find."""


@dataclass(frozen=True, slots=True)
class Latest:
    """The content of a feed."""

    texts: tuple[LatestText, ...]
    """The last first."""
    notes: tuple[EditorNote, ...]
    """The public ones, the last written first."""
    story: Story | None
    """None for the library."""


def read_latest(db: Database, story: str | None = None) -> Latest:
    """Return what is new in the library, or in the story of an article. Raises NotFoundError."""
    with db.reading() as session:
        shown = read_story_in(session, story) if story else None
        articles = [member.entry.article for member in shown.articles] if shown else None
        times = dict(log_queries.latest_texts(session, MAX_LATEST, articles))
        texts = _texts(session, times)
    edits = _edits(db, [each.entry for each in texts])
    texts = tuple(replace(each, edit=edits.get(each.entry.revision)) for each in texts)
    listed = notes.list_notes(db, public_only=True, story=story or "", limit=MAX_LATEST)
    return Latest(texts, listed, shown)


def saved_at(db: Database, revisions: Sequence[str]) -> Mapping[str, datetime]:
    """Return when each of these revisions was saved."""
    with db.reading() as session:
        return article_queries.moments(session, revisions)


def _texts(session: Session, times: Mapping[str, datetime]) -> tuple[LatestText, ...]:
    entries = article_queries.entries(session, list(times))
    related = relation_queries.related(session, list(entries))
    nearest = {revision: _nearest(relations) for revision, relations in related.items()}
    worst = desk.worst_of(session, list(entries))
    others = article_queries.entries(
        session,
        [other[0] for other in nearest.values() if other]
        + [
            summary.witness if summary.base == revision else summary.base
            for revision, summary in worst.items()
        ],
    )
    texts = []
    for revision, at in times.items():
        if (entry := entries.get(revision)) is None:
            continue  # deleted meanwhile
        near, summary = nearest.get(revision), worst.get(revision)
        other = (summary.witness if summary.base == revision else summary.base) if summary else ""
        texts.append(
            LatestText(
                entry,
                at,
                Relative(others[near[0]], near[1]) if near and near[0] in others else None,
                WorstOfText(worst_finding(summary), others[other]) if summary and other in others else None,
            )
        )
    return tuple(texts)


def _nearest(relations: Sequence[tuple[str, Relation]]) -> tuple[str, Relation] | None:
    reuse = [pair for pair in relations if pair[1].is_reuse]
    return max(reuse, key=lambda pair: (pair[1].base_in_witness, pair[1].resemblance, pair[0]), default=None)


def _edits(db: Database, entries: Sequence[ArticleEntry]) -> dict[str, HistoryEntry]:
    """Return what these revisions changed, by id; of the last ones nothing where the first ones are very long."""
    edits: dict[str, HistoryEntry] = {}
    room = MAX_CHARS_OF_EDITS
    for entry in entries:
        if entry.number == 1:
            continue
        with db.reading() as session:
            room -= 2 * article_queries.lengths(session, [entry.revision]).get(entry.revision, 0)
        if room < 0:
            break
        with suppress(NotFoundError):  # deleted meanwhile
            edits |= {
                each.revision.id: each
                for each in read_history(db, entry.article, 1, entry.number + 1).entries
            }
    return edits
