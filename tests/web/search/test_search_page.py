"""The page of a search and its JSON: what was found is marked, and nothing that is typed breaks either."""

import re
from html import unescape

import pytest
from fastapi.testclient import TestClient

from app.db.engine.base import Database
from app.services.articles import store
from app.sources.text import draft

MARK = re.compile(r"<mark>(.*?)</mark>")


def test_a_phrase_is_marked_in_every_article_and_each_hit_leads_to_its_paragraph(client: TestClient) -> None:
    page = client.get("/search", params={"q": '"Atlantic Council"'}).text
    assert MARK.findall(page) == ["Atlantic Council"] * 4
    assert "3 articles match" in page
    assert "One story, 2 articles" in page
    links = re.findall(r'<a href="(/articles/[a-z2-7]{16})#(p-\d+)" aria-label="Paragraph \d+">', page)
    assert len(links) == 4
    for path, anchor in links:
        assert f'id="{anchor}"' in client.get(path).text
    (compare,) = re.findall(r'<a class="compare" href="([^"]+)" rel="nofollow">Compare them at ¶14</a>', page)
    answer = client.get(unescape(compare))
    assert re.fullmatch(r"/compare/[a-z2-7]{16}\.\.[a-z2-7]{16}#row-\d+", answer.headers["location"])
    row = answer.headers["location"].rpartition("#")[2]
    compared = client.get(answer.headers["location"]).text
    assert re.search("Atlantic.*Council", compared.partition(f'id="{row}"')[2].partition("</tr>")[0])
    nowhere = client.get(re.sub(r"at=[^&]+", "at=witness-999", unescape(compare)))
    assert "#" not in nowhere.headers["location"]
    assert 'class="seek"' not in page  # its own field suffices
    assert 'class="seek"' in client.get("/quotations").text


def test_each_hit_leads_to_a_line_that_cites_its_paragraph(client: TestClient) -> None:
    page = client.get("/search", params={"q": '"military bloc"'}).text
    cites = [unescape(link) for link in re.findall(r'<a class="cite" href="([^"]+)"', page)]
    assert len(cites) == 3
    cited = unescape(client.get(cites[-1]).text)
    (line,) = re.findall(r'id="citation" dir="auto">([^<]*)<', cited)
    assert "(Alex Lantier, World Socialist Web Site, 12 February 2024, revision 1), ¶6: “" in line
    assert "do not form a military bloc" in line
    kept = re.search(r"Kept at http://localhost(\S+)#(p-6)\. Read on", line)
    assert kept
    assert f'id="{kept[2]}"' in client.get(kept[1]).text
    assert f'<a href="{kept[1]}#{kept[2]}">' in cited
    for wrong in ("0", "999", "x", "-1"):
        answer = client.get(re.sub(r"paragraph=\d+", f"paragraph={wrong}", cites[-1]))
        assert (answer.status_code, "no such paragraph" in answer.text) == (404, True)


@pytest.mark.both
def test_the_document_has_the_same_hits_with_the_places_of_their_marks(client: TestClient) -> None:
    document = client.get("/api/search", params={"q": "author:brar"}).json()
    (article,) = document["stories"][0]["articles"]
    text, ((start, end),) = article["author"]["text"], article["author"]["marks"]
    assert (document["articles"], article["publisher"]["text"], text[start:end]) == (1, "Newsweek", "Brar")


def test_hostile_words_are_shown_as_they_are_typed_and_do_nothing(
    empty_client: TestClient, db: Database
) -> None:
    title = "<script>alert(1)</script> & \u202eevil"
    store.add(db, draft(title, "“<b>bold</b>” words", publisher="<i>P</i>", author="';--"))
    page = empty_client.get("/search", params={"q": "alert bold"}).text
    assert "<script>alert" not in page
    assert "<b>bold" not in page
    assert MARK.findall(page) == ["alert", "bold"]
    typed = "><svg onload='x'> OR before:x finding:negations"
    page = empty_client.get("/search", params={"q": typed}).text
    assert "<svg onload" not in page
    assert "“before:x” was ignored" in page
    assert "“finding:negations” was ignored: it names no kind of finding." in page


@pytest.mark.parametrize(
    "query",
    [
        f"q={'a' * 5_000}",
        "q=%00%ff&page=x&below=-1&since=2024-99-99&until=&kind=gossip&sort=&language=xx&noted=2",
        "q=&page=999999&below=999999999999999",
        "q=%22%27%29%28&q=twice&unknown=1",
        "language=en&noted=1&kind=quotation&publisher=%25",
    ],
)
def test_any_address_is_answered(client: TestClient, query: str) -> None:
    assert client.get(f"/search?{query}").status_code == 200
    assert client.get(f"/api/search?{query}").json()["page"] >= 1


def test_a_very_long_query_is_shown_again_and_its_links_hold_what_is_read_of_it(client: TestClient) -> None:
    page = client.get("/search", params={"q": "国" * 3_000}).text
    assert f'value="{"国" * 3_000}"' in page
    assert f'/search?q={"%E5%9B%BD" * 500}"' in page
    assert "%E5%9B%BD" * 501 not in page


def test_filters_alone_and_what_found_nothing(client: TestClient) -> None:
    page = client.get("/search?publisher=newsweek&kind=quotation").text
    assert "1 article matches" in page or "Nothing was found" in page
    page = client.get("/search?q=zzzz+publisher:newsweek").text
    assert "Nothing was found" in page
    assert "Nothing was found" in client.get("/search?q=tag:none").text
    page = client.get("/search?q=after:2024").text
    assert "2 articles match" in page
    assert "Search every text in the library" not in page
    assert "Search every text in the library" in client.get("/search").text


def test_old_links_to_a_search_of_titles_go_on_to_the_texts(client: TestClient) -> None:
    assert 'href="/search?q=zzzz"' in client.get("/?q=zzzz").text
