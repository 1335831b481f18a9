"""Which fingerprints are nobody's own text: page furniture, calls to subscribe, a phrase that every outlet prints.

They are neither looked up nor counted as shared. What counts is in how many *groups of copies* a fingerprint stands,
not in how many articles: a wire story at 500 outlets is one group, and its text stays its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session

from app.db import index
from app.db.index import Entry

Prints = NDArray[np.int64]

FEWEST, MOST = 8, 200
"""Groups from which a fingerprint can be frequent at all, and those from which it always is. On a million articles
200 cut false reports from 2.0 to .33 a query; below eight, what eight outlets quote would be taken for furniture."""

HOLDERS = 256
"""Articles that are looked at for one fingerprint: somewhat more than ``MOST`` groups need."""

RECOUNTED = 64
"""Fingerprints whose holders are in memory at once while they are counted again."""

TOGETHER = 1024
"""Texts that are laid beside one another all at once, in some milliseconds; of more, those that are asked for."""

_BESIDES = -1
"""Stands for the serial of a text that has none yet."""

COPY = 0.5
"""Of the smaller set of fingerprints, the share in common from which two articles are copies of one another."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a text's fingerprints are found to be."""

    holders: dict[int, tuple[int, ...]]
    """By fingerprint, those apart that are frequent: the serials of other entries that hold it."""
    frequent: frozenset[int]
    found: dict[int, int]
    """Frequent ones that were not known to be: in how many groups each stands."""


def groups_allowed(serial: int) -> int:
    """In how many groups of copies a fingerprint may stand, by how many texts were indexed: the root, in doublings.

    Doublings, since with every step the fingerprints in between are looked at again.

    >>> [groups_allowed(n) for n in (0, 255, 256, 1024, 10_000, 65_536)]
    [8, 8, 16, 32, 64, 200]
    """
    root = FEWEST
    while root < MOST and (2 * root) ** 2 <= serial:
        root *= 2
    return min(root, MOST)


def look(session: Session, prints: tuple[int, ...], serial: int | None = None) -> Looked:
    """What the fingerprints of a text are, among the entries of the index besides its own, ``serial``."""
    allowed = groups_allowed(index.last(session))
    known = index.frequent_prints(session, prints, allowed)
    rest = [value for value in prints if value not in known]
    holders = {
        value: tuple(one for one in found if one != serial)
        for value, found in index.postings(session, rest, HOLDERS).items()
    }
    many = {value: found for value, found in holders.items() if len(found) >= allowed}
    counts = count_groups(session, many, allowed, prints) if many else {}
    found = {value: count for value, count in counts.items() if count > allowed}
    for value in found:
        del holders[value]
    return Looked(holders, known | frozenset(found), found)


def recount(session: Session, prints: Sequence[int]) -> dict[int, int]:
    """In how many groups each of these fingerprints stands now, up to one more than are allowed."""
    allowed = groups_allowed(index.last(session))
    counts: dict[int, int] = {}
    for start in range(0, len(prints), RECOUNTED):
        held = index.postings(session, prints[start : start + RECOUNTED], HOLDERS)
        counts |= count_groups(session, held, allowed)
    return counts


def recount_without(session: Session, entry: Entry) -> dict[int, int]:
    """In how many groups each of an entry's frequent fingerprints would stand without it.

    Those with as many holders as are looked at, or more, are left out: one fewer changes nothing.
    """
    prints = index.unpack(entry.prints)
    allowed = groups_allowed(index.last(session))
    known = index.frequent_prints(session, prints, allowed)
    holders = {
        value: tuple(serial for serial in found if serial != entry.serial)
        for value, found in index.postings(session, sorted(known), HOLDERS).items()
        if len(found) < HOLDERS
    }
    return count_groups(session, holders, allowed)


def count_groups(
    session: Session, holders: Mapping[int, tuple[int, ...]], allowed: int, besides: Sequence[int] = ()
) -> dict[int, int]:
    """For each fingerprint, the groups of copies among its holders, up to one more than ``allowed``.

    ``besides`` are the fingerprints of one more text that holds them all. The longest text of a group speaks for it,
    whichever came first.
    """
    serials = sorted({serial for found in holders.values() for serial in found})
    entries = index.of_serials(session, serials)
    texts = [(serial, index.numbers(entry.prints)) for serial, entry in entries.items()]
    if besides:
        texts.append((_BESIDES, np.array(besides, dtype=np.int64)))
    texts.sort(key=lambda text: (-len(text[1]), int(text[1][0])))
    copies = _Copies([prints for _, prints in texts])
    places = {serial: place for place, (serial, _) in enumerate(texts)}
    counted: dict[tuple[int, ...], int] = {}
    for found in holders.values():
        if found not in counted:
            held = sorted(places[one] for one in (*found, _BESIDES) if one in places)
            counted[found] = copies.groups(held, allowed + 1)
    return {value: counted[found] for value, found in holders.items()}


class _Copies:
    """Which of some texts, longest first, are copies of which; looked at one text at a time, as they are asked for."""

    def __init__(self, texts: list[Prints]) -> None:
        self._texts = texts
        self._sizes = np.array([len(text) for text in texts], dtype=np.int64)
        self._starts = np.cumsum(self._sizes) - self._sizes
        self._all = np.concatenate(texts) if texts else np.zeros(0, dtype=np.int64)
        self._known: dict[int, NDArray[np.bool_]] = {}
        if 2 < len(texts) <= TOGETHER:
            self._known = dict(enumerate(self._shared() >= COPY * self._sizes))

    def groups(self, places: Sequence[int], most: int) -> int:
        """How many of the texts at these places, rising, are no copies of one before; ``most`` at the most."""
        left = np.array(places, dtype=np.int64)
        count = 0
        while len(left) and count < most:
            count += 1
            left = left[~self._of(int(left[0]))[left]]
        return count

    def _shared(self) -> NDArray[np.int64]:
        """How many fingerprints each two of the texts share."""
        owners = np.repeat(np.arange(len(self._texts)), self._sizes)
        order = np.argsort(self._all, kind="stable")
        starts = np.flatnonzero(np.diff(self._all[order], prepend=-1))
        ends = np.append(starts[1:], len(order))
        shared = np.diag(self._sizes)
        for start, end in zip(
            starts[ends > starts + 1].tolist(), ends[ends > starts + 1].tolist(), strict=True
        ):
            held = owners[order[start:end]]
            shared[np.ix_(held, held)] += 1
        np.fill_diagonal(shared, self._sizes)
        return shared

    def _of(self, place: int) -> NDArray[np.bool_]:
        """Of each text whether it is a copy of the one at ``place``, itself included."""
        if place not in self._known:
            own = self._texts[place]
            at = np.minimum(np.searchsorted(own, self._all), len(own) - 1)
            shared = np.add.reduceat(own[at] == self._all, self._starts, dtype=np.int64)
            self._known[place] = shared >= COPY * self._sizes
        return self._known[place]
