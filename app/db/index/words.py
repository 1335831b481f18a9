"""The index of words: which indexed revisions hold a word. What is particular to a database's own index stands here.

It holds words alone, cut and folded by ``collation.text.fingerprints``: no places, no counts, no text. A revision is
taken out by the same words as it was put in with. No look-up reads more than it is asked for, however common a word is.
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
"""Signs of a word that stands for itself in SQLite's index; of a longer one its digest does."""

_HALF = 1 << 31

_STORE = {
    "sqlite": text("INSERT INTO rare_word (rowid, words) VALUES (:serial, :words)"),
    "postgresql": text("INSERT INTO rare_word (serial, words) VALUES (:serial, CAST(:words AS integer[]))"),
}
_FLUSH_PENDING = text("SELECT gin_clean_pending_list('ix_rare_word_words')")
"""PostgreSQL lets words wait before it puts them in, all at once: for 3,000 articles that takes a fifth of the time.
But what waits is read from end to end for each word that is looked up, so nothing does after a transaction."""

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
    # A list is read as a whole before it is cut; but a word that proves frequent is not asked for again. OFFSET 0 keeps
    # the planner, which does not know the words, from walking the whole table by serial for one that few hold.
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
"""Words that are counted in one statement on SQLite: a tenth of a second's work at a million articles."""

NEWEST_TEXTS_COUNTED = 20_000
"""Newest texts in which words are counted on PostgreSQL, some seconds: it counts no word without reading all texts."""


def store(session: Session, serial: int, words: Sequence[str]) -> None:
    """Put a revision's words in."""
    store_several(session, [(serial, words)])


def store_several(session: Session, entries: Sequence[tuple[int, Sequence[str]]]) -> None:
    """Put the words of several revisions in, each with its serial."""
    rows = [{"serial": serial, "words": _stored_value(session, words)} for serial, words in entries]
    connection = session.connection()
    if rows:
        connection.execute(_STORE[database_kind(session)], rows)
    if database_kind(session) == "postgresql":
        connection.execute(_FLUSH_PENDING)


def remove(session: Session, serial: int, words: Sequence[str]) -> None:
    """Take a revision out again; ``words`` are those that it was put in with."""
    session.execute(
        _REMOVE[database_kind(session)], {"serial": serial, "words": _stored_value(session, words)}
    )


def clear(session: Session) -> None:
    """Take all out."""
    session.execute(_CLEAR[database_kind(session)])


def postings(session: Session, words: Sequence[str], most: int) -> dict[str, tuple[int, ...]]:
    """For each of the words the serials, rising, of revisions that hold it: the first ``most``. One statement."""
    asked = tokens(session, words)
    given = _array_literal(asked) if database_kind(session) == "postgresql" else json.dumps(list(asked))
    found = session.execute(_POSTINGS[database_kind(session)], {"words": given, "most": most})
    return {asked[one]: tuple(map(int, serials.split(","))) if serials else () for one, serials in found}


def serials_holding_all(session: Session, words: Sequence[str], most: int) -> list[int]:
    """The serials, falling, of revisions that hold all of the words: the last ``most``; none where no word is given."""
    asked = list(tokens(session, words))
    if not asked:
        return []
    given = (
        _array_literal(asked)
        if database_kind(session) == "postgresql"
        else " ".join(f'"{one}"' for one in asked)
    )
    return list(session.execute(_HOLDING[database_kind(session)], {"words": given, "most": most}).scalars())


def frequent_tokens(session: Session, articles: int, after: str = "") -> tuple[list[str], str]:
    """What stands for the words, of a page that begins after one, that more than so many revisions hold.

    With it comes where the next page begins, empty where there is none. SQLite tells it of each word, PostgreSQL of
    those that so many of the newest revisions hold.
    """
    if database_kind(session) == "postgresql":
        found = session.execute(
            _COUNTED["postgresql"], {"sample": NEWEST_TEXTS_COUNTED, "articles": articles}
        )
        return list(found.scalars()), ""
    with _word_counts(session):
        counted = session.execute(_COUNTED["sqlite"], {"after": after, "most": WORDS_COUNTED_PER_QUERY}).all()
    return [term for term, held in counted if held > articles], counted[-1][0] if len(
        counted
    ) == WORDS_COUNTED_PER_QUERY else ""


@contextmanager
def _word_counts(session: Session) -> Iterator[None]:
    """With a view of the index's own counts: a table in this connection's memory, which a reader may not make else."""
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
    """The words, each by what stands for it in the index.

    Those are 32 bits on PostgreSQL, which keeps every word with its article: for one in some thousands, another word
    stands in the same place, and of the five that make a candidate one is then wrong.
    """
    if database_kind(session) == "postgresql":
        return {str(_word_number(word)): word for word in words}
    return {_token(word): word for word in words}


def _stored_value(session: Session, words: Sequence[str]) -> str:
    """The words as a row holds them; nearly always they are such signs already, and looked at all at once."""
    if database_kind(session) == "postgresql":
        return _array_literal(sorted({_word_number(word) for word in words}))
    said = "".join(words)
    if said.isascii() and said.isalnum() and max(map(len, words)) <= MAX_PLAIN_WORD_CHARS:
        return " ".join(words)
    return " ".join(map(_token, words))


def _array_literal(found: Iterable[object]) -> str:
    return f"{{{','.join(map(str, found))}}}"


def _word_number(word: str) -> int:
    """What stands for a word on PostgreSQL: CRC-32, signed as that has its numbers."""
    return (zlib.crc32(word.encode("utf-8", "surrogatepass")) + _HALF) % (2 * _HALF) - _HALF


def _token(word: str) -> str:
    """The word in signs that every tokenizer leaves whole: itself, or its digest."""
    if word.isascii() and word.isalnum() and len(word) <= MAX_PLAIN_WORD_CHARS:
        return word
    return "z" + hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=7).hexdigest()
