"""The findings of a comparison as files to keep (docs/formats.md)."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app import permalinks
from app.collation import pipeline
from app.db.engine.base import Database
from app.services import comparisons
from app.web import comparison_address, etags, urls
from app.web.dependencies import DatabaseDep
from app.web.pages.findings import export

router = APIRouter()

_MEDIA = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


@router.get("/compare/{base}..{witness}/findings.csv")
def as_csv(request: Request, db: DatabaseDep, base: str, witness: str) -> Response:
    """The findings of the first comparison made of the pair, for a spreadsheet."""
    return _file(request, db, base, witness, None, "csv")


@router.get("/compare/{base}..{witness}/engine/{engine}/findings.csv")
def as_csv_by_engine(request: Request, db: DatabaseDep, base: str, witness: str, engine: str) -> Response:
    """Those of the comparison that this engine made."""
    return _file(request, db, base, witness, engine, "csv")


@router.get("/compare/{base}..{witness}/findings.json")
def as_json(request: Request, db: DatabaseDep, base: str, witness: str) -> Response:
    """The findings of the first comparison made of the pair, for a program."""
    return _file(request, db, base, witness, None, "json")


@router.get("/compare/{base}..{witness}/engine/{engine}/findings.json")
def as_json_by_engine(request: Request, db: DatabaseDep, base: str, witness: str, engine: str) -> Response:
    """Those of the comparison that this engine made."""
    return _file(request, db, base, witness, engine, "json")


def _file(request: Request, db: Database, base: str, witness: str, engine: str | None, form: str) -> Response:
    comparison_address.check_ids(base, witness)
    pins, canonical = comparison_address.pins(request)
    if canonical:
        return canonical
    if "If-None-Match" in request.headers:
        held = comparisons.digest(db, base, witness, engine, pins)
        if held and (answer := etags.unchanged(request, _tag(request, held))):
            return answer
    stored = comparisons.open_or_make(db, base, witness, engine, pins)
    view = comparison_address.view(request)
    path = permalinks.compare_path(base, witness, engine)
    found = list(export.lines(stored.comparison, path, view, urls.base_url(request)))
    if form == "csv":
        content = export.as_csv(found)
    else:
        link = urls.absolute(
            request, permalinks.compare_path(base, witness, engine, permalinks.pins_text(pins))
        )
        content = export.as_json(stored.comparison, found, view, link)
    answer = Response(content, media_type=_MEDIA[form])
    answer.headers["Content-Disposition"] = f'attachment; filename="findings-{base}-{witness}.{form}"'
    return etags.tagged(answer, _tag(request, stored.digest))


def _tag(request: Request, digest: str) -> str:
    return etags.page_tag(request, digest, pipeline.ENGINE)
