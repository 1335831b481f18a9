"""The counts for Prometheus, and the access log."""

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.db.engine.base import Database
from app.main import create_app
from app.settings import Settings
from app.web.monitoring.access_log import AccessLog
from app.web.monitoring.requests import RequestRecord, Watched


@pytest.fixture
def app(settings: Settings, seeded_db: Database) -> FastAPI:
    return create_app(Settings.model_validate(settings.model_dump() | {"metrics": True}), seeded_db)


@pytest.fixture
def records() -> list[RequestRecord]:
    return []


@pytest.fixture
def client(app: FastAPI, records: list[RequestRecord]) -> Iterator[TestClient]:
    watched = Watched(app, [app.state.metrics, records.append])
    with TestClient(watched, base_url="http://localhost", raise_server_exceptions=False) as client:
        yield client


def value(client: TestClient, line: str) -> float | None:
    """Return the value of the line of ``/metrics`` with this beginning; None if there is none."""
    for text in client.get("/metrics").text.splitlines():
        name, _, number = text.rpartition(" ")
        if name == line:
            return float(number)
    return None


def test_requests_are_counted_by_route_and_status(client: TestClient) -> None:
    client.get("/articles/aaaaaaaaaaaaaaaa")
    client.get("/articles/bbbbbbbbbbbbbbbb")

    line = 'variorum_requests_total{method="GET",route="/articles/{article}",status="404"}'
    assert value(client, line) == 2


def test_addresses_without_a_route_are_counted_as_one(client: TestClient) -> None:
    for number in range(3):
        client.get(f"/no/such/page/{number}")

    assert value(client, 'variorum_requests_total{method="GET",route="(none)",status="404"}') == 3


def test_made_up_methods_are_counted_as_one(client: TestClient) -> None:
    client.request("BREW", "/")
    client.request("STEEP", "/")

    lines = [line for line in client.get("/metrics").text.splitlines() if 'method="(other)"' in line]
    assert sum(float(line.rpartition(" ")[2]) for line in lines) == 2


def test_pages_from_memory_are_counted_apart(client: TestClient, records: list[RequestRecord]) -> None:
    client.get("/")
    client.get("/")

    assert [record.is_kept_page for record in records] == [False, True]
    assert [record.route for record in records] == ["/", "/"]
    assert value(client, 'variorum_pages_total{source="kept"}') == 1


def test_the_database_and_its_backlog_are_read_at_each_look(client: TestClient, seeded_db: Database) -> None:
    assert value(client, "variorum_database_up") == 1
    assert value(client, "variorum_database_bytes") == seeded_db.size_bytes() > 0
    assert value(client, 'variorum_backlog_articles{work="compare"}') == 0

    seeded_db.faults = ("a page is damaged",)
    assert value(client, "variorum_database_up") == 0


def test_metrics_are_off_by_default(settings: Settings, seeded_db: Database) -> None:
    client = TestClient(create_app(settings, seeded_db), base_url="http://localhost")

    assert client.get("/metrics").status_code == 404


def test_the_library_is_not_imported_while_metrics_are_off() -> None:
    code = "import app.cli.serve, sys; sys.exit('prometheus_client' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_access_log_has_one_object_a_request_and_no_query(app: FastAPI) -> None:
    stream = io.StringIO()
    client = TestClient(Watched(app, [AccessLog(stream)]), base_url="http://localhost")
    answer = client.get("/?q=whistleblower", headers={"Accept-Encoding": "identity"})
    client.get("/%1b%5b2J%22")

    page, hostile = map(json.loads, stream.getvalue().splitlines())
    assert page["route"] == page["path"] == "/"
    assert page["status"] == 200
    assert page["bytes"] == len(answer.content)
    assert page["seconds"] > 0
    assert "whistleblower" not in stream.getvalue()
    assert hostile["path"] == '/\x1b[2J"'
    assert "\x1b" not in stream.getvalue()


def test_the_access_log_names_the_failure_that_the_reader_was_shown(
    client: TestClient, records: list[RequestRecord], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.web.routes.health.store", None)
    answer = client.get("/health")

    assert answer.status_code == 500
    assert records[-1].request_id == answer.json()["error"]["request"]


def test_several_workers_add_up_their_counts(settings: Settings) -> None:
    environment = {
        "VARIORUM_DATABASE_URL": settings.url,
        "VARIORUM_METRICS": "true",
        "VARIORUM_ACCESS_LOG": "true",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "app", "serve", "--port", "0", "--workers", "2"],
        cwd=Path(__file__).parents[3],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        address = process.stdout.readline().split(" at ")[1].split()[0]
        for _ in range(30):
            with httpx2.Client() as connection:  # a new connection each, so that the kernel distributes them
                assert connection.get(f"{address}/about-nothing").status_code == 404
        text = httpx2.get(f"{address}/metrics").text
    finally:
        process.terminate()
        _, logged = process.communicate()
    assert 'variorum_requests_total{method="GET",route="(none)",status="404"} 30.0' in text
    assert len([line for line in logged.splitlines() if '"/about-nothing"' in line]) == 30
