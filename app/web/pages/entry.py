"""How an article, and what is like it, is shown in a list."""

from collections.abc import Sequence
from dataclasses import dataclass

from app import permalinks
from app.collation.document import labels
from app.services.entries import Alike, ArticleEntry
from app.web import wording

PUBLISHER_NOT_STATED = "Publisher not stated"


@dataclass(frozen=True, slots=True)
class EntryView:
    """An article in a few words."""

    path: str
    title: str
    publisher: str
    facts: tuple[str, ...]
    """Author, date, number of paragraphs; what is not stated is said to be so."""
    added: str
    """The day when it was added, in words."""


def entry_view(entry: ArticleEntry) -> EntryView:
    """``entry`` in the words of the pages."""
    return EntryView(
        path=permalinks.article_path(entry.article),
        title=entry.title,
        publisher=entry.publisher or PUBLISHER_NOT_STATED,
        facts=(
            entry.author or f"author {wording.NOT_STATED}",
            wording.day(entry.published_on),
            wording.counted(entry.paragraphs_count, "paragraph"),
        ),
        added=wording.day(entry.added_at.date()),
    )


@dataclass(frozen=True, slots=True)
class ShareView:
    """How much of one text's wording stands in another."""

    percent: int
    says: str


@dataclass(frozen=True, slots=True)
class AlikeView:
    """An article that is like another one, and how much of each stands in the other."""

    entry: EntryView
    name: str
    """Its publisher, or the first words of its title in quotation marks, as the comparison calls it."""
    shares: tuple[ShareView, ...]
    compare_path: str


def alike_views(entry: ArticleEntry, alike: Sequence[Alike]) -> tuple[AlikeView, ...]:
    """What is like ``entry``, most alike first, as ``alike`` has it."""
    return tuple(
        AlikeView(
            entry=entry_view(other.article),
            name=labels(entry.publisher, entry.title, other.article.publisher, other.article.title)[1],
            shares=_shares(other),
            compare_path=_compare_path(entry, other),
        )
        for other in alike
    )


def _shares(alike: Alike) -> tuple[ShareView, ...]:
    """Both shares, in sentences that stand under the other's name: "its" is the other's, "this" the article's own."""
    if alike.contains >= 1 and alike.contained >= 1:
        return (ShareView(100, "The same wording throughout"),)
    return (
        ShareView(
            round(alike.contains * 100),
            f"{wording.share(alike.contains)} of its text is also in this article",
        ),
        ShareView(
            round(alike.contained * 100),
            f"{wording.share(alike.contained)} of this article is also in its text",
        ),
    )


def _compare_path(entry: ArticleEntry, alike: Alike) -> str:
    """The comparison of the two, the same from either side.

    The base is the one that was published first; where that is not stated, the one that holds more of the other.
    """
    other = alike.article
    if entry.published_on and other.published_on and entry.published_on != other.published_on:
        first = entry.published_on < other.published_on
    elif alike.contained != alike.contains:
        first = alike.contains > alike.contained
    else:
        first = (entry.added_at, entry.article) < (other.added_at, other.article)
    base, witness = (entry, other) if first else (other, entry)
    return permalinks.compare_path(base.revision, witness.revision)
