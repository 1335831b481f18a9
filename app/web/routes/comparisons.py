"""Comparisons: two texts side by side, and one row of them on a page of its own."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app import permalinks
from app.db.engine.base import Database
from app.errors import InvalidInputError, NotFoundError
from app.services import comparisons
from app.services.articles import store
from app.services.comparisons import StoredComparison
from app.services.relations import relate
from app.web import urls
from app.web.comparison_address import COMPARISON, COMPARISON_BY_ENGINE, AddressDep, counted
from app.web.dependencies import DatabaseDep, SettingsDep
from app.web.editing import edit_access
from app.web.pages.comparison.page import comparison_page
from app.web.pages.comparison.row_page import row_page
from app.web.templating import render, see_other, wants_partial

router = APIRouter()


@router.get("/compare")
def choose(
    request: Request,
    db: DatabaseDep,
    settings: SettingsDep,
    pick: Annotated[list[str], Query(default_factory=list)],
    base: str = "",
    witness: str = "",
) -> Response:
    """Redirect to the comparison of two texts, each named by its revision's or its article's id, or two ticked ones.

    An editor's choice is stored, though the two be unrelated.
    """
    if pick:
        if len(pick) != 2:
            raise InvalidInputError(
                f"{len(pick):,} articles were ticked; a comparison needs two.", "Go back and tick two."
            )
        base, witness = pick
    if not base or not witness:
        raise InvalidInputError(
            "A comparison needs two texts.", "Open an article and choose what to compare it with."
        )
    pair = _revision(db, base), _revision(db, witness)
    if keeper := edit_access.keeper(request, settings):
        comparisons.open_or_make(db, *pair, keeper=keeper)
    return see_other(permalinks.compare_path(*pair))


@router.get("/revisions/{revision}")
def compared_text(db: DatabaseDep, revision: str) -> Response:
    """Redirect to the very text that was compared: a comparison names it by its own id, not by its number."""
    entry = store.by_revision(db, revision)
    return see_other(permalinks.revision_path(entry.article, entry.number))


@router.get(COMPARISON)
@router.get(COMPARISON_BY_ENGINE)
def compare(request: Request, db: DatabaseDep, address: AddressDep) -> Response:
    """Show a comparison; htmx gets the part that a choice of view changes."""
    relation = relate.stored_relation(db, address.base, address.witness)
    template = "comparison/_body.html" if wants_partial(request) else "comparison/page.html"

    def page(stored: StoredComparison) -> Response:
        shown = comparison_page(stored.comparison, address.path, address.view, relation)
        return render(request, template, replace(shown, keep=address.keep_path(stored)))

    return address.page(page, repr(relation))


@router.get(f"{COMPARISON}/rows/{{number}}")
@router.get(f"{COMPARISON_BY_ENGINE}/rows/{{number}}")
def row(request: Request, address: AddressDep, finding: str = "") -> Response:
    """Show one row, or one finding in it."""

    def page(stored: StoredComparison) -> Response:
        number = counted(finding, "finding") if finding else None
        shown = row_page(
            stored.comparison, address.path, address.row, number, address.view, urls.base_url(request)
        )
        return render(request, "comparison/row_page.html", replace(shown, keep=address.keep_path(stored)))

    return address.page(page)


def _revision(db: Database, value: str) -> str:
    """Return the revision that ``value`` names: itself, or an article's newest. Raises NotFoundError."""
    try:
        return store.by_revision(db, value).revision
    except NotFoundError:
        return store.read(db, value).revision
