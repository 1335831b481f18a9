import logging
import re

import pytest
from fastapi.testclient import TestClient


def broken(*_: object, **__: object) -> None:
    raise RuntimeError("the secret path /srv/secret failed")


def test_an_unknown_address_is_explained_with_a_way_on(client: TestClient) -> None:
    answer = client.get("/nothing")
    assert answer.status_code == 404
    assert "There is no page at this address." in answer.text
    assert 'href="/"' in answer.text


def test_a_trailing_slash_redirects_to_the_page_without_it(client: TestClient, newsweek: str) -> None:
    answer = client.get(f"{newsweek}/?from=1")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{newsweek}?from=1")
    assert client.get("/nothing/", follow_redirects=True).status_code == 404
    assert client.get("http://localhost//evil.example/").status_code == 404
    assert client.post(f"{newsweek}/", data={}).status_code == 404


@pytest.mark.parametrize(
    ("method", "path"),
    [("PUT", "/articles"), ("POST", "/"), ("DELETE", "/health"), ("GET", "/edit-key/forget")],
)
def test_an_unsupported_method_is_explained(client: TestClient, method: str, path: str) -> None:
    answer = client.request(method, path)
    assert answer.status_code == 405
    assert f"This address cannot be used with {method}." in answer.text
    assert answer.headers["allow"]


def test_the_api_answers_in_json(client: TestClient) -> None:
    answer = client.get("/api/nothing")
    assert answer.status_code == 404
    assert answer.json()["error"]["message"] == "There is no page at this address."


def test_htmx_gets_the_words_alone(client: TestClient) -> None:
    answer = client.get("/nothing", headers={"HX-Request": "true"})
    assert answer.status_code == 404
    assert "There is no page at this address." in answer.text
    assert "<html" not in answer.text


def test_an_unforeseen_failure_shows_fixed_words_and_the_number_under_which_the_log_has_it(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("app.web.routes.library.read_page", broken)
    with caplog.at_level(logging.ERROR, "variorum"):
        answer = client.get("/")
    assert answer.status_code == 500
    assert "did not foresee" in answer.text
    assert "secret" not in answer.text
    number = re.search(r"<code>([0-9a-f]{8})</code>", answer.text)
    assert number
    assert number[1] in caplog.text
    assert "/srv/secret" in caplog.text


def test_the_api_gives_the_number_too(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.services.comparisons.digest", broken)
    monkeypatch.setattr("app.services.comparisons.open_or_make", broken)
    answer = client.get("/api/compare/aaaaaaaaaaaaaaaa..bbbbbbbbbbbbbbbb")
    assert answer.status_code == 500
    assert re.fullmatch(r"[0-9a-f]{8}", answer.json()["error"]["request"])


def test_who_asks_for_the_head_alone_gets_it(client: TestClient) -> None:
    whole = client.get("/")
    head = client.head("/")
    assert head.status_code == 200
    assert head.headers["content-type"] == whole.headers["content-type"]
    assert head.content == b""
    assert client.head("/nothing").status_code == 404
    assert client.head("/static/css/shared/base.css").status_code == 200
