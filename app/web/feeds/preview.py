"""oEmbed: the preview of one of our pages that another site may show. A link with a picture, never a frame."""

import re
from typing import Annotated
from urllib.parse import parse_qs, urlsplit

from fastapi import APIRouter, HTTPException, Query, Request
from starlette.responses import JSONResponse, Response

from app import permalinks
from app.collation.document import labels
from app.collation.model import Comparison
from app.db.engine.base import Database
from app.errors import NotFoundError
from app.services import comparisons
from app.services.articles import store
from app.services.quotations.versions import read_versions
from app.services.stories.story import read_story
from app.web import urls
from app.web.dependencies import DatabaseDep, Kept
from app.web.feeds.atom import text
from app.web.formatting import opening
from app.web.pages.pictures.contents import picture_of
from app.web.pages.pictures.drawing import HEIGHT, WIDTH

router = APIRouter()

_ID = "[a-z2-7]{16}"
_ARTICLE = re.compile(rf"/articles/({_ID})(?:/revisions/([1-9][0-9]{{0,8}}))?\Z")
_STORY = re.compile(rf"/stories/({_ID})\Z")
_QUOTATION = re.compile(rf"/quotations/({_ID})\Z")
_COMPARISON = re.compile(
    rf"/compare/({_ID})\.\.({_ID})(?:/engine/([0-9.]{{1,12}}))?(?:/rows/([1-9][0-9]{{0,7}}))?\Z"
)

Size = Annotated[int | None, Query(ge=1, le=100_000)]


@router.get("/oembed", dependencies=[Kept])
def oembed(
    request: Request,
    db: DatabaseDep,
    url: Annotated[str, Query(max_length=4_000)] = "",
    format: str = "json",
    maxwidth: Size = None,
    maxheight: Size = None,
) -> Response:
    """Answer with the preview of one of our own addresses. Raises NotFoundError for any other."""
    if format not in ("json", "xml"):
        raise HTTPException(501, "A preview is written as json or xml.")
    base = urls.base_url(request)
    parts = _own_parts(url, base)
    title, author, picture = _described(db, *parts)
    content: dict[str, object] = {
        "version": "1.0",
        "type": "link",
        "title": title,
        "author_name": author,
        "provider_name": "Variorum",
        "provider_url": f"{base}/",
        "cache_age": 3600,
    }
    if picture and (maxwidth or WIDTH) >= WIDTH and (maxheight or HEIGHT) >= HEIGHT:
        content |= {
            "thumbnail_url": base + picture,
            "thumbnail_width": WIDTH,
            "thumbnail_height": HEIGHT,
        }
    headers = {"Cache-Control": "no-cache"}
    if format == "json":
        return JSONResponse(content, headers=headers)
    lines = "".join(f"<{name}>{text(str(value))}</{name}>" for name, value in content.items())
    body = f'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<oembed>{lines}</oembed>\n'
    return Response(body, headers=headers | {"Content-Type": "text/xml; charset=utf-8"})


def _own_parts(url: str, base: str) -> tuple[str, dict[str, list[str]]]:
    """Return the path and the query of one of our own addresses. Raises NotFoundError for any other."""
    try:
        parts, own = urlsplit(url), urlsplit(base)
        is_own = parts.scheme in ("http", "https") and parts.netloc.lower() == own.netloc.lower()
        query = parse_qs(parts.query, max_num_fields=20)
    except ValueError:  # such as a bracket that is not closed
        is_own = False
    if not is_own:
        raise _nothing()
    return parts.path, query


def _described(db: Database, path: str, query: dict[str, list[str]]) -> tuple[str, str, str]:
    """Return the title of a page, who published it, and the path of its share picture; empty for what it has not."""
    if match := _ARTICLE.match(path):
        article = store.read(db, match[1], int(match[2]) if match[2] else None)
        return article.title, article.publisher, ""
    if match := _STORY.match(path):
        return f"Story: {read_story(db, match[1]).articles[0].entry.title}", "", ""
    if match := _QUOTATION.match(path):
        versions = read_versions(db, match[1])
        return f"Quotation: {opening(versions.whole.text, 200)}", ", ".join(versions.people), ""
    if match := _COMPARISON.match(path):
        return _comparison(db, match, query)
    raise _nothing()


def _comparison(db: Database, match: re.Match[str], query: dict[str, list[str]]) -> tuple[str, str, str]:
    base, witness, engine, row = match.groups()
    pins = permalinks.parse_pins(",".join(query.get("pins", ())))
    if comparisons.digest(db, base, witness, engine, pins) is None:
        raise NotFoundError(
            "This comparison is not stored, so it has no preview.", "An editor can store it first."
        )
    comparison = comparisons.open_or_make(db, base, witness, engine, pins).comparison
    finding = permalinks.number("".join(query.get("finding", ())[:1])) if row else None
    picture = picture_of(comparison, int(row) if row else None, finding)
    page = permalinks.compare_path(base, witness, engine)
    page = permalinks.row_path(page, int(row)) if row else page
    page = permalinks.with_query(page, permalinks.pins_text(pins), finding)
    return f"{picture.heading}: {_between(comparison)}", "", permalinks.picture_path(page)


def _between(comparison: Comparison) -> str:
    base, witness = comparison.base, comparison.witness
    return " – ".join(labels(base.publisher, base.title, witness.publisher, witness.title))


def _nothing() -> NotFoundError:
    return NotFoundError(
        "Only this server’s own pages have a preview.",
        "Ask for the address of an article, a story, a quotation, a comparison, a row or a finding.",
    )
