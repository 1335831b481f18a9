import hashlib
import re

from fastapi.testclient import TestClient

from app import resources

STATIC = resources.folder("static")


def test_files_are_named_with_the_hash_of_their_content_and_kept_for_ever(client: TestClient) -> None:
    for path in re.findall(r'(?:href|src)="(/static/[^"]+)"', client.get("/").text):
        answer = client.get(path)
        name, _, version = path.removeprefix("/static/").partition("?v=")
        assert hashlib.sha256((STATIC / name).read_bytes()).hexdigest().startswith(version)
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_without_the_hash_they_are_asked_for_again_and_not_sent_twice(client: TestClient) -> None:
    first = client.get("/static/css/shared/base.css")
    assert first.headers["cache-control"] == "no-cache"
    again = client.get("/static/css/shared/base.css", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""


def test_files_have_their_types(client: TestClient) -> None:
    types = {
        "css/shared/base.css": "text/css",
        "js/forms.js": "text/javascript",
        "img/icon.svg": "image/svg+xml",
    }
    for name, kind in types.items():
        assert client.get(f"/static/{name}").headers["content-type"].startswith(kind)


def test_pages_and_files_are_compressed(client: TestClient) -> None:
    for path in ("/", "/static/css/shared/layout.css", "/static/vendor/htmx/htmx.min.js"):
        answer = client.get(path, headers={"Accept-Encoding": "gzip"})
        assert answer.headers["content-encoding"] == "gzip"
        assert "Accept-Encoding" in answer.headers["vary"]


def test_what_is_not_there_or_outside_is_not_found(client: TestClient) -> None:
    for path in (
        "/static/none.css",
        "/static/",
        "/static/css",
        "/static/../pyproject.toml",
        "/static/%2e%2e/pyproject.toml",
    ):
        assert client.get(path).status_code == 404


def test_htmx_is_the_release_that_its_note_names() -> None:
    folder = STATIC / "vendor" / "htmx"
    note = dict(line.split(": ", 1) for line in (folder / "VENDORED").read_text().splitlines())
    script = (folder / "htmx.min.js").read_bytes()
    assert hashlib.sha256(script).hexdigest() == note["sha256"]
    assert f'version:"{note["version"]}"'.encode() in script
    assert "BSD" in (folder / "LICENSE").read_text()


def test_colours_stand_in_one_file() -> None:
    for sheet in STATIC.rglob("*.css"):
        if sheet.name != "tokens.css":
            assert not re.search(r"#[0-9a-f]{3,8}\b(?![^{]*\{)|\brgba?\(|\bhsla?\(", sheet.read_text()), (
                sheet.name
            )
