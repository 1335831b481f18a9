import re
from html import unescape

import pytest
from fastapi.testclient import TestClient

import app
from app.db.engine.base import Database
from app.services.articles import store
from app.sources import text
from app.web.pages.stories.library import MAX_FOUND
from tests.web.comparison.comparing import heard, paragraphs

pytestmark = pytest.mark.both


def shelf_of(client: TestClient, title: str) -> str:
    """Return the part of the library that begins with the article of this title."""
    return client.get("/").text.partition(f'">{title}')[2].partition('<li class="shelf')[0]


def test_articles_are_listed_with_publisher_date_and_paragraph_count(client: TestClient) -> None:
    page = client.get("/").text
    assert "5 articles in 4 stories" in page
    assert "Warsaw Institute" in page
    assert "Grzegorz Kuczyński · 24 April 2023 · 9 paragraphs" in page


def test_words_of_titles_and_publishers_find_articles(client: TestClient) -> None:
    page = heard(client.get("/", params={"q": "  CHINESE  support "}).text)
    assert "2 articles found" in page
    assert "Chinese regime announces" in page
    assert "Chinese defense chief" in page
    assert "China Hails" not in page
    assert "China Hails" in client.get("/", params={"q": "warsaw institute"}).text


def test_a_search_that_finds_nothing_says_so_and_leads_to_quotations(client: TestClient) -> None:
    page = client.get("/", params={"q": "harbour & sons"}).text
    assert "No title or publisher contains all these words" in page
    assert 'href="/quotations?q=harbour+%26+sons"' in page
    assert 'value="harbour &amp; sons"' in page


def test_of_very_many_articles_found_those_added_last_are_listed(
    empty_client: TestClient, db: Database
) -> None:
    for number in range(MAX_FOUND + 1):
        store.add(db, text.draft(f"Market {number}", f"Number {number} of many."))
    page = empty_client.get("/", params={"q": "market"}).text
    assert page.count('class="entry-title"') == MAX_FOUND
    assert "one more word finds fewer" in page
    assert ">Market 0<" not in page


def test_missing_metadata_is_labelled_as_not_stated(client: TestClient) -> None:
    page = client.get("/").text
    assert "<bdi>Publisher not stated</bdi> · 5 February 2024" in page
    assert "Aadil Brar · date not stated · 35 paragraphs" in page


def test_the_repost_is_in_newsweeks_story_with_its_overlap_and_a_comparison_link(
    client: TestClient,
) -> None:
    shelf = shelf_of(client, "China Offers Full Support")
    assert "Chinese defense chief offers full support to Russia in Ukraine war" in shelf
    assert re.search(r"<strong>Near-duplicate</strong>: 18 of 1\d paragraphs.*; 3 quotations reworded", shelf)
    link = re.search(r'class="compare-with" href="(/compare/[a-z2-7]{16}\.\.[a-z2-7]{16})"', shelf)
    assert link
    assert client.get(link[1]).status_code == 200


def test_a_story_has_a_link_to_its_page_and_an_article_alone_has_none(client: TestClient) -> None:
    link = re.search(
        r'href="(/stories/[a-z2-7]{16})">Story of 2 articles', shelf_of(client, "China Offers Full Support")
    )
    assert link
    assert "Story of 2 articles" in client.get(link[1]).text
    alone = shelf_of(client, "China Hails Stronger Ties")
    assert "/stories/" not in alone
    assert "/compare/" not in alone


def test_both_articles_link_to_the_same_comparison(client: TestClient, newsweek: str, repost: str) -> None:
    links = [
        set(re.findall(r'class="compare-with" href="([^"]+)"', client.get(path).text))
        for path in (newsweek, repost)
    ]
    assert len(links[0] & links[1]) == 1


