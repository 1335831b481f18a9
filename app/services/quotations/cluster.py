"""Which wordings are versions of one quotation, kept current as articles come and go.

A wording is the *head* of its versions unless it is related to a more complete head; then it is a version of the most
complete such head. So each version is related to its head directly, as in ``versions.matching.cluster``, and the result
depends on the wordings alone, not on the order in which they were added.
"""

import heapq
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from sqlmodel import Session

from app.collation.quotations.versions import matching
from app.collation.quotations.versions.signature import Known, known
from app.db.index import wordings as wording_index
from app.db.index.wordings import WordingEntry

MAX_HOLDERS_OF_A_GRAM = 64
"""Wordings read for an n-gram: one in more wordings is a common phrase."""

MAX_COMPARED = 24
"""Wordings compared with a quotation: those that share the most and rarest n-grams with it, and as many heads of such
wordings."""

MAX_RANKED = 200
"""Ranked wordings whose heads are considered."""

QUOTATIONS_PER_QUERY = 16
"""Quotations whose candidates one statement reads: as many as most articles have, and some hundreds of rows."""

_NONE: Mapping[int, Known] = MappingProxyType({})


class VersionQuery(NamedTuple):
    """A quotation to find versions of."""

    text: str
    prints: Sequence[int]
    serial: int = 0
    """The serial of its own wording, which is excluded; 0 if that is not stored."""


