"""Which fingerprints are boilerplate: page extras, calls to subscribe, phrases that every outlet prints.

They are neither looked up nor counted as shared. What matters is in how many *groups of copies* a fingerprint occurs,
not in how many articles: a wire story at 500 outlets is one group, and its text remains its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session

from app.db.index import fingerprints as fingerprint_index
from app.db.index import frequency
from app.db.index.fingerprints import IndexEntry

Numbers = NDArray[np.int64]

MIN_GROUPS, MAX_GROUPS = 8, 200
"""Groups of copies from which a fingerprint can be frequent, and from which it always is. At a million articles, 200
cut false reports from 2.0 to 0.33 a query; below eight, what eight outlets quote would be taken for boilerplate."""

MAX_HOLDERS = 256
"""Articles read for one fingerprint: somewhat more than ``MAX_GROUPS`` groups need."""

PRINTS_RECOUNTED_AT_ONCE = 16
"""Fingerprints whose holders are in memory at once while their groups are counted again."""

_NO_SERIAL = -1
"""In place of the serial of a text that has none yet."""

MIN_COPY_SHARE = 0.5
"""Share of the smaller set of fingerprints from which two articles that have it in common are copies."""


@dataclass(frozen=True, slots=True)
class PrintLookup:
    """Which of a text's fingerprints are frequent, and which entries hold the others."""

    holders: dict[int, tuple[int, ...]]
    """By fingerprint, without the frequent ones: the serials of other entries that hold it."""
    frequent: frozenset[int]
    new_frequent: dict[int, int]
    """Fingerprints newly found to be frequent, with their numbers of groups."""


def groups_allowed(serial: int) -> int:
    """Return in how many groups of copies a fingerprint may occur: the square root of ``serial``, in doublings.

    ``serial`` is how many texts were indexed. Doublings, since at each step fingerprints must be counted again.

    >>> [groups_allowed(n) for n in (0, 255, 256, 1024, 10_000, 65_536)]
    [8, 8, 16, 32, 64, 200]
    """
    root = MIN_GROUPS
    while root < MAX_GROUPS and (2 * root) ** 2 <= serial:
        root *= 2
    return min(root, MAX_GROUPS)


def look_up_prints(
    session: Session, prints: tuple[int, ...], allowed: int, serial: int | None = None
) -> PrintLookup:
    """Look up a text's fingerprints among the entries of the index other than its own, ``serial``.

    ``allowed`` is the number of groups of copies in which a fingerprint may occur.
    """
    known = frequency.frequent_prints(session, prints, allowed)
    rest = [value for value in prints if value not in known]
    holders = {
        value: tuple(holder for holder in serials if holder != serial)
        for value, serials in fingerprint_index.postings(session, rest, MAX_HOLDERS).items()
    }
    many = {value: serials for value, serials in holders.items() if len(serials) >= allowed}
    counts = count_groups(session, many, allowed, prints) if many else {}
    frequent = {value: count for value, count in counts.items() if count > allowed}
    for value in frequent:
        del holders[value]
    return PrintLookup(holders, known | frozenset(frequent), frequent)


def recount_groups(session: Session, prints: Sequence[int]) -> dict[int, int]:
    """Count the groups in which each of these fingerprints occurs now, up to one more than are allowed."""
    allowed = groups_allowed(fingerprint_index.last_serial(session))
    counts: dict[int, int] = {}
    for start in range(0, len(prints), PRINTS_RECOUNTED_AT_ONCE):
        held = fingerprint_index.postings(
            session, prints[start : start + PRINTS_RECOUNTED_AT_ONCE], MAX_HOLDERS
        )
        counts |= count_groups(session, held, allowed)
    return counts


def recount_groups_without(session: Session, entry: IndexEntry) -> dict[int, int]:
    """Count the groups in which each of an entry's frequent fingerprints would occur without it.

    Those with ``MAX_HOLDERS`` holders or more are left out: one fewer changes nothing.
    """
    prints = fingerprint_index.unpack(entry.prints)
    allowed = groups_allowed(fingerprint_index.last_serial(session))
    known = frequency.frequent_prints(session, prints, allowed)
    holders = {
        value: tuple(serial for serial in serials if serial != entry.serial)
        for value, serials in fingerprint_index.postings(session, sorted(known), MAX_HOLDERS).items()
        if len(serials) < MAX_HOLDERS
    }
    return count_groups(session, holders, allowed)


