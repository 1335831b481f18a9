"""One paragraph in all its wordings, and the whole base as one text."""

import re
from html import unescape

import pytest
from fastapi.testclient import TestClient

from app.db.engine.base import Database
from app.permalinks import paragraphs_path
from app.services.articles import store
from app.services.stories import synopsis
from app.sources import text
from tests.web.comparison.comparing import heard, paragraphs
from tests.web.conftest import path_of

LEAD = (
    "The defence minister met his colleague on a call on Wednesday, and both governments confirmed it afterwards "
    "in statements that said little about what was agreed or when the two of them would meet again in person."
)
QUOTED = (
    "“We have supported you on this issue even though others continue to put pressure on our side. Even defence "
    "cooperation has taken a hit, but we will not change our policy,” he said, according to a video of the call."
)
END = (
    "Both countries have grown closer since the war began in the spring two years ago, say analysts who follow the "
    "trade in machine tools, oil and gas between them and the visits that ministers pay to one another's capitals."
)


def add(db: Database, publisher: str, *body: str, day: str = "") -> str:
    return store.add(db, text.draft("A call", "\n\n".join(body), publisher, "", day)).article


@pytest.fixture
def call(db: Database) -> str:
    """The path of the second paragraph of a story of five: one turns it, one rewords, one copies, one lacks it."""
    base = add(db, "The Daily", LEAD, QUOTED, END)
    add(
        db,
        "The Turner",
        LEAD,
        QUOTED.replace("put pressure on", "put forward pressure from"),
        END,
        day="2024-02-05",
    )
    add(
        db,
        "The Weekly",
        LEAD,
        QUOTED.replace("put pressure", "exert pressure").replace("a video", "the video"),
        END,
        day="2024-02-03",
    )
    add(db, "The Copy", LEAD, QUOTED, END, day="2024-02-04")
    add(db, "The Short", LEAD, END)
    return paragraphs_path(base, "2")


def panel(page: str) -> list[str]:
    """Return what the panel of wordings says of each."""
    inside = page.partition('<ul class="readings">')[2].partition("</ul>")[0]
    return [heard(item) for item in inside.split("<li ")[1:]]


def phrases(page: str) -> dict[str, str]:
    """Return the links of the tinted words, by the words."""
    links = re.findall(r'<a class="tint[^>]* href="([^"]+)"[^>]*>([^<]+)<sup ', page)
    return {words: unescape(link) for link, words in links}


def groups(page: str) -> list[str]:
    return [heard(part) for part in re.findall(r"<summary>(.*?)</summary>", page.partition("all-title")[2])]


def test_the_most_serious_place_is_shown_first_with_who_words_it_how(
    empty_client: TestClient, call: str
) -> None:
    page = empty_client.get(call).text
    assert "Paragraph 2 in 5 articles" in page
    assert (
        "The Daily is the base. 2 articles have it in other words; 1 has it word for word; 1 lacks it."
        in page
    )
    assert panel(page) == [
        'class="reading">put pressure on The Daily, The Copy 2 articles 2',
        'class="reading reverses">put forward pressure from may reverse the meaning The Turner 1 article 1',
        'class="reading">exert pressure on quotation reworded The Weekly 1 article 1',
        'class="reading lacks">not in this article The Short 1 article 1',
    ]


def test_each_phrase_is_a_link_to_every_wording_of_it(empty_client: TestClient, call: str) -> None:
    links = phrases(empty_client.get(call).text)
    assert list(links) == ["put pressure on", "a"]
    page = empty_client.get(links["a"]).text
    assert "“a”" in page
    assert [words.partition(">")[2] for words in panel(page)][1] == "the The Weekly 1 article 1"
    assert re.search(
        r'id="at-2-\d+" href="[^"]+" title="1 of 3 differ: The Weekly" aria-current="true"', page
    )


def test_any_words_of_the_paragraph_can_be_asked_for(empty_client: TestClient, call: str) -> None:
    page = empty_client.get(call, params={"phrase": "continue to put pressure on our side"}).text
    assert "continue to put forward pressure from our side" in heard(page)
    missing = empty_client.get(call, params={"phrase": "no such words"}).text
    assert "“no such words” is not in this paragraph." in missing
    assert "put pressure on The Daily" in " ".join(panel(missing))


