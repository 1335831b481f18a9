"""Tags and collections of articles, and publishers that are one and the same; each change is logged."""

import hashlib
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import insert
from sqlmodel import Session

from app.db.engine.base import Database
from app.db.queries import articles as article_queries
from app.db.queries import desk
from app.db.queries.searching import labels as label_queries
from app.db.queries.searching.labels import LabelCount, label_key
from app.db.tables.base import Table
from app.errors import InvalidInputError, NotFoundError
from app.services import edit_log
from app.services.edit_log import Action, Actor
from app.services.summaries import ArticleEntry

__all__ = [
    "Kind",
    "LabelCount",
    "checked",
    "entries",
    "known_labels",
    "merge",
    "of_article_in",
    "part",
    "publishers",
    "put",
    "take",
]

Kind = Literal["tag", "collection"]

MAX_NAME_CHARS = 60
MAX_LABELS_OF_AN_ARTICLE = 50
MAX_LISTED = 1_000
"""Labels, and publishers, on one page."""

_PUT: dict[Kind, Action] = {"tag": "tag", "collection": "collect"}
_TAKEN: dict[Kind, Action] = {"tag": "untag", "collection": "drop"}
_LABEL = Table.metadata.tables["article_label"]


def checked(name: str) -> str:
    """Return a tag's or collection's name as it is kept. Raises InvalidInputError.

    >>> checked("  to   publish\\u200b ")
    'to publish'
    """
    visible = "".join(sign for sign in name if unicodedata.category(sign)[0] != "C" or sign in " \t\n")
    kept = " ".join(visible.split())
    if not any(map(str.isalnum, kept)):
        raise InvalidInputError("A tag or a collection needs a name.", "Type one with letters or digits.")
    if len(kept) > MAX_NAME_CHARS:
        raise InvalidInputError(
            f"This name has {len(kept):,} characters; at most {MAX_NAME_CHARS} are kept.", "Shorten it."
        )
    return kept


def put(db: Database, articles: Sequence[str], kind: Kind, name: str, *, actor: Actor) -> tuple[str, ...]:
    """Give these articles a tag, or put them into a collection; return those that did not have it.

    The name keeps its first spelling. Raises InvalidInputError for a name that is none, or an article with too many
    labels, and NotFoundError if no article is there.
    """
    name, key, moment = checked(name), label_key(checked(name)), datetime.now(UTC)
    with db.writing() as session:
        name = label_queries.stored_name(session, kind, key) or name
        having = label_queries.labelled(session, kind, key, articles)
        present = label_queries.newest(session, articles)
        if not present:
            raise _nothing_here()
        if label_queries.most_of_one_article(session, articles) >= MAX_LABELS_OF_AN_ARTICLE:
            raise InvalidInputError(
                f"One of these articles has {MAX_LABELS_OF_AN_ARTICLE} tags and collections already.",
                "Take one away first.",
            )
        others = [each for each in present if each.article not in having]
        if others:
            rows = [
                {"article": each.article, "kind": kind, "key": key, "name": name, "at": moment}
                for each in others
            ]
            session.connection().execute(insert(_LABEL), rows)
        edit_log.record(
            session, [_entry(actor, _PUT[kind], moment, each, name, after=name) for each in others]
        )
        return tuple(each.article for each in others)


def take(db: Database, articles: Sequence[str], kind: Kind, name: str, *, actor: Actor) -> tuple[str, ...]:
    """Take a tag off these articles, or take them out of a collection; return those that had it."""
    key, moment = label_key(name), datetime.now(UTC)
    with db.writing() as session:
        name = label_queries.stored_name(session, kind, key) or name
        having = label_queries.labelled(session, kind, key, articles)
        label_queries.remove(session, kind, key, articles)
        present = [each for each in label_queries.newest(session, articles) if each.article in having]
        edit_log.record(
            session, [_entry(actor, _TAKEN[kind], moment, each, name, before=name) for each in present]
        )
        return tuple(each.article for each in present)


