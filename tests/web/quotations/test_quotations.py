import json
import re
from html import unescape

import pytest
from fastapi.testclient import TestClient

from app.collation.model import Finding
from app.db.engine.base import Database
from app.permalinks import quotation_path
from app.services.articles import store
from app.services.quotations import versions
from app.sources import text
from app.web.pages.quotations import quotation
from app.web.pages.shared.quotation_links import quotation_place
from tests.web.comparison.comparing import comparison, heard, row, seeds_path, side
from tests.web.conftest import path_of

WANG = "China's position on the Ukraine crisis"
BLOC = "Unlike some Western countries"
DONG = "In recent years, the U.S."


def listed(page: str) -> list[str]:
    """Return the addresses of the quotations in a list."""
    return re.findall(r'<p class="text" dir="auto"><a href="([^"]+)"', page)


def quotation_page(client: TestClient, opening: str) -> str:
    """Search for the quotation with this opening and return its page."""
    page = client.get("/quotations", params={"q": opening}).text
    (path,) = listed(page)
    return client.get(path).text


def wordings(page: str) -> list[tuple[str, str, list[str]]]:
    """Return each wording's heading, its words as read aloud, and its carriers."""
    listed = []
    for item in page.split('<li class="wording ')[1:]:
        heading = heard(re.findall(r"<h2>(.*?)</h2>", item, re.DOTALL)[0])
        words = heard(re.findall(r"<blockquote.*?</blockquote>", item, re.DOTALL)[0])
        carriers = re.findall(r'<p class="who"><a href="[^"]+"><bdi>(.*?)</bdi>', item)
        listed.append((heading, unescape(words), [unescape(carrier) for carrier in carriers]))
    return listed


def test_the_four_articles_with_dongs_sentence_are_grouped_by_wording(client: TestClient) -> None:
    page = quotation_page(client, DONG)
    assert [(heading, carriers) for heading, _, carriers in wordings(page)] == [
        ("The most complete wording · 1 article".replace("· ", ""), ["Newsweek"]),
        ("Reworded 1 article", ["Publisher not stated"]),
        ("A part of it, reworded 1 article", ["World Socialist Web Site"]),
        ("A part of it, reworded 1 article", ["Atlas"]),
    ]
    assert "4 articles carry this quotation in 4 wordings; 3 differ from the fullest." in page
    assert "Warsaw Institute" not in page
    assert "Quotation of <a" in page
    assert "Dong Jun" in page


def test_a_fragment_is_placed_inside_the_whole(client: TestClient) -> None:
    *_, wsws, atlas = wordings(quotation_page(client, DONG))
    assert atlas[1].startswith("… [only in the most complete wording: We have supported end]") or (
        atlas[1].startswith("… ")
        and "you [only in this wording: [Russia] end] on the Ukrainian issue …" in atlas[1]
    )
    assert "[only in the most complete wording: has taken a hit end]" in wsws[1]
    assert "[only in this wording: is threatened end]" in wsws[1]
    page = quotation_page(client, DONG)
    assert re.findall(r"<span>(\d+ % of it, [^<]+)</span>", page) == [
        "52 % of it, from its middle",
        "8 % of it, from its middle",
    ]
    bars = re.findall(r'<rect class="part" x="([\d.]+)" y="0" width="([\d.]+)"', page)
    assert len(bars) == 2
    assert all(0 < float(x) < 100 and float(x) + float(width) <= 100 for x, width in bars)


def test_wangs_words_are_the_same_in_two_articles_and_other_in_the_third(client: TestClient) -> None:
    first, second = wordings(quotation_page(client, WANG))
    assert set(first[2]) == {"Newsweek", "World Socialist Web Site"}
    assert second[2] == ["Publisher not stated"]
    assert "[only in the most complete wording: strive to cool down the" in second[1]
    assert "[only in this wording: work to ease" in second[1]
    assert "only in" not in first[1]


