"""Comparisons: two texts side by side, and one row of them on a page of its own."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app import permalinks
from app.collation import pipeline
from app.collation.model import Pins
from app.collation.relations import Relation
from app.db.engine.base import Database
from app.errors import InvalidInputError, NotFoundError
from app.services import comparisons
from app.services.articles import store
from app.services.relations import relate
from app.web import comparison_address, etags, urls
from app.web.dependencies import DatabaseDep
from app.web.pages.comparison.page import comparison_page
from app.web.pages.comparison.row_page import row_page
from app.web.templating import render, see_other, wants_partial

router = APIRouter()


@router.get("/compare")
def choose(db: DatabaseDep, base: str = "", witness: str = "") -> Response:
    """To the comparison of two texts, each named by its revision's or its article's id."""
    if not base or not witness:
        raise InvalidInputError(
            "A comparison needs two texts.", "Open an article and choose what to compare it with."
        )
    return see_other(permalinks.compare_path(_revision(db, base), _revision(db, witness)))


@router.get("/revisions/{revision}")
def compared_text(db: DatabaseDep, revision: str) -> Response:
    """To the very text that was compared: a comparison names it by its own id, which does not tell its number."""
    entry = store.by_revision(db, revision)
    return see_other(permalinks.revision_path(entry.article, entry.number))


@router.get("/compare/{base}..{witness}")
def compare(request: Request, db: DatabaseDep, base: str, witness: str) -> Response:
    """The first comparison made of the pair."""
    return _comparison(request, db, base, witness, None)


@router.get("/compare/{base}..{witness}/engine/{engine}")
def compare_by_engine(request: Request, db: DatabaseDep, base: str, witness: str, engine: str) -> Response:
    """The comparison that this engine made."""
    return _comparison(request, db, base, witness, engine)


@router.get("/compare/{base}..{witness}/rows/{number}")
def row(
    request: Request, db: DatabaseDep, base: str, witness: str, number: str, finding: str = ""
) -> Response:
    """One row of the first comparison made of the pair."""
    return _row(request, db, base, witness, None, number, finding)


@router.get("/compare/{base}..{witness}/engine/{engine}/rows/{number}")
def row_by_engine(
    request: Request,
    db: DatabaseDep,
    base: str,
    witness: str,
    engine: str,
    number: str,
    finding: str = "",
) -> Response:
    """One row of the comparison that this engine made."""
    return _row(request, db, base, witness, engine, number, finding)


def _comparison(request: Request, db: Database, base: str, witness: str, engine: str | None) -> Response:
    comparison_address.check_ids(base, witness)
    pins, canonical = comparison_address.pins(request)
    relation = relate.stored_relation(db, base, witness)
    if answer := canonical or _already_held(request, db, base, witness, engine, pins, relation):
        return answer
    stored = comparisons.open_or_make(db, base, witness, engine, pins)
    page = comparison_page(
        stored.comparison,
        permalinks.compare_path(base, witness, engine),
        comparison_address.view(request),
        relation,
    )
    template = "comparison/_body.html" if wants_partial(request) else "comparison/page.html"
    return etags.tagged(render(request, template, page), _tag(request, stored.digest, relation))


def _row(
    request: Request, db: Database, base: str, witness: str, engine: str | None, number: str, finding: str
) -> Response:
    comparison_address.check_ids(base, witness)
    pins, canonical = comparison_address.pins(request)
    if answer := canonical or _already_held(request, db, base, witness, engine, pins):
        return answer
    stored = comparisons.open_or_make(db, base, witness, engine, pins)
    page = row_page(
        stored.comparison,
        permalinks.compare_path(base, witness, engine),
        comparison_address.counted(number, "row"),
        comparison_address.counted(finding, "finding") if finding else None,
        comparison_address.view(request),
        urls.base_url(request),
    )
    return etags.tagged(render(request, "comparison/row_page.html", page), _tag(request, stored.digest))


def _already_held(
    request: Request,
    db: Database,
    base: str,
    witness: str,
    engine: str | None,
    pins: Pins,
    relation: Relation | None = None,
) -> Response | None:
    """The 304 for a reader who has the page already: one small read, and no comparison opened."""
    if "If-None-Match" not in request.headers:
        return None
    digest = comparisons.digest(db, base, witness, engine, pins)
    return etags.unchanged(request, _tag(request, digest, relation)) if digest else None


def _tag(request: Request, digest: str, relation: Relation | None = None) -> str:
    return etags.page_tag(request, digest, pipeline.ENGINE, repr(relation))


def _revision(db: Database, value: str) -> str:
    """The revision that ``value`` names: itself, or an article's newest. Raises NotFoundError."""
    try:
        return store.by_revision(db, value).revision
    except NotFoundError:
        return store.read(db, value).revision
