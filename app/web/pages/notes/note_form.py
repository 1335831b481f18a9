"""The form for a note, and the question before one is deleted."""

from dataclasses import dataclass

from app.collation.model import Comparison, Row
from app.collation.text.numbering import printed_numbers
from app.errors import InvalidInputError, VariorumError
from app.services.notes import MAX_NOTE_CHARS, ChangedMeanwhileError, EditorNote, NotePlace
from app.web.pages.notes.note_view import STATUSES, NoteView, note_view
from app.web.pages.shared.numbering import in_signs


@dataclass(frozen=True, slots=True)
class NoteChoice:
    """One of several buttons of which one is chosen."""

    value: str
    name: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class TypedNote:
    """What was typed into the form."""

    text: str = ""
    status: str = "check"
    is_public: bool = False
    about: str = ""
    version: int = 0
    editor: str | None = None
    """The editor's name; None where it is known."""


@dataclass(frozen=True, slots=True)
class NotePage:
    """The form for a note."""

    heading: str
    action: str
    back: str
    """Where the note's place is."""
    base_words: str
    witness_words: str
    about: tuple[NoteChoice, ...]
    """What it can be about; empty where that is settled."""
    statuses: tuple[NoteChoice, ...]
    typed: TypedNote
    max_chars: int
    problem: str
    advice: str
    text_error: str
    status_error: str
    name_error: str
    needs_key: bool
    meanwhile: NoteView | None
    """What somebody else made of the note meanwhile."""


@dataclass(frozen=True, slots=True)
class DeleteNotePage:
    """The question whether to delete a note."""

    note: NoteView
    action: str
    back: str


@dataclass(frozen=True, slots=True)
class GoneNotePage:
    """What was typed into a note that somebody else deleted meanwhile."""

    typed: str
    back: str
    """Where its place is."""
    problem: str
    advice: str


def about_choices(
    comparison: Comparison, row: Row, finding: int | None, chosen: str
) -> tuple[NoteChoice, ...]:
    """Return what a note written at a row can be about: the finding, the row, or one of its paragraphs."""
    options = [("finding", "This finding")] * (finding is not None)
    both = row.base and row.witness
    options += [("row", "Both paragraphs" if both else "This paragraph, as it is compared here")]
    for name, side, indices in (
        ("base", comparison.base, row.base),
        ("witness", comparison.witness, row.witness),
    ):
        numbers = printed_numbers(side)
        options += [
            (f"{name}-{index}", f"{in_signs([numbers[index]])} of {side.label}, in every comparison")
            for index in indices
        ]
    known = chosen if chosen in dict(options) else options[0][0]
    return tuple(NoteChoice(value, name, value == known) for value, name in options)


def note_page(
    place: NotePlace,
    action: str,
    back: str,
    typed: TypedNote,
    about: tuple[NoteChoice, ...] = (),
    error: VariorumError | None = None,
    *,
    needs_key: bool = False,
) -> NotePage:
    """Build the form for a note on ``place``, with what is wrong with what was typed."""
    wrong = error.fields if isinstance(error, InvalidInputError) else {}
    meanwhile = error.note if isinstance(error, ChangedMeanwhileError) else None
    return NotePage(
        heading=f"{'Edit the note' if typed.version else 'Note'} on {place.place}",
        action=action,
        back=back,
        base_words=place.base_words,
        witness_words=place.witness_words,
        about=about,
        statuses=tuple(NoteChoice(value, name, value == typed.status) for value, name in STATUSES.items()),
        typed=typed,
        max_chars=MAX_NOTE_CHARS,
        problem=error.message if error else "",
        advice=error.advice if error else "",
        text_error=wrong.get("text", ""),
        status_error=wrong.get("status", ""),
        name_error=wrong.get("editor", ""),
        needs_key=needs_key,
        meanwhile=note_view(meanwhile, may_write=False) if meanwhile else None,
    )


def delete_note_page(note: EditorNote) -> DeleteNotePage:
    """Build the question whether to delete ``note``."""
    return DeleteNotePage(note_view(note, may_write=False), f"/notes/{note.id}/delete", note.link)


def gone_note_page(typed: TypedNote, back: str) -> GoneNotePage:
    """Build the page that gives back what was typed into a note that is no longer there."""
    return GoneNotePage(
        typed.text,
        back,
        "Somebody deleted this note while you were editing it. Nothing was saved.",
        "Copy what you typed, go back to the place, and write it as a new note if it is still needed.",
    )
