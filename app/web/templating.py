"""Pages from templates: autoescaped, with unknown names as errors."""

import re
from dataclasses import dataclass
from functools import lru_cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse

import app
from app import resources
from app.settings import Settings
from app.web import formatting, stylesheets, urls
from app.web.editing import edit_access


@dataclass(frozen=True, slots=True)
class Site:
    """What every page shows around its own content."""

    url: str
    """Absolute link to this page, without its query."""
    base: str
    """Start of absolute links."""
    path: str
    version: str
    editing: edit_access.Editing
    """Whether the visitor may add, edit and delete."""
    partial: bool
    """Whether htmx requested only part of the page."""


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the one template environment: everything is escaped, and an unknown name is an error."""
    templates = Environment(
        loader=FileSystemLoader(resources.folder("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    templates.globals.update(asset=stylesheets.asset, icon=icon, stylesheet=stylesheets.stylesheet)
    templates.filters.update(
        day=formatting.day, moment=formatting.moment, counted=formatting.counted, share=formatting.share
    )
    return templates


_DRAWING = re.compile(r"<svg[^>]*?(viewBox=\"[^\"]*\")[^>]*>(.*)</svg>", re.DOTALL)


@lru_cache(maxsize=64)
def icon(name: str) -> Markup:
    """Return the drawing ``static/img/NAME.svg`` as part of a page: no request, and the colour of the words beside it.

    It is silent for screen readers, so the words beside it have to say what it means.
    """
    drawing = (resources.folder("static") / "img" / f"{name}.svg").read_text("utf-8")
    parts = _DRAWING.search(drawing)
    assert parts is not None, f"{name}.svg is no drawing with a viewBox"
    # Markup of the program's own files: templates name them, never a reader.
    return Markup('<svg class="icon" {} aria-hidden="true">{}</svg>').format(
        Markup(parts[1]), Markup(parts[2])
    )


def wants_partial(request: Request) -> bool:
    """Return whether htmx asks for part of a page; a history restore gets the full page."""
    headers = request.headers
    return headers.get("HX-Request") == "true" and headers.get("HX-History-Restore-Request") != "true"


CONTROLS = bytes({*range(32)} - set(b"\t\n\r")) + b"\x7f"
"""Control characters, which HTML may not hold: a stored title or text has them as they were brought."""


def render(request: Request, template: str, page: object, status: int = 200) -> HTMLResponse:
    """Return the page ``template`` filled from ``page``, its frozen dataclass; templates also see ``site``.

    Control characters are left out, wherever they come from.
    """
    settings: Settings = request.app.state.settings
    site = Site(
        url=urls.absolute(request, request.url.path),
        base=urls.base_url(request),
        path=request.url.path,
        version=app.__version__,
        editing=edit_access.state(request, settings),
        partial=wants_partial(request),
    )
    html = environment().get_template(template).render(page=page, site=site)
    # A reader's cache must not keep what depends on the edit cookie or on htmx's header.
    return HTMLResponse(
        html.encode().translate(None, CONTROLS),
        status_code=status,
        headers={"Vary": "HX-Request, Cookie", "Cache-Control": "no-cache"},
    )


def see_other(path: str) -> RedirectResponse:
    """Redirect to ``path`` after a form was accepted."""
    return RedirectResponse(path, status_code=303)
