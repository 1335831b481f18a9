"""The quotations of an article: extracted from its text, stored with it, and withdrawn with it."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from contextlib import suppress

from sqlmodel import Session

from app.collation.quotations.extraction import ExtractedQuotation, extract_quotations
from app.collation.quotations.versions.signature import known
from app.db.engine.base import Database
from app.db.index import speaker_names
from app.db.index import wordings as wording_index
from app.db.index.fingerprints import IndexedText
from app.db.queries import quotations as quotation_queries
from app.db.queries import relations as relation_queries
from app.errors import StorageBusyError, StorageReadOnlyError
from app.permalinks import quotation_id
from app.services.quotations.cluster import (
    StoredWordings,
    VersionKinds,
    VersionQuery,
    add_wordings,
    remove_wordings,
)

EXTRACTED_PER_TRANSACTION = 16
"""Articles whose quotations are stored in one transaction."""


def compare_with_stored(db: Database, extracted: Sequence[ExtractedQuotation]) -> VersionKinds:
    """Compare these quotations with the stored ones before a lock is taken, so that it need not be done under it."""
    kinds = VersionKinds()
    fresh = {
        quotation.known.digest: VersionQuery(quotation.text, quotation.known.prints)
        for quotation in extracted
        if quotation.known
    }
    if fresh:
        with db.reading() as session:
            known_already = wording_index.serials_by_digest(session, fresh)
            queries = [query for digest, query in fresh.items() if digest not in known_already]
            stored = StoredWordings(session, kinds)
            stored.look_up(queries)
            for query in queries:
                stored.related(query)
    return kinds


def store_quotations(
    session: Session, revision: str, extracted: Sequence[ExtractedQuotation], kinds: VersionKinds
) -> None:
    """Store the quotations of a newest revision, which has none stored yet."""
    wordings = {quotation.known.digest: quotation.known for quotation in extracted if quotation.known}
    if wordings:
        stored = wording_index.serials_by_digest(session, wordings)
        fresh = wording_index.store(
            session, [wording for digest, wording in wordings.items() if digest not in stored]
        )
        heads = wording_index.heads(session, stored.values()) if stored else {}
        quotation_queries.store(session, _rows(revision, extracted, stored | fresh))
        speaker_names.add_counts(
            session,
            Counter(quotation.person for quotation in extracted if quotation.known and quotation.person),
        )
        add_wordings(session, heads, {serial: wordings[digest] for digest, serial in fresh.items()}, kinds)
    else:
        quotation_queries.store(session, _rows(revision, extracted, {}))
    wording_index.mark_quoted(session, revision)


def withdraw_quotations(session: Session, revision: str) -> None:
    """Withdraw a revision's quotations from counts and look-ups, as it is superseded or deleted; links still work."""
    listed = quotation_queries.wordings_with_speakers(session, revision)
    if not listed:
        return
    serials = sorted({wording for wording, _ in listed})
    entries = wording_index.entries(session, serials)
    quotation_queries.detach_wordings(session, revision)
    in_use = quotation_queries.wordings_in_use(session, serials)
    loose: set[int] = set()
    gone: dict[int, Sequence[int]] = {}
    for serial, entry in entries.items():
        if serial not in in_use:
            loose |= {*wording_index.version_serials(session, serial)} if entry.is_head else set()
            wording = known(entry.text)
            gone[serial] = wording.prints if wording else ()
    wording_index.remove(session, gone.items())
    lost = Counter(person for _, person in listed if person)
    speaker_names.add_counts(session, {name: -count for name, count in lost.items()})
    remove_wordings(session, entries.values(), gone, loose)


def store_if_missing(db: Database, revision: str) -> None:
    """Store a revision's quotations if that is pending, unless the database cannot be written now."""
    with db.reading() as session:
        if not is_pending(session, revision):
            return
        is_newest = wording_index.is_quoted(session, revision) is not None
        text = relation_queries.texts(session, [revision]).get(revision)
    extracted = _extracted(text) if text else ()
    if text and (extracted or is_newest):  # an earlier revision without quotations has nothing to store
        with suppress(StorageReadOnlyError, StorageBusyError):
            _store(db, [(text, extracted)])


def extract_pending(
    db: Database, workers: Executor | None = None, advance: Callable[[int], object] = bool
) -> int:
    """Store the quotations of all pending articles, in the order in which they were added, and return how many.

    Each batch is one transaction, so it can be stopped at any time and resumed. ``advance`` is called after each batch
    with the number done so far.
    """
    done, after = 0, 0
    while True:
        with db.reading() as session:
            waiting = wording_index.pending_revisions(session, after, EXTRACTED_PER_TRANSACTION)
            texts = relation_queries.texts(session, [revision for _, revision in waiting])
        if not waiting:
            return done
        chosen = [texts[revision] for _, revision in waiting if revision in texts]
        _store(db, list(zip(chosen, (workers.map if workers else map)(_extracted, chosen), strict=True)))
        done += len(waiting)
        advance(done)
        after = waiting[-1][0]


def clear_versions(session: Session) -> None:
    """Remove all wordings, counts and speakers' names; every article's quotations then have to be stored again."""
    wording_index.clear(session)
    speaker_names.clear(session)


def _store(db: Database, pending: Sequence[tuple[IndexedText, Sequence[ExtractedQuotation]]]) -> None:
    kinds = compare_with_stored(db, [quotation for _, several in pending for quotation in several])
    with db.writing() as session:
        for text, several in pending:
            if wording_index.is_quoted(session, text.revision) is False:
                withdraw_quotations(session, text.revision)
                quotation_queries.remove(session, text.revision)
                store_quotations(session, text.revision, several, kinds)
            elif is_pending(session, text.revision):
                quotation_queries.store(session, _rows(text.revision, several, {}))


def is_pending(session: Session, revision: str) -> bool:
    """Return whether a revision's quotations may still have to be stored.

    For its article's newest that is recorded; an earlier one may lack them as long as none are stored.
    """
    quoted = wording_index.is_quoted(session, revision)
    return not quotation_queries.marked_quotations(session, revision) if quoted is None else not quoted


def _extracted(text: IndexedText) -> tuple[ExtractedQuotation, ...]:
    return extract_quotations(text.paragraphs, text.furniture)


def _rows(
    revision: str, extracted: Sequence[ExtractedQuotation], serials: dict[int, int]
) -> list[quotation_queries.QuotationColumns]:
    return [
        quotation_queries.QuotationColumns(
            id=quotation_id(revision, *quotation.places[0]),
            revision=revision,
            wording=serials.get(quotation.known.digest) if quotation.known else None,
            places=[list(place) for place in quotation.places],
            speaker=quotation.speaker,
            person=quotation.person,
            cue=quotation.cue,
            text=quotation.text,
        )
        for quotation in extracted
    ]
