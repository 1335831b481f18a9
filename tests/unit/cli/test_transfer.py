import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from app.cli.main import DONE, WRONG_INPUT, main
from app.cli.transfer import Progress
from app.collation.discovery import packing
from app.db.engine.base import Database
from app.services.articles import store
from app.services.operations.database import open_database
from app.services.relations import relate
from app.services.stories import library
from app.settings import Settings

ROOT = Path(__file__).parents[3]
LINES = [
    json.dumps(
        {
            "id": f"n{number}",
            "title": f"Number {number}",
            "text": f"What was said on day {number} of {number * 7}. "
            + f"It was said {number} times over. " * 40,
        }
    )
    for number in range(4_000)
]

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _database(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    monkeypatch.setenv("VARIORUM_DATABASE_URL", settings.url)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "articles.jsonl"
    path.write_text("\n".join(LINES[:20]))
    return path


def test_a_day_of_publication_that_is_to_come_is_imported_and_said(file: Path, capsys: Captured) -> None:
    dated = [
        json.dumps({**json.loads(line), "published_on": day})
        for line, day in zip(LINES, ("2024-02-01", "2999-12-31"), strict=False)
    ]
    file.write_text("\n".join(dated))
    assert main(["import", str(file)]) == DONE
    output = capsys.readouterr()
    assert json.loads(output.out) == {"imported": 2, "skipped": 0, "unchanged": 0}
    says = "line 2: published_on (2999-12-31) was still to come when it was saved; it was imported with it\n"
    assert output.err == says
    assert main(["import", str(file)]) == DONE
    assert capsys.readouterr().err == ""


def test_import_prints_counts_on_standard_output_and_complaints_on_standard_error(
    file: Path, capsys: Captured
) -> None:
    file.write_text("\n".join([*LINES[:3], "{", LINES[3]]))
    assert main(["import", str(file)]) == DONE
    output = capsys.readouterr()
    assert json.loads(output.out) == {"imported": 4, "skipped": 1, "unchanged": 0}
    assert output.err.startswith("line 4: this is not JSON")
    assert main(["import", str(file)]) == DONE
    assert json.loads(capsys.readouterr().out) == {"imported": 0, "skipped": 1, "unchanged": 4}


def test_import_finds_the_copies_and_with_later_leaves_it_to_reindex(
    file: Path, settings: Settings, capsys: Captured
) -> None:
    main(["import", str(file), "--later"])
    assert waiting(settings) == 20
    assert main(["reindex"]) == DONE
    assert capsys.readouterr().out.endswith("20 articles were related to the others.\n")
    assert waiting(settings) == 0
    file.write_text(LINES[20])
    main(["import", str(file)])
    assert waiting(settings) == 0


def waiting(settings: Settings) -> int:
    from app.db.queries import export as export_queries

    db = open_database(settings)
    with db.reading() as session:
        count = export_queries.count_pending(session)
    db.dispose()
    return count


def test_import_of_nothing_that_can_be_read_is_wrong_input(tmp_path: Path, capsys: Captured) -> None:
    assert main(["import", str(tmp_path / "none.jsonl")]) == WRONG_INPUT
    assert "cannot be read" in capsys.readouterr().err
    (tmp_path / "bad.jsonl").write_text("{\n[]\n")
    assert main(["import", str(tmp_path / "bad.jsonl")]) == WRONG_INPUT
    assert json.loads(capsys.readouterr().out) == {"imported": 0, "skipped": 2, "unchanged": 0}
    (tmp_path / "empty.jsonl").write_text("")
    assert main(["import", str(tmp_path / "empty.jsonl")]) == DONE


def test_import_reads_a_folder(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text("Talks open\nThey sat in Oslo.")
    (tmp_path / "texts" / "b.txt").write_bytes(b"\x00\x01")
    assert main(["import", str(tmp_path / "texts")]) == DONE
    output = capsys.readouterr()
    assert json.loads(output.out) == {"imported": 1, "skipped": 1, "unchanged": 0}
    assert output.err.startswith("file 2: b.txt: ")


def test_what_export_writes_import_reads(file: Path, tmp_path: Path, capsys: Captured) -> None:
    main(["import", str(file)])
    capsys.readouterr()
    assert main(["export"]) == DONE
    exported = capsys.readouterr().out
    assert len(exported.splitlines()) == 20
    done = run("import", "-", stdin=exported, database=f"sqlite:///{tmp_path}/other.db")
    assert json.loads(done.stdout) == {"imported": 20, "skipped": 0, "unchanged": 0}
    assert run("export", database=f"sqlite:///{tmp_path}/other.db").stdout == exported


def test_pairs_completes_the_relations_first(file: Path, capsys: Captured) -> None:
    copied = json.dumps({**json.loads(LINES[7]), "id": "copy"})
    file.write_text("\n".join([*LINES[:10], copied]))
    main(["import", str(file), "--later"])
    capsys.readouterr()
    assert main(["pairs", "--jsonl"]) == DONE
    pairs = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert ("n7", "copy", "same") in [(pair["a"], pair["b"], pair["relation"]) for pair in pairs]
    assert main(["pairs", "--jsonl", "--all"]) == DONE


@pytest.mark.parametrize("command", ["import", "export", "pairs", "reindex"])
def test_each_command_has_help(command: str, capsys: Captured) -> None:
    with pytest.raises(SystemExit):
        main([command, "--help"])
    assert f"usage: variorum {command}" in capsys.readouterr().out


def run(*arguments: str, database: str, stdin: str = "") -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "app", *arguments],
        cwd=ROOT,
        env={**os.environ, "VARIORUM_DATABASE_URL": database},
        input=stdin,
        capture_output=True,
        text=True,
        check=True,
    )


