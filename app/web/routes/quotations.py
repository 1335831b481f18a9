"""Quotations: the list of them, the page of each, and the same as JSON."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import JSONResponse, Response

from app.errors import NotFoundError
from app.permalinks import is_id, quotation_path
from app.services.quotations import versions
from app.services.quotations.listing import list_quotations
from app.web.dependencies import DatabaseDep, Kept, WaitingDep
from app.web.pages.quotations.listing import quotations_page
from app.web.pages.quotations.quotation import quotation_page
from app.web.pages.quotations.quotation_json import quotation_json
from app.web.templating import render

router = APIRouter()

MAX_QUERY_CHARS = 300
"""Characters of a name or of a search that are read."""


@router.get("/quotations", dependencies=[Kept])
def listing(
    request: Request,
    db: DatabaseDep,
    waiting: WaitingDep,
    speaker: str = "",
    reworded: bool = False,
    q: str = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:
    """List the requested quotations, the most widely carried first."""
    speaker, q = (" ".join(value[:MAX_QUERY_CHARS].split()) for value in (speaker, q))
    quotations = list_quotations(db, speaker or None, reworded=reworded, query=q, page=page)
    shown = quotations_page(quotations, waiting, reworded=reworded, query=q)
    return render(request, "quotations/listing.html", shown)


@router.get("/quotations/{quotation}", dependencies=[Kept])
def quotation_versions(request: Request, db: DatabaseDep, quotation: str) -> Response:
    """Show every version of a quotation."""
    page = quotation_page(versions.read_versions(db, _checked(quotation)))
    return render(request, "quotations/quotation.html", page)


@router.get("/quotations/in/{revision}/{paragraph}/{place}")
def at(db: DatabaseDep, revision: str, paragraph: int, place: int) -> Response:
    """Redirect to the quotation at this place of a revision."""
    quotation = versions.quotation_at(db, revision, paragraph, place)
    return Response(
        status_code=307, headers={"Location": quotation_path(quotation), "Cache-Control": "no-cache"}
    )


@router.get("/api/quotations/{quotation}")
def as_json(db: DatabaseDep, quotation: str) -> Response:
    """Answer with every version of a quotation, as a document."""
    document = quotation_json(versions.read_versions(db, _checked(quotation)))
    return JSONResponse(document, headers={"Cache-Control": "no-cache"})


def _checked(quotation: str) -> str:
    if not is_id(quotation):
        raise NotFoundError(
            "This is not a quotation’s address.", "It may be incomplete: copy the whole link."
        )
    return quotation
