"""Say that an article is not the same story as those that it is with, or take that back; for editors."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.services.stories import parting
from app.web.dependencies import DatabaseDep, Editor, SettingsDep
from app.web.editing import identity
from app.web.form_data import Submitted
from app.web.pages.stories.parting_page import parting_page
from app.web.templating import render, see_other

router = APIRouter()


@router.get("/articles/{article}/story", dependencies=[Editor])
def ask(request: Request, db: DatabaseDep, article: str) -> Response:
    """Show what an article is in a story with, and what it is kept apart from."""
    return render(request, "stories/parting.html", parting_page(parting.read_place(db, article)))


@router.post("/articles/{article}/story", dependencies=[Editor])
def decide(
    request: Request, db: DatabaseDep, settings: SettingsDep, sent: Submitted, article: str
) -> Response:
    """Take the article out of its story or put it back, and redirect to the page that offers the opposite."""
    actor = identity.actor(request, settings)
    if sent.line("place") == "apart":
        parting.take_out(db, article, actor=actor)
    else:
        parting.put_back(db, article, actor=actor)
    return see_other(f"/articles/{article}/story")
