"""Stories: the articles that share one another's text, beside one of them."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app.errors import NotFoundError
from app.permalinks import is_id
from app.services.stories.matrix import build_matrix
from app.web.dependencies import DatabaseDep, Kept, WaitingDep
from app.web.pages.stories.story import story_page
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
    if not is_id(story):
        raise NotFoundError("This is not a story’s address.", "It may be incomplete: copy the whole link.")
    shown = story_page(build_matrix(db, story, base or None, page), waiting, start)
    return render(request, "stories/story.html", shown)
