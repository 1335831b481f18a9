"""``make bench-library``: how well and how fast copies are found as the library grows, as Markdown tables.

Resumable: the library, and the figures of each size, stay in the folder that ``--keep`` names.
"""

import argparse
import json
import platform
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from app.db.engine.base import Database
from app.db.engine.connect import connect
from app.services.operations.database import migrate
from bench.library import growth, measure, room, tables

SIZES = (10_000, 100_000, 1_000_000)
MAX_SIZE_OF_OTHERS = 100_000
"""The largest library on which other programs are measured: MinHash keeps all in memory, and "more like this" reads
postings as long as the library."""


NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def main() -> None:
    """Grow the library size by size, measure what was not measured yet, and print the tables of all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000, help="the largest size (100,000)")
    parser.add_argument("--keep", type=Path, required=True, help="the folder of the library and its figures")
    parser.add_argument("--database", help="a PostgreSQL server's address instead of a file in that folder")
    parser.add_argument("--write", type=Path, help="a document whose tables are written anew")
    options = parser.parse_args()
    options.keep.mkdir(parents=True, exist_ok=True)
    url = options.database or f"sqlite:///{(options.keep / 'library.db').resolve()}"
    db = connect(url)
    migrate(db)  # only that: opening it as the program does would relate the whole library first
    try:
        for size in sorted({size for size in SIZES if size < options.articles} | {options.articles}):
            if growth.count_articles(db) > size:
                _say(
                    f"The library has more than {size:,} articles already, so nothing is measured at that size."
                )
                continue
            _figures(
                options.keep, f"{db.kind}-{size}", f"Variorum, {NAMES[db.kind]}", partial(_own, db, size)
            )
            if db.kind == "sqlite" and size <= MAX_SIZE_OF_OTHERS:
                _others(options.keep, size)
    finally:
        db.dispose()
    markdown = tables.tables(
        [json.loads(file.read_text("utf-8")) for file in sorted(options.keep.glob("*.json"))]
    )
    print(markdown)
    if options.write is not None:
        tables.write(options.write, markdown)


def _own(db: Database, size: int) -> dict[str, object]:
    count = growth.count_articles(db)
    if count > size:
        raise SystemExit(
            f"The library in this folder has {count:,} articles already; name another for {size:,}."
        )
    growth.grow(db, size, _say)
    queries = list(measure.queries(size))
    figures = measure.measure(db, size, queries, _say)
    return {**figures, "room": room.by_part(db, size)}


def _others(keep: Path, size: int) -> None:
    from bench.library import others

    queries = list(measure.queries(size))
    for name, program, measured in (
        ("minhash", "MinHashLSH (datasketch)", partial(others.min_hash, size, queries)),
        ("fts5", "FTS5, “more like this”", partial(others.more_like_this, size, queries, keep)),
    ):
        _figures(keep, f"{name}-{size}", program, measured)


def _figures(keep: Path, name: str, program: str, measured: Callable[[], dict[str, object]]) -> None:
    """Measure, unless that was done before, and write the figures to a file."""
    file = keep / f"{name}.json"
    if file.exists():
        return
    _say(f"measuring {name}")
    figures = {
        "program": program,
        **measured(),
        "python": platform.python_version(),
        "machine": platform.machine(),
    }
    scratch = file.with_suffix(".part")
    scratch.write_text(json.dumps(figures, indent=1), "utf-8")
    scratch.rename(file)


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
