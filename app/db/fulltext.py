"""The index of words: which indexed revisions hold a word. What is particular to a database's own index stands here.

It holds words alone, cut and folded by app.collation.fingerprints: no places, no counts, no text. A revision is taken
out by the same words as it was put in with. No look-up reads more than it is asked for, however common a word is.
"""

import hashlib
import json
from collections.abc import Sequence

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
    tokens = {_token(word): word for word in words}
    found = session.execute(_POSTINGS[kind(session)], {"words": json.dumps(list(tokens)), "most": most})
    return {tokens[token]: tuple(map(int, serials.split(","))) if serials else () for token, serials in found}


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
