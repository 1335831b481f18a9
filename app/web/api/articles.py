"""Articles, their revisions and captures, and what they are related to."""

from typing import Annotated

from fastapi import Query, Request
from starlette.responses import Response

from app.services.articles import catalogue, store
from app.services.relations import relate
from app.web import urls
from app.web.api.answers import answer, api_link, listing
from app.web.api.models import texts
from app.web.api.parameters import (
    DEFAULT_ITEMS,
    ArticleCursor,
    ArticleId,
    Before,
    Limit,
    Page,
    RevisionId,
    RevisionNumber,
    SinceDay,
    UntilDay,
    api_router,
    cursor_of,
    one_line,
    place_of,
)
from app.web.dependencies import DatabaseDep, Kept

router = api_router("articles")


@router.get("/articles", dependencies=[Kept], response_model=texts.ArticlesOut)
def list_articles(
    request: Request,
    db: DatabaseDep,
    limit: Limit = DEFAULT_ITEMS,
    cursor: ArticleCursor = None,
    publisher: Annotated[str, Query(max_length=300, description="As the article states it.")] = "",
    since: SinceDay = None,
    until: UntilDay = None,
) -> Response:
    """List the articles, the last added first."""
    entries = catalogue.list_articles(
        db, limit + 1, after=place_of(cursor), publisher=one_line(publisher), since=since, until=until
    )
    base = urls.base_url(request)
    return listing(
        request,
        texts.ArticlesOut,
        entries,
        limit,
        lambda entry: texts.entry_out(entry, base),
        lambda entry: {"cursor": cursor_of(entry.added_at, entry.article)},
    )


@router.get("/articles/{article}", dependencies=[Kept], response_model=texts.ArticleOut)
def read_article(request: Request, db: DatabaseDep, article: ArticleId) -> Response:
    """Answer with an article in its newest revision."""
    return answer(request, texts.article_out(store.read(db, article), urls.base_url(request)))


@router.get("/articles/{article}/revisions", dependencies=[Kept], response_model=texts.RevisionsOut)
def list_revisions(
    request: Request, db: DatabaseDep, article: ArticleId, limit: Limit = DEFAULT_ITEMS, before: Before = None
) -> Response:
    """List an article's revisions, the newest first."""
    base = urls.base_url(request)
    return listing(
        request,
        texts.RevisionsOut,
        catalogue.list_revisions(db, article, limit + 1, before),
        limit,
        lambda revision: texts.revision_out(revision, base),
        lambda revision: {"before": revision.number},
    )


@router.get("/articles/{article}/revisions/{number}", dependencies=[Kept], response_model=texts.ArticleOut)
def read_revision(request: Request, db: DatabaseDep, article: ArticleId, number: RevisionNumber) -> Response:
    """Answer with one revision, which never changes."""
    return answer(request, texts.article_out(store.read(db, article, number), urls.base_url(request)))


@router.get("/revisions/{revision}", dependencies=[Kept], response_model=texts.ArticleOut)
def read_by_revision_id(request: Request, db: DatabaseDep, revision: RevisionId) -> Response:
    """Answer with the revision that a comparison names by its own id."""
    entry = store.by_revision(db, revision)
    return answer(
        request, texts.article_out(store.read(db, entry.article, entry.number), urls.base_url(request))
    )


@router.get("/articles/{article}/captures", dependencies=[Kept], response_model=texts.CapturesOut)
def list_captures(
    request: Request, db: DatabaseDep, article: ArticleId, limit: Limit = DEFAULT_ITEMS, page: Page = 1
) -> Response:
    """List where an article's texts came from, the latest first."""
    captures = catalogue.read_origin(db, article).captures
    return listing(
        request,
        texts.CapturesOut,
        captures[(page - 1) * limit : page * limit + 1],
        limit,
        texts.capture_out,
        lambda _: {"page": page + 1},
    )


@router.get("/articles/{article}/related", dependencies=[Kept], response_model=texts.RelativesOut)
def list_related(
    request: Request, db: DatabaseDep, article: ArticleId, limit: Limit = DEFAULT_ITEMS, page: Page = 1
) -> Response:
    """List what shares text with an article or tells the same, the closest first."""
    revision = store.read(db, article).revision
    relatives = relate.ensure_relations(db, revision)
    every = (*relatives.reuse, *relatives.quoting, *relatives.same_story)
    base, comparisons = urls.base_url(request), api_link(request, "/comparisons")
    return listing(
        request,
        texts.RelativesOut,
        every[(page - 1) * limit : page * limit + 1],
        limit,
        lambda relative: texts.relative_out(relative, revision, base, comparisons),
        lambda _: {"page": page + 1},
    )
