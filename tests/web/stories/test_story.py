import re
from datetime import UTC, datetime
from html import unescape

import pytest
from fastapi.testclient import TestClient

from app.db.engine.base import Database
from app.permalinks import story_path
from app.services.articles import store
from app.sources import text
from app.web.pages.stories.matrix import MAX_ROWS
from tests.web.comparison.comparing import heard, paragraphs
from tests.web.conftest import ClientFor, path_of

pytestmark = pytest.mark.both


def added(db: Database, title: str, body: str, publisher: str = "", published_on: str = "") -> str:
    """Add an article and return its id."""
    return store.add(db, text.draft(title, body, publisher, "", published_on)).article


@pytest.fixture
def harbour(db: Database) -> str:
    """The path of a story: a piece of four paragraphs, a copy without the last, one that rewords and adds.

    The copy was published first, but the piece is the requested base.
    """
    first = paragraphs("harbour", 4).split("\n\n")
    story = added(db, "The harbour", "\n\n".join(first), "The Daily", "2024-02-05")
    added(db, "The harbour", "\n\n".join(first[:3]), "The Weekly", "2024-02-03")
    reworded = [first[0].replace("harbour1x7 ", "another "), *first[1:], paragraphs("market", 1)]
    added(db, "The harbour", "\n\n".join(reworded), "The Monthly")
    return f"{story_path(story)}?base={story}"


def cells(page: str) -> list[list[str]]:
    """Return the text of each cell of the matrix, row by row."""
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    return [
        [heard(label) for label in re.findall(r'<span class="vh">([^<]*)</span></a></td>', row)]
        for row in body.split("</tr>")[:-1]
    ]


def members(page: str) -> list[str]:
    listed = page.partition('<ol class="members"')[2].partition("</ol>")[0]
    return [heard(item) for item in listed.split("<li")[1:]]


def test_articles_are_listed_by_date_and_those_without_one_under_no_date_stated(
    empty_client: TestClient, harbour: str
) -> None:
    page = empty_client.get(harbour).text
    first, second, third = members(page)
    assert "3 February 2024 The Weekly" in first
    assert "5 February 2024 The Daily" in second
    assert "no date stated The Monthly" in third
    assert f"{datetime.now(UTC):%Y}" not in third
    assert "Story of 3 articles" in page
    assert "Dates stated run from 3 February 2024 to 5 February 2024." in page


def test_each_article_shows_its_relation_to_the_base_and_what_it_omits_and_adds(
    empty_client: TestClient, harbour: str
) -> None:
    weekly, daily, monthly = members(empty_client.get(harbour).text)
    assert "Base: others are compared with it" in daily
    assert "leaves out 1 paragraph" in weekly
    assert "adds" not in weekly
    assert "Near-duplicate: 5 of 5 paragraphs" in monthly
    assert "adds 1 paragraph" in monthly
    assert "leaves out" not in monthly


def test_what_is_left_out_and_added_leads_to_the_list_of_it(empty_client: TestClient, harbour: str) -> None:
    page = empty_client.get(harbour).text
    links = re.findall(r'href="(/compare/[^"#]+)#(only-in-(?:base|witness))"', page)
    assert [anchor for _, anchor in links] == ["only-in-base", "only-in-witness"]
    for path, anchor in links:
        assert f'id="{anchor}"' in empty_client.get(path).text


def test_the_matrix_shows_the_fate_of_each_paragraph_in_each_article(
    empty_client: TestClient, harbour: str
) -> None:
    page = empty_client.get(harbour).text
    table = cells(page)
    weekly = ["word for word in The Weekly"] * 4 + ["not there in The Weekly"]
    monthly = [
        "a little reworded in The Monthly" if row == 1 else "word for word in The Monthly" for row in range(5)
    ]
    assert table == [
        [weekly_cell, monthly_cell] for weekly_cell, monthly_cell in zip(weekly, monthly, strict=True)
    ]
    signs = re.findall(r'<td class="(\w+)"><a [^>]*><span aria-hidden="true">(.)</span>', page)
    assert set(signs) == {("verbatim", "="), ("reworded", "≠"), ("absent", "−")}


def test_every_cell_leads_to_its_row_of_the_comparison(empty_client: TestClient, harbour: str) -> None:
    page = empty_client.get(harbour).text
    links = re.findall(r'<td class="\w+"><a href="(/compare/[^"#]+)#(row-\d+)"', page)
    assert len(links) == 10
    for path in {path for path, _ in links}:
        compared = empty_client.get(path).text
        assert all(f'id="{anchor}"' in compared for where, anchor in links if where == path)


def test_the_paragraphs_of_the_base_lead_to_the_article(empty_client: TestClient, harbour: str) -> None:
    page = empty_client.get(harbour).text
    links = re.findall(r'<th scope="row">.*?href="([^"#]+)#([^"]+)"', page)
    assert [anchor for _, anchor in links] == ["headline", "p-1", "p-2", "p-3", "p-4"]
    article = empty_client.get(links[0][0]).text
    assert all(f'id="{anchor}"' in article for _, anchor in links)


