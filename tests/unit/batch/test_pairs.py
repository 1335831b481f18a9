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
from app.errors import InvalidInputError
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


def small(*numbers: int) -> list[dict[str, Any]]:
    """Articles of which each prints the one before it, and a paragraph of its own."""
    wire = " ".join(texts.article(7).body)
    return [
        {
            "id": f"small-{number}",
            "title": f"Wire {number}",
            "paragraphs": [wire, texts.article(number).body[0]],
        }
        for number in numbers
    ]


@pytest.mark.sqlite
def test_the_relations_are_those_of_a_library(db: Database, pairs: list[dict[str, Any]]) -> None:
    content = b"".join(json.dumps(line).encode() + b"\n" for line in archive())
    import_export.import_lines(
        db, BytesIO(content), limit=LIMIT, complain=print, advance=lambda *_: None, workers=1
    )
    relate.relate_pending(db)
    assert pairs == [json.loads(line) for line in import_export.pair_lines(db, every=True)]
    assert len(pairs) > len(copies.KINDS) * 3


def test_articles_that_share_text_are_grouped_under_the_first(spark: session.Spark, tmp_path: Path) -> None:
    job = Job(Folder(spark, str(tmp_path / "out")), LIMIT)
    single = {"id": "alone", "title": "Alone", "paragraphs": list(texts.article(400).body)}
    job.run([str(written(tmp_path / "news.jsonl", [*small(31, 32, 33), single]))])
    stories = {row.id: row.story for row in job.groups(job.last).collect()}
    assert stories == dict.fromkeys(["small-31", "small-32", "small-33"], "small-31")


def test_a_job_that_was_stopped_goes_on_and_doubles_nothing(
    spark: session.Spark, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    news = written(tmp_path / "news.jsonl", small(31, 32, 33))
    whole = found(spark, tmp_path / "whole", news)
    out = tmp_path / "out"
    for step in ("texts", "candidates", "relations/0000"):
        write = Folder.step

        def stopped(
            self: Folder, name: str, says: str, make: Any, *, step: str = step, write: Any = write
        ) -> Any:
            frame = write(self, name, says, make)
            if name.endswith(step):
                (out / name / "_SUCCESS").unlink()  # as if it had been killed while writing
                raise KeyboardInterrupt
            return frame

        job = Job(Folder(spark, str(out)), LIMIT)
        monkeypatch.setattr(Folder, "step", stopped)
        with pytest.raises(KeyboardInterrupt):
            job.run([str(news)])
        monkeypatch.undo()
    assert found(spark, out, news) == whole
    assert len(whole) == 3
    assert found(spark, out, news) == whole, "nothing is new"


def test_a_later_run_adds_what_is_new_and_replaces_what_changed(spark: session.Spark, tmp_path: Path) -> None:
    first = written(tmp_path / "first.jsonl.gz", small(31, 32))
    changed = {"id": "small-32", "title": "Of its own", "paragraphs": list(texts.article(90).body)}
    more = written(tmp_path / "more.jsonl.gz", [*small(31), changed, *small(33)])
    out = tmp_path / "out"
    assert [(pair["a"], pair["b"]) for pair in found(spark, out, first)] == [("small-31", "small-32")]
    assert [(pair["a"], pair["b"]) for pair in found(spark, out, more)] == [("small-31", "small-33")]


def test_a_bad_line_is_kept_apart_with_its_number(spark: session.Spark, tmp_path: Path) -> None:
    news = written(tmp_path / "news.jsonl", small(31), b"\n", b"{not JSON}\n", b'{"id": "x"}\n', b"\xff\n")
    more = written(tmp_path / "more.jsonl", small(32))
    job = Job(Folder(spark, str(tmp_path / "out")), LIMIT)
    counts = job.run([str(news), str(more)])
    assert (counts.articles, counts.bad, counts.relations) == (2, 3, 1)
    bad = sorted((row.line, row.problem) for row in job.bad_lines(job.last).collect())
    assert [number for number, _ in bad] == [3, 4, 5]
    assert ["JSON" in bad[0][1], '"text"' in bad[1][1], "UTF-8" in bad[2][1]] == [True] * 3


def test_parquet_and_a_folder_of_documents_are_read_alike(spark: session.Spark, tmp_path: Path) -> None:
    news = small(31, 32)
    frame = spark.createDataFrame([(line["id"], line["title"], line["paragraphs"]) for line in news]).toDF(
        "id", "title", "paragraphs"
    )
    frame.coalesce(1).write.parquet(str(tmp_path / "news.parquet"))
    (tmp_path / "documents" / "day").mkdir(parents=True)
    for line in news:
        file = tmp_path / "documents" / "day" / f"{line['id']}.txt"
        file.write_text("\n\n".join([line["title"], *line["paragraphs"]]), "utf-8")
    (relation,) = found(spark, tmp_path / "one", tmp_path / "news.parquet")
    (of_documents,) = found(spark, tmp_path / "other", tmp_path / "documents")
    names = {"a": "day/small-31.txt", "b": "day/small-32.txt"}
    assert of_documents == relation | names


def test_what_cannot_be_read_is_said(spark: session.Spark, tmp_path: Path) -> None:
    job = Job(Folder(spark, str(tmp_path / "out")), LIMIT)
    with pytest.raises(InvalidInputError, match="is not there"):
        job.run([str(tmp_path / "none.jsonl")])
    (tmp_path / "picture.png").write_bytes(b"x")
    with pytest.raises(InvalidInputError, match="Nothing in"):
        job.run([str(tmp_path / "picture.png")])
