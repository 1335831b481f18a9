"""An article's history: what each revision changed, who made it and from what, and when a sentence came and went."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from itertools import pairwise, zip_longest
from typing import Any, Literal

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from app.collation.highlights.revised import RevisedPassage, RevisedText, revised
from app.collation.pipeline import ENGINE
from app.collation.text.normalization import normal_form
from app.db.engine.base import Database
from app.db.queries import articles as article_queries
from app.db.queries import edit_log as log_queries
from app.db.queries import intake as intake_queries
from app.db.queries.articles import RevisionEntry
from app.db.tables.articles import RevisionChange
from app.db.tables.edit_log import LogEntry
from app.errors import (
    InvalidInputError,
    NotFoundError,
    StorageBusyError,
    StorageReadOnlyError,
    TooManyComparisonsError,
)
from app.permalinks import is_id
from app.services import comparisons

MAX_COMPARED_CHARS = 1_000_000
"""Code points of revisions that one request compares with the ones before, one pair at least: some seconds' work.
What is left is compared when the page is opened again."""

MAX_STEPS = 20
"""Revisions that are looked through for the last one that changed the text in substance."""

MAX_SEARCHED_CHARS = 20_000_000
"""Code points of revisions that are searched for a sentence: some seconds' work, and the history of any article."""

MAX_SENTENCE_CHARS = 500
"""Code points of a sentence; the link that names it has to stay one that every browser and mail program carries."""

REVISIONS_PER_QUERY = 20

Source = Literal["", "edit", "script", "import", "watch", "link", "file", "seeds"]
"""What a revision was made from: not known, a form here, a script with a key, an import, a look at a watched address,
a link that an editor gave, a file, the program's own articles."""

_STATED = ("title", "publisher", "author", "published_on", "url")

_NO_CHANGE = RevisedText("none", 0, 0, 0, 0, {}, 0, (), 0)


@dataclass(frozen=True, slots=True)
class StatedChange:
    """What is stated of an article, before and after a revision; empty where nothing was."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One revision, and what it changed."""

    revision: RevisionEntry
    previous: str
    """The id of the revision before it; empty for the first."""
    change: RevisedText | None
    """None for the first, and while the two are still to be compared."""
    stated: tuple[StatedChange, ...]
    source: Source
    who: str
    """Who made it, for editors; empty if no name was given."""


@dataclass(frozen=True, slots=True)
class ArticleHistory:
    """A part of an article's history, the newest revision first."""

    article: str
    title: str
    """Of the newest revision."""
    newest: int
    entries: tuple[HistoryEntry, ...]
    is_complete: bool
    """Whether all of these revisions have been compared."""


@dataclass(frozen=True, slots=True)
class SentenceHistory:
    """In which revisions of an article a sentence is."""

    sentence: str
    runs: tuple[tuple[int, int], ...]
    """First and last number of each run of revisions that have it, in ascending order."""
    oldest: int
    """The number of the oldest revision that was searched."""
    newest: int


def read_history(db: Database, article: str, limit: int, before: int | None = None) -> ArticleHistory:
    """Return at most ``limit`` revisions with numbers below ``before``, and what each changed. Raises NotFoundError.

    What is not known yet is found by comparing, within ``MAX_COMPARED_CHARS``, and stored.
    """
    with db.reading() as session:
        newest = _newest(session, article)
        entries = article_queries.listed_revisions(session, article, limit + 1, before)
        made = log_queries.of_revisions(session, article, [entry.id for entry in entries])
        captured = _kinds_of_capture(session, article)
    changes = _changes(db, entries)
    shown = [
        HistoryEntry(
            entry,
            older.id if older else "",
            changes.get(entry.id),
            _stated(older, entry) if older else (),
            _source(captured.get(entry.id, ""), made.get(entry.id)),
            made[entry.id].who if entry.id in made and made[entry.id].known != "program" else "",
        )
        for entry, older in zip_longest(entries, entries[1:])
        if older or entry.number == 1
    ][:limit]
    is_complete = all(entry.change or not entry.previous for entry in shown)
    return ArticleHistory(article, newest.title, newest.number, tuple(shown), is_complete)


def last_change(db: Database, article: str, number: int) -> int | None:
    """Return the last revision up to ``number`` that changed the text in substance, from 2; None if there is none.

    Raises NotFoundError, and TooManyComparisonsError where ``MAX_STEPS`` revisions were looked through in vain.
    """
    with db.reading() as session:
        _newest(session, article)
        entries = article_queries.listed_revisions(session, article, MAX_STEPS + 1, number + 1)
    if not entries or entries[0].number != number:
        raise _no_revision()
    changes = _changes(db, entries)
    for newer in entries[:-1]:
        change = changes.get(newer.id)
        if change is None:
            break
        if change.substance == "text":
            return newer.number
    else:
        if entries[-1].number == 1:
            return None
    raise TooManyComparisonsError(
        "It takes longer to find the last revision that changed the text in substance.",
        "Try again in a moment, or open the article’s history and go through its parts.",
    )


def pair(db: Database, article: str, first: int, second: int) -> tuple[str, str]:
    """Return the ids of two revisions by number, to be compared. Raises NotFoundError and InvalidInputError."""
    if first == second:
        raise InvalidInputError(
            f"Revision {first} was named twice.", "Name two different revisions of the article to compare."
        )
    with db.reading() as session:
        _newest(session, article)
        rows = [article_queries.listed_revisions(session, article, 1, n + 1) for n in (first, second)]
    if [row[0].number if row else 0 for row in rows] != [first, second]:
        raise _no_revision()
    return rows[0][0].id, rows[1][0].id


