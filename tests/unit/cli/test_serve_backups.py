"""``serve --backup-every`` makes backups while it serves, and /health reports them."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest

from app.cli.main import WRONG_INPUT, main
from app.services.operations import rotation
from app.services.operations.database import open_database
from app.services.stories import library
from app.settings import Settings
from tests.forked import ForkedProgram, forked_server


@contextmanager
def served(settings: Settings, folder: Path, every: str) -> Iterator[tuple[ForkedProgram, str]]:
    """Run a server that makes backups in ``folder``, and yield its process and its address."""
    environment = {"VARIORUM_BACKUP_DIR": str(folder)}
    options = ("--backup-every", every, "--keep", "2")
    with forked_server(settings, *options, environment=environment) as server:
        yield server


def backup_state(address: str) -> dict[str, Any]:
    state: dict[str, Any] = httpx2.get(f"{address}/health").json()["backup"]
    return state


def test_backups_rotate_while_it_serves(seeded_settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    with served(seeded_settings, folder, "1s") as (process, address):
        first = ""
        while not (first := backup_state(address)["file"]):
            time.sleep(0.1)
        while (folder / first).exists():
            time.sleep(0.1)
        assert backup_state(address) | {"made_at": "", "file": ""} == {
            "state": "ok",
            "every_seconds": 1,
            "made_at": "",
            "file": "",
        }
        process.terminate()
        process.communicate(timeout=20)
    assert [file.name for file in seeded_settings.data_dir.iterdir()] == ["variorum.db"]
    newest = rotation.list_backups(folder)[-1].name
    copy = open_database(Settings(database_url=f"sqlite:///{folder / newest}"))
    assert library.read_page(copy).articles == 5
    copy.dispose()


def test_a_failed_backup_is_reported(seeded_settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with served(seeded_settings, tmp_path / "file" / "backups", "1h") as (process, address):
        while backup_state(address)["state"] != "failed":
            time.sleep(0.1)
        assert httpx2.get(f"{address}/health").json()["status"] == "ok"
        process.terminate()
        assert "No backup was made: The backups cannot be written to" in process.communicate(timeout=20)[0]


@pytest.mark.parametrize("every", ["often", "1", "0h", "1.5h", "-1h"])
def test_a_span_that_is_none_is_refused(every: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", f"--backup-every={every}"]) == WRONG_INPUT
    assert "VARIORUM_BACKUP_EVERY" in capsys.readouterr().err


@pytest.mark.postgresql
def test_it_makes_none_of_a_database_on_a_server(
    monkeypatch: pytest.MonkeyPatch, cluster: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VARIORUM_DATABASE_URL", cluster.url(cluster.make()))
    assert main(["serve", "--port", "0", "--backup-every", "1h"]) == WRONG_INPUT
    assert "pg_dump" in capsys.readouterr().err
