"""The trash: what can be put back, until when, and the questions before articles go into it or for good."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app import permalinks
from app.errors import InvalidInputError
from app.services.articles.trash import TrashContent, TrashedArticle, TrashListing
from app.services.summaries import ArticleEntry
from app.web import formatting
from app.web.pages.shared.entry import PUBLISHER_NOT_STATED, EntryView, entry_view
from app.web.pages.shared.numbering import listed
from app.web.pages.shared.paging import Pager, pager_of_pages

ARTICLES_PER_PAGE = 50

MAX_SHOWN_PARAGRAPHS = 12
"""Paragraphs of a text in the trash that its page shows: enough to recognise it."""

MAX_NAMED = 20
"""Articles that the question before emptying the trash names."""

MAX_PICKED = 100
"""Articles that are deleted at once: each is unindexed in a transaction of its own, some hundredths of a second."""

NO_NAME = "somebody who gave no name"


@dataclass(frozen=True, slots=True)
class TrashedView:
    """An article in the trash."""

    title: str
    publisher: str
    path: str
    deleted: str
    who: str
    until: str
    """The day until which it can be put back."""
    together: str
    """How many were deleted together with it and are here still, in words; empty if it was alone."""
    batch: str
    """The address that puts all of these back; empty if it was alone."""


@dataclass(frozen=True, slots=True)
class TrashPage:
    """A page of the trash."""

    articles: tuple[TrashedView, ...]
    count: str
    days: int
    purged: str
    """How many articles the editor just removed for good, in words; empty if none."""
    restored: str
    """How many of those deleted together were just put back, where others are left; else empty."""
    pager: Pager | None


@dataclass(frozen=True, slots=True)
class TrashedPage:
    """An article in the trash, and the question whether to remove it for good."""

    article: TrashedView
    paragraphs: tuple[str, ...]
    more: str
    """How many further paragraphs its text has, in words; empty if all are shown."""
    goes: str
    """What would go for good, in words."""


@dataclass(frozen=True, slots=True)
class EmptyTrashPage:
    """The question whether to remove all that is in the trash for good."""

    articles: tuple[TrashedView, ...]
    """Those deleted last."""
    heading: str
    more: str
    """How many further ones there are, in words; empty if all are named."""
    until: str
    """When the last of them was deleted, for the form: what is deleted after the question stays."""


@dataclass(frozen=True, slots=True)
class DeletePickedPage:
    """The question whether to delete several articles."""

    entries: tuple[EntryView, ...]
    articles: str
    """Their ids, for the form."""
    heading: str
    missing: str
    """How many of those picked are not here any more, in words; empty if all are."""
    days: int


@dataclass(frozen=True, slots=True)
class DeletedNotice:
    """What was just put into the trash, and the way back."""

    says: str
    undo: str
    """Where the form that puts it back is sent."""


def trash_page(listing: TrashListing, page: int, days: int, *, purged: int, restored: int) -> TrashPage:
    """Build page ``page`` (from 1) of the trash, where articles stay for ``days``."""
    batches = [article.batch for article in listing.articles]
    return TrashPage(
        articles=tuple(_view(article, days, batches.count(article.batch)) for article in listing.articles),
        count=formatting.counted(listing.count, "article"),
        days=days,
        purged=formatting.counted(purged, "article") if purged else "",
        restored=formatting.counted(restored, "article") if restored else "",
        pager=pager_of_pages(
            f"Page {page:,}",
            page,
            page * ARTICLES_PER_PAGE < listing.count,
            lambda number: f"/trash?page={number}",
        ),
    )


def trashed_page(content: TrashContent, days: int) -> TrashedPage:
    """Build the page of one article in the trash."""
    entry, more = content.entry, len(content.paragraphs) - MAX_SHOWN_PARAGRAPHS
    goes = ["its text" if entry.revisions == 1 else f"all {entry.revisions} revisions of its text"]
    for count, what in (
        (content.captures, "capture"),
        (content.comparisons, "comparison"),
        (content.notes, "note"),
    ):
        goes += [formatting.counted(count, what)] * bool(count)
    return TrashedPage(
        article=_view(entry, days),
        paragraphs=content.paragraphs[:MAX_SHOWN_PARAGRAPHS],
        more=formatting.counted(more, "further paragraph") if more > 0 else "",
        goes=listed(goes),
    )


def empty_trash_page(listing: TrashListing, until: datetime) -> EmptyTrashPage:
    """Build the question whether to empty the trash, the last of which was deleted at the moment ``until``."""
    more = listing.count - len(listing.articles)
    return EmptyTrashPage(
        articles=tuple(_view(article, 0) for article in listing.articles),
        heading=f"Delete {formatting.counted(listing.count, 'article')} for good?",
        more=formatting.counted(more, "further article") if more > 0 else "",
        until=until.isoformat(),
    )


def emptied_until(written: str) -> datetime:
    """Return the moment that the question's form holds. Raises InvalidInputError."""
    try:
        moment = datetime.fromisoformat(written)
        if moment.tzinfo:
            return min(moment.astimezone(UTC), datetime.now(UTC))
    except (ValueError, OverflowError):
        pass
    raise InvalidInputError(
        "The form was not sent whole, so nothing was deleted.",
        "Go back to the trash, and empty it from there.",
    )


def delete_picked_page(entries: Sequence[ArticleEntry], picked: int, days: int) -> DeletePickedPage:
    """Build the question whether to delete ``entries``, of ``picked`` articles that were ticked."""
    missing = picked - len(entries)
    return DeletePickedPage(
        entries=tuple(map(entry_view, entries)),
        articles=" ".join(entry.article for entry in entries),
        heading=f"Delete {formatting.counted(len(entries), 'article')}?",
        missing=f"{formatting.counted(missing, 'article')} of those ticked cannot be found any more"
        if missing > 0
        else "",
        days=days,
    )


def deleted_notice(articles: Sequence[TrashedArticle], days: int) -> DeletedNotice | None:
    """Return what to say of articles that were just deleted together; None where none of them is in the trash."""
    if not articles:
        return None
    first = articles[0]
    is_alone = len(articles) == 1
    what = f"“{formatting.opening(first.title, 80)}” is" if is_alone else f"{len(articles)} articles are"
    until = formatting.day(first.deleted_at + timedelta(days=days))
    return DeletedNotice(
        f"{what} in the trash, and can be put back until {until}.", f"/trash/batches/{first.batch}/restore"
    )


def _view(article: TrashedArticle, days: int, together: int = 1) -> TrashedView:
    return TrashedView(
        title=article.title,
        publisher=article.publisher or PUBLISHER_NOT_STATED,
        path=permalinks.trash_path(article.article),
        deleted=formatting.moment(article.deleted_at),
        who=article.who or NO_NAME,
        until=formatting.day(article.deleted_at + timedelta(days=days)),
        together=f"Put back all {together} deleted together" if together > 1 else "",
        batch=f"/trash/batches/{article.batch}/restore" if together > 1 else "",
    )
