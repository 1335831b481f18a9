"""A job on Spark finds the very relations that a library of the same articles has."""

import gzip
import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from app.batch import session
from app.batch.folder import Folder
from app.batch.pipeline import Job
from app.batch.written import pair_lines, write_local
from app.db.engine.base import Database
from app.services.relations import relate
from app.services.transfer import import_export
from bench.library import copies, texts

pytestmark = [pytest.mark.spark, pytest.mark.filterwarnings("ignore")]

ARTICLES = 150
LIMIT = 100_000


@pytest.fixture(scope="module")
def spark() -> Iterator[session.Spark]:
    try:
        session.refuse_if_missing()
    except session.SparkMissingError as error:
        pytest.skip(str(error))
    started = session.start(
        "local[2]", {"spark.sql.shuffle.partitions": "2", "spark.default.parallelism": "2"}
    )
    yield started
    started.stop()


def archive() -> list[dict[str, Any]]:
    """Made-up news, and copies of every kind of some of it."""
    news = [texts.article(number).line() for number in range(ARTICLES)]
    planted = [
        {"id": f"{kind}-{number}", "title": lines[0], "paragraphs": lines[1:]}
        for kind in copies.KINDS
        for number in (13, 50, 100)
        for lines in [copies.copy(kind, number)]
    ]
    return news + planted


def written(path: Path, lines: list[dict[str, Any]], *more: bytes) -> Path:
    content = b"".join(json.dumps(line).encode() + b"\n" for line in lines) + b"".join(more)
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path


def found(spark: session.Spark, out: Path, *inputs: Path, every: bool = True) -> list[dict[str, Any]]:
    """Run a job, and return the pairs that it writes."""
    job = Job(Folder(spark, str(out)), LIMIT)
    job.run([str(path) for path in inputs])
    write_local(pair_lines(job.relations(job.last), every=every), out / "pairs.jsonl")
    return [json.loads(line) for line in (out / "pairs.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def pairs(spark: session.Spark, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    folder = tmp_path_factory.mktemp("archive")
    return found(spark, folder / "out", written(folder / "news.jsonl", archive()))


@pytest.mark.sqlite
def test_the_relations_are_those_of_a_library(db: Database, pairs: list[dict[str, Any]]) -> None:
    content = b"".join(json.dumps(line).encode() + b"\n" for line in archive())
    import_export.import_lines(
        db, BytesIO(content), limit=LIMIT, complain=print, advance=lambda *_: None, workers=1
    )
    relate.relate_pending(db)
    assert pairs == [json.loads(line) for line in import_export.pair_lines(db, every=True)]
    assert len(pairs) > len(copies.KINDS) * 3
