"""``python -m bench.archive.equality``: does a job find the same relations as a library, and if not, why?

It relates the same archive with a job on Spark and in a library on SQLite, counts what differs by its reason, lists it,
and says what both took.
"""

import argparse
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet

from app.collation.discovery.signals import signals
from app.db.engine.base import Database
from app.db.engine.connect import connect
from app.db.index import fingerprints as fingerprint_index
from app.db.queries import export as export_queries
from app.db.queries import relations as relation_queries
from app.services.operations.database import migrate
from app.services.relations import candidates, relate
from app.services.transfer import import_export
from bench.archive import made, measure

LIMIT = 2_000_000
"""Bytes of the longest text."""

MAX_LISTED = 40
"""Differences that are listed; all are counted."""

Pairs = dict[tuple[str, str], dict[str, Any]]

Held = Mapping[str, set[str]]
"""The ids of each article's candidates."""


def main() -> None:
    """Run both on the same articles, and print what differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=2_000, help="articles of the archive (2,000)")
    parser.add_argument("--keep", type=Path, required=True, help="the folder of the archive and both results")
    parser.add_argument("--master", default="local[2]", help="where Spark runs (local[2])")
    options = parser.parse_args()
    options.keep.mkdir(parents=True, exist_ok=True)
    size, keep = options.articles, options.keep
    archive, out, jsonl = keep / f"news-{size}.jsonl.gz", keep / f"out-{size}", keep / f"pairs-{size}.jsonl"
    made.write(archive, size)
    if not jsonl.exists():
        command = [sys.executable, "-m", "app.batch", "pairs", str(archive), "--out", str(out)]
        taken = measure.run([*command, "--master", options.master, "--jsonl", str(jsonl), "--all"])
        print(f"job: {taken['processor'] * 1000 / size:.1f} ms of processor an article in all")
    db = connect(f"sqlite:///{(keep / f'library-{size}.db').resolve()}")
    migrate(db)
    try:
        by_library = related_in_library(db, archive, size)
        by_job = named(jsonl.read_text("utf-8").splitlines())
        print(f"pairs: {len(by_job):,} of the job, {len(by_library):,} of the library")
        report(by_job, by_library, db, out)
    finally:
        db.dispose()


def related_in_library(db: Database, archive: Path, size: int) -> Pairs:
    """Import an archive, relate it, and return the pairs; nothing is done twice in one folder."""
    with archive.open("rb") as source:
        import_export.import_lines(
            db, source, limit=LIMIT, complain=print, advance=lambda *_: None, workers=1
        )
    began = time.process_time()
    done = relate.relate_pending(db)
    if done:
        spent = (time.process_time() - began) * 1000 / size
        print(f"library: {spent:.1f} ms of processor an article for relating")
    return named(import_export.pair_lines(db, every=True))


def named(lines: Any) -> Pairs:
    """Return pairs by the names of both articles."""
    pairs = map(json.loads, lines)
    return {(pair["a"], pair["b"]): pair for pair in pairs}


def report(by_job: Pairs, by_library: Pairs, db: Database, out: Path) -> None:
    """Print how many pairs differ, by what differs and who had the pair among the candidates, and some of them."""
    differing = sorted(
        pair for pair in by_job.keys() | by_library.keys() if by_job.get(pair) != by_library.get(pair)
    )
    print(f"different: {len(differing):,}")
    if not differing:
        return
    of_job = candidates_of_job(out)
    of_library = candidates_of_library(db, sorted({later for _, later in differing}))
    reasons: Counter[str] = Counter()
    for earlier, later in differing:
        one, other = by_job.get((earlier, later)), by_library.get((earlier, later))
        reason = f"{what_differs(one, other)}; {who_looked(earlier, of_job[later], of_library[later])}"
        reasons[reason] += 1
        if sum(reasons.values()) <= MAX_LISTED:
            print(f"  {earlier} {later}: {reason}; job {one}, library {other}")
    for reason, count in reasons.most_common():
        print(f"{count:6,} {reason}")


def what_differs(by_job: dict[str, Any] | None, by_library: dict[str, Any] | None) -> str:
    """Describe how two answers about one pair differ."""
    if by_job and by_library:
        same_kind = by_job["relation"] == by_library["relation"]
        return "other figures" if same_kind else "another relation"
    (answer,) = filter(None, (by_job, by_library))
    return f"only the {'job' if by_job else 'library'}: {answer['relation']}"


def who_looked(earlier: str, of_job: set[str], of_library: set[str]) -> str:
    """Describe on which side the earlier article is among the later one's candidates."""
    sides = [name for name, held in (("job", of_job), ("library", of_library)) if earlier in held]
    return f"a candidate of {' and '.join(sides) or 'neither'}"


def candidates_of_job(out: Path) -> Held:
    """Return the candidates of each article in a job's folder."""
    names: dict[int, str] = {}
    for file in out.glob("runs/*/texts/*.parquet"):
        rows = pyarrow.parquet.read_table(file, columns=["serial", "id"]).to_pylist()
        names |= {row["serial"]: row["id"] for row in rows}
    held: defaultdict[str, set[str]] = defaultdict(set)
    for file in out.glob("runs/*/candidates/*.parquet"):
        for row in pyarrow.parquet.read_table(file, columns=["serial", "others"]).to_pylist():
            held[names[row["serial"]]] = {names[other] for other in row["others"]}
    return held


def candidates_of_library(db: Database, names: list[str]) -> Held:
    """Return the candidates that the library chooses for these articles now."""
    held: defaultdict[str, set[str]] = defaultdict(set)
    with db.reading() as session:
        newest = export_queries.newest_revisions(session, names)
        ids = {entry[1]: entry[2] for entry in export_queries.indexed_names(session, 0, 1 << 30)}
        for name, (_, revision) in newest.items():
            text = relation_queries.texts(session, [revision])[revision]
            entry = fingerprint_index.entries(session, [revision])[revision]
            signals_of_text = signals(text.paragraphs, text.furniture)
            chosen = candidates.find_candidates(
                session, signals_of_text.prints, signals_of_text.words, entry.serial
            )
            serials = [candidate.serial for candidate in chosen.best]
            standing = fingerprint_index.entries_by_serial(session, serials)
            held[name] = {ids[other.revision] for other in standing.values()}
    return held


if __name__ == "__main__":
    main()
