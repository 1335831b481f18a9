"""A reader's word over the machine's: where to say it, and the way to what comes of it. Nothing is edited."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.collation.model import Comparison
from app.web.comparison_address import COMPARISON, COMPARISON_BY_ENGINE, AddressDep, counted
from app.web.pages.comparison.pairing_page import pair_page
from app.web.pages.comparison.pins import place_after_pinning
from app.web.templating import render, see_other

router = APIRouter()


@router.get(f"{COMPARISON}/rows/{{number}}/pair")
@router.get(f"{COMPARISON_BY_ENGINE}/rows/{{number}}/pair")
def pair(request: Request, address: AddressDep, of: str = "", beyond: str = "0") -> Response:
    """Show where the pairing of one row can be overruled."""

    def page(comparison: Comparison) -> Response:
        passed_over = counted(beyond, "paragraph")
        shown = pair_page(comparison, address.path, address.row, of, passed_over, address.view)
        return render(request, "comparison/pairing_page.html", shown)

    return address.page(page)


@router.get(f"{COMPARISON}/pinned")
def pinned(address: AddressDep, at: str = "") -> Response:
    """Redirect to the comparison around the pins, at the row that now holds the base's paragraph ``at`` (from 0)."""
    comparison = address.stored().comparison
    return see_other(place_after_pinning(comparison, address.path, address.view, at))
