"""Watch an article's address, or stop."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.errors import InvalidInputError
from app.permalinks import article_path
from app.services.intake import watching
from app.web.dependencies import DatabaseDep, Editor, SettingsDep
from app.web.editing import identity
from app.web.form_data import Submitted
from app.web.templating import see_other

router = APIRouter()


@router.post("/articles/{article}/watch", dependencies=[Editor])
def watch(
    request: Request, db: DatabaseDep, settings: SettingsDep, sent: Submitted, article: str
) -> Response:
    """Have the article's address looked at daily, or no more, and redirect to the article."""
    if sent.line("watch") == "stop":
        watching.stop_watching(db, article)
    elif not settings.watches:
        raise InvalidInputError(
            "Watching is off here.", "Whoever runs this program can set VARIORUM_FETCH and VARIORUM_WATCHED."
        )
    else:
        actor = identity.actor(request, settings)
        watching.start_watching(db, article, actor=actor, max_watched=settings.watched)
    return see_other(f"{article_path(article)}#origin")