class VersionKinds:
    """How quotations are related, each pair compared once; it can be filled before a lock is taken."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], str] = {}

    def __call__(self, first: str, second: str) -> str:
        """Return ``same``, ``part`` or ``reworded``; empty if they are not versions of one quotation."""
        pair = (first, second) if first <= second else (second, first)
        if pair not in self._known:
            relation = matching.related(*pair)
            self._known[pair] = relation.kind if relation else ""
        return self._known[pair]


class StoredWordings:
    """The stored wordings as a transaction sees them; each is read once, and those of several quotations together."""

    def __init__(self, session: Session, kinds: VersionKinds) -> None:
        self._session = session
        self._kinds = kinds
        self._ranked: dict[str, list[int]] = {}
        self._heads: dict[int, int] = {}
        self._entries: dict[int, WordingEntry | None] = {}
        self._placed: dict[int, WordingEntry] = {}

    def look_up(self, several: Sequence[VersionQuery]) -> None:
        """Read what these quotations may be related to, for ``related``."""
        for at in range(0, len(several), QUOTATIONS_PER_QUERY):
            queries = several[at : at + QUOTATIONS_PER_QUERY]
            prints = sorted({value for query in queries for value in query.prints})
            holders = wording_index.serials_by_gram(self._session, prints, MAX_HOLDERS_OF_A_GRAM)
            ranked = {query.text: _ranked(query, holders) for query in queries}
            many = {
                serial for serials in ranked.values() if len(serials) > MAX_COMPARED for serial in serials
            }
            self._read_heads(many)
            self._ranked |= ranked
            self.entries(serial for query in queries for serial in self._chosen(query))

    def related(self, query: VersionQuery, also: int | None = None) -> list[tuple[WordingEntry, str]]:
        """Return the wordings that a quotation is related to, each with its kind.

        The time is bounded for any number of stored quotations. The wording with serial ``also`` is always compared.
        """
        chosen = self._chosen(query) | ({also} if also else set())
        near = self.entries(sorted(chosen - {query.serial}))
        return [(entry, kind) for entry in near if (kind := self._kinds(entry.text, query.text))]

    def entries(self, serials: Iterable[int]) -> list[WordingEntry]:
        """Return these wordings, in this order, without those that no quotation has."""
        named = list(serials)
        if missing := sorted(set(named) - self._entries.keys()):
            read = wording_index.entries(self._session, missing)
            self._entries |= {serial: read.get(serial) for serial in missing}
        return [entry for serial in named if (entry := self._entries[serial]) is not None]

    def members(self, head: int) -> list[int]:
        """Return the serials, ascending, of the versions of this head."""
        self.write()
        return wording_index.version_serials(self._session, head)

    def place(self, wording: WordingEntry, head: int, kind: str) -> WordingEntry:
        """Make the wording a version of ``head``, of this kind, and return it; ``write`` stores it."""
        placed = wording._replace(head=head, kind=kind)
        self._entries[wording.serial] = self._placed[wording.serial] = placed
        self._heads[wording.serial] = head
        return placed

    def write(self) -> None:
        """Store what ``place`` changed."""
        wording_index.record_heads(self._session, self._placed.values())
        self._placed.clear()

    def _read_heads(self, serials: set[int]) -> None:
        if missing := sorted(serials - self._heads.keys()):
            self._heads |= wording_index.heads(self._session, missing)

    def _chosen(self, query: VersionQuery) -> set[int]:
        """Return the wordings that share the most and rarest n-grams with a quotation, and as many heads of those."""
        ranked = self._ranked[query.text]
        chosen = set(ranked[:MAX_COMPARED])
        if len(ranked) > MAX_COMPARED:
            self._read_heads(set(ranked))
            chosen |= set(list(dict.fromkeys(self._heads[serial] for serial in ranked))[:MAX_COMPARED])
        return chosen - {query.serial}


def find_related(session: Session, text: str, prints: Sequence[int]) -> list[tuple[WordingEntry, str]]:
    """Return the stored wordings that ``text``, a quotation without a wording, is related to, each with its kind."""
    query = VersionQuery(text, prints)
    stored = StoredWordings(session, VersionKinds())
    stored.look_up([query])
    return stored.related(query)


def add_wordings(
    session: Session, stored: Mapping[int, int], fresh: Mapping[int, Known], kinds: VersionKinds
) -> None:
    """Find the heads of a new revision's wordings, and count them.

    ``fresh`` are the wordings that are new, by serial; ``stored`` are its other wordings, with their heads.
    """
    placed, counted = _find_heads(session, kinds, fresh)
    more: dict[int, Counter[str]] = {}
    for serial, head in stored.items():
        more.setdefault(placed[serial].head if serial in placed else head, Counter())
    for wording in (placed[serial] for serial in fresh):
        more.setdefault(wording.head, Counter()).update(_weight(wording))
    added = {head: {**counts, "carried": 1} for head, counts in more.items() if head not in counted}
    wording_index.add_counts(session, added)


def remove_wordings(
    session: Session, listed: Iterable[WordingEntry], gone: Collection[int], loose: Iterable[int]
) -> None:
    """Subtract a revision from the counts of its wordings; the ``gone`` ones are no longer stored.

    ``loose`` are the versions of the gone ones, for which new heads are found.
    """
    _, counted = _find_heads(session, VersionKinds(), loose=loose)
    less: dict[int, Counter[str]] = {}
    for wording in listed:
        less.setdefault(wording.head, Counter()).subtract(_weight(wording) if wording.serial in gone else {})
    subtracted = {head: {**counts, "carried": -1} for head, counts in less.items() if head not in counted}
    wording_index.add_counts(session, subtracted)


def _weight(wording: WordingEntry) -> dict[str, int]:
    """Return what a wording adds to the counts of its head."""
    return {"wordings": int(wording.kind != "same"), "reworded": int(wording.kind == "reworded")}


def _find_heads(
    session: Session, kinds: VersionKinds, fresh: Mapping[int, Known] = _NONE, loose: Iterable[int] = ()
) -> tuple[dict[int, WordingEntry], set[int]]:
    """Find the heads of new and loose wordings and of those that depend on them; return these and the recounted heads.

    The more complete come first, since whether a wording is a head depends only on more complete ones. New wordings
    are not counted yet: counting needs to read nothing of a quotation that thousands of articles print.
    """
    stored = StoredWordings(session, kinds)
    queue: list[tuple[tuple[int, int], int]] = []
    queued: dict[int, tuple[WordingEntry, VersionQuery]] = {}
    new_heads: dict[int, int] = {}  # by wording that lost its head: the head which that one has now
    placed: dict[int, WordingEntry] = {}

    def enqueue(wordings: Iterable[WordingEntry]) -> None:
        queries = []
        for wording in wordings:
            if wording.serial not in queued:
                signature = fresh.get(wording.serial) or known(wording.text)
                query = VersionQuery(wording.text, signature.prints if signature else (), wording.serial)
                queries.append(query)
                queued[wording.serial] = wording, query
                heapq.heappush(queue, (wording.rank, wording.serial))
        stored.look_up(queries)

    enqueue(stored.entries(sorted({*fresh, *loose})))
    recounted: set[int] = set()
    while queue:
        _, serial = heapq.heappop(queue)
        wording, query = queued[serial]
        related = stored.related(query, new_heads.get(serial))
        best = min(
            ((other, kind) for other, kind in related if other.is_head and other.rank < wording.rank),
            key=lambda pair: pair[0].rank,
            default=None,
        )
        head, kind = (best[0].serial, best[1]) if best else (serial, "whole")
        if (head, kind) == (wording.head, wording.kind):
            continue
        recounted |= set() if serial in fresh else {wording.head, head}
        placed[serial] = stored.place(wording, head, kind)
        if wording.is_head != (kind == "whole"):
            enqueue(other for other, _ in related if other.rank > wording.rank)
            if wording.is_head:
                orphans = stored.members(serial)
                new_heads |= dict.fromkeys(orphans, head)
                enqueue(stored.entries(orphans))
    stored.write()
    wording_index.recount_heads(session, sorted(recounted))
    return placed, recounted


def _ranked(query: VersionQuery, holders: Mapping[int, tuple[int, ...]]) -> list[int]:
    """Return the wordings that share n-grams with a quotation: those that share the most and rarest first."""
    scores: dict[int, float] = {}
    for value in query.prints:
        for serial in holders[value]:
            scores[serial] = scores.get(serial, 0.0) + 1 / len(holders[value])
    scores.pop(query.serial, None)
    return sorted(scores, key=lambda serial: (-round(scores[serial], 6), serial))[:MAX_RANKED]
