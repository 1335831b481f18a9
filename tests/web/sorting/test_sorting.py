"""Tags, collections and publishers on pages: without JavaScript, for editors, and whatever is typed."""

import re

from fastapi.testclient import TestClient

from tests.web.conftest import ClientFor


def picks(client: TestClient) -> list[str]:
    return re.findall(r'name="pick" value="([a-z2-7]{16})"', client.get("/search?q=russia").text)


def test_ticked_articles_are_tagged_found_by_it_and_untagged(client: TestClient) -> None:
    several = picks(client)
    assert len(several) == 5
    page = client.get("/articles/labels", params={"pick": several[:2]}).text
    assert "Tag or collect 2 articles" in page
    articles = re.findall(r'name="articles" value="([a-z2-7 ]+)"', page)[0]
    form = {"articles": articles, "kind": "tag", "name": "<b>To publish</b>"}
    done = client.post("/articles/labels", data=form).text
    assert "was put on 2 articles" in done
    assert "<b>To" not in done
    link = re.findall(r'href="(/search\?tag=[^"]+)"', done)[0]
    assert "2 articles match" in client.get(link).text
    assert '<h1 dir="auto">Tag: &lt;b&gt;To publish&lt;/b&gt;</h1>' in client.get(link).text
    assert '<h1 dir="auto">Search</h1>' in client.get(f"{link}&q=russia").text
    assert 'aria-label="Filter and sort">' in client.get(link).text  # folded on a phone: the heading says it
    assert 'aria-label="Filter and sort" checked>' in client.get(f"{link}&kind=number").text
    assert "2 articles" in client.get("/labels").text
    for tag, total in (
        ("<b>to+PUBLISH</b>", "1 story or article of 5"),
        ("%00'--", "0 stories and articles"),
    ):
        library = client.get(f"/?tag={tag}").text
        assert total in library, tag
        assert "&lt;b&gt;To publish&lt;/b&gt;</option>" in library
        assert f"tag={tag}" not in library
    shelves = client.get("/api/v1/stories", params={"tag": "<b>to publish</b>"}).json()["items"]
    assert [shelf["articles_count"] for shelf in shelves] == [2]
    assert client.get("/api/v1/stories?collection=none").json()["items"] == []
    path = re.findall(r'href="(/articles/[a-z2-7]{16})"', done)[0]
    assert 'href="/search?tag=' in client.get(path).text
    assert "was taken off 2 articles" in client.post("/articles/labels", data={**form, "do": "take"}).text
    assert "There are none yet" in client.get("/labels").text


def test_what_was_done_to_ticked_articles_is_undone_for_just_those_that_changed(client: TestClient) -> None:
    several = picks(client)
    page = client.get("/articles/labels", params={"pick": several[:3]}).text
    articles = re.findall(r'name="articles" value="([a-z2-7 ]+)"', page)[0]
    form = {"articles": articles.split()[0], "kind": "tag", "name": "Read"}
    client.post("/articles/labels", data=form)
    done = client.post("/articles/labels", data={**form, "articles": articles}).text
    assert "was put on 2 articles" in done
    undo = dict(
        re.findall(
            r'name="(\w+)" value="([^"]*)"',
            done.partition('class="message deleted"')[2].partition("</form>")[0],
        )
    )
    assert undo == {
        "articles": " ".join(articles.split()[1:]),
        "ticked": articles,
        "kind": "tag",
        "name": "Read",
        "do": "take",
    }
    undone = client.post("/articles/labels", data=undo).text
    assert "Tag or collect 3 articles" in undone
    assert "was taken off 2 articles" in undone
    assert "on 1 of these" in undone
    again = dict(
        re.findall(
            r'name="(\w+)" value="([^"]*)"',
            undone.partition('class="message deleted"')[2].partition("</form>")[0],
        )
    )
    assert "was put on 2 articles" in client.post("/articles/labels", data=again).text
    nothing = client.post("/articles/labels", data=again).text
    assert "was put on 0 articles" in nothing
    assert "Undo" not in nothing


def test_what_cannot_be_done_is_said_and_nothing_is_stored(client: TestClient, client_for: ClientFor) -> None:
    page = client.get("/articles/labels", params={"pick": picks(client)[:1]}).text
    articles = re.findall(r'name="articles" value="([a-z2-7 ]+)"', page)[0]
    for form, status in (
        ({"articles": articles, "name": " "}, 422),
        ({"articles": articles, "name": "x" * 5_000}, 422),
        ({"articles": "nothing", "name": "x"}, 404),
        ({"articles": "", "name": "x"}, 422),
        ({"articles": "a " * 3_000, "name": "x"}, 404),
    ):
        assert client.post("/articles/labels", data=form).status_code == status, form
    assert client.get("/articles/labels?pick=nothing").status_code == 404
    assert client.get("/articles/labels").status_code == 422
    assert client.post("/publishers", data={"name": "Atlas", "into": "<i>"}).status_code == 422
    assert client.post("/publishers", data={"name": "Atlas", "do": "part"}).status_code == 404
    reader = client_for(edit_key="a-long-enough-key", host="0.0.0.0", allowed_hosts="localhost")
    assert reader.post("/articles/labels", data={"articles": articles, "name": "x"}).status_code == 403


def test_publishers_are_merged_and_parted(client: TestClient) -> None:
    page = client.post("/publishers", data={"name": "Atlas", "into": "Warsaw Institute"}).text
    assert "now counts as “Warsaw Institute”" in page
    assert "2 articles match" in client.get("/search?publisher=Atlas").text
    assert "stands for itself again" in client.post("/publishers", data={"name": "Atlas", "do": "part"}).text
    assert "1 article matches" in client.get("/search?publisher=Atlas").text


def test_the_name_that_stands_for_a_publisher_is_suggested_alone(client: TestClient, newsweek: str) -> None:
    client.post("/publishers", data={"name": "Atlas", "into": "Warsaw Institute"})
    for path in ("/", "/search?q=china", f"{newsweek}/edit"):
        page = client.get(path).text
        suggested = re.findall(r'<option value="([^"]*)"></option>', page)
        assert suggested == ["Newsweek", "Warsaw Institute", "World Socialist Web Site"], path
    assert re.search(r'<input id="publisher" [^>]*list="publisher-suggested"', page)
