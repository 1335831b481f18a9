import re
from html import unescape

import pytest
from fastapi.testclient import TestClient

from app.collation.relations import Relation
from app.db.engine.base import Database
from app.services.articles import store
from app.services.articles.snapshot import ArticleSnapshot
from app.services.operations.backlog import Waiting
from app.services.relations.relate import Relatives
from app.services.summaries import Relative
from app.sources import text
from app.web.pages.articles.article import article_page
from tests.web.comparison.comparing import paragraphs
from tests.web.conftest import path_of

pytestmark = pytest.mark.both

NOTHING = Waiting(0, 0, 0, "idle")


@pytest.fixture
def few_choices(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two articles at most are offered beside the relatives."""
    monkeypatch.setattr("app.web.routes.articles.MAX_CHOICES", 2)
    monkeypatch.setattr("app.web.pages.articles.article.MAX_CHOICES", 2)


def test_each_paragraph_has_its_number_an_anchor_and_a_link_that_stays(
    client: TestClient, newsweek: str
) -> None:
    page = client.get(newsweek).text
    assert 'id="headline"' in page
    assert f'id="p-4">\n  <a class="num" href="{newsweek}/revisions/1#p-4">' in page
    assert "In recent years" in page.partition('id="p-4"')[2].partition('id="p-5"')[0]


def test_furniture_is_folded_and_says_how_much_of_it_there_is(client: TestClient, repost: str) -> None:
    button, _, block = client.get(repost).text.partition("<button")[2].partition(' hidden="until-found">')
    assert "1 line of page extras</button>" in button
    assert "date 2024-02-05 Connect with us" in block.partition("</div>\n</div>")[0]


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


def test_a_picker_that_leaves_articles_out_says_so_and_lets_one_search(
    client: TestClient, newsweek: str, few_choices: None
) -> None:
    page = client.get(newsweek).text
    assert "find any other by title or publisher" in page
    assert 'id="sought"' in page


def test_a_picker_that_offers_all_needs_no_search(client: TestClient, newsweek: str) -> None:
    assert 'id="sought"' not in client.get(newsweek).text


@pytest.mark.parametrize("words", ["warsaw", "stronger HAILS", "institute russia", "  ties   Warsaw "])
def test_the_search_finds_titles_and_publishers_by_all_of_their_words(
    client: TestClient, newsweek: str, words: str
) -> None:
    page = client.get(newsweek, params={"q": words}).text
    options = re.findall(r'<option value="[a-z2-7]{16}">(.*?)</option>', page)
    assert options == ["Warsaw Institute: China Hails Stronger Ties with Russia"]
    assert "1 article found" in page
    assert f'value="{" ".join(words.split())}"' in page
    assert f'href="{newsweek}#compare-with">Offer all again' in page


@pytest.mark.parametrize(
    "words", ["nothing like it", "%", "_", "\\", "' OR 1=1", "<script>alert(1)</script>", "x" * 5000]
)
def test_a_search_that_finds_nothing_says_so(client: TestClient, newsweek: str, words: str) -> None:
    page = client.get(newsweek, params={"q": words})
    assert page.status_code == 200
    assert "No title or publisher contains all these words." in page.text
    assert "<option" not in page.text
    assert "<script>alert" not in page.text


def test_an_earlier_revision_is_searched_from_too(
    client: TestClient, seeded_db: Database, newsweek: str
) -> None:
    store.edit(seeded_db, newsweek.rpartition("/")[2], text.draft("Another title", "Another text."))
    path = f"{newsweek}/revisions/1"
    page = client.get(path, params={"q": "warsaw"}).text
    assert f'action="{path}#compare-with"' in page
    assert "1 article found" in page


def test_relatives_are_in_three_lists_and_the_same_story_is_not_reuse(
    empty_client: TestClient, db: Database
) -> None:
    quotation = "“We shall rebuild the bridge before the winter comes, whatever it may cost this town and its people,”"
    body = f"{paragraphs('harbour', 3)}\n\n{quotation} she said on Monday."
    article = store.add(db, text.draft("Own", body, "The Daily"))
    store.add(db, text.draft("Copy", body, "The Weekly"))
    store.add(db, text.draft("Quoter", f"{paragraphs('market', 3)}\n\n{quotation} he heard.", "The Monthly"))
    page = empty_client.get(f"/articles/{article.article}").text
    lists = dict(re.findall(r"<h2>([^<]*)</h2>(.*?)</section>", page, re.S))
    assert "The Weekly" in lists["Shares its text"]
    assert "The Monthly" not in lists["Shares its text"]
    assert "The Monthly" in lists["Quotes the same words"]
    assert "Not copying" in lists["Quotes the same words"]
    assert "Same story in its own words" not in lists
    assert f'href="/stories/{article.article}"' in page
    quoter = re.search(r'href="(/articles/[a-z2-7]{16})">Quoter', page)
    assert quoter
    assert "/stories/" not in empty_client.get(quoter[1]).text


def test_the_same_story_in_its_own_words_is_listed_last_and_separately(seeded_db: Database) -> None:
    article, other, *_ = store.choices(seeded_db, "", 5)
    relation = Relation("same-story", 0.2, 0.0, 0.0, 12, 9, 2, 3, 0, 0, 0, 0)
    related = Relatives((), (), (Relative(other, relation),))
    snapshot = ArticleSnapshot(store.read(seeded_db, article.article), related, (), ())
    page = article_page(snapshot, NOTHING, newest_asked=True)
    assert [relatives.heading for relatives in page.lists] == ["Same story in its own words"]
    assert page.lists[0].note.startswith("Not copying.")
    assert page.lists[0].shown[0].shared.kind == "Same story in its own words"
    assert (page.story, page.foremost) == ("", ())


def test_each_relative_shows_its_overlap_and_links_to_the_comparison(
    client: TestClient, newsweek: str
) -> None:
    listed = client.get(newsweek).text.partition("<h2>Shares its text</h2>")[2].partition("</section>")[0]
    assert "<strong>Near-duplicate</strong>: 18 of 1" in listed
    link = re.search(r'class="compare-with" href="([^"]+)"', listed)
    assert link
    assert client.get(link[1]).status_code == 200


def test_an_article_without_relatives_says_so(client: TestClient) -> None:
    page = client.get(path_of(client, "China Hails Stronger Ties")).text
    assert "No other article here shares text or quotations with it." in page


def test_many_relatives_are_folded(empty_client: TestClient, db: Database) -> None:
    for number in range(12):
        saved = store.add(db, text.draft("A storm", paragraphs("harbour", 2), f"Outlet {number}"))
    page = empty_client.get(f"/articles/{saved.article}").text
    assert "<summary>3 more</summary>" in page
    assert page.count('class="compare-with"') == 11


def test_the_revision_has_a_link_that_shows_the_same_after_an_edit(
    client: TestClient, seeded_db: Database, newsweek: str
) -> None:
    before = client.get(f"{newsweek}/revisions/1").text
    store.edit(seeded_db, newsweek.rpartition("/")[2], text.draft("Another title", "Another text."))
    after = client.get(f"{newsweek}/revisions/1").text
    # How many other articles carry a quotation is told of the newest revision alone.
    quotation_link = re.compile(r'<a class="quoted-link[^>]*>.*?</a>')
    paragraphs = [
        re.findall(r'<p dir="auto">(.*?)</p>', quotation_link.sub("", page)) for page in (before, after)
    ]
    assert paragraphs[0] == paragraphs[1] != []
    assert "This is revision 1." in after
    assert f'<a href="{newsweek}">Revision 2 is the newest.</a>' in after
    assert "Another text." in client.get(newsweek).text


def test_an_earlier_revision_is_compared_with_the_newest(
    client: TestClient, seeded_db: Database, newsweek: str
) -> None:
    article = newsweek.rpartition("/")[2]
    first = store.read(seeded_db, article).revision
    second = store.edit(seeded_db, article, text.draft("Another title", "Another text.")).revision
    link = re.search(r'href="([^"]+)">Compare the two', client.get(f"{newsweek}/revisions/1").text)
    assert link
    assert client.get(unescape(link[1])).headers["location"] == f"/compare/{first}..{second}"


def test_a_preview_names_publisher_author_and_date(client: TestClient, newsweek: str) -> None:
    page = client.get(newsweek).text
    assert '<meta property="og:title" content="China Offers Full Support to Russia on Ukraine War">' in page
    description = "Newsweek · Aadil Brar · no date stated · 17 paragraphs plus 17 lines of page extras"
    assert f'og:description" content="{description}"' in page
    assert f'og:url" content="http://localhost{newsweek}/revisions/1"' in page


def test_an_article_of_many_paragraphs_is_shown_in_parts(empty_client: TestClient, db: Database) -> None:
    saved = store.add(db, text.draft("Many", "\n".join(f"Line {number}." for number in range(1, 1200))))
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
    saved = store.add(db, text.draft("A", "Body of it.", url="https://example.org/story"))
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


def test_a_page_takes_one_read_transaction_besides_the_backlog_count(
    client: TestClient, seeded_db: Database, newsweek: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = seeded_db.reading
    begun: list[str] = []

    def counted() -> object:
        begun.append("reading")
        return reading()

    monkeypatch.setattr(seeded_db, "reading", counted)
    client.get(newsweek)
    assert begun == ["reading", "reading"]
