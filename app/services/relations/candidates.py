"""Find the stored articles that a text may be related to, by its fingerprints and rarest words, and verify them.

Every step is bounded, however many articles there are: the fingerprints and words looked up, the entries read for each,
and the candidates verified.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, zip_longest
from math import log

from sqlmodel import Session

from app.collation import relations
from app.collation.relations import Relation
from app.db.engine.base import Database
from app.db.index import fingerprints as fingerprint_index
from app.db.index import frequency
from app.db.index import words as word_index
from app.db.index.fingerprints import IndexedText, IndexEntry
from app.db.queries import articles as article_queries
from app.db.queries import relations as relation_queries
from app.services.processes import run_apart
from app.services.relations import boilerplate
from app.services.relations.index import Signals, signals
from app.services.summaries import Relative
from app.sources import Draft

MAX_CANDIDATES = 24
"""Candidates that are verified. Of 706 pairs of versions of one news text none ranked below the 15th; of planted copies
at a million articles, as many are found as with 30."""

MAX_VERIFIED_CHARS = 800_000
"""Code points of the texts that are verified at once, the text itself counted with each, but one at least: 24 articles
of 2,800 words, or one of the greatest length. Beyond it the candidates of lower rank are left out."""

MAX_HOLDERS_OF_A_TELLING_PRINT = 10
"""Entries that may hold a fingerprint which makes a candidate on its own: in more of them it is a stock phrase."""

MAX_PRINTS_LOOKED_UP = 2000
"""Fingerprints of one text, evenly spaced, that are looked up: those of some 9,000 words."""

MAX_WORDS_LOOKED_UP = 64
"""Words of one text that are looked up to find the rarest: the longest that are not known to be frequent."""

MAX_WORDS_CHECKED = 400
"""Words of one text, the longest, that are checked for being known to be frequent."""

MAX_RARE_WORDS = 40
"""Of the words looked up, the rarest that count."""

MIN_SHARED_RARE_WORDS = 5
"""Rare words that a text must share if it shares no fingerprint, or half of its rare words if it has fewer. Of 706
pairs of versions of one news text the fewest were 8; of pairs that report one event in their own words 87 of 89 had so
many, or a fingerprint."""

MAX_HOLDERS_OF_A_RARE_WORD = 100
"""Articles that may hold a word that counts as rare."""

MAX_SHARING_ONE_PASSAGE = 8
"""Entries that share exactly the same few fingerprints with a text, so one passage, and keep their rank. Further ones
rank below everything else, or the lines under each article of one outlet would crowd out the rest."""

Weighed = dict[int, tuple[int, float, int]]
"""By entry: in how many posting lists it is, the sum of their weights, and the sum of their keys, which identifies
them."""

_NONE = (0, 0.0, 0)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An index entry that a text may be related to."""

    serial: int
    prints: int
    """How many fingerprints, none of them frequent, it shares."""
    words: int
    """How many of the text's rarest words it holds."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """The candidates for a text, and what its look-up showed to be frequent."""

    best: tuple[Candidate, ...]
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
    draft_signals = signals(draft.paragraphs, draft.furniture)
    with db.reading() as session:
        chosen = prepare_verification(session, draft.paragraphs, draft.furniture, draft_signals)
        return in_reading_order(session, verify(chosen).relations)[:limit]


def find_candidates(
    session: Session,
    prints: tuple[int, ...],
    words: tuple[str, ...],
    besides: int | None = None,
    limit: int = MAX_CANDIDATES,
) -> Candidates:
    """Return at most ``limit`` entries that share the rarest of a text's signals; ``besides`` is its own serial.

    A shared fingerprint or word weighs more, the fewer entries hold it. The best by either signal alternate.
    """
    last = fingerprint_index.last_serial(session)
    spread = prints[:: -(-len(prints) // MAX_PRINTS_LOOKED_UP) or 1]
    looked = boilerplate.look_up_prints(session, spread, boilerplate.groups_allowed(last), besides)
    longest = sorted(words, key=lambda word: (-len(word), word))[:MAX_WORDS_CHECKED]
    known = frequency.frequent_words(session, longest)
    looked_up = [word for word in longest if word not in known][:MAX_WORDS_LOOKED_UP]
    postings = word_index.postings(session, looked_up, MAX_HOLDERS_OF_A_RARE_WORD + 1)
    rare = sorted(
        ((serials, word) for word, serials in postings.items() if len(serials) <= MAX_HOLDERS_OF_A_RARE_WORD),
        key=lambda item: (len(item[0]), item[1]),
    )[:MAX_RARE_WORDS]
    by_prints = _weighed(looked.holders.items(), last + 1, besides)
    by_words = _weighed(enumerate(serials for serials, _ in rare), last + 1, besides)
    fewest = min(MIN_SHARED_RARE_WORDS, -(-len(rare) // 2))
    alone = log((last + 1) / (MAX_HOLDERS_OF_A_TELLING_PRINT + 1.5))
    telling = {serial for serial, (count, weight, _) in by_prints.items() if count > 1 or weight >= alone}
    telling |= {
        serial
        for serial, (count, _, _) in by_words.items()
        if count >= fewest or alone <= 0  # in a library of a few articles, anything shared is rare
    }
    first, further = _by_passage(by_prints, telling, boilerplate.MIN_COPY_SHARE * len(spread))
    by_turns = chain.from_iterable(zip_longest(first, _ranked(by_words, telling)))
    best = dict.fromkeys(serial for serial in chain(by_turns, further) if serial is not None)
    ranked = tuple(
        Candidate(serial, by_prints.get(serial, _NONE)[0], by_words.get(serial, _NONE)[0])
        for serial in islice(best, limit)
    )
    frequent_words = frozenset(
        word for word, serials in postings.items() if len(serials) > MAX_HOLDERS_OF_A_RARE_WORD
    )
    return Candidates(ranked, looked, frequent_words)


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
        tuple(_as_many_as_may_be(paragraphs, others)),
        masked,
        frozenset(
            other.revision for other in entries if masked.isdisjoint(fingerprint_index.unpack(other.prints))
        ),
        seen,
        candidates.looked.new_frequent,
        candidates.frequent_words,
    )


def _as_many_as_may_be(paragraphs: Sequence[str], others: Iterable[IndexedText]) -> Iterator[IndexedText]:
    """Yield the texts that are verified against one of these paragraphs, up to ``MAX_VERIFIED_CHARS``."""
    own, total = sum(map(len, paragraphs)), 0
    for place, other in enumerate(others):
        total += own + sum(map(len, other.paragraphs))
        if place and total > MAX_VERIFIED_CHARS:
            return
        yield other


def verify(chosen: Verification) -> VerifiedRelations:
    """Return what the text is related to, by comparing the texts themselves: long ones in a process of their own."""
    texts = [chosen.paragraphs, *(other.paragraphs for other in chosen.others)]
    return run_apart(sum(len(paragraph) for text in texts for paragraph in text), _verified, chosen)


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
    """Return a key by which the nearest stands first: of equal shares, the one of more paragraphs word for word."""
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


def _weighed(postings: Iterable[tuple[int, tuple[int, ...]]], total: int, besides: int | None) -> Weighed:
    """Score index entries by the posting lists that contain them; each list has a key."""
    weighed: Weighed = {}
    for key, serials in postings:
        weight = max(log(total / (len(serials) + 1)), 0.01) if len(serials) < total else 0.01
        for serial in serials:
            if serial != besides:
                count, sum_so_far, keys = weighed.get(serial, _NONE)
                weighed[serial] = count + 1, sum_so_far + weight, keys + key
    return weighed


def _by_passage(weighed: Weighed, telling: set[int], copied: float) -> tuple[list[int], list[int]]:
    """Return the ``telling`` entries, heaviest first, and apart those that rank too low among sharers of one passage.

    One that shares at least ``copied`` fingerprints is a copy and stays in the first list.
    """
    first: list[int] = []
    further: list[int] = []
    sharing: Counter[tuple[int, int]] = Counter()
    for serial in _ranked(weighed, telling):
        count, _, keys = weighed[serial]
        sharing[count, keys] += 1
        (further if sharing[count, keys] > MAX_SHARING_ONE_PASSAGE and count < copied else first).append(
            serial
        )
    return first, further


def _ranked(weighed: Weighed, telling: set[int]) -> list[int]:
    ranked = sorted((-round(weighed[serial][1], 6), serial) for serial in telling if serial in weighed)
    return [serial for _, serial in ranked]
