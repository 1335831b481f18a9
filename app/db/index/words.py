"""The word index: which indexed revisions hold a word. Everything specific to a database's own kind of index is here.

It holds only words, cut and folded by ``collation.text.fingerprints``: no positions, counts or text. A revision is
removed by the same words it was stored with. A look-up reads no more than it asks for, however common a word is.
"""

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import text
from sqlmodel import Session

from app.db.index.fingerprints import database_kind

MAX_PLAIN_WORD_CHARS = 40
"""Length up to which a word is its own token in SQLite's index; a longer one is replaced by its digest."""

_HALF = 1 << 31

_STORE = {
    "sqlite": text("INSERT INTO rare_word (rowid, words) VALUES (:serial, :words)"),
    "postgresql": text("INSERT INTO rare_word (serial, words) VALUES (:serial, CAST(:words AS integer[]))"),
}
_FLUSH_PENDING = text("SELECT gin_clean_pending_list('ix_rare_word_words')")
"""PostgreSQL first collects new words in a pending list and inserts them together, for 3,000 articles in a fifth of the
time. But each look-up reads the whole list, so it is emptied at the end of a transaction."""

_REMOVE = {
    "sqlite": text("INSERT INTO rare_word (rare_word, rowid, words) VALUES ('delete', :serial, :words)"),
    "postgresql": text("DELETE FROM rare_word WHERE serial = :serial"),
}
_CLEAR = {
    "sqlite": text("INSERT INTO rare_word (rare_word) VALUES ('delete-all')"),
    "postgresql": text("DELETE FROM rare_word"),
}
_POSTINGS = {
    "sqlite": text(
        "SELECT value, (SELECT group_concat(rowid) FROM"
        " (SELECT rowid FROM rare_word WHERE rare_word MATCH '\"' || value || '\"' LIMIT :most))"
        " FROM json_each(:words)"
    ),
    # A posting list is read whole before it is limited; but a word that proves frequent is never looked up again.
    # OFFSET 0 keeps the planner, which does not know the words, from scanning the table by serial for a rare one.
    "postgresql": text(
        "SELECT CAST(word AS text), (SELECT string_agg(CAST(serial AS text), ',' ORDER BY serial) FROM"
        " (SELECT serial FROM (SELECT serial FROM rare_word WHERE words @> ARRAY[word] OFFSET 0) AS holders"
        " ORDER BY serial LIMIT :most) AS held)"
        " FROM unnest(CAST(:words AS integer[])) AS asked(word)"
    ),
}

_HOLDING = {
    "sqlite": text(
        "SELECT rowid FROM rare_word WHERE rare_word MATCH :words ORDER BY rowid DESC LIMIT :most"
    ),
    "postgresql": text(
        "SELECT serial FROM (SELECT serial FROM rare_word WHERE words @> CAST(:words AS integer[]) OFFSET 0)"
        " AS holders ORDER BY serial DESC LIMIT :most"
    ),
}

_HELD = {
    "sqlite": text("SELECT 1 FROM rare_word WHERE rare_word MATCH :words AND rowid = :serial"),
    "postgresql": text(
        "SELECT 1 FROM rare_word WHERE serial = :serial AND words @> CAST(:words AS integer[])"
    ),
}
WORDS_PER_MATCH = 50
"""Words that one look-up on SQLite requires."""

_COUNTED = {
    "sqlite": text(
        "SELECT term, doc FROM temp.rare_word_count WHERE term > :after ORDER BY term LIMIT :most"
    ),
    "postgresql": text(
        "SELECT CAST(word AS text) FROM (SELECT unnest(words) AS word FROM rare_word"
        " WHERE serial > (SELECT max(serial) FROM rare_word) - :sample) AS held"
        " GROUP BY word HAVING count(*) > :articles"
    ),
}

WORDS_COUNTED_PER_QUERY = 4_000
"""Words counted by one statement on SQLite: a tenth of a second at a million articles."""

NEWEST_TEXTS_COUNTED = 20_000
"""Newest texts in which PostgreSQL counts words, in some seconds: it cannot count one without reading the texts."""


def store(session: Session, serial: int, words: Sequence[str]) -> None:
    """Store the words of a revision."""
    store_several(session, [(serial, words)])


def store_several(session: Session, entries: Sequence[tuple[int, Sequence[str]]]) -> None:
    """Store the words of several revisions, each with its serial."""
    rows = [{"serial": serial, "words": _stored_value(session, words)} for serial, words in entries]
    connection = session.connection()
    if rows:
        connection.execute(_STORE[database_kind(session)], rows)
    if database_kind(session) == "postgresql":
        connection.execute(_FLUSH_PENDING)


def remove(session: Session, serial: int, words: Sequence[str]) -> None:
    """Remove a revision; ``words`` are those it was stored with."""
    session.execute(
        _REMOVE[database_kind(session)], {"serial": serial, "words": _stored_value(session, words)}
    )


