"""Notes by editors: what they found out about a finding, a row or a paragraph.

A note is anchored to the revisions that its author saw and to the very paragraphs and words there. It is shown where a
comparison of the two has exactly this place, and listed everywhere else: it never moves to a place that only looks
alike.
"""

import hashlib
import json
import secrets
from base64 import b32encode
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Literal, get_args

from sqlmodel import Session

from app import permalinks
from app.collation.document import row_text
from app.collation.highlights.gravest import in_few_words
from app.collation.model import Comparison, Row, Side
from app.collation.text.numbering import FURNITURE, HEADLINE, printed_numbers
from app.db.engine.base import Database
from app.db.queries import articles as article_queries
from app.db.queries import notes as note_queries
from app.db.queries import relations as relation_queries
from app.db.tables.notes import NoteRow
from app.errors import InvalidInputError, NotFoundError
from app.services import edit_log
from app.services.edit_log import Action, Actor, Known

Status = Literal["check", "confirmed", "harmless"]

MAX_NOTE_CHARS = 5_000
"""Characters of a note: two pages. What is longer belongs into a document of its own."""

MAX_NOTES_OF_A_PAIR = 1_000
"""Notes on one comparison; no page could show more."""

MAX_CHARS_OF_A_PAIR = 300_000
"""Characters of all notes on one comparison, whose page has them all: half a novel."""

MAX_WORDS_CHARS = 200
"""Characters that a note keeps of the words on either side, for lists."""


@dataclass(frozen=True, slots=True)
class NotePlace:
    """What a note is about. It is compared by ``anchor`` alone, and only between the same revisions."""

    base: str
    """Revision ids."""
    witness: str | None
    """None for a paragraph of ``base`` alone."""
    anchor: str
    pins: str
    row: int
    finding: int | None
    kind: str
    place: str
    base_words: str
    witness_words: str


@dataclass(frozen=True, slots=True)
class NoteContent:
    """What an editor writes."""

    text: str
    status: Status
    is_public: bool


@dataclass(frozen=True, slots=True)
class EditorNote(NotePlace):
    """A stored note."""

    id: str
    text: str
    status: Status
    is_public: bool
    who: str
    known: Known
    made_at: datetime
    """In UTC."""
    changed_at: datetime
    version: int
    """Counts its wordings, from 1."""

    @property
    def link(self) -> str:
        """Where it was written: the finding, the row, or the text of the article."""
        if self.witness is None:
            return f"{permalinks.text_path(self.base)}#note-{self.id}"
        path = permalinks.compare_path(self.base, self.witness)
        return f"{permalinks.row_path(path, self.row, self.finding, self.pins)}#note-{self.id}"


class ChangedMeanwhileError(InvalidInputError):
    """A note that somebody changed in another tab; ``note`` is what it says now."""

    def __init__(self, note: EditorNote) -> None:
        super().__init__(
            "This note was changed while you were editing it, so nothing was saved yet.",
            "What it says now is shown below your text. Save again to replace it.",
        )
        self.note = note


def place_in(comparison: Comparison, number: int, finding: int | None) -> NotePlace:
    """Return row ``number`` of a comparison, or a finding in it, as what a note is about. Raises NotFoundError."""
    rows = comparison.collation.rows
    if not 1 <= number <= len(rows):
        raise NotFoundError(f"This comparison has no row {number}.", "It may have been another comparison.")
    row = rows[number - 1]
    if finding is not None and not 1 <= finding <= len(row.findings):
        raise NotFoundError("There is no such finding here.", "Open the comparison and choose one.")
    base, witness = row_text(comparison.base, row.base), row_text(comparison.witness, row.witness)
    kind = ""
    if finding is not None:
        noted = row.findings[finding - 1]
        base, witness = in_few_words(base, witness, row.changes, noted)
        kind = noted.kind
    return NotePlace(
        base=comparison.base.revision,
        witness=comparison.witness.revision,
        anchor=anchor_of(row, finding),
        pins=permalinks.pins_text(comparison.pins),
        row=number,
        finding=finding,
        kind=kind,
        place=_printed(comparison.base, row.base) or _printed(comparison.witness, row.witness),
        base_words=_beginning(base),
        witness_words=_beginning(witness),
    )


def paragraph_of(side: Side, index: int) -> NotePlace:
    """Return a paragraph (from 0) of one text as what a note is about. Raises NotFoundError."""
    if not 0 <= index < len(side.paragraphs):
        raise NotFoundError("This article has no such paragraph.", "It may have been edited since.")
    return NotePlace(
        base=side.revision,
        witness=None,
        anchor=json.dumps([[index]]),
        pins="",
        row=0,
        finding=None,
        kind="",
        place=_printed(side, [index]),
        base_words=_beginning(side.paragraphs[index]),
        witness_words="",
    )


