import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from time import monotonic, sleep, time

import pytest
from fastapi.testclient import TestClient

from app.db.engine.base import Database
from app.main import create_app
from app.services.articles import trash
from app.settings import Settings
from app.web.editing import edit_access
from tests.unit.sources.fetching.hostile import Behaviour, LedNetwork, Server, answer, fetcher_for, serving
from tests.web.comparison.comparing import heard
from tests.web.conftest import ClientFor

HTMX = {"HX-Request": "true"}
BODY = "A visit\n\nThe minister came on Monday.\n\nHe left on Tuesday.\n\nNobody had asked him to."
PATIENCE = 20.0


def page_of(story: str = "", title: str = "A visit to the capital") -> bytes:
    """A web page as newspapers make them."""
    lines = [
        f"The minister came to the capital on Monday to speak about the harbour{story}, and said little.",
        "He left on Tuesday after a meeting with the mayor, who had been waiting for him since the morning.",
        "Nobody had asked him to come, and nobody asked him to stay for longer than the meeting took.",
    ]
    paragraphs = "".join(f"<p>{line}</p>" for line in lines)
    return (
        f"<!doctype html><html lang=en><head><title>{title} - The Daily</title>"
        f'<meta property="og:title" content="{title}"><meta property="og:site_name" content="The Daily"></head>'
        f"<body><article><h1>{title}</h1>{paragraphs}</article></body></html>"
    ).encode()


def bring(client: TestClient, text: str = "", **fields: str) -> str:
    """Bring in a text; return the address of its preview."""
    sent = client.post("/articles/new", data={"text": text, **fields})
    assert sent.status_code == 303, sent.text
    return str(sent.headers["location"])


def lines_of(page: str) -> list[tuple[str, str]]:
    """The paragraphs of a preview, each with its number."""
    links = re.findall(
        r'<span class="pn">([^<]*)</span>\s*<p dir="auto">(.*?)(?: <span class="why">|</p>)', page, re.S
    )
    return [(number, unescape(line)) for number, line in links]


def field(page: str, name: str) -> tuple[str, str]:
    """A field's value, and where it came from."""
    value = re.search(rf'<input id="{name}"[^>]* value="([^"]*)"', page)
    source = re.search(rf'id="{name}-from">([^<]*)<', page)
    assert value
    assert source
    return unescape(value[1]), unescape(source[1])


def press(client: TestClient, path: str, do: str, **typed: str) -> str:
    """Press a button of the preview; return the page that follows."""
    sent = client.post(path, data={"do": do, **typed})
    assert sent.status_code == 303, sent.text
    return client.get(sent.headers["location"].partition("#")[0]).text


def test_the_box_asks_for_a_link_a_text_or_files(empty_client: TestClient) -> None:
    page = empty_client.get("/articles/new").text
    assert '<textarea id="bring" name="text"' in page
    assert 'type="file" multiple' in page
    assert "javascript:location.href=&#39;http://localhost/articles/new?url=&#39;" in page


def test_a_link_in_the_address_is_filled_in_and_nothing_is_fetched(empty_client: TestClient) -> None:
    page = empty_client.get("/articles/new", params={"url": 'https://news.example/a?b=1&c="<'}).text
    assert "https://news.example/a?b=1&amp;c=&#34;&lt;</textarea>" in page


def test_a_pasted_text_is_shown_before_it_is_saved(empty_client: TestClient) -> None:
    path = bring(empty_client, BODY)
    page = empty_client.get(path).text
    assert field(page, "title")[0] == "A visit"
    assert field(page, "publisher") == ("", "not found")
    assert lines_of(page) == [
        ("1", "The minister came on Monday."),
        ("2", "He left on Tuesday."),
        ("3", "Nobody had asked him to."),
    ]
    assert "There are no articles yet" in empty_client.get("/").text


def test_what_is_typed_and_changed_is_saved_and_its_source_told(empty_client: TestClient) -> None:
    path = bring(empty_client, BODY)
    page = press(empty_client, path, "extra:2", publisher="The Daily", published_on="2024-02-05")
    assert field(page, "publisher") == ("The Daily", "typed")
    assert ("+", "Nobody had asked him to.") in lines_of(page)
    saved = empty_client.post(path, data={"do": "save", "title": "A short visit"})
    article = empty_client.get(saved.headers["location"]).text
    assert "Saved." in article
    assert "A short visit" in article
    assert "The Daily" in article
    assert "5 February 2024" in article
    assert "1 line of page extras" in article


