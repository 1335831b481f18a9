"""Read an archive (JSON lines, Parquet or a folder of documents) into texts with their fingerprints and words.

Each line gets a serial, in the order of the input. A line that gives no article is kept apart with its number and what
is wrong with it.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from app.batch.folder import Folder, schema
from app.batch.session import Frame, collect_rarely
from app.collation.discovery import packing, ranking
from app.collation.discovery.signals import signals
from app.collation.text import fingerprints
from app.errors import InvalidInputError, VariorumError
from app.sources.reading import read_document
from app.sources.records import ENDINGS, MAX_FILE_BYTES, Record, content_record, parse_record

BYTES_PER_TASK = 16_000_000
"""Bytes of the input, perhaps packed, that one task reads: some thousand articles, some ten seconds."""

LINES = (".jsonl", ".json", ".ndjson", ".jsonl.gz", ".json.gz", ".ndjson.gz")

TEXTS = {
    "serial": "long", "source": "string", "line": "long", "problem": "string", "id": "string", "digest": "binary",
    "title": "string", "publisher": "string", "author": "string", "published_on": "string", "url": "string",
    "text": "string", "paragraphs": "array<string>", "furniture": "array<int>",
    "prints": "binary", "words": "binary", "word_order": "binary",
}  # fmt: skip
"""A line: where it is, what is wrong with it (null if nothing), and the article. ``text`` is null where it is its
paragraphs with a blank line between; ``prints`` are packed; ``words`` are numbers of 64 bits, the longest words first,
and ``word_order`` the alphabetical rank of those that may be looked up, 16 bits each."""

_SPLIT = {"file": "string", "begins": "long", "lines": "long", "least": "long"}


@dataclass(frozen=True, slots=True)
class Input:
    """Files of one kind."""

    kind: str
    """``lines``, ``parquet`` or ``documents``."""
    root: str
    """The folder, or pattern, that was named: documents are called by their path in it."""
    files: tuple[tuple[str, int, int], ...]


def find_inputs(folder: Folder, names: Sequence[str]) -> list[Input]:
    """Return the files that these names stand for. Raises InvalidInputError for a name without any that can be read."""
    inputs = []
    for name in names:
        files = folder.files(name)
        if not files:
            raise InvalidInputError(f"{name} is not there, or empty.", "Name a file, a folder or a pattern.")
        by_kind = {
            "parquet": [file for file in files if file[0].endswith(".parquet")],
            "lines": [file for file in files if file[0].endswith(LINES)],
            "documents": [file for file in files if file[0].lower().endswith(ENDINGS)],
        }
        kind = next((kind for kind, files_of_kind in by_kind.items() if files_of_kind), None)
        if kind is None:
            raise InvalidInputError(
                f"Nothing in {name} can be read: no JSON lines (.jsonl, .jsonl.gz), Parquet (.parquet) or documents.",
                "The end of a file's name says what it is.",
            )
        inputs.append(Input(kind, name, tuple(by_kind[kind])))
    return inputs


def read_texts(folder: Folder, inputs: Sequence[Input], first: int, limit: int) -> tuple[Frame, int]:
    """Return the lines of these inputs as ``TEXTS``, unwritten, and how many serials they take, from ``first`` on."""
    frames = []
    for given in inputs:
        lines = _lines(folder, given)
        counted = [
            (row.file, row.begins, row.lines, row.least)
            for row in lines.groupBy("file", "begins").agg(_count(), _least()).collect()
        ]
        order = {file: place for place, (file, _, _) in enumerate(given.files)}
        counted.sort(key=lambda split: (order.get(split[0], len(order)), split[0], split[1]))
        starts, rows_so_far = {}, 0
        for (file, begins, count, least), before in pairwise_with_previous(counted):
            rows_so_far = 0 if before is None or before[0] != file else rows_so_far
            starts[file, begins] = (first - least, rows_so_far - least)
            first += count
            rows_so_far += count
        frames.append(
            _spread(folder, given, lines).mapInArrow(
                partial(_parsed, starts, given.kind, given.root, limit), schema(TEXTS)
            )
        )
    joined = frames[0]
    for frame in frames[1:]:
        joined = joined.unionByName(frame)
    return joined, first


def pairwise_with_previous(items: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    """Yield each item with the one before it, None for the first.

    >>> list(pairwise_with_previous("ab"))
    [('a', None), ('b', 'a')]
    """
    for before, item in pairwise([None, *items]):
        yield item, before


def _lines(folder: Folder, given: Input) -> Frame:
    """Return each line with its file, the place in it where its part begins, and a number that rises within a part."""
    from pyspark.sql import functions as f

    paths = [path for path, _, _ in given.files]
    source = folder.spark.read
    if given.kind == "parquet":
        frame = source.parquet(*paths)
        columns = [name for name in frame.columns if name in {*_STATED, "article", "revision", "saved_at"}]
        value = f.to_json(f.struct(*(f.col(name) for name in columns))).cast("binary")
    elif given.kind == "lines":
        # Only \n ends a line, as everywhere in the program; bytes, so that bad UTF-8 is seen as such.
        frame = source.option("lineSep", "\n").text(paths)
        value = f.col("value").cast("binary")
    else:
        frame = source.format("binaryFile").load(paths)
        value = f.when(f.col("length") <= MAX_FILE_BYTES, f.col("content"))
    return frame.select(
        value.alias("value"),
        f.col("_metadata.file_path").alias("file"),
        f.col("_metadata.file_block_start").alias("begins"),
        f.monotonically_increasing_id().alias("place"),
    )


def _spread(folder: Folder, given: Input, lines: Frame) -> Frame:
    """Return the lines spread among all workers: one packed file, or many small ones, would be read by one."""
    size = sum(size for _, size, _ in given.files)
    return lines.repartition(max(2 * folder.spark.sparkContext.defaultParallelism, size // BYTES_PER_TASK))


_STATED = ("id", "title", "text", "paragraphs", "publisher", "author", "url", "published_on", "furniture")


def _count() -> Any:
    from pyspark.sql import functions as f

    return f.count(f.lit(1)).alias("lines")


def _least() -> Any:
    from pyspark.sql import functions as f

    return f.min("place").alias("least")


def _parsed(
    starts: dict[tuple[str, int], tuple[int, int]], kind: str, root: str, limit: int, batches: Iterator[Any]
) -> Iterator[Any]:
    """Read lines in a worker."""
    import pyarrow

    collect_rarely()
    for batch in batches:
        rows = []
        columns = (batch.column(name).to_pylist() for name in ("value", "file", "begins", "place"))
        for value, file, begins, place in zip(*columns, strict=True):
            serial_offset, line_offset = starts[file, begins]
            where = {"serial": place + serial_offset, "source": file, "line": place + line_offset + 1}
            if kind != "documents" and not value.strip():
                continue
            try:
                record = (
                    _document(root, file, value, limit) if kind == "documents" else parse_record(value, limit)
                )
                rows.append(where | _columns(record))
            except VariorumError as error:
                rows.append(where | {"problem": str(error)})
            except Exception as error:  # one line of ten million must not end the job
                rows.append(where | {"problem": f"it could not be read ({type(error).__name__}: {error})"})
        by_column = {name: [row.get(name) for row in rows] for name in TEXTS}
        yield pyarrow.RecordBatch.from_pydict(by_column, schema=_arrow_schema())


def _document(root: str, file: str, content: bytes | None, limit: int) -> Record:
    if content is None:
        raise InvalidInputError(f"it is too large: a file has at most {MAX_FILE_BYTES:,} bytes")
    name = _name_below(root, file)
    return content_record(name, content, lambda given, called: read_document(given, file_name=called), limit)


def _name_below(root: str, file: str) -> str:
    """Return a document's path in the folder that was named.

    >>> _name_below("news", "file:/archive/news/2024/visit.txt")
    '2024/visit.txt'
    """
    last = Path(root).name
    _, separator, below = file.partition(f"/{last}/")
    return below if separator else file.rsplit("/", 1)[-1]


def _columns(record: Record) -> dict[str, Any]:
    draft = record.draft
    text_signals = signals(draft.paragraphs, draft.furniture)
    longest = ranking.longest_first(text_signals.words)
    checked = set(longest)
    words = [*longest, *(word for word in text_signals.words if word not in checked)]
    alphabetical = {word: rank for rank, word in enumerate(sorted(longest))}
    day = draft.published_on.isoformat() if draft.published_on else ""
    stated = (draft.title, draft.publisher, draft.author, day, draft.url)
    digest = json.dumps([draft.paragraphs, draft.furniture, stated], ensure_ascii=False)
    return {
        "id": record.import_id,
        "digest": hashlib.sha256(digest.encode("utf-8", "surrogatepass")).digest()[:16],
        "title": draft.title, "publisher": draft.publisher, "author": draft.author, "published_on": day,
        "url": draft.url, "text": None if draft.text == "\n\n".join(draft.paragraphs) else draft.text,
        "paragraphs": list(draft.paragraphs), "furniture": list(draft.furniture),
        "prints": packing.pack(text_signals.prints), "words": fingerprints.word_numbers(words).tobytes(),
        "word_order": np.array([alphabetical[word] for word in longest], dtype=np.uint16).tobytes(),
    }  # fmt: skip


def _arrow_schema() -> Any:
    import pyarrow

    kinds = {
        "long": pyarrow.int64(), "string": pyarrow.string(), "binary": pyarrow.binary(),
        "array<string>": pyarrow.list_(pyarrow.string()), "array<int>": pyarrow.list_(pyarrow.int32()),
    }  # fmt: skip
    return pyarrow.schema([(name, kinds[kind]) for name, kind in TEXTS.items()])


def repeated(lines: Frame) -> Frame:
    """Return the serials of lines that give an id again unchanged, or whose article a later line replaced."""
    from pyspark.sql import functions as f

    several = (
        lines.where("problem IS NULL")
        .groupBy("id")
        .agg(f.sort_array(f.collect_list(f.struct("serial", "digest"))).alias("given"))
    )
    return several.where("size(given) > 1").mapInArrow(_dropped, "serial long")


def _dropped(batches: Iterator[Any]) -> Iterator[Any]:
    import pyarrow

    for batch in batches:
        dropped: list[int] = []
        for given in batch.column("given").to_pylist():
            dropped += replaced(given)
        yield pyarrow.RecordBatch.from_pydict({"serial": pyarrow.array(dropped, pyarrow.int64())})


def replaced(given: Sequence[dict[str, Any]]) -> list[int]:
    """Return the serials of an id's lines, given in order, except the first line that says the same as the last.

    >>> lines = [{"serial": n, "digest": letter} for n, letter in enumerate("ABAA")]
    >>> replaced(lines), replaced(lines[:1]), replaced(lines[2:])
    ([0, 1, 3], [], [3])
    """
    changes = [
        row
        for row, before in pairwise_with_previous(given)
        if not before or before["digest"] != row["digest"]
    ]
    return [row["serial"] for row in given if row["serial"] != changes[-1]["serial"]]
