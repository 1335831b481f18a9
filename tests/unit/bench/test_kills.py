"""A few kills and hostile requests of ``make attack``, and that they notice the faults that they look for."""

import json
import sys
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from random import Random
from unittest.mock import Mock

import pytest

from app.services.articles import store, trash
from app.services.operations.database import open_database
from app.settings import Settings
from bench.attack import background_kills, desk_kills, kills, requests
from bench.attack.__main__ import main


def test_a_killed_server_has_all_that_it_acknowledged(settings: Settings) -> None:
    toll = kills.kill_servers(settings.url, 2, Random(1))

    assert (toll.kills, toll.faults) == (2, [])
    assert toll.acknowledged > 0


def test_a_killed_import_has_nothing_half(settings: Settings) -> None:
    toll = kills.kill_imports(settings.url, 2, Random(1))

    assert (toll.kills, toll.faults) == (2, [])


@pytest.mark.parametrize("kill", [background_kills.kill_background_work, background_kills.kill_looks])
def test_what_works_in_the_background_is_killed_without_harm(
    kill: Callable[[str, int, Random], kills.Toll], settings: Settings
) -> None:
    toll = kill(settings.url, 1, Random(1))

    assert (toll.kills, toll.faults) == (1, [])


def test_what_scripts_wrote_outlives_a_kill(settings: Settings) -> None:
    toll = desk_kills.kill_scripts(settings.url, 2, Random(1))

    assert (toll.kills, toll.faults) == (2, [])
    assert toll.acknowledged > 0


def test_a_lost_note_label_and_capture_are_noticed(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = "a" * 16
    lost: dict[desk_kills.Fact, set[object]] = {
        ("note", "n" * 16, article, article): {"Seen."},
        ("label", article, "tag", "to do"): {True},
        ("alias", "Paper"): {"Daily"},
        ("capture", article): {"0" * 64},
        ("article", article): {1},
    }

    def write(address: str, script: desk_kills.Script, *_: object) -> None:
        script.facts |= lost
        script.acknowledged += 1

    monkeypatch.setattr(desk_kills, "_write", write)
    toll = desk_kills.kill_scripts(settings.url, 1, Random(1))

    assert len(toll.faults) == desk_kills.SCRIPTS * len(lost)


def test_a_script_goes_on_where_the_database_is_busy() -> None:
    told = {"advice": "Nothing was stored. Try again in a moment."}
    connection = Mock()
    connection.getresponse.return_value = Mock(status=503, read=lambda: json.dumps(told).encode())
    label: desk_kills.Fact = ("label", "a" * 16, "tag", "to do")
    script = desk_kills.Script(1, {label: {True}})
    caller = desk_kills._Caller(connection, script)

    with pytest.raises(desk_kills._BusyError):
        caller.change("tag taken off", label, None, "DELETE", "/labels")

    assert (script.facts, script.under_way, script.acknowledged) == ({label: {True}}, "", 0)


def test_a_server_that_does_not_start_says_why(tmp_path: Path) -> None:
    (tmp_path / "variorum.db").write_bytes(b"no database" * 1_000)
    toll = kills.kill_servers(f"sqlite:///{tmp_path}/variorum.db", 1, Random(1))

    (fault,) = toll.faults
    assert fault.startswith("the server did not start (exit code 1)")
    assert "variorum.db" in fault


def test_a_lost_article_is_noticed(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    read = store.read

    def deleting(db: object, article: str) -> store.StoredArticle:
        trash.delete(db, article)  # type: ignore[arg-type]  # as the bench calls it
        return read(db, article)  # type: ignore[arg-type]  # the same

    monkeypatch.setattr(store, "read", deleting)
    toll = kills.kill_servers(settings.url, 3, Random(1))

    assert any("has None" in fault for fault in toll.faults)


def test_kills_that_were_stopped_go_on_where_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    databases: list[str] = []

    def run(url: str, number: int, *_: object) -> kills.Toll:
        databases.append(url)
        if len(databases) == 3:
            raise KeyboardInterrupt
        return kills.Toll(number, acknowledged=number)

    monkeypatch.setattr(kills, "kill_servers", run)
    monkeypatch.setattr(kills, "kill_imports", run)
    monkeypatch.setattr(desk_kills, "kill_scripts", run)
    monkeypatch.setattr(background_kills, "kill_background_work", run)
    monkeypatch.setattr(background_kills, "kill_looks", run)
    command = [
        "attack",
        "--full",
        "--part",
        "kills",
        "--postgresql",
        "postgresql://",
        "--keep",
        str(tmp_path / "kept"),
    ]
    monkeypatch.setattr(sys, "argv", command)

    with pytest.raises(KeyboardInterrupt):
        main()
    assert main() == 0

    assert "| kills of a server on SQLite | 250 | 250 | 200 acknowledged writes" in capsys.readouterr().out
    assert len(databases) == 1 + 10 * 10  # one was stopped
    assert (
        len(set(databases)) == 1 + 5 * 10 + 1
    )  # SQLite's are empty each time, PostgreSQL's is the one named


def test_hostile_requests_are_answered_in_words(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    open_database(settings).dispose()
    with kills.serving(settings.url) as (_, address):
        siege = requests.send(address, 300, Random(1))

        assert siege.faults == []
        assert siege.statuses[200] > 10
        assert requests.stay_silent(address) == []


class Careless(BaseHTTPRequestHandler):
    """Fails, forgets the headers, and writes back what it is asked for."""

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/" else 500)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(requests.MARK.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_a_careless_server_is_noticed() -> None:
    server = HTTPServer(("127.0.0.1", 0), Careless)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        siege = requests.send(f"http://127.0.0.1:{server.server_port}", 40, Random(1))
    finally:
        server.shutdown()
        server.server_close()
    for fault in ("answered 500", "without the security headers", "came back unescaped"):
        assert any(fault in line for line in siege.faults)
