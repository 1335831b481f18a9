import re
from html import unescape

import pytest
from fastapi.testclient import TestClient

from app.db.engine.base import Database
from app.services.articles import store
from app.sources import text
from tests.web.comparison.comparing import heard, paragraphs, printed
from tests.web.conftest import ClientFor

HTMX = {"HX-Request": "true"}


def look(client: TestClient, **typed: str) -> str:
    answer = client.post("/articles/look", data=typed, headers=HTMX)
    assert answer.status_code == 200, answer.text
    assert "<html" not in answer.text
    return answer.text


def lead(answer: str) -> str:
    match = re.search(r'hx-swap-oob="innerHTML:#similar-lead">([^<]*)<', answer)
    assert match
    return unescape(match[1])


@pytest.fixture
def storms(db: Database) -> str:
    """Three stored articles, the text of the first: it, a copy of a part, a rewording. And one on something else."""
    body = paragraphs("harbour", 4)
    store.add(db, text.draft("A storm", body, "The Daily"))
    store.add(db, text.draft("A part", body.partition("\n\n")[0], "The Weekly"))
    reworded = re.sub(r"x(\d*[05])\b", r"y\1", body)
    store.add(db, text.draft("Reworded", reworded, "The Monthly"))
    store.add(db, text.draft("Another thing", paragraphs("market", 3), "The Yearly"))
    return f"A storm\n\n{body}"


def test_similar_articles_are_listed_with_exact_copies_first(empty_client: TestClient, storms: str) -> None:
    answer = look(empty_client, text=storms)
    assert lead(answer) == "3 stored articles look like this"
    listed = [heard(item) for item in answer.split("<li>")[1:]]
    assert ["The Daily" in listed[0], "The same text" in listed[0]] == [True, True]
    assert "Near-duplicate: " in listed[1]
    assert "Contained in this text: 1 of 5 paragraphs, word for word" in listed[2]
    assert "market" not in answer


def test_each_is_a_link_that_leaves_the_form_as_it_is(empty_client: TestClient, storms: str) -> None:
    links = re.findall(
        r'href="(/articles/[a-z2-7]{16})" target="_blank" rel="noopener"', look(empty_client, text=storms)
    )
    assert len(links) == 3
    assert "A storm" in empty_client.get(links[0]).text


def test_nothing_is_saved_by_looking(empty_client: TestClient, storms: str) -> None:
    look(empty_client, text=storms)
    assert "4 articles" in empty_client.get("/").text


@pytest.mark.parametrize("typed", ["", "   \n", "A title alone"])
def test_an_empty_text_gives_an_empty_answer(empty_client: TestClient, storms: str, typed: str) -> None:
    answer = look(empty_client, text=typed)
    assert lead(answer) == ""
    assert "<li>" not in answer


def test_a_text_without_similar_articles_says_so(empty_client: TestClient, storms: str) -> None:
    assert lead(look(empty_client, text=paragraphs("orchard", 3))) == "No stored article looks like this"


def test_a_shared_quotation_is_listed_apart_from_reuse(empty_client: TestClient, db: Database) -> None:
    quotation = "“We shall rebuild the bridge before the winter comes, whatever it may cost this town and its people,”"
    store.add(
        db,
        text.draft("A speech", f"{paragraphs('harbour', 3)}\n\n{quotation} she said on Monday.", "The Daily"),
    )
    answer = look(
        empty_client, text=f"A meeting\n\n{paragraphs('market', 3)}\n\n{quotation} the mayor told them."
    )
    assert lead(answer) == "No stored article looks like this; 1 shares a quotation with it"
    assert "<strong>Shares a quotation</strong>: 1 quotation" in answer


def test_the_seeds_open_entries_match_the_count_and_weaker_relations_are_separate(
    client: TestClient, newsweek: str
) -> None:
    words = "\n".join(printed(client.get(newsweek).text))
    answer = look(client, text=words)
    open_list, _, folded = answer.partition("<details")
    assert lead(answer) == "2 stored articles look like this"
    assert open_list.count("<li>") == 2
    assert "<summary>and 1 shares a quotation with it" in folded
    assert folded.count("<li>")


def test_a_file_is_looked_at_too(empty_client: TestClient, storms: str) -> None:
    file = {"file": ("storm.txt", storms.encode("utf-16"), "text/plain")}
    answer = empty_client.post("/articles/look", data={"text": ""}, files=file, headers=HTMX).text
    assert lead(answer) == "3 stored articles look like this"


