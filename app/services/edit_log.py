"""The log of changes: who added, edited, deleted or pinned what, when, and how we know who it was.

An entry is written in the transaction of its change, so that neither is ever there without the other; it stays when its
article is deleted.
"""

import getpass
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, Protocol

from sqlalchemy import insert
from sqlmodel import Session

from app.db.engine.base import Database
from app.db.queries import edit_log as log_queries
from app.db.tables.edit_log import LogEntry

Known = Literal["proxy", "name", "key", "account", "program", "nobody"]
"""How we know who made a change: a proxy that signs people in named them; they gave this name themselves, unverified;
it is the name of the key that a script sent;
the account of this machine that ran a command; the program itself; not at all."""

Action = Literal[
    "add",
    "edit",
    "metadata",
    "delete",
    "restore",
    "purge",
    "pin",
    "keep",
    "note",
    "renote",
    "unnote",
    "part",
    "rejoin",
    "evidence",
    "withdraw",
    "key",
    "unkey",
    "tag",
    "untag",
    "collect",
    "drop",
    "merge",
    "unmerge",
]
"""``metadata`` is an edit of what is stated of an article, its text unchanged; ``delete`` puts it into the trash,
``restore`` back where it was, and ``purge`` removes what the trash holds of it; ``pin`` stores a comparison around
pins, ``keep`` one of two unrelated texts; ``note``, ``renote`` and ``unnote`` write, edit and delete a note; ``part``
takes an article out of its story, ``rejoin`` puts it back; ``evidence`` makes an evidence file, ``withdraw`` deletes
one; ``key`` makes a key for scripts, ``unkey`` revokes it; ``tag`` and ``untag`` give an article a tag and take it
away, ``collect`` and ``drop`` do so with a collection; ``merge`` and ``unmerge`` let a publisher's name stand for
another, and for itself again."""

MAX_TITLE_CHARS = 200
"""Characters of a title that an entry keeps."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who makes a change, and how we know."""

    name: str
    known: Known


UNNAMED = Actor("", "nobody")
TRASH = Actor("trash", "program")
"""The program, emptying the trash of what has been in it for long enough."""
SEEDS = Actor("seeds", "program")
"""The program, adding the articles that a new library starts with."""


def account() -> Actor:
    """Return the account of this machine that runs the program."""
    try:
        return Actor(getpass.getuser(), "account")
    except (KeyError, OSError, ImportError):  # an account without a name, as in a container
        return Actor("", "account")


class _Revision(Protocol):
    """What a digest covers; a draft or a stored revision."""

    @property
    def title(self) -> str: ...
    @property
    def publisher(self) -> str: ...
    @property
    def author(self) -> str: ...
    @property
    def published_on(self) -> date | None: ...
    @property
    def url(self) -> str: ...
    @property
    def paragraphs(self) -> Sequence[str]: ...


def revision_digest(revision: _Revision) -> str:
    """Return the SHA-256, in hexadecimal, of a text with what is stated of it: an edit changes it (docs/formats.md)."""
    day = revision.published_on.isoformat() if revision.published_on else ""
    content = [
        revision.title,
        revision.publisher,
        revision.author,
        day,
        revision.url,
        list(revision.paragraphs),
    ]
    canonical = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()


def entry(
    actor: Actor,
    action: Action,
    at: datetime,
    *,
    article: str,
    revision: str,
    number: int,
    title: str,
    before: str | None = None,
    after: str | None = None,
    witness: str | None = None,
    pins: str = "",
) -> dict[str, Any]:
    """Return one entry as the columns of its table; ``before`` and ``after`` are digests."""
    return {
        "at": at,
        "who": actor.name,
        "known": actor.known,
        "action": action,
        "article": article,
        "revision": revision,
        "number": number,
        "witness": witness,
        "pins": pins,
        "title": title[:MAX_TITLE_CHARS],
        "before": before,
        "after": after,
    }


def record(session: Session, entries: Sequence[dict[str, Any]]) -> None:
    """Write entries into the log, in the caller's transaction."""
    if entries:
        session.connection().execute(_INSERT, entries)


_INSERT = insert(LogEntry.__table__)  # type: ignore[attr-defined]  # SQLModel does not declare it
"""Built once: for a single article it takes longer to build a statement than to run it."""


@dataclass(frozen=True, slots=True)
class LoggedChange:
    """An entry of the log, as a page shows it."""

    id: int
    at: datetime
    """In UTC."""
    who: str
    known: Known
    action: Action
    article: str
    revision: str
    number: int
    witness: str | None
    pins: str
    title: str
    before: str | None
    after: str | None
    is_there: bool
    """Whether the article or comparison is still stored."""


@dataclass(frozen=True, slots=True)
class LogPage:
    """A part of the log, the change made last first."""

    changes: tuple[LoggedChange, ...]
    newer: int | None
    """The number after which the part with newer changes begins; None if there is none."""
    older: int | None
    """The number before which the part with older changes begins; None if there is none."""


def read_log(
    db: Database,
    limit: int,
    *,
    before: int | None = None,
    after: int | None = None,
    article: str | None = None,
) -> LogPage:
    """Return at most ``limit`` changes: the last ones, those before entry ``before``, or those after entry ``after``.

    With ``article``, only those of this article.
    """
    with db.reading() as session:
        if after is not None:
            rows = log_queries.entries_after(session, after, article, limit)
            if len(rows) < limit:  # the first page is always a full one
                rows = log_queries.entries_before(session, None, article, limit)
        else:
            rows = log_queries.entries_before(session, before, article, limit)
        has_newer = bool(rows) and bool(log_queries.entries_after(session, _id(rows[0]), article, 1))
        has_older = bool(rows) and bool(log_queries.entries_before(session, _id(rows[-1]), article, 1))
        revisions = {row.revision for row in rows} | {row.witness for row in rows if row.witness}
        stored = log_queries.existing_revisions(session, sorted(revisions))
        changes = tuple(_change(row, stored) for row in rows)
    return LogPage(
        changes,
        newer=changes[0].id if has_newer else None,
        older=changes[-1].id if has_older else None,
    )


def _id(row: LogEntry) -> int:
    assert row.id is not None
    return row.id


def _change(row: LogEntry, stored: set[str]) -> LoggedChange:
    columns = row.model_dump()
    is_there = row.revision in stored and (row.witness is None or row.witness in stored)
    return LoggedChange(**columns, is_there=is_there)
