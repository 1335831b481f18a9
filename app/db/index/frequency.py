"""Which fingerprints and words are known to be frequent, and the scan of the whole index that finds them.

A fingerprint in too many groups of copies, or a word in too many articles, is recorded once and never looked up again.
"""

import json
from collections.abc import Iterable, Sequence

import numpy as np
from sqlalchemy import delete, func, insert, select, text
from sqlmodel import Session, col

from app.collation.discovery import packing
from app.db.index import fingerprints as fingerprint_index
from app.db.index import words as word_index
from app.db.tables.base import Table
from app.db.tables.index import Fingerprint, FrequentPrint, FrequentWord

ENTRIES_SAMPLED = 64
"""Evenly spaced entries whose fingerprints show where to split the range of all fingerprints into equal pieces: these
are not uniformly distributed, since the least of each window is kept."""

_FREQUENT_PRINT, _FREQUENT_WORD = (
    Table.metadata.tables[str(table.__tablename__)] for table in (FrequentPrint, FrequentWord)
)
_KNOWN_PRINTS = {
    "sqlite": text(
        "SELECT hash FROM frequent_print WHERE groups > :groups AND hash IN (SELECT value FROM json_each(:asked))"
    ),
    "postgresql": text(
        "SELECT hash FROM frequent_print WHERE groups > :groups AND hash IN"
        " (SELECT CAST(value AS bigint) FROM json_array_elements_text(CAST(:asked AS json)))"
    ),
}
_KNOWN_WORDS = {
    "sqlite": text("SELECT word FROM frequent_word WHERE word IN (SELECT value FROM json_each(:asked))"),
    "postgresql": text(
        "SELECT word FROM frequent_word WHERE word IN"
        " (SELECT value FROM json_array_elements_text(CAST(:asked AS json)))"
    ),
}


def frequent_prints(session: Session, prints: Sequence[int], groups: int) -> frozenset[int]:
    """Return those of the fingerprints that are known to occur in more than ``groups`` groups of copies."""
    rows = session.execute(
        _KNOWN_PRINTS[fingerprint_index.database_kind(session)],
        {"asked": json.dumps(list(prints)), "groups": groups},
    )
    return frozenset(rows.scalars())


def prints_in_at_most(session: Session, groups: int) -> list[int]:
    """Return the recorded fingerprints that occurred in at most ``groups`` groups when they were last counted."""
    known = select(col(FrequentPrint.hash)).where(col(FrequentPrint.groups) <= groups)
    return list(session.execute(known.order_by(col(FrequentPrint.hash))).scalars())


def record_prints(session: Session, groups: dict[int, int]) -> None:
    """Record in how many groups each fingerprint occurs; 0 removes its record."""
    session.execute(delete(_FREQUENT_PRINT).where(_FREQUENT_PRINT.c.hash.in_(sorted(groups))))
    if rows := [{"hash": value, "groups": count} for value, count in groups.items() if count]:
        session.execute(insert(_FREQUENT_PRINT), rows)


def frequent_words(session: Session, words: Sequence[str]) -> frozenset[str]:
    """Return those of the words that are known to be in too many articles to be looked up."""
    by_token = word_index.tokens(session, words)
    return frozenset(by_token[token] for token in _known_tokens(session, by_token))


def record_words(session: Session, words: Iterable[str]) -> None:
    """Record words as too frequent to be looked up."""
    record_tokens(session, word_index.tokens(session, words))


def record_tokens(session: Session, tokens: Iterable[str]) -> None:
    """Record words, given as their tokens in the word index, as too frequent to be looked up."""
    distinct = sorted(set(tokens))
    known = set(_known_tokens(session, distinct))
    if new := [{"word": token} for token in distinct if token not in known]:
        session.execute(insert(_FREQUENT_WORD), new)


def _known_tokens(session: Session, tokens: Iterable[str]) -> list[str]:
    parameters = {"asked": json.dumps(list(tokens))}
    return list(session.execute(_KNOWN_WORDS[fingerprint_index.database_kind(session)], parameters).scalars())


def split_print_range(session: Session, rows: int) -> list[tuple[int, int]]:
    """Split the range of all fingerprints into half-open pieces with about ``rows`` rows of the index each."""
    last = fingerprint_index.last_serial(session)
    spread = sorted({1 + place * last // ENTRIES_SAMPLED for place in range(ENTRIES_SAMPLED)})
    held = np.sort(packing.unpack_array(b"".join(fingerprint_index.packed_prints(session, spread).values())))
    count = max(1, min(len(held), len(held) * last // (len(spread) * rows)))
    edges = [int(held[place * len(held) // count]) for place in range(1, count)]
    return list(zip([0, *edges], [*edges, 1 << 8 * packing.BYTES_PER_PRINT], strict=True))


def prints_held_by_many(session: Session, piece: tuple[int, int], articles: int) -> list[int]:
    """Return a piece's fingerprints, ascending, that more than ``articles`` entries hold; it reads the whole piece."""
    within = col(Fingerprint.hash) >= piece[0], col(Fingerprint.hash) < piece[1]
    held = select(col(Fingerprint.hash)).where(*within).group_by(col(Fingerprint.hash))
    return list(
        session.execute(held.having(func.count() > articles).order_by(col(Fingerprint.hash))).scalars()
    )
