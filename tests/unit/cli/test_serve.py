import asyncio
import gc
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest
import uvicorn
from fastapi import FastAPI

from app.cli.main import FAILED, WRONG_INPUT, main
from app.cli.serve import SWITCH_SECONDS, _greeting, _Server
from app.db.engine.connect import connect
from app.services.articles import store
from app.services.operations.database import open_database
from app.services.relations import reindex
from app.settings import Settings
from app.sources.text import draft
from tests.forked import forked_server
from tests.unit.services.texts import paragraphs, text


@contextmanager
def served(
    settings: Settings,
    *,
    background: bool = True,
    command: Sequence[str] = (sys.executable, "-m", "app"),
    environment: Mapping[str, str] | None = None,
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run a server and yield its process and its address, as printed."""
    process = subprocess.Popen(
        [*command, "serve", "--port", "0"],
        cwd=Path(__file__).parents[3],
        env={
            "VARIORUM_DATABASE_URL": settings.url,
            "VARIORUM_BACKGROUND": str(background),
            **(environment or {}),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        match = re.fullmatch(r"Variorum is at (http://\S+) \(Ctrl\+C stops it\)\.\n", line)
        assert match, line + process.stdout.read()
        yield process, match[1]
    finally:
        process.kill()
        process.communicate()


def test_it_makes_the_database_brings_the_seeds_and_prints_where_it_is(settings: Settings) -> None:
    with served(settings) as (_, address):
        assert address.startswith("http://127.0.0.1:")
        assert httpx2.get(f"{address}/health").json()["status"] == "ok"
        assert "China Offers Full Support" in httpx2.get(address).text
        assert "server" not in httpx2.get(address).headers


def test_a_thread_that_works_gives_way_to_those_that_answer() -> None:
    before, threshold = sys.getswitchinterval(), gc.get_threshold()
    config = uvicorn.Config(FastAPI(), port=0)
    config.load()
    server = _Server(config, lambda: None, [])
    server.lifespan = config.lifespan_class(config)

    async def start_and_stop() -> float:
        await server.startup()
        interval = sys.getswitchinterval()
        await server.shutdown()
        return interval

    try:
        assert asyncio.run(start_and_stop()) == pytest.approx(SWITCH_SECONDS)
    finally:
        sys.setswitchinterval(before)
        gc.set_threshold(*threshold)
        gc.unfreeze()


@pytest.mark.parametrize(("stop", "says"), [(signal.SIGTERM, ""), (signal.SIGINT, "Stopped.\n")])
def test_on_a_signal_the_server_closes_the_database_and_exits_cleanly(
    settings: Settings, stop: signal.Signals, says: str
) -> None:
    with served(settings) as (process, address):
        httpx2.get(address)
        process.send_signal(stop)
        assert process.communicate(timeout=20)[0] == says
        assert process.returncode == 0
    assert [file.name for file in settings.data_dir.iterdir()] == ["variorum.db"]


def test_an_article_that_was_answered_survives_a_kill(settings: Settings) -> None:
    with served(settings) as (process, address):
        answer = httpx2.post(f"{address}/articles", data={"title": "A visit", "text": "He came."})
        assert answer.status_code == 303
        process.kill()
        path = answer.headers["location"].partition("?")[0]
    with forked_server(settings) as (_, address):
        assert "He came." in httpx2.get(f"{address}{path}").text


@pytest.fixture
def behind(settings: Settings) -> int:
    """How many articles wait to be compared and looked through for quotations."""
    db = open_database(settings)
    for number in range(40):
        store.add(db, draft(f"Title {number}", text(paragraphs(number % 20))))
    with db.writing() as session:
        reindex.clear_index(session)
    db.dispose()
    return 40


def waiting(address: str) -> dict[str, int | str]:
    counts: dict[str, int | str] = httpx2.get(f"{address}/health").json()["waiting"]
    return counts


def test_it_serves_at_once_while_many_wait_and_works_them_off(settings: Settings, behind: int) -> None:
    with forked_server(settings) as (process, address):
        # the five seeds are compared as they come in
        assert f"{behind} of {behind + 5} articles are still to be compared" in httpx2.get(address).text
        while waiting(address)["to_compare"] == behind:
            time.sleep(0.05)
        began = time.monotonic()
        process.terminate()
        process.communicate(timeout=20)
        assert time.monotonic() - began < 5
        assert process.returncode == 0
    assert [file.name for file in settings.data_dir.iterdir()] == ["variorum.db"]
    with forked_server(settings) as (_, address):
        while waiting(address) != {"to_compare": 0, "to_quote": 0, "worker": "idle"}:
            time.sleep(0.05)
        assert "still to be compared" not in httpx2.get(address).text
        counted = re.search(r"45 articles: (\d+) stor\w+ and (\d+) single articles", httpx2.get(address).text)
        assert counted
        assert int(counted[1]) + int(counted[2]) == 24


def test_a_server_that_is_killed_leaves_no_worker_behind(settings: Settings, behind: int) -> None:
    with served(settings) as (process, address):
        while waiting(address)["worker"] != "working":
            time.sleep(0.05)
        process.kill()
        # its output ends only when the worker, which shares it, has ended too
        process.communicate(timeout=60)
    db = connect(settings.url)
    with db.turn() as has_turn:
        assert has_turn
    db.dispose()


def test_the_server_can_leave_the_backlog_to_another_machine(settings: Settings, behind: int) -> None:
    with forked_server(settings, environment={"VARIORUM_BACKGROUND": "false"}) as (_, address):
        assert waiting(address) == {"to_compare": behind, "to_quote": behind, "worker": "off"}
        assert "still to be compared with the others.<" in httpx2.get(address).text


def test_a_port_in_use_is_reported_with_the_next_free_one(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VARIORUM_DATABASE_URL", settings.url)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        assert main(["serve", "--port", str(port)]) == FAILED
    complaint = capsys.readouterr().err
    assert f"Port {port} on 127.0.0.1 is in use, perhaps by a Variorum that is running already." in complaint
    free = re.search(r"Port (\d+) is free: use make run PORT=(\d+)", complaint)
    assert free
    assert free[1] == free[2]
    assert int(free[1]) > port
    assert not settings.data_dir.exists()


@pytest.mark.parametrize("host", ["no-such-host.invalid", "203.0.113.1"])
def test_an_address_of_another_machine_is_reported(
    host: str, settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VARIORUM_DATABASE_URL", settings.url)
    assert main(["serve", "--host", host, "--port", "0"]) == FAILED
    assert f"not possible to listen on {host}" in capsys.readouterr().err


@pytest.mark.parametrize("key", [b"\xff\xfe", b"secret "])
def test_a_key_that_no_form_could_send_stops_it_in_words(key: bytes) -> None:
    env = {**os.environb, b"VARIORUM_EDIT_KEY": key}
    command = [sys.executable, "-m", "app", "serve", "--port", "0"]
    stopped = subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=60)
    assert stopped.returncode == WRONG_INPUT
    assert "A setting is wrong. VARIORUM_EDIT_KEY: " in stopped.stderr
    assert "Traceback" not in stopped.stderr


def test_the_server_prints_who_can_reach_it_and_what_is_off() -> None:
    assert _greeting(Settings(host="0.0.0.0"), 8000).splitlines() == [
        "Variorum is at http://127.0.0.1:8000 (Ctrl+C stops it).",
        "Other machines reach it by this one's address.",
        "Adding, editing and deleting are off, since others can reach it: set VARIORUM_EDIT_KEY.",
    ]
    assert _greeting(
        Settings(edit_key="secret", public_url="https://variorum.example"), 8000
    ).splitlines() == [
        "Variorum is at http://127.0.0.1:8000 (Ctrl+C stops it).",
        "Links that it hands out begin with https://variorum.example.",
    ]
    assert "may only be read" in _greeting(Settings(), 8000, read_only=True)
    assert _greeting(Settings(host="::1"), 80) == "Variorum is at http://[::1]:80 (Ctrl+C stops it)."