def test_wordings_are_grouped_and_ordered_as_asked(empty_client: TestClient, call: str) -> None:
    serious = groups(empty_client.get(call).text)
    assert [group.partition(" The")[0] for group in serious] == [
        "1 May reverse the meaning",
        "2 Quotation reworded",
        "3 Word for word",
    ]
    by_date = groups(empty_client.get(call, params={"sort": "date"}).text)
    assert [group.rpartition("The ")[2] for group in by_date] == ["Weekly", "Copy", "Turner"]
    alike = groups(empty_client.get(call, params={"sort": "alike"}).text)
    assert alike[0].endswith("The Copy")


def test_an_article_without_the_paragraph_is_listed_as_lacking_it(
    empty_client: TestClient, call: str
) -> None:
    page = empty_client.get(call).text
    lacking = page.partition('<section class="lacking"')[2].partition("</section>")[0]
    assert "1 article lacks it The Short no date stated A call" in heard(lacking)
    by_hand = re.search(r'href="([^"]+/pair)"', lacking)
    assert by_hand
    assert empty_client.get(by_hand[1]).status_code == 200
    link = re.search(r'href="(/compare/[^"#]+)#(row-\d+)"', lacking)
    assert link
    assert f'id="{link[2]}"' in empty_client.get(link[1]).text


def test_any_article_can_be_the_base(empty_client: TestClient, call: str) -> None:
    page = empty_client.get(call).text
    link = re.search(r'href="([^"]+)" rel="nofollow">Use as base<span class="vh">: The Turner', page)
    assert link
    other = empty_client.get(unescape(link[1])).text
    assert "The Turner is the base." in other
    assert "put pressure on" in " ".join(panel(other))


def test_the_whole_base_is_one_text_with_its_tint(empty_client: TestClient, call: str) -> None:
    whole = call.removesuffix("/2")
    page = empty_client.get(whole).text
    assert re.findall(r"in all its wordings\">([^<]+)<", page) == [
        "H",
        "¶1",
        "¶2",
        "¶3",
    ]
    assert "in 3 of 4 others" in page
    assert "Wordings of, in ¶2" in page
    link = phrases(page)["a"]
    assert "paragraph=2&phrase=a" in link
    assert [words.partition(">")[2] for words in panel(empty_client.get(link).text)][
        1
    ] == "the The Weekly 1 article 1"


def test_a_lasting_link_shows_the_same_texts_and_says_what_changed_since(
    empty_client: TestClient, db: Database, call: str
) -> None:
    page = empty_client.get(call).text
    lasting = re.search(r'class="lasting" href="([^"]+)"', page)
    assert lasting
    link = unescape(lasting[1])
    before = empty_client.get(link).text
    assert "shows the texts as they were" in before
    assert "joined" not in before
    turner = next(
        entry for entry in store.choices(db, exclude="", limit=9) if entry.publisher == "The Turner"
    )
    store.edit(db, turner.article, text.draft("A call", f"{LEAD}\n\n{QUOTED}\n\n{END}", "The Turner"), 1)
    add(db, "The Late", LEAD, QUOTED.replace("a hit", "a blow"), END)
    after = empty_client.get(link).text
    assert "1 text has a newer version; 1 article joined the story since." in after
    assert panel(after) == panel(before) == panel(page)
    assert groups(after) == groups(before)
    today = re.search(r'href="([^"]+)">See the story as it is now', after)
    assert today
    assert "put forward pressure" not in empty_client.get(unescape(today[1])).text


def test_what_is_not_compared_yet_is_counted_and_comes_with_the_next_visit(
    empty_client: TestClient, call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(synopsis, "MAX_MADE_AT_ONCE", 3)
    first = empty_client.get(call).text
    assert "1 article is not compared with The Daily yet, and not counted here." in heard(first)
    assert "not compared" not in empty_client.get(call, params={"sort": "date"}).text


def test_a_story_of_one_says_so(empty_client: TestClient, db: Database) -> None:
    alone = paragraphs_path(add(db, "The Daily", LEAD, QUOTED, END), "2")
    page = empty_client.get(alone).text
    assert "Paragraph 2 in 1 article" in page
    assert "A story of one" in page
    assert phrases(page) == {}
    assert "A story of one" in empty_client.get(alone.removesuffix("/2")).text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/stories/nothing/paragraphs/1", 404),
        (f"/stories/{'a' * 16}/paragraphs/1", 404),
        ("{call}0", 404),
        ("{call}?texts=x", 422),
        ("{call}?texts=" + "a" * 16, 404),
        ("{call}?base=" + "a" * 16, 404),
        ("{call}?start=x&sort=y&from=z&phrase=" + "x" * 999, 200),
    ],
)
def test_a_wrong_address_is_answered_in_words(
    empty_client: TestClient, call: str, path: str, status: int
) -> None:
    assert empty_client.get(path.format(call=call)).status_code == status


