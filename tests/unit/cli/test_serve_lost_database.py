"""The database's file removed, replaced, overwritten and damaged under the running server."""

import os
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import httpx2
import pytest

from app.services.operations.database import open_database
from app.settings import Settings
from tests.forked import forked_server

SERVICE_UNAVAILABLE = 503


def add(address: str, title: str) -> httpx2.Response:
    return httpx2.post(
        f"{address}/articles", data={"title": title, "text": f"What {title} says."}, timeout=60
    )


def remove(path: Path, other: Path) -> None:
    path.unlink()


def remove_all(path: Path, other: Path) -> None:
    for file in path.parent.glob(f"{path.name}*"):
        file.unlink()


def remove_log(path: Path, other: Path) -> None:
    path.with_name(f"{path.name}-wal").unlink()


def move_away(path: Path, other: Path) -> None:
    path.rename(path.with_name("elsewhere.db"))


def replace(path: Path, other: Path) -> None:
    shutil.copy(other, path.with_name("new.db"))
    path.with_name("new.db").replace(path)


def overwrite(path: Path, other: Path) -> None:
    shutil.copyfile(other, path)


def damage(path: Path, other: Path) -> None:
    with path.open("r+b") as file:
        file.seek(20_000)
        file.write(b"damage")


def empty(path: Path, other: Path) -> None:
    os.truncate(path, 0)


@pytest.mark.parametrize(
    "attack",
    [remove, remove_all, remove_log, move_away, replace, overwrite, damage, empty],
    ids=lambda one: one.__name__,
)
def test_nothing_is_acknowledged_once_the_file_is_another(
    attack: Callable[[Path, Path], None], seeded_settings: Settings, empty_file: Path
) -> None:
    path = seeded_settings.data_dir / "variorum.db"
    with forked_server(seeded_settings) as (_, address):
        assert add(address, "before").status_code == 303
        attack(path, empty_file)
        for number in range(3):
            answer = add(address, f"after {number}")
            assert answer.status_code == SERVICE_UNAVAILABLE
            assert "removed, replaced or overwritten while the program was running" in answer.text
        assert httpx2.get(address).status_code == SERVICE_UNAVAILABLE
        health = httpx2.get(f"{address}/health")
        assert health.status_code == SERVICE_UNAVAILABLE
        assert "variorum restore" in health.json()["error"]["advice"]


def test_a_file_that_was_put_back_is_used_again(seeded_settings: Settings) -> None:
    path = seeded_settings.data_dir / "variorum.db"
    with forked_server(seeded_settings) as (_, address):
        path.rename(path.with_name("elsewhere.db"))
        assert add(address, "lost").status_code == SERVICE_UNAVAILABLE
        path.with_name("elsewhere.db").rename(path)
        assert add(address, "kept").status_code == 303
        assert httpx2.get(f"{address}/health").json()["status"] == "ok"
    db = open_database(seeded_settings)
    db.dispose()


def test_a_file_damaged_before_the_start_is_noticed(seeded_settings: Settings) -> None:
    path = seeded_settings.data_dir / "variorum.db"
    with closing(sqlite3.connect(path)) as file:
        (size,) = file.execute("PRAGMA page_size").fetchone()
        (page,) = file.execute("SELECT rootpage FROM sqlite_master WHERE name = 'fingerprint'").fetchone()
    with path.open("r+b") as pages:
        pages.seek(size * (page - 1))
        pages.write(bytes(size))
    with forked_server(seeded_settings) as (_, address):
        while httpx2.get(f"{address}/health").status_code != SERVICE_UNAVAILABLE:
            time.sleep(0.1)
        assert add(address, "after").status_code == SERVICE_UNAVAILABLE
