"""What is learnt to be frequent, from one look or the whole index: noted, and whom it concerns is related again."""

from collections.abc import Iterable

from sqlmodel import Session

from app.db.engine.base import Database
from app.db.index import fingerprints as fingerprint_index
from app.db.index import frequency
from app.db.index import words as word_index
from app.db.queries import relations as relation_queries
from app.services.relations import boilerplate
from app.services.relations.candidates import MAX_HOLDERS_OF_A_RARE_WORD, Verification

ROWS_PER_TRANSACTION = 1_000_000
"""Rows of the index by fingerprints that are read in one transaction: a tenth of a second's work."""

SCAN_IF_ONE_WAITS_IN = 100
"""One article in so many waits to be related when the whole index is looked through first. That takes some 20 us for
each that the library has: 2 ms, then, for each that waits, where relating it takes 50, and 20 more for each frequent
fingerprint that it is the first to meet."""


def record_boilerplate(session: Session, chosen: Verification) -> list[str]:
    """Note what turned out to be frequent. Gives the revisions that wait: related to another that holds it too."""
    frequency.record_words(session, chosen.new_frequent_words)
    return _record_prints(session, chosen.new_frequent_prints)


def record_group_counts(session: Session, counts: dict[int, int], allowed: int) -> list[str]:
    """Note in how many groups these fingerprints stand; the holders of those that are frequent no more have to wait."""
    frequency.record_prints(session, {value: n if n > allowed else 0 for value, n in counts.items()})
    return _queue_holders(session, [value for value, n in counts.items() if n <= allowed], related_only=False)


def release_outgrown_prints(db: Database, most: int | None = None) -> list[str]:
    """Take out what is not frequent any more, since the library has grown. Gives its holders, which now wait.

    ``most``: of so many fingerprints, where a reader waits for it; of the others the next look-up finds out.
    """
    with db.reading() as session:
        allowed = boilerplate.groups_allowed(fingerprint_index.last_serial(session))
        counts = boilerplate.recount_groups(session, frequency.prints_in_at_most(session, allowed)[:most])
    if not counts:
        return []
    with db.writing() as session:
        return record_group_counts(session, counts, allowed)


def scan_index(db: Database) -> int:
    """How many fingerprints were found to be frequent by looking through the whole index, and noted.

    Words are learnt with them. Each piece is a transaction that reads and a short one that writes, so it may be stopped
    at any time; what is noted is not counted again.
    """
    with db.reading() as session:
        allowed = boilerplate.groups_allowed(fingerprint_index.last_serial(session))
        pieces = frequency.split_print_range(session, ROWS_PER_TRANSACTION)
    found = 0
    for piece in pieces:
        with db.reading() as session:
            held = frequency.prints_held_by_many(session, piece, allowed)
            known = frequency.frequent_prints(session, held, allowed)
            counts = boilerplate.recount_groups(session, [value for value in held if value not in known])
        if new := {value: count for value, count in counts.items() if count > allowed}:
            found += len(new)
            with db.writing() as session:
                _record_prints(session, new)
    _scan_words(db)
    return found


def scan_if_worthwhile(db: Database) -> None:
    """Look through the whole index, if so many wait to be related that it spares more work than it takes."""
    with db.reading() as session:
        waits = (
            fingerprint_index.count_pending(
                session, 1 + fingerprint_index.last_serial(session) // SCAN_IF_ONE_WAITS_IN
            )
            > fingerprint_index.last_serial(session) // SCAN_IF_ONE_WAITS_IN
        )
    if waits:
        scan_index(db)


def _scan_words(db: Database) -> None:
    after = None
    while after != "":
        with db.reading() as session:
            found, after = word_index.frequent_tokens(session, MAX_HOLDERS_OF_A_RARE_WORD, after or "")
        with db.writing() as session:
            frequency.record_tokens(session, found)


def _record_prints(session: Session, groups: dict[int, int]) -> list[str]:
    if not groups:
        return []
    frequency.record_prints(session, groups)
    return _queue_holders(session, groups, related_only=True)


def _queue_holders(session: Session, prints: Iterable[int], *, related_only: bool) -> list[str]:
    """The holders of these fingerprints, now waiting to be related again; or those related to another holder."""
    waiting: dict[str, None] = {}
    for serials in sorted(
        set(fingerprint_index.postings(session, sorted(prints), boilerplate.MAX_HOLDERS).values())
    ):
        holders = [entry.revision for entry in fingerprint_index.entries_by_serial(session, serials).values()]
        waiting |= dict.fromkeys(
            relation_queries.related_among(session, holders) if related_only else holders
        )
    fingerprint_index.mark_related(session, list(waiting), related=False)
    return list(waiting)
