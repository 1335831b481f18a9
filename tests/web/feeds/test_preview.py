"""oEmbed: a link with a picture for this server's own addresses alone."""

import re
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree

import pytest
from fastapi.testclient import TestClient

from app.db.engine.base import Database
from app.services import comparisons
from tests.web.comparison.comparing import seeds_path


@pytest.fixture
def pair(seeded_db: Database) -> str:
    path = seeds_path(seeded_db)
    base, _, witness = path.rpartition("/")[2].partition("..")
    comparisons.open_or_make(seeded_db, base, witness)
    return path


def ask(client: TestClient, address: str, more: str = "") -> str:
    return f"/oembed?url={quote(address, safe='')}{more}"


def test_a_comparison_and_a_finding_have_a_title_and_the_share_picture(client: TestClient, pair: str) -> None:
    rows = re.findall(
        rf'href="({re.escape(pair)}/rows/\d+\?finding=\d+)"', client.get(pair).text.replace("&amp;", "&")
    )
    for page in (pair, rows[0], rows[0].partition("?")[0]):
        (link,) = re.findall(r'type="application/json\+oembed" href="([^"]+)"', client.get(page).text)
        preview = client.get(link).json()
        assert (preview["type"], preview["version"]) == ("link", "1.0")
        assert preview["title"]
        assert "html" not in preview
        picture = urlsplit(preview["thumbnail_url"])
        assert (
            client.get(f"{picture.path}?{picture.query}" if picture.query else picture.path).headers[
                "content-type"
            ]
            == "image/png"
        )


def test_articles_stories_and_quotations_have_a_title(client: TestClient, newsweek: str) -> None:
    quotation = re.findall(r'href="(/quotations/[a-z2-7]{16})"', client.get("/quotations").text)[0]
    story = newsweek.replace("/articles/", "/stories/")
    for page in (newsweek, f"{newsweek}/revisions/1", story, quotation):
        preview = client.get(ask(client, f"http://localhost{page}")).json()
        assert preview["title"]
        assert "thumbnail_url" not in preview


def test_a_smaller_picture_than_ours_is_none_and_xml_says_the_same(client: TestClient, pair: str) -> None:
    address = f"http://localhost{pair}"
    assert "thumbnail_url" not in client.get(ask(client, address, "&maxwidth=600")).json()
    root = ElementTree.fromstring(client.get(ask(client, address, "&format=xml")).content)
    assert root.findtext("title") == client.get(ask(client, address)).json()["title"]
    assert client.get(ask(client, address, "&format=yaml")).status_code == 501


def test_no_other_address_has_a_preview(client: TestClient, pair: str) -> None:
    for address in (
        "",
        "x",
        f"https://evil.example{pair}",
        f"http://localhost@evil.example{pair}",
        f"http://localhost:81{pair}",
        f"javascript:alert(1)//localhost{pair}",
        "http://localhost/log",
        "http://localhost/articles/aaaaaaaaaaaaaaaa",
        f"http://localhost{pair}/rows/99999",
        f"http://localhost{pair}?pins=0-5",
        f"http://localhost{pair}?{'&'.join(f'a{number}=1' for number in range(40))}",
        "http://[localhost/",
        "http://localhost/compare/aaaaaaaaaaaaaaaa..bbbbbbbbbbbbbbbb",
        "http://localhost/\0",
    ):
        assert client.get(ask(client, address)).status_code == 404, address
    assert client.get(ask(client, f"http://localhost{pair}?pins=x")).status_code == 422
