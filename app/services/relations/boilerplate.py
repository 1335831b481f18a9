"""Which fingerprints are boilerplate: page extras, calls to subscribe, phrases that every outlet prints.

They are neither looked up nor counted as shared. What matters is in how many *groups of copies* a fingerprint occurs,
not in how many articles: a wire story at 500 outlets is one group, and its text remains its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from app.collation.discovery import copies, packing
from app.db.index import fingerprints as fingerprint_index
from app.db.index import frequency
from app.db.index.fingerprints import IndexEntry

PRINTS_RECOUNTED_AT_ONCE = 16
"""Fingerprints whose holders are in memory at once while their groups are counted again."""

_NO_SERIAL = -1
"""In place of the serial of a text that has none yet."""


@dataclass(frozen=True, slots=True)
class PrintLookup:
    """Which of a text's fingerprints are frequent, and which entries hold the others."""

    holders: dict[int, tuple[int, ...]]
    """By fingerprint, without the frequent ones: the serials of other entries that hold it."""
    frequent: frozenset[int]
    new_frequent: dict[int, int]
    """Fingerprints newly found to be frequent, with their numbers of groups."""


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
        for value, serials in fingerprint_index.postings(session, rest, copies.MAX_HOLDERS).items()
    }
    many = {value: serials for value, serials in holders.items() if len(serials) >= allowed}
    counts = count_groups(session, many, allowed, prints) if many else {}
    frequent = {value: count for value, count in counts.items() if count > allowed}
    for value in frequent:
        del holders[value]
    return PrintLookup(holders, known | frozenset(frequent), frequent)


def recount_groups(session: Session, prints: Sequence[int]) -> dict[int, int]:
    """Count the groups in which each of these fingerprints occurs now, up to one more than are allowed."""
    allowed = copies.groups_allowed(fingerprint_index.last_serial(session))
    counts: dict[int, int] = {}
    for start in range(0, len(prints), PRINTS_RECOUNTED_AT_ONCE):
        held = fingerprint_index.postings(
            session, prints[start : start + PRINTS_RECOUNTED_AT_ONCE], copies.MAX_HOLDERS
        )
        counts |= count_groups(session, held, allowed)
    return counts


def recount_groups_without(session: Session, entry: IndexEntry) -> dict[int, int]:
    """Count the groups in which each of an entry's frequent fingerprints would occur without it.

    Those with ``MAX_HOLDERS`` holders or more are left out: one fewer changes nothing.
    """
    prints = packing.unpack(entry.prints)
    allowed = copies.groups_allowed(fingerprint_index.last_serial(session))
    known = frequency.frequent_prints(session, prints, allowed)
    holders = {
        value: tuple(serial for serial in serials if serial != entry.serial)
        for value, serials in fingerprint_index.postings(session, sorted(known), copies.MAX_HOLDERS).items()
        if len(serials) < copies.MAX_HOLDERS
    }
    return count_groups(session, holders, allowed)


def count_groups(
    session: Session, holders: Mapping[int, tuple[int, ...]], allowed: int, besides: Sequence[int] = ()
) -> dict[int, int]:
    """Count for each fingerprint the groups of copies among its holders, up to one more than ``allowed``.

    ``besides`` are the fingerprints of one more text that holds them all.
    """
    texts = fingerprint_index.packed_prints(
        session, sorted({serial for serials in holders.values() for serial in serials})
    )
    if besides:
        texts[_NO_SERIAL] = packing.pack(besides)
        holders = {value: (*serials, _NO_SERIAL) for value, serials in holders.items()}
    return copies.count_groups(holders, texts, allowed)