def clear(session: Session) -> None:
    """Remove everything."""
    session.execute(_CLEAR[database_kind(session)])


def postings(session: Session, words: Sequence[str], most: int) -> dict[str, tuple[int, ...]]:
    """Return for each word the first ``most`` serials, ascending, of the revisions that hold it. One statement."""
    by_token = tokens(session, words)
    parameter = (
        _array_literal(by_token) if database_kind(session) == "postgresql" else json.dumps(list(by_token))
    )
    rows = session.execute(_POSTINGS[database_kind(session)], {"words": parameter, "most": most})
    return {
        by_token[token]: tuple(map(int, serials.split(","))) if serials else () for token, serials in rows
    }


def serials_holding_all(session: Session, words: Sequence[str], most: int) -> list[int]:
    """Return the last ``most`` serials, descending, of revisions that hold all of the words; none without words."""
    required = list(tokens(session, words))
    if not required:
        return []
    parameter = (
        _array_literal(required)
        if database_kind(session) == "postgresql"
        else " ".join(f'"{token}"' for token in required)
    )
    return list(
        session.execute(_HOLDING[database_kind(session)], {"words": parameter, "most": most}).scalars()
    )


def holds(session: Session, serial: int, words: Sequence[str]) -> bool:
    """Return whether the index holds all of these words of the revision with this serial."""
    required = list(tokens(session, words))
    is_server = database_kind(session) == "postgresql"
    size = max(len(required), 1) if is_server else WORDS_PER_MATCH
    for start in range(0, len(required), size):
        batch = required[start : start + size]
        parameter = _array_literal(batch) if is_server else " ".join(f'"{token}"' for token in batch)
        if (
            session.execute(_HELD[database_kind(session)], {"words": parameter, "serial": serial}).first()
            is None
        ):
            return False
    return True


def frequent_tokens(session: Session, articles: int, after: str = "") -> tuple[list[str], str]:
    """Return the tokens of words in more than ``articles`` revisions, and where the next page begins (empty: nowhere).

    A page begins after the token ``after``. SQLite counts every word; PostgreSQL returns, in one page, the words that
    so many of the newest revisions hold.
    """
    if database_kind(session) == "postgresql":
        rows = session.execute(_COUNTED["postgresql"], {"sample": NEWEST_TEXTS_COUNTED, "articles": articles})
        return list(rows.scalars()), ""
    with _word_counts(session):
        counted = session.execute(_COUNTED["sqlite"], {"after": after, "most": WORDS_COUNTED_PER_QUERY}).all()
    return [term for term, held in counted if held > articles], counted[-1][0] if len(
        counted
    ) == WORDS_COUNTED_PER_QUERY else ""


@contextmanager
def _word_counts(session: Session) -> Iterator[None]:
    """Provide a view of the index's own counts: a temporary table, which a reader may otherwise not create."""
    (guarded,) = session.execute(text("PRAGMA query_only")).one()
    session.execute(text("PRAGMA query_only=0"))
    try:
        session.execute(
            text("CREATE VIRTUAL TABLE temp.rare_word_count USING fts5vocab(main, rare_word, row)")
        )
        yield
        session.execute(text("DROP TABLE temp.rare_word_count"))
    finally:
        session.execute(text(f"PRAGMA query_only={guarded}"))


def tokens(session: Session, words: Iterable[str]) -> dict[str, str]:
    """Return the words by their tokens in the index.

    On PostgreSQL, which stores every word with its article, a token has 32 bits. One word in some thousands then shares
    its token with another, so that one of the five words that make a candidate is wrong.
    """
    if database_kind(session) == "postgresql":
        return {str(_word_number(word)): word for word in words}
    return {_token(word): word for word in words}


def _stored_value(session: Session, words: Sequence[str]) -> str:
    """Return the words as a row holds them. Nearly always they are tokens already, so all are checked at once."""
    if database_kind(session) == "postgresql":
        return _array_literal(sorted({_word_number(word) for word in words}))
    letters = "".join(words)
    if letters.isascii() and letters.isalnum() and max(map(len, words)) <= MAX_PLAIN_WORD_CHARS:
        return " ".join(words)
    return " ".join(map(_token, words))


def _array_literal(values: Iterable[object]) -> str:
    return f"{{{','.join(map(str, values))}}}"


def _word_number(word: str) -> int:
    """Return a word's token on PostgreSQL: its CRC-32 as a signed integer."""
    return (zlib.crc32(word.encode("utf-8", "surrogatepass")) + _HALF) % (2 * _HALF) - _HALF


def _token(word: str) -> str:
    """Return a word's token on SQLite, which no tokenizer splits: the word itself, or its digest."""
    if word.isascii() and word.isalnum() and len(word) <= MAX_PLAIN_WORD_CHARS:
        return word
    return "z" + hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=7).hexdigest()
