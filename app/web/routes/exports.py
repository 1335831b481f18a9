"""The findings of a comparison as files to keep (docs/formats.md), and its share pictures."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime

from fastapi import APIRouter, Request
from starlette.responses import Response, StreamingResponse

from app import permalinks
from app.collation.model import Comparison
from app.db.engine.base import Database
from app.errors import NotFoundError
from app.exports.file_names import disposition, file_name
from app.exports.registry import (
    OF_ARTICLES,
    OF_COMPARISONS,
    OF_STORIES,
    Exported,
    ExportFormat,
    comparison_file_name,
    format_named,
)
from app.services import notes
from app.services.comparisons import StoredComparison
from app.services.exporting import article_export, comparison_export, story_export
from app.services.quotations import versions
from app.web import etags, urls
from app.web.comparison_address import (
    COMPARISON,
    COMPARISON_BY_ENGINE,
    AddressDep,
    ComparisonAddress,
    counted,
)
from app.web.dependencies import DatabaseDep
from app.web.errors import CanonicalAddressError
from app.web.pages.comparison.focus import speaker_of
from app.web.pages.exports.export_page import (
    ExportPage,
    article_export_page,
    comparison_export_page,
    story_export_page,
)
from app.web.pages.findings import export
from app.web.pages.pictures.contents import picture_of
from app.web.pages.pictures.kept_pictures import PictureShelf
from app.web.pages.shared.quotation_links import quotation_place
from app.web.templating import render, wants_partial

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


@router.get("/articles/{article}/revisions/{number}/export")
def ways_of_article(
    request: Request, db: DatabaseDep, article: str, number: str, paragraph: str = ""
) -> Response:
    """Show the exports of a revision of an article, and the citation of it or of one paragraph."""
    export = article_export(db, article, counted(number, "revision"), urls.base_url(request), _today())
    path = permalinks.revision_path(article, export.number)
    cited = counted(paragraph, "paragraph") if paragraph else None
    return _shown(request, article_export_page(export, path, cited))


@router.get("/articles/{article}/revisions/{number}/export/{key}")
def article_as_file(request: Request, db: DatabaseDep, article: str, number: str, key: str) -> Response:
    """Answer with a revision of an article as a file."""
    form = _format(key, OF_ARTICLES)
    export = article_export(db, article, counted(number, "revision"), urls.base_url(request), _today())
    return _file(form, export, file_name(export.title, fallback=article, suffix=form.suffix))


@router.get("/stories/{story}/export")
def ways_of_story(request: Request, db: DatabaseDep, story: str) -> Response:
    """Show the exports of a story."""
    export = story_export(db, story, urls.base_url(request))
    return _shown(request, story_export_page(export, permalinks.story_path(export.story)))


@router.get("/stories/{story}/export/{key}")
def story_as_file(request: Request, db: DatabaseDep, story: str, key: str) -> Response:
    """Answer with a story as a file."""
    form = _format(key, OF_STORIES)
    export = story_export(db, story, urls.base_url(request))
    return _file(form, export, file_name("story", export.title, fallback=story, suffix=form.suffix))


@router.get(f"{COMPARISON}/export")
@router.get(f"{COMPARISON_BY_ENGINE}/export")
def ways(request: Request, db: DatabaseDep, address: AddressDep) -> Response:
    """Show the exports of a comparison, and its citation."""
    export = comparison_export(db, address.stored(), urls.base_url(request), _today())
    return _shown(request, comparison_export_page(export, address.path, address.view))


@router.get(f"{COMPARISON}/export/{{key}}")
@router.get(f"{COMPARISON_BY_ENGINE}/export/{{key}}")
def as_file(db: DatabaseDep, address: AddressDep, key: str) -> Response:
    """Answer with the comparison as a file of one of the formats of ``app/exports/registry``."""
    form = _format(key, OF_COMPARISONS)
    today = _today()
    public = notes.notes_on(db, address.base, address.witness, public_only=True)

    def file(stored: StoredComparison) -> Response:
        export = comparison_export(db, stored, urls.base_url(address.request), today, public)
        return _file(form, export, comparison_file_name(export, form))

    return address.page(file, notes.fingerprint(public), today.isoformat())


def _today() -> date:
    return datetime.now(UTC).date()


def _shown(request: Request, page: ExportPage) -> Response:
    """Answer with the page, or with the part of it that the panel on another page shows."""
    return render(request, "exports/_ways.html" if wants_partial(request) else "exports/page.html", page)


def _format(key: str, formats: Sequence[ExportFormat[Exported]]) -> ExportFormat[Exported]:
    form = format_named(key, formats)
    if form is None:
        keys = ", ".join(form.key for form in formats)
        raise NotFoundError("There is no such format.", f"There are: {keys}.")
    return form


def _file(form: ExportFormat[Exported], export: Exported, name: str) -> Response:
    headers = {"Content-Disposition": disposition(name), "Cache-Control": "no-cache"}
    return Response(form.write(export), media_type=form.media_type, headers=headers)


def _notes_tag(address: ComparisonAddress) -> str:
    return notes.fingerprint(notes.notes_on(address.db, address.base, address.witness, public_only=True))


def _lines(address: ComparisonAddress, comparison: Comparison) -> Iterator[export.Line]:
    public = notes.notes_on(address.db, address.base, address.witness, public_only=True)
    return export.lines(comparison, address.path, address.view, urls.base_url(address.request), public)


def _headers(address: ComparisonAddress, suffix: str) -> dict[str, str]:
    name = f"findings-{address.base}-{address.witness}.{suffix}"
    return {"Content-Disposition": f'attachment; filename="{name}"'}


@router.get(f"{COMPARISON}/card.png")
@router.get(f"{COMPARISON_BY_ENGINE}/card.png")
@router.get(f"{COMPARISON}/rows/{{number}}/card.png")
@router.get(f"{COMPARISON_BY_ENGINE}/rows/{{number}}/card.png")
def share_picture(request: Request, db: DatabaseDep, address: AddressDep) -> Response:
    """Answer with the share picture of a stored comparison, of a row, or of a finding in it, as PNG."""
    row = address.row if "number" in request.path_params else None
    number = request.query_params.get("finding", "")
    finding = counted(number, "finding") if number and row is not None else None
    pins = permalinks.pins_text(address.pins)
    path = f"{address.path}/card.png" if row is None else f"{address.path}/rows/{row}/card.png"
    canonical = permalinks.with_query(path, pins, finding)
    given = f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
    if given != canonical:
        raise CanonicalAddressError(canonical)
    stored = address.stored()
    if not stored.stored:
        raise NotFoundError(
            "This comparison is not stored, so it has no share picture.", "An editor can store it first."
        )
    picture = picture_of(stored.comparison, row, finding, _speaker(db, stored.comparison, row, finding))
    shelf: PictureShelf = request.app.state.pictures
    tag, content = shelf.picture(picture)
    quoted = f'"{tag[:32]}"'
    if unchanged := etags.unchanged(request, quoted):
        return unchanged
    headers = {"ETag": quoted, "Cache-Control": "public, max-age=86400"}
    return Response(content, media_type="image/png", headers=headers)


def _speaker(db: Database, comparison: Comparison, row: int | None, finding: int | None) -> str:
    """Return who is quoted in a finding, as far as it is known."""
    rows = comparison.collation.rows
    if row is None or finding is None or not 1 <= row <= len(rows):
        return ""
    if not 1 <= finding <= len(rows[row - 1].findings):
        return ""
    place = quotation_place(comparison, rows[row - 1], rows[row - 1].findings[finding - 1])
    return speaker_of(versions.versions_at(db, *place)) if place else ""
