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
    assert "5 articles: 1 story and 3 single articles. 1 story has findings." in page
    assert "Warsaw Institute" in page
    assert "Grzegorz Kuczyński · 2 paragraphs" in page
    assert "24 April 2023" in page


def test_the_altered_quotation_comes_first_in_one_line_that_leads_to_it(client: TestClient) -> None:
    shelf = client.get("/").text.partition('<li class="shelf')[2].partition('<li class="shelf')[0]
    assert (
        "China Offers Full Support to Russia on Ukraine War May reverse the meaning: “put pressure on”→"
        " became “put forward pressure from” ¶4 Newsweek + 1 undated others 5 February 2024 3 quotations"
    ) in heard(shelf)
    link = re.search(r'href="(/compare/[a-z2-7]{16}\.\.[a-z2-7]{16}/rows/\d+\?finding=\d+)"', shelf)
    assert link
    finding = heard(client.get(link[1]).text)
    assert "the Chinese side" in finding
    assert "forward" in finding


def test_findings_of_one_pair_are_not_given_for_those_of_a_whole_story(
    client: TestClient, seeded_db: Database
) -> None:
    newsweek = next(entry for entry in store.choices(seeded_db, "", 9) if entry.publisher == "Newsweek")
    body = "\n\n".join(store.read(seeded_db, newsweek.article).paragraphs)
    assert "in one pair" not in heard(client.get("/").text)
    store.add(seeded_db, text.draft("A copy", body, publisher="Copier"))
    shelf = heard(client.get("/").text.partition('<li class="shelf')[2].partition('<li class="shelf')[0])
    assert "Newsweek + 2" in shelf
    assert "3 quotations in one pair" in shelf


def test_a_story_begins_with_its_most_serious_finding(client: TestClient) -> None:
    library = client.get("/").text
    story = re.search(r'href="(/stories/[a-z2-7]{16})"', library)
    assert story
    head = client.get(story[1]).text.partition("<section")[0]
    assert "May reverse the meaning: “put pressure on”→ became “put forward pressure from” ¶4" in heard(head)
    assert "Newsweek and “Chinese defense chief offers…”: 3 quotations differ. Open the comparison" in heard(
        head
    )
    link = re.search(r'href="(/compare/[^"?]+/rows/\d+\?finding=\d+)"', head)
    assert link
    assert link[0] in library


def test_filters_are_in_the_address_and_what_has_no_meaning_is_ignored(client: TestClient) -> None:
    quoted = client.get("/", params={"kind": "quotation", "sort": "newest", "since": "soon"}).text
    assert "1 story or article of 5 articles" in quoted
    assert '<option value="quotation" selected>' in quoted
    none = client.get("/", params={"publisher": "Nobody’s Gazette"}).text
    assert "Nothing here matches these filters" in none
    assert (
        client.get("/", params={"kind": "x", "show": "y", "sort": "z", "until": "2024-13-01"}).text.count(
            '<li class="shelf'
        )
        == 4
    )


def test_two_ticked_articles_are_compared_and_any_other_number_is_refused(client: TestClient) -> None:
    ticks = re.findall(r'name="pick" value="([a-z2-7]{16})"', client.get("/").text)
    assert len(ticks) == 5
    answer = client.get("/compare", params={"pick": ticks[:2]})
    assert answer.headers["location"] == f"/compare/{ticks[0]}..{ticks[1]}"
    for several in (ticks[:1], ticks[:3]):
        refused = client.get("/compare", params={"pick": several})
        assert refused.status_code == 422
        assert "A comparison needs two articles" in refused.text


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
    assert "add a word to find fewer" in page
    assert ">Market 0<" not in page


def test_missing_metadata_is_labelled_as_not_stated(client: TestClient) -> None:
    page = client.get("/").text
    assert '<bdi class="member-publisher">Publisher not stated</bdi>' in page
    assert '<p class="member-day">no date stated <a class="parting"' in page


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
        r'href="(/stories/[a-z2-7]{16})">Open the story', shelf_of(client, "China Offers Full Support")
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
    assert "8 articles: 1 story." in page
    assert "+ 7" in page
    assert page.count('class="compare-with"') == 4
    assert re.search(r'and <a href="/stories/[a-z2-7]{16}">3 more articles</a>', page)
    assert re.findall(r"Outlet (\d)</bdi> <a", page) == ["1", "8", "7", "6", "5"]
    assert page.count("<strong>The same text</strong>") == 4


def test_an_article_joined_through_a_third_says_so(empty_client: TestClient, db: Database) -> None:
    harbour, market = paragraphs("harbour", 3), paragraphs("market", 3)
    for title, body in (("First", harbour), ("Second", market), ("Both", f"{harbour}\n\n{market}")):
        store.add(db, text.draft(title, body, publisher=title))
    shelf = heard(shelf_of(empty_client, "First"))
    assert "Linked through another article Compare with Second" in shelf
    assert "Contains First" in shelf


def test_an_empty_library_suggests_the_next_step(empty_client: TestClient) -> None:
    page = empty_client.get("/")
    assert page.status_code == 200
    assert "There are no articles yet" in page.text
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
