"""The index of words: which indexed revisions hold a word. What is particular to a database's own index stands here.

It holds words alone, cut and folded by app.collation.fingerprints: no places, no counts, no text. A revision is taken
out by the same words as it was put in with. No look-up reads more than it is asked for, however common a word is.
"""

import hashlib
import json
from collections.abc import Sequence

from sqlalchemy import text
from sqlmodel import Session

LONGEST = 40
"""Signs of a word that stands for itself in the index; of a longer one its digest does."""

_STORE = text("INSERT INTO rare_word (rowid, words) VALUES (:serial, :words)")
_REMOVE = text("INSERT INTO rare_word (rare_word, rowid, words) VALUES ('delete', :serial, :words)")
_POSTINGS = text(
    "SELECT value, (SELECT group_concat(rowid) FROM"
    " (SELECT rowid FROM rare_word WHERE rare_word MATCH value LIMIT :most)) FROM json_each(:words)"
)


def store(session: Session, serial: int, words: Sequence[str]) -> None:
    """Put a revision's words in."""
    session.execute(_STORE, {"serial": serial, "words": _tokens(words)})


def remove(session: Session, serial: int, words: Sequence[str]) -> None:
    """Take a revision out again; ``words`` are those that it was put in with."""
    session.execute(_REMOVE, {"serial": serial, "words": _tokens(words)})


def clear(session: Session) -> None:
    """Take all out."""
    session.execute(text("INSERT INTO rare_word (rare_word) VALUES ('delete-all')"))


def postings(session: Session, words: Sequence[str], most: int) -> dict[str, tuple[int, ...]]:
    """For each of the words the serials, rising, of revisions that hold it: the first ``most``. One statement."""
    tokens = {f'"{_token(word)}"': word for word in words}
    found = session.execute(_POSTINGS, {"words": json.dumps(list(tokens)), "most": most})
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
