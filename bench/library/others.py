"""The same queries to common alternatives: MinHash with LSH, and a full-text index's "more like this"."""

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

PERMUTATIONS, THRESHOLD, SHINGLE_WORDS = 128, 0.5, 5
"""MinHash as in the library's own examples, over runs of five words."""

MAX_TERMS = 25
"""Words of a "more like this" query: Lucene's default, the rarest first."""

_WORD = re.compile(r"\w+")


def min_hash(size: int, queries: Sequence[Query]) -> dict[str, object]:
    """Measure MinHashLSH (datasketch), all in memory; results are ranked by their estimated resemblance."""
    index = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    hashes: dict[str, MinHash] = {}
    adding: Timed = []
    for number in range(size):
        text = _text(texts.article(number).paragraphs)
        clocked(partial(_add, index, hashes, f"made-{number}", text), adding)

    def look(text: Draft) -> list[str]:
        hashed = _hashed(_text(text.paragraphs))
        alike = sorted(index.query(hashed), key=lambda name: -hashed.jaccard(hashes[name]))
        return alike[:TOP]

    return {"size": size, "insert": spans(adding), **_measured(look, queries)}


def more_like_this(size: int, queries: Sequence[Query], keep: Path) -> dict[str, object]:
    """Measure SQLite's FTS5 with bm25 over the rarest words of the text; it always returns ten."""
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
            # One by one: a query for several at once reads the table of words from end to end.
            counts = {
                word: stored.execute("SELECT doc FROM word WHERE term = ?", (word,)).fetchone()
                for word in words
            }
            indexed = {word: row[0] for word, row in counts.items() if row}
            rarest = sorted(indexed, key=lambda word: (indexed[word], word))[:MAX_TERMS]
            matched = " OR ".join(f'"{word}"' for word in rarest)
            rows = stored.execute(
                "SELECT rowid FROM body WHERE body MATCH ? ORDER BY rank LIMIT ?", (matched, TOP)
            )
            return [f"made-{row - 1}" for (row,) in rows]

        figures = _measured(look, queries)
    file.unlink()
    return {"size": size, "insert": spans(adding), **figures}


def _measured(look: Callable[[Draft], list[str]], queries: Sequence[Query]) -> dict[str, object]:
    looking: Timed = []
    recall: dict[str, dict[str, float]] = {}
    for kind in copies.KINDS:
        of_kind = [query for query in queries if query.kind == kind]
        hits = sum(query.original in warm(partial(look, query.draft), looking) for query in of_kind)
        recall[kind] = {"candidates": hits / len(of_kind)}
    reports = [look(text) for text in unrelated()]
    return {"recall": recall, "candidates": spans(looking), "reports": sum(map(len, reports)) / len(reports)}


def _add(index: MinHashLSH, hashes: dict[str, MinHash], name: str, text: str) -> None:
    hashes[name] = _hashed(text)
    index.insert(name, hashes[name], check_duplication=False)


def _hashed(text: str) -> MinHash:
    words = _WORD.findall(text)
    runs = {
        " ".join(words[at : at + SHINGLE_WORDS]).encode()
        for at in range(max(1, len(words) - SHINGLE_WORDS + 1))
    }
    hashed = MinHash(num_perm=PERMUTATIONS)
    hashed.update_batch(runs)
    return hashed


def _text(paragraphs: Sequence[str]) -> str:
    return "\n".join(paragraphs).lower()