def test_one_speaker_is_known_by_two_spellings_and_each_article_shows_its_own(client: TestClient) -> None:
    page = quotation_page(client, WANG)
    assert "Speaker: “Wang”: Wang Wenbin" in page
    assert "Speaker: “Chinese Foreign Minister spokesman Wang Wengbin”" in page
    assert re.findall(r'<a href="(/quotations\?speaker=[^"]+)"', page) == ["/quotations?speaker=Wang+Wenbin"]
    speaker_page = client.get("/quotations?speaker=Wang+Wengbin").text
    assert "Quotations of Wang Wenbin" in speaker_page
    assert "Also spelled Wang Wengbin." in speaker_page
    assert len(listed(speaker_page)) == 1


def test_a_sentence_that_all_print_alike_has_one_wording(client: TestClient) -> None:
    page = quotation_page(client, BLOC)
    ((heading, words, carriers),) = wordings(page)
    assert heading == "The most complete wording 3 articles"
    assert words == "Unlike some Western countries, our two countries do not form a military bloc."
    assert set(carriers) == {"Newsweek", "World Socialist Web Site", "Publisher not stated"}
    assert "3 articles carry this quotation, all in the same words." in page


def test_every_carrier_leads_to_the_paragraph_that_prints_it_and_to_the_comparison(
    client: TestClient,
) -> None:
    page = quotation_page(client, DONG)
    links = re.findall(r'<p class="who"><a href="([^"#]+)#([^"]+)"', page)
    assert len(links) == 4
    for path, anchor in links:
        article = client.get(path).text
        paragraph = article.partition(f'id="{anchor}"')[2].partition("</div>")[0]
        assert "on the Ukrain" in paragraph
    compared = re.findall(r'href="(/compare/[^"]+)"', page)
    assert len(compared) == 3
    assert all(client.get(path).status_code == 200 for path in compared)


def test_the_list_begins_with_the_most_widely_carried_quotation(client: TestClient) -> None:
    page = client.get("/quotations").text
    first = heard(page.partition('<ol class="listed"')[2].partition("</li>")[0])
    assert "Dong Jun 4 articles:" in first
    assert first.endswith("4 wordings, reworded")
    assert 'href="/quotations" aria-current="page"' in page
    names = re.findall(r'<li><a href="/quotations\?speaker=[^"]+"[^>]*><bdi>([^<]+)</bdi></a>', page)
    assert names == ["Dong Jun", "Sergei Shoigu", "Wang Wenbin", "Li Zhanshu"]


def test_reworded_only_lists_the_three_that_differ_in_words(client: TestClient) -> None:
    page = client.get("/quotations?reworded=1").text
    assert len(listed(page)) == 3
    assert "common interest" in page
    assert BLOC not in page
    assert re.search(r'href="/quotations\?reworded=1" aria-current="true"', page)


def test_reworded_only_keeps_the_speaker_and_the_search(client: TestClient) -> None:
    page = client.get("/quotations", params={"speaker": "Dong Jun", "q": "Ukrainian"}).text
    (path,) = re.findall(r'<a href="([^"]+)">Reworded only', page)
    assert unescape(path) == "/quotations?speaker=Dong+Jun&reworded=1&q=Ukrainian"
    assert len(listed(client.get(unescape(path)).text)) == 1


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("q=zeppelin", "No quotation holds these words"),
        ("speaker=Nobody", "No quotation here is by this person."),
        ("page=99", "The list ends before this page."),
    ],
)
def test_an_empty_list_says_why_and_leads_on(client: TestClient, query: str, says: str) -> None:
    page = client.get(f"/quotations?{query}")
    assert page.status_code == 200
    assert says in page.text


def test_a_library_without_articles_has_an_empty_list(empty_client: TestClient) -> None:
    assert "No stored article prints a quotation" in empty_client.get("/quotations").text


def test_the_list_has_pages(empty_client: TestClient, db: Database) -> None:
    words = [" ".join(f"{letter}x{chr(97 + n) * 3}" for letter in "abcde") for n in range(26)]
    quotations = "\n\n".join(f"“{line},” said Ann Lee." for line in words)
    store.add(db, text.draft("Harbours", f"Ann Lee, the mayor, spoke.\n\n{quotations}"))
    first = empty_client.get("/quotations").text
    later = re.search(r'href="([^"]+)" rel="next"', first)
    assert later
    second = empty_client.get(unescape(later[1])).text
    assert not set(listed(first)) & set(listed(second))
    assert 'rel="prev"' in second
    assert 'rel="next"' not in second


