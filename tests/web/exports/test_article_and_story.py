"""Exports of articles and stories, and that they come back unchanged."""

import io
import re
from html import unescape

import pytest
from fastapi.testclient import TestClient
from lxml import etree

from app.db.engine.base import Database
from app.services.articles import store, trash
from app.services.transfer import import_export
from app.sources.text import draft
from tests.web.comparison.comparing import added

GRAPH = "{http://graphml.graphdrawing.org/xmlns}"
HOSTILE = '"><script>alert(1)</script> =1+1 ../x'
STORM = "The harbour was closed on Monday after a storm sank two boats near the old pier."


def links(html: str) -> list[str]:
    return [unescape(link) for link in re.findall(r'href="(/[^"]+/export[^"]*)"', html)]


def test_an_article_as_text_is_the_article_and_its_source(client: TestClient, newsweek: str) -> None:
    way = next(link for link in links(client.get(newsweek).text))
    files = [link for link in links(client.get(way).text) if f"{way}/" in link]
    assert [client.get(link).status_code for link in files] == [200] * 4
    answer = client.get(f"{way}/text")
    text = answer.text
    assert text.startswith("China Offers Full Support to Russia on Ukraine War\n\n")
    assert re.search(
        r"----\n.*\nAadil Brar, Newsweek, date not stated\n.*Revision 1: http://localhost/articles/",
        text,
        re.S,
    )
    assert answer.headers["content-disposition"].endswith('war.txt"')


def test_an_articles_json_is_read_back_by_import(
    client: TestClient, seeded_db: Database, newsweek: str
) -> None:
    article = newsweek.rpartition("/")[2]
    before = store.read(seeded_db, article)
    line = client.get(f"{newsweek}/revisions/1/export/json").content
    trash.delete(seeded_db, article)
    trash.purge(seeded_db, article)
    done = import_export.import_lines(
        seeded_db,
        io.BytesIO(line),
        limit=1_000_000,
        complain=lambda *_: pytest.fail("the line is whole"),
        advance=lambda *_: None,
        workers=1,
        deleted=True,
    )
    assert done.imported == 1
    assert store.read(seeded_db, article).revision == before.revision


def test_a_storys_graph_has_its_articles_and_what_they_share(client: TestClient, newsweek: str) -> None:
    way = next(link for link in links(client.get(newsweek.replace("/articles/", "/stories/")).text))
    graph = etree.fromstring(client.get(f"{way}/graphml").content)
    publishers = {data.text for data in graph.iter(f"{GRAPH}data") if data.get("key") == "n-publisher"}
    nodes = [node.get("id") for node in graph.iter(f"{GRAPH}node")]
    assert "Newsweek" in publishers
    edges = [(edge.get("source"), edge.get("target")) for edge in graph.iter(f"{GRAPH}edge")]
    assert edges
    assert {end for edge in edges for end in edge} <= set(nodes)
    assert len({frozenset(edge) for edge in edges}) == len(edges)
    addresses = [data.text or "" for data in graph.iter(f"{GRAPH}data") if data.get("key") == "e-link"]
    assert all(client.get(link.removeprefix("http://localhost")).status_code == 200 for link in addresses)


def test_hostile_titles_stay_words(client: TestClient, seeded_db: Database) -> None:
    for number in (1, 2):
        added(seeded_db, f"{HOSTILE} {number}", f"{STORM}\n\nNumber {number}.", HOSTILE)
    article = store.choices(seeded_db, "", 1)[0].article
    assert "<script>alert" not in client.get(f"/articles/{article}/revisions/1/export").text
    graph = client.get(f"/stories/{article}/export/graphml")
    assert etree.fromstring(graph.content) is not None
    assert re.fullmatch(r'attachment; filename="[a-z0-9-]+\.graphml"', graph.headers["content-disposition"])
    assert store.add(seeded_db, draft(HOSTILE, STORM))


@pytest.mark.parametrize(
    "path",
    [
        *("/articles/nothing/revisions/1/export", "/articles/nothing/revisions/1/export/text"),
        *("/stories/nothing/export", "/stories/aaaaaaaaaaaaaaaa/export/graphml"),
        "/articles/aaaaaaaaaaaaaaaa/revisions/99999999999/export/json",
    ],
)
def test_what_is_not_there_is_not_found(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_an_unknown_format_names_those_that_there_are(client: TestClient, newsweek: str) -> None:
    answer = client.get(f"{newsweek}/revisions/1/export/docx")
    assert answer.status_code == 404
    assert "There are: text, json, bibtex, csl." in answer.text
