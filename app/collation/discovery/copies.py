"""Groups of copies: in how many of them a fingerprint may occur before it is nobody's own text.

What matters is in how many *groups of copies* a fingerprint occurs, not in how many articles: a wire story at 500
outlets is one group, and its text remains its own.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from app.collation.discovery import packing

Numbers = NDArray[np.int64]

MIN_GROUPS, MAX_GROUPS = 8, 200
"""Groups of copies from which a fingerprint can be frequent, and from which it always is. At a million articles, 200
cut false reports from 2.0 to 0.33 a query; below eight, what eight outlets quote would be taken for boilerplate."""

MAX_HOLDERS = 256
"""Articles read for one fingerprint: somewhat more than ``MAX_GROUPS`` groups need."""

MIN_COPY_SHARE = 0.5
"""Share of the smaller set of fingerprints from which two articles that have it in common are copies."""


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


def count_groups(
    holders: Mapping[int, tuple[int, ...]], texts: Mapping[int, bytes], allowed: int
) -> dict[int, int]:
    """Count for each fingerprint the groups of copies among its holders, up to one more than ``allowed``.

    ``texts`` holds the packed fingerprints of each holder. The longest text of a group represents it, whichever was
    added first.
    """
    order = sorted(
        (serial for serial in texts if texts[serial]), key=lambda serial: (-len(texts[serial]), texts[serial])
    )
    copies = _Copies([texts[serial] for serial in order])
    places = {serial: place for place, serial in enumerate(order)}
    counted: dict[tuple[int, ...], int] = {}
    for serials in holders.values():
        if serials not in counted:
            held = sorted(places[serial] for serial in serials if serial in places)
            counted[serials] = copies.groups(held, allowed + 1)
    return {value: counted[serials] for value, serials in holders.items()}


class _Copies:
    """The copies among some texts, longest first; found for one text at a time, on demand."""

    def __init__(self, texts: Sequence[bytes]) -> None:
        self._sizes = np.array([len(text) // packing.BYTES_PER_PRINT for text in texts], dtype=np.int64)
        self._owners = np.repeat(np.arange(len(texts)), self._sizes)
        self._prints = packing.unpack_array(b"".join(texts))
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
