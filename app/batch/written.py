"""Write what a job found as JSON lines."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.batch.session import Frame
from app.collation.relations import REUSE

PAIR = ("a", "b", "resemblance", "a_in_b", "b_in_a", "relation")
"""The form of ``pairs --jsonl``."""


def pair_lines(relations: Frame, *, every: bool) -> Frame:
    """Return a line of JSON for each pair that reuses text, or with ``every`` for other relations too, in order."""
    from pyspark.sql import functions as f

    chosen = relations if every else relations.where(f.col("kind").isin(sorted(REUSE)))
    columns = ("a", "b", "resemblance", "base_in_witness", "witness_in_base", "kind")
    return chosen.orderBy("a_serial", "b_serial").select(*columns).mapInArrow(_lines, "value string")


def write_local(lines: Frame, file: Path) -> int:
    """Write lines to one local file, some at a time, and return how many; it is there whole or not at all."""
    scratch = file.with_name(file.name + ".part")
    count = 0
    with scratch.open("w", encoding="utf-8", newline="\n") as target:
        for row in lines.toLocalIterator():
            target.write(row.value + "\n")
            count += 1
    scratch.replace(file)
    return count


def _lines(batches: Iterator[Any]) -> Iterator[Any]:
    import pyarrow

    for batch in batches:
        rows = zip(*(column.to_pylist() for column in batch.columns), strict=True)
        lines = [json.dumps(dict(zip(PAIR, row, strict=True)), ensure_ascii=False) for row in rows]
        yield pyarrow.RecordBatch.from_pydict({"value": pyarrow.array(lines, pyarrow.string())})