def test_every_quotation_in_an_article_leads_to_its_page(client: TestClient, newsweek: str) -> None:
    page = client.get(newsweek).text
    links = re.findall(r'<a class="quoted-link[^"]*" href="([^"]+)"', page)
    assert len(links) == 6
    for path in links:
        shown = client.get(path)
        assert shown.status_code == 200
        assert "you came from here" in shown.text
    assert "4 articles, reworded<span" in page
    assert "3 articles<span" in page


def test_a_quotation_in_the_headline_is_itself_the_link(client: TestClient) -> None:
    page = client.get(path_of(client, "Chinese regime announces")).text
    headline = re.findall(r'<h1 id="title"[^>]*>(.*?)</h1>', page)[0]
    assert (
        heard(unescape(headline))
        == 'Chinese regime announces "support" for Russia in war with NATO in Ukraine'
    )
    (path,) = re.findall(r'href="([^"]+)"', headline)
    assert "too short to compare" in client.get(path).text


def test_an_articles_text_stays_as_it_is_around_the_marks(
    client: TestClient, seeded_db: Database, newsweek: str
) -> None:
    stored = store.read(seeded_db, newsweek.rpartition("/")[2])
    page = client.get(newsweek).text
    shown = [
        unescape(re.sub(r"<[^>]+>", "", re.sub(r'<a class="quoted-link.*?</a>', "", paragraph)))
        for paragraph in re.findall(r'<(?:p|h1 id="title") dir="auto">(.*?)</(?:p|h1)>', page)
    ]
    assert shown == list(stored.paragraphs)


def test_a_quotations_finding_leads_to_all_of_its_versions(client: TestClient, seeded_db: Database) -> None:
    path = seeds_path(seeded_db)
    page = client.get(path).text
    links = re.findall(r'class="versions(?: detail)?" href="([^"]+)"', page)
    assert len(links) == 9  # three findings, each on its card, below its row and in the list
    assert len(set(links)) == 3
    answer = client.get(links[0])
    assert answer.status_code == 307
    shown = client.get(answer.headers["location"]).text
    assert "4 articles carry this quotation" in shown
    row = re.search(r'href="(/compare/[^"]+/rows/\d+)', page)
    assert row
    single = client.get(f"{path}/rows/6").text
    assert 'class="versions"' in single


@pytest.mark.parametrize(
    "address",
    [
        "/quotations/nothing",
        f"/quotations/{'a' * 16}",
        "/api/quotations/nothing",
        f"/api/quotations/{'a' * 16}",
        f"/quotations/in/{'a' * 16}/0/0",
        f"/quotations/in/{'a' * 16}/x/0",
        f"/quotations/in/{'a' * 16}/{10**30}/0",
        "/quotations?page=0",
    ],
)
def test_an_unknown_quotation_is_not_found(client: TestClient, address: str) -> None:
    assert client.get(address).status_code in (404, 422)
    assert client.get(address).status_code == 404


def test_a_preview_says_who_carried_it(client: TestClient) -> None:
    page = quotation_page(client, DONG)
    preview = re.search(r'og:description" content="([^"]+)"', page)
    assert preview
    assert unescape(preview[1]) == (
        "Dong Jun: 4 articles carry this quotation in 4 wordings; 3 differ from the fullest. "
        "Newsweek, “Chinese defense chief offers full…”, World Socialist Web Site and Atlas."
    )
    assert 'og:title" content="Quotation: “In recent years' in page


