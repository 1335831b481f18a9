"""Write what a job found as JSON lines: pairs for a reader, articles and relations for a library."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from app.batch.session import Frame
from app.batch.verification import RELATION
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
    """Write lines to one local file, some at a time, and return how many; the file appears complete or not at all."""
    scratch = file.with_name(file.name + ".part")
    count = 0
    with scratch.open("w", encoding="utf-8", newline="\n") as target:
        for row in lines.toLocalIterator():
            target.write(row.value + "\n")
            count += 1
    scratch.replace(file)
    return count


def article_lines(texts: Frame) -> Frame:
    """Return each article as a line that ``import`` reads, in the order of the archive."""
    columns = ("id", "title", "publisher", "author", "published_on", "url", "furniture", "paragraphs", "text")
    return texts.orderBy("serial").select(*columns).mapInArrow(_objects, "value string")


def relation_lines(relations: Frame) -> Frame:
    """Return each relation as a line, those of one article together."""
    return (
        relations.orderBy("b_serial", "a_serial")
        .select("a", "b", *RELATION)
        .mapInArrow(_objects, "value string")
    )


def print_lines(known: Frame, allowed: int) -> Frame:
    """Return a line for each fingerprint that is too common, with the least number of groups of copies that have it."""
    return known.mapInArrow(lambda batches: _prints(allowed, batches), "value string")


def _objects(batches: Iterator[Any]) -> Iterator[Any]:
    for batch in batches:
        yield _values(
            json.dumps({k: v for k, v in row.items() if v is not None}) for row in batch.to_pylist()
        )


def _prints(allowed: int, batches: Iterator[Any]) -> Iterator[Any]:
    for batch in batches:
        prints = np.frombuffer(b"".join(batch.column("frequent").to_pylist()), dtype=np.int64)
        yield _values(json.dumps({"print": value, "groups": allowed + 1}) for value in prints.tolist())


def _lines(batches: Iterator[Any]) -> Iterator[Any]:
    for batch in batches:
        rows = zip(*(column.to_pylist() for column in batch.columns), strict=True)
        yield _values(json.dumps(dict(zip(PAIR, row, strict=True)), ensure_ascii=False) for row in rows)


def _values(lines: Iterable[str]) -> Any:
    import pyarrow

    return pyarrow.RecordBatch.from_pydict({"value": pyarrow.array(list(lines), pyarrow.string())})
