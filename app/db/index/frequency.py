"""What is known of how frequent fingerprints and words are, and the look through the whole index that tells it.

What is noted spares every later look-up of it: a fingerprint that stands in too many groups of copies, a word that too
many articles hold.
"""

import json
from collections.abc import Iterable, Sequence

import numpy as np
from sqlalchemy import delete, func, insert, select, text
from sqlmodel import Session, col

from app.db.index import fingerprints as fingerprint_index
from app.db.index import words as word_index
from app.db.tables.articles import Fingerprint, FrequentPrint, FrequentWord, Table

ENTRIES_SAMPLED = 64
"""Entries, evenly spread, whose fingerprints tell where pieces of the same size begin: fingerprints are not spread
evenly, since the least of each window is kept."""

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


def frequent_prints(session: Session, asked: Sequence[int], groups: int) -> frozenset[int]:
    """Those of these fingerprints that are known to stand in more than so many groups of copies."""
    found = session.execute(
        _KNOWN_PRINTS[fingerprint_index.database_kind(session)],
        {"asked": json.dumps(list(asked)), "groups": groups},
    )
    return frozenset(found.scalars())


def prints_in_at_most(session: Session, groups: int) -> list[int]:
    """The fingerprints that were frequent, and stood in at most so many groups when they were counted last."""
    known = select(col(FrequentPrint.hash)).where(col(FrequentPrint.groups) <= groups)
    return list(session.execute(known.order_by(col(FrequentPrint.hash))).scalars())


def record_prints(session: Session, groups: dict[int, int]) -> None:
    """Note in how many groups these fingerprints stand; 0 takes one out again."""
    session.execute(delete(_FREQUENT_PRINT).where(_FREQUENT_PRINT.c.hash.in_(sorted(groups))))
    if standing := [{"hash": value, "groups": count} for value, count in groups.items() if count]:
        session.execute(insert(_FREQUENT_PRINT), standing)


def frequent_words(session: Session, asked: Sequence[str]) -> frozenset[str]:
    """Those of these words that are known to stand in more articles than are looked at."""
    by_token = word_index.tokens(session, asked)
    return frozenset(by_token[token] for token in _known_tokens(session, by_token))


def record_words(session: Session, found: Iterable[str]) -> None:
    """Note that these words are not worth a look-up."""
    record_tokens(session, word_index.tokens(session, found))


def record_tokens(session: Session, found: Iterable[str]) -> None:
    """Note that the words which these stand for in the index of words are not worth a look-up."""
    tokens = sorted(set(found))
    known = set(_known_tokens(session, tokens))
    if new := [{"word": token} for token in tokens if token not in known]:
        session.execute(insert(_FREQUENT_WORD), new)


def _known_tokens(session: Session, tokens: Iterable[str]) -> list[str]:
    asked = {"asked": json.dumps(list(tokens))}
    return list(session.execute(_KNOWN_WORDS[fingerprint_index.database_kind(session)], asked).scalars())


def split_print_range(session: Session, rows: int) -> list[tuple[int, int]]:
    """The range of all fingerprints in pieces, from and up to, that hold about so many rows of the index each."""
    last = fingerprint_index.last_serial(session)
    spread = sorted({1 + place * last // ENTRIES_SAMPLED for place in range(ENTRIES_SAMPLED)})
    held = np.sort(
        fingerprint_index.unpack_array(b"".join(fingerprint_index.packed_prints(session, spread).values()))
    )
    count = max(1, min(len(held), len(held) * last // (len(spread) * rows)))
    edges = [int(held[place * len(held) // count]) for place in range(1, count)]
    return list(zip([0, *edges], [*edges, 1 << 8 * fingerprint_index.BYTES_PER_PRINT], strict=True))


def prints_held_by_many(session: Session, piece: tuple[int, int], articles: int) -> list[int]:
    """The fingerprints of a piece, rising, that more than so many entries hold. It reads all rows of the piece."""
    within = col(Fingerprint.hash) >= piece[0], col(Fingerprint.hash) < piece[1]
    held = select(col(Fingerprint.hash)).where(*within).group_by(col(Fingerprint.hash))
    return list(
        session.execute(held.having(func.count() > articles).order_by(col(Fingerprint.hash))).scalars()
    )
