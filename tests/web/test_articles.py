import re
from html import unescape

import pytest
from fastapi.testclient import TestClient

from app.db.engine import Database
from app.services import articles
from app.sources import text


def test_each_paragraph_has_its_number_an_anchor_and_a_link_that_stays(
    client: TestClient, newsweek: str
) -> None:
    page = client.get(newsweek).text
    assert 'id="headline"' in page
    assert f'id="p-4">\n  <a class="num" href="{newsweek}/revisions/1#p-4">' in page
    assert "In recent years" in page.partition('id="p-4"')[2].partition('id="p-5"')[0]


def test_furniture_is_folded_and_says_how_much_of_it_there_is(client: TestClient, repost: str) -> None:
    fold = client.get(repost).text.partition("<details")[2].partition("</details>")[0]
    assert "1 line of page furniture" in fold
    assert "date 2024-02-05 Connect with us" in fold


def test_the_headline_is_the_one_heading_of_the_first_rank(client: TestClient, newsweek: str) -> None:
    assert re.findall(r"<h1.*?>(.*?)</h1>", client.get(newsweek).text) == [
        "China Offers Full Support to Russia on Ukraine War"
    ]


def test_the_picker_offers_every_other_article_the_most_alike_first(
    client: TestClient, newsweek: str
) -> None:
    options = re.findall(r'<option value="([a-z2-7]{16})">(.*?)</option>', client.get(newsweek).text)
    assert len(options) == 4
    assert options[0][1].startswith("Chinese defense chief offers")
    revision = re.search(r'name="base" value="([a-z2-7]{16})"', client.get(newsweek).text)
    assert revision
    answer = client.get("/compare", params={"base": revision[1], "witness": options[0][0]})
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/compare/{revision[1]}..{options[0][0]}"


def test_a_picker_that_leaves_articles_out_says_so(
    client: TestClient, newsweek: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Offered are" not in client.get(newsweek).text
    monkeypatch.setattr("app.web.routes.articles.CHOICES", 2)
    monkeypatch.setattr("app.web.pages.article.CHOICES", 2)
    page = client.get(newsweek).text
    assert "Offered are those most like it and those added last." in page


def test_the_revision_has_a_link_that_shows_the_same_after_an_edit(
    client: TestClient, seeded_db: Database, newsweek: str
) -> None:
    before = client.get(f"{newsweek}/revisions/1").text
    articles.edit(seeded_db, newsweek.rpartition("/")[2], text.draft("Another title", "Another text."))
    after = client.get(f"{newsweek}/revisions/1").text
    paragraphs = [re.findall(r'<p dir="auto">(.*?)</p>', page) for page in (before, after)]
    assert paragraphs[0] == paragraphs[1] != []
    assert "This is revision 1." in after
    assert f'<a href="{newsweek}">Revision 2 is the newest.</a>' in after
    assert "Another text." in client.get(newsweek).text


def test_an_earlier_revision_is_compared_with_the_newest(
    client: TestClient, seeded_db: Database, newsweek: str
) -> None:
    article = newsweek.rpartition("/")[2]
    first = articles.read(seeded_db, article).revision
    second = articles.edit(seeded_db, article, text.draft("Another title", "Another text.")).revision
    link = re.search(r'href="([^"]+)">Compare the two', client.get(f"{newsweek}/revisions/1").text)
    assert link
    assert client.get(unescape(link[1])).headers["location"] == f"/compare/{first}..{second}"


def test_a_preview_names_publisher_author_and_date(client: TestClient, newsweek: str) -> None:
    page = client.get(newsweek).text
    assert '<meta property="og:title" content="China Offers Full Support to Russia on Ukraine War">' in page
    assert 'og:description" content="Newsweek · Aadil Brar · date not stated · 35 paragraphs"' in page
    assert f'og:url" content="http://localhost{newsweek}/revisions/1"' in page


def test_an_article_of_many_paragraphs_is_shown_in_parts(empty_client: TestClient, db: Database) -> None:
    saved = articles.add(db, text.draft("Many", "\n".join(f"Line {number}." for number in range(1, 1200))))
    first = empty_client.get(f"/articles/{saved.article}").text
    assert "Line 499." in first
    assert "Line 500." not in first
    assert f'href="/articles/{saved.article}?from=1001"' in first
    last = empty_client.get(f"/articles/{saved.article}?from=1001").text
    assert "Line 1000." in last
    assert f'href="/articles/{saved.article}/revisions/1?from=1001#p-1100"' in last
    assert "<h1" in last
    assert "Line 1199." in empty_client.get(f"/articles/{saved.article}?from=999999").text


def test_a_stated_address_is_a_link_only_when_it_leads_to_the_web(
    empty_client: TestClient, db: Database
) -> None:
    saved = articles.add(db, text.draft("A", "Body of it.", url="https://example.org/story"))
    page = empty_client.get(f"/articles/{saved.article}").text
    assert '<a href="https://example.org/story" rel="external noopener noreferrer">example.org</a>' in page


@pytest.mark.parametrize(
    "tail",
    ["/revisions/2", "/revisions/0", "/revisions/x", "/revisions/9999999999999999999999", "/revisions/²"],
)
def test_a_revision_that_is_not_there_is_not_found(client: TestClient, newsweek: str, tail: str) -> None:
    answer = client.get(newsweek + tail)
    assert answer.status_code == 404
    assert "There is no such revision." in answer.text


def test_htmx_gets_the_same_page_of_an_article(client: TestClient, newsweek: str) -> None:
    assert client.get(newsweek, headers={"HX-Request": "true"}).text == client.get(newsweek).text
