"""Feeds: of the library, of a story, of a quotation, of a search."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

from fastapi import APIRouter, Request
from starlette.responses import Response

from app import permalinks
from app.db.engine.base import Database
from app.errors import NotFoundError
from app.permalinks import is_id
from app.services import notes
from app.services.quotations.versions import read_versions
from app.services.search.find import ArticleHits, search
from app.services.stories.latest import Latest, read_latest, saved_at
from app.web import urls
from app.web.dependencies import DatabaseDep, Kept
from app.web.feeds.atom import MEDIA_TYPE, Feed, FeedEntry, written
from app.web.feeds.entries import hit_entry, note_entry, printing_entry, text_entry
from app.web.formatting import opening
from app.web.pages.search.results_page import address_from

router = APIRouter(dependencies=[Kept])

MAX_PAGES_OF_A_SEARCH = 3
"""Pages of a search that are in its feed."""

MAX_PRINTINGS = 50
"""Articles that print a quotation in its feed, those added last."""

FEED = "feed.atom"


@router.get(f"/{FEED}")
def library_feed(request: Request, db: DatabaseDep) -> Response:
    """Answer with the latest additions, edits and public notes."""
    subtitle = "Articles that were added or edited, and what editors noted."
    return _answer(request, "/", "Library", subtitle, read_latest(db))


@router.get(f"/stories/{{story}}/{FEED}")
def story_feed(request: Request, db: DatabaseDep, story: str) -> Response:
    """Answer with the same for one story."""
    _check(story)
    latest = read_latest(db, story)
    assert latest.story is not None
    title = next((each.entry.title for each in latest.story.articles), "")
    page = permalinks.story_path(latest.story.id)
    return _answer(request, page, f"Story: {title}", "Articles of this story, and notes on them.", latest)


@router.get(f"/quotations/{{quotation}}/{FEED}")
def quotation_feed(request: Request, db: DatabaseDep, quotation: str) -> Response:
    """Answer with the articles that print a quotation, and their wordings."""
    _check(quotation)
    versions = read_versions(db, quotation)
    printings = [(printed, group) for group in versions.wordings for printed in group.carried]
    printings.sort(key=lambda pair: (pair[0].entry.added_at, pair[0].id), reverse=True)
    shown = printings[:MAX_PRINTINGS]
    times = saved_at(db, [printed.entry.revision for printed, _ in shown])
    base = urls.base_url(request)
    feed = Feed(
        link=urls.absolute(request, request.url.path),
        page=base + permalinks.quotation_path(quotation),
        title=f"Quotation: {opening(versions.whole.text, 100)}",
        subtitle="Articles that print it, each beside the most complete wording.",
        entries=[printing_entry(printed, group, times, base) for printed, group in shown],
    )
    return _written(feed)


@router.get(f"/search/{FEED}")
def search_feed(request: Request, db: DatabaseDep) -> Response:
    """Answer with what a search finds, newest first; its address is that of the search."""
    address = address_from(request.query_params)
    chosen = replace(address.request(), sort="newest", below=None)
    hits: list[ArticleHits] = []
    noted: list[str] = []
    for page in range(1, MAX_PAGES_OF_A_SEARCH + 1):
        results = search(db, replace(chosen, page=page))
        hits += [each for story in results.stories for each in story.articles]
        noted += [note.id for note in results.notes]
        if page >= results.pages:
            break
    times = saved_at(db, [each.article.revision for each in hits])
    base = urls.base_url(request)
    whole: dict[str, str | int] = {"page": 1, "below": "", "sort": "relevance"}
    feed = Feed(
        link=base + address.path(f"/search/{FEED}", **whole),
        page=base + address.path("/search", **whole),
        title=f"Search: {opening(address.q, 100) or 'all that is chosen'}",
        subtitle="Articles with these words, the newest first.",
        entries=[*(hit_entry(each, times, base) for each in hits), *_noted(db, noted, base)],
    )
    return _written(feed)


def _noted(db: Database, ids: Sequence[str], base: str) -> Iterator[FeedEntry]:
    for id in ids:
        with suppress(NotFoundError):  # deleted meanwhile
            yield note_entry(notes.read(db, id, public_only=True), base)


def _answer(request: Request, page: str, title: str, subtitle: str, latest: Latest) -> Response:
    base = urls.base_url(request)
    entries = [text_entry(each, base) for each in latest.texts]
    entries += [note_entry(each, base) for each in latest.notes]
    link = urls.absolute(request, request.url.path)
    return _written(Feed(link, base + page, title, subtitle, entries))


def _written(feed: Feed) -> Response:
    return Response(written(feed), headers={"Content-Type": MEDIA_TYPE, "Cache-Control": "no-cache"})


def _check(id: str) -> None:
    if not is_id(id):
        raise NotFoundError("There is no such feed.", "Its address may be incomplete: copy the whole link.")
