"""Writes by another program are distinguished from SQLite's own checkpoints."""

import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from app.db.engine.base import Database
from app.db.engine.connect import connect
from app.errors import StorageGoneError

WRITER = """
import sqlite3, sys
for number in range(400):
    file = sqlite3.connect(sys.argv[1], timeout=60, isolation_level=None)
    file.execute(f"PRAGMA wal_autocheckpoint={number % 7}")
    file.execute("INSERT INTO entry (content) VALUES (?)", ["x" * (number * 10)])
    if number % 50 == 0:
        file.execute(f"PRAGMA wal_checkpoint({['PASSIVE', 'RESTART', 'TRUNCATE'][number // 50 % 3]})").fetchall()
    if number == 300:
        file.execute("DELETE FROM entry WHERE rowid % 2")
        file.execute("VACUUM")
    file.close()
"""


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Database]:
    path = tmp_path / "some.db"
    db = connect(f"sqlite:///{path}")
    db.create()
    with closing(sqlite3.connect(path)) as file:
        file.execute("CREATE TABLE generation (id INTEGER PRIMARY KEY, value INTEGER)")
        file.execute("CREATE TABLE entry (content TEXT)")
    db.watch_pages()
    yield db
    db.dispose()


def write(db: Database) -> None:
    with db.writing() as session:
        session.execute(text("INSERT INTO entry (content) VALUES ('one')"))


def test_checkpoints_of_several_processes_raise_no_alarm(watched: Database) -> None:
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, watched.name]) for _ in range(2)]
    writes = 0
    while any(writer.poll() is None for writer in writers):
        write(watched)
        with watched.reading() as session:
            session.execute(text("SELECT count(*) FROM entry")).one()
        writes += 1
    assert [writer.wait() for writer in writers] == [0, 0]
    assert writes > 10


def test_a_byte_written_by_another_program_is_noticed_for_good(watched: Database) -> None:
    write(watched)
    time.sleep(0.02)  # the clock of the file system ticks some hundred times a second
    with Path(watched.name).open("r+b") as file:
        file.seek(5_000)
        file.write(b"x")
    for _ in range(3):
        with pytest.raises(StorageGoneError):
            write(watched)
    with pytest.raises(StorageGoneError), watched.reading() as session:
        session.connection()


def test_opening_the_file_raises_no_alarm(watched: Database) -> None:
    write(watched)
    time.sleep(0.02)
    subprocess.run(
        [sys.executable, "-c", f"open({watched.name!r}, 'rb').read(); open({watched.name!r}, 'r+b').close()"],
        check=True,
    )
    Path(watched.name).chmod(0o600)
    write(watched)
