import hashlib
import re
from collections.abc import Callable
from html import unescape

import pytest
from fastapi.testclient import TestClient

from app.collation import relations
from app.db.engine.base import Database
from app.services.relations import relate
from app.sources import text
from tests.web.comparison.comparing import printed
from tests.web.conftest import ClientFor

BODY = "A visit\n\nThe minister came on Monday.\n\nHe left on Tuesday."
PAGE = (
    "<!doctype html><title>A visit</title><article><h1>A visit</h1>"
    "<p>The minister came on Monday.</p><p>He left on Tuesday.</p></article>"
)
WRAPPED = (
    "A visit\n\nThe minister came to the capital on Monday to talk about the\n"
    "trade between the two countries, which has fallen by a third in\n"
    "the last two years, and about the border, which nobody has drawn.\n"
    "He left on Tuesday without a word to the press that waited there.\n"
)


def add(client: TestClient, **typed: str) -> str:
    answer = client.post("/articles", data=typed)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def preview(client: TestClient, **typed: str) -> str:
    """Return the address of the preview that is shown since there is something to ask."""
    where = add(client, **typed)
    assert where.startswith("/articles/new/")
    return where


def test_pasted_text_is_saved_and_shown_with_its_metadata(empty_client: TestClient) -> None:
    where = add(
        empty_client,
        text=BODY,
        publisher="The Daily",
        author="Ann Lee",
        published_on="2024-02-05",
        url="https://d.example/1",
    )
    page = empty_client.get(where).text
    assert "Saved." in page
    assert "The minister came on Monday." in page
    assert "The Daily" in page
    assert "Ann Lee · 5 February 2024 · 2 paragraphs" in page
    assert 'href="https://d.example/1"' in page


def test_after_saving_related_articles_are_offered_for_comparison(client: TestClient, repost: str) -> None:
    paragraphs = printed(client.get(repost).text)
    where = add(client, title="Seen elsewhere", text="\n".join(paragraphs[3:10]), again="yes")
    message = client.get(where).text.partition('class="message"')[2].partition('class="article-stage"')[0]
    assert "Closest matches below" in message
    assert re.search(r"Contains this article</strong>: 7 of 8 paragraphs, all word for word", message)
    assert re.search(r'href="/compare/[a-z2-7]{16}\.\.[a-z2-7]{16}"', message)


def test_the_banner_is_not_forged_by_an_unknown_word(client: TestClient, newsweek: str) -> None:
    assert 'class="message"' not in client.get(f"{newsweek}?told=hacked").text


@pytest.mark.parametrize("name", ["story.txt", "story.md", "STORY.TXT"])
def test_a_file_is_saved(empty_client: TestClient, name: str) -> None:
    answer = empty_client.post(
        "/articles", data={"text": ""}, files={"file": (name, BODY.encode(), "text/plain")}
    )
    assert answer.status_code == 303
    assert "He left on Tuesday." in empty_client.get(answer.headers["location"]).text


def test_an_empty_file_field_counts_as_no_file(empty_client: TestClient) -> None:
    answer = empty_client.post(
        "/articles", data={"text": BODY}, files={"file": ("", b"", "application/octet-stream")}
    )
    assert answer.status_code == 303


def test_a_file_of_another_kind_is_refused_beside_its_field(empty_client: TestClient) -> None:
    answer = empty_client.post(
        "/articles", data={"publisher": "Daily"}, files={"file": ("story.txt", b"\x89PNG\r\n\x1a\n")}
    )
    assert answer.status_code == 422
    assert 'id="file-error"' in answer.text
    assert "This is a PNG image, which holds no text to be read." in answer.text
    assert 'value="Daily"' in answer.text


@pytest.mark.parametrize("way", ["file", "pasted"])
def test_a_script_may_send_any_format(empty_client: TestClient, way: str) -> None:
    typed, files = {"publisher": "Daily"}, {"file": ("a.txt", PAGE.encode())}
    if way == "file":
        answer = empty_client.post("/articles", data=typed, files=files)
    else:
        answer = empty_client.post("/articles", data=typed | {"text": PAGE})
    assert answer.status_code == 303
    article = empty_client.get(answer.headers["location"]).text
    assert "A visit</h1>" in article
    assert "He left on Tuesday." in article
    assert "doctype" not in article.partition("<main")[2]
    assert (hashlib.sha256(PAGE.encode()).hexdigest()[:12] in article) == (way == "file")


def test_a_file_that_looks_like_a_stored_article_is_previewed(empty_client: TestClient) -> None:
    files = {"file": ("a.html", PAGE.encode())}

    def post(**typed: str) -> str:
        return empty_client.post("/articles", data=typed, files=files).headers["location"]

    assert "told=saved" in post(publisher="Daily")
    preview = post(publisher="Weekly")
    assert preview.startswith("/articles/new/")
    shown = empty_client.get(preview).text
    assert 'value="Weekly"' in shown
    assert "He left on Tuesday." in shown
    assert "told=saved" in post(publisher="Weekly", again="yes")


def test_a_file_beside_a_pasted_text_is_refused_rather_than_one_of_them_dropped(
    empty_client: TestClient,
) -> None:
    answer = empty_client.post(
        "/articles", data={"text": BODY}, files={"file": ("a.txt", b"Another.\n\nText.")}
    )
    assert answer.status_code == 422
    assert "There is a pasted text as well." in answer.text
    assert "The minister came on Monday." in answer.text


def test_the_text_of_a_file_is_kept_when_something_else_is_wrong(empty_client: TestClient) -> None:
    answer = empty_client.post(
        "/articles", data={"published_on": "soon"}, files={"file": ("a.txt", BODY.encode())}
    )
    assert answer.status_code == 422
    assert "He left on Tuesday.</textarea>" in answer.text


