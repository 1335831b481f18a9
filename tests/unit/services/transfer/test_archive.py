import gzip
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from app.collation.relations import Relation, relate
from app.db.engine.base import Database
from app.errors import InvalidInputError
from app.services.operations.backlog import Backlog
from app.services.relations import candidates
from app.services.relations import relate as service
from app.services.transfer import archive, import_export
from app.services.transfer.archive import ImportedArchive
from tests.unit.services.texts import paragraphs

BODIES = {f"a-{n}": [*paragraphs(1), *paragraphs(10 + n, count=1)] for n in range(3)}
"""Articles of which each prints the same three paragraphs."""


def folder(tmp_path: Path, bodies: Mapping[str, list[str]], *more: dict[str, Any], done: bool = True) -> Path:
    """What a job on Spark leaves, of two articles or more; ``more`` are further lines of relations."""
    manifest = {"format": 1, "made_by": "4", "runs": [{"inputs": [], "first": 0, "lines": 3, "done": done}]}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    names = list(bodies)
    pairs = [(a, b) for place, b in enumerate(names) for a in names[:place]]
    relations: list[dict[str, Any]] = []
    for a, b in pairs:
        relation = relate([a, *bodies[a]], [b, *bodies[b]])
        assert isinstance(relation, Relation)
        relations.append({"a": a, "b": b, **asdict(relation)})
    articles = [{"id": name, "title": name, "paragraphs": body} for name, body in bodies.items()]
    for name, lines in {
        "articles": articles,
        "relations": [*relations, *more],
        "frequent": [{"print": 5, "groups": 9}],
    }.items():
        written(tmp_path / "runs" / "0001" / "library" / name / "part-00000.txt.gz", lines)
    return tmp_path


def written(path: Path, lines: Iterable[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(b"".join(json.dumps(line).encode() + b"\n" for line in lines)))


def brought_in(db: Database, path: Path) -> ImportedArchive:
    return archive.import_archive(
        db,
        archive.find_archive(path),
        limit=100_000,
        complain=print,
        advance=lambda *_: None,
        advance_relations=lambda _: None,
        workers=1,
    )


def pairs(db: Database) -> list[dict[str, Any]]:
    return [json.loads(line) for line in import_export.pair_lines(db, every=True)]


def test_relations_of_an_archive_are_stored_and_not_verified_again(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(candidates, "verify", None)
        done = brought_in(db, folder(tmp_path, BODIES))
        assert service.relate_pending(db) == 0
    assert (done.articles.imported, done.relations, done.left_out) == (3, 3, 0)
    assert {pair["relation"] for pair in pairs(db)} == {"near-duplicate"}
    waiting = Backlog(db).waiting()
    assert (waiting.to_compare, waiting.to_quote, waiting.pairs) == (0, 3, 3)
    again = brought_in(db, tmp_path)
    assert (again.articles.unchanged, again.relations) == (3, 0)
    assert len(pairs(db)) == 3


def test_what_the_library_has_besides_is_compared_with_the_archive(db: Database, tmp_path: Path) -> None:
    line = json.dumps({"id": "own", "title": "own", "paragraphs": paragraphs(1)}).encode()
    written(tmp_path / "own.gz", [json.loads(line)])
    with (tmp_path / "own.gz").open("rb") as source:
        import_export.import_lines(
            db, source, limit=100_000, complain=print, advance=lambda *_: None, workers=1
        )
    service.relate_pending(db)
    brought_in(db, folder(tmp_path, BODIES))
    assert service.relate_pending(db) == 1
    assert {pair["b"] for pair in pairs(db) if pair["a"] == "own"} == set(BODIES)


def test_a_line_that_is_no_relation_is_left_out_and_counted(db: Database, tmp_path: Path) -> None:
    same = relate(BODIES["a-0"], BODIES["a-0"])
    assert same
    good = {"a": "a-0", "b": "nobody", **asdict(same)}
    wrong = [
        good,
        good | {"b": "a-1", "kind": "twin"},
        good | {"b": "a-1", "resemblance": 7},
        good | {"b": 3},
        {},
    ]
    done = brought_in(db, folder(tmp_path, BODIES, *wrong))
    assert (done.relations, done.left_out) == (3, 5)


def test_a_folder_that_is_no_archive_or_not_finished_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match="is not the folder of an archive"):
        archive.find_archive(tmp_path)
    with pytest.raises(InvalidInputError, match="is not finished"):
        archive.find_archive(folder(tmp_path, BODIES, done=False))
