"""Watch an article's address, or stop; and list what is watched, for editors."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app.db.engine.base import Database
from app.errors import InvalidInputError, NotFoundError
from app.permalinks import article_path, is_id, number
from app.services.articles import store
from app.services.articles.store import StoredArticle
from app.services.intake import watching
from app.settings import Settings
from app.web import errors
from app.web.dependencies import DatabaseDep, Editor, SettingsDep
from app.web.editing import identity
from app.web.form_data import Submitted
from app.web.pages.intake.watched_page import PATH, WATCHED_PER_PAGE, WatchedPage, last_page, watched_page
from app.web.templating import render, see_other

router = APIRouter()
WATCHED = "intake/watched.html"


@router.get(PATH, dependencies=[Editor])
def listing(
    request: Request,
    db: DatabaseDep,
    settings: SettingsDep,
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
    stopped: str = "",
    wanted: str = "",
) -> Response:
    """Show the watched addresses, the one that the editor just stopped watching, and the one wanted in its place."""
    shown = _page(db, settings, page, stopped=_article(db, stopped), wanted=_article(db, wanted))
    return render(request, WATCHED, shown)


@router.post(PATH, dependencies=[Editor])
def stop(db: DatabaseDep, sent: Submitted) -> Response:
    """Stop watching an address, and redirect to the list of the others."""
    article = sent.line("stop")
    watching.stop_watching(db, article)
    page = max(1, number(sent.line("page")) or 1)
    page = min(page, last_page(watching.list_watched(db, 0, 1)))
    wanted = f"&wanted={sent.line('wanted')}" if is_id(sent.line("wanted")) else ""
    return see_other(f"{PATH}?page={page}&stopped={article}{wanted}")


@router.post("/articles/{article}/watch", dependencies=[Editor])
def watch(
    request: Request, db: DatabaseDep, settings: SettingsDep, sent: Submitted, article: str
) -> Response:
    """Start or stop watching the article's address, and redirect to the article.

    Where too many are watched, show them, each with what ends it.
    """
    if sent.line("watch") == "stop":
        watching.stop_watching(db, article)
    elif not settings.watches:
        raise InvalidInputError(
            "Watching is off here.", "Whoever runs this program can set VARIORUM_FETCH and VARIORUM_WATCHED."
        )
    else:
        actor = identity.actor(request, settings)
        try:
            watching.start_watching(db, article, actor=actor, max_watched=settings.watched)
        except watching.TooManyWatchedError as error:
            page = _page(db, settings, 1, wanted=_article(db, article), error=error)
            return errors.rejected(request, WATCHED, page, error)
    return see_other(f"{article_path(article)}#origin")


def _page(
    db: Database,
    settings: Settings,
    page: int,
    *,
    stopped: StoredArticle | None = None,
    wanted: StoredArticle | None = None,
    error: InvalidInputError | None = None,
) -> WatchedPage:
    content = watching.list_watched(db, (page - 1) * WATCHED_PER_PAGE, WATCHED_PER_PAGE)
    return watched_page(
        content,
        page,
        most=settings.watched,
        is_on=settings.watches,
        stopped=stopped,
        wanted=wanted,
        error=error,
    )


def _article(db: Database, article: str) -> StoredArticle | None:
    try:
        return store.read(db, article) if is_id(article) else None
    except NotFoundError:
        return None