def test_any_article_can_be_the_base(empty_client: TestClient, harbour: str) -> None:
    page = empty_client.get(harbour).text
    link = re.search(r'href="([^"]+)" rel="nofollow">Use as base<span class="vh">: The Weekly', page)
    assert link
    story_page = empty_client.get(unescape(link[1])).text
    weekly, daily, _ = members(story_page)
    assert "Base: others are compared with it" in weekly
    assert "Contains The Weekly: 4 of 4 paragraphs, all word for word" in daily
    assert "adds 1 paragraph" in daily
    assert len(cells(story_page)) == 4
    assert "?" not in link[1], "the one published first is the base by default"


def test_each_of_its_articles_leads_to_the_story(empty_client: TestClient, harbour: str) -> None:
    story = harbour.partition("?")[0].rpartition("/")[2]
    for path in re.findall(
        r'class="relative-title" dir="auto" href="(/articles/[^"]+)"', empty_client.get(harbour).text
    ):
        own_story = path.replace("/articles/", "/stories/")
        assert "Story of 3 articles" in empty_client.get(own_story).text
        assert f'canonical" href="http://localhost/stories/{story}">' in empty_client.get(own_story).text
        assert f'href="{own_story}"' in empty_client.get(path).text


def test_observations_on_precedence_are_listed_for_the_base_and_each_article(
    empty_client: TestClient, harbour: str
) -> None:
    page = empty_client.get(harbour).text
    section = page.partition('<section class="first"')[2]
    summaries = [heard(summary) for summary in re.findall(r"<summary>(.*?)</summary>", section)]
    assert [summary.partition(" clue")[0].rpartition(" ")[0] for summary in summaries] == [
        "The Daily and The Weekly",
        "The Daily and The Monthly",
    ]
    assert "The Weekly is dated 3 February 2024, The Daily 5 February 2024" in heard(section)
    assert "not a verdict" in section
    for path, anchor in re.findall(r'href="(/compare/[^"#]+)#(row-\d+)">(?:¶|Headline)', section):
        assert f'id="{anchor}"' in empty_client.get(path).text


def test_findings_are_marked_in_the_matrix(client: TestClient, newsweek: str) -> None:
    page = client.get(newsweek.replace("/articles/", "/stories/")).text
    assert re.search(
        r'<td class="reworded some has-finding"><a [^>]*><span aria-hidden="true">≠<b class="count">1</b>',
        page,
    )
    assert "reworded in “Chinese defense chief offers…”, 1 finding" in heard(page)


def test_a_cell_shows_how_much_of_its_paragraph_is_reworded(client: TestClient, newsweek: str) -> None:
    page = client.get(newsweek.replace("/articles/", "/stories/")).text
    words_by_row = [words for (words,) in cells(page)]
    assert words_by_row[0].startswith("reworded"), "capitals apart"
    assert words_by_row[3].startswith("a little reworded")
    assert words_by_row[4].startswith("reworded")
    assert words_by_row[5].startswith("word for word"), "but for a capital"
    assert page.count('<td class="reworded much') == sum(words.startswith("much") for words in words_by_row)


def test_a_very_long_base_is_shown_in_parts(empty_client: TestClient, db: Database) -> None:
    long = paragraphs("harbour", 2 * MAX_ROWS, words=12)
    story = story_path(added(db, "The harbour", long, "The Daily"))
    added(db, "The harbour", long, "The Weekly")
    page = empty_client.get(story).text
    assert len(cells(page)) == MAX_ROWS
    assert f"Rows 1 to {MAX_ROWS} of {2 * MAX_ROWS + 1}" in page
    assert "earlier paragraphs" not in page
    later = re.search(r'href="([^"]+)#paragraphs" rel="next">later paragraphs', page)
    assert later
    second = empty_client.get(unescape(later[1])).text
    assert f">Paragraph {MAX_ROWS}<" in second
    assert f">Paragraph {MAX_ROWS - 1}<" not in second
    assert f'href="{story}#paragraphs" rel="prev"' in second
    last = empty_client.get(f"{story}?from=9999").text
    assert [len(cells(last)), f">Paragraph {2 * MAX_ROWS}<" in last, "later paragraphs" in last] == [
        1,
        True,
        False,
    ]


def test_two_articles_are_not_called_joined_by_a_third(client: TestClient, newsweek: str) -> None:
    page = client.get(newsweek.replace("/articles/", "/stories/")).text
    assert "These two share text." in page
    assert "through a third" not in page


def test_page_furniture_has_no_row_and_is_counted(client: TestClient, newsweek: str) -> None:
    page = client.get(newsweek.replace("/articles/", "/stories/")).text
    assert re.search(r"\d+ lines of page extras of <bdi>Newsweek</bdi> left out", page)
    assert "Newsweek magazine delivered to your door" not in page


