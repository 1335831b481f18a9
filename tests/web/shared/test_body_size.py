"""A body that is too large is refused before it is read."""

import asyncio

import pytest
from fastapi.testclient import TestClient
from starlette.types import Message

from app.db.engine.base import Database
from app.main import create_app
from app.settings import Settings
from app.web.middleware import FORM_OVERHEAD

LIMIT = 2_000_000


class Sender:
    """A client that sends one chunk after another for as long as it is asked."""

    def __init__(self, headers: list[tuple[bytes, bytes]]) -> None:
        self.sent = 0
        self.status = 0
        self.scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "POST",
            "scheme": "http",
            "path": "/articles",
            "raw_path": b"/articles",
            "query_string": b"",
            "root_path": "",
            "headers": [(b"host", b"localhost"), *headers],
            "client": ("127.0.0.1", 50000),
            "server": ("localhost", 80),
        }

    async def receive(self) -> Message:
        self.sent += 100_000
        return {"type": "http.request", "body": b"x" * 100_000, "more_body": True}

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]


def test_a_body_that_says_it_is_too_large_is_refused_before_any_of_it_is_read(
    db: Database, settings: Settings
) -> None:
    kind = (b"content-type", b"multipart/form-data; boundary=b")
    sender = Sender([kind, (b"content-length", b"5000000")])
    asyncio.run(create_app(settings, db)(sender.scope, sender.receive, sender.send))
    assert (sender.status, sender.sent) == (413, 0)


@pytest.mark.parametrize(
    "encoding", [b"multipart/form-data; boundary=b", b"application/x-www-form-urlencoded", b"text/plain"]
)
def test_a_body_without_end_is_read_no_further_than_the_limit(
    db: Database, settings: Settings, encoding: bytes
) -> None:
    sender = Sender([(b"content-type", encoding), (b"transfer-encoding", b"chunked")])
    asyncio.run(create_app(settings, db)(sender.scope, sender.receive, sender.send))
    assert sender.status == 413
    assert sender.sent <= 6 * LIMIT + 65_536 + 100_000


@pytest.mark.parametrize("as_multipart", [True, False])
def test_a_text_of_many_short_lines_is_taken_up_to_the_limit_though_a_form_doubles_its_line_ends(
    empty_client: TestClient, as_multipart: bool
) -> None:
    line = "A line." + " And more." * 11 + "\r\n" * 20
    text = line * (
        LIMIT // (len(line) - 20)
    )  # under the limit once a line end is one byte again; over it as it is sent
    assert len(text) > LIMIT + FORM_OVERHEAD
    sent = {"title": "Many lines", "text": text, "lines": "keep"}
    answer = (
        empty_client.post("/articles", files={name: (None, value) for name, value in sent.items()})
        if as_multipart
        else empty_client.post("/articles", data=sent)
    )
    assert answer.status_code == 303


def test_a_client_that_disconnects_midway_is_not_an_error(
    db: Database, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    class Leaver(Sender):
        async def receive(self) -> Message:
            self.sent += 1
            return {"type": "http.disconnect"}

    leaver = Leaver([(b"content-type", b"multipart/form-data; boundary=b")])
    asyncio.run(create_app(settings, db)(leaver.scope, leaver.receive, leaver.send))
    assert (leaver.status, leaver.sent) == (0, 1)
    assert caplog.records == []
