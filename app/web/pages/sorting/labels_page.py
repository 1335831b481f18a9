"""The pages of tags and collections, and of publishers that are one and the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from app.services.articles.labels import MAX_NAME_CHARS, Kind, LabelCount
from app.services.summaries import ArticleEntry
from app.web import formatting
from app.web.pages.shared.entry import EntryView, entry_view

_NAMES: dict[Kind, str] = {"tag": "Tag", "collection": "Collection"}


@dataclass(frozen=True, slots=True)
class LabelView:
    """A tag or a collection."""

    kind: str
    kind_name: str
    name: str
    count: str
    link: str
    """The search that lists its articles."""


@dataclass(frozen=True, slots=True)
class UndoneLabel:
    """What undoes what was just done: the same label, put on or taken off just those articles that it concerned."""

    articles: str
    """Their ids."""
    kind: Kind
    name: str
    do: str
    """``take`` where it was put on."""


@dataclass(frozen=True, slots=True)
class SortPage:
    """Articles that were ticked, with what can be done with all of them."""

    heading: str
    entries: tuple[EntryView, ...]
    articles: str
    """Their ids, for the forms."""
    picks: str
    """The query that names them, for links."""
    labels: tuple[LabelView, ...]
    """Those that some of them have."""
    known: tuple[LabelView, ...]
    """All, to choose from."""
    says: str
    """What was just done; empty for nothing."""
    undo: UndoneLabel | None
    """What undoes it; None where nothing changed."""
    message: str
    """Why something was not done; empty where nothing went wrong."""
    advice: str
    typed: str
    max_chars: int = MAX_NAME_CHARS


@dataclass(frozen=True, slots=True)
class LabelsPage:
    """All tags and collections."""

    collections: tuple[LabelView, ...]
    tags: tuple[LabelView, ...]


@dataclass(frozen=True, slots=True)
class PublisherView:
    """A publisher with the other names that stand for it."""

    name: str
    link: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PublishersPage:
    """All publishers."""

    publishers: tuple[PublisherView, ...]
    says: str
    message: str
    advice: str
    name: str
    into: str


def sort_page(
    entries: Sequence[ArticleEntry],
    labels: Sequence[LabelCount],
    known: Sequence[LabelCount],
    *,
    says: str = "",
    undo: UndoneLabel | None = None,
    message: str = "",
    advice: str = "",
    typed: str = "",
) -> SortPage:
    """Build the page of these ticked articles."""
    several = len(entries)
    return SortPage(
        heading=f"Tag or collect {formatting.counted(several, 'article')}",
        entries=tuple(map(entry_view, entries)),
        articles=" ".join(entry.article for entry in entries),
        picks=urlencode([("pick", entry.revision) for entry in entries]),
        labels=tuple(
            _label(label, f"on {label.articles:,} of these" if several > 1 else "") for label in labels
        ),
        known=tuple(map(_label, known)),
        says=says,
        undo=undo,
        message=message,
        advice=advice,
        typed=typed,
    )


def label_views(labels: Sequence[LabelCount]) -> tuple[LabelView, ...]:
    """Return an article's tags and collections, as its page shows them."""
    return tuple(_label(label, "") for label in labels)


def labels_page(labels: Sequence[LabelCount]) -> LabelsPage:
    """Build the page of all tags and collections."""
    views = tuple(map(_label, labels))
    return LabelsPage(
        tuple(view for view in views if view.kind == "collection"),
        tuple(view for view in views if view.kind == "tag"),
    )


def publishers_page(
    publishers: Sequence[tuple[str, Sequence[str]]],
    *,
    says: str = "",
    message: str = "",
    advice: str = "",
    name: str = "",
    into: str = "",
) -> PublishersPage:
    """Build the page of all publishers."""
    views = tuple(
        PublisherView(publisher, f"/search?{urlencode({'publisher': publisher})}", tuple(aliases))
        for publisher, aliases in publishers
    )
    return PublishersPage(views, says, message, advice, name, into)


def _label(label: LabelCount, count: str | None = None) -> LabelView:
    kind: Kind = "collection" if label.kind == "collection" else "tag"
    return LabelView(
        kind,
        _NAMES[kind],
        label.name,
        formatting.counted(label.articles, "article") if count is None else count,
        f"/search?{urlencode([(kind, label.name)])}",
    )
