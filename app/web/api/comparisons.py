"""Comparisons, their findings, and the notes on them."""

from itertools import islice
from typing import Annotated

from fastapi import Depends, Query, Request
from starlette.responses import Response

from app import permalinks
from app.collation import document
from app.collation.model import Comparison
from app.db.engine.base import Database
from app.errors import InvalidInputError, NotFoundError
from app.services import notes
from app.services.articles import store
from app.services.notes import NotePlace
from app.web import urls
from app.web.api.access import Writer
from app.web.api.answers import answer, listing, numbered_listing
from app.web.api.bodies import NoteIn, body_of, takes
from app.web.api.models.comparisons import ComparisonOut, FindingsOut, finding_out
from app.web.api.models.records import NoteOut, NotesOut
from app.web.api.parameters import DEFAULT_ITEMS, Limit, Page, Pins, RevisionId, api_router
from app.web.comparison_address import AddressDep
from app.web.delivery import kept
from app.web.dependencies import DatabaseDep, SettingsDep
from app.web.editing import edit_access, identity
from app.web.pages.findings import export
from app.web.problems import FOLDER
from app.web.templating import see_other

router = api_router("comparisons")

PAIR = "/comparisons/{base}..{witness}"

Text = Annotated[str, Query(pattern=r"^[a-z2-7]{16}$", description="The id of a revision, or of an article.")]


@router.get("/comparisons", response_class=Response, status_code=303)
def find_comparison(db: DatabaseDep, base: Text, witness: Text) -> Response:
    """Redirect to the comparison of two texts; an article is compared in its newest revision."""
    path = permalinks.compare_path(_revision(db, base), _revision(db, witness))
    return see_other(f"{FOLDER}/comparisons/{path.rpartition('/')[2]}")


@router.get(PAIR, response_model=ComparisonOut)
def read_comparison(
    address: AddressDep, base: RevisionId, witness: RevisionId, pins: Pins = None
) -> Response:
    """Answer with the comparison's document."""
    return address.document(
        lambda comparison: Response(document.dumps(comparison), media_type="application/json")
    )


@router.get(f"{PAIR}/engine/{{engine}}", response_model=ComparisonOut)
def read_comparison_by_engine(
    address: AddressDep, base: RevisionId, witness: RevisionId, engine: str, pins: Pins = None
) -> Response:
    """Answer with the document of the comparison that one engine made."""
    return read_comparison(address, base, witness, pins)


@router.get(f"{PAIR}/findings", response_model=FindingsOut)
def list_findings(
    request: Request,
    db: DatabaseDep,
    address: AddressDep,
    base: RevisionId,
    witness: RevisionId,
    pins: Pins = None,
    kind: Annotated[str, Query(max_length=300, description="Kinds of finding, separated by commas.")] = "",
    limit: Limit = DEFAULT_ITEMS,
    page: Page = 1,
) -> Response:
    """List the findings of a comparison; without ``kind``, also what is in one text only or moved."""
    if address.view.unknown:
        raise InvalidInputError("No findings were listed.", "", {"kind": "It names no kind of finding."})
    stored = address.stored()
    if stored.stored:
        kept.keep(request)
    base_url = urls.base_url(request)
    public = notes.notes_on(db, base, witness, public_only=True)
    lines = export.lines(stored.comparison, address.path, address.view, base_url, public)
    return listing(
        request,
        FindingsOut,
        list(islice(lines, (page - 1) * limit, page * limit + 1)),
        limit,
        lambda line: finding_out(line, base_url),
        lambda _: {"page": page + 1},
    )


@router.get(f"{PAIR}/notes", response_model=NotesOut)
def list_comparison_notes(
    request: Request,
    db: DatabaseDep,
    settings: SettingsDep,
    base: RevisionId,
    witness: RevisionId,
    limit: Limit = DEFAULT_ITEMS,
    page: Page = 1,
) -> Response:
    """List the notes on a comparison and on paragraphs of its texts, in the order of their writing."""
    kept.keep(request)
    public_only = not edit_access.state(request, settings).may
    every = notes.notes_on(db, base, witness, public_only=public_only)
    base_url = urls.base_url(request)
    return numbered_listing(
        request,
        NotesOut,
        every,
        limit,
        page,
        lambda note: NoteOut.of(note, base_url),
    )


@router.post(
    f"{PAIR}/notes",
    dependencies=[Writer],
    status_code=201,
    response_model=NoteOut,
    openapi_extra=takes(NoteIn),
)
def write_note(
    request: Request,
    db: DatabaseDep,
    settings: SettingsDep,
    address: AddressDep,
    base: RevisionId,
    witness: RevisionId,
    sent: Annotated[NoteIn, Depends(body_of(NoteIn))],
    pins: Pins = None,
) -> Response:
    """Write a note. The comparison is kept as it is, so that the note's link shows what it is about."""
    comparison = address.stored().comparison
    content = notes.checked(sent.text, sent.status, is_public=sent.public)
    place = _place(comparison, sent)
    actor = identity.actor(request, settings)
    address.stored(actor)
    note = notes.add(db, place, content, actor=actor)
    response = answer(request, NoteOut.of(note, urls.base_url(request)), status=201)
    response.headers["Location"] = f"{FOLDER}/notes/{note.id}"
    return response


def _place(comparison: Comparison, sent: NoteIn) -> NotePlace:
    rows = comparison.collation.rows
    elsewhere = {
        "finding": sent.finding is not None and sent.about != "finding",
        "paragraph": sent.paragraph is not None and sent.about not in ("base", "witness"),
    }
    if any(elsewhere.values()):
        says = f"A note about the {sent.about} has none: “about” says what it is on."
        raise InvalidInputError(
            "The note was not saved.", "", {name: says for name, is_sent in elsewhere.items() if is_sent}
        )
    if sent.about in ("row", "finding") or sent.row > len(rows):
        if sent.about == "finding" and sent.finding is None:
            raise InvalidInputError("The note was not saved.", "", {"finding": "Give the finding’s number."})
        return notes.place_in(comparison, sent.row, sent.finding if sent.about == "finding" else None)
    row = rows[sent.row - 1]
    text, indices = (comparison.base, row.base) if sent.about == "base" else (comparison.witness, row.witness)
    if sent.paragraph not in indices:
        raise InvalidInputError(
            "The note was not saved.", "", {"paragraph": "The row has no such paragraph of this text."}
        )
    return notes.paragraph_of(text, sent.paragraph)


def _revision(db: Database, value: str) -> str:
    try:
        return store.by_revision(db, value).revision
    except NotFoundError:
        return store.read(db, value).revision
