"""Comparisons, their findings, and the notes on them."""

from itertools import islice
from typing import Annotated

from fastapi import Query, Request
from starlette.responses import Response

from app import permalinks
from app.collation import document
from app.db.engine.base import Database
from app.errors import NotFoundError
from app.services import notes
from app.services.articles import store
from app.web import urls
from app.web.api.answers import listing
from app.web.api.models.comparisons import ComparisonOut, FindingsOut, finding_out
from app.web.api.models.records import NoteOut, NotesOut
from app.web.api.parameters import DEFAULT_ITEMS, Limit, Page, Pins, RevisionId, api_router
from app.web.comparison_address import AddressDep
from app.web.delivery import kept
from app.web.delivery.problems import FOLDER
from app.web.dependencies import DatabaseDep, SettingsDep
from app.web.editing import edit_access
from app.web.pages.findings import export
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
    return listing(
        request,
        NotesOut,
        every[(page - 1) * limit : page * limit + 1],
        limit,
        lambda note: NoteOut.of(note, base_url),
        lambda _: {"page": page + 1},
    )


def _revision(db: Database, value: str) -> str:
    try:
        return store.by_revision(db, value).revision
    except NotFoundError:
        return store.read(db, value).revision
