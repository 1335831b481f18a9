import hashlib
import re

from fastapi.testclient import TestClient

from app import resources
from app.web import stylesheets, templating
from app.web.stylesheets import minified

STATIC = resources.folder("static")


def test_files_are_named_with_the_hash_of_their_content_and_kept_for_ever(client: TestClient) -> None:
    for path in re.findall(r'(?:href|src)="(/static/[^"]+)"', client.get("/").text):
        answer = client.get(path)
        version = path.partition("?v=")[2]
        assert len(version) == 12
        assert hashlib.sha256(answer.content).hexdigest().startswith(version)
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_without_a_hash_static_files_are_revalidated(client: TestClient) -> None:
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


def sheets(page: str) -> list[str]:
    scripted = re.sub("<noscript>.*?</noscript>", "", page)
    return re.findall(r'<link rel="stylesheet" href="([^"]+)"', scripted)


def test_every_page_has_one_style_sheet(client: TestClient, newsweek: str, repost: str) -> None:
    compared = f"/compare?base={newsweek.rpartition('/')[2]}&witness={repost.rpartition('/')[2]}"
    pages = ("/", newsweek, f"{newsweek}/edit", f"{newsweek}/delete", "/articles/new", "/edit-key", "/none")
    for path in (*pages, "/quotations", compared):
        page = client.get(path, follow_redirects=True)
        (address,) = sheets(page.text)
        assert client.get(address).headers["content-type"].startswith("text/css")


def test_a_style_sheet_is_its_files_in_order() -> None:
    for name, parts in stylesheets.SHEETS.items():
        content = re.sub(r"\?v=[0-9a-f]{12}", "", stylesheets.sheet(name).content.decode())
        files = [minified((STATIC / "css" / f"{part}.css").read_bytes()).decode() for part in parts]
        places = [content.index(file) for file in files]
        assert places == sorted(places)
        assert content.startswith(minified((STATIC / "css/shared/tokens.css").read_bytes()).decode())


def test_every_style_file_is_in_a_sheet() -> None:
    parts = {part for sheet in stylesheets.SHEETS.values() for part in sheet}
    files = {path.relative_to(STATIC / "css").with_suffix("").as_posix() for path in STATIC.rglob("*.css")}
    assert files - parts == {"shared/tokens", "shared/base", "shared/layout", "shared/unscripted"}
    assert len(files) <= 34


def test_a_style_sheet_under_an_outdated_hash_is_not_kept_and_is_not_sent_twice(client: TestClient) -> None:
    (address,) = sheets(client.get("/").text)
    outdated = client.get(address[:-12] + "0" * 12)
    assert outdated.headers["cache-control"] == "no-cache"
    again = client.get(address, headers={"If-None-Match": outdated.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_style_sheet_is_sent_as_it_is_where_gzip_is_not_taken(client: TestClient) -> None:
    (address,) = sheets(client.get("/").text)
    plain = client.get(address, headers={"Accept-Encoding": "identity"})
    packed = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert plain.content == packed.content


def test_what_is_not_there_or_outside_is_not_found(client: TestClient) -> None:
    for path in (
        "/static/none.css",
        "/static/sheets/none.css",
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


def test_colours_are_defined_in_one_file() -> None:
    for sheet in STATIC.rglob("*.css"):
        if sheet.name != "tokens.css":
            assert not re.search(r"#[0-9a-f]{3,8}\b(?![^{]*\{)|\brgba?\(|\bhsla?\(", sheet.read_text()), (
                sheet.name
            )


def test_the_fonts_are_the_recorded_ones_licensed_small_and_loaded_by_every_page(client: TestClient) -> None:
    fonts = STATIC / "fonts"
    recorded = dict(line.split()[::-1] for line in (fonts / "SHA256SUMS").read_text().splitlines())
    files = {path.name: path.read_bytes() for path in fonts.glob("*.woff2")}
    assert {name: hashlib.sha256(content).hexdigest() for name, content in files.items()} == recorded
    assert sum(map(len, files.values())) < 85_000
    for licence in fonts.glob("LICENSE-*"):
        assert "SIL OPEN FONT LICENSE Version 1.1" in licence.read_text()
    page = client.get("/").text
    sheet = client.get(re.findall(r'href="(/static/sheets/[^"]+)"', page)[0]).text
    used = re.findall(r'url\("([^"]+woff2[^"]*)"\)', sheet)
    assert len(used) == len(files)
    for path in used:
        assert f'<link rel="preload" href="{path}" as="font"' in page
        answer = client.get(path)
        assert answer.headers["content-type"] == "font/woff2"
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_an_icon_is_where_those_look_who_read_no_page(client: TestClient) -> None:
    answer = client.get("/favicon.ico")
    assert answer.headers["content-type"] == "image/x-icon"
    assert answer.content.startswith(b"\0\0\1\0")


def test_every_drawing_is_a_file_and_carries_no_colour_of_its_own(client: TestClient) -> None:
    drawings = [path.stem for path in (STATIC / "img").glob("*.svg") if path.stem != "icon"]
    assert len(drawings) >= 10
    for name in drawings:
        drawn = templating.icon(name)
        assert drawn.startswith('<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><')
        assert "xmlns" not in drawn
        assert not re.search(r"#[0-9a-f]{3}|fill=", drawn)
    assert templating.icon("search") in client.get("/quotations").text


def test_the_foot_of_every_page_leads_to_the_desk(client: TestClient) -> None:
    foot = client.get("/").text.partition("<footer")[2]
    links = re.findall(r'href="(/[^"]*)"', foot)
    assert links == ["/labels", "/notes", "/publishers", "/watched", "/log", "/trash", "/keys"]
    assert {client.get(link).status_code for link in links} == {200}