def test_publishers_that_the_library_knows_are_suggested(client: TestClient) -> None:
    page = client.get(bring(client, BODY)).text
    assert 'list="known-publishers"' in page
    assert '<option value="World Socialist Web Site">' in page


def test_paragraphs_are_joined_split_left_out_and_put_back(empty_client: TestClient) -> None:
    path = bring(empty_client, BODY)
    page = press(empty_client, path, "join:0")
    assert lines_of(page)[0] == ("1", "The minister came on Monday. He left on Tuesday.")
    opened = press(empty_client, path, "open:0")
    assert '<textarea id="wording"' in opened
    page = press(empty_client, path, "apply:0", at="0", wording="The minister came.\r\nHe left on Tuesday.")
    assert lines_of(page)[:2] == [("1", "The minister came."), ("2", "He left on Tuesday.")]
    page = press(empty_client, path, "dropped:1")
    assert ("–", "He left on Tuesday.") in lines_of(page)
    page = press(empty_client, path, "text:1")
    assert ("2", "He left on Tuesday.") in lines_of(page)


def test_a_split_that_is_still_open_is_taken_with_whatever_button_is_pressed(
    empty_client: TestClient,
) -> None:
    path = bring(empty_client, BODY)
    page = press(empty_client, path, "extra:2", at="0", wording="The minister came.\nOn Monday.")
    assert lines_of(page)[:2] == [("1", "The minister came."), ("2", "On Monday.")]
    assert ("+", "Nobody had asked him to.") in lines_of(page)


def test_what_is_typed_while_typing_leaves_an_open_split_alone(empty_client: TestClient) -> None:
    path = bring(empty_client, BODY)
    page = press(empty_client, path, "keep", at="0", wording="The minister came.\nOn", author="Ann Lee")
    assert lines_of(page)[0] == ("1", "The minister came on Monday.")
    assert field(page, "author")[0] == "Ann Lee"


def test_for_a_script_the_part_that_changed_is_sent(empty_client: TestClient) -> None:
    path = bring(empty_client, BODY)
    part = empty_client.post(path, data={"do": "dropped:0"}, headers=HTMX)
    assert part.status_code == 200
    assert "<html" not in part.text
    assert ("–", "The minister came on Monday.") in lines_of(part.text)


def test_a_day_of_publication_that_is_to_come_is_doubted_beside_its_field_and_can_be_saved(
    empty_client: TestClient,
) -> None:
    path = bring(empty_client, BODY)
    today = datetime.now(UTC).date()
    doubt = 'id="published_on-doubt">This day is in the future.'
    assert doubt not in press(empty_client, path, "update", published_on=str(today))
    assert doubt in press(empty_client, path, "update", published_on=str(today + timedelta(days=2)))
    assert empty_client.post(path, data={"do": "save"}).status_code == 303


def test_what_is_wrong_is_told_beside_its_field_and_nothing_typed_is_lost(empty_client: TestClient) -> None:
    path = bring(empty_client, BODY)
    refused = empty_client.post(
        path,
        data={
            "do": "save",
            "published_on": "soon",
            "address": "ftp://x",
            "language": "?",
            "author": "Ann Lee",
        },
    )
    assert refused.status_code == 422
    for name in ("published_on", "address", "language"):
        assert f'<li><a href="#{name}">' in refused.text
        assert f'id="{name}-error"' in refused.text
    for page in (refused.text, empty_client.get(path).text):
        assert field(page, "published_on")[0] == "soon"
        assert field(page, "author")[0] == "Ann Lee"
    assert "There are no articles yet" in empty_client.get("/").text


def test_a_text_without_a_line_of_the_article_is_not_saved(empty_client: TestClient) -> None:
    path = bring(empty_client, "A visit\n\nThe minister came on Monday.")
    press(empty_client, path, "extra:0")
    assert empty_client.post(path, data={"do": "save"}).status_code == 422


