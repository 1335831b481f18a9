"""The findings of a comparison as files to keep (docs/formats.md)."""

from collections.abc import Iterator

from fastapi import APIRouter
from starlette.responses import Response, StreamingResponse

from app import permalinks
from app.collation.model import Comparison
from app.services import notes
from app.services.comparisons import StoredComparison
from app.web import urls
from app.web.comparison_address import COMPARISON, COMPARISON_BY_ENGINE, AddressDep, ComparisonAddress
from app.web.pages.findings import export

router = APIRouter()


@router.get(f"{COMPARISON}/findings.csv")
@router.get(f"{COMPARISON_BY_ENGINE}/findings.csv")
def as_csv(address: AddressDep) -> Response:
    """Answer with the findings for a spreadsheet."""

    def file(stored: StoredComparison) -> Response:
        content = export.as_csv(_lines(address, stored.comparison))
        return StreamingResponse(
            content, media_type="text/csv; charset=utf-8", headers=_headers(address, "csv")
        )

    return address.page(file, _notes_tag(address))


@router.get(f"{COMPARISON}/findings.json")
@router.get(f"{COMPARISON_BY_ENGINE}/findings.json")
def as_json(address: AddressDep) -> Response:
    """Answer with the findings for a program."""

    def file(stored: StoredComparison) -> Response:
        comparison = stored.comparison
        path = permalinks.compare_path(
            address.base, address.witness, address.engine, permalinks.pins_text(address.pins)
        )
        link = urls.absolute(address.request, path)
        content = export.as_json(comparison, _lines(address, comparison), address.view, link)
        return StreamingResponse(content, media_type="application/json", headers=_headers(address, "json"))

    return address.page(file, _notes_tag(address))


def _notes_tag(address: ComparisonAddress) -> str:
    return notes.fingerprint(notes.notes_on(address.db, address.base, address.witness, public_only=True))


def _lines(address: ComparisonAddress, comparison: Comparison) -> Iterator[export.Line]:
    public = notes.notes_on(address.db, address.base, address.witness, public_only=True)
    return export.lines(comparison, address.path, address.view, urls.base_url(address.request), public)


def _headers(address: ComparisonAddress, suffix: str) -> dict[str, str]:
    name = f"findings-{address.base}-{address.witness}.{suffix}"
    return {"Content-Disposition": f'attachment; filename="{name}"'}
