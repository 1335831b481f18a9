"""A job on Spark finds exactly the relations of a library with the same articles.

A job takes Spark many seconds, however few the articles: so one job, of inputs of every kind and stopped at three
stages, is looked at from all sides.
"""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from app.batch import session
from app.batch.folder import Folder
from app.batch.json_output import pair_lines, write_local
from app.batch.pipeline import ArchiveCounts, Job
from app.collation.relations import REUSE
from app.db.engine.base import Database
from app.errors import InvalidInputError
from app.services.relations import relate
from app.services.transfer import import_export
from bench.library import copies, texts

pytestmark = [pytest.mark.spark, pytest.mark.filterwarnings("ignore")]

ARTICLES = 60
LIMIT = 100_000

STAGES = ("texts", "candidates", "relations/0000")
"""The steps in which the job is stopped, one after the other."""

WHOLE = "“We will not leave the harbour before the last ship has been mended and paid for,” said Ann Lee."
PART = "Ann Lee said: “We will not leave the harbour before the last ship has been mended.”"

BAD = (b"\n", b"{not JSON}\n", b'{"id": "x"}\n', b"\xff\n")

Line = dict[str, Any]


def news() -> list[Line]:
    """Made-up news, and copies of every kind of some of it."""
    articles = [texts.article(number).line() for number in range(ARTICLES)]
    planted = [
        {"id": f"{kind}-{number}", "title": lines[0], "paragraphs": lines[1:]}
        for kind in copies.KINDS
        for number in (13, 30, 50)
        for lines in [copies.copy(kind, number)]
    ]
    return articles + planted


def small(*numbers: int) -> list[Line]:
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


def said() -> list[Line]:
    """Articles that share nothing but a quotation, whole and in part."""
    return [
        {
            "id": f"said-{place}",
            "title": f"Day {place}",
            "paragraphs": [*texts.article(10**6 + 999 * place).body[:1], words],
        }
        for place, words in enumerate((WHOLE, PART))
    ]


LINES = [*news(), *small(200, 201), *said()]
(COLUMNS,) = small(202)
DOCUMENT: Line = small(203)[0] | {"id": "day/visit.txt"}


def written(path: Path, lines: list[Line], *more: bytes) -> Path:
    content = b"".join(json.dumps(line).encode() + b"\n" for line in lines) + b"".join(more)
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path


def inputs(spark: session.Spark, folder: Path) -> list[str]:
    """Write the articles as lines, bad ones among them, as Parquet and as a document in a folder."""
    lines = written(folder / "news.jsonl", LINES, *BAD)
    columns = "id string, title string, paragraphs array<string>"
    frame = spark.createDataFrame([(COLUMNS["id"], COLUMNS["title"], COLUMNS["paragraphs"])], columns)
    frame.coalesce(1).write.parquet(str(folder / "news.parquet"))
    file = folder / "documents" / "day" / "visit.txt"
    file.parent.mkdir(parents=True)
    file.write_text("\n\n".join([DOCUMENT["title"], *DOCUMENT["paragraphs"]]), "utf-8")
    return [str(path) for path in (lines, folder / "news.parquet", folder / "documents")]


@dataclass(frozen=True)
class Found:
    """A finished job, and what it found."""

    job: Job
    inputs: list[str]
    counts: ArchiveCounts
    pairs: list[Line]


@pytest.fixture(scope="module")
def found(spark: session.Spark, tmp_path_factory: pytest.TempPathFactory) -> Found:
    """A job that was stopped at three stages, and started again each time."""
    folder = tmp_path_factory.mktemp("archive")
    names = inputs(spark, folder)
    out = folder / "out"
    for stage in STAGES:
        job = Job(Folder(spark, str(out)), LIMIT)
        with pytest.MonkeyPatch.context() as patched:
            stop_in(stage, out, patched)
            with pytest.raises(KeyboardInterrupt):
                job.run(names)
    job = Job(Folder(spark, str(out)), LIMIT)
    counts = job.run(names)
    return Found(job, names, counts, pairs_of(job))


def stop_in(stage: str, out: Path, patched: pytest.MonkeyPatch) -> None:
    """Have the job stopped in this stage as if it had been killed while it wrote."""
    whole = Folder.step

    def stopped(self: Folder, name: str, says: str, make: Any) -> Any:
        frame = whole(self, name, says, make)
        if name.endswith(stage):
            (out / name / "_SUCCESS").unlink()
            raise KeyboardInterrupt
        return frame

    patched.setattr(Folder, "step", stopped)


