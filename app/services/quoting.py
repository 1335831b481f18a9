"""The quotations of an article: found in its text, stored with it, and taken out of what finds versions with it."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass

from sqlmodel import Session

from app.collation import quotations
from app.collation.quotations.utterances import utterances
from app.collation.quotations.wordings import Known, known
from app.db import queries_quotations, queries_relations, speaker_names, wordings
from app.db.engine import Database
from app.db.index import Text
from app.errors import StorageBusyError, StorageReadOnlyError
from app.permalinks import quotation_id
from app.services.arranging import Asked, Kinds, Standing, take_in, take_out

MOST = 500
"""Quotations of one article that are stored, its first: ten times what a long interview has."""

NAME_LENGTH = 200
"""Characters of a name that counts as a person's."""

BATCH = 16
"""Articles whose quotations are stored in one transaction."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one speaker says in one go."""

    places: tuple[tuple[int, int, int], ...]
    """Paragraph, start and end of each part, marks included."""
    text: str
    speaker: str | None
    person: str | None
    cue: str | None
    known: Known | None
    """None where it is too short to be a version of another."""


def said(paragraphs: Sequence[str], furniture: Collection[int] = ()) -> tuple[Said, ...]:
    """The quotations of a text, in order; those of its furniture do not count. It takes some milliseconds."""
    if not quotations.find(paragraphs):
        return ()
    attributed = quotations.attribute(paragraphs)
    found = []
    for one in utterances(paragraphs, attributed):
        parts = [attributed[place].quotation for place in one.parts]
        if parts[0].paragraph in furniture or not one.text:
            continue
        person = one.person if one.person and len(one.person) <= NAME_LENGTH else None
        places = tuple((part.paragraph, part.start, part.end) for part in parts)
        found.append(Said(places, one.text, one.speaker, person, one.cue, known(one.text)))
    return tuple(found[:MOST])


def look(db: Database, found: Sequence[Said]) -> Kinds:
    """How these quotations stand to the stored ones: done before a lock is taken, it need not be done under it."""
    kinds = Kinds()
    fresh = {one.known.digest: Asked(one.text, one.known.prints) for one in found if one.known}
    if fresh:
        with db.reading() as session:
            known_already = wordings.standing(session, fresh)
            asked = [one for digest, one in fresh.items() if digest not in known_already]
            standing = Standing(session, kinds)
            standing.look_up(asked)
            for one in asked:
                standing.related(one)
    return kinds


def store(session: Session, revision: str, found: Sequence[Said], kinds: Kinds) -> None:
    """Store the quotations of a newest revision, in the caller's transaction; it has none stored yet."""
    own = {one.known.digest: one.known for one in found if one.known}
    if own:
        standing = wordings.standing(session, own)
        fresh = wordings.store(session, [one for digest, one in own.items() if digest not in standing])
        heads = wordings.heads(session, standing.values()) if standing else {}
        queries_quotations.store(session, _rows(revision, found, standing | fresh))
        speaker_names.count(session, Counter(one.person for one in found if one.known and one.person))
        take_in(session, heads, {serial: own[digest] for digest, serial in fresh.items()}, kinds)
    else:
        queries_quotations.store(session, _rows(revision, found, {}))
    wordings.mark_quoted(session, revision)


def forget(session: Session, revision: str) -> None:
    """Take a revision, no longer the newest or about to go, out of what is counted and found; its links go on."""
    listed = queries_quotations.listed(session, revision)
    if not listed:
        return
    serials = sorted({wording for wording, _ in listed})
    entries = wordings.entries(session, serials)
    queries_quotations.unlist(session, revision)
    kept = queries_quotations.printed(session, serials)
    loose: set[int] = set()
    gone: dict[int, Sequence[int]] = {}
    for serial, one in entries.items():
        if serial not in kept:
            loose |= {*wordings.members(session, serial)} if one.is_head else set()
            own = known(one.text)
            gone[serial] = own.prints if own else ()
    wordings.remove(session, gone.items())
    lost = Counter(person for _, person in listed if person)
    speaker_names.count(session, {name: -count for name, count in lost.items()})
    take_out(session, entries.values(), gone, loose)


def complete(db: Database, revision: str) -> None:
    """Store a revision's quotations where they are not yet; nothing where the database cannot be written now."""
    with db.reading() as session:
        if not _waits(session, revision):
            return
        text = queries_relations.texts(session, [revision]).get(revision)
    if text is not None:
        with suppress(StorageReadOnlyError, StorageBusyError):
            _store(db, [(text, said(text.paragraphs, text.furniture))])


def find_pending(
    db: Database, workers: Executor | None = None, advance: Callable[[int], object] = bool
) -> int:
    """How many articles' quotations were stored just now: all that waited for it, in the order in which they came.

    Each batch is a transaction, so it may be stopped at any time and goes on where it stood. ``advance`` is told after
    each batch how many are done.
    """
    done, after = 0, 0
    while True:
        with db.reading() as session:
            waiting = wordings.pending(session, after, BATCH)
            texts = queries_relations.texts(session, [revision for _, revision in waiting])
        if not waiting:
            return done
        chosen = [texts[revision] for _, revision in waiting if revision in texts]
        _store(db, list(zip(chosen, (workers.map if workers else map)(_said, chosen), strict=True)))
        done += len(waiting)
        advance(done)
        after = waiting[-1][0]


def clear(session: Session) -> None:
    """Take out all that finds versions and counts them; each article's quotations are then to be stored again."""
    wordings.clear(session)
    speaker_names.clear(session)


def _store(db: Database, found: Sequence[tuple[Text, Sequence[Said]]]) -> None:
    kinds = look(db, [one for _, several in found for one in several])
    with db.writing() as session:
        for text, several in found:
            if wordings.is_quoted(session, text.revision) is False:
                forget(session, text.revision)
                queries_quotations.remove(session, text.revision)
                store(session, text.revision, several, kinds)
            elif _waits(session, text.revision):
                queries_quotations.store(session, _rows(text.revision, several, {}))


def _waits(session: Session, revision: str) -> bool:
    """Whether quotations of this revision may have to be stored: the newest says so, an earlier one has none."""
    quoted = wordings.is_quoted(session, revision)
    return not queries_quotations.of_revision(session, revision) if quoted is None else not quoted


def _said(text: Text) -> tuple[Said, ...]:
    return said(text.paragraphs, text.furniture)


def _rows(revision: str, found: Sequence[Said], standing: dict[int, int]) -> list[queries_quotations.Row]:
    return [
        queries_quotations.Row(
            id=quotation_id(revision, *one.places[0]),
            revision=revision,
            wording=standing.get(one.known.digest) if one.known else None,
            places=[list(place) for place in one.places],
            speaker=one.speaker,
            person=one.person,
            cue=one.cue,
            text=one.text,
        )
        for one in found
    ]
