"""The library: the first page that one sees."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app.services import stories
from app.web.deps import DatabaseDep, WaitingDep
from app.web.pages.library import library_page
from app.web.templating import render, wants_partial

router = APIRouter()


@router.get("/")
def library(
    request: Request,
    db: DatabaseDep,
    waiting: WaitingDep,
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
    deleted: bool = False,
) -> Response:
    """The stories, and the articles that stand alone, newest first; htmx asks for the list alone."""
    shown = library_page(stories.library(db, page), waiting, deleted)
    return render(request, "partials/shelves.html" if wants_partial(request) else "pages/library.html", shown)
