"""The same fingerprints joined with themselves in DuckDB: the pairs without groups of copies, rare words or
verification."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow
import pyarrow.parquet

from app.collation.discovery import packing

MAX_HOLDERS = 200
"""Articles that may hold a fingerprint for it to count: by articles and not by groups of copies, as a join can."""

MIN_SHARED = (1, 2, 4)
"""Fingerprints that two articles must share to be a pair."""


def duckdb_pairs(out: Path, pairs: Path) -> dict[str, dict[str, float]]:
    """Join the fingerprints of a finished job, and write its pairs for each of ``MIN_SHARED``; return what it took."""
    source = out / "duckdb.parquet"
    with pyarrow.parquet.ParquetWriter(
        source, pyarrow.schema([("hash", pyarrow.int64()), ("id", pyarrow.string())])
    ) as target:
        for table in _prints(out):
            target.write_table(table)
    taken: dict[str, dict[str, float]] = {}
    for fewest in MIN_SHARED:
        began, processor = time.monotonic(), time.process_time()
        rows = duckdb.sql(
            f"WITH held AS (SELECT hash, id, count(*) OVER (PARTITION BY hash) AS holders FROM '{source}')"
            " SELECT a.id, b.id FROM held a JOIN held b ON a.hash = b.hash AND a.id < b.id"
            f" WHERE a.holders <= {MAX_HOLDERS} AND b.holders <= {MAX_HOLDERS}"
            f" GROUP BY a.id, b.id HAVING count(*) >= {fewest}"
        ).fetchall()
        taken[str(fewest)] = {
            "seconds": time.monotonic() - began,
            "processor": time.process_time() - processor,
            "pairs": len(rows),
        }
        with pairs.with_name(f"{pairs.stem}-{fewest}.jsonl").open("w", encoding="utf-8") as lines:
            lines.writelines(
                json.dumps({"a": a, "b": b, "relation": "shares prints"}) + "\n" for a, b in rows
            )
    source.unlink()
    return taken


def _prints(out: Path) -> Iterator[Any]:
    for file in sorted(out.glob("runs/*/texts/*.parquet")):
        rows = pyarrow.parquet.read_table(file, columns=["id", "prints", "problem"]).to_pylist()
        keys = [
            (value, row["id"])
            for row in rows
            if row["problem"] is None
            for value in packing.unpack(row["prints"])
        ]
        yield pyarrow.table({"hash": [key for key, _ in keys], "id": [name for _, name in keys]})
