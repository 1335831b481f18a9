"""How the stored articles are related: found when one is added, kept current as it changes, and read."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass, replace

from sqlmodel import Session

from app.collation.discovery import copies
from app.collation.discovery.signals import Signals, signals
from app.collation.relations import Relation
from app.db.engine.base import Database
from app.db.index import fingerprints as fingerprint_index
from app.db.index.fingerprints import IndexEntry
from app.db.queries import articles as article_queries
from app.db.queries import relations as relation_queries
from app.errors import NotFoundError, StorageBusyError, StorageReadOnlyError
from app.services.relations import boilerplate_scan, candidates, pairs, reindex, story_clusters
from app.services.relations.candidates import Verification, VerifiedRelations
from app.services.summaries import Relative
from app.sources import Draft

MAX_LATER_ARTICLES = 8
"""Articles added while another's relations were being found, which are verified under the lock: some milliseconds. With
more of them, the article is left pending."""

MAX_RELATED_AGAIN = 32
"""Articles that an addition relates again because a fingerprint became frequent, while the library is small. As it
grows each takes longer, and accordingly fewer are. The rest are pending until a reader asks or the worker comes."""

RELATED_PER_TRANSACTION = 32
"""Articles related in one transaction."""


@dataclass(frozen=True, slots=True)
class Relatives:
    """What an article is related to, the most interesting to a reader first."""

    reuse: tuple[Relative, ...]
    """The same text, copies, translations, parts: these form a story."""
    quoting: tuple[Relative, ...]
    """Articles that print one of its quotations, and no other text of it."""
    same_story: tuple[Relative, ...]
    """Articles that report the same in their own words."""


NO_RELATIVES = Relatives((), (), ())


def ensure_relations(db: Database, revision: str) -> Relatives:
    """Return what a revision is related to, found and stored first if that is pending. Raises NotFoundError.

    Nothing for a revision that is not its article's newest. If the database cannot be written now, the relations are
    returned all the same, and found again at the next call.
    """
    with db.reading() as session:
        relatives, verified = _read_or_find(session, revision)
        if relatives is None and revision not in article_queries.entries(session, [revision]):
            raise NotFoundError("There is no such revision.", "It may have been deleted with its article.")
    if relatives is None:  # an earlier revision, or one that waits to be indexed
        return ensure_relations(db, revision) if reindex.index_if_missing(db, revision) else NO_RELATIVES
    if verified:
        with suppress(StorageReadOnlyError, StorageBusyError):
            _store_again(db, {revision: verified})
    return relatives


def is_pending(session: Session, revision: str) -> bool:
    """Return whether the relations of a revision, its article's newest, still have to be found."""
    entry = fingerprint_index.entries(session, [revision]).get(revision)
    return not entry.related if entry else bool(fingerprint_index.still_unindexed(session, [revision]))


def read_in(session: Session, revision: str) -> Relatives:
    """Return what ``ensure_relations`` returns, in the caller's session: pending relations are found, but not stored.

    Nothing for a revision that is not indexed.
    """
    return _read_or_find(session, revision)[0] or NO_RELATIVES


def stored_relation(db: Database, base: str, witness: str) -> Relation | None:
    """Return the stored relation of two newest revisions, as seen from the base; None for earlier ones."""
    with db.reading() as session:
        return relation_queries.relation(session, base, witness)


def find_relations(db: Database, draft: Draft, draft_signals: Signals) -> VerifiedRelations:
    """Find what a text about to be stored is related to, before any lock is taken."""
    with db.reading() as session:
        chosen = candidates.prepare_verification(session, draft.paragraphs, draft.furniture, draft_signals)
    return candidates.verify(chosen)


