import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from app.services.articles import store
from app.services.operations.database import open_database
from app.services.stories import library
from app.settings import Settings

pytestmark = pytest.mark.sqlite

PROGRAM = """
import sys
from threading import Lock, Thread
from app.services.articles import store
from app.services.operations.database import open_database
from app.settings import Settings
from app.sources.text import draft

db = open_database(Settings())
told = Lock()

def bring_in(name):
    ref = None
    for number in range(100_000):
        text = draft(f"{name} {number}", f"What {name} says in number {number}. " * 50)
        ref = store.edit(db, ref.article, text) if ref and number % 2 else store.add(db, text)
        with told:
            print(ref.article, ref.number, flush=True)

for name in "one", "two", "three", "four":
    Thread(target=bring_in, args=(name,), daemon=True).start()
sys.stdin.read()
"""


def test_whatever_was_acknowledged_survives_a_kill(settings: Settings) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        cwd=Path(__file__).parents[4],
        env={"VARIORUM_DATABASE_URL": settings.url, "PYTHONPATH": str(Path(__file__).parents[4])},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        acknowledged = [process.stdout.readline() for _ in range(60)]
        process.kill()
        acknowledged += [line for line in process.stdout if line.endswith("\n")]
    with closing(sqlite3.connect(settings.data_dir / "variorum.db")) as file:
        assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert file.execute("PRAGMA foreign_key_check").fetchall() == []
    db = open_database(settings)
    for line in acknowledged:
        article, number = line.split()
        assert store.read(db, article, int(number)).newest >= int(number)
    assert library.read_page(db).articles >= len({line.split()[0] for line in acknowledged})
    db.dispose()
