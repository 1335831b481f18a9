"""The library: the first page that one sees."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app.services.articles import labels, search, trash
from app.services.stories.library import known_publishers, read_page
from app.web.dependencies import DatabaseDep, Kept, SettingsDep, WaitingDep
from app.web.editing import edit_access
from app.web.pages.articles.article import MAX_QUERY_CHARS
from app.web.pages.articles.trash import deleted_notice
from app.web.pages.stories.library import MAX_FOUND, choices_from, found_page, library_page
from app.web.templating import render, wants_partial

router = APIRouter()


@router.get("/", dependencies=[Kept])
def library(
    request: Request,
    db: DatabaseDep,
    settings: SettingsDep,
    waiting: WaitingDep,
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
    deleted: str = "",
    restored: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    q: str = "",
) -> Response:
    """Show the stories and single articles, serious findings first or as chosen, or what a search finds.

    htmx asks for the list alone.
    """
    if query := " ".join(q[:MAX_QUERY_CHARS].split()):
        entries = search.by_name(db, query, MAX_FOUND + 1)
        return render(request, "stories/library.html", found_page(entries, query))
    choices = choices_from(request.query_params)
    is_editor = edit_access.state(request, settings).may
    stored = read_page(
        db, page, query=choices.query(is_editor=is_editor), order=choices.sort, public_only=not is_editor
    )
    if wants_partial(request):
        return render(request, "stories/_shelves.html", library_page(stored, waiting, choices))
    notice = deleted_notice(trash.read_batch(db, deleted), settings.trash_days) if is_editor else None
    shown = library_page(
        stored,
        waiting,
        choices,
        known_publishers(db),
        notice,
        restored if is_editor else 0,
        labels.known_labels(db),
    )
    return render(request, "stories/library.html", shown)