def store_relations(session: Session, article: str, revision: str, verified: VerifiedRelations) -> list[str]:
    """Store what a newly indexed article is related to, and put it into its story.

    Articles added since ``verified`` was computed are verified here. Return the revisions whose own relations have to
    be found again, for ``relate_again``.
    """
    seen = verified.verification.last_serial
    later = [
        entry.revision
        for entry in fingerprint_index.entries_after(session, seen, MAX_LATER_ARTICLES + 2)
        if entry.revision != revision
    ]
    if len(later) > MAX_LATER_ARTICLES:
        return [revision]
    texts = relation_queries.texts(session, later)
    meanwhile = (
        candidates.verify(replace(verified.verification, others=tuple(texts.values()))) if later else verified
    )
    waiting = boilerplate_scan.record_boilerplate(session, verified.verification)
    _store(session, article, revision, verified.relations | meanwhile.relations)
    return waiting


def has_grown(session: Session, seen: int) -> bool:
    """Return whether the library has grown so far, since the serial ``seen``, that less counts as frequent."""
    return copies.groups_allowed(fingerprint_index.last_serial(session)) > copies.groups_allowed(seen)


def relate_again(db: Database, revisions: Sequence[str], *, grown: bool = False) -> None:
    """Relate some of these revisions again, at most ``MAX_RELATED_AGAIN``, in a separate transaction.

    If the library has ``grown``, include those whose fingerprints are no longer frequent. If the database cannot be
    written now, they stay pending; what the caller stored is not affected.
    """
    with suppress(StorageReadOnlyError, StorageBusyError):
        waiting = [
            *revisions,
            *(boilerplate_scan.release_outgrown_prints(db, MAX_RELATED_AGAIN) if grown else ()),
        ]
        if not waiting:
            return
        with db.reading() as session:
            allowed = copies.groups_allowed(fingerprint_index.last_serial(session))
            first = waiting[: max(1, MAX_RELATED_AGAIN * copies.MIN_GROUPS // allowed)]
            entries = [
                entry for entry in fingerprint_index.entries(session, first).values() if not entry.related
            ]
            chosen = {entry.revision: _choose_again(session, entry) for entry in entries}
        if chosen:
            _store_again(
                db, {revision: candidates.verify(verification) for revision, verification in chosen.items()}
            )


def relate_pending(
    db: Database,
    workers: Executor | None = None,
    advance: Callable[[int], object] = bool,
    batch: int = RELATED_PER_TRANSACTION,
    *,
    afresh: bool = True,
) -> int:
    """Relate all pending articles, in the order in which they were added, and return how many.

    Each ``batch`` of articles is one transaction, so it can be stopped at any time and resumed. ``workers``, if given,
    verify; the texts are sent to them. ``advance`` is called after each batch with the number done so far. Boilerplate
    is looked for first, unless this resumes a run that was just stopped (not ``afresh``).
    """
    if afresh:
        boilerplate_scan.release_outgrown_prints(db)
        boilerplate_scan.scan_if_worthwhile(db)
    done, after = 0, 0
    while True:
        with db.reading() as session:
            waiting = fingerprint_index.pending_entries(session, after, batch)
            chosen = {entry.revision: _choose_again(session, entry, in_turn=True) for entry in waiting}
        if not waiting and not after:
            return done
        if not waiting:
            after = 0  # start over: boilerplate found meanwhile may have queued some again
            continue
        verified = (workers.map if workers else map)(candidates.verify, chosen.values())
        _store_again(db, dict(zip(chosen, verified, strict=True)))
        done += len(waiting)
        advance(done)
        after = waiting[-1].serial


def store_given(session: Session, by_revision: Mapping[str, tuple[str, dict[str, Relation]]]) -> int:
    """Store relations that were verified elsewhere, for each revision with its article; return how many are new.

    Each pair is given once. A pair of which something is stored already is left as it is, and so is a deleted article.
    """
    count = 0
    indexed = fingerprint_index.entries(session, sorted(by_revision))
    for revision, (article, given) in by_revision.items():
        if revision not in indexed:
            continue
        stored = {other for other, _ in relation_queries.related(session, [revision])[revision]}
        new = {other: relation for other, relation in given.items() if other not in stored}
        _store(session, article, revision, new)
        count += len(new)
    return count


def _choose_again(session: Session, entry: IndexEntry, *, in_turn: bool = False) -> Verification:
    """Return what an indexed revision is to be verified against: its candidates, and what it was related to.

    Reuse by a later entry that is not pending is left as it is: whatever changes the relation of two makes both
    pending, and of two pending entries the later verifies the pair. So the first article of a wire story, whose text a
    thousand later ones reuse, is not verified against a thousand.
    """
    text = relation_queries.texts(session, [entry.revision])[entry.revision]
    related = dict(relation_queries.related(session, [entry.revision])[entry.revision])
    standing = fingerprint_index.entries(session, sorted(related))
    known = [
        other
        for other, other_entry in standing.items()
        if not (other_entry.related and other_entry.serial > entry.serial and related[other].is_reuse)
    ]
    text_signals = signals(text.paragraphs, text.furniture)
    return candidates.prepare_verification(
        session, text.paragraphs, text.furniture, text_signals, entry, known, in_turn=in_turn
    )


def _store_again(db: Database, by_revision: dict[str, VerifiedRelations]) -> None:
    with db.writing() as session:
        for revision, result in by_revision.items():
            entry = fingerprint_index.entries(session, [revision]).get(revision)
            if entry is None:
                continue  # it was edited or deleted meanwhile
            verified = {other.revision for other in result.verification.others}
            before = {
                other: relation
                for other, relation in relation_queries.related(session, [revision])[revision]
                if other in verified
            }
            # That two report the same story may have been found from the other alone, if this is among its nearest.
            found_there = {other for other, relation in before.items() if relation.kind == "same-story"}
            gone = before.keys() - (found_there - result.relations.keys())
            relation_queries.remove_relations(session, revision, sorted(gone))
            boilerplate_scan.record_boilerplate(session, result.verification)
            _store(session, entry.article, revision, result.relations)
            if any(
                relation.is_reuse and not (other in result.relations and result.relations[other].is_reuse)
                for other, relation in before.items()
            ):
                story_clusters.split_stories(session, _stories(session, [entry.article]))


def _store(session: Session, article: str, revision: str, relations: dict[str, Relation]) -> None:
    """Store what a revision is related to, except for revisions that are no longer the newest."""
    entries = fingerprint_index.entries(session, sorted(relations)) if relations else {}
    standing = [(other, relation) for other, relation in relations.items() if other in entries]
    relation_queries.store_relations(session, revision, standing)
    fingerprint_index.mark_related(session, [revision], related=True)
    story_clusters.join_stories(
        session, article, [entries[other].article for other, relation in standing if relation.is_reuse]
    )
    pairs.want_comparisons(session, revision, dict(standing))


def _read_or_find(session: Session, revision: str) -> tuple[Relatives | None, VerifiedRelations | None]:
    """Return an indexed revision's relatives, and what was found just now, to be stored; None if it is not indexed."""
    entry = fingerprint_index.entries(session, [revision]).get(revision)
    if entry is None:
        return None, None
    stored = dict(relation_queries.related(session, [revision])[revision])
    if entry.related:
        return _in_kinds(candidates.in_reading_order(session, stored)), None
    result = candidates.verify(_choose_again(session, entry))
    verified = {other.revision for other in result.verification.others}
    unverified = {other: relation for other, relation in stored.items() if other not in verified}
    return _in_kinds(candidates.in_reading_order(session, unverified | result.relations)), result


def _stories(session: Session, articles: Sequence[str]) -> list[str]:
    return [m.story for m in relation_queries.members_by_article(session, articles) if m.story]


def _in_kinds(relatives: tuple[Relative, ...]) -> Relatives:
    return Relatives(
        reuse=tuple(relative for relative in relatives if relative.relation.is_reuse),
        quoting=tuple(relative for relative in relatives if relative.relation.kind == "shares-quotation"),
        same_story=tuple(relative for relative in relatives if relative.relation.kind == "same-story"),
    )
