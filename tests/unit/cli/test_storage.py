"""``check`` and ``restore`` from the command line, with a server running, killed or stopped."""

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest

from app.cli.main import DONE, FAILED, WRONG_INPUT, main
from app.services.articles import store
from app.services.operations.database import open_database
from app.settings import Settings
from app.sources.text import draft
from tests.forked import ForkedProgram, forked_server
from tests.postgresql import Cluster

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _database(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    monkeypatch.setenv("VARIORUM_DATABASE_URL", settings.url)


@pytest.fixture
def path(settings: Settings) -> Path:
    return settings.data_dir / "variorum.db"


@pytest.fixture
def backup(seeded_file: Path, tmp_path: Path) -> Path:
    """A backup of the five seeds."""
    return Path(shutil.copy(seeded_file, tmp_path / "backup.db"))


@dataclass(frozen=True)
class Done:
    """A command that has ended."""

    returncode: int | None
    output: str


def run(command: str, settings: Settings, *arguments: object) -> Done:
    """Run a command in a process of its own: locks on a file are a process's."""
    process = ForkedProgram([command, *map(str, arguments)], {"VARIORUM_DATABASE_URL": settings.url})
    output, _ = process.communicate()
    process.close()
    return Done(process.returncode, output)


def titles(path: Path) -> set[str]:
    db = open_database(Settings(database_url=f"sqlite:///{path}"))
    stored = {entry.title for entry in store.choices(db, "", 500)}
    db.dispose()
    return stored


def aside(path: Path) -> Path:
    """Return the database that was replaced."""
    (file,) = (
        file for file in path.parent.glob(f"{path.name}.replaced-*") if file.name[-4:] not in ("-wal", "-shm")
    )
    return file


def overwrite(path: Path, position: int, count: int) -> None:
    with path.open("r+b") as file:
        file.seek(position)
        file.write(bytes(count))


def test_a_backup_is_restored_and_the_replaced_database_is_kept(
    settings: Settings, path: Path, backup: Path
) -> None:
    db = open_database(settings)
    store.add(db, draft("Only here", "He came."))
    db.dispose()
    done = run("restore", settings, backup)
    assert done.returncode == DONE, done.output
    assert "was restored from" in done.output
    assert "5 articles, 5 revisions" in done.output
    assert str(aside(path)) in done.output
    assert titles(path) == titles(backup)
    assert titles(aside(path)) == {"Only here"}
    assert {file.name for file in path.parent.iterdir()} == {path.name, aside(path).name}


def test_what_a_killed_server_had_acknowledged_is_kept_with_the_replaced_database(
    settings: Settings, path: Path, backup: Path
) -> None:
    """Its last commits are in the write-ahead log, which would ruin the restored database if it stayed."""
    with forked_server(settings) as (process, address):
        answer = httpx2.post(f"{address}/articles", data={"title": "The last one", "text": "He came."})
        assert answer.status_code == 303
        process.kill()
        process.wait()
    assert path.with_name(f"{path.name}-wal").stat().st_size
    done = run("restore", settings, backup)
    assert done.returncode == DONE, done.output
    assert not path.with_name(f"{path.name}-wal").exists()
    assert "The last one" not in titles(path)
    assert run("check", settings).returncode == DONE
    assert "The last one" in titles(aside(path))


@pytest.mark.parametrize("is_there", [True, False], ids=["its file is there", "its file was removed"])
def test_it_refuses_while_a_server_has_the_database_open(
    is_there: bool, settings: Settings, path: Path, backup: Path
) -> None:
    with forked_server(settings) as (_, address):
        if not is_there:
            path.unlink()
        before = {file.name for file in path.parent.iterdir()}
        done = run("restore", settings, backup)
        assert done.returncode == FAILED
        assert "perhaps a running server, has the database" in done.output
        assert {file.name for file in path.parent.iterdir()} == before
        if is_there:
            assert httpx2.get(f"{address}/health").json()["status"] == "ok"
            assert (
                httpx2.post(f"{address}/articles", data={"title": "One", "text": "He came."}).status_code
                == 303
            )


def test_a_backup_is_restored_where_there_is_no_database(
    settings: Settings, path: Path, backup: Path
) -> None:
    done = run("restore", settings, backup)
    assert done.returncode == DONE, done.output
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert titles(path) == titles(backup)
    with forked_server(settings) as (_, address):
        assert httpx2.get(f"{address}/health").json()["status"] == "ok"


def test_it_restores_over_a_damaged_database(settings: Settings, path: Path, backup: Path) -> None:
    settings.data_dir.mkdir()
    path.write_bytes(b"no database at all" * 1_000)
    assert run("check", settings).returncode == FAILED
    done = run("restore", settings, backup)
    assert done.returncode == DONE, done.output
    assert titles(path) == titles(backup)
    assert aside(path).read_bytes().startswith(b"no database at all")


def test_a_damaged_backup_is_refused(settings: Settings, path: Path, backup: Path) -> None:
    db = open_database(settings)
    db.dispose()
    before = path.read_bytes()
    overwrite(backup, 20_000, 40_000)
    done = run("restore", settings, backup)
    assert done.returncode == FAILED
    assert "is damaged" in done.output
    assert "nothing was changed" in done.output
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_backup_with_one_letter_changed_is_refused(settings: Settings, path: Path, backup: Path) -> None:
    """SQLite notices nothing; the digest of the text does."""
    content = bytearray(backup.read_bytes())
    place = content.index(b"China")
    while place >= 0:
        content[place] = ord("X")
        place = content.find(b"China", place)
    backup.write_bytes(content)
    with closing(sqlite3.connect(backup)) as file:
        assert file.execute("PRAGMA quick_check").fetchall() == [("ok",)]
    done = run("restore", settings, backup)
    assert done.returncode == FAILED
    assert "is damaged" in done.output
    assert not path.exists()


def test_a_backup_of_a_newer_version_is_refused(settings: Settings, path: Path, backup: Path) -> None:
    with closing(sqlite3.connect(backup)) as file, file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")
    done = run("restore", settings, backup)
    assert done.returncode == FAILED
    assert "newer version of Variorum (schema 9999)" in done.output
    assert not path.exists()


def test_a_file_that_is_not_a_backup_is_refused(settings: Settings, path: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no database " * 100)
    with closing(sqlite3.connect(tmp_path / "other.db")) as file, file:
        file.execute("CREATE TABLE other (one)")
    db = open_database(settings)
    db.dispose()
    for name in ("notes.txt", "other.db", "none.db", ".", "data/variorum.db"):
        done = run("restore", settings, tmp_path / name)
        assert done.returncode in (FAILED, WRONG_INPUT), name
        assert "Traceback" not in done.output
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_backup_stays_as_it_was(settings: Settings, backup: Path) -> None:
    before = backup.read_bytes()
    assert run("check", settings, backup).returncode == DONE
    assert run("restore", settings, backup).returncode == DONE
    assert backup.read_bytes() == before
    assert {file.name for file in backup.parent.glob("backup*")} == {"backup.db"}


def test_a_killed_servers_folder_is_a_backup_too(settings: Settings, path: Path, tmp_path: Path) -> None:
    """A copy of the file with its log beside it: both are read."""
    with forked_server(settings) as (process, address):
        httpx2.post(f"{address}/articles", data={"title": "In the log", "text": "He came."})
        process.kill()
        process.wait()
    copied = tmp_path / "copied"
    shutil.copytree(path.parent, copied)
    shutil.rmtree(path.parent)
    assert run("restore", settings, copied / path.name).returncode == DONE
    assert "In the log" in titles(path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give files away")
def test_restored_by_root_it_belongs_to_whom_the_database_belonged(
    settings: Settings, path: Path, backup: Path
) -> None:
    db = open_database(settings)
    db.dispose()
    os.chown(path, 12_345, 12_345)
    path.chmod(0o640)
    assert run("restore", settings, backup).returncode == DONE
    status = path.stat()
    assert (status.st_uid, status.st_gid, status.st_mode & 0o777) == (12_345, 12_345, 0o640)


def test_check_names_the_article_and_sets_the_exit_code(
    settings: Settings, path: Path, capsys: Captured
) -> None:
    assert main(["seed"]) == DONE
    capsys.readouterr()
    assert main(["check"]) == DONE
    assert (
        "5 articles, 5 revisions and 1 comparison are whole, and so is the index." in capsys.readouterr().out
    )
    with closing(sqlite3.connect(path)) as file, file:
        (article,) = file.execute("SELECT article FROM revision LIMIT 1").fetchone()
        file.execute("UPDATE revision SET paragraphs = '[\"Forged.\"]' WHERE article = ?", [article])
    assert main(["check", "--quick"]) == FAILED
    output = capsys.readouterr().out
    assert f"article {article} “" in output
    assert "revision 1: its text is not the one that was stored" in output
    assert "1 of 5 articles is not whole" in output


def test_check_changes_nothing_and_lists_what_it_cannot_check(
    settings: Settings, path: Path, backup: Path, capsys: Captured
) -> None:
    assert main(["check"]) == FAILED
    assert "cannot be opened" in capsys.readouterr().err
    assert not path.exists()
    with closing(sqlite3.connect(backup)) as file, file:
        file.execute("UPDATE alembic_version SET version_num = '0003'")
    assert main(["check", str(backup)]) == WRONG_INPUT
    assert "older version of Variorum" in capsys.readouterr().err
    with closing(sqlite3.connect(backup)) as file:
        assert file.execute("SELECT version_num FROM alembic_version").fetchone() == ("0003",)


@pytest.mark.postgresql
def test_on_a_server_check_works_and_the_others_name_its_own_tools(
    monkeypatch: pytest.MonkeyPatch, cluster: Cluster, seeded_template: str, backup: Path, capsys: Captured
) -> None:
    name = cluster.make(seeded_template)
    monkeypatch.setenv("VARIORUM_DATABASE_URL", cluster.url(name))
    assert main(["check"]) == DONE
    assert "5 articles, 5 revisions" in capsys.readouterr().out
    assert main(["restore", str(backup)]) == WRONG_INPUT
    assert "pg_restore" in capsys.readouterr().err
    assert main(["backup", str(backup.with_name("new.db"))]) == WRONG_INPUT
    assert "pg_dump" in capsys.readouterr().err
    cluster.drop(name)
