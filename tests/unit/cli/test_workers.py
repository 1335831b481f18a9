"""Several processes on one port: their work, how they end, and what happens if one dies."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from app.services.articles import store
from app.services.operations.database import open_database
from app.services.relations import reindex
from app.settings import Settings
from app.sources.text import draft
from tests.forked import ForkedProgram, forked_server
from tests.unit.services.texts import paragraphs, text


@contextmanager
def served(settings: Settings) -> Iterator[tuple[ForkedProgram, str]]:
    """Run a server of two processes and yield it with its address, as printed."""
    with forked_server(settings, "--workers", "2") as server:
        yield server


def serving_children(process: ForkedProgram) -> list[int]:
    """Return the serving processes: those started by ``process`` that share its listening sockets."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return [
        int(child)
        for child in children
        if "resource_tracker" not in Path(f"/proc/{child}/cmdline").read_text()
    ]


def until(condition: Callable[[], bool]) -> None:
    while not condition():
        time.sleep(0.05)


@pytest.mark.parametrize(("stop", "says"), [(signal.SIGTERM, ""), (signal.SIGINT, "Stopped.\n")])
def test_two_processes_serve_and_end_well_together(
    settings: Settings, stop: signal.Signals, says: str
) -> None:
    with served(settings) as (process, address):
        for _ in range(8):
            assert httpx2.get(f"{address}/health", timeout=60).json()["status"] == "ok"
        children = serving_children(process)
        assert len(children) == 2
        process.send_signal(stop)
        assert process.communicate(timeout=30)[0] == says
        assert process.returncode == 0
        assert not any(Path(f"/proc/{child}").exists() for child in children)
    assert [file.name for file in settings.data_dir.iterdir()] == ["variorum.db"]


def test_what_one_process_stores_every_process_shows_at_once(settings: Settings) -> None:
    with served(settings) as (_, address):
        for number in range(6):
            for _ in range(4):  # each on a connection of its own, so on either process
                httpx2.get(address, timeout=60)
            form = {"title": f"Visit {number}", "text": f"The minister came {number} times.", "again": "1"}
            assert httpx2.post(f"{address}/articles", data=form).status_code == 303
            for _ in range(6):
                assert f"Visit {number}" in httpx2.get(address, timeout=60).text


def test_a_process_that_dies_is_replaced_and_nobody_is_refused(settings: Settings) -> None:
    with served(settings) as (process, address):
        httpx2.get(address, timeout=60)
        before = set(serving_children(process))
        os.kill(min(before), signal.SIGKILL)
        until(lambda: len(set(serving_children(process)) - before) == 1)
        for _ in range(10):
            assert httpx2.get(address, timeout=60).status_code == 200
        process.terminate()
        assert "another takes its place" in process.communicate(timeout=30)[0]


def test_killed_it_leaves_no_process_behind(settings: Settings) -> None:
    with served(settings) as (process, address):
        httpx2.get(address, timeout=60)
        children = serving_children(process)
        process.kill()
    until(lambda: not any(Path(f"/proc/{child}").exists() for child in children))


def test_one_worker_works_off_the_backlog_and_every_process_says_so(settings: Settings) -> None:
    db = open_database(settings)
    for number in range(20):
        store.add(db, draft(f"Title {number}", text(paragraphs(number % 20))))
    with db.writing() as session:
        reindex.clear_index(session)
    db.dispose()
    with served(settings) as (_, address):
        states = set()
        done = {"to_compare": 0, "to_quote": 0, "worker": "idle"}
        while (waiting := httpx2.get(f"{address}/health", timeout=60).json()["waiting"]) != done:
            states.add(waiting["worker"])
            time.sleep(0.05)
        assert states <= {"idle", "working", "off"}
        assert "working" in states


def test_a_port_in_use_is_refused_though_processes_share_it(settings: Settings) -> None:
    with served(settings) as (_, address):
        second = subprocess.run(
            [sys.executable, "-m", "app", "serve", "--port", address.rpartition(":")[2], "--workers", "2"],
            cwd=Path(__file__).parents[3],
            env={"VARIORUM_DATABASE_URL": settings.url},
            capture_output=True,
            text=True,
            check=False,
        )
    assert second.returncode == 1
    assert "is in use" in second.stderr
