"""Lists of notes: all of them for editors, the public ones for everybody."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import JSONResponse, Response

from app.permalinks import is_id
from app.services import notes
from app.web import errors, urls
from app.web.comparison_address import COMPARISON, AddressDep
from app.web.dependencies import DatabaseDep, SettingsDep
from app.web.editing import edit_access
from app.web.pages.findings.export import exported_note
from app.web.pages.notes.note_list import NOTES_PER_PAGE, NoteQuery, notes_page
from app.web.templating import render

router = APIRouter()


@router.get("/notes")
def listing(
    request: Request,
    db: DatabaseDep,
    settings: SettingsDep,
    comparison: str = "",
    story: str = "",
    article: str = "",
    status: str = "",
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
) -> Response:
    """Show notes, the last written first."""
    base, _, witness = comparison.partition("..")
    is_pair = is_id(base) and is_id(witness)
    is_editor = edit_access.state(request, settings).may
    query = NoteQuery(comparison if is_pair else "", story, article, status, page)
    several_notes = notes.list_notes(
        db,
        public_only=not is_editor,
        status=status,
        article=article,
        story=story,
        pair=(base, witness) if is_pair else None,
        offset=(page - 1) * NOTES_PER_PAGE,
        limit=NOTES_PER_PAGE + 1,
    )
    if not several_notes:
        errors.refuse_deleted(request)
    return render(request, "notes/listing.html", notes_page(several_notes, query, is_editor=is_editor))


@router.get(f"/api{COMPARISON}/notes")
def of_comparison(db: DatabaseDep, address: AddressDep) -> Response:
    """Answer with the public notes on a comparison and on paragraphs of its texts, in the order of their writing."""
    base_url = urls.base_url(address.request)
    several_notes = notes.notes_on(db, address.base, address.witness, public_only=True)
    return JSONResponse({"format": 1, "notes": [exported_note(note, base_url) for note in several_notes]})
