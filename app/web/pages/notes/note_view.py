"""Notes below the rows that they are about."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from app import permalinks
from app.collation.findings.registry import KINDS
from app.collation.model import Comparison, Row
from app.services.notes import EditorNote, Status, anchor_of
from app.web import formatting

STATUSES: dict[Status, str] = {"check": "To check", "confirmed": "Confirmed", "harmless": "Harmless"}
SIGNS: dict[Status, str] = {"check": "○", "confirmed": "✓", "harmless": "–"}


@dataclass(frozen=True, slots=True)
class NoteView:
    """One note."""

    id: str
    status: Status
    sign: str
    status_name: str
    who: str
    when: str
    iso: str
    changed: str
    """When it was changed last; empty if it never was."""
    about: str
    """What it is about, in words."""
    lines: tuple[str, ...]
    """Its text, line by line."""
    is_public: bool
    edit: str
    delete: str
    """Where an editor changes or deletes it; empty for others."""
    link: str
    """Where it was written."""


@dataclass(frozen=True, slots=True)
class RowNotes:
    """What is below one row."""

    notes: tuple[NoteView, ...]
    write: str
    """Where an editor writes another; empty for others, and where ``elsewhere`` is set."""
    elsewhere: str = ""
    """The comparison that an editor writes notes at, where this is a later engine's: notes stay with the first."""


@dataclass(frozen=True, slots=True)
class NotesLine:
    """How many notes a comparison has, and how many of them are on no row that it shows."""

    says: str
    link: str


def note_view(note: EditorNote, *, may_write: bool) -> NoteView:
    """Return one note as pages show it."""
    return NoteView(
        id=note.id,
        status=note.status,
        sign=SIGNS[note.status],
        status_name=STATUSES[note.status],
        who=note.who or "Not named",
        when=formatting.moment(note.made_at),
        iso=note.made_at.isoformat(timespec="seconds"),
        changed=formatting.moment(note.changed_at) if note.version > 1 else "",
        about=_about(note),
        lines=tuple(note.text.split("\n")),
        is_public=note.is_public,
        edit=f"/notes/{note.id}/edit" if may_write else "",
        delete=f"/notes/{note.id}/delete" if may_write else "",
        link=note.link,
    )


def notes_by_row(
    comparison: Comparison, notes: Sequence[EditorNote], *, may_write: bool
) -> dict[int, RowNotes]:
    """Return the notes that are about a row of ``comparison``, a finding in it or one of its paragraphs, by row number.

    A note whose place this comparison does not have, since it was made around other pins, is on no row.
    """
    if not notes:
        return {}
    by_anchor: Mapping[tuple[str, bool], list[EditorNote]] = _by_anchor(comparison, notes)
    paragraphs: dict[tuple[str, str], list[EditorNote]] = {
        (note.base, note.anchor): [] for note in notes if note.witness is None
    }
    for note in notes:
        if note.witness is None:
            paragraphs[note.base, note.anchor].append(note)
    placed: dict[int, RowNotes] = {}
    for row in comparison.collation.rows:
        on_row: list[EditorNote] = []
        for finding in (None, *range(1, len(row.findings) + 1)):
            for swapped in (False, True):
                on_row += by_anchor.get((anchor_of(row, finding, swapped=swapped), swapped), ())
        if paragraphs:
            for side, indices in ((comparison.base, row.base), (comparison.witness, row.witness)):
                for index in indices:
                    on_row += paragraphs.get((side.revision, f"[[{index}]]"), ())
        if on_row:
            views = (note_view(note, may_write=may_write) for note in sorted(on_row, key=_written))
            placed[row.number] = RowNotes(tuple(views), write_path(comparison, row) if may_write else "")
    return placed


def notes_line(
    comparison: Comparison, notes: Sequence[EditorNote], placed: Mapping[int, RowNotes]
) -> NotesLine | None:
    """Return the line that leads to all notes of a comparison; None where there are none."""
    if not notes:
        return None
    shown = {note.id for on_row in placed.values() for note in on_row.notes}
    elsewhere = sum(note.id not in shown for note in notes)
    says = formatting.counted(len(notes), "note")
    if elsewhere:
        says += f", {elsewhere:,} on {'a place' if elsewhere == 1 else 'places'} that this comparison does not have"
    pair = f"{comparison.base.revision}..{comparison.witness.revision}"
    return NotesLine(says, f"/notes?{urlencode({'comparison': pair})}")


def write_path(comparison: Comparison, row: Row, finding: int | None = None) -> str:
    """Return where an editor writes a note on a row, or on a finding in it."""
    path = permalinks.compare_path(comparison.base.revision, comparison.witness.revision)
    query = [("pins", permalinks.pins_text(comparison.pins))] * bool(comparison.pins)
    query += [("finding", str(finding))] * (finding is not None)
    return f"{path}/rows/{row.number}/note{'?' + urlencode(query, safe=',') if query else ''}"


def _by_anchor(
    comparison: Comparison, notes: Sequence[EditorNote]
) -> Mapping[tuple[str, bool], list[EditorNote]]:
    """Return the notes on comparisons by anchor, and whether they were written on it the other way round."""
    by_anchor: defaultdict[tuple[str, bool], list[EditorNote]] = defaultdict(list)
    for note in notes:
        if note.witness is not None:
            by_anchor[note.anchor, note.base != comparison.base.revision].append(note)
    return by_anchor


def _written(note: EditorNote) -> tuple[object, ...]:
    return note.made_at, note.id


def _about(note: EditorNote) -> str:
    if note.kind:
        noun = KINDS[note.kind].nouns[0]  # type: ignore[index]  # a stored kind is one of them
        return f"on the {noun} in {note.place}"
    return f"on {note.place}"
