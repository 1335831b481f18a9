"""Comparisons: two texts side by side, and one row of them on a page of its own."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app import permalinks
from app.collation.model import Comparison
from app.db.engine.base import Database
from app.errors import InvalidInputError, NotFoundError
from app.exports.citation import provenance_lines
from app.services import comparisons, notes
from app.services.articles import store
from app.services.comparisons import StoredComparison
from app.services.exporting import comparison_export
from app.services.quotations import versions
from app.services.relations import relate
from app.web import urls
from app.web.comparison_address import (
    COMPARISON,
    COMPARISON_BY_ENGINE,
    AddressDep,
    ComparisonAddress,
    counted,
)
from app.web.dependencies import DatabaseDep, SettingsDep
from app.web.editing import edit_access
from app.web.pages.comparison.focus import FindingSources
from app.web.pages.comparison.page import comparison_page, named_by_number, with_numbers
from app.web.pages.comparison.row_page import row_page, row_with_numbers
from app.web.pages.shared.quotation_links import quotation_place
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
    at: str = "",
) -> Response:
    """Redirect to the comparison of two texts, each named by its revision's or its article's id, or two ticked ones.

    An editor's choice is stored, though the two be unrelated. ``at`` is a paragraph to lead to: "base" or "witness",
    and its index, as in ``witness-12``; one that is not there leads to the beginning.
    """
    if pick:
        if len(pick) != 2:
            raise InvalidInputError(
                f"A comparison needs two articles; {len(pick):,} {'was' if len(pick) == 1 else 'were'} ticked.",
                "Go back and tick two.",
            )
        base, witness = pick
    if not base or not witness:
        raise InvalidInputError(
            "A comparison needs two texts.", "Open an article and choose what to compare it with."
        )
    pair = _revision(db, base), _revision(db, witness)
    keeper = edit_access.keeper(request, settings)
    path = permalinks.compare_path(*pair)
    if keeper or at:
        stored = comparisons.open_or_make(db, *pair, keeper=keeper)
        path += _fragment(stored.comparison, at)
    return see_other(path)


def _fragment(comparison: Comparison, at: str) -> str:
    """Return the fragment of the row that holds the paragraph ``at``; empty where there is none."""
    side, _, index = at.partition("-")
    for row in comparison.collation.rows:
        if index in map(str, {"base": row.base, "witness": row.witness}.get(side, ())):
            return f"#{permalinks.row_anchor(row.number)}"
    return ""


@router.get("/revisions/{revision}")
def compared_text(db: DatabaseDep, revision: str) -> Response:
    """Redirect to the very text that was compared: a comparison names it by its own id, not by its number."""
    entry = store.by_revision(db, revision)
    return see_other(permalinks.revision_path(entry.article, entry.number))


@router.get(COMPARISON)
@router.get(COMPARISON_BY_ENGINE)
def compare(request: Request, db: DatabaseDep, settings: SettingsDep, address: AddressDep) -> Response:
    """Show a comparison; htmx gets the part that a choice of view changes."""
    relation = relate.stored_relation(db, address.base, address.witness)
    is_editor = edit_access.state(request, settings).may
    seen = notes.notes_on(db, address.base, address.witness, public_only=not is_editor)
    may_write = is_editor and address.engine is None
    speakers = versions.speakers_in(db, (address.base, address.witness))
    template = "comparison/_body.html" if wants_partial(request) else "comparison/page.html"

    def page(stored: StoredComparison) -> Response:
        numbers = _numbers(db, address)
        comparison = named_by_number(stored.comparison, *numbers) if numbers else stored.comparison
        shown = comparison_page(
            comparison, address.path, address.view, relation, seen, speakers, may_write=may_write
        )
        if numbers:
            shown = with_numbers(shown, *numbers)
        below = provenance_lines(comparison_export(db, stored, urls.base_url(request)))
        return render(request, template, replace(shown, keep=address.keep_path(stored), on_paper=below))

    return address.page(page, repr(relation), notes.fingerprint(seen), repr(speakers))


@router.get(f"{COMPARISON}/rows/{{number}}")
@router.get(f"{COMPARISON_BY_ENGINE}/rows/{{number}}")
def row(
    request: Request, db: DatabaseDep, settings: SettingsDep, address: AddressDep, finding: str = ""
) -> Response:
    """Show one row, or one finding in it."""
    number = counted(finding, "finding") if finding else None
    sources = (
        _sources(db, address, number)
        if number
        else FindingSources(speakers=versions.speakers_in(db, (address.base, address.witness)))
    )
    template = "findings/finding_page.html" if number else "comparison/row_page.html"
    is_editor = edit_access.state(request, settings).may
    seen = notes.notes_on(db, address.base, address.witness, public_only=not is_editor)
    may_write = is_editor and address.engine is None
    pins = permalinks.pins_text(address.pins)
    first = permalinks.compare_path(address.base, address.witness, pins=pins)

    def page(stored: StoredComparison) -> Response:
        numbers = _numbers(db, address)
        shown = row_page(
            named_by_number(stored.comparison, *numbers) if numbers else stored.comparison,
            address.path,
            address.row,
            number,
            address.view,
            urls.base_url(request),
            sources,
            seen,
            may_write=may_write,
            notes_at=first if is_editor and address.engine else "",
        )
        if numbers:
            shown = row_with_numbers(shown, *numbers)
        return render(request, template, replace(shown, keep=address.keep_path(stored)))

    return address.page(page, repr(sources), notes.fingerprint(seen))


def _numbers(db: Database, address: ComparisonAddress) -> tuple[int, int] | None:
    """Return the numbers of two revisions of one article, by which a reader tells them apart; else None."""
    base, witness = (store.by_revision(db, revision) for revision in (address.base, address.witness))
    return (
        (base.number, witness.number)
        if base.article == witness.article and base.number != witness.number
        else None
    )


def _sources(db: Database, address: ComparisonAddress, finding: int) -> FindingSources:
    """Return what is stored about a finding beside the comparison; nothing where there is no such finding."""
    comparison = address.stored().comparison
    rows = comparison.collation.rows
    row = rows[address.row - 1] if 1 <= address.row <= len(rows) else None
    if row is None or finding > len(row.findings) or not finding:
        return FindingSources()
    place = quotation_place(comparison, row, row.findings[finding - 1])
    return FindingSources(
        store.by_revision(db, address.base),
        store.by_revision(db, address.witness),
        versions.versions_at(db, *place) if place else None,
    )


def _revision(db: Database, value: str) -> str:
    """Return the revision that ``value`` names: itself, or an article's newest. Raises NotFoundError."""
    try:
        return store.by_revision(db, value).revision
    except NotFoundError:
        return store.newest(db, value).revision