def test_what_was_saved_is_not_saved_twice(empty_client: TestClient) -> None:
    path = bring(empty_client, BODY)
    first = empty_client.post(path, data={"do": "save"}).headers["location"]
    again = empty_client.post(path, data={"do": "save"})
    assert again.status_code == 303
    assert again.headers["location"] == first.partition("?")[0]
    assert empty_client.get(path).headers["location"] == first.partition("?")[0]
    assert "1 article" in empty_client.get("/").text


def test_saving_and_adding_another_leads_back_to_the_box(empty_client: TestClient) -> None:
    path = bring(empty_client, BODY)
    where = empty_client.post(path, data={"do": "more"}).headers["location"]
    page = empty_client.get(where).text
    assert "<strong>Saved:</strong>" in page
    assert '<textarea id="bring"' in page


@pytest.mark.parametrize("content", [page_of(), b"\xef\xbb\xbf" + page_of()])
def test_a_files_format_is_told_by_its_content(empty_client: TestClient, content: bytes) -> None:
    sent = empty_client.post("/articles/new", files={"files": ("notes.txt", content)})
    page = empty_client.get(sent.headers["location"]).text
    assert "notes.txt" in page
    assert "web page" in page
    assert any("came to the capital" in line for _, line in lines_of(page))
    assert not any("<p>" in line for _, line in lines_of(page))


