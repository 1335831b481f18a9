"""Write, edit and delete notes; for editors."""

from dataclasses import replace

from fastapi import APIRouter, Request
from starlette.responses import Response

from app import permalinks
from app.collation.model import Comparison
from app.errors import InvalidInputError, NotFoundError, VariorumError
from app.services import notes
from app.services.notes import ChangedMeanwhileError, NotePlace
from app.settings import Settings
from app.web import errors
from app.web.comparison_address import COMPARISON, AddressDep, ComparisonAddress, counted
from app.web.dependencies import DatabaseDep, Editor, SettingsDep, require_editor
from app.web.editing import identity
from app.web.form_data import Submission, Submitted
from app.web.pages.notes.note_form import (
    NotePage,
    TypedNote,
    about_choices,
    delete_note_page,
    gone_note_page,
    note_page,
)
from app.web.pages.notes.note_view import write_path
from app.web.templating import render, see_other
from app.web.urls import local_path

router = APIRouter()
FORM = "notes/form.html"


@router.get(f"{COMPARISON}/rows/{{number}}/note", dependencies=[Editor])
def ask(request: Request, settings: SettingsDep, address: AddressDep, finding: str = "") -> Response:
    """Show the form for a note on a row, or on a finding in it."""
    typed = TypedNote(editor=identity.unnamed(request, settings))
    return render(request, FORM, _new(address.stored().comparison, address.row, _finding(finding), typed))


@router.post(f"{COMPARISON}/rows/{{number}}/note")
def write(
    request: Request,
    db: DatabaseDep,
    settings: SettingsDep,
    sent: Submitted,
    address: AddressDep,
    finding: str = "",
) -> Response:
    """Store a note and redirect to its place, or answer with the form again.

    The comparison is kept as it is, so that the note's link shows what it is about.
    """
    typed, number = _typed(request, settings, sent), _finding(finding)
    comparison = address.stored().comparison
    try:
        require_editor(request)
        actor = identity.actor_or(request, settings, typed.editor or "")
        content = notes.checked(typed.text, typed.status, is_public=typed.is_public)
        place = _place(comparison, address, number, typed.about)
        address.stored(actor)
        note = notes.add(db, place, content, actor=actor)
    except VariorumError as error:
        return _again(request, _new(comparison, address.row, number, typed, error), error)
    at_row = permalinks.row_path(address.path, address.row, number, permalinks.pins_text(address.pins))
    return identity.saved(request, settings, typed.editor, f"{at_row}#note-{note.id}")


@router.get("/notes/{note}/edit", dependencies=[Editor])
def open_note(request: Request, db: DatabaseDep, settings: SettingsDep, note: str) -> Response:
    """Show the form with what a note says."""
    stored = notes.read(db, note)
    typed = TypedNote(
        stored.text,
        stored.status,
        stored.is_public,
        version=stored.version,
        editor=identity.unnamed(request, settings),
    )
    return render(request, FORM, note_page(stored, f"/notes/{note}/edit", stored.link, typed))


@router.post("/notes/{note}/edit")
def edit(request: Request, db: DatabaseDep, settings: SettingsDep, sent: Submitted, note: str) -> Response:
    """Store what a note says now and redirect to its place, or answer with the form again."""
    typed = _typed(request, settings, sent)
    try:
        stored = notes.read(db, note)
    except NotFoundError as error:
        if not typed.text:
            raise
        page = gone_note_page(typed, local_path(sent.line("back")))
        return errors.rejected(request, "notes/gone.html", page, error)
    try:
        require_editor(request)
        actor = identity.actor_or(request, settings, typed.editor or "")
        content = notes.checked(typed.text, typed.status, is_public=typed.is_public)
        saved = notes.edit(db, note, content, typed.version, actor=actor)
    except VariorumError as error:
        if isinstance(error, ChangedMeanwhileError):
            typed = replace(typed, version=error.note.version)
        return _again(request, note_page(stored, f"/notes/{note}/edit", stored.link, typed, (), error), error)
    return identity.saved(request, settings, typed.editor, saved.link)


@router.get("/notes/{note}/delete", dependencies=[Editor])
def ask_to_delete(request: Request, db: DatabaseDep, note: str) -> Response:
    """Show the note, and ask whether to delete it."""
    return render(request, "notes/delete.html", delete_note_page(notes.read(db, note)))


@router.post("/notes/{note}/delete", dependencies=[Editor])
def delete(request: Request, db: DatabaseDep, settings: SettingsDep, note: str) -> Response:
    """Delete the note and redirect to its place."""
    gone = notes.delete(db, note, actor=identity.actor(request, settings))
    return see_other(gone.link.partition("#")[0])


def _typed(request: Request, settings: Settings, sent: Submission) -> TypedNote:
    return TypedNote(
        text=sent.text("text"),
        status=sent.line("status"),
        is_public=bool(sent.line("public")),
        about=sent.line("about"),
        version=permalinks.number(sent.line("version")) or 0,
        editor=sent.line("editor") if identity.unnamed(request, settings) is not None else None,
    )


def _new(
    comparison: Comparison,
    number: int,
    finding: int | None,
    typed: TypedNote,
    error: VariorumError | None = None,
) -> NotePage:
    place = notes.place_in(comparison, number, finding)
    row = comparison.collation.rows[number - 1]
    path = permalinks.compare_path(comparison.base.revision, comparison.witness.revision)
    return note_page(
        place,
        write_path(comparison, row, finding),
        permalinks.row_path(path, number, finding, permalinks.pins_text(comparison.pins)),
        typed,
        about_choices(comparison, row, finding, typed.about),
        error,
        needs_key=isinstance(error, errors.EditKeyNeededError),
    )


def _place(comparison: Comparison, address: ComparisonAddress, finding: int | None, about: str) -> NotePlace:
    """Return what the note is about: the finding or the row of the address, or one of the row's paragraphs."""
    row = comparison.collation.rows[address.row - 1]
    side, _, index = about.partition("-")
    for name, text, indices in (
        ("base", comparison.base, row.base),
        ("witness", comparison.witness, row.witness),
    ):
        if side == name and index in map(str, indices):
            return notes.paragraph_of(text, int(index))
    if about not in ("", "row", "finding"):
        raise InvalidInputError("The note was not saved.", "Choose again what it is about.")
    return notes.place_in(comparison, address.row, None if about == "row" else finding)


def _finding(value: str) -> int | None:
    return counted(value, "finding") if value else None


def _again(request: Request, page: NotePage, error: VariorumError) -> Response:
    return errors.rejected(request, FORM, page, error)
