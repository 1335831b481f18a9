"""What editors leave behind: notes; and for them alone the log of changes, and the bytes of captures."""

from typing import Annotated

from fastapi import Depends, Query, Request
from starlette.responses import Response

from app.db.engine.base import Database
from app.services import notes
from app.services.edit_log import read_log
from app.services.intake import captures
from app.services.notes import ChangedMeanwhileError, Status
from app.web import errors, urls
from app.web.api.access import Writer
from app.web.api.answers import answer, listing, precondition_failed, require_match
from app.web.api.bodies import NoteEdit, body_of, takes
from app.web.api.models.records import ChangeOut, ChangesOut, NoteOut, NotesOut
from app.web.api.parameters import DEFAULT_ITEMS, Before, CaptureId, Limit, NoteId, Page, api_router
from app.web.dependencies import DatabaseDep, Editor, Kept, SettingsDep
from app.web.editing import edit_access, identity
from app.web.problems import ProblemError
from app.web.routes.intake.captures import sent_as_file

router = api_router("records")


@router.get("/log", dependencies=[Editor], response_model=ChangesOut)
def list_changes(
    request: Request,
    db: DatabaseDep,
    article: Annotated[
        str | None, Query(pattern=r"^[a-z2-7]{16}$", description="Only changes of this article.")
    ] = None,
    before: Before = None,
    limit: Limit = DEFAULT_ITEMS,
) -> Response:
    """List the changes, the last one first; for editors."""
    log = read_log(db, limit, before=before, article=article)
    return listing(
        request,
        ChangesOut,
        [*log.changes, *log.changes[:1] * (log.older is not None)],
        limit,
        ChangeOut.of,
        lambda change: {"before": change.id},
    )


@router.get(
    "/captures/{capture}",
    dependencies=[Editor],
    response_class=Response,
    responses={200: {"content": {"application/octet-stream": {}}, "description": "The bytes."}},
)
def download_capture(db: DatabaseDep, capture: CaptureId) -> Response:
    """Send a capture's bytes as they came; for editors."""
    return sent_as_file(*captures.download(db, capture))


Chosen = Annotated[str, Query(pattern=r"^([a-z2-7]{16})?$", description="Only notes on texts of this one.")]


@router.get("/notes", dependencies=[Kept], response_model=NotesOut)
def list_notes(
    request: Request,
    db: DatabaseDep,
    settings: SettingsDep,
    article: Chosen = "",
    story: Chosen = "",
    status: Annotated[Status | None, Query()] = None,
    limit: Limit = DEFAULT_ITEMS,
    page: Page = 1,
) -> Response:
    """List the notes, the last written first; those that are not public only for editors."""
    several_notes = notes.list_notes(
        db,
        public_only=not edit_access.state(request, settings).may,
        status=status or "",
        article=article,
        story=story,
        offset=(page - 1) * limit,
        limit=limit + 1,
    )
    if not several_notes:
        errors.refuse_deleted(request)
    base = urls.base_url(request)
    return listing(
        request,
        NotesOut,
        several_notes,
        limit,
        lambda note: NoteOut.of(note, base),
        lambda _: {"page": page + 1},
    )


@router.get("/notes/{note}", dependencies=[Kept], response_model=NoteOut)
def read_note(request: Request, db: DatabaseDep, settings: SettingsDep, note: NoteId) -> Response:
    """Answer with a note."""
    public_only = not edit_access.state(request, settings).may
    return answer(request, NoteOut.of(notes.read(db, note, public_only=public_only), urls.base_url(request)))


@router.patch("/notes/{note}", dependencies=[Writer], response_model=NoteOut, openapi_extra=takes(NoteEdit))
def edit_note(
    request: Request,
    db: DatabaseDep,
    settings: SettingsDep,
    note: NoteId,
    sent: Annotated[NoteEdit, Depends(body_of(NoteEdit))],
) -> Response:
    """Replace what a note says; 409 where somebody changed it meanwhile."""
    _require_match(request, db, note)
    content = notes.checked(sent.text, sent.status, is_public=sent.public)
    try:
        saved = notes.edit(db, note, content, sent.version, actor=identity.actor(request, settings))
    except ChangedMeanwhileError as error:
        raise ProblemError(
            "conflict", error.message, "Read the note again, and edit that version."
        ) from error
    return answer(request, NoteOut.of(saved, urls.base_url(request)))


@router.delete("/notes/{note}", dependencies=[Writer], status_code=204, response_class=Response)
def delete_note(request: Request, db: DatabaseDep, settings: SettingsDep, note: NoteId) -> Response:
    """Delete a note for good."""
    version = _require_match(request, db, note)
    try:
        notes.delete(db, note, actor=identity.actor(request, settings), expected=version)
    except ChangedMeanwhileError as error:  # between that look and the deletion
        raise precondition_failed() from error
    return Response(status_code=204)


def _require_match(request: Request, db: Database, note: str) -> int | None:
    """Return the version that the header If-Match allows to be changed, None for any."""
    if request.headers.get("if-match", "*").strip() == "*":
        return None
    stored = notes.read(db, note, public_only=False)
    require_match(request, lambda: NoteOut.of(stored, urls.base_url(request)))
    return stored.version