def test_the_same_is_a_document(empty_client: TestClient, call: str) -> None:
    document = empty_client.get(f"{call}.json").json()
    (paragraph,) = document["paragraphs"]
    assert (document["format"], document["complete"], paragraph["number"]) == (1, True, "2")
    place = paragraph["places"][0]
    assert (place["text"], place["differing"], place["of"], place["may_reverse"]) == (
        "put pressure on",
        2,
        3,
        True,
    )
    assert paragraph["text"][slice(*place["base"])] == place["text"]
    assert [len(reading["texts"]) for reading in place["readings"]] == [1, 1, 1]
    assert len(paragraph["lacking"]) == 1
    whole = empty_client.get(f"{call.removesuffix('/2')}.json").json()
    assert [each["number"] for each in whole["paragraphs"]] == ["H", "1", "2", "3"]
    assert whole["paragraphs"][2] == paragraph


def test_markup_in_a_text_is_escaped(empty_client: TestClient, db: Database) -> None:
    hostile = "<script>alert(1)</script>"
    base = add(db, f"One {hostile}", LEAD, f"{hostile} {QUOTED}", END)
    add(db, f"Two {hostile}", LEAD, f"{hostile.replace('1', '2')} {QUOTED}", END)
    for path in (paragraphs_path(base, "2"), paragraphs_path(base)):
        page = empty_client.get(path).text
        assert "<script>alert" not in page
        assert hostile in unescape(page)


def test_the_seeds_show_which_outlet_turned_the_pressure(client: TestClient, newsweek: str) -> None:
    page = client.get(f"{newsweek.replace('/articles/', '/stories/')}/paragraphs/4").text
    assert panel(page) == [
        'class="reading">put pressure on Newsweek, World Socialist Web Site 2 articles 2',
        'class="reading reverses">put forward pressure from may reverse the meaning '
        "“Chinese defense chief offers…” 1 article 1",
    ]
    assert "quotes it; not part of the story" in page
    lasting = re.search(r'class="lasting" href="([^"]+)"', page)
    assert lasting
    again = client.get(unescape(lasting[1])).text
    assert panel(again) == panel(page)
    assert "quotes it; not part of the story" in again


def test_story_row_and_quotation_lead_to_the_paragraph(client: TestClient, newsweek: str) -> None:
    story = newsweek.replace("/articles/", "/stories/")
    page = client.get(story).text
    assert f'href="{story}/paragraphs">All wordings in one text' in page
    assert f'class="words" dir="auto" href="{story}/paragraphs/4"' in page
    row = re.search(r'href="(/compare/[^"#]+)#(?:row-(6))"', page)
    assert row
    single = client.get(f"{row[1]}/rows/{row[2]}").text
    link = re.search(r'id="wordings" href="([^"]+)"', single)
    assert link
    assert "Paragraph 4 in 3 articles" in client.get(unescape(link[1])).text
    quotation = re.search(r'href="(/quotations/(?!in/)[^"?]+)"', client.get("/quotations?reworded=1").text)
    assert quotation
    whole = re.search(
        r'href="([^"]+)">The whole paragraph in all its articles', client.get(quotation[1]).text
    )
    assert whole
    assert client.get(unescape(whole[1])).status_code == 200


def test_the_matrix_shows_moves(empty_client: TestClient, db: Database) -> None:
    body = paragraphs("harbour", 5).split("\n\n")
    story = add(db, "The Daily", *body)
    add(db, "The Weekly", body[4], *body[:4])
    page = empty_client.get(f"/stories/{story}").text
    assert 'aria-hidden="true">=<svg class="icon"' in page
    assert "word for word in The Weekly, moved" in page


def test_a_single_article_path_of_the_seeds_has_no_other_wordings(client: TestClient) -> None:
    path = path_of(client, "China Hails Stronger Ties").replace("/articles/", "/stories/")
    assert "A story of one" in client.get(f"{path}/paragraphs/1").text
