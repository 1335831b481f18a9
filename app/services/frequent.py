"""Which fingerprints are nobody's own text: page furniture, calls to subscribe, a phrase that every outlet prints.

They are neither looked up nor counted as shared. What counts is in how many *groups of copies* a fingerprint stands,
not in how many articles: a wire story at 500 outlets is one group, and its text stays its own.
"""

from collections.abc import Iterable, Mapping
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
    counts = count_groups(session, many, frozenset(prints)) if many else {}
    found = {value: count for value, count in counts.items() if count > allowed}
    for value in found:
        del holders[value]
    return Looked(holders, known | frozenset(found), found)


def recount(session: Session, prints: Iterable[int]) -> dict[int, int]:
    """In how many groups each of these fingerprints stands now."""
    return count_groups(session, index.postings(session, sorted(prints), HOLDERS))


def recount_without(session: Session, entry: Entry) -> dict[int, int]:
    """In how many groups each of an entry's frequent fingerprints would stand without it.

    Those with as many holders as are looked at, or more, are left out: one fewer changes nothing.
    """
    prints = index.unpack(entry.prints)
    known = index.frequent_prints(session, prints, groups_allowed(index.last(session)))
    holders = {
        value: tuple(serial for serial in found if serial != entry.serial)
        for value, found in index.postings(session, sorted(known), HOLDERS).items()
        if len(found) < HOLDERS
    }
    return count_groups(session, holders)


def count_groups(
    session: Session, holders: Mapping[int, tuple[int, ...]], besides: frozenset[int] | None = None
) -> dict[int, int]:
    """For each fingerprint, the groups of copies among its holders; ``besides`` are those of one more that holds it.

    The longest text of a group speaks for it, whichever came first.
    """
    serials = sorted({serial for found in holders.values() for serial in found})
    entries = index.of_serials(session, serials)
    sets = {serial: index.numbers(entry.prints) for serial, entry in entries.items()}
    own = [] if besides is None else [np.array(sorted(besides), dtype=np.int64)]
    counted: dict[tuple[int, ...], int] = {}
    for found in holders.values():
        if found not in counted:
            counted[found] = _groups([*own, *(sets[serial] for serial in found if serial in sets)])
    return {value: counted[found] for value, found in holders.items()}


def _groups(texts: list[Prints]) -> int:
    """How many of the texts are no copies of a longer one that speaks for its group."""
    texts = sorted(texts, key=lambda text: (-len(text), int(text[0]) if len(text) else 0))
    sizes = np.array([len(text) for text in texts])
    shared = _shared(texts)
    speaking: list[int] = []
    for place, size in enumerate(sizes.tolist()):
        if not speaking or (shared[place, speaking] < COPY * size).all():
            speaking.append(place)
    return len(speaking)


def _shared(texts: list[Prints]) -> NDArray[np.int64]:
    """How many fingerprints each two of the texts share."""
    shared = np.zeros((len(texts), len(texts)), dtype=np.int64)
    if not texts:
        return shared
    prints = np.concatenate(texts)
    owners = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    order = np.argsort(prints, kind="stable")
    ends = np.flatnonzero(np.diff(prints[order])) + 1
    for holders in np.split(owners[order], ends):
        if len(holders) > 1:
            shared[np.ix_(holders, holders)] += 1
    return shared
