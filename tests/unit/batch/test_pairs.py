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


def named(pairs: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(pair["a"], pair["b"]) for pair in pairs]


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


def test_a_job_that_was_stopped_goes_on_and_a_later_one_adds_what_is_new(
    spark: session.Spark, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    news = written(tmp_path / "news.jsonl", small(31, 32, 34))
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
    pairs = found(spark, out, news)
    assert named(pairs) == [("small-31", "small-32"), ("small-31", "small-34"), ("small-32", "small-34")]
    assert found(spark, out, news) == pairs, "nothing is new"

    changed = {"id": "small-32", "title": "Of its own", "paragraphs": list(texts.article(90).body)}
    more = written(tmp_path / "more.jsonl.gz", [*small(31), changed, *small(33)])
    assert named(found(spark, out, more)) == [
        ("small-31", "small-34"), ("small-31", "small-33"), ("small-34", "small-33"),
    ]  # fmt: skip


def test_lines_parquet_and_documents_are_one_archive_with_its_groups_and_quotations(
    spark: session.Spark, tmp_path: Path
) -> None:
    whole = "“We will not leave the harbour before the last ship has been mended and paid for,” said Ann Lee."
    part = "Ann Lee said: “We will not leave the harbour before the last ship has been mended.”"
    said = [
        {
            "id": f"said-{place}",
            "title": f"Day {place}",
            "paragraphs": [*texts.article(10**6 + 999 * place).body[:1], words],
        }
        for place, words in enumerate((whole, part))
    ]
    bad = (b"\n", b"{not JSON}\n", b'{"id": "x"}\n', b"\xff\n")
    lines = written(tmp_path / "news.jsonl", [*small(31), *said], *bad)
    (column,) = small(32)
    columns = "id string, title string, paragraphs array<string>"
    frame = spark.createDataFrame([(column["id"], column["title"], column["paragraphs"])], columns)
    frame.coalesce(1).write.parquet(str(tmp_path / "news.parquet"))
    (document,) = small(33)
    (tmp_path / "documents" / "day").mkdir(parents=True)
    file = tmp_path / "documents" / "day" / "visit.txt"
    file.write_text("\n\n".join([document["title"], *document["paragraphs"]]), "utf-8")

    job = Job(Folder(spark, str(tmp_path / "out")), LIMIT)
    counts = job.run([str(lines), str(tmp_path / "news.parquet"), str(tmp_path / "documents")])
    assert (counts.articles, counts.bad, counts.replaced) == (5, 3, 0)
    problems = sorted((row.line, row.problem) for row in job.bad_lines(job.last).collect())
    assert [number for number, _ in problems] == [5, 6, 7]
    says = ("JSON", '"text"', "UTF-8")
    assert all(word in problem for word, (_, problem) in zip(says, problems, strict=True))
    stories = {row.id: row.story for row in job.groups(job.last).collect()}
    assert stories == dict.fromkeys(["small-31", "small-32", "day/visit.txt"], "small-31")
    quotations = {row.id: row for row in job.quotations(job.last).where("text LIKE '%harbour%'").collect()}
    assert {name: row.kind for name, row in quotations.items()} == {"said-0": "whole", "said-1": "part"}
    assert {row.person for row in quotations.values()} == {"Ann Lee"}
    assert len({row.head for row in quotations.values()}) == 1


def test_what_cannot_be_read_is_said(spark: session.Spark, tmp_path: Path) -> None:
    job = Job(Folder(spark, str(tmp_path / "out")), LIMIT)
    with pytest.raises(InvalidInputError, match="is not there"):
        job.run([str(tmp_path / "none.jsonl")])
    (tmp_path / "picture.png").write_bytes(b"x")
    with pytest.raises(InvalidInputError, match="Nothing in"):
        job.run([str(tmp_path / "picture.png")])