def find_sentence(db: Database, article: str, sentence: str) -> SentenceHistory:
    """Return in which revisions a sentence, or a part of one, is; case and typography do not count.

    The newest revisions are searched first, up to ``MAX_SEARCHED_CHARS``. Raises NotFoundError; InvalidInputError for
    what holds no word, or is too long.
    """
    sentence = " ".join(sentence.split())
    wanted = normal_form(sentence).strip("\"' ")
    if len(sentence) > MAX_SENTENCE_CHARS:
        raise InvalidInputError(
            f"This has {len(sentence):,} characters; a sentence to look for has {MAX_SENTENCE_CHARS} at most.",
            "Its first words are enough.",
        )
    if not any(char.isalnum() for char in wanted):
        raise InvalidInputError("This holds no word to look for.", "Type a sentence, or some words of it.")
    with db.reading() as session:
        newest = oldest = _newest(session, article).number
        having: list[int] = []
        after, chars = newest + 1, 0
        while after > 1 and chars < MAX_SEARCHED_CHARS:
            for number, paragraphs in article_queries.paragraphs_before(
                session, article, after, REVISIONS_PER_QUERY
            ):
                if chars >= MAX_SEARCHED_CHARS:
                    break
                chars += sum(map(len, paragraphs))
                after = oldest = number
                if wanted in " ".join(map(normal_form, paragraphs)):
                    having.append(number)
    return SentenceHistory(sentence, _runs(having[::-1]), oldest, newest)


def _no_revision() -> NotFoundError:
    return NotFoundError("There is no such revision.", "Revisions are numbered 1, 2, 3 and so on.")


def _newest(session: Session, article: str) -> RevisionEntry:
    entries = article_queries.listed_revisions(session, article, 1, None) if is_id(article) else []
    if not entries:
        raise NotFoundError(
            "There is no such article.", "It may have been deleted, or the link is incomplete."
        )
    return entries[0]


def _changes(db: Database, entries: Sequence[RevisionEntry]) -> dict[str, RevisedText]:
    """Return what each revision, the newest first, changed of the one before it, as far as it is known by now."""
    pairs = list(pairwise(entries))
    changes = {newer.id: _NO_CHANGE for newer, older in pairs if newer.digest == older.digest}
    with db.reading() as session:
        stored = article_queries.revision_changes(session, [newer.id for newer, _ in pairs])
        changes |= {id: _from_row(row) for id, row in stored.items() if row.engine == ENGINE}
        missing = [(newer, older) for newer, older in pairs if newer.id not in changes]
        lengths = article_queries.lengths(session, [entry.id for two in missing for entry in two])
    rows: list[RevisionChange] = []
    chars = 0
    for newer, older in missing:
        chars += lengths.get(newer.id, 0) + lengths.get(older.id, 0)
        if rows and chars > MAX_COMPARED_CHARS:
            break
        try:
            change = revised(comparisons.open_or_make(db, older.id, newer.id).comparison)
        except (NotFoundError, TooManyComparisonsError):
            break  # it was deleted meanwhile, or many readers compare just now
        changes[newer.id] = change
        rows.append(_row(newer.id, change))
    if rows and not db.read_only:
        with suppress(StorageBusyError, StorageReadOnlyError, IntegrityError), db.writing() as session:
            article_queries.store_revision_changes(session, rows)
    return changes


def _row(revision: str, change: RevisedText) -> RevisionChange:
    content = asdict(change)
    return RevisionChange(
        revision=revision, engine=ENGINE, substance=content.pop("substance"), content=content
    )


def _from_row(row: RevisionChange) -> RevisedText:
    content: dict[str, Any] = dict(row.content)
    passages = tuple(RevisedPassage(**passage) for passage in content.pop("passages"))
    return RevisedText(substance=row.substance, passages=passages, **content)  # type: ignore[arg-type]  # stored as text


def _stated(older: RevisionEntry, newer: RevisionEntry) -> tuple[StatedChange, ...]:
    changes = []
    for name in _STATED:
        before, after = (
            "" if value is None else str(value) for value in (getattr(older, name), getattr(newer, name))
        )
        if before != after:
            changes.append(StatedChange(name, before, after))
    return tuple(changes)


def _kinds_of_capture(session: Session, article: str) -> dict[str, str]:
    """Return by revision from what kind of source it was first captured."""
    return {row.revision: row.kind for row in intake_queries.captures_of(session, article)}


def _source(captured: str, made: LogEntry | None) -> Source:
    if captured == "watch":
        return "watch"
    if made is not None and made.known == "account":
        return "import"
    if made is not None and made.known == "program":
        return "seeds" if made.who == "seeds" else "watch"
    if captured == "link":
        return "link"
    if captured not in ("", "text"):
        return "file"
    if made is not None and made.known == "key":
        return "script"
    return "edit" if made is not None else ""


def _runs(numbers: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Return rising numbers as runs, each with its first and last one.

    >>> _runs([1, 2, 5, 6, 7])
    ((1, 2), (5, 7))
    """
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = runs[-1][0], number
        else:
            runs.append((number, number))
    return tuple(runs)
