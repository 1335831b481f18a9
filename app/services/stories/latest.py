"""What was added and edited last, and what editors noted, in the library or in one story: what feeds tell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from sqlmodel import Session

from app.collation import diff
from app.collation.model import Change
from app.collation.relations import Relation
from app.db.engine.base import Database
from app.db.queries import articles as article_queries
from app.db.queries import desk
from app.db.queries import edit_log as log_queries
from app.db.queries import relations as relation_queries
from app.services import notes
from app.services.notes import EditorNote
from app.services.stories.library import WorstFinding, worst_finding
from app.services.stories.story import Story, read_story_in
from app.services.summaries import ArticleEntry, Relative

MAX_LATEST = 50
"""Texts, and notes, that a feed tells of."""

MAX_CHANGED_SHOWN = 5
"""Changed paragraphs that are shown of an edit."""

MAX_PARAGRAPHS = 1_000
MAX_CHARS = 200_000
"""Paragraphs and code points of a text beyond which an edit is told of without what it changed."""

MAX_CHARS_OF_ALL = 2_000_000
"""The same for all edits of one feed together."""

MAX_SHOWN_CHARS = 4_000
"""Code points of a changed paragraph that is shown word for word."""


@dataclass(frozen=True, slots=True)
class EditedParagraph:
    """A paragraph that an edit changed; one that was added has no ``before``, one that was left out no ``after``."""

    before: str
    after: str
    changes: tuple[Change, ...]
    """From ``before`` to ``after``."""


@dataclass(frozen=True, slots=True)
class TextEdit:
    """What an edit changed in the text."""

    shown: tuple[EditedParagraph, ...]
    more: int
    """Further paragraphs that it changed."""


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
    edit: TextEdit | None
    """What it changed; None for a first revision, and for one that is too long to say."""


@dataclass(frozen=True, slots=True)
class Latest:
    """What feeds tell."""

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
    budget = [MAX_CHARS_OF_ALL]
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
                _edit(session, entry, budget) if entry.number > 1 else None,
            )
        )
    return tuple(texts)


def _nearest(relations: Sequence[tuple[str, Relation]]) -> tuple[str, Relation] | None:
    reuse = [pair for pair in relations if pair[1].is_reuse]
    return max(reuse, key=lambda pair: (pair[1].base_in_witness, pair[1].resemblance, pair[0]), default=None)


def _edit(session: Session, entry: ArticleEntry, budget: list[int]) -> TextEdit | None:
    """Return what a revision changed; the lengths of both texts are taken from ``budget``."""
    before = article_queries.revision_id(session, entry.article, entry.number - 1)
    if before is None:
        return None
    lengths = article_queries.lengths(session, [before, entry.revision])
    if max(lengths.values()) > MAX_CHARS or sum(lengths.values()) > budget[0]:
        return None
    budget[0] -= sum(lengths.values())
    texts = article_queries.revisions(session, [before, entry.revision])
    return edit_between(texts[before].paragraphs, texts[entry.revision].paragraphs)


def edit_between(before: Sequence[str], after: Sequence[str]) -> TextEdit | None:
    """Return what changed from one list of paragraphs to the other; None for what is too long to say.

    >>> edit_between(["One.", "Two."], ["One.", "Two three."]).shown[0].after
    'Two three.'
    """
    if max(len(before), len(after)) > MAX_PARAGRAPHS:
        return None
    shown: list[EditedParagraph] = []
    total = 0
    for op, base_start, base_end, start, end in SequenceMatcher(None, before, after, False).get_opcodes():
        if op == "equal":
            continue
        pairs = max(base_end - base_start, end - start)
        total += pairs
        for offset in range(min(pairs, MAX_CHANGED_SHOWN - len(shown))):
            base = before[base_start + offset] if base_start + offset < base_end else ""
            witness = after[start + offset] if start + offset < end else ""
            base, witness = base[:MAX_SHOWN_CHARS], witness[:MAX_SHOWN_CHARS]
            shown.append(EditedParagraph(base, witness, diff.diff(base, witness).changes))
    return TextEdit(tuple(shown), total - len(shown))