def test_an_unreadable_file_is_reported(empty_client: TestClient) -> None:
    file = {"file": ("storm.txt", b"\x89PNG\r\n\x1a\n", "text/plain")}
    answer = empty_client.post("/articles/look", data={"text": ""}, files=file, headers=HTMX)
    assert answer.status_code == 200
    assert "This is a PNG image" in answer.text
    assert lead(answer.text) == ""


def test_other_fields_that_are_wrong_do_not_keep_it_from_looking(
    empty_client: TestClient, storms: str
) -> None:
    assert "3 stored" in lead(look(empty_client, text=storms, published_on="soon", url="x", title="t" * 900))


def test_hard_wrapped_text_is_found(client: TestClient, newsweek: str) -> None:
    words = "\n".join(printed(client.get(newsweek).text))
    wrapped = re.sub(r"(.{50,70}?) ", r"\1\n", words)
    assert "stored articles look like this" in lead(look(client, text=wrapped))


def test_of_a_very_long_text_the_beginning_is_looked_at(empty_client: TestClient, storms: str) -> None:
    long = storms + "\n\n" + paragraphs("valley", 4000)
    assert len(long) > 1_000_000
    assert lead(look(empty_client, text=long)) == "3 stored articles look like this"


def test_markup_in_a_text_is_escaped(empty_client: TestClient, db: Database) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    body = f"{hostile} {paragraphs('harbour', 2)}"
    store.add(db, text.draft(hostile, body, hostile))
    answer = look(empty_client, text=f"{hostile}\n\n{body}")
    assert "<img" not in answer
    assert hostile in unescape(answer)


def test_looking_up_similar_articles_needs_the_same_rights_as_adding(
    client_for: ClientFor, db: Database
) -> None:
    closed = client_for(db, host="0.0.0.0")
    assert closed.post("/articles/look", data={"text": "x"}, headers=HTMX).status_code == 403
    keyed = client_for(db, host="0.0.0.0", edit_key="correct horse")
    answer = keyed.post("/articles/look", data={"text": "x"}, headers=HTMX)
    assert answer.status_code == 403
    assert "<html" not in answer.text


def test_a_page_of_another_site_cannot_ask(empty_client: TestClient) -> None:
    headers = HTMX | {"Origin": "https://evil.example"}
    assert empty_client.post("/articles/look", data={"text": "x"}, headers=headers).status_code == 403


def test_without_htmx_it_is_the_preview(empty_client: TestClient, storms: str) -> None:
    answer = empty_client.post("/articles/look", data={"text": storms, "publisher": "The Hourly"})
    assert answer.status_code == 303
    shown = empty_client.get(answer.headers["location"]).text
    assert "<h2>Here already</h2>" in shown
    assert "2 stored articles look like this" in shown
    assert 'value="The Hourly"' in shown
    assert "There is no text." in empty_client.post("/articles/look", data={"text": ""}).text


def test_articles_already_shown_are_not_asked_about_again(empty_client: TestClient, storms: str) -> None:
    typed = {"text": storms.replace("harbour1x1 ", "different ")}
    match = re.search(r'name="seen" value="([^"]+)"', look(empty_client, **typed))
    assert match

    def saved(**more: str) -> bool:
        return "told=saved" in empty_client.post("/articles", data=typed | more).headers["location"]

    assert not saved()
    assert not saved(seen=match[1].split()[0])
    assert saved(seen=match[1])


def test_an_exact_copy_is_asked_about_even_when_it_was_shown(empty_client: TestClient, storms: str) -> None:
    match = re.search(r'name="seen" value="([^"]+)"', look(empty_client, text=storms))
    assert match
    answer = empty_client.post("/articles", data={"text": storms, "seen": match[1]})
    assert answer.headers["location"].startswith("/articles/new/")


def test_the_form_asks_as_soon_as_there_is_a_text_and_an_edit_does_not(
    client: TestClient, newsweek: str
) -> None:
    form = client.post("/articles", data={"text": ""}).text
    assert form.count('hx-post="/articles/look"') == 2
    assert 'id="similar-lead" role="status"' in form
    assert "/articles/look" not in client.get(f"{newsweek}/edit").text