def test_every_error_is_shown_beside_its_field_and_linked_from_a_summary(
    empty_client: TestClient,
) -> None:
    answer = empty_client.post("/articles", data={"text": BODY, "published_on": "soon", "url": "ftp://x"})
    assert answer.status_code == 422
    for field in ("published_on", "url"):
        assert f'<li><a href="#{field}">' in answer.text
        assert f'id="{field}-error"' in answer.text
        assert re.search(
            rf'id="{field}"[^>]*aria-describedby="[^"]*{field}-error"[^>]*aria-invalid="true"', answer.text
        )
    assert 'value="soon"' in answer.text
    assert 'value="ftp://x"' in answer.text


def test_hard_wrapped_text_is_asked_about_on_the_preview(empty_client: TestClient) -> None:
    where = preview(empty_client, text=WRAPPED, publisher="Daily")
    assert 'value="Daily"' in empty_client.get(where).text
    assert "There are no articles yet" in empty_client.get("/").text
    empty_client.post(where, data={"do": "rejoin"})
    saved = empty_client.post(where, data={"do": "save"}).headers["location"]
    assert "1 paragraph" in empty_client.get(saved).text


@pytest.mark.parametrize(("choice", "count"), [("rejoin", "1 paragraph"), ("keep", "4 paragraphs")])
def test_a_script_says_what_becomes_of_line_breaks(empty_client: TestClient, choice: str, count: str) -> None:
    assert count in empty_client.get(add(empty_client, text=WRAPPED, lines=choice)).text


def test_a_duplicate_text_is_previewed_and_saved_on_request(empty_client: TestClient) -> None:
    first = add(empty_client, text=BODY, publisher="Daily")
    shown = empty_client.get(preview(empty_client, text=BODY, publisher="Weekly")).text
    assert f'href="{first.partition("?")[0]}"' in shown
    assert "told=saved" in add(empty_client, text=BODY, publisher="Weekly", again="yes")
    assert "2 articles" in empty_client.get("/").text


def test_a_pasted_text_is_read_as_the_box_reads_it(empty_client: TestClient) -> None:
    text = "---\nauthor: Ann Lee\n---\n# A *first* visit\n\nThe **minister** came on Monday.\n\nHe left on Tuesday."
    page = empty_client.get(add(empty_client, text=text)).text
    assert "A first visit</h1>" in page
    assert "The minister came on Monday." in page
    assert "Ann Lee" in page


def test_a_first_line_is_kept_below_another_title(empty_client: TestClient) -> None:
    page = empty_client.get(add(empty_client, text=BODY, title="Seen elsewhere")).text
    assert "Seen elsewhere</h1>" in page
    assert "3 paragraphs" in page


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "There is no text."),
        ("...\n\n---", "There is no text"),
        ("a\0b", "NUL"),
        ("A visit", "There is only a title."),
        ("<p></p>", "no text"),
    ],
)
def test_a_text_that_cannot_be_read_is_refused_beside_its_field(
    empty_client: TestClient, text: str, words: str
) -> None:
    answer = empty_client.post("/articles", data={"text": text})
    assert answer.status_code == 422
    assert words in answer.text.partition('id="text-error"')[2].partition("<textarea")[0]


def test_each_request_reads_the_text_once_and_searches_once(
    empty_client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(empty_client, text=BODY)
    calls: list[str] = []
    for module, name in ((text, "draft"), (relate, "find_relations"), (relations, "relate_several")):
        monkeypatch.setattr(module, name, counted(getattr(module, name), calls))
    typed = {"text": BODY + "\n\nNobody came."}
    assert empty_client.post("/articles", data=typed | {"again": "yes"}).status_code == 303
    assert calls == ["draft", "find_relations", "relate_several"]
    calls.clear()
    preview(empty_client, text=BODY)
    assert calls == ["draft", "find_relations", "relate_several"]


def counted(function: Callable[..., object], calls: list[str]) -> Callable[..., object]:
    def call(*arguments: object, **options: object) -> object:
        calls.append(function.__name__)
        return function(*arguments, **options)

    return call


def test_markup_in_a_typed_text_is_escaped_in_the_form(empty_client: TestClient) -> None:
    typed = "\n</textarea><script>alert(1)</script>"
    answer = empty_client.post("/articles", data={"text": typed, "published_on": "x", "title": '"><b>'})
    assert "<script>alert" not in answer.text
    area = re.search(r'<textarea id="text"[^>]*>\n(.*?)</textarea>', answer.text, re.S)
    assert area
    assert unescape(area[1]) == typed


def test_the_form_states_its_limit(client_for: ClientFor, db: Database) -> None:
    client = client_for(db, max_text=1_500_000, max_file=2_500_000)
    assert "At most 1.5 MB." in client.post("/articles", data={"text": ""}).text
    assert "at most 2.5 MB together" in client.get("/articles/new").text


def test_a_body_that_is_not_a_form_is_refused_with_a_reason(empty_client: TestClient) -> None:
    answer = empty_client.post("/articles", content=b"{}", headers={"Content-Type": "application/json"})
    assert answer.status_code == 400
    assert "What was sent is no form" in answer.text


def test_a_form_of_too_many_fields_is_refused(empty_client: TestClient) -> None:
    many = {f"field{number}": "x" for number in range(60)}
    assert empty_client.post("/articles", data=many).status_code == 400
    assert (
        empty_client.post(
            "/articles", files={name: (None, value) for name, value in many.items()}
        ).status_code
        == 400
    )
