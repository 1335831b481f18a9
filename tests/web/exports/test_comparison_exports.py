"""Share and export: every format is one click away, with its name, its type and its citation."""

import io
import json
import re
import zipfile
from html import unescape

import pytest
from fastapi.testclient import TestClient

from app.db.engine.base import Database
from app.exports.registry import OF_COMPARISONS
from tests.web.comparison.comparing import path_between, seeds_path

STORM = "The harbour was closed on Monday after a storm sank two boats near the pier."


@pytest.fixture
def path(seeded_db: Database) -> str:
    return seeds_path(seeded_db)


def own_links(html: str) -> list[str]:
    return [unescape(link) for link in re.findall(r'href="(/[^"]+)"', html)]


def test_menu_and_page_lead_to_a_file_of_each_format(client: TestClient, path: str) -> None:
    assert f'href="{path}/export"' in client.get(path).text
    page = client.get(f"{path}/export").text
    panel = client.get(f"{path}/export", headers={"HX-Request": "true"}).text
    links = own_links(re.findall(r"<main.*?</main>", page, re.S)[0])
    assert set(own_links(panel)) == set(links) - {path}
    assert "<main" not in panel
    assert {link.rpartition("/")[2] for link in links} >= {form.key for form in OF_COMPARISONS}
    for form in OF_COMPARISONS:
        answer = client.get(f"{path}/export/{form.key}")
        assert answer.headers["content-type"] == form.media_type
        name = f"newsweek-chinese-defense-chief-offers.{form.suffix}"
        assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
        tag = {"If-None-Match": answer.headers["etag"]}
        assert client.get(f"{path}/export/{form.key}", headers=tag).status_code == 304
    for link in links:
        assert client.get(link).status_code == 200, link


def test_the_citation_is_on_the_page_to_be_selected(client: TestClient, path: str) -> None:
    line = unescape(re.findall(r'id="citation"[^>]*>(.*?)</span>', client.get(f"{path}/export").text)[0])
    engine = client.get(f"/api{path}").json()["engine"]
    assert "Newsweek" in line
    assert f"http://localhost{path}/engine/{engine}. Read on " in line
    item = json.loads(client.get(f"{path}/export/csl").content)[0]
    assert item["note"] == line
    assert item["URL"] == f"http://localhost{path}/engine/{engine}"


def test_paper_names_address_engine_and_sources(client: TestClient, path: str) -> None:
    below = re.findall(r'<p class="on-paper">(.*?)</p>', client.get(path).text, re.S)[0]
    lines = unescape(below).splitlines()
    base, witness = path.removeprefix("/compare/").split("..")
    assert f"http://localhost{path}/engine/" in lines[0]
    assert lines[0].startswith("Variorum, engine ")
    assert [re.findall(r"/(\w+), saved on \d", line) for line in lines[1:]] == [[base], [witness]]


def test_pins_and_engine_are_part_of_what_is_exported(client: TestClient, path: str) -> None:
    engine = client.get(f"/api{path}").json()["engine"]
    pinned = client.get(f"{path}/engine/{engine}/export/bibtex?pins=0-0").text
    assert f"url = {{http://localhost{path}/engine/{engine}?pins=0-0}}" in pinned
    assert f'href="{path}/export?pins=0-0"' in client.get(f"{path}?pins=0-0").text
    assert f'href="{path}/export/docx?pins=0-0"' in client.get(f"{path}/export?pins=0-0").text


def test_hostile_titles_make_harmless_file_names(client: TestClient, seeded_db: Database) -> None:
    title = '../../CON"\r\nX: y <script>'
    path = path_between(seeded_db, (title, f"{STORM}\n\nOne.", ""), (f"{title} הים", f"{STORM}\n\nTwo.", ""))
    names = client.get(f"{path}/export/docx").headers["content-disposition"]
    assert re.fullmatch(r"attachment; filename=\"[a-z0-9-]+\.docx\"; filename\*=UTF-8''[\w%.-]+", names)
    assert zipfile.ZipFile(io.BytesIO(client.get(f"{path}/export/docx").content)).testzip() is None


def test_an_unknown_format_names_those_that_there_are(client: TestClient, path: str) -> None:
    answer = client.get(f"{path}/export/pdf")
    assert answer.status_code == 404
    assert "docx" in answer.text
