"""One preview in two tabs: the later one neither undoes the other's corrections nor loses its own."""

import re
from html import unescape

import pytest
from fastapi.testclient import TestClient

from tests.web.intake.test_bringing import BODY, bring, field, lines_of


def form_of(page: str) -> dict[str, str]:
    """What a tab would send: its fields as they are shown, and what it keeps of them."""
    inputs = re.findall(r"<input\b[^>]*>", page)
    found = {}
    for each in inputs:
        name, value = re.search(r'name="([^"]*)"', each), re.search(r' value="([^"]*)"', each)
        if name and value and 'type="file"' not in each:
            found[name[1]] = unescape(value[1])
    wording = re.search(r'name="wording"[^>]*>\n(.*?)</textarea>', page, re.S)
    return found | ({"wording": unescape(wording[1])} if wording else {})


def button(page: str, action: str, place: int) -> str:
    """What a paragraph's button sends."""
    found = re.search(rf'value="({action}:{place}\.[0-9a-f]+)"', page)
    assert found, action
    return found[1]


def test_a_field_that_only_the_other_tab_changed_stays_as_it_is_there(empty_client: TestClient) -> None:
    path = bring(empty_client, BODY)
    first = second = empty_client.get(path).text
    empty_client.post(path, data=form_of(first) | {"do": "update", "publisher": "The Daily"})
    empty_client.post(path, data=form_of(second) | {"do": "update", "author": "Ann Lee"})
    page = empty_client.get(path).text
    assert field(page, "publisher")[0] == "The Daily"
    assert field(page, "author")[0] == "Ann Lee"


def test_where_both_changed_a_field_both_values_are_shown_and_one_is_chosen(empty_client: TestClient) -> None:
    path = bring(empty_client, BODY)
    old = empty_client.get(path).text
    empty_client.post(path, data=form_of(old) | {"do": "update", "publisher": "The Daily"})
    refused = empty_client.post(
        path, data=form_of(old) | {"do": "save", "publisher": "Weekly", "author": "Ann"}
    )
    assert refused.status_code == 409
    assert "This was changed in another tab meanwhile, so nothing was saved yet." in refused.text
    assert field(refused.text, "publisher") == ("Weekly", "typed here, not taken yet")
    assert "The other tab has: <bdi>The Daily</bdi>" in refused.text
    assert field(refused.text, "author")[0] == "Ann"
    assert empty_client.get(path).status_code == 200
    theirs = empty_client.post(path, data=form_of(refused.text) | {"do": "theirs:publisher"})
    assert field(empty_client.get(theirs.headers["location"]).text, "publisher")[0] == "The Daily"
    mine = empty_client.post(path, data=form_of(refused.text) | {"do": "save"})
    assert mine.status_code == 303
    assert "Weekly" in empty_client.get(mine.headers["location"]).text


def test_a_button_does_not_hit_the_paragraph_that_moved_to_its_place(empty_client: TestClient) -> None:
    path = bring(empty_client, BODY)
    old = empty_client.get(path).text
    empty_client.post(path, data=form_of(old) | {"do": button(old, "join", 0)})
    empty_client.post(path, data=form_of(old) | {"do": button(old, "extra", 2)})
    assert lines_of(empty_client.get(path).text)[0] == (
        "1",
        "The minister came on Monday. He left on Tuesday.",
    )
    assert ("+", "Nobody had asked him to.") in lines_of(empty_client.get(path).text)
    gone = empty_client.post(path, data=form_of(old) | {"do": button(old, "dropped", 1)})
    assert gone.status_code == 409
    assert "so nothing was done with it" in gone.text


def test_a_text_that_was_changed_in_another_tab_is_not_saved_unseen(empty_client: TestClient) -> None:
    path = bring(empty_client, BODY)
    old = empty_client.get(path).text
    empty_client.post(path, data=form_of(old) | {"do": button(old, "dropped", 1)})
    refused = empty_client.post(path, data=form_of(old) | {"do": "save"})
    assert refused.status_code == 409
    assert "Paragraphs were changed in another tab meanwhile" in refused.text
    assert empty_client.post(path, data=form_of(refused.text) | {"do": "save"}).status_code == 303


