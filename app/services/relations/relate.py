"""How the stored articles are related: found when one comes in, kept while it changes, told with one look."""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass, replace

from sqlmodel import Session

from app.collation.relations import Relation
from app.db.engine.base import Database
from app.db.index import fingerprints as fingerprint_index
from app.db.index.fingerprints import IndexEntry
from app.db.queries import articles as article_queries
from app.db.queries import relations as relation_queries
from app.errors import NotFoundError, StorageBusyError, StorageReadOnlyError
from app.services.relations import boilerplate, boilerplate_scan, candidates, reindex, story_clusters
from app.services.relations.candidates import Verification, VerifiedRelations
from app.services.relations.index import Signals, signals
from app.services.summaries import Relative
from app.sources import Draft

MAX_LATER_ARTICLES = 8
"""Articles that came in while one was looked at, and are verified under the lock: some milliseconds. Where there are
more, the article waits to be related again."""

MAX_RELATED_AGAIN = 32
"""Articles that an addition relates again because a fingerprint became frequent, while the library is small: as it
grows each takes longer, and as many fewer are. The rest wait until asked for, or until the background is at them."""

RELATED_PER_TRANSACTION = 32
"""Articles whose relations are stored in one transaction."""


@dataclass(frozen=True, slots=True)
class Relatives:
    """What an article is related to, in the order in which a reader wants it."""

    reuse: tuple[Relative, ...]
    """The same text, copies, translations, parts: what forms a story."""
    quoting: tuple[Relative, ...]
    """What prints one of its quotations, and no other text of it."""
    same_story: tuple[Relative, ...]
    """What tells the same in its own words."""


NO_RELATIVES = Relatives((), (), ())


def ensure_relations(db: Database, revision: str) -> Relatives:
    """Return what a revision is related to, found and stored first if that is pending. Raises NotFoundError.

    Nothing for a revision that is not its article's newest. If the database cannot be written now, the relations are
    returned all the same, and found again at the next call.
    """
    with db.reading() as session:
        relatives, found = _read_or_find(session, revision)
        if relatives is None and revision not in article_queries.entries(session, [revision]):
            raise NotFoundError("There is no such revision.", "It may have been deleted with its article.")
    if relatives is None:  # an earlier revision, or one that waits to be indexed
        return ensure_relations(db, revision) if reindex.index_if_missing(db, revision) else NO_RELATIVES
    if found:
        with suppress(StorageReadOnlyError, StorageBusyError):
            _store_again(db, {revision: found})
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
    """How two revisions are related, told from the base, as it is stored: for newest revisions alone."""
    with db.reading() as session:
        return relation_queries.relation(session, base, witness)


def find_relations(db: Database, draft: Draft, own: Signals) -> VerifiedRelations:
    """What a text that is about to be stored is related to, found before any lock is taken."""
    with db.reading() as session:
        chosen = candidates.prepare_verification(session, draft.paragraphs, draft.furniture, own)
    return candidates.verify(chosen)


def store_relations(session: Session, article: str, revision: str, found: VerifiedRelations) -> list[str]:
    """Store what an article that was just indexed is related to, and put it into its story.

    In the caller's transaction. What came in since ``found`` was found is verified here. Gives the revisions whose
    own relations have to be looked at again, for ``settle``.
    """
    seen = found.verification.last_serial
    later = [
        entry.revision
        for entry in fingerprint_index.entries_after(session, seen, MAX_LATER_ARTICLES + 2)
        if entry.revision != revision
    ]
    if len(later) > MAX_LATER_ARTICLES:
        return [revision]
    texts = relation_queries.texts(session, later)
    meanwhile = (
        candidates.verify(replace(found.verification, others=tuple(texts.values()))) if later else found
    )
    waiting = boilerplate_scan.record_boilerplate(session, found.verification)
    _store(session, article, revision, found.relations | meanwhile.relations)
    return waiting


def has_grown(session: Session, seen: int) -> bool:
    """Whether, since ``seen`` was the last serial, the library has grown so far that less is frequent in it."""
    return boilerplate.groups_allowed(fingerprint_index.last_serial(session)) > boilerplate.groups_allowed(
        seen
    )