def test_a_file_that_cannot_be_read_is_told_and_the_box_is_still_there(empty_client: TestClient) -> None:
    refused = empty_client.post(
        "/articles/new", data={"text": ""}, files={"files": ("a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 50)}
    )
    assert refused.status_code == 422
    assert "PNG image" in refused.text
    assert '<textarea id="bring"' in refused.text


def test_nothing_brought_is_told(empty_client: TestClient) -> None:
    refused = empty_client.post("/articles/new", data={"text": "  "})
    assert refused.status_code == 422
    assert "There is nothing here yet" in refused.text


def test_files_beyond_the_limit_are_refused_before_they_are_read(client_for: ClientFor, db: Database) -> None:
    client = client_for(db, max_file=1_000, max_text=1_000)
    refused = client.post("/articles/new", files={"files": ("a.txt", b"x" * 200_000)})
    assert refused.status_code == 413
    assert "VARIORUM_MAX_FILE" in refused.text
    assert client.post("/articles/new", files={"files": ("a.txt", b"x" * 1_500)}).status_code == 422


def test_a_text_beyond_the_limit_is_refused(client_for: ClientFor, db: Database) -> None:
    refused = client_for(db, max_text=1_000).post("/articles/new", data={"text": "word " * 300})
    assert refused.status_code == 413


def test_several_files_are_read_beside_and_listed(empty_client: TestClient) -> None:
    files = [("files", (f"{name}.html", page_of(name, f"Visit {name}"))) for name in ("one", "two")]
    where = empty_client.post("/articles/new", files=[*files, ("files", ("bad.png", b"\x89PNG\r\n\x1a\n"))])
    page = wait(empty_client, where.headers["location"], lambda page: 'hx-trigger="every 1s"' not in page)
    assert "3 articles to look at" in page
    assert "Visit one" in page
    assert "Visit two" in page
    assert "1 could not be read" in page


def wait(client: TestClient, path: str, done: Callable[[str], bool]) -> str:
    until = monotonic() + PATIENCE
    while not done(page := client.get(path).text):
        assert monotonic() < until, page
        sleep(0.05)
    return page


@pytest.fixture
def site() -> Iterator[Server]:
    with serving() as server:
        yield server


@pytest.fixture
def online(settings: Settings, db: Database, site: Server) -> Iterator[TestClient]:
    """A client for an application whose internet is one server."""
    app = create_app(settings, db, fetcher=fetcher_for(LedNetwork(site.port)))
    with TestClient(app, base_url="http://localhost", follow_redirects=False) as client:
        yield client


def fetched(client: TestClient, link: str = "http://news.example/story") -> tuple[str, str]:
    """Bring in a link; return the address of its preview, and the page once it is fetched."""
    path = bring(client, link)
    return path, wait(client, path, lambda page: "<strong>Fetching</strong>" not in page)


def save(client: TestClient, path: str, do: str = "save") -> str:
    sent = client.post(path, data={"do": do})
    assert sent.status_code == 303, sent.text
    return str(sent.headers["location"])


def test_a_link_is_fetched_shown_and_saved_with_its_capture(online: TestClient, site: Server) -> None:
    site.behaviours["/story"] = answer(page_of())
    path, page = fetched(online)
    assert field(page, "title")[0] == "A visit to the capital"
    assert field(page, "address")[0] == "http://news.example/story"
    assert field(page, "captured_at")[1] == "when it was fetched"
    assert field(page, "published_on")[0] == ""
    article = online.get(save(online, path)).text
    assert "Fetched, " in article
    assert "ddress from the link" in article
    capture = re.search(r'href="(/captures/[a-z2-7]{16})"', article)
    assert capture
    kept = online.get(capture[1])
    assert kept.content == page_of()
    assert kept.headers["content-type"] == "application/octet-stream"
    assert kept.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in kept.headers["content-security-policy"]
    assert kept.headers["content-disposition"].startswith("attachment;")


@pytest.mark.parametrize(
    ("behaviour", "words"),
    [
        (answer(b"No", "404 Not Found"), "no page at this address"),
        (answer(b"No", "403 Forbidden"), "does not give this page to programs"),
        (answer(b"x" * 200_000), "sends more than"),
    ],
)
def test_a_link_that_fails_says_why_and_what_else_to_do(
    online: TestClient, site: Server, behaviour: Behaviour, words: str
) -> None:
    site.behaviours["/story"] = behaviour
    path, page = fetched(online)
    assert words in page
    assert 'name="address" value="http://news.example/story"' in page
    site.behaviours["/story"] = answer(page_of())
    assert online.post(path, data={"do": "again"}).status_code == 303
    page = wait(online, path, lambda page: "<strong>Fetching</strong>" not in page)
    assert field(page, "title")[0] == "A visit to the capital"


def test_a_text_brought_in_place_of_a_link_keeps_the_address(online: TestClient) -> None:
    page = online.get(bring(online, BODY, address="https://news.example/story")).text
    assert field(page, "address")[0] == "https://news.example/story"


@pytest.mark.parametrize(
    "link", ["http://127.0.0.1/", "https://user:pass@news.example/", "http://news.example:81/"]
)
def test_a_link_that_is_not_fetched_is_refused_with_what_was_typed_still_there(
    online: TestClient, site: Server, link: str
) -> None:
    sent = online.post("/articles/new", data={"text": link})
    if sent.status_code == 303:
        page = wait(online, sent.headers["location"], lambda page: "<strong>Fetching</strong>" not in page)
    else:
        assert sent.status_code == 422
        page = sent.text
    assert link in unescape(page)
    assert 'class="problem"' in page
    assert site.asked == [] or "127.0.0.1" in link


@pytest.mark.parametrize("text", ["javascript:alert(1)", "http://news.example/one\nftp://news.example/two"])
def test_a_link_of_another_scheme_is_refused_in_words(online: TestClient, site: Server, text: str) -> None:
    sent = online.post("/articles/new", data={"text": text})
    assert sent.status_code == 422
    assert "are not fetched" in sent.text
    assert site.asked == []
    sent = online.post("/articles/new", data={"text": BODY, "address": "javascript:alert(1)"})
    assert sent.status_code == 422


def test_a_link_may_come_without_its_scheme(online: TestClient) -> None:
    assert "https://news.example/story" in online.get(bring(online, "news.example/story")).text


def test_a_title_turns_nothing_around_it(empty_client: TestClient) -> None:
    page = page_of(title="A visit\u202etxt.exe").decode()
    shown = empty_client.get(bring(empty_client, page)).text
    assert field(shown, "title")[0] == "A visittxt.exe"


def test_several_links_are_fetched_beside_each_with_its_result(online: TestClient, site: Server) -> None:
    for name in ("one", "two"):
        site.behaviours[f"/{name}"] = answer(page_of(name, f"Visit {name}"))
    links = "\n".join(f"http://news.example/{name}" for name in ("one", "two", "three"))
    where = bring(online, links)
    page = wait(online, where, lambda page: 'hx-trigger="every 1s"' not in page)
    assert "Visit one" in page
    assert "Visit two" in page
    assert "no page at this address" in page
    assert "There are no articles yet" in online.get("/").text


def test_an_unforeseen_error_in_the_background_is_told_too(
    online: TestClient, site: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("unforeseen")

    monkeypatch.setattr("app.services.intake.intakes.make_apart", fail)
    site.behaviours["/story"] = answer(page_of())
    _, page = fetched(online)
    assert "an error in it that it did not foresee" in page


def test_where_fetching_is_off_a_link_is_refused_and_nothing_is_fetched(
    client_for: ClientFor, db: Database
) -> None:
    client = client_for(db, fetch="off")
    refused = client.post("/articles/new", data={"text": "https://news.example/a"})
    assert refused.status_code == 422
    assert "Fetching links is off here" in refused.text
    assert "https://news.example/a</textarea>" in refused.text
    assert "Links are not fetched here" in client.get("/articles/new").text


def test_where_fetching_is_off_several_links_are_refused_too(client_for: ClientFor, db: Database) -> None:
    client = client_for(db, fetch="off")
    refused = client.post("/articles/new", data={"text": "https://news.example/a\nhttps://news.example/b"})
    assert refused.status_code == 422
    assert "https://news.example/b</textarea>" in refused.text


def test_without_internet_the_form_says_so_before_and_at_once(settings: Settings, db: Database) -> None:
    class Alone(LedNetwork):
        def is_there(self) -> bool:
            return False

    app = create_app(settings, db, fetcher=fetcher_for(Alone(1)))
    with TestClient(app, base_url="http://localhost", follow_redirects=False) as client:
        assert "This machine has no internet connection" in client.get("/articles/new").text
        for text in ("https://news.example/a", "https://news.example/a\nhttps://news.example/b"):
            refused = client.post("/articles/new", data={"text": text})
            assert refused.status_code == 422
            assert "no link can be fetched.</strong>" in refused.text
            assert f"{text}</textarea>" in refused.text
        sent = client.post(
            "/articles/new", data={"text": "https://news.example/a"}, files={"files": ("a.html", page_of())}
        )
        page = wait(client, sent.headers["location"], lambda page: "not saved yet" in page)
        assert "A visit to the capital" in page


def test_beyond_loopback_fetching_is_off_unless_it_is_set(settings: Settings) -> None:
    def fetches(**changed: object) -> bool:
        return Settings.model_validate(settings.model_dump() | changed).fetches

    assert fetches()
    assert not fetches(host="0.0.0.0")
    assert fetches(host="0.0.0.0", fetch="on")
    assert not fetches(fetch="off")


def test_the_same_address_again_is_unchanged_or_a_new_revision(online: TestClient, site: Server) -> None:
    site.behaviours["/story"] = answer(page_of())
    article = save(online, fetched(online)[0]).partition("?")[0]
    site.behaviours["/story?utm_source=x"] = answer(page_of())
    path, page = fetched(online, "http://www.news.example/story?utm_source=x#top")
    assert "This address is here already. Its text is unchanged since" in page
    assert f'value="capture:{article.rpartition("/")[2]}"' in page
    assert save(online, path, f"capture:{article.rpartition('/')[2]}").startswith(article)
    shown = online.get(article).text
    assert shown.count("/captures/") == 2
    assert "Revision 2" not in shown
    site.behaviours["/story"] = answer(page_of(" and its new crane"))
    path, page = fetched(online)
    assert "its text has changed since" in page
    assert "1 paragraph differs" in page
    whole = online.post(path, data={"do": f"compare:{article.rpartition('/')[2]}"}).headers["location"]
    assert f'value="compare:{article.rpartition("/")[2]}"' in page
    assert "and its new crane" in online.get(whole).text
    online.get(save(online, path, f"revision:{article.rpartition('/')[2]}"))
    shown = online.get(article).text
    assert "Revision 2" in shown
    assert "its new crane" in shown


def test_paragraphs_in_another_order_are_another_text(online: TestClient, site: Server) -> None:
    lines = ("The minister came to the harbour on Monday.", "He left on Tuesday, and nobody asked him why.")
    for order, says in ((lines, "unchanged since"), (lines[::-1], "its paragraphs are in another order")):
        body = "".join(f"<p>{line}</p>" for line in order)
        site.behaviours["/story"] = answer(f"<title>A visit</title><article><h1>A visit</h1>{body}".encode())
        if order == lines:
            save(online, fetched(online)[0])
        assert says in fetched(online)[1]


def test_the_same_page_in_another_wrapper_is_offered_as_a_further_capture(
    online: TestClient, site: Server
) -> None:
    site.behaviours["/story"] = answer(page_of())
    save(online, fetched(online)[0])
    sent = online.post("/articles/new", files={"files": ("saved.html", page_of())})
    page = online.get(sent.headers["location"]).text
    assert "This text is here already. Its text is unchanged since" in page


def test_a_copy_that_does_not_tell_captions_apart_is_a_further_capture(empty_client: TestClient) -> None:
    caption = "The mayor at the harbour on Tuesday. Photo: Daily"
    figure = f'<figure><img src="a.png"><figcaption>{caption}</figcaption></figure></article>'.encode()
    sent = empty_client.post(
        "/articles/new", files={"files": ("a.html", page_of().replace(b"</article>", figure))}
    )
    path = sent.headers["location"]
    assert re.search(f'<li class="pr extra".*?{caption}', empty_client.get(path).text, re.DOTALL)
    save(empty_client, path)
    lines = [unescape(line) for line in re.findall("<p>(.*?)</p>", page_of().decode())]
    printed = "\n\n".join(["A visit to the capital", *lines, caption])
    sent = empty_client.post("/articles/new", files={"files": ("print.txt", printed.encode())})
    again = sent.headers["location"]
    assert "This text is here already. Its text is unchanged since" in empty_client.get(again).text
    kept = save(empty_client, again, re.findall(r"capture:[a-z2-7]{16}", empty_client.get(again).text)[0])
    assert empty_client.get(kept).text.count("SHA-256") == 2
    more = bring(empty_client, f"{printed}\n\nA paragraph that the article does not have was said on Friday.")
    assert "is here already" not in empty_client.get(more).text


def test_an_emptied_title_is_suggested_by_the_text_and_not_by_a_byline_above_it(
    empty_client: TestClient,
) -> None:
    byline = b'<p class="byline">By Ann Lee</p><p>The minister'
    sent = empty_client.post(
        "/articles/new", files={"files": ("a.html", page_of().replace(b"<p>The minister", byline, 1))}
    )
    path = sent.headers["location"]
    assert re.search('<li class="pr extra".*?By Ann Lee', empty_client.get(path).text, re.DOTALL)
    saved = empty_client.post(path, data={"do": "save", "title": ""})
    article = empty_client.get(f"/api/v1{saved.headers['location'].partition('?')[0]}").json()
    assert article["title"].startswith("The minister came to the capital on Monday")
    assert len(article["paragraphs"]) == 4


def test_of_two_articles_from_one_page_the_one_with_the_text_is_told(
    online: TestClient, site: Server
) -> None:
    saved = []
    for story in ("", ", and the bridge"):
        site.behaviours["/story"] = answer(page_of(story))
        saved.append(save(online, fetched(online)[0]).partition("?")[0])
    for article, story in zip(saved, ("", ", and the bridge"), strict=True):
        site.behaviours["/story"] = answer(page_of(story))
        _, page = fetched(online)
        assert "Its text is unchanged since" in page
        assert f"capture:{article.rpartition('/')[2]}" in page


def test_an_older_copy_is_kept_with_the_revision_that_has_its_text(online: TestClient, site: Server) -> None:
    site.behaviours["/story"] = answer(page_of())
    article = save(online, fetched(online)[0]).partition("?")[0]
    site.behaviours["/story"] = answer(page_of(", and the bridge"))
    save(online, fetched(online)[0], f"revision:{article.rpartition('/')[2]}")
    site.behaviours["/story"] = answer(page_of())
    path, page = fetched(online)
    assert "This is the text of its revision 1, and not the newest: perhaps an older copy." in page
    assert "Save as its new revision" in page
    save(online, path, f"capture:{article.rpartition('/')[2]}")
    captures = online.get(f"/api/v1{article}/captures").json()["items"]
    assert sorted(capture["number"] for capture in captures) == [1, 1, 2]


def test_another_outlets_copy_is_another_article(online: TestClient, site: Server) -> None:
    site.behaviours["/story"] = answer(page_of())
    save(online, fetched(online)[0])
    _, page = fetched(online, "http://other.example/story")
    assert "is here already" not in page
    assert "1 stored article looks like this" in page


def test_what_is_like_it_is_shown_beside_with_the_worst_that_differs(client: TestClient) -> None:
    seeds = (Path(__file__).parents[3] / "seeds" / "newsweek-full-support.txt").read_text("utf-8")
    page = client.get(
        bring(
            client, seeds.replace("will strive", "may work").replace("pressure on the", "pressure from the")
        )
    ).text
    aside = heard(page.partition('<aside class="match"')[2])
    assert "stored articles look like this" in aside
    lead, _, rest = aside.partition(" one perhaps reversed ")
    assert re.search(r"Newsweek: 2 of \d+ quotations altered, 1 other finding,$", lead)
    assert re.search(r"^Newsweek… .*pressure \[only in Newsweek: on end\].*This text… .* from end\]", rest)
    assert "Quotation · may reverse the meaning" in rest


def test_a_text_is_compared_before_it_is_saved(client: TestClient) -> None:
    seeds = (Path(__file__).parents[3] / "seeds" / "newsweek-full-support.txt").read_text("utf-8")
    where = bring(client, seeds.replace("continue to put pressure on", "continue to ease pressure on"))
    button = re.search(r'value="(compare:[a-z2-7]{16})" formtarget="_blank"', client.get(where).text)
    assert button
    sent = client.post(where, data={"do": button[1], "title": "Full support, again"})
    page = client.get(sent.headers["location"]).text
    assert "not permanent" in page
    assert "Full support, again" in page
    assert re.search(r"<ins[^>]*>.*?ease", page)
    for link in re.findall(r'href="(/[^"]*)"', page.partition("<main")[2].partition("</main>")[0]):
        assert client.get(link).status_code == 200
    assert client.get(f"{where}/compare?with=aaaaaaaaaaaaaaaa").status_code == 404
    press(client, where, "save", again="yes")
    assert client.get(f"{where}/{sent.headers['location'].rpartition('/')[2]}").status_code == 303


def test_one_key_press_leads_past_the_paragraphs_to_saving(empty_client: TestClient) -> None:
    page = empty_client.get(bring(empty_client, BODY)).text
    assert '<a class="skip" href="#saving">' in page
    assert 'id="saving"' in page
    assert "#saving" not in empty_client.get("/articles/new").text


def test_before_it_is_saved_a_text_is_numbered_and_folded_as_afterwards(client: TestClient) -> None:
    seeds = (Path(__file__).parents[3] / "seeds" / "newsweek-full-support.txt").read_text("utf-8")
    where = bring(client, seeds.replace("continue to put pressure on", "continue to ease pressure on"))
    button = re.search(r'value="(compare:[a-z2-7]{16})" formtarget="_blank"', client.get(where).text)
    assert button
    page = client.get(client.post(where, data={"do": button[1]}).headers["location"]).text
    rows = re.findall(r'<tr id="row-\d+" class="row.*?</tr>', page, re.DOTALL)
    numbers = [re.findall(r'<td class="num.*?</bdi>(\w+)', row, re.DOTALL) for row in rows]
    assert numbers[:3] == [["H", "H"], ["1", "1"], ["2", "2"]]
    folded = re.findall(r"<div class=\"fold\".*?</div>", page, re.DOTALL)
    assert sum(fold.count('<tr id="row-') for fold in folded) > 10
    assert 'type="checkbox"' not in page


def test_a_text_of_the_same_title_is_called_this_text(empty_client: TestClient) -> None:
    store_one = {"text": BODY, "again": "yes"}
    assert empty_client.post("/articles", data=store_one).status_code == 303
    page = empty_client.get(bring(empty_client, BODY + "\n\nHe came by ship, and said so.")).text
    assert "(second)" not in page
    assert "this text" in page.partition('<aside class="match"')[2]


def test_captures_go_and_come_back_with_their_article(online: TestClient, site: Server, db: Database) -> None:
    site.behaviours["/story"] = answer(page_of())
    article = save(online, fetched(online)[0]).partition("?")[0]
    capture = re.search(r'href="(/captures/[a-z2-7]{16})"', online.get(article).text)
    assert capture
    content = online.get(capture[1]).content
    trash.delete(db, article.rpartition("/")[2])
    assert online.get(capture[1]).status_code == 410
    trash.restore(db, article.rpartition("/")[2])
    assert online.get(capture[1]).content == content
    trash.delete(db, article.rpartition("/")[2])
    with db.reading() as session:
        rows = session.connection().exec_driver_sql("SELECT draft, capture, content FROM intake").all()
    assert not any("harbour" in str(row) for row in rows)


def test_beyond_the_setting_no_bytes_are_kept(settings: Settings, db: Database, site: Server) -> None:
    site.behaviours["/story"] = answer(page_of())
    app = create_app(
        settings.model_copy(update={"keep_captures": 0}), db, fetcher=fetcher_for(LedNetwork(site.port))
    )
    with TestClient(app, base_url="http://localhost", follow_redirects=False) as client:
        article = client.get(save(client, fetched(client)[0])).text
    assert "Fetched, " in article
    assert "SHA-256" in article
    assert "/captures/" not in article


def test_bringing_and_downloading_need_the_edit_key(client_for: ClientFor, db: Database) -> None:
    path = bring(client_for(db), BODY)
    keyed = client_for(db, host="0.0.0.0", edit_key="correct horse")
    for address in ("/articles/new", path, "/captures/" + "a" * 16, "/articles/new/batch/" + "a" * 16):
        answer = keyed.get(address)
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/edit-key?")
    assert keyed.post("/articles/new", data={"text": BODY}).status_code == 403
    assert keyed.post(path, data={"do": "save"}).status_code == 403


def test_after_the_key_has_expired_nothing_is_stored_and_nothing_typed_is_lost(
    client_for: ClientFor, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_for(db, host="0.0.0.0", edit_key="correct horse")
    client.post("/edit-key", data={"key": "correct horse"})
    path = bring(client, BODY)
    monkeypatch.setattr(edit_access, "time", lambda: time() + edit_access.COOKIE_AGE + 60)
    refused = client.post(path, data={"do": "save", "publisher": "The Daily"})
    assert refused.status_code == 403
    assert field(refused.text, "publisher") == ("The Daily", "typed")
    assert 'href="/edit-key"' in refused.text
    refused = client.post("/articles/new", data={"text": BODY})
    assert refused.status_code == 403
    assert "Nobody had asked him to.</textarea>" in refused.text
    assert "There are no articles yet" in client.get("/").text
    monkeypatch.undo()
    assert field(client.get(path).text, "publisher")[0] == ""


def test_a_page_of_another_site_can_bring_nothing(empty_client: TestClient) -> None:
    headers = {"Origin": "https://evil.example"}
    assert empty_client.post("/articles/new", data={"text": BODY}, headers=headers).status_code == 403


@pytest.mark.parametrize(
    "path", ["/articles/new/" + "a" * 16, "/articles/new/x", "/articles/new/batch/x", "/captures/x"]
)
def test_what_is_not_there_is_told(empty_client: TestClient, path: str) -> None:
    assert empty_client.get(path).status_code == 404


def test_hostile_names_and_texts_stand_as_themselves(empty_client: TestClient) -> None:
    hostile = '"><script>alert(1)</script>.txt'
    sent = empty_client.post(
        "/articles/new", files={"files": (hostile, b"Title <b>\n\n<script>alert(1)\n\n{{ 7*7 }} He came.")}
    )
    page = empty_client.get(sent.headers["location"]).text if sent.status_code == 303 else sent.text
    assert "<script>alert" not in page
    assert "49 He came" not in page


def test_hard_wrapped_text_is_rejoined_where_its_reader_agrees(empty_client: TestClient) -> None:
    wrapped = (
        "A visit\n\nThe minister came to the capital on Monday to talk about the\n"
        "trade between the two countries, which has fallen by a third in\n"
        "the last two years, and about the border, which nobody has drawn.\n"
        "He left on Tuesday without a word to the press that waited there.\n"
    )
    path = bring(empty_client, wrapped)
    page = empty_client.get(path).text
    assert "Rejoin the lines" in page
    before = len(lines_of(page))
    page = press(empty_client, path, "rejoin")
    assert len(lines_of(page)) < before
    assert "Break the lines again" in page
    assert len(lines_of(press(empty_client, path, "rejoin"))) == before
