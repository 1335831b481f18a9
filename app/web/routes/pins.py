"""Correct the pairing of a row, see the comparison made with that correction, and, as an editor, keep it."""

from dataclasses import replace

from fastapi import APIRouter, Request
from starlette.responses import Response

from app import permalinks
from app.services.comparisons import StoredComparison
from app.web.comparison_address import COMPARISON, COMPARISON_BY_ENGINE, AddressDep, counted
from app.web.dependencies import Editor, SettingsDep
from app.web.editing import edit_access, identity
from app.web.pages.comparison.pairing_page import pair_page
from app.web.pages.comparison.pins import place_after_pinning
from app.web.templating import render, see_other

router = APIRouter()


@router.get(f"{COMPARISON}/rows/{{number}}/pair")
@router.get(f"{COMPARISON_BY_ENGINE}/rows/{{number}}/pair")
def pair(request: Request, address: AddressDep, of: str = "", beyond: str = "0") -> Response:
    """Show the page on which the pairing of one row can be corrected."""

    def page(stored: StoredComparison) -> Response:
        passed_over = counted(beyond, "paragraph")
        shown = pair_page(stored.comparison, address.path, address.row, of, passed_over, address.view)
        return render(request, "comparison/pairing_page.html", replace(shown, keep=address.keep_path(stored)))

    return address.page(page)


@router.get(f"{COMPARISON}/pinned")
def pinned(request: Request, settings: SettingsDep, address: AddressDep, at: str = "") -> Response:
    """Redirect to the comparison around the pins, at the row that now holds the base's paragraph ``at`` (from 0).

    An editor's is stored; a reader's is recomputed at each request.
    """
    comparison = address.stored(edit_access.keeper(request, settings)).comparison
    return see_other(place_after_pinning(comparison, address.path, address.view, at))


@router.post(f"{COMPARISON}/keep", dependencies=[Editor])
def keep(request: Request, settings: SettingsDep, address: AddressDep) -> Response:
    """Store a comparison as it is, so that its link shows the same for ever, and redirect to it."""
    address.stored(identity.actor(request, settings))
    pins = permalinks.pins_text(address.pins)
    return see_other(permalinks.compare_path(address.base, address.witness, pins=pins))