def test_a_single_article_story_says_so_and_suggests_what_to_do(client: TestClient) -> None:
    path = path_of(client, "China Hails Stronger Ties").replace("/articles/", "/stories/")
    page = client.get(path)
    assert page.status_code == 200
    assert "No other stored article shares its text" in page.text
    assert 'href="/articles/new">Add another article' in page.text
    assert "<table" not in page.text


def test_a_story_of_many_articles_is_shown_in_parts(empty_client: TestClient, db: Database) -> None:
    story = story_path(added(db, "A storm", paragraphs("harbour", 2), "Outlet 0"))
    for number in range(1, 15):
        added(db, "A storm", paragraphs("harbour", 2), f"Outlet {number}", f"2024-02-{number:02}")
    first = empty_client.get(story).text
    assert first.count('<th scope="col"><a') == 12
    later = re.search(r'href="([^"]+)" rel="next"', first)
    assert later
    second = empty_client.get(unescape(later[1])).text
    assert second.count('<th scope="col"><a') == 2
    assert 'rel="prev"' in second
    assert "Outlet 14" in second
    assert empty_client.get(f"{story}?page=99").text.count('<th scope="col"><a') == 2


@pytest.mark.parametrize(
    "address",
    [
        "/stories/nothing",
        f"/stories/{'a' * 16}",
        "{own}?base=" + "a" * 16,
        "{own}?base={other}",
        "{own}?page=0",
    ],
)
def test_an_unknown_story_is_not_found(client: TestClient, newsweek: str, address: str) -> None:
    story = newsweek.replace("/articles/", "/stories/")
    other = path_of(client, "China Hails Stronger Ties").rpartition("/")[2]
    assert client.get(address.format(own=story, other=other)).status_code == 404


def test_a_preview_names_the_articles_with_their_dates(client: TestClient, newsweek: str) -> None:
    page = client.get(newsweek.replace("/articles/", "/stories/")).text
    preview = re.search(r'og:description" content="([^"]+)"', page)
    assert preview
    assert unescape(preview[1]) == (
        "2 articles that share one another’s text: “Chinese defense chief offers…” (5 February 2024) "
        "and Newsweek (no date stated)."
    )


def test_markup_in_an_article_is_escaped(empty_client: TestClient, db: Database) -> None:
    hostile = "<script>alert(1)</script>"
    body = f"{hostile} {paragraphs('harbour', 2)}"
    story = story_path(added(db, hostile, body, f"One {hostile}"))
    added(db, hostile, body.replace("harbour1x3", "x"), f"Two {hostile}")
    page = empty_client.get(story)
    assert "<script>alert" not in page.text
    assert hostile in unescape(page.text)
    assert "default-src 'none'" in page.headers["content-security-policy"]


@pytest.mark.sqlite
def test_an_editor_takes_an_article_out_of_its_story_from_the_storys_page(
    client_for: ClientFor, seeded_db: Database, client: TestClient, newsweek: str
) -> None:
    story = newsweek.replace("/articles/", "/stories/")
    links = re.findall(r'href="([^"]+)" rel="nofollow">Not this story\?', client.get(story).text)
    assert len(links) == 2
    assert f"{newsweek}/story" in links
    visitor = client_for(seeded_db, host="0.0.0.0", edit_key="correct horse battery")
    assert "Not this story?" not in visitor.get(story).text
    assert client.post(links[0], data={"place": "apart"}).status_code == 303
    alone = client.get(story).text
    assert "A story of one" in alone
    assert "Not this story?" not in alone


def test_htmx_gets_the_same_page_of_a_story(client: TestClient, newsweek: str) -> None:
    path = newsweek.replace("/articles/", "/stories/")
    assert client.get(path, headers={"HX-Request": "true"}).text == client.get(path).text


def test_an_article_joined_through_a_third_says_so_with_its_share_of_the_base(
    empty_client: TestClient, db: Database
) -> None:
    harbour, market = paragraphs("harbour", 3), paragraphs("market", 3)
    story = story_path(added(db, "First", harbour, "The Daily"))
    added(db, "Second", market, "The Weekly")
    added(db, "Both", f"{harbour}\n\n{market}", "The Monthly")
    listed = "".join(members(empty_client.get(story).text))
    assert "Second Linked through another article: none of The Daily appears in it" in listed


def test_articles_of_one_publisher_get_distinct_labels(empty_client: TestClient, db: Database) -> None:
    body = paragraphs("harbour", 2)
    story = story_path(added(db, "The storm came in the night", body, "The Daily"))
    added(db, "The storm came in the night", body, "The Daily")
    added(db, "The storm came in the night", body, "The Weekly")
    columns = [
        heard(heading)
        for heading in re.findall(r'<th scope="col"[^>]*>(.*?)</th>', empty_client.get(story).text)
    ]
    assert columns == ["“The storm came in…” (1)", "“The storm came in…” (2)", "The Weekly"]
