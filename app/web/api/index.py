"""Where the API begins, its kinds of problem, and the document that describes it."""

from functools import lru_cache

from fastapi import Request
from starlette.responses import Response
from starlette.routing import Match, Route
from starlette.types import Scope

import app
from app.collation import pipeline
from app.web import errors
from app.web.api import articles, comparisons, quotations, records, searching, stories
from app.web.api.access import may_write
from app.web.api.answers import answer, api_link, json_answer
from app.web.api.bringing import readings
from app.web.api.keeping import evidence, exports, labels, trash
from app.web.api.models.base import IndexOut, ProblemKindOut, ProblemKindsOut
from app.web.api.openapi import document
from app.web.api.parameters import api_router

router = api_router("index")

ROUTERS = (
    router,
    articles.router,
    readings.router,
    searching.router,
    comparisons.router,
    stories.router,
    quotations.router,
    records.router,
    exports.router,
    evidence.router,
    trash.router,
    labels.router,
)

_LISTS = (
    "articles",
    "search",
    "stories",
    "quotations",
    "labels",
    "publishers",
    "notes",
    "log",
    "trash",
    "problems",
    "openapi.json",
)


@router.get("", response_model=IndexOut)
def index(request: Request) -> Response:
    """Answer with the version, what the request may do, and where everything is."""
    content = IndexOut(
        version=app.__version__,
        engine=pipeline.ENGINE,
        access="write" if may_write(request) else "read",
        links={name: api_link(request, f"/{name}") for name in _LISTS},
    )
    return answer(request, content)


@router.get("/problems", response_model=ProblemKindsOut)
def problems(request: Request) -> Response:
    """List the kinds of problem, each with its status."""
    kinds = [
        ProblemKindOut(
            type=f"{request.url.path}#{kind}", title=kind.replace("-", " ").capitalize(), status=status
        )
        for kind, status in errors.problem_kinds()
    ]
    return answer(request, ProblemKindsOut(items=kinds))


@router.get("/openapi.json", include_in_schema=False)
def openapi(request: Request) -> Response:
    """Answer with the OpenAPI document."""
    return json_answer(request, _document())


def allowed_methods(scope: Scope) -> str:
    """Return what the address of a request takes, for the header Allow."""
    methods: set[str] = set()
    for each in ROUTERS:
        for route in each.routes:
            if isinstance(route, Route) and route.matches(scope)[0] is not Match.NONE:
                methods |= route.methods or set()
    return ", ".join(sorted(methods))


@lru_cache(maxsize=1)
def _document() -> bytes:
    return document([route for each in ROUTERS for route in each.routes])