def test_a_killed_import_leaves_each_article_whole_or_absent_and_goes_on(
    tmp_path: Path, settings: Settings, capsys: Captured
) -> None:
    file = tmp_path / "all.jsonl"
    file.write_text("\n".join(LINES))
    with subprocess.Popen(
        [sys.executable, "-m", "app", "import", str(file), "--later"], cwd=ROOT, start_new_session=True
    ) as process:
        imported = 0
        while not 0 < imported < len(LINES):
            assert process.poll() is None, "the import ended before it could be killed"
            time.sleep(0.02)
            imported = standing(settings)
        process.send_signal(signal.SIGKILL)
    group = process.pid  # it led a session of its own, in which its workers are
    deadline = time.monotonic() + 30
    while any(leads(path) == group for path in Path("/proc").glob("[0-9]*/stat")):
        assert time.monotonic() < deadline, "a worker outlived the import"
        time.sleep(0.05)

    db = open_database(settings)
    imported = library.read_page(db).articles
    assert 0 < imported < len(LINES)
    assert_whole(db)
    db.dispose()
    assert main(["import", str(file), "--later"]) == DONE
    assert json.loads(capsys.readouterr().out) == {
        "imported": len(LINES) - imported,
        "skipped": 0,
        "unchanged": imported,
    }


def standing(settings: Settings) -> int:
    path = settings.data_dir / "variorum.db"
    if not path.exists():
        return 0
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as file:
        try:
            return int(file.execute("SELECT count(*) FROM article").fetchone()[0])
        except sqlite3.OperationalError:
            return 0  # it is being made


def leads(stat: Path) -> int:
    """Return the session of a process, 0 if it has ended."""
    try:
        fields = stat.read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return 0 if fields[0] == "Z" else int(fields[3])


def assert_whole(db: Database) -> None:
    """Assert that each article has its text and that both signals find its copy."""
    from app.collation.discovery.signals import signals
    from app.db.index import fingerprints as fingerprint_index
    from app.db.index import words as word_index

    with db.reading() as session:
        last = fingerprint_index.last_serial(session)
        entries = fingerprint_index.entries_after(session, 0, last)
    assert len(entries) == library.read_page(db).articles
    for entry in entries[:: len(entries) // 20]:
        article = store.read(db, entry.article)
        text_signals = signals(article.paragraphs, article.furniture)
        assert article.paragraphs[0] == article.title
        assert tuple(packing.unpack(entry.prints)) == text_signals.prints
        with db.reading() as session:
            serials_by_print = fingerprint_index.postings(session, text_signals.prints, last)
            assert all(entry.serial in serials for serials in serials_by_print.values())
            named = word_index.postings(session, text_signals.words, last)
            assert all(entry.serial in serials for serials in named.values())
    assert relate.ensure_relations(db, entries[0].revision) is not None


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_bar_is_drawn_over_itself_on_a_terminal_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    shown: dict[str, Any] = {"terminal": Terminal(), "log": io.StringIO()}
    for target in shown.values():
        now[0] = 0.0
        progress = Progress("articles read", target)
        progress(1, 0.1)
        now[0] = 12.0
        progress(120, 0.5)
        progress.clear()
    bar = f"[{'#' * 15}{'.' * 15}] articles read: 120, 10 a second, 50%, 12 s left"
    assert shown["terminal"].getvalue() == f"\r{bar}\r{' ' * len(bar)}\r"
    assert shown["log"].getvalue() == "articles read: 120, 10 a second, 50%, 12 s left\n"