def test_a_large_story_shows_its_first_and_latest_articles_and_counts_the_others(
    empty_client: TestClient, db: Database
) -> None:
    body = paragraphs("harbour", 3)
    for number in range(1, 9):
        store.add(db, text.draft("A storm", body, publisher=f"Outlet {number}"))
    page = empty_client.get("/").text
    assert "8 articles in 1 story, newest first" in page
    assert "Story of 8 articles" in page
    assert page.count('class="compare-with"') == 4
    assert re.search(r'and <a href="/stories/[a-z2-7]{16}">3 more articles</a>', page)
    assert re.findall(r"Outlet \d</bdi>", page) == [f"Outlet {number}</bdi>" for number in (1, 8, 7, 6, 5)]
    assert page.count("<strong>The same text</strong>") == 4


def test_an_article_joined_through_a_third_says_so(empty_client: TestClient, db: Database) -> None:
    harbour, market = paragraphs("harbour", 3), paragraphs("market", 3)
    for title, body in (("First", harbour), ("Second", market), ("Both", f"{harbour}\n\n{market}")):
        store.add(db, text.draft(title, body, publisher=title))
    shelf = heard(shelf_of(empty_client, "First"))
    assert "Second Compare with Second Linked through another article" in shelf
    assert "Contains First" in shelf


def test_an_empty_library_suggests_the_next_step(empty_client: TestClient) -> None:
    page = empty_client.get("/")
    assert page.status_code == 200
    assert "No article is here yet" in page.text
    assert 'href="/articles/new">Add the first article' in page.text


def test_a_long_library_is_paged_newest_first(empty_client: TestClient, db: Database) -> None:
    for number in range(1, 32):
        store.add(db, text.draft(f"Title {number}", f"Body number {number}."))
    first, second = empty_client.get("/").text, empty_client.get("/?page=2").text
    assert first.index("Title 31") < first.index("Title 30")
    assert "Title 1<" not in first
    assert "Title 1<" in second
    assert 'rel="next"' in first
    assert 'rel="next"' not in second
    assert 'href="/" rel="prev"' in second


def test_a_story_moves_up_when_an_article_joins_it(empty_client: TestClient, db: Database) -> None:
    store.add(db, text.draft("Early", paragraphs("harbour", 3)))
    store.add(db, text.draft("Later", paragraphs("market", 3)))
    assert empty_client.get("/").text.index("Later") < empty_client.get("/").text.index("Early")
    store.add(db, text.draft("A copy", paragraphs("harbour", 3)))
    assert empty_client.get("/").text.index("Early") < empty_client.get("/").text.index("Later")


def test_htmx_gets_the_next_articles_alone_and_a_history_restore_the_full_page(
    empty_client: TestClient, db: Database
) -> None:
    for number in range(1, 32):
        store.add(db, text.draft(f"Title {number}", f"Body number {number}."))
    part = empty_client.get("/?page=2", headers={"HX-Request": "true"})
    assert "Title 1<" in part.text
    assert "<html" not in part.text
    assert "HX-Request" in part.headers["vary"]
    restored = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<html" in empty_client.get("/?page=2", headers=restored).text
    assert "<html" in empty_client.get("/?page=2").text


def test_a_page_past_the_end_shows_the_last_and_a_non_number_is_not_found(
    client: TestClient,
) -> None:
    assert "China Offers Full Support" in client.get("/?page=99").text
    assert client.get("/?page=0").status_code == 404
    assert client.get("/?page=x").status_code == 404


def test_markup_in_a_title_and_publisher_is_escaped(empty_client: TestClient, db: Database) -> None:
    hostile = "<script>alert(1)</script>"
    for number in range(2):
        store.add(
            db, text.draft(f"{hostile} {number}", paragraphs("harbour", 3), publisher=f"{number} {hostile}")
        )
    page = empty_client.get("/").text
    assert "<script>alert" not in page
    assert f"{hostile} 1" in unescape(page)


def test_health_says_the_version_and_that_nothing_waits(client: TestClient) -> None:
    health = client.get("/health").json()
    assert health["waiting"] == {"to_compare": 0, "to_quote": 0, "worker": "off"}
    assert (health["status"], health["version"]) == ("ok", app.__version__)