def known_labels(db: Database, articles: Sequence[str] | None = None) -> tuple[LabelCount, ...]:
    """Return the tags and collections, collections first: all, or those that some of ``articles`` have."""
    with db.reading() as session:
        return tuple(label_queries.label_counts(session, MAX_LISTED, articles))


def of_article_in(session: Session, article: str) -> tuple[LabelCount, ...]:
    """Return the tags of an article and the collections that it is in, in the caller's session."""
    return tuple(label_queries.label_counts(session, MAX_LABELS_OF_AN_ARTICLE, [article]))


def entries(db: Database, articles: Sequence[str]) -> tuple[ArticleEntry, ...]:
    """Return these articles, those that are still there, in this order."""
    with db.reading() as session:
        newest = {each.article: each.revision for each in label_queries.newest(session, articles)}
        stored = article_queries.entries(session, list(newest.values()))
        return tuple(stored[newest[article]] for article in articles if article in newest)


def publishers(db: Database) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return publishers by name, each with the other names that stand for it."""
    with db.reading() as session:
        stood_for: dict[str, list[str]] = {}
        aliases = label_queries.aliases(session, MAX_LISTED)
        for name, canonical in aliases:
            stood_for.setdefault(canonical, []).append(name)
        names = {*desk.publishers(session, MAX_LISTED), *stood_for} - {name for name, _ in aliases}
        return tuple((name, tuple(stood_for.get(name, ()))) for name in sorted(names, key=str.casefold))


def merge(db: Database, name: str, into: str, *, actor: Actor) -> str:
    """Make one publisher's name an alias of another's in filters and searches; return the latter.

    No article changes. Raises InvalidInputError if the two are merged already, or one is not a publisher's.
    """
    moment = datetime.now(UTC)
    with db.writing() as session:
        canonical = label_queries.canonical_publisher(session, into)
        if canonical in (name, label_queries.canonical_publisher(session, name)):
            raise InvalidInputError("These two names are merged already.", "Choose two others.")
        for each in (name, canonical):
            if not label_queries.is_stated(session, each):
                raise InvalidInputError(
                    f"No article states “{each[:100]}” as its publisher.", "Choose names from the list."
                )
        label_queries.merge_publisher(session, name, canonical)
        edit_log.record(session, [_of_publisher(actor, "merge", moment, f"{name} → {canonical}")])
        return canonical


def part(db: Database, name: str, *, actor: Actor) -> None:
    """Undo the merging of a publisher's name. Raises NotFoundError."""
    with db.writing() as session:
        canonical = label_queries.canonical_publisher(session, name)
        if not label_queries.part_publisher(session, name):
            raise NotFoundError(
                "This name is not merged with another.", "Somebody else may have done it already."
            )
        edit_log.record(
            session, [_of_publisher(actor, "unmerge", datetime.now(UTC), f"{name} → {canonical}")]
        )


def _entry(
    actor: Actor,
    action: Action,
    moment: datetime,
    newest: label_queries.Newest,
    name: str,
    *,
    before: str | None = None,
    after: str | None = None,
) -> dict[str, object]:
    title = f"{newest.title[: edit_log.MAX_TITLE_CHARS - MAX_NAME_CHARS - 5]} (“{name}”)"
    return edit_log.entry(
        actor,
        action,
        moment,
        article=newest.article,
        revision=newest.revision,
        number=newest.number,
        title=title,
        before=_digest(before),
        after=_digest(after),
    )


def _of_publisher(actor: Actor, action: Action, moment: datetime, title: str) -> dict[str, object]:
    return edit_log.entry(actor, action, moment, article="", revision="", number=0, title=title)


def _digest(name: str | None) -> str | None:
    return hashlib.sha256(name.encode("utf-8")).hexdigest() if name else None


def _nothing_here() -> NotFoundError:
    return NotFoundError("None of these articles is here any more.", "They may have been deleted meanwhile.")
