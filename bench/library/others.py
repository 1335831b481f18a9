"""The same queries put to what is commonly used: MinHash with LSH, and a full-text index's "more like this"."""

import re
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

from datasketch import MinHash, MinHashLSH

from app.sources import Draft
from bench.library import copies, texts
from bench.library.measure import TOP, Query, Timed, clocked, spans, unrelated, warm

PERMUTATIONS, THRESHOLD, RUN = 128, 0.5, 5
"""MinHash as its library's own examples have it, over runs of five words."""

TERMS = 25
"""Words of a "more like this" query: what Lucene takes of a text by default, the rarest first."""

_WORD = re.compile(r"\w+")


def min_hash(size: int, asked: Sequence[Query]) -> dict[str, object]:
    """MinHashLSH (datasketch), all in memory; those found are ranked by their estimated resemblance."""
    found_by = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    kept: dict[str, MinHash] = {}
    adding: Timed = []
    for number in range(size):
        text = _text(texts.article(number).paragraphs)
        clocked(partial(_add, found_by, kept, f"made-{number}", text), adding)

    def look(text: Draft) -> list[str]:
        hashed = _hashed(_text(text.paragraphs))
        alike = sorted(found_by.query(hashed), key=lambda name: -hashed.jaccard(kept[name]))
        return alike[:TOP]

    return {"size": size, "insert": spans(adding), **_asked(look, asked)}


def more_like_this(size: int, asked: Sequence[Query], keep: Path) -> dict[str, object]:
    """SQLite's FTS5 with its bm25 over the rarest words of the text; it always gives ten."""
    file = keep / f"more-like-this-{size}.db"
    file.unlink(missing_ok=True)
    adding: Timed = []
    with closing(sqlite3.connect(file, isolation_level=None)) as stored:
        stored.execute("CREATE VIRTUAL TABLE body USING fts5(words, content='', tokenize='unicode61')")
        stored.execute("CREATE VIRTUAL TABLE word USING fts5vocab(body, row)")
        stored.execute("BEGIN")
        for number in range(size):
            row = number + 1, _text(texts.article(number).paragraphs)
            clocked(partial(stored.execute, "INSERT INTO body (rowid, words) VALUES (?, ?)", row), adding)
        stored.execute("COMMIT")

        def look(text: Draft) -> list[str]:
            words = sorted(set(_WORD.findall(_text(text.paragraphs))))
            # One by one: asked for several at once, the table of words is read from end to end.
            counts = {
                word: stored.execute("SELECT doc FROM word WHERE term = ?", (word,)).fetchone()
                for word in words
            }
            held = {word: row[0] for word, row in counts.items() if row}
            rarest = sorted(held, key=lambda word: (held[word], word))[:TERMS]
            matched = " OR ".join(f'"{word}"' for word in rarest)
            rows = stored.execute(
                "SELECT rowid FROM body WHERE body MATCH ? ORDER BY rank LIMIT ?", (matched, TOP)
            )
            return [f"made-{row - 1}" for (row,) in rows]

        figures = _asked(look, asked)
    file.unlink()
    return {"size": size, "insert": spans(adding), **figures}


def _asked(look: Callable[[Draft], list[str]], asked: Sequence[Query]) -> dict[str, object]:
    looking: Timed = []
    recall: dict[str, dict[str, float]] = {}
    for kind in copies.KINDS:
        own = [query for query in asked if query.kind == kind]
        found = sum(query.original in warm(partial(look, query.draft), looking) for query in own)
        recall[kind] = {"candidates": found / len(own)}
    reports = [look(text) for text in unrelated()]
    return {"recall": recall, "candidates": spans(looking), "reports": sum(map(len, reports)) / len(reports)}


def _add(found_by: MinHashLSH, kept: dict[str, MinHash], name: str, text: str) -> None:
    kept[name] = _hashed(text)
    found_by.insert(name, kept[name], check_duplication=False)


def _hashed(text: str) -> MinHash:
    words = _WORD.findall(text)
    runs = {" ".join(words[at : at + RUN]).encode() for at in range(max(1, len(words) - RUN + 1))}
    hashed = MinHash(num_perm=PERMUTATIONS)
    hashed.update_batch(runs)
    return hashed


def _text(paragraphs: Sequence[str]) -> str:
    return "\n".join(paragraphs).lower()