def relate_again(db: Database, revisions: Sequence[str], *, grown: bool = False) -> None:
    """Relate some of these revisions again, ``MAX_RELATED_AGAIN`` at most, in a transaction of their own.

    With them, where the library has ``grown`` so far, those whose fingerprints are not frequent any more. Where the
    database cannot be written just now they go on waiting: what the caller stored stands.
    """
    with suppress(StorageReadOnlyError, StorageBusyError):
        waiting = [
            *revisions,
            *(boilerplate_scan.release_outgrown_prints(db, MAX_RELATED_AGAIN) if grown else ()),
        ]
        if not waiting:
            return
        with db.reading() as session:
            allowed = boilerplate.groups_allowed(fingerprint_index.last_serial(session))
            first = waiting[: max(1, MAX_RELATED_AGAIN * boilerplate.MIN_GROUPS // allowed)]
            entries = [
                entry for entry in fingerprint_index.entries(session, first).values() if not entry.related
            ]
            chosen = {entry.revision: _choose_again(session, entry) for entry in entries}
        if chosen:
            _store_again(db, {revision: candidates.verify(one) for revision, one in chosen.items()})


def relate_pending(
    db: Database,
    workers: Executor | None = None,
    advance: Callable[[int], object] = bool,
    batch: int = RELATED_PER_TRANSACTION,
    *,
    afresh: bool = True,
) -> int:
    """How many articles were related just now: all that wait for it, in the order in which they came.

    Each ``batch`` of articles is a transaction, so it may be stopped at any time and goes on where it stood.
    ``workers`` verify, where they are given; the texts are sent to them. ``advance`` is told after each batch how many
    are done. What is frequent is looked for first, but where it goes on with what was begun just before, not
    ``afresh``.
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
            after = 0  # once more from the beginning: what was learnt meanwhile may let some wait again
            continue
        verified = (workers.map if workers else map)(candidates.verify, chosen.values())
        _store_again(db, dict(zip(chosen, verified, strict=True)))
        done += len(waiting)
        advance(done)
        after = waiting[-1].serial


def _choose_again(session: Session, entry: IndexEntry, *, in_turn: bool = False) -> Verification:
    """What an indexed revision is to be verified against: its candidates, and what it was related to.

    Reuse by an entry that came in later and waits for nothing is left as it stands: whatever lets the relation of two
    change lets both wait, and of two that wait the later one verifies it. So the first of a wire story, whose text a
    thousand later ones reuse, is not verified against a thousand.
    """
    text = relation_queries.texts(session, [entry.revision])[entry.revision]
    related = dict(relation_queries.related(session, [entry.revision])[entry.revision])
    standing = fingerprint_index.entries(session, sorted(related))
    known = [
        other
        for other, there in standing.items()
        if not (there.related and there.serial > entry.serial and related[other].is_reuse)
    ]
    own = signals(text.paragraphs, text.furniture)
    return candidates.prepare_verification(
        session, text.paragraphs, text.furniture, own, entry, known, in_turn=in_turn
    )


def _store_again(db: Database, found: dict[str, VerifiedRelations]) -> None:
    with db.writing() as session:
        for revision, one in found.items():
            entry = fingerprint_index.entries(session, [revision]).get(revision)
            if entry is None:
                continue  # it was edited or deleted meanwhile
            verified = {other.revision for other in one.verification.others}
            before = {
                other: relation
                for other, relation in relation_queries.related(session, [revision])[revision]
                if other in verified
            }
            # That two tell the same story may have been found from the other one alone, of whose nearest this is one.
            told_there = {other for other, relation in before.items() if relation.kind == "same-story"}
            gone = before.keys() - (told_there - one.relations.keys())
            relation_queries.remove_relations(session, revision, sorted(gone))
            boilerplate_scan.record_boilerplate(session, one.verification)
            _store(session, entry.article, revision, one.relations)
            if any(
                relation.is_reuse and not (other in one.relations and one.relations[other].is_reuse)
                for other, relation in before.items()
            ):
                story_clusters.split_stories(session, _stories(session, [entry.article]))


def _store(session: Session, article: str, revision: str, relations: dict[str, Relation]) -> None:
    """Store what a revision is related to, but for what is no newest revision any more."""
    entries = fingerprint_index.entries(session, sorted(relations)) if relations else {}
    standing = [(other, relation) for other, relation in relations.items() if other in entries]
    relation_queries.store_relations(session, revision, standing)
    fingerprint_index.mark_related(session, [revision], related=True)
    story_clusters.join_stories(
        session, article, [entries[other].article for other, relation in standing if relation.is_reuse]
    )


def _read_or_find(session: Session, revision: str) -> tuple[Relatives | None, VerifiedRelations | None]:
    """Return an indexed revision's relatives, and what was found just now, to be stored; None if it is not indexed."""
    entry = fingerprint_index.entries(session, [revision]).get(revision)
    if entry is None:
        return None, None
    stored = dict(relation_queries.related(session, [revision])[revision])
    if entry.related:
        return _in_kinds(candidates.in_reading_order(session, stored)), None
    found = candidates.verify(_choose_again(session, entry))
    verified = {other.revision for other in found.verification.others}
    unverified = {other: relation for other, relation in stored.items() if other not in verified}
    return _in_kinds(candidates.in_reading_order(session, unverified | found.relations)), found


def _stories(session: Session, articles: Sequence[str]) -> list[str]:
    return [m.story for m in relation_queries.members_by_article(session, articles) if m.story]


def _in_kinds(told: tuple[Relative, ...]) -> Relatives:
    return Relatives(
        reuse=tuple(one for one in told if one.relation.is_reuse),
        quoting=tuple(one for one in told if one.relation.kind == "shares-quotation"),
        same_story=tuple(one for one in told if one.relation.kind == "same-story"),
    )
