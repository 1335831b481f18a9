import re

from fastapi.testclient import TestClient

from app.db.engine import Database
from app.services import articles
from app.sources import text


def test_articles_stand_with_publisher_date_and_number_of_paragraphs(client: TestClient) -> None:
    page = client.get("/").text
    assert "5 articles" in page
    assert "Warsaw Institute" in page
    assert "Grzegorz Kuczyński · 24 April 2023 · 9 paragraphs" in page


def test_what_is_not_stated_is_said_to_be_so(client: TestClient) -> None:
    page = client.get("/").text
    assert "Publisher not stated" in page
    assert "author not stated · 5 February 2024 · 19 paragraphs" in page
    assert "Aadil Brar · date not stated · 35 paragraphs" in page


def test_the_repost_stands_beside_newsweek_with_shares_and_a_link_to_the_comparison(
    client: TestClient,
) -> None:
    shelf = client.get("/").text.partition("China Offers Full Support")[2].partition("</li>")[0]
    assert "“Chinese defense chief offers…”" in shelf
    assert re.search(r"\d\d % of its text is also in this article", shelf)
    link = re.search(r'href="(/compare/[a-z2-7]{16}\.\.[a-z2-7]{16})"', shelf)
    assert link
    assert client.get(link[1]).status_code == 200


def test_both_articles_link_to_the_same_comparison(client: TestClient, newsweek: str, repost: str) -> None:
    links = [
        set(re.findall(r'class="alike-compare" href="([^"]+)"', client.get(path).text))
        for path in (newsweek, repost)
    ]
    assert len(links[0] & links[1]) == 1


def test_an_empty_library_says_what_to_do_next(empty_client: TestClient) -> None:
    page = empty_client.get("/")
    assert page.status_code == 200
    assert "No article is here yet" in page.text
    assert 'href="/articles/new">Add the first article' in page.text


def test_a_long_library_is_paged_newest_first(empty_client: TestClient, db: Database) -> None:
    for number in range(1, 32):
        articles.add(db, text.draft(f"Title {number}", f"Body number {number}."))
    first, second = empty_client.get("/").text, empty_client.get("/?page=2").text
    assert first.index("Title 31") < first.index("Title 30")
    assert "Title 1<" not in first
    assert "Title 1<" in second
    assert 'rel="next"' in first
    assert 'rel="next"' not in second
    assert 'href="/" rel="prev"' in second


def test_htmx_gets_the_next_articles_alone_and_a_history_restore_the_full_page(
    empty_client: TestClient, db: Database
) -> None:
    for number in range(1, 32):
        articles.add(db, text.draft(f"Title {number}", f"Body number {number}."))
    part = empty_client.get("/?page=2", headers={"HX-Request": "true"})
    assert "Title 1<" in part.text
    assert "<html" not in part.text
    assert "HX-Request" in part.headers["vary"]
    restored = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<html" in empty_client.get("/?page=2", headers=restored).text
    assert "<html" in empty_client.get("/?page=2").text


def test_a_page_beyond_the_last_shows_the_last_and_one_that_is_no_number_is_not_found(
    client: TestClient,
) -> None:
    assert "China Offers Full Support" in client.get("/?page=99").text
    assert client.get("/?page=0").status_code == 404
    assert client.get("/?page=x").status_code == 404


def test_health_says_the_version(client: TestClient) -> None:
    assert client.get("/health").json() == {"status": "ok", "version": "0.1.0"}
