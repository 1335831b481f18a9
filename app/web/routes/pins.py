"""A reader's word over the machine's: where to say it, and the way to what comes of it. Nothing is edited."""

from dataclasses import replace

from fastapi import APIRouter, Request
from starlette.responses import Response

from app import permalinks
from app.collation import pipeline
from app.db.engine.base import Database
from app.services import comparisons
from app.web import comparison_address, etags
from app.web.dependencies import DatabaseDep
from app.web.pages.comparison import view as addresses
from app.web.pages.comparison.pairing_page import pair_page
from app.web.pages.shared import paging
from app.web.templating import render, see_other

router = APIRouter()


@router.get("/compare/{base}..{witness}/rows/{number}/pair")
def pair(request: Request, db: DatabaseDep, base: str, witness: str, number: str) -> Response:
    """Where one row of the first comparison made of the pair can be overruled."""
    return _pair(request, db, base, witness, None, number)


@router.get("/compare/{base}..{witness}/engine/{engine}/rows/{number}/pair")
def pair_by_engine(
    request: Request, db: DatabaseDep, base: str, witness: str, engine: str, number: str
) -> Response:
    """The same for the comparison that this engine made."""
    return _pair(request, db, base, witness, engine, number)


@router.get("/compare/{base}..{witness}/pinned")
def pinned(request: Request, db: DatabaseDep, base: str, witness: str, at: str = "") -> Response:
    """To the comparison made around the pins, at the row that now holds the base's paragraph ``at`` (from 0)."""
    comparison_address.check_ids(base, witness)
    pins, canonical = comparison_address.pins(request)
    if canonical:
        return canonical
    comparison = comparisons.open_or_make(db, base, witness, pins=pins).comparison
    # All rows are shown: what a reader put together may be equal, and must be seen.
    chosen = comparison_address.view(request)
    view = replace(chosen, start=1, show="all", pins=permalinks.pins_text(pins))
    places = addresses.Places(
        permalinks.compare_path(base, witness), view, 1, 0, paging.part_starts(comparison)
    )
    row = next((row.number for row in comparison.collation.rows if at in map(str, row.base)), 1)
    return see_other(places.of(row))


def _pair(
    request: Request, db: Database, base: str, witness: str, engine: str | None, number: str
) -> Response:
    comparison_address.check_ids(base, witness)
    pins, canonical = comparison_address.pins(request)
    if canonical:
        return canonical
    stored = comparisons.open_or_make(db, base, witness, engine, pins)
    page = pair_page(
        stored.comparison,
        permalinks.compare_path(base, witness, engine),
        comparison_address.counted(number, "row"),
        request.query_params.get("of", ""),
        comparison_address.counted(request.query_params.get("beyond", "0"), "paragraph"),
        comparison_address.view(request),
    )
    answer = render(request, "comparison/pairing_page.html", page)
    return etags.tagged(answer, etags.page_tag(request, stored.digest, pipeline.ENGINE))