def test_the_same_is_there_as_json(client: TestClient) -> None:
    path = listed(client.get("/quotations").text)[0]
    document = client.get(f"/api{path}").json()
    assert document["format"] == 1
    assert quotation_path(document["quotation"]) == path
    assert document["people"] == ["Dong Jun"]
    assert [wording["kind"] for wording in document["wordings"]] == [
        "whole",
        "reworded",
        "reworded",
        "reworded",
    ]
    whole = document["wordings"][0]["text"]
    for wording in document["wordings"]:
        unchanged = [change for change in wording["changes"] if change["op"] == "equal"]
        assert unchanged
        for change in unchanged:
            assert whole[slice(*change["base"])] == wording["text"][slice(*change["witness"])]
    carried = document["wordings"][3]["carried_by"][0]
    assert (carried["publisher"], carried["speaker"], carried["person"]) == ("Atlas", "Dong", "Dong Jun")


def test_deleting_an_article_warns_of_its_quotations_and_takes_them(
    client: TestClient, newsweek: str
) -> None:
    path = re.findall(r'<a class="quoted-link[^"]*" href="([^"]+)"', client.get(newsweek).text)[0]
    warning = heard(client.get(f"{newsweek}/delete").text)
    assert "with its text, 1 comparison stored with it and the pages of 6 quotations in it" in warning
    client.post(f"{newsweek}/delete", headers={"Origin": "http://localhost"})
    gone = client.get(path)
    assert gone.status_code == 410
    assert "The article with this quotation was deleted" in gone.text
    again = quotation_page(client, "In recent years, the United States")
    assert "3 articles carry this quotation" in again
    assert "Newsweek" not in json.dumps([wording[2] for wording in wordings(again)])


def test_markup_in_an_article_is_escaped(empty_client: TestClient, db: Database) -> None:
    hostile = "<script>alert(1)</script>"
    for title, word in (("One", "closed"), ("Two", "open")):
        speech = f"“The harbour {hostile} stays {word} until spring & after,” said Ann Lee."
        body = f"Ann {hostile} Lee, the mayor, spoke.\n\n{speech}"
        saved = store.add(db, text.draft(f"{title} {hostile}", body, f"{title} {hostile}"))
    (quotation,) = versions.ensure_quotations(db, saved.revision)
    pages = [
        empty_client.get(quotation_path(quotation.id)),
        empty_client.get("/quotations"),
        empty_client.get(f"/articles/{saved.article}"),
        empty_client.get("/quotations", params={"q": hostile, "speaker": hostile}),
    ]
    for page in pages:
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert hostile in unescape(page.text)
        assert "default-src 'none'" in page.headers["content-security-policy"]


def test_an_earlier_revisions_quotation_says_so(empty_client: TestClient, db: Database) -> None:
    body = "Ann Lee, the mayor, spoke.\n\n“The harbour stays closed until spring,” said Ann Lee."
    saved = store.add(db, text.draft("One", body))
    (quotation,) = versions.ensure_quotations(db, saved.revision)
    store.edit(db, saved.article, text.draft("One", "Nothing was said."))
    assert "in revision 1, which is not the newest" in empty_client.get(quotation_path(quotation.id)).text
    assert "in revision 1" not in empty_client.get("/quotations").text


def test_a_finding_in_the_pages_furniture_leads_to_no_page_of_versions() -> None:
    words = '"It is paid for by our readers."'
    edited = row(1, "edited", [0], [0], findings=[Finding("quotation", (0, 32), (0, 32), "reworded", "any")])
    for furniture, leads in (((), True), ((0,), False)):
        base, witness = side([words], "The Base", furniture), side([words], "The Witness", furniture)
        place = quotation_place(comparison(base, witness, [edited]), edited, edited.findings[0])
        assert bool(place) is leads


def test_what_may_reverse_the_meaning_is_said_above_its_wording(client: TestClient) -> None:
    of_wordings = quotation_page(client, DONG).split('<li class="wording ')[1:]
    lines = [re.findall(r'<p class="worst-finding">(.*?)</p>', item, re.DOTALL) for item in of_wordings]
    assert [[heard(line) for line in item] for item in lines] == [
        [],
        ["May reverse the meaning: “put pressure on”→ became “put forward pressure from”"],
        [],
        [],
    ]


def test_only_so_many_wordings_are_searched_for_what_changed_most(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        quotation, "MAX_WEIGHED_CHARS", 1_000
    )  # the most complete wording and itself take that
    assert 'class="worst-finding"' not in quotation_page(client, DONG)
