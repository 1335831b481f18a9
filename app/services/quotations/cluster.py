"""Which wordings are versions of one quotation, kept as articles come and go.

A wording is the *head* of its versions unless it is related to a more complete head; then it is a version of the most
complete of these. So each version is related to its head itself, as in ``versions.matching.cluster``, and
what is a version of what depends on the wordings alone, not on the order in which they came.
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
"""Wordings that are looked at for one gram: what more of them hold is anybody's phrase."""

MAX_COMPARED = 24
"""Wordings that are compared with one, those that share the most and rarest grams with it; and as many heads that such
wordings have."""

MAX_RANKED = 200
"""Wordings whose heads are looked at."""

QUOTATIONS_PER_QUERY = 16
"""Quotations whose candidates are read with one statement: as many as most articles have, and some hundreds of rows."""

_NONE: Mapping[int, Known] = MappingProxyType({})


class VersionQuery(NamedTuple):
    """A quotation whose versions are looked for."""

    text: str
    prints: Sequence[int]
    serial: int = 0
    """Its own wording's, which is none of them; 0 where that is not stored."""


class VersionKinds:
    """How quotations stand to one another, each pair compared once: it can be done before a lock is taken."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], str] = {}

    def __call__(self, one: str, other: str) -> str:
        """``same``, ``part`` or ``reworded``; empty where they are no versions of one."""
        pair = (one, other) if one <= other else (other, one)
        if pair not in self._known:
            relation = matching.related(*pair)
            self._known[pair] = relation.kind if relation else ""
        return self._known[pair]


class StoredWordings:
    """The stored wordings as a transaction sees them: each is read once, and those of several quotations together."""

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
            asked = several[at : at + QUOTATIONS_PER_QUERY]
            prints = sorted({value for one in asked for value in one.prints})
            holders = wording_index.serials_by_gram(self._session, prints, MAX_HOLDERS_OF_A_GRAM)
            ranked = {one.text: _ranked(one, holders) for one in asked}
            many = {serial for found in ranked.values() if len(found) > MAX_COMPARED for serial in found}
            self._read_heads(many)
            self._ranked |= ranked
            self.entries(serial for one in asked for serial in self._chosen(one))

    def related(self, asked: VersionQuery, also: int | None = None) -> list[tuple[WordingEntry, str]]:
        """The wordings that a quotation is related to, and of what kind.

        It takes as long for any number of stored quotations. ``also`` is a serial that is compared in any case.
        """
        chosen = self._chosen(asked) | ({also} if also else set())
        near = self.entries(sorted(chosen - {asked.serial}))
        return [(one, kind) for one in near if (kind := self._kinds(one.text, asked.text))]

    def entries(self, serials: Iterable[int]) -> list[WordingEntry]:
        """The named wordings, those that some quotation has, in this order."""
        named = list(serials)
        if missing := sorted(set(named) - self._entries.keys()):
            read = wording_index.entries(self._session, missing)
            self._entries |= {serial: read.get(serial) for serial in missing}
        return [one for serial in named if (one := self._entries[serial]) is not None]

    def members(self, head: int) -> list[int]:
        """The wordings that are versions of this one, rising."""
        self.write()
        return wording_index.version_serials(self._session, head)

    def place(self, one: WordingEntry, head: int, kind: str) -> WordingEntry:
        """The wording as a version of ``head``, of this kind; ``write`` stores it."""
        placed = one._replace(head=head, kind=kind)
        self._entries[one.serial] = self._placed[one.serial] = placed
        self._heads[one.serial] = head
        return placed

    def write(self) -> None:
        """Store what was placed."""
        wording_index.record_heads(self._session, self._placed.values())
        self._placed.clear()

    def _read_heads(self, serials: set[int]) -> None:
        if missing := sorted(serials - self._heads.keys()):
            self._heads |= wording_index.heads(self._session, missing)

    def _chosen(self, asked: VersionQuery) -> set[int]:
        """The wordings that share the most and rarest grams with a quotation, and as many heads of such wordings."""
        ranked = self._ranked[asked.text]
        chosen = set(ranked[:MAX_COMPARED])
        if len(ranked) > MAX_COMPARED:
            self._read_heads(set(ranked))
            chosen |= set(list(dict.fromkeys(self._heads[serial] for serial in ranked))[:MAX_COMPARED])
        return chosen - {asked.serial}


def find_related(session: Session, text: str, prints: Sequence[int]) -> list[tuple[WordingEntry, str]]:
    """The stored wordings that the quotation ``text``, which has none itself, is related to, and of what kind."""
    asked = VersionQuery(text, prints)
    standing = StoredWordings(session, VersionKinds())
    standing.look_up([asked])
    return standing.related(asked)


def add_wordings(
    session: Session, standing: Mapping[int, int], fresh: Mapping[int, Known], kinds: VersionKinds
) -> None:
    """Find of what the wordings that came in with a revision are versions, and count it.

    ``fresh`` are those that no other has, by serial; ``standing`` the others that it prints, with their heads.
    """
    placed, counted = _arrange(session, kinds, fresh)
    more: dict[int, Counter[str]] = {}
    for serial, head in standing.items():
        more.setdefault(placed[serial].head if serial in placed else head, Counter())
    for one in (placed[serial] for serial in fresh):
        more.setdefault(one.head, Counter()).update(_weight(one))
    added = {head: {**one, "carried": 1} for head, one in more.items() if head not in counted}
    wording_index.add_counts(session, added)


def remove_wordings(
    session: Session, listed: Iterable[WordingEntry], gone: Collection[int], loose: Iterable[int]
) -> None:
    """Count a revision out whose wordings these were; those that are ``gone`` with it are not stored any more.

    ``loose`` are versions of the gone ones: it is found of what they are versions now.
    """
    _, counted = _arrange(session, VersionKinds(), loose=loose)
    less: dict[int, Counter[str]] = {}
    for one in listed:
        less.setdefault(one.head, Counter()).subtract(_weight(one) if one.serial in gone else {})
    taken = {head: {**one, "carried": -1} for head, one in less.items() if head not in counted}
    wording_index.add_counts(session, taken)


def _weight(one: WordingEntry) -> dict[str, int]:
    """What a wording counts for its head."""
    return {"wordings": int(one.kind != "same"), "reworded": int(one.kind == "reworded")}


def _arrange(
    session: Session, kinds: VersionKinds, fresh: Mapping[int, Known] = _NONE, loose: Iterable[int] = ()
) -> tuple[dict[int, WordingEntry], set[int]]:
    """What was placed of new wordings and of what hangs on them, and the heads that were counted anew for that.

    The more complete come first: whether a wording is a head hangs on more complete ones alone. What is new is not
    counted yet: for that, nothing has to be read of a quotation that thousands carry.
    """
    standing = StoredWordings(session, kinds)
    waiting: list[tuple[tuple[int, int], int]] = []
    pushed: dict[int, tuple[WordingEntry, VersionQuery]] = {}
    followed: dict[int, int] = {}  # of what lost its head, the wording that this one is a version of now
    placed: dict[int, WordingEntry] = {}

    def push(found: Iterable[WordingEntry]) -> None:
        asked = []
        for one in found:
            if one.serial not in pushed:
                own = fresh.get(one.serial) or known(one.text)
                asked.append(VersionQuery(one.text, own.prints if own else (), one.serial))
                pushed[one.serial] = one, asked[-1]
                heapq.heappush(waiting, (one.rank, one.serial))
        standing.look_up(asked)

    push(standing.entries(sorted({*fresh, *loose})))
    touched: set[int] = set()
    while waiting:
        _, serial = heapq.heappop(waiting)
        one, asked = pushed[serial]
        found = standing.related(asked, followed.get(serial))
        over = min(
            ((other, kind) for other, kind in found if other.is_head and other.rank < one.rank),
            key=lambda pair: pair[0].rank,
            default=None,
        )
        head, kind = (over[0].serial, over[1]) if over else (serial, "whole")
        if (head, kind) == (one.head, one.kind):
            continue
        touched |= set() if serial in fresh else {one.head, head}
        placed[serial] = standing.place(one, head, kind)
        if one.is_head != (kind == "whole"):
            push(other for other, _ in found if other.rank > one.rank)
            if one.is_head:
                left = standing.members(serial)
                followed |= dict.fromkeys(left, head)
                push(standing.entries(left))
    standing.write()
    wording_index.recount_heads(session, sorted(touched))
    return placed, touched


def _ranked(asked: VersionQuery, holders: Mapping[int, tuple[int, ...]]) -> list[int]:
    """The wordings that share grams with a quotation: first what shares the most, and the rarest."""
    scores: dict[int, float] = {}
    for value in asked.prints:
        for serial in holders[value]:
            scores[serial] = scores.get(serial, 0.0) + 1 / len(holders[value])
    scores.pop(asked.serial, None)
    return sorted(scores, key=lambda serial: (-round(scores[serial], 6), serial))[:MAX_RANKED]
