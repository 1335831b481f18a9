"""The library: the first page that one sees."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app.services.articles import search
from app.services.stories.library import read_page
from app.web.dependencies import DatabaseDep, WaitingDep
from app.web.pages.articles.article import MAX_QUERY_CHARS
from app.web.pages.stories.library import FOUND, found_page, library_page
from app.web.templating import render, wants_partial

router = APIRouter()


@router.get("/")
def library(
    request: Request,
    db: DatabaseDep,
    waiting: WaitingDep,
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
    deleted: bool = False,
    q: str = "",
) -> Response:
    """The stories, and the articles that stand alone, newest first; or what was sought.

    htmx asks for the list alone.
    """
    if sought := " ".join(q[:MAX_QUERY_CHARS].split()):
        found = search.by_name(db, sought, FOUND + 1)
        return render(request, "stories/library.html", found_page(found, sought))
    shown = library_page(read_page(db, page), waiting, deleted)
    return render(
        request, "stories/_shelves.html" if wants_partial(request) else "stories/library.html", shown
    )