def anchor_of(row: Row, finding: int | None = None, *, swapped: bool = False) -> str:
    """Return which paragraphs and words a row, or a finding (from 1) in it, is about; the same in no other place.

    ``swapped`` gives it as of the comparison the other way round.
    """
    sides: list[list[object]] = [[list(row.base)], [list(row.witness)]]
    if finding is not None:
        noted = row.findings[finding - 1]
        sides[0].append(list(noted.base))
        sides[1].append(list(noted.witness))
    if swapped:
        sides.reverse()
    return json.dumps([*sides, row.findings[finding - 1].kind] if finding is not None else sides)


def notes_on(db: Database, base: str, witness: str, *, public_only: bool) -> tuple[EditorNote, ...]:
    """Return the notes on comparisons of two revisions, and on paragraphs of either, in the order of their writing.

    Raises NotFoundError.
    """
    with db.reading() as session:
        if article_queries.moments(session, [base, witness]).keys() != {base, witness}:
            advice = "It may have been deleted, or the link is incomplete."
            raise NotFoundError("There is no such comparison: one of its texts is not here.", advice)
        return tuple(map(_note, note_queries.of_pair(session, base, witness, public_only=public_only)))


def on_text_in(session: Session, revision: str, *, public_only: bool) -> dict[int, list[EditorNote]]:
    """Return the notes on paragraphs of one revision by the paragraph's index, each in the order of their writing."""
    by_index: dict[int, list[EditorNote]] = {}
    for row in note_queries.of_paragraphs(session, revision, public_only=public_only):
        by_index.setdefault(json.loads(row.anchor)[0][0], []).append(_note(row))
    return by_index


def fingerprint(notes: Sequence[EditorNote]) -> str:
    """Return what changes whenever a page with these notes would."""
    return " ".join(f"{note.id}.{note.version}" for note in notes)


def list_notes(
    db: Database,
    *,
    public_only: bool,
    status: str = "",
    article: str = "",
    story: str = "",
    pair: tuple[str, str] | None = None,
    offset: int = 0,
    limit: int = 100,
) -> tuple[EditorNote, ...]:
    """Return ``limit`` notes after ``offset``, the last written first: of all, of an article, a story or a pair."""
    with db.reading() as session:
        articles: list[str] | None = [article] if article else None
        if story:
            named = relation_queries.members_by_article(session, [story])
            label = named[0].story if named else None
            members = relation_queries.members(session, [label]) if label else named
            articles = [member.article for member in members]
        rows = note_queries.listed(
            session,
            public_only=public_only,
            status=status if status in get_args(Status) else "",
            articles=articles,
            pair=pair,
            offset=offset,
            limit=limit,
        )
        return tuple(map(_note, rows))


def read(db: Database, id: str, *, public_only: bool = False) -> EditorNote:
    """Return a note. Raises NotFoundError, also for one that its reader may not see."""
    with db.reading() as session:
        row = note_queries.note(session, id)
        if row is None or (public_only and not row.is_public):
            raise _gone()
        return _note(row)


def checked(text: str, status: str, *, is_public: bool) -> NoteContent:
    """Return what an editor typed as a note's content. Raises InvalidInputError, with what is wrong with each field."""
    cleaned = "".join(
        char for char in text.replace("\r\n", "\n") if char == "\n" or char == "\t" or char >= " "
    )
    cleaned = cleaned.replace("\x7f", "").strip()
    problems = {}
    if not any(char.isprintable() and not char.isspace() for char in cleaned):  # nothing that can be seen
        problems["text"] = "A note needs some words."
    elif len(cleaned) > MAX_NOTE_CHARS:
        problems["text"] = (
            f"A note has at most {MAX_NOTE_CHARS:,} characters; this one has {len(cleaned):,}. Shorten it, or link to a"
            " document."
        )
    chosen = next((known for known in get_args(Status) if known == status), None)
    if chosen is None:
        problems["status"] = "Choose one of the three."
    if problems or chosen is None:
        raise InvalidInputError("The note was not saved.", "", problems)
    return NoteContent(cleaned, chosen, is_public)


def add(db: Database, place: NotePlace, content: NoteContent, *, actor: Actor) -> EditorNote:
    """Store a note. Raises NotFoundError if one of the texts was deleted, InvalidInputError if there are too many."""
    moment = datetime.now(UTC)
    row = NoteRow(
        **{field.name: getattr(place, field.name) for field in fields(NotePlace)},
        id=b32encode(secrets.token_bytes(10)).decode("ascii").lower(),
        text=content.text,
        status=content.status,
        is_public=content.is_public,
        who=actor.name,
        known=actor.known,
        made_at=moment,
        changed_at=moment,
        version=1,
    )
    with db.writing() as session:
        present = note_queries.of_pair(session, row.base, row.witness or row.base, public_only=False)
        if len(present) >= MAX_NOTES_OF_A_PAIR:
            raise InvalidInputError(
                f"This comparison has {len(present):,} notes, and no more are taken.", "Delete some first."
            )
        _require_room(present, content)
        _log(session, "note", actor, moment, row, None, _digest(row))
        session.add(row)
    return _note(row)


