"""The same comparisons as JSON documents (docs/formats.md)."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app import permalinks
from app.collation import document
from app.db.engine.base import Database
from app.errors import NotFoundError
from app.services import comparisons
from app.web import comparison_address, etags
from app.web.dependencies import DatabaseDep

router = APIRouter(prefix="/api")


@router.get("/compare/{base}..{witness}")
def compare(request: Request, db: DatabaseDep, base: str, witness: str) -> Response:
    """The document of the first comparison made of the pair."""
    return _document(request, db, base, witness, None)


@router.get("/compare/{base}..{witness}/engine/{engine}")
def compare_by_engine(request: Request, db: DatabaseDep, base: str, witness: str, engine: str) -> Response:
    """The document of the comparison that this engine made."""
    return _document(request, db, base, witness, engine)


def _document(request: Request, db: Database, base: str, witness: str, engine: str | None) -> Response:
    if not (permalinks.is_id(base) and permalinks.is_id(witness)):
        raise NotFoundError("There is no such comparison.", "It is named by two revision ids.")
    pins, canonical = comparison_address.pins(request)
    if canonical:
        return canonical
    if "If-None-Match" in request.headers:
        digest = comparisons.digest(db, base, witness, engine, pins)
        if digest and (answer := etags.unchanged(request, etags.content_tag(digest))):
            return answer
    stored = comparisons.open_or_make(db, base, witness, engine, pins)
    answer = Response(document.dumps(stored.comparison), media_type="application/json")
    return etags.tagged(answer, etags.content_tag(stored.digest))
