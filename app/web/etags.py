"""ETags over what a page depends on, and 304 for a reader who has the page already."""

import hashlib
from functools import lru_cache

from starlette.requests import Request
from starlette.responses import Response

import app
from app import resources
from app.settings import Settings
from app.web import urls
from app.web.delivery import conditions
from app.web.editing import edit_access
from app.web.stylesheets import asset, stylesheet
from app.web.templating import wants_partial


@lru_cache(maxsize=1)
def edition() -> str:
    """Return a hash of the templates and this version: what a page depends on besides its content."""
    digest = hashlib.sha256(app.__version__.encode())
    for path in sorted(resources.folder("templates").rglob("*.html")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def page_tag(request: Request, *content: str) -> str:
    """Return the ETag of a page with this ``content``, as ``request`` gets it.

    It depends on the address, on whether htmx asks for a part, on the links' base and on what the visitor may do. It
    is weak, since the answer may be compressed on its way.
    """
    settings: Settings = request.app.state.settings
    parts = (
        *content,
        edition(),
        # With new style or a new script, the page is a new page.
        stylesheet("comparison"),
        asset("js/compare.js"),
        asset("js/site.js"),
        urls.absolute(request, request.url.path),
        request.url.query,
        str(wants_partial(request)),
        str(edit_access.state(request, settings)),
    )
    return f'W/"{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:32]}"'


def content_tag(digest: str) -> str:
    """Return the ETag of a document that depends on nothing but itself."""
    return f'W/"{digest[:32]}"'


def unchanged(request: Request, tag: str) -> Response | None:
    """Return the 304 for a reader who has what ``tag`` names, else None.

    ``*`` asks whether there is any answer, which is known only once it was made: the guard handles that.
    """
    held = conditions.sent(request.scope["headers"], b"if-none-match")
    if held.strip() == b"*" or not conditions.names(held, tag.encode()):
        return None
    return tagged(Response(status_code=304), tag)


def tagged(response: Response, tag: str) -> Response:
    """Return ``response`` under ``tag``, to be checked again each time: an article can be deleted."""
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "no-cache"
    response.headers.setdefault("Vary", "HX-Request, Cookie")
    return response