def _require_room(others: Sequence[NoteRow], content: NoteContent) -> None:
    """Raise InvalidInputError if a note beside ``others`` makes more than one page can show."""
    if sum(len(other.text) for other in others) + len(content.text) > MAX_CHARS_OF_A_PAIR:
        raise InvalidInputError(
            f"The notes on this comparison would have more than {MAX_CHARS_OF_A_PAIR:,} characters together.",
            "Shorten or delete some first, or link to a document.",
        )


def edit(db: Database, id: str, content: NoteContent, version: int, *, actor: Actor) -> EditorNote:
    """Replace what a note says; nothing is stored if that changes nothing.

    ``version`` is the one that was edited. Raises ChangedMeanwhileError if there is a later one, and NotFoundError.
    """
    with db.writing() as session:
        row = note_queries.note(session, id)
        if row is None:
            raise _gone()
        if row.version != version:
            raise ChangedMeanwhileError(_note(row))
        if (row.text, row.status, row.is_public) == (content.text, content.status, content.is_public):
            return _note(row)
        if len(content.text) > len(row.text):
            present = note_queries.of_pair(session, row.base, row.witness or row.base, public_only=False)
            _require_room([other for other in present if other.id != id], content)
        before = _digest(row)
        row.text, row.status, row.is_public = content.text, content.status, content.is_public
        row.changed_at = datetime.now(UTC)
        row.version += 1
        _log(session, "renote", actor, row.changed_at, row, before, _digest(row))
        session.add(row)
        session.flush()
        return _note(row)


def delete(db: Database, id: str, *, actor: Actor, expected: int | None = None) -> EditorNote:
    """Delete a note for good, and return what it was.

    ``expected`` is the version that was read: raises ChangedMeanwhileError if there is a later one, and NotFoundError.
    """
    with db.writing() as session:
        row = note_queries.note(session, id)
        if row is None:
            raise _gone()
        note = _note(row)
        if expected not in (None, row.version):
            raise ChangedMeanwhileError(note)
        _log(session, "unnote", actor, datetime.now(UTC), row, _digest(row), None)
        session.delete(row)
        return note


def _log(
    session: Session,
    action: Action,
    actor: Actor,
    moment: datetime,
    row: NoteRow,
    before: str | None,
    after: str | None,
) -> None:
    revisions = [row.base] + [row.witness] * (row.witness is not None)
    entries = article_queries.entries(session, [revision for revision in revisions if revision])
    if len(entries) < len(set(revisions)):
        raise NotFoundError("One of the two texts was deleted just now.", "The note was not saved.")
    base = entries[row.base]
    titles = [entries[revision].title for revision in revisions if revision]
    logged = edit_log.entry(
        actor,
        action,
        moment,
        article=base.article,
        revision=row.base,
        number=base.number,
        witness=row.witness,
        pins=row.pins,
        title=" – ".join(titles),
        before=before,
        after=after,
    )
    edit_log.record(session, [logged])


def _digest(row: NoteRow) -> str:
    content = json.dumps([row.text, row.status, row.is_public], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(content.encode("utf-8")).hexdigest()


def _note(row: NoteRow) -> EditorNote:
    return EditorNote(**{field.name: getattr(row, field.name) for field in fields(EditorNote)})


def _printed(side: Side, indices: Sequence[int]) -> str:
    numbers = printed_numbers(side)
    names = {HEADLINE: "Headline", FURNITURE: "Page extras"}
    return ", ".join(names.get(numbers[index], f"¶{numbers[index]}") for index in indices)


def _beginning(text: str) -> str:
    """Return the first words of ``text``; none is cut unless it alone is as long as half of them.

    >>> _beginning("the harbour " * 100)[-13:]
    ' harbour the…'
    >>> len(_beginning("x" * 1000)) == MAX_WORDS_CHARS + 1
    True
    """
    line = " ".join(text.split())
    if len(line) <= MAX_WORDS_CHARS:
        return line
    whole_words = line[: MAX_WORDS_CHARS + 1].rpartition(" ")[0]
    return f"{whole_words if len(whole_words) > MAX_WORDS_CHARS // 2 else line[:MAX_WORDS_CHARS]}…"


def _gone() -> NotFoundError:
    return NotFoundError("There is no such note.", "It may have been deleted, with an article or by itself.")
