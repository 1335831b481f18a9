"""The watched addresses: what the last look at each found, when the next is due, and what ends it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from app.errors import VariorumError
from app.permalinks import article_path
from app.services.articles.store import StoredArticle
from app.services.intake.watching import WatchedArticle, WatchedList
from app.web import formatting
from app.web.pages.shared.entry import PUBLISHER_NOT_STATED
from app.web.pages.shared.paging import Pager, pager_of_pages

WATCHED_PER_PAGE = 50

PATH = "/watched"


@dataclass(frozen=True, slots=True)
class WatchedView:
    """A watched article."""

    article: str
    title: str
    path: str
    publisher: str
    address: str
    host: str
    since: str
    """Since when it is watched, and who asked for it, in words."""
    last: str
    """When its address was last looked at, in words."""
    outcome: str
    """What that look found; may be empty."""
    has_failed: bool
    next: str
    """When it is looked at next, in words."""


@dataclass(frozen=True, slots=True)
class WantedView:
    """An article that may be watched in place of another."""

    article: str
    title: str
    path: str


@dataclass(frozen=True, slots=True)
class WatchedPage:
    """A page of the watched addresses."""

    articles: tuple[WatchedView, ...]
    count: str
    """How many are watched, of how many that may be, in words."""
    is_off: bool
    """Whether no address is looked at here."""
    page: int
    stopped: WantedView | None
    """The article that the editor just had watched no more."""
    wanted: WantedView | None
    """The article that is to be watched in place of another."""
    problem: str
    advice: str
    pager: Pager | None


def watched_page(
    listing: WatchedList,
    page: int,
    *,
    most: int,
    is_on: bool,
    stopped: StoredArticle | None = None,
    wanted: StoredArticle | None = None,
    error: VariorumError | None = None,
) -> WatchedPage:
    """Return page ``page``, from 1, of the watched addresses, of which there may be ``most``."""
    now = datetime.now(UTC)
    pages = last_page(listing)
    return WatchedPage(
        articles=tuple(_watched(each, now, is_on=is_on) for each in listing.articles),
        count=f"{formatting.counted(listing.count, 'address', 'addresses')} of {most:,} that may be",
        is_off=not is_on,
        page=page,
        stopped=_wanted(stopped),
        wanted=_wanted(wanted),
        problem=error.message if error else "",
        advice=error.advice if error else "",
        pager=pager_of_pages(
            f"Page {page} of {pages}", page, page < pages, lambda other: f"{PATH}?page={other}"
        ),
    )


def last_page(listing: WatchedList) -> int:
    """Return the number of the last page."""
    return max(1, -(-listing.count // WATCHED_PER_PAGE))


def _wanted(article: StoredArticle | None) -> WantedView | None:
    return WantedView(article.article, article.title, article_path(article.article)) if article else None


def _watched(watched: WatchedArticle, now: datetime, *, is_on: bool) -> WatchedView:
    watch = watched.watch
    return WatchedView(
        article=watched.article,
        title=watched.title,
        path=f"{article_path(watched.article)}#origin",
        publisher=watched.publisher or PUBLISHER_NOT_STATED,
        address=watch.address,
        host=urlsplit(watch.address).hostname or "",
        since=f"since {formatting.day(watch.since)}{f', for {watch.who}' if watch.who else ''}",
        last=formatting.moment(watch.looked_at) if watch.looked_at else "not checked yet",
        outcome=watch.outcome,
        has_failed=watch.failures > 0,
        next=_next(watched, now, is_on=is_on),
    )


def _next(watched: WatchedArticle, now: datetime, *, is_on: bool) -> str:
    watch = watched.watch
    if watch.is_over:
        return f"no more: the last {watch.failures} checks failed"
    if not is_on:
        return "none while watching is off"
    return "due now" if watch.look_after <= now else formatting.moment(watch.look_after)