def pairs_of(job: Job) -> list[Line]:
    """Return the pairs that a job writes."""
    file = Path(job.folder.path) / "pairs.jsonl"
    write_local(pair_lines(job.relations(job.last), every=True), file)
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def named(pairs: list[Line]) -> Iterator[tuple[str, str]]:
    """Yield the names of the pairs of small articles."""
    wires = {"small-200", "small-201", "small-202", "small-203", "day/visit.txt"}
    for pair in pairs:
        if {pair["a"], pair["b"]} <= wires:
            yield pair["a"], pair["b"]


@pytest.mark.sqlite
def test_a_job_stopped_at_three_stages_finds_the_relations_of_a_library(db: Database, found: Found) -> None:
    content = b"".join(json.dumps(line).encode() + b"\n" for line in [*LINES, COLUMNS, DOCUMENT])
    import_export.import_lines(
        db, BytesIO(content), limit=LIMIT, complain=print, advance=lambda *_: None, workers=1
    )
    relate.relate_pending(db)
    assert found.pairs == [json.loads(line) for line in import_export.pair_lines(db, every=True)]
    assert len(found.pairs) > len(copies.KINDS) * 3


def test_lines_parquet_and_documents_are_one_archive_whose_bad_lines_are_kept_apart(found: Found) -> None:
    job, counts = found.job, found.counts
    assert (counts.articles, counts.bad, counts.replaced) == (len(LINES) + 2, 3, 0)
    assert counts.relations == len(found.pairs)
    problems = sorted((row.line, row.problem) for row in job.bad_lines(0).collect())
    assert [number - len(LINES) for number, _ in problems] == [2, 3, 4]
    says = ("JSON", '"text"', "UTF-8")
    assert all(word in problem for word, (_, problem) in zip(says, problems, strict=True))


def test_articles_that_share_text_are_grouped(found: Found) -> None:
    stories = {row.id: row.story for row in found.job.groups(0).collect()}
    reusing = [pair for pair in found.pairs if pair["relation"] in REUSE]
    assert {"small-200", "day/visit.txt"} <= {pair["b"] for pair in reusing if pair["a"] == "made-7"}
    assert all(stories[pair["a"]] == stories[pair["b"]] for pair in reusing)
    assert stories.keys() == {pair[end] for pair in reusing for end in ("a", "b")}
    assert len(set(stories.values())) > 1


def test_a_quotation_has_its_versions(found: Found) -> None:
    quotations = {row.id: row for row in found.job.quotations(0).where("text LIKE '%harbour%'").collect()}
    assert {name: row.kind for name, row in quotations.items()} == {"said-0": "whole", "said-1": "part"}
    assert {row.person for row in quotations.values()} == {"Ann Lee"}
    assert len({row.head for row in quotations.values()}) == 1


def test_a_later_run_adds_what_is_new(spark: session.Spark, found: Found, tmp_path: Path) -> None:
    again = Job(Folder(spark, found.job.folder.path), LIMIT)
    again.run(found.inputs)
    assert again.last == 0
    assert pairs_of(again) == found.pairs, "nothing is new"

    changed = {"id": "small-202", "title": "Of its own", "paragraphs": list(texts.article(1090).body)}
    more = written(tmp_path / "more.jsonl.gz", [*small(200), changed, *small(203)])
    counts = again.run([str(more)])
    assert (counts.articles, counts.replaced) == (len(LINES) + 3, 2)
    assert list(named(found.pairs)) == [
        ("small-200", "small-201"), ("small-200", "small-202"), ("small-200", "day/visit.txt"),
        ("small-201", "small-202"), ("small-201", "day/visit.txt"), ("small-202", "day/visit.txt"),
    ]  # fmt: skip
    assert list(named(pairs_of(again))) == [
        ("small-200", "small-201"), ("small-200", "day/visit.txt"), ("small-200", "small-203"),
        ("small-201", "day/visit.txt"), ("small-201", "small-203"), ("day/visit.txt", "small-203"),
    ]  # fmt: skip


def test_what_cannot_be_read_is_said(spark: session.Spark, tmp_path: Path) -> None:
    job = Job(Folder(spark, str(tmp_path / "out")), LIMIT)
    with pytest.raises(InvalidInputError, match="is not there"):
        job.run([str(tmp_path / "none.jsonl")])
    (tmp_path / "picture.png").write_bytes(b"x")
    with pytest.raises(InvalidInputError, match="Nothing in"):
        job.run([str(tmp_path / "picture.png")])
