"""Quotations: the list of them, the page of each, and the same as JSON."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import JSONResponse, Response

from app.errors import NotFoundError
from app.permalinks import is_id, quotation_path
from app.services.quotations import listing as quoted
from app.services.quotations import versions
from app.web.dependencies import DatabaseDep, WaitingDep
from app.web.pages.quotations.listing import quotations_page
from app.web.pages.quotations.quotation import quotation_page
from app.web.pages.quotations.quotation_json import quotation_json
from app.web.templating import render

router = APIRouter()

ASKED_LENGTH = 300
"""Characters of a name or of a search that count."""


@router.get("/quotations")
def listing(
    request: Request,
    db: DatabaseDep,
    waiting: WaitingDep,
    speaker: str = "",
    reworded: bool = False,
    q: str = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:
    """The quotations that most articles carry, of those asked for."""
    speaker, q = (" ".join(value[:ASKED_LENGTH].split()) for value in (speaker, q))
    found = quoted.list_quotations(db, speaker or None, reworded=reworded, query=q, page=page)
    shown = quotations_page(found, waiting, reworded=reworded, query=q)
    return render(request, "quotations/listing.html", shown)


@router.get("/quotations/{quotation}")
def one(request: Request, db: DatabaseDep, quotation: str) -> Response:
    """Every version of a quotation."""
    page = quotation_page(versions.read_versions(db, _checked(quotation)))
    return render(request, "quotations/quotation.html", page)


@router.get("/quotations/in/{revision}/{paragraph}/{place}")
def at(db: DatabaseDep, revision: str, paragraph: int, place: int) -> Response:
    """To the quotation that stands at this place of a revision."""
    found = versions.quotation_at(db, revision, paragraph, place)
    return Response(status_code=307, headers={"Location": quotation_path(found), "Cache-Control": "no-cache"})


@router.get("/api/quotations/{quotation}")
def as_json(db: DatabaseDep, quotation: str) -> Response:
    """Every version of a quotation, as a document."""
    found = quotation_json(versions.read_versions(db, _checked(quotation)))
    return JSONResponse(found, headers={"Cache-Control": "no-cache"})


def _checked(quotation: str) -> str:
    if not is_id(quotation):
        raise NotFoundError(
            "This is not a quotation’s address.", "It may be incomplete: copy the whole link."
        )
    return quotation
