"""Tags and collections of articles, and publishers with their other names."""

from typing import Annotated

from fastapi import Depends, Query, Request
from starlette.responses import Response

from app.errors import InvalidInputError
from app.services.articles import labels, store
from app.services.articles.labels import Kind
from app.web.api.access import Writer
from app.web.api.answers import answer, numbered_listing
from app.web.api.bodies import LabelIn, MergeIn, body_of, takes
from app.web.api.models.keeping import (
    ArticleLabelsOut,
    LabelsOut,
    PublishersOut,
    article_label_out,
    label_out,
    publisher_out,
)
from app.web.api.parameters import DEFAULT_ITEMS, ArticleId, Limit, Page, api_router, one_line
from app.web.dependencies import DatabaseDep, Editor, Kept, SettingsDep
from app.web.editing import identity

router = api_router("labels")

OF_ARTICLE = "/articles/{article}/labels"

KindOfLabel = Annotated[Kind, Query(description="Which of the two it is.")]
Name = Annotated[str, Query(min_length=1, max_length=300)]


@router.get("/labels", dependencies=[Kept], response_model=LabelsOut)
def list_labels(request: Request, db: DatabaseDep, limit: Limit = DEFAULT_ITEMS, page: Page = 1) -> Response:
    """List all collections and tags, each with how many articles it has."""
    every = labels.known_labels(db)
    return numbered_listing(
        request,
        LabelsOut,
        every,
        limit,
        page,
        label_out,
    )


@router.get(OF_ARTICLE, dependencies=[Kept], response_model=ArticleLabelsOut)
def list_labels_of_article(request: Request, db: DatabaseDep, article: ArticleId) -> Response:
    """List the collections that an article is in, and its tags."""
    store.read(db, article)
    return _labels_of(request, labels.known_labels(db, [article]))


@router.post(OF_ARTICLE, dependencies=[Writer], response_model=ArticleLabelsOut, openapi_extra=takes(LabelIn))
def label_article(
    request: Request,
    db: DatabaseDep,
    settings: SettingsDep,
    article: ArticleId,
    sent: Annotated[LabelIn, Depends(body_of(LabelIn))],
) -> Response:
    """Give an article a tag, or put it into a collection; nothing changes if it has it already."""
    store.read(db, article)
    try:
        labels.put(db, [article], sent.kind, sent.name, actor=identity.actor(request, settings))
    except InvalidInputError as error:
        raise InvalidInputError(error.message, error.advice, {"name": error.message}) from error
    return _labels_of(request, labels.known_labels(db, [article]))


@router.delete(OF_ARTICLE, dependencies=[Writer], status_code=204, response_class=Response)
def unlabel_article(
    request: Request,
    db: DatabaseDep,
    settings: SettingsDep,
    article: ArticleId,
    kind: KindOfLabel,
    name: Name,
) -> Response:
    """Take a tag off an article, or take it out of a collection; nothing changes if it does not have it."""
    store.read(db, article)
    labels.take(db, [article], kind, one_line(name), actor=identity.actor(request, settings))
    return Response(status_code=204)


@router.get("/publishers", dependencies=[Editor], response_model=PublishersOut)
def list_publishers(
    request: Request, db: DatabaseDep, limit: Limit = DEFAULT_ITEMS, page: Page = 1
) -> Response:
    """List the publishers by name, each with its other names; for editors."""
    every = labels.publishers(db)
    return numbered_listing(
        request,
        PublishersOut,
        every,
        limit,
        page,
        publisher_out,
    )


@router.post(
    "/publishers",
    dependencies=[Writer],
    status_code=204,
    response_class=Response,
    openapi_extra=takes(MergeIn),
)
def merge_publishers(
    request: Request,
    db: DatabaseDep,
    settings: SettingsDep,
    sent: Annotated[MergeIn, Depends(body_of(MergeIn))],
) -> Response:
    """Make one publisher's name an alias of another's in filters and searches; no article changes."""
    name, into = one_line(sent.name), one_line(sent.into)
    labels.merge(db, name, into, actor=identity.actor(request, settings))
    return Response(status_code=204)


@router.delete("/publishers", dependencies=[Writer], status_code=204, response_class=Response)
def part_publishers(request: Request, db: DatabaseDep, settings: SettingsDep, name: Name) -> Response:
    """Make an alias a publisher's name of its own again."""
    labels.part(db, one_line(name), actor=identity.actor(request, settings))
    return Response(status_code=204)


def _labels_of(request: Request, having: tuple[labels.LabelCount, ...]) -> Response:
    return answer(request, ArticleLabelsOut(items=[article_label_out(each) for each in having], next=None))
