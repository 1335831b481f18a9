"""What addresses of the API take: ids, pages, places in a list; anything else is refused, since it would do nothing."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from pydantic import BeforeValidator
from starlette.routing import BaseRoute

from app.services.articles.catalogue import ArticlePlace
from app.web.api.access import checked_key
from app.web.problems import FOLDER

MAX_ITEMS = 100
"""Items in one answer."""

DEFAULT_ITEMS = 50

_ID = r"^[a-z2-7]{16}$"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MAX_INTEGER = 2**31 - 1

ArticleId = Annotated[str, Path(pattern=_ID, description="The article’s id.")]
StoryId = Annotated[str, Path(pattern=_ID, description="The id of any of the story’s articles.")]
QuotationId = Annotated[str, Path(pattern=_ID)]
NoteId = Annotated[str, Path(pattern=_ID)]
CaptureId = Annotated[str, Path(pattern=_ID)]
RevisionId = Annotated[str, Path(pattern=_ID, description="A revision’s id.")]
RevisionNumber = Annotated[int, Path(ge=1, le=_MAX_INTEGER, description="From 1.")]
Limit = Annotated[int, Query(ge=1, le=MAX_ITEMS, description="The most items in one answer.")]
Page = Annotated[int, Query(ge=1, le=100_000, description="Which part of the list, from 1.")]
Before = Annotated[
    int | None, Query(ge=1, le=_MAX_INTEGER, description="Only items with a number below this one.")
]
Pins = Annotated[
    str | None,
    Query(
        max_length=4_000,
        description="A reader’s corrections: 3-4 (together), 7x9 (apart), separated by commas.",
    ),
]


def _in_iso_form(value: object) -> object:
    if isinstance(value, str) and not _DAY.match(value):
        raise ValueError("A day is written like 2026-11-30")
    return value


SinceDay = Annotated[
    date | None,
    BeforeValidator(_in_iso_form),
    Query(description="The first day of publication that is wanted."),
]
UntilDay = Annotated[
    date | None,
    BeforeValidator(_in_iso_form),
    Query(description="The last day of publication that is wanted."),
]
ArticleCursor = Annotated[
    str | None,
    Query(pattern=r"^[0-9]{1,17}-[a-z2-7]{16}$", description="A place in the list, as `next` has it."),
]


def place_of(cursor: str | None) -> ArticlePlace | None:
    """Return the place that a cursor names.

    >>> place_of("1000000-aaaaaaaaaaaaaaaa").added_at.isoformat()
    '1970-01-01T00:00:01+00:00'
    """
    if cursor is None:
        return None
    microseconds, _, article = cursor.partition("-")
    return ArticlePlace(_EPOCH + timedelta(microseconds=int(microseconds)), article)


def cursor_of(added_at: datetime, article: str) -> str:
    """Return the cursor of the place after an article."""
    return f"{(added_at - _EPOCH) // timedelta(microseconds=1)}-{article}"


def one_line(value: str) -> str:
    """Return a query as it can be looked up: no database takes NUL."""
    return " ".join(value.replace("\0", " ").split())


def api_router(tag: str) -> APIRouter:
    """Return a router for addresses of the API."""
    return APIRouter(
        prefix=FOLDER, tags=[tag], dependencies=[Depends(checked_key), Depends(_known_parameters)]
    )


async def _known_parameters(request: Request) -> None:
    """Refuse a parameter that the address does not take, and one that is given twice."""
    if not request.query_params:
        return
    route = request.scope["route"]
    place = (route.path, request.method)
    if place not in _KNOWN:
        _KNOWN[place] = _query_parameters(route)
    known = _KNOWN[place]
    wrong = [
        {
            "type": "parameter",
            "loc": ("query", name),
            "msg": "It is given more than once" if name in known else "There is no such parameter here",
        }
        for name in request.query_params
        if name not in known or len(request.query_params.getlist(name)) > 1
    ]
    if wrong:
        raise RequestValidationError(wrong)


_KNOWN: dict[tuple[str, str], frozenset[str]] = {}
"""The parameters that each address takes, by its route's path and method."""


def _query_parameters(route: BaseRoute) -> frozenset[str]:
    """Return the names that a route takes in its query."""
    (operations,) = get_openapi(title="", version="", routes=[route])["paths"].values()
    return frozenset(
        parameter["name"]
        for operation in operations.values()
        for parameter in operation.get("parameters", ())
        if parameter["in"] == "query"
    )