def count_groups(
    session: Session, holders: Mapping[int, tuple[int, ...]], allowed: int, besides: Sequence[int] = ()
) -> dict[int, int]:
    """Count for each fingerprint the groups of copies among its holders, up to one more than ``allowed``.

    ``besides`` are the fingerprints of one more text that holds them all. The longest text of a group represents it,
    whichever was added first.
    """
    texts = fingerprint_index.packed_prints(
        session, sorted({serial for serials in holders.values() for serial in serials})
    )
    if besides:
        texts[_NO_SERIAL] = fingerprint_index.pack(besides)
    order = sorted(
        (serial for serial in texts if texts[serial]), key=lambda serial: (-len(texts[serial]), texts[serial])
    )
    copies = _Copies([texts[serial] for serial in order])
    places = {serial: place for place, serial in enumerate(order)}
    counted: dict[tuple[int, ...], int] = {}
    for serials in holders.values():
        if serials not in counted:
            held = sorted(places[serial] for serial in (*serials, _NO_SERIAL) if serial in places)
            counted[serials] = copies.groups(held, allowed + 1)
    return {value: counted[serials] for value, serials in holders.items()}


class _Copies:
    """The copies among some texts, longest first; found for one text at a time, on demand."""

    def __init__(self, texts: Sequence[bytes]) -> None:
        self._sizes = np.array(
            [len(text) // fingerprint_index.BYTES_PER_PRINT for text in texts], dtype=np.int64
        )
        self._owners = np.repeat(np.arange(len(texts)), self._sizes)
        self._prints = fingerprint_index.unpack_array(b"".join(texts))
        ordered = np.sort(self._prints)
        several = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
        at = np.searchsorted(several, self._prints)
        held = np.append(several, -1)[at] == self._prints
        shared = np.bincount(self._owners[held], minlength=len(texts))
        self._apart = shared < MIN_COPY_SHARE * self._sizes
        """For each text whether it is certainly no copy of another, as most holders of a line of boilerplate are."""
        # Parallel arrays: the fingerprint, among those that several texts hold, and the text that holds it.
        self._shared, self._sharers = at[held], self._owners[held]
        self._known: dict[int, Numbers] = {}

    def groups(self, places: Sequence[int], most: int) -> int:
        """Count the texts at these places, ascending, that are no copy of an earlier one; at most ``most``."""
        indices = np.array(places, dtype=np.int64)
        apart, left = indices[self._apart[indices]], indices[~self._apart[indices]]
        count = len(apart)
        while len(left) and count < most:
            place = int(left[0])
            shared = self._shared_with(place)
            before = apart[: np.searchsorted(apart, place)]
            left = left[1:]
            if not (shared[before] >= MIN_COPY_SHARE * self._sizes[place]).any():
                count += 1
                left = left[shared[left] < MIN_COPY_SHARE * self._sizes[left]]
        return min(count, most)

    @cached_property
    def _holders(self) -> tuple[Numbers, Numbers]:
        """The texts that hold each shared fingerprint, in consecutive lists, and where each list begins."""
        order = np.argsort(self._shared, kind="stable")
        counts = np.bincount(self._shared)
        return self._sharers[order], np.append(0, np.cumsum(counts))

    def _shared_with(self, place: int) -> Numbers:
        """Return how many fingerprints each text shares with the one at ``place``."""
        if place not in self._known:
            holders, begins = self._holders
            shared = self._shared[slice(*np.searchsorted(self._sharers, [place, place + 1]))]
            held = [holders[begins[position] : begins[position + 1]] for position in shared.tolist()]
            self._known[place] = np.bincount(np.concatenate(held), minlength=len(self._sizes))
        return self._known[place]
