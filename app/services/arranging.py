"""Which wordings are versions of one quotation, kept as articles come and go.

A wording is the *head* of its versions unless it is related to a more complete head; then it is a version of the most
complete of these. So each version is related to its head itself, as in app.collation.quotations.versions.cluster, and
what is a version of what depends on the wordings alone, not on the order in which they came.
"""

import heapq
from collections.abc import Iterable, Sequence

from sqlmodel import Session

from app.collation.quotations import versions
from app.collation.quotations.wordings import known
from app.db import wordings
from app.db.wordings import Entry

POSTINGS = 64
"""Wordings that are looked at for one gram: what more of them hold is anybody's phrase."""

VERIFIED = 24
"""Wordings that are compared with one, those that share the most and rarest grams with it; and as many heads that such
wordings have."""

RANKED = 200
"""Wordings whose heads are looked at."""


class Kinds:
    """How quotations stand to one another, each pair compared once: it can be done before a lock is taken."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], str] = {}

    def __call__(self, one: str, other: str) -> str:
        """``same``, ``part`` or ``reworded``; empty where they are no versions of one."""
        pair = (one, other) if one <= other else (other, one)
        if pair not in self._known:
            relation = versions.related(*pair)
            self._known[pair] = relation.kind if relation else ""
        return self._known[pair]


def related(
    session: Session,
    text: str,
    prints: Sequence[int],
    kinds: Kinds,
    besides: int | None = None,
    also: int | None = None,
) -> list[tuple[Entry, str]]:
    """The wordings that the quotation ``text`` is related to, and of what kind; ``besides`` is its own serial.

    It takes as long for any number of stored quotations. ``also`` is a serial that is compared in any case.
    """
    hits = wordings.holding(session, prints, POSTINGS)
    holders: dict[int, int] = {}
    for value, _ in hits:
        holders[value] = holders.get(value, 0) + 1
    scores: dict[int, float] = {}
    for value, serial in hits:
        scores[serial] = scores.get(serial, 0.0) + 1 / holders[value]
    scores.pop(besides or 0, None)
    ranked = sorted(scores, key=lambda serial: (-round(scores[serial], 6), serial))[:RANKED]
    chosen = set(ranked[:VERIFIED]) | ({also} if also else set())
    if len(ranked) > VERIFIED:
        over = wordings.heads(session, ranked)
        chosen |= set(list(dict.fromkeys(over[serial] for serial in ranked))[:VERIFIED])
    chosen.discard(besides or 0)
    near = wordings.entries(session, sorted(chosen)) if chosen else {}
    return [(one, kind) for _, one in sorted(near.items()) if (kind := kinds(one.text, text))]


def arrange(session: Session, serials: Iterable[int], kinds: Kinds, recounted: Iterable[int] = ()) -> None:
    """Find anew of what these wordings are versions, and what hangs on it; ``recounted`` are heads to count anew too.

    The more complete come first: whether a wording is a head hangs on more complete ones alone.
    """
    waiting: list[tuple[tuple[int, int], int]] = []
    pushed: dict[int, Entry] = {}
    followed: dict[int, int] = {}  # of what lost its head, the wording that this one is a version of now

    def push(found: Iterable[Entry]) -> None:
        for one in found:
            if one.serial not in pushed:
                pushed[one.serial] = one
                heapq.heappush(waiting, (one.rank, one.serial))

    push(wordings.entries(session, sorted(set(serials))).values())
    touched = set(recounted)
    while waiting:
        _, serial = heapq.heappop(waiting)
        one = pushed[serial]
        own = known(one.text)
        found = related(session, one.text, own.prints if own else (), kinds, serial, followed.get(serial))
        over = min(
            ((other, kind) for other, kind in found if other.is_head and other.rank < one.rank),
            key=lambda pair: pair[0].rank,
            default=None,
        )
        head, kind = (over[0].serial, over[1]) if over else (serial, "whole")
        if (head, kind) == (one.head, one.kind):
            continue
        touched |= {one.head, head}
        wordings.place(session, serial, head, kind)
        if one.is_head != (kind == "whole"):
            push(other for other, _ in found if other.rank > one.rank)
            if one.is_head:
                left = wordings.members(session, serial)
                followed |= dict.fromkeys(left, head)
                push(wordings.entries(session, left).values())
    wordings.recount(session, sorted(touched))
