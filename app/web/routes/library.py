"""The library: the first page that one sees."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app.services.articles import search
from app.services.stories.library import read_page
from app.web.dependencies import DatabaseDep, Kept, WaitingDep
from app.web.pages.articles.article import MAX_QUERY_CHARS
from app.web.pages.stories.library import MAX_FOUND, found_page, library_page
from app.web.templating import render, wants_partial

router = APIRouter()


@router.get("/", dependencies=[Kept])
def library(
    request: Request,
    db: DatabaseDep,
    waiting: WaitingDep,
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
    deleted: bool = False,
    q: str = "",
) -> Response:
    """Show the stories and single articles, newest first, or what a search finds.

    htmx asks for the list alone.
    """
    if query := " ".join(q[:MAX_QUERY_CHARS].split()):
        entries = search.by_name(db, query, MAX_FOUND + 1)
        return render(request, "stories/library.html", found_page(entries, query))
    shown = library_page(read_page(db, page), waiting, deleted)
    return render(
        request, "stories/_shelves.html" if wants_partial(request) else "stories/library.html", shown
    )
