"""Record what proves to be boilerplate, in one look-up or a scan of the index, and queue whom it affects."""

from collections.abc import Iterable

from sqlmodel import Session

from app.collation.discovery import copies
from app.collation.discovery.ranking import MAX_HOLDERS_OF_A_RARE_WORD
from app.db.engine.base import Database
from app.db.index import fingerprints as fingerprint_index
from app.db.index import frequency
from app.db.index import words as word_index
from app.db.queries import relations as relation_queries
from app.services.relations import boilerplate
from app.services.relations.candidates import Verification

ROWS_PER_TRANSACTION = 1_000_000
"""Rows of the fingerprint index read in one transaction: a tenth of a second's work."""

SCAN_IF_ONE_WAITS_IN = 100
"""The whole index is scanned first if more than one article in so many is pending. The scan takes some 20 us for each
article in the library, so 2 ms for each pending one, where relating it takes 50 ms, and 20 ms more for each frequent
fingerprint that it is the first to meet."""


def record_boilerplate(session: Session, chosen: Verification) -> list[str]:
    """Record what proved to be frequent; queue and return its holders that are related to one another."""
    frequency.record_words(session, chosen.new_frequent_words)
    return _record_prints(session, chosen.new_frequent_prints)


def record_group_counts(session: Session, counts: dict[int, int], allowed: int) -> list[str]:
    """Record group counts of fingerprints; queue and return the holders of those that are no longer frequent."""
    frequency.record_prints(session, {value: n if n > allowed else 0 for value, n in counts.items()})
    return _queue_holders(session, [value for value, n in counts.items() if n <= allowed], related_only=False)


def release_outgrown_prints(db: Database, most: int | None = None) -> list[str]:
    """Release fingerprints that are no longer frequent, since the library has grown; return their queued holders.

    With ``most``, check only that many fingerprints, while a reader waits; the next call checks the others.
    """
    with db.reading() as session:
        allowed = copies.groups_allowed(fingerprint_index.last_serial(session))
        counts = boilerplate.recount_groups(session, frequency.prints_in_at_most(session, allowed)[:most])
    if not counts:
        return []
    with db.writing() as session:
        return record_group_counts(session, counts, allowed)


def scan_index(db: Database) -> int:
    """Scan the whole index for frequent fingerprints and words, and record them; return how many fingerprints are new.

    Each piece is one reading and one short writing transaction, so it can be stopped at any time; what is recorded is
    not counted again.
    """
    with db.reading() as session:
        allowed = copies.groups_allowed(fingerprint_index.last_serial(session))
        pieces = frequency.split_print_range(session, ROWS_PER_TRANSACTION)
    new_count = 0
    for piece in pieces:
        with db.reading() as session:
            held = frequency.prints_held_by_many(session, piece, allowed)
            known = frequency.frequent_prints(session, held, allowed)
            counts = boilerplate.recount_groups(session, [value for value in held if value not in known])
        if new := {value: count for value, count in counts.items() if count > allowed}:
            new_count += len(new)
            with db.writing() as session:
                _record_prints(session, new)
    _scan_words(db)
    return new_count


def scan_if_worthwhile(db: Database) -> None:
    """Scan the whole index if enough articles are pending that it saves more work than it takes."""
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
            tokens, after = word_index.frequent_tokens(session, MAX_HOLDERS_OF_A_RARE_WORD, after or "")
        with db.writing() as session:
            frequency.record_tokens(session, tokens)


def _record_prints(session: Session, groups: dict[int, int]) -> list[str]:
    if not groups:
        return []
    frequency.record_prints(session, groups)
    return _queue_holders(session, groups, related_only=True)


def _queue_holders(session: Session, prints: Iterable[int], *, related_only: bool) -> list[str]:
    """Queue the holders of these fingerprints, or only those related to another holder, and return them."""
    waiting: dict[str, None] = {}
    for serials in sorted(
        set(fingerprint_index.postings(session, sorted(prints), copies.MAX_HOLDERS).values())
    ):
        holders = [entry.revision for entry in fingerprint_index.entries_by_serial(session, serials).values()]
        waiting |= dict.fromkeys(
            relation_queries.related_among(session, holders) if related_only else holders
        )
    fingerprint_index.mark_related(session, list(waiting), related=False)
    return list(waiting)
