"""What the page of the log of changes shows."""

from dataclasses import dataclass
from urllib.parse import urlencode

from app import permalinks
from app.services.edit_log import Action, LoggedChange, LogPage
from app.web import formatting
from app.web.pages.shared.paging import Pager, pager

MAX_CHANGES = 100
"""Changes on one page."""

DIGEST_CHARS = 12
"""Characters of a digest that are shown; the whole one follows for who selects or hears it."""

_ACTIONS: dict[Action, str] = {
    "add": "Added",
    "edit": "Edited the text",
    "metadata": "Edited what is stated",
    "delete": "Deleted",
    "restore": "Put back from the trash:",
    "purge": "Deleted for good",
    "pin": "Kept a comparison around pins",
    "keep": "Kept a comparison",
    "note": "Wrote a note on",
    "renote": "Edited a note on",
    "unnote": "Deleted a note on",
    "part": "Took out of its story:",
    "rejoin": "Put back into its story:",
    "evidence": "Made an evidence file of",
    "withdraw": "Deleted an evidence file of",
    "key": "Made a key for scripts:",
    "unkey": "Revoked a key for scripts:",
    "tag": "Tagged",
    "untag": "Took a tag off",
    "collect": "Put into a collection:",
    "drop": "Took out of a collection:",
    "merge": "Merged publishers:",
    "unmerge": "Parted publishers:",
}


@dataclass(frozen=True, slots=True)
class DigestView:
    """A digest: its start, which is shown, and the rest."""

    start: str
    rest: str


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One change in words."""

    moment: str
    """When, in UTC."""
    iso: str
    who: str
    known: str
    """How we know who it was, in words."""
    is_verified: bool
    """Whether somebody else than the editor vouches for the name."""
    action: str
    title: str
    link: str
    """Where it can be seen; empty if it is gone."""
    detail: str
    """Which revision, or which pins."""
    before: DigestView | None
    after: DigestView | None
    article_log: str
    """The address of the log of this article alone; empty for a change of none."""


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """A part of the log, the last change first."""

    changes: tuple[ChangeView, ...]
    is_of_one: bool
    """Whether only one article's changes are shown."""
    pager: Pager | None
    name: str
    """The name under which the visitor's own changes are logged; empty if they gave none."""
    is_signed_in: bool
    """Whether the proxy names them, so that they cannot change it here."""


def changes_page(log: LogPage, article: str | None, name: str, *, is_signed_in: bool) -> ChangesPage:
    """Build the page of this part of the log; ``article`` if only its changes are shown."""
    return ChangesPage(
        changes=tuple(map(_change, log.changes)),
        is_of_one=article is not None,
        pager=pager("", _path(article, after=log.newer), _path(article, before=log.older)),
        name=name,
        is_signed_in=is_signed_in,
    )


def _path(article: str | None, **place: int | None) -> str:
    chosen = [(name, str(value)) for name, value in place.items() if value is not None]
    if not chosen:
        return ""
    return f"/log?{urlencode(([('article', article)] if article else []) + chosen)}"


def _change(change: LoggedChange) -> ChangeView:
    return ChangeView(
        moment=f"{formatting.day(change.at)}, {change.at:%H:%M:%S} UTC",
        iso=change.at.isoformat(timespec="seconds"),
        who=change.who or "Not named",
        known={
            "proxy": "signed in",
            "name": "name given, not checked",
            "key": "a script, by its key",
            "account": "command line",
            "program": "the program itself",
            "nobody": "",
        }[change.known],
        is_verified=change.known == "proxy",
        action=_ACTIONS[change.action],
        title=change.title,
        link=_link(change),
        detail=f"Pins {change.pins}"
        if change.pins
        else ""
        if change.witness or not change.article
        else f"Revision {change.number}",
        before=_digest(change.before),
        after=_digest(change.after),
        article_log=f"/log?{urlencode({'article': change.article})}" if change.article else "",
    )


def _link(change: LoggedChange) -> str:
    if not change.article:
        return "/publishers" if change.action in ("merge", "unmerge") else "/keys"
    if not change.is_there:
        return ""
    if change.witness:
        return permalinks.compare_path(change.revision, change.witness, pins=change.pins)
    return permalinks.revision_path(change.article, change.number)


def _digest(digest: str | None) -> DigestView | None:
    return DigestView(digest[:DIGEST_CHARS], digest[DIGEST_CHARS:]) if digest else None
