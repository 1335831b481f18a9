"""Watched articles: their addresses are checked again daily, and a changed text becomes a new revision."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from app.db.engine.base import Database
from app.db.queries import intake as intake_queries
from app.db.tables.captures import WatchRow
from app.errors import InvalidInputError, NotFoundError, VariorumError
from app.permalinks import text_digest
from app.services.articles import store
from app.services.articles.origin import MAX_FAILURES, Watch, watch_of
from app.services.articles.store import RevisionRef, StoredArticle
from app.services.edit_log import Actor
from app.services.intake import intakes
from app.services.intake.captures import record_capture
from app.services.intake.known_pages import body_of
from app.services.intake.preview import Preview, PreviewBlock
from app.services.intake.saving import draft_of
from app.sources.fetching.fetch import Fetcher
from app.sources.fetching.links import parse_link
from app.sources.model import Field

EVERY = timedelta(days=1)
"""From one look at an address to the next."""

HOST_EVERY = timedelta(minutes=1)
"""Between two looks at addresses of one host."""

CLAIM = timedelta(hours=1)
"""How long an address that one process has begun to check is left alone by others."""

MIN_KEPT_SHARE = 1 / 3
"""Share of its earlier length that a text must have which shares no paragraph with it: a notice about cookies or a
subscription, in place of the page, is shorter."""

WATCH = Actor("watch", "program")
"""The program, saving what a watched page says now."""


class TooManyWatchedError(InvalidInputError):
    """As many articles are watched as may be."""


@dataclass(frozen=True, slots=True)
class WatchedArticle:
    """An article whose address is looked at again daily."""

    article: str
    title: str
    publisher: str
    watch: Watch


@dataclass(frozen=True, slots=True)
class WatchedList:
    """Some of the watched articles."""

    articles: tuple[WatchedArticle, ...]
    count: int
    """Of all that are watched."""


def list_watched(db: Database, skip: int, limit: int) -> WatchedList:
    """Return at most ``limit`` watched articles: those that failed too often first, then as they are due."""
    with db.reading() as session:
        rows = intake_queries.watched(session, skip, limit, MAX_FAILURES)
        return WatchedList(
            tuple(
                WatchedArticle(row.article, title, publisher, watch_of(row)) for row, title, publisher in rows
            ),
            intake_queries.count_watches(session),
        )


def start_watching(db: Database, article: str, *, actor: Actor, max_watched: int) -> None:
    """Have the address of ``article`` looked at daily, from tomorrow on.

    Raises NotFoundError; InvalidInputError where it has no address that is fetched; TooManyWatchedError.
    """
    link = parse_link(store.read(db, article).url)
    now = datetime.now(UTC)
    with db.writing() as session:
        store.newest_in(session, article)
        if intake_queries.watch(session, article) is None:
            if intake_queries.count_watches(session) >= max_watched:
                raise TooManyWatchedError(
                    f"{max_watched:,} {'article is' if max_watched == 1 else 'articles are'} watched already, "
                    "and no more may be.",
                    "Stop watching another one first. Whoever runs this program can set VARIORUM_WATCHED higher.",
                )
            captures = intake_queries.captures_of(session, article)
            session.add(
                WatchRow(
                    article=article,
                    address=link.url,
                    host=link.host,
                    since=now,
                    who=actor.name,
                    text_digest=captures[0].text_digest if captures and captures[0].sha256 else "",
                    look_after=now + EVERY,
                    failures=0,
                    outcome="",
                )
            )


def stop_watching(db: Database, article: str) -> None:
    """Stop watching the address of ``article``. Raises NotFoundError."""
    with db.writing() as session:
        store.newest_in(session, article)
        row = intake_queries.watch(session, article)
        if row is not None:
            session.delete(row)


def is_any_due(db: Database, now: datetime) -> bool:
    """Return whether any address is due for a look."""
    with db.reading() as session:
        return bool(_due(session, now))


def look_at_next(db: Database, fetcher: Fetcher, now: datetime, *, max_text: int, max_capture: int) -> bool:
    """Look at the address that is due longest, and store what changed; return whether there was one.

    No host is looked at twice within ``HOST_EVERY``, by whichever process.
    """
    with db.writing() as session:
        due = _due(session, now)
        if not due:
            return False
        row = due[0]
        row.look_after, row.looked_at = now + CLAIM, now
        session.add(row)
        article, address, earlier, failures = row.article, row.address, row.text_digest, row.failures
    digest, failures, outcome = _look(db, fetcher, article, address, earlier, failures, max_text, max_capture)
    with db.writing() as session:
        after = intake_queries.watch(session, article)
        if after is not None:  # nobody has stopped it meanwhile
            after.text_digest, after.failures, after.outcome = digest, failures, outcome
            after.look_after = now + (EVERY if failures < MAX_FAILURES else timedelta(days=36_500))
            session.add(after)
    return True


def _due(session: Session, now: datetime) -> Sequence[WatchRow]:
    """Return the addresses due whose hosts may be asked now, the one that waits longest first."""
    rows = intake_queries.due_watches(session, now, 100)
    looks = {host: intake_queries.last_look(session, host) for host in {row.host for row in rows}}
    return [row for row in rows if (looks[row.host] or datetime.min.replace(tzinfo=UTC)) <= now - HOST_EVERY]


def _look(
    db: Database,
    fetcher: Fetcher,
    article: str,
    address: str,
    earlier: str,
    failures: int,
    max_text: int,
    max_capture: int,
) -> tuple[str, int, str]:
    """Look at one address; return the digest of its text, the failures in a row, and what was found in words."""
    try:
        looked = intakes.fetch_preview(fetcher, address)
        stored = store.read(db, article)
        # Watching begins with a capture's digest, of the text alone; from the first look on the headline counts.
        digest = text_digest((looked.preview.value("title"), looked.preview.text_digest))
        if earlier in (digest, looked.preview.text_digest):
            return digest, 0, "The text was unchanged."
        if not earlier:
            return digest, 0, "This was the first check; changes are reported from now on."
        preview = as_before(looked.preview, stored)
        if _is_another_page(preview, stored):
            return (
                earlier,
                0,
                "The page showed another, much shorter text, so nothing was saved. See what it is.",
            )
        draft = draft_of(preview, max_text, stored)
        if draft.paragraphs == stored.paragraphs:
            return digest, 0, "The text was unchanged."

        def beside(session: Session, ref: RevisionRef) -> None:
            capture = {**looked.capture, "kind": "watch"}
            record_capture(session, ref, preview, capture, looked.content, max_bytes=max_capture)

        ref = store.edit(db, article, draft, stored.newest, actor=WATCH, beside=beside)
        return digest, 0, f"The text had changed: revision {ref.number}."
    except NotFoundError:
        return earlier, failures, ""  # the article went meanwhile, and its watch with it
    except VariorumError as error:
        return earlier, failures + 1, error.message


def as_before(preview: Preview, stored: StoredArticle) -> Preview:
    """Return ``preview`` with what its editors decided: the fields that they state, and which lines are extras.

    What the page states too has its source there.
    """
    extras = {stored.paragraphs[index] for index in stored.furniture}
    lines = set(body_of(stored))
    blocks = tuple(
        PreviewBlock(block.text, "text")
        if block.text in lines
        else PreviewBlock(block.text, "extra", block.reason)
        if block.text in extras
        else block
        for block in preview.blocks
    )
    known = {
        "publisher": stored.publisher,
        "author": stored.author,
        "published_on": stored.published_on.isoformat() if stored.published_on else "",
        "address": stored.url,
    }
    kept = {
        name: Field(value, "before")
        for name, value in known.items()
        if value and value != preview.value(name)
    }
    return replace(preview, stated={**preview.stated, **kept}, blocks=blocks)


def _is_another_page(preview: Preview, stored: StoredArticle) -> bool:
    lines, before = preview.paragraphs, body_of(stored)
    is_short = sum(map(len, lines)) < MIN_KEPT_SHARE * sum(map(len, before))
    return not lines or (is_short and not set(lines) & set(before))
