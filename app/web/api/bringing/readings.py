"""Read a possible article and answer with what was read, saving nothing."""

from typing import Annotated

from fastapi import Depends, Request
from starlette.responses import Response

from app.collation.text import paragraphs
from app.permalinks import text_digest
from app.services.intake.neighbours import Neighbours, find_neighbours
from app.services.intake.preview import Preview, PreviewBlock
from app.sources import Draft
from app.sources.model import Field
from app.web import urls
from app.web.api.access import Writer
from app.web.api.answers import answer
from app.web.api.bodies import ReadingIn, body_of, takes
from app.web.api.bringing.sent_article import SentArticle, read_sent
from app.web.api.models.texts import KnownPageOut, ReadingOut, entry_out
from app.web.api.parameters import api_router
from app.web.dependencies import DatabaseDep, SettingsDep
from app.web.pages.articles.similar import MAX_RELATIVES

router = api_router("articles")


@router.post("/readings", dependencies=[Writer], response_model=ReadingOut, openapi_extra=takes(ReadingIn))
def read_article(
    request: Request,
    db: DatabaseDep,
    settings: SettingsDep,
    sent: Annotated[ReadingIn, Depends(body_of(ReadingIn))],
) -> Response:
    """Answer with an article as it is read, and with similar stored articles; save nothing."""
    read = read_sent(sent, settings, request.app.state.intake_queue)
    neighbours = find_neighbours(db, _shown(read), MAX_RELATIVES, compares=False)
    return answer(request, _reading_out(read, neighbours, urls.base_url(request)))


def _shown(read: SentArticle) -> Preview:
    """Return what was read as a draft to look up."""
    if read.looked:
        return read.looked.preview
    draft = read.draft
    headline = paragraphs.headline(draft.title, draft.paragraphs)
    return Preview(
        stated={"title": Field(draft.title, "typed"), "address": Field(draft.url, "typed")},
        blocks=tuple(
            PreviewBlock(line, "extra" if index in draft.furniture else "text")
            for index, line in enumerate(draft.paragraphs)
            if index != headline
        ),
    )


def _reading_out(read: SentArticle, neighbours: Neighbours, base: str) -> ReadingOut:
    draft: Draft = read.draft
    shown = read.looked.preview if read.looked else Preview(format="text", encoding="utf-8")
    capture = read.looked.capture if read.looked else {}
    known = neighbours.known
    return ReadingOut(
        title=draft.title,
        publisher=draft.publisher,
        author=draft.author,
        published_on=draft.published_on,
        url=draft.url,
        language=shown.value("language"),
        captured_at=shown.value("captured_at"),
        sources={name: field.source for name, field in shown.stated.items() if field.value},
        paragraphs=list(draft.paragraphs),
        headline=paragraphs.headline(draft.title, draft.paragraphs),
        furniture=list(draft.furniture),
        sha256=text_digest(draft.paragraphs),
        format=shown.format,
        encoding=shown.encoding,
        notes=list(shown.notes),
        address=capture.get("address", ""),
        size=capture.get("size", 0),
        content_sha256=capture.get("sha256", ""),
        known=KnownPageOut(
            article=entry_out(known.article, base), is_same_text=known.is_same_text, earlier=known.earlier
        )
        if known
        else None,
        alike=[entry_out(each.article, base) for each in neighbours.relatives or ()],
    )
