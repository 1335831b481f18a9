"""The index of words: which indexed revisions hold a word. What is particular to a database's own index stands here.

It holds words alone, cut and folded by app.collation.fingerprints: no places, no counts, no text. A revision is taken
out by the same words as it was put in with. No look-up reads more than it is asked for, however common a word is.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import text
from sqlmodel import Session

from app.db.index import kind

LONGEST = 40
"""Signs of a word that stands for itself in the index; of a longer one its digest does."""

_STORE = {
    "sqlite": text("INSERT INTO rare_word (rowid, words) VALUES (:serial, :words)"),
    "postgresql": text(
        "INSERT INTO rare_word (serial, words) VALUES (:serial, array_to_tsvector(string_to_array(:words, ' ')))"
    ),
}
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
        "SELECT value, (SELECT string_agg(CAST(serial AS text), ',' ORDER BY serial) FROM"
        " (SELECT serial FROM (SELECT serial FROM rare_word WHERE words @@ CAST(value AS tsquery) OFFSET 0) AS holders"
        " ORDER BY serial LIMIT :most) AS held)"
        " FROM json_array_elements_text(CAST(:words AS json)) AS asked(value)"
    ),
}

_COUNTED = {
    "sqlite": text(
        "SELECT term, doc FROM temp.rare_word_count WHERE term > :after ORDER BY term LIMIT :most"
    ),
    "postgresql": text("SELECT word FROM ts_stat(:sample) WHERE ndoc > :articles"),
}

PAGE = 4_000
"""Words that are counted in one statement on SQLite: a tenth of a second's work at a million articles."""

SAMPLE = 20_000
"""Newest texts in which words are counted on PostgreSQL, some seconds: it counts no word without reading all texts."""


def store(session: Session, serial: int, words: Sequence[str]) -> None:
    """Put a revision's words in."""
    session.execute(_STORE[kind(session)], {"serial": serial, "words": _tokens(words)})


def remove(session: Session, serial: int, words: Sequence[str]) -> None:
    """Take a revision out again; ``words`` are those that it was put in with."""
    session.execute(_REMOVE[kind(session)], {"serial": serial, "words": _tokens(words)})


def clear(session: Session) -> None:
    """Take all out."""
    session.execute(_CLEAR[kind(session)])


def postings(session: Session, words: Sequence[str], most: int) -> dict[str, tuple[int, ...]]:
    """For each of the words the serials, rising, of revisions that hold it: the first ``most``. One statement."""
    asked = tokens(session, words)
    found = session.execute(_POSTINGS[kind(session)], {"words": json.dumps(list(asked)), "most": most})
    return {asked[one]: tuple(map(int, serials.split(","))) if serials else () for one, serials in found}


def frequent(session: Session, articles: int, after: str = "") -> tuple[list[str], str]:
    """What stands for the words, of a page that begins after one, that more than so many revisions hold.

    With it comes where the next page begins, empty where there is none. SQLite tells it of each word, PostgreSQL of
    those that so many of the newest revisions hold.
    """
    if kind(session) == "postgresql":
        newest = session.execute(text("SELECT max(serial) FROM rare_word")).scalar() or 0
        sample = f"SELECT words FROM rare_word WHERE serial > {newest - SAMPLE}"
        found = session.execute(_COUNTED["postgresql"], {"sample": sample, "articles": articles})
        return list(found.scalars()), ""
    with _counting(session):
        counted = session.execute(_COUNTED["sqlite"], {"after": after, "most": PAGE}).all()
    return [term for term, held in counted if held > articles], counted[-1][0] if len(counted) == PAGE else ""


@contextmanager
def _counting(session: Session) -> Iterator[None]:
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
    """The words, each by what stands for it in the index."""
    return {_token(word): word for word in words}


def _tokens(words: Sequence[str]) -> str:
    """The words in such signs, one space apart; nearly always they are that already, and looked at all at once."""
    said = "".join(words)
    if said.isascii() and said.isalnum() and max(map(len, words)) <= LONGEST:
        return " ".join(words)
    return " ".join(map(_token, words))


def _token(word: str) -> str:
    """The word in signs that every tokenizer leaves whole: itself, or its digest."""
    if word.isascii() and word.isalnum() and len(word) <= LONGEST:
        return word
    return "z" + hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=7).hexdigest()
