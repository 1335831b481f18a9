import re

import pytest
from fastapi.testclient import TestClient

from app.db.engine.base import Database
from tests.web.conftest import ClientFor, path_of

BODY = {"text": "A visit\n\nThe minister came."}
EVERY_PAGE = (
    "/",
    "/articles/new",
    "/edit-key",
    "/nothing",
    "/health",
    "/static/css/shared/base.css",
    "/api/nothing",
)


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_every_answer_has_the_strict_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = dict(part.strip().partition(" ")[::2] for part in headers["content-security-policy"].split(";"))
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self'",
        "font-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_refusals_and_failures_have_them_too(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.web.routes.library.read_page", None)
    answers = (
        client.get("/"),
        client.get("/", headers={"Host": "evil.example"}),
        client.post("/articles", data=BODY, headers={"Origin": "https://evil.example"}),
        client.put("/articles"),
    )
    assert [answer.status_code for answer in answers] == [500, 400, 403, 405]
    assert all("default-src 'none'" in answer.headers["content-security-policy"] for answer in answers)


def test_no_page_asks_another_site_or_holds_inline_script_or_style(client: TestClient) -> None:
    newsweek = path_of(client, "China Offers")
    for path in ("/", newsweek, f"{newsweek}/edit", f"{newsweek}/delete", "/articles/new", "/nothing"):
        page = client.get(path).text
        # To be dragged to one's bookmarks, and to run on other sites' pages; on ours the policy forbids it.
        page = re.sub(r'<a class="bookmarklet" href="javascript:location\.href=[^"<>]*">', "", page)
        sources = r'(?:src|srcset|action)="([^"]*)"|<link [^>]*?rel="(?!canonical)[^>]*?href="([^"]*)"'
        for source in re.findall(sources, page):
            # "#notice" is a place on the page itself.
            assert all(
                part[:1] in ("", "#") or (part.startswith("/") and not part.startswith("//"))
                for part in source
            )
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|hx-on|javascript:", page)


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:8000", "127.0.0.1:8000", "192.168.1.20", "[::1]:8000", "LOCALHOST"]
)
def test_addresses_and_this_machine_are_answered_to(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "localhost.evil.example", "evil.example@localhost", "", "localhost:x", "a/b", "[::1"],
)
def test_a_foreign_host_is_refused_in_words_and_gets_into_no_link(client: TestClient, host: str) -> None:
    answer = client.get("/", headers={"Host": host})
    assert answer.status_code == 400
    assert "does not answer to the host name" in answer.text
    assert "evil" not in answer.text


def test_named_hosts_and_the_public_one_are_answered_to(client_for: ClientFor, seeded_db: Database) -> None:
    client = client_for(
        seeded_db, allowed_hosts="desk.example, NEWS.example", public_url="https://v.example.org"
    )
    for host in ("desk.example", "news.example:8000", "v.example.org"):
        assert client.get("/", headers={"Host": host}).status_code == 200
    assert client.get("/", headers={"Host": "other.example"}).status_code == 400


def test_a_form_from_another_site_is_refused_and_stores_nothing(client: TestClient) -> None:
    newsweek = path_of(client, "China Offers")
    for sent in (
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://[::1"},
        {"Origin": "http://localhost:99999"},
        {"Origin": "://"},
        {"Origin": ""},
        {"Origin": "http://localhost:9999"},
        {"Origin": "http://localhost.evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    ):
        for path in ("/articles", f"{newsweek}/edit", f"{newsweek}/delete", "/edit-key"):
            answer = client.post(path, data=BODY, headers=sent)
            assert answer.status_code == 403
            assert "sent from a page of another site" in answer.text
    assert "5 articles" in client.get("/").text


def test_our_own_forms_are_taken_however_the_browser_says_so(client: TestClient) -> None:
    sendings: tuple[dict[str, str], ...] = (
        {},
        {"Origin": "http://localhost"},
        {"Origin": "https://localhost:443", "Host": "localhost"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"},
        {"Sec-Fetch-Site": "none"},
    )
    for sent in sendings:
        assert client.post("/articles", data=BODY | {"again": "yes"}, headers=sent).status_code == 303


def test_behind_a_proxy_the_public_origin_is_ours(client_for: ClientFor, seeded_db: Database) -> None:
    client = client_for(seeded_db, edit_key="key", public_url="https://v.example.org")
    headers = {"Origin": "https://v.example.org", "Host": "127.0.0.1:8000"}
    assert client.post("/edit-key", data={"key": "key"}, headers=headers).status_code == 303


def test_the_public_url_is_the_base_of_every_absolute_link(
    client_for: ClientFor, seeded_db: Database
) -> None:
    client = client_for(seeded_db, public_url="https://v.example.org/", edit_key="k")
    page = client.get(path_of(client, "China Offers")).text
    assert 'og:url" content="https://v.example.org/articles/' in page
    assert "http://localhost" not in page


def test_without_it_the_checked_host_is(client: TestClient) -> None:
    page = client.get(path_of(client, "China Offers"), headers={"Host": "192.168.1.20:8000"}).text
    assert 'og:url" content="http://192.168.1.20:8000/articles/' in page


def test_no_documentation_pages_of_the_framework_are_served(client: TestClient) -> None:
    for path in ("/docs", "/redoc", "/openapi.json"):
        assert client.get(path).status_code == 404
