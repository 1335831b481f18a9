"""The full-text search: its page, and the same as JSON."""

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from app.services.articles.labels import known_labels
from app.services.search.find import search
from app.services.stories.library import known_publishers
from app.web.dependencies import DatabaseDep, Kept, SettingsDep
from app.web.editing import edit_access
from app.web.pages.search.results_json import results_json
from app.web.pages.search.results_page import address_from, search_page
from app.web.templating import render

router = APIRouter()


@router.get("/search", dependencies=[Kept])
def page(request: Request, db: DatabaseDep, settings: SettingsDep) -> Response:
    """Show what a search finds. Any query is one: what cannot be understood is said on the page."""
    address = address_from(request.query_params)
    is_editor = edit_access.state(request, settings).may
    results = search(db, address.request(), public_only=not is_editor)
    shown = search_page(address, results, known_publishers(db), known_labels(db))
    return render(request, "search/results.html", shown)


@router.get("/api/search", dependencies=[Kept])
def document(request: Request, db: DatabaseDep, settings: SettingsDep) -> Response:
    """Answer with what a search finds, as a document."""
    address = address_from(request.query_params)
    is_editor = edit_access.state(request, settings).may
    results = search(db, address.request(), public_only=not is_editor)
    return JSONResponse(
        results_json(address, results), headers={"Vary": "Cookie", "Cache-Control": "no-cache"}
    )
