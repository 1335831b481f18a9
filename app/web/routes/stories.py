"""Stories: the articles that share one another's text, beside one of them."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import JSONResponse, Response

from app.db.engine.base import Database
from app.errors import NotFoundError
from app.permalinks import is_id
from app.services.stories.matrix import build_matrix
from app.services.stories.synopsis import Synopsis, read_synopsis
from app.web.delivery import kept
from app.web.dependencies import DatabaseDep, Kept, WaitingDep
from app.web.pages.stories.story import story_page
from app.web.pages.stories.synopsis import reading_page, synopsis_page
from app.web.pages.stories.synopsis_json import paragraph_json, paragraphs_json
from app.web.synopsis_address import SynopsisAddress, synopsis_address
from app.web.templating import render

router = APIRouter()


@router.get("/stories/{story}", dependencies=[Kept])
def story(
    request: Request,
    db: DatabaseDep,
    waiting: WaitingDep,
    story: str,
    base: str = "",
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
    start: Annotated[int, Query(alias="from", ge=1, le=10_000_000)] = 1,
) -> Response:
    """Show the story that an article belongs to, from the requested base."""
    _check(story)
    shown = story_page(build_matrix(db, story, base or None, page), waiting, start)
    return render(request, "stories/story.html", shown)


@router.get("/stories/{story}/paragraphs.json")
def reading_json(request: Request, db: DatabaseDep, story: str) -> Response:
    """Answer with every paragraph of a base in all its wordings, as a document."""
    synopsis, _ = _synopsis(request, db, story)
    return JSONResponse(paragraphs_json(synopsis), headers={"Cache-Control": "no-cache"})


@router.get("/stories/{story}/paragraphs")
def reading(request: Request, db: DatabaseDep, story: str) -> Response:
    """Show a base as one text, tinted where others differ."""
    synopsis, address = _synopsis(request, db, story)
    _keep(request, synopsis)
    return render(request, "stories/reading.html", reading_page(synopsis, address))


@router.get("/stories/{story}/paragraphs/{number}.json")
def wordings_json(request: Request, db: DatabaseDep, story: str, number: str) -> Response:
    """Answer with one paragraph in all its wordings, as a document."""
    synopsis, address = _synopsis(request, db, story, number)
    return JSONResponse(paragraph_json(synopsis, address.number), headers={"Cache-Control": "no-cache"})


@router.get("/stories/{story}/paragraphs/{number}")
def wordings(request: Request, db: DatabaseDep, story: str, number: str) -> Response:
    """Show one paragraph of a base in all its wordings."""
    synopsis, address = _synopsis(request, db, story, number)
    _keep(request, synopsis)
    return render(request, "stories/synopsis.html", synopsis_page(synopsis, address))


def _synopsis(
    request: Request, db: Database, story: str, number: str = ""
) -> tuple[Synopsis, SynopsisAddress]:
    """Return the texts that the address of a request names, and what else it asks for."""
    _check(story)
    address = synopsis_address(story, number, request.query_params)
    return read_synopsis(db, story, address.base or None, address.texts, address.quoting), address


def _keep(request: Request, synopsis: Synopsis) -> None:
    """Let the page be kept, unless the next visit has more to show though nothing was written meanwhile."""
    if not synopsis.waiting:
        kept.keep(request)


def _check(story: str) -> None:
    if not is_id(story):
        raise NotFoundError("This is not a story’s address.", "It may be incomplete: copy the whole link.")
