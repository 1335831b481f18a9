"""The trash, for editors: see what is in it, put it back, remove it for good; and delete several articles at once."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app.errors import NotFoundError
from app.permalinks import article_path, new_article_id, trash_path
from app.services.articles import trash
from app.web.dependencies import DatabaseDep, Editor, SettingsDep
from app.web.editing import identity
from app.web.form_data import Submitted
from app.web.pages.articles.trash import (
    ARTICLES_PER_PAGE,
    MAX_NAMED,
    delete_picked_page,
    emptied_until,
    empty_trash_page,
    trash_page,
    trashed_page,
)
from app.web.routes.desk.ticked import require_some, ticked_articles
from app.web.templating import render, see_other

router = APIRouter(dependencies=[Editor])


@router.get("/trash")
def listing(
    request: Request,
    db: DatabaseDep,
    settings: SettingsDep,
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
    purged: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    restored: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> Response:
    """Show what is in the trash, and how many articles the editor just removed for good or put back."""
    content = trash.list_trash(db, (page - 1) * ARTICLES_PER_PAGE, ARTICLES_PER_PAGE)
    shown = trash_page(content, page, settings.trash_days, purged=purged, restored=restored)
    return render(request, "trash/trash.html", shown)


@router.get("/trash/empty")
def ask_before_emptying(request: Request, db: DatabaseDep) -> Response:
    """Ask whether to remove all that is in the trash for good."""
    until = trash.last_deleted_at(db)
    if until is None:
        return see_other(trash_path())
    shown = empty_trash_page(trash.list_trash(db, 0, MAX_NAMED), until)
    return render(request, "trash/empty_trash.html", shown)


@router.post("/trash/empty")
def empty(request: Request, db: DatabaseDep, settings: SettingsDep, sent: Submitted) -> Response:
    """Remove for good what was in the trash when the editor was asked, and redirect to what is left."""
    until = emptied_until(sent.line("until"))
    count = trash.empty(db, until, actor=identity.actor(request, settings))
    request.app.state.pictures.clear()
    return see_other(f"{trash_path()}?purged={count}")


@router.get("/trash/{article}")
def content(request: Request, db: DatabaseDep, settings: SettingsDep, article: str) -> Response:
    """Show an article in the trash, and ask whether to put it back or to remove it for good."""
    shown = trashed_page(trash.read_content(db, article), settings.trash_days)
    return render(request, "trash/trashed.html", shown)


@router.post("/trash/{article}/restore")
def restore(request: Request, db: DatabaseDep, settings: SettingsDep, article: str) -> Response:
    """Put an article back and redirect to it."""
    trash.restore(db, article, actor=identity.actor(request, settings))
    return see_other(f"{article_path(article)}?told=restored")


@router.post("/trash/batches/{batch}/restore")
def restore_batch(request: Request, db: DatabaseDep, settings: SettingsDep, batch: str) -> Response:
    """Put back what was deleted together, and redirect to it."""
    articles, left = trash.restore_batch(db, batch, actor=identity.actor(request, settings))
    if left:
        return see_other(f"{trash_path()}?restored={len(articles)}")
    if len(articles) == 1:
        return see_other(f"{article_path(articles[0])}?told=restored")
    return see_other(f"/?restored={len(articles)}")


@router.post("/trash/{article}/purge")
def purge(request: Request, db: DatabaseDep, settings: SettingsDep, article: str) -> Response:
    """Remove an article for good, with the share pictures that may show it, and redirect to the trash."""
    trash.purge(db, article, actor=identity.actor(request, settings))
    request.app.state.pictures.clear()
    return see_other(f"{trash_path()}?purged=1")


@router.get("/articles/delete")
def ask(
    request: Request,
    db: DatabaseDep,
    settings: SettingsDep,
    pick: Annotated[list[str], Query(default_factory=list)],
) -> Response:
    """Ask whether to delete the ticked articles, each named by a revision."""
    require_some(pick, "deleted")
    entries = ticked_articles(db, pick)
    return render(
        request,
        "trash/delete_picked.html",
        delete_picked_page(entries, len(set(pick)), settings.trash_days),
    )


@router.post("/articles/delete")
def delete(request: Request, db: DatabaseDep, settings: SettingsDep, sent: Submitted) -> Response:
    """Delete the articles that the form names, together, and redirect to the library, which offers to undo it."""
    articles = list(dict.fromkeys(sent.line("articles").split()))
    require_some(articles, "deleted")
    batch, actor, done = new_article_id(), identity.actor(request, settings), 0
    for article in articles:
        try:
            trash.delete(db, article, actor=actor, batch=batch)
            done += 1
        except NotFoundError:
            continue  # somebody was quicker
    if not done:
        raise NotFoundError(
            "None of these articles is here any more.",
            "They may have been deleted already: look in the trash.",
        )
    return see_other(f"/?deleted={batch}")