def test_a_rewording_that_another_tab_was_in_the_way_of_is_still_in_its_field(
    empty_client: TestClient,
) -> None:
    path = bring(empty_client, BODY)
    old = empty_client.get(path).text
    tabs = []
    for _ in range(2):
        opened = empty_client.post(path, data=form_of(old) | {"do": button(old, "open", 1)})
        tabs.append(empty_client.get(opened.headers["location"].partition("#")[0]).text)
    for tab, words in zip(tabs, ("He went home.", "He stayed."), strict=True):
        answer = empty_client.post(
            path, data=form_of(tab) | {"wording": words, "do": button(tab, "apply", 1)}
        )
    assert answer.status_code == 409
    assert 'Now: <span dir="auto">He went home.</span>' in answer.text
    assert form_of(answer.text)["wording"] == "He stayed."
    taken = empty_client.post(path, data=form_of(answer.text) | {"do": button(answer.text, "apply", 1)})
    assert taken.status_code == 303
    assert ("2", "He stayed.") in lines_of(empty_client.get(path).text)


def test_what_is_left_out_is_put_back_where_it_stood(empty_client: TestClient) -> None:
    path = bring(empty_client, BODY)
    old = empty_client.get(path).text
    sent = empty_client.post(path, data=form_of(old) | {"do": button(old, "dropped", 1)})
    assert sent.headers["location"] == f"{path}?moved=1.text#moved"
    page = empty_client.get(f"{path}?moved=1.text").text
    text = page.partition('<ol class="prs" id="text"')[2].partition("</ol>")[0]
    assert text.index("The minister came") < text.index('id="moved"') < text.index("Nobody had asked")
    assert "Left out:" in text
    back = empty_client.post(path, data=form_of(page) | {"do": button(page, "back-text", 1)})
    assert back.headers["location"] == f"{path}#b-1"
    after = empty_client.get(path).text
    assert [number for number, _ in lines_of(after)] == ["1", "2", "3"]
    assert 'id="moved"' not in after
    assert 'id="moved"' not in empty_client.get(f"{path}?moved=1.text").text


def test_the_preview_the_article_and_the_api_count_the_paragraphs_that_are_numbered(
    empty_client: TestClient,
) -> None:
    path = bring(empty_client, BODY)
    page = empty_client.get(path).text
    assert "Saves <b>publisher not stated, 3 paragraphs, no date</b>" in page
    saved = empty_client.post(path, data=form_of(page) | {"do": button(page, "extra", 2)})
    assert "2 paragraphs. 1 line looks like a page extra" in empty_client.get(path).text
    assert saved.status_code == 303
    article = empty_client.post(path, data=form_of(empty_client.get(path).text) | {"do": "save"})
    shown = empty_client.get(article.headers["location"]).text
    assert "2 paragraphs plus 1 line of page extras" in shown
    assert "2 paragraphs" in empty_client.get("/").text
    entry = empty_client.get("/api/v1/articles").json()["items"][0]
    assert (entry["numbered_count"], entry["paragraphs_count"]) == (2, 4)


@pytest.mark.parametrize("do", ["save", "update"])
def test_what_is_changed_on_a_page_that_was_saved_meanwhile_is_not_lost_without_a_word(
    empty_client: TestClient, do: str
) -> None:
    path = bring(empty_client, BODY)
    old = empty_client.get(path).text
    saved = empty_client.post(path, data=form_of(old) | {"do": "save", "author": "Ann Lee"})
    article = saved.headers["location"].partition("?")[0]
    late = empty_client.post(path, data=form_of(old) | {"do": do, "author": "Bob Roe"})
    assert late.headers["location"] == f"{article}?told=late"
    assert "What you changed on that page since is not in it" in empty_client.get(f"{article}?told=late").text
    pressed = empty_client.post(path, data=form_of(old) | {"do": button(old, "dropped", 1)})
    assert pressed.headers["location"] == f"{article}?told=late"
    twice = empty_client.post(path, data=form_of(old) | {"do": do, "author": "Ann Lee"})
    assert twice.headers["location"] == article
    again = empty_client.post(path, data=form_of(old) | {"do": do})
    assert again.headers["location"] == article
