"""The trash, for editors: what is in it, put it back, remove it for good."""

from datetime import date, timedelta

from fastapi import Request
from starlette.responses import Response

from app.services.articles import store, trash
from app.services.articles.trash import TrashedArticle
from app.settings import Settings
from app.web import urls
from app.web.api.access import Writer
from app.web.api.answers import answer, listing
from app.web.api.models.keeping import TrashContentOut, TrashedOut, TrashOut, trashed_fields
from app.web.api.models.texts import ArticleOut, article_out
from app.web.api.parameters import DEFAULT_ITEMS, ArticleId, Limit, Page, api_router
from app.web.dependencies import DatabaseDep, Editor, SettingsDep
from app.web.editing import identity

router = api_router("trash")


@router.get("/trash", dependencies=[Editor], response_model=TrashOut)
def list_trash(
    request: Request, db: DatabaseDep, settings: SettingsDep, limit: Limit = DEFAULT_ITEMS, page: Page = 1
) -> Response:
    """List the articles in the trash, the one deleted last first; for editors."""
    entries = trash.list_trash(db, (page - 1) * limit, limit + 1).articles
    base = urls.base_url(request)
    return listing(
        request,
        TrashOut,
        entries,
        limit,
        lambda entry: TrashedOut.model_validate(trashed_fields(entry, base, _gone_on(entry, settings))),
        lambda _: {"page": page + 1},
    )


@router.get("/trash/{article}", dependencies=[Editor], response_model=TrashContentOut)
def read_trashed(request: Request, db: DatabaseDep, settings: SettingsDep, article: ArticleId) -> Response:
    """Answer with an article in the trash, and what would go with it for good; for editors."""
    content = trash.read_content(db, article)
    fields = trashed_fields(content.entry, urls.base_url(request), _gone_on(content.entry, settings))
    counts = {
        "paragraphs": list(content.paragraphs),
        "captures_count": content.captures,
        "comparisons_count": content.comparisons,
        "notes_count": content.notes,
    }
    return answer(request, TrashContentOut.model_validate(fields | counts))


@router.post("/trash/{article}/restore", dependencies=[Writer], response_model=ArticleOut)
def restore_trashed(request: Request, db: DatabaseDep, settings: SettingsDep, article: ArticleId) -> Response:
    """Put an article back with all that it had, under its old addresses."""
    trash.restore(db, article, actor=identity.actor(request, settings))
    return answer(request, article_out(store.read(db, article), urls.base_url(request)))


@router.delete("/trash/{article}", dependencies=[Writer], status_code=204, response_class=Response)
def purge_trashed(request: Request, db: DatabaseDep, settings: SettingsDep, article: ArticleId) -> Response:
    """Remove an article for good, with all that it had. This cannot be undone."""
    trash.purge(db, article, actor=identity.actor(request, settings))
    request.app.state.pictures.clear()
    return Response(status_code=204)


def _gone_on(entry: TrashedArticle, settings: Settings) -> date:
    return (entry.deleted_at + timedelta(days=settings.trash_days)).date()
