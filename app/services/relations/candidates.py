"""Find the stored articles that a text may be related to, by its fingerprints and rarest words, and verify them.

Every step is bounded, however many articles there are (``collation.discovery.ranking``).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from app.collation import relations
from app.collation.discovery import copies, packing, ranking
from app.collation.discovery.signals import Signals
from app.collation.relations import Relation
from app.db.engine.base import Database
from app.db.index import fingerprints as fingerprint_index
from app.db.index import frequency
from app.db.index import words as word_index
from app.db.index.fingerprints import IndexedText, IndexEntry
from app.db.queries import articles as article_queries
from app.db.queries import relations as relation_queries
from app.services import preparing
from app.services.processes import run_apart
from app.services.relations import boilerplate
from app.services.summaries import Relative
from app.sources import Draft


@dataclass(frozen=True, slots=True)
class Candidates:
    """The candidates for a text, and what its look-up showed to be frequent."""

    best: tuple[ranking.Candidate, ...]
    looked: boilerplate.PrintLookup
    frequent_words: frozenset[str]
    """Words newly found to be frequent."""


@dataclass(frozen=True, slots=True)
class Verification:
    """A text and what it is to be verified against: all that ``verify`` needs, in any process."""

    paragraphs: tuple[str, ...]
    furniture: tuple[int, ...]
    others: tuple[IndexedText, ...]
    masked: frozenset[int]
    """Frequent fingerprints, whose text does not count as shared."""
    unmasked: frozenset[str]
    """Revisions among the others that hold none of these."""
    last_serial: int
    """The last serial at that moment: entries added later were not considered."""
    new_frequent_prints: dict[int, int]
    """Fingerprints newly found to be frequent, with their numbers of groups."""
    new_frequent_words: frozenset[str]


@dataclass(frozen=True, slots=True)
class VerifiedRelations:
    """What a text is related to."""

    verification: Verification
    relations: dict[str, Relation]
    """By revision, as seen from the text."""


def find_relatives(db: Database, draft: Draft, limit: int = 10) -> tuple[Relative, ...]:
    """Return at most ``limit`` stored articles that an unsaved text is related to; nothing is stored.

    Exact copies come first, then reuse by the larger share, then shared quotations, then the same story. Of equal
    shares, more paragraphs come first, and then more of them word for word.
    """
    draft_signals = preparing.signals_of(draft)
    with db.reading() as session:
        chosen = prepare_verification(session, draft.paragraphs, draft.furniture, draft_signals)
        return in_reading_order(session, verify(chosen).relations)[:limit]


def find_candidates(
    session: Session,
    prints: tuple[int, ...],
    words: tuple[str, ...],
    besides: int | None = None,
    limit: int = ranking.MAX_CANDIDATES,
) -> Candidates:
    """Return at most ``limit`` entries that share the rarest of a text's signals; ``besides`` is its own serial."""
    last = fingerprint_index.last_serial(session)
    spread = tuple(ranking.looked_up(prints))
    looked = boilerplate.look_up_prints(session, spread, copies.groups_allowed(last), besides)
    longest = ranking.longest_first(words)
    known = frequency.frequent_words(session, longest)
    looked_up = [word for word in longest if word not in known][: ranking.MAX_WORDS_LOOKED_UP]
    postings = word_index.postings(session, looked_up, ranking.MAX_HOLDERS_OF_A_RARE_WORD + 1)
    rare = [postings[word] for word in ranking.rarest(postings)]
    best = ranking.ranked(looked.holders, rare, len(spread), last, besides, limit)
    frequent_words = frozenset(
        word for word, serials in postings.items() if len(serials) > ranking.MAX_HOLDERS_OF_A_RARE_WORD
    )
    return Candidates(best, looked, frequent_words)


def prepare_verification(
    session: Session,
    paragraphs: Sequence[str],
    furniture: Sequence[int],
    text_signals: Signals,
    entry: IndexEntry | None = None,
    also: Collection[str] = (),
    *,
    in_turn: bool = False,
) -> Verification:
    """Return what a text is to be verified against: its candidates, and the revisions ``also``.

    ``entry`` is the text's own, if it is indexed. With ``in_turn``, pending entries are left out unless added before
    ``entry``, so that of two pending articles only the later verifies the pair.
    """
    seen = fingerprint_index.last_serial(session)
    candidates = find_candidates(
        session, text_signals.prints, text_signals.words, entry.serial if entry else None
    )
    standing = fingerprint_index.entries_by_serial(
        session, [candidate.serial for candidate in candidates.best]
    )
    entries = [standing[candidate.serial] for candidate in candidates.best if candidate.serial in standing]
    known = {other.revision for other in entries}
    if further := sorted(set(also) - known):
        entries += fingerprint_index.entries(session, further).values()
    if in_turn and entry is not None:
        entries = [other for other in entries if other.related or other.serial < entry.serial]
    texts = relation_queries.texts(session, [other.revision for other in entries])
    others = [texts[other.revision] for other in entries if other.revision in texts]
    masked = candidates.looked.frequent
    return Verification(
        tuple(paragraphs),
        tuple(furniture),
        tuple(others[: _as_many_as_may_be(paragraphs, others)]),
        masked,
        frozenset(other.revision for other in entries if masked.isdisjoint(packing.unpack(other.prints))),
        seen,
        candidates.looked.new_frequent,
        candidates.frequent_words,
    )


def _as_many_as_may_be(paragraphs: Sequence[str], others: Sequence[IndexedText]) -> int:
    return ranking.within_bounds(_work_on(paragraphs), [_work_on(other.paragraphs) for other in others])


def _work_on(paragraphs: Sequence[str]) -> int:
    return ranking.chars_counted(sum(map(len, paragraphs)), len(paragraphs))


def verify(chosen: Verification) -> VerifiedRelations:
    """Return what the text is related to, by comparing the texts themselves: long ones in a process of their own."""
    texts = [chosen.paragraphs, *(other.paragraphs for other in chosen.others)]
    return run_apart(sum(map(_work_on, texts)), _verified, chosen)


def _verified(chosen: Verification) -> VerifiedRelations:
    text = relations.prepare(chosen.paragraphs, chosen.furniture)
    others = [
        relations.prepare(other.paragraphs, other.furniture, maskable=other.revision not in chosen.unmasked)
        for other in chosen.others
    ]
    results = relations.relate_several(text, others, chosen.masked)
    related = {
        other.revision: relation for other, relation in zip(chosen.others, results, strict=True) if relation
    }
    return VerifiedRelations(chosen, related)


def in_reading_order(session: Session, related: dict[str, Relation]) -> tuple[Relative, ...]:
    """Return the related revisions as articles, the most interesting to a reader first."""
    entries = article_queries.entries(session, list(related))
    relatives = [
        Relative(entries[revision], relation) for revision, relation in related.items() if revision in entries
    ]
    return tuple(sorted(relatives, key=_order))


def _order(relative: Relative) -> tuple[int, float, float, int, int, str]:
    """Return a key that sorts the nearest first: of equal shares, the one of more paragraphs word for word."""
    relation = relative.relation
    shares = relation.base_in_witness, relation.witness_in_base
    if relation.kind == "same":
        rank = 0
    elif relation.is_reuse:
        rank = 1
    else:
        rank = 2 if relation.kind == "shares-quotation" else 3
    paragraphs, verbatim = -relation.base_shared, -relation.base_verbatim
    return rank, -max(shares), -min(shares), paragraphs, verbatim, relative.article.article
