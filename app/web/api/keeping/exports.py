"""The formats in which a comparison, an article or a story can be exported."""

from collections.abc import Sequence

from fastapi import Request
from starlette.responses import Response

from app import permalinks
from app.exports.registry import OF_ARTICLES, OF_COMPARISONS, OF_STORIES, Exported, ExportFormat
from app.services.articles import store
from app.services.stories.story import read_story
from app.web import urls
from app.web.api.answers import answer
from app.web.api.comparisons import PAIR
from app.web.api.models.keeping import ExportOut, ExportsOut
from app.web.api.parameters import ArticleId, Pins, RevisionId, RevisionNumber, StoryId, api_router
from app.web.comparison_address import AddressDep
from app.web.dependencies import DatabaseDep, Kept

router = api_router("exports")


@router.get(f"{PAIR}/exports", response_model=ExportsOut)
def list_exports(
    request: Request, address: AddressDep, base: RevisionId, witness: RevisionId, pins: Pins = None
) -> Response:
    """List the formats in which a comparison can be exported."""
    address.stored()
    return _listed(request, OF_COMPARISONS, address.path, permalinks.pins_text(address.pins))


@router.get("/articles/{article}/exports", dependencies=[Kept], response_model=ExportsOut)
def list_article_exports(request: Request, db: DatabaseDep, article: ArticleId) -> Response:
    """List the formats in which an article’s newest revision can be exported."""
    newest = store.read(db, article).number
    return _listed(request, OF_ARTICLES, permalinks.revision_path(article, newest))


@router.get("/articles/{article}/revisions/{number}/exports", dependencies=[Kept], response_model=ExportsOut)
def list_revision_exports(
    request: Request, db: DatabaseDep, article: ArticleId, number: RevisionNumber
) -> Response:
    """List the formats in which one revision of an article can be exported."""
    store.read(db, article, number)
    return _listed(request, OF_ARTICLES, permalinks.revision_path(article, number))


@router.get("/stories/{story}/exports", dependencies=[Kept], response_model=ExportsOut)
def list_story_exports(request: Request, db: DatabaseDep, story: StoryId) -> Response:
    """List the formats in which a story can be exported."""
    return _listed(request, OF_STORIES, permalinks.story_path(read_story(db, story).id))


def _listed(
    request: Request, forms: Sequence[ExportFormat[Exported]], path: str, pinned: str = ""
) -> Response:
    start = urls.absolute(request, path)
    items = [
        ExportOut(
            format=form.key,
            name=form.name,
            about=form.about,
            media_type=form.media_type,
            suffix=form.suffix,
            link=permalinks.with_query(f"{start}/export/{form.key}", pinned),
        )
        for form in forms
    ]
    return answer(request, ExportsOut(items=items, next=None))
