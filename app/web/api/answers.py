"""Answers of the API: JSON with an ETag, 304 where the client has it, and the address of what comes next."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

from fastapi import Request
from starlette.responses import Response

from app.web import etags, urls
from app.web.api.models.base import ApiModel
from app.web.problems import FOLDER, ProblemError

Item = TypeVar("Item")

VARY = "Cookie, Authorization"
"""The request headers that an answer depends on besides its address."""


def answer(request: Request, content: ApiModel, *, links: str = "", status: int = 200) -> Response:
    """Return ``content`` with its ETag, or 304 to a client that has it; ``links`` is the Link header."""
    return json_answer(request, content.model_dump_json().encode(), links=links, status=status)


def json_answer(request: Request, body: bytes, *, links: str = "", status: int = 200) -> Response:
    """Return the JSON in ``body`` as ``answer`` does."""
    tag = etags.content_tag(hashlib.sha256(body).hexdigest())
    if status == 200 and (unchanged := etags.unchanged(request, tag)):
        unchanged.headers["Vary"] = VARY
        return unchanged
    response = etags.tagged(Response(body, status, {"Vary": VARY}, "application/json"), tag)
    if links:
        response.headers["Link"] = links
    return response


def require_match(request: Request, current: Callable[[], ApiModel]) -> None:
    """Raise ProblemError unless the If-Match header names the ETag that a GET of what ``current`` returns has now.

    The tags are weak, since answers are compressed on their way, and are compared as such.
    """
    header = request.headers.get("if-match", "*").strip()
    if header == "*":
        return
    tag = etags.content_tag(hashlib.sha256(current().model_dump_json().encode()).hexdigest())
    if tag.removeprefix("W/") not in [value.strip().removeprefix("W/") for value in header.split(",")]:
        raise precondition_failed()


def precondition_failed(header: str = "If-Match") -> ProblemError:
    """Return the error for a change to something that is not, or still is, what ``header`` names."""
    if header == "If-None-Match":
        return ProblemError(
            "precondition-failed",
            "There is something here that matches If-None-Match, so nothing was done.",
            "Send the request without that header, or read first what is here.",
        )
    return ProblemError(
        "precondition-failed",
        "It no longer matches the ETag in If-Match, so nothing was done.",
        "Read it again, and send the ETag of that answer.",
    )


def listing(
    request: Request,
    model: Callable[..., ApiModel],
    items: Sequence[Item],
    limit: int,
    out: Callable[[Item], Any],
    next_place: Callable[[Item], dict[str, object]] | None = None,
    following: Mapping[str, object] | None = None,
) -> Response:
    """Return at most ``limit`` of ``items``, which hold one more if the list goes on.

    ``next_place`` gives the parameters of the part that follows after the last item shown; where they are known
    already, they are ``following``.
    """
    shown = items[:limit]
    if next_place is not None and len(items) > limit and shown:
        following = next_place(shown[-1])
    link = ""
    if following:
        chosen = dict(request.query_params) | dict(following)
        link = f"{urls.absolute(request, request.url.path)}?{urlencode(chosen)}"
    content = model(items=[out(item) for item in shown], next=link or None)
    return answer(request, content, links=f'<{link}>; rel="next"' if link else "")


def numbered_listing(
    request: Request,
    model: Callable[..., ApiModel],
    every: Sequence[Item],
    limit: int,
    page: int,
    out: Callable[[Item], Any],
) -> Response:
    """Return part ``page``, from 1, of a list that is there whole."""
    items = every[(page - 1) * limit : page * limit + 1]
    return listing(request, model, items, limit, out, lambda _: {"page": page + 1})


def api_link(request: Request, path: str) -> str:
    """Return the absolute address of ``path`` in the API."""
    return urls.absolute(request, f"{FOLDER}{path}")
