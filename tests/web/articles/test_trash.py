"""The trash's pages, for editors; what readers see of a deleted article; several deleted at once; hostile input."""

import re

import pytest
from fastapi.testclient import TestClient

from app.db.engine.base import Database
from app.services.articles import store, trash
from app.services.edit_log import Actor
from app.sources.text import draft
from tests.web.comparison.comparing import heard
from tests.web.conftest import ClientFor

KEY = "correct horse battery"
HOSTILE = '<script>alert(1)</script> "A & B" ' + "‮" + "x" * 300


def ids_of(client: TestClient) -> list[str]:
    """The articles' revisions as the library's boxes name them."""
    return re.findall(r'name="pick" value="([a-z2-7]{16})"', client.get("/").text)


def test_readers_learn_what_was_deleted_and_when_but_not_by_whom(client_for: ClientFor, db: Database) -> None:
    first = store.add(db, draft(HOSTILE, "He came.", "The <Daily>"))
    second = store.add(db, draft("A call", "She called.", "The Weekly"))
    trash.delete(db, first.article, actor=Actor("Ann Lee", "name"))
    reader, editor = client_for(db, host="0.0.0.0", edit_key=KEY), client_for(db)
    path = f"/compare/{first.revision}..{second.revision}"
    for client in (reader, editor):
        gone = client.get(path)
        assert gone.status_code == 410
        assert "<script>alert" not in gone.text
        assert "The <Daily>" in heard(gone.text).replace("&lt;", "<").replace("&gt;", ">")
        assert f'<a href="/articles/{second.article}/revisions/1" dir="auto">A call</a>' in gone.text
        assert "deleted on" in gone.text
        assert ("Ann Lee" in gone.text) == (client is editor)
        assert (f"/trash/{first.article}" in gone.text) == (client is editor)
    assert reader.get("/trash").headers["location"] == "/edit-key?next=%2Ftrash"
    for action in (f"/trash/{first.article}/restore", f"/trash/{first.article}/purge", "/articles/delete"):
        assert reader.post(action, data={"articles": second.article}).status_code == 403
    assert "Trash" not in reader.get("/").text
    problem = reader.get(f"/api/v1/comparisons/{first.revision}..{second.revision}")
    assert problem.status_code == 410
    assert [text["article"] for text in problem.json()["texts"]] == [first.article, second.article]
    assert "He came." not in problem.text
    partial = reader.get(path, headers={"HX-Request": "true"})
    assert partial.status_code == 410
    assert "<html" not in partial.text


def test_what_is_deleted_for_good_is_gone_and_the_page_says_what_stays(
    client: TestClient, newsweek: str
) -> None:
    client.post(f"{newsweek}/delete")
    listed = client.get("/trash").text
    link = re.search(r'href="(/trash/[a-z2-7]{16})"', listed)
    assert link
    page = client.get(link[1]).text
    assert "Backups, exports and copies of the database made before still hold it" in page
    assert "Dong" in page
    purged = client.post(f"{link[1]}/purge")
    assert "Deleted for good." in client.get(purged.headers["location"]).text
    for action in ("purge", "restore"):
        assert client.post(f"{link[1]}/{action}").status_code == 410
    gone = client.get(newsweek).text
    assert "nothing of its text is kept since" in gone
    assert "The trash is empty" in client.get("/trash").text
    assert "Deleted for good" in client.get("/log").text


def test_ticked_articles_are_deleted_together_and_come_back_together(client: TestClient) -> None:
    picked = ids_of(client)
    question = client.get("/articles/delete", params={"pick": [*picked[:3], "aaaaaaaaaaaaaaaa"]}).text
    assert "Delete 3 articles?" in question
    assert "1 article of those ticked cannot be found any more" in question
    articles = re.search(r'name="articles" value="([a-z2-7 ]+)"', question)
    assert articles
    answer = client.post("/articles/delete", data={"articles": f"{articles[1]} aaaaaaaaaaaaaaaa"})
    page = client.get(answer.headers["location"]).text
    assert "3 articles are in the trash" in page
    assert "Put back all 3 deleted together" in client.get("/trash").text
    undo = re.search(r'action="(/trash/batches/[a-z2-7]{16}/restore)"', page)
    assert undo
    back = client.post(undo[1]).headers["location"]
    assert "3 articles put back" in client.get(back).text
    assert sorted(ids_of(client)) == sorted(picked)


def test_very_many_words_are_put_back_in_several_goes(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    picked = ids_of(client)
    question = client.get("/articles/delete", params={"pick": picked[:3]}).text
    articles = re.search(r'name="articles" value="([a-z2-7 ]+)"', question)
    assert articles
    page = client.get(
        client.post("/articles/delete", data={"articles": articles[1]}).headers["location"]
    ).text
    undo = re.search(r'action="(/trash/batches/[a-z2-7]{16}/restore)"', page)
    assert undo
    monkeypatch.setattr(trash, "MAX_CHARS_PUT_BACK", 1)
    first = client.post(undo[1]).headers["location"]
    assert "1 article. The others that were deleted with them are still here" in client.get(first).text
    monkeypatch.undo()
    assert "2 articles put back" in client.get(client.post(undo[1]).headers["location"]).text
    assert sorted(ids_of(client)) == sorted(picked)


def test_wrong_picks_delete_nothing_and_are_answered_in_words(client: TestClient) -> None:
    before = ids_of(client)
    many = " ".join(f"{'a' * 13}{chr(97 + n % 26)}{chr(97 + n // 26)}a" for n in range(101))
    for path, sent in (
        ("/articles/delete", {}),
        ("/articles/delete", {"articles": many}),
        ("/articles/delete", {"articles": "../../etc '; DROP TABLE article; --"}),
        ("/trash/batches/x/restore", {}),
        ("/trash/" + "a" * 16 + "/restore", {}),
        ("/trash/x/purge", {}),
    ):
        answer = client.post(path, data=sent)
        assert answer.status_code in (400, 404, 422), path
        assert "Traceback" not in answer.text
    for query in ("", "?pick=x", "?pick=" + "a" * 16, "?" + "&".join(["pick=" + "a" * 16] * 101)):
        assert client.get(f"/articles/delete{query}").status_code in (404, 422)
    for page in ("/trash?page=0", "/trash?page=x"):
        assert client.get(page).status_code == 404
    assert client.get("/trash?page=1000000").status_code == 200
    assert client.get("/?deleted=nonsense&restored=x").status_code == 404
    assert ids_of(client) == before


def test_the_trash_is_emptied_of_what_the_editor_was_asked_about(client: TestClient) -> None:
    assert client.get("/trash/empty").headers["location"] == "/trash"
    first, second, later, *_ = articles_of(client)
    for path in (first, second):
        client.post(f"{path}/delete")
    question = client.get("/trash/empty").text
    assert "Delete 2 articles for good?" in question
    assert "It cannot be undone" in question
    until = re.search(r'name="until" value="([^"]+)"', question)
    assert until
    client.post(f"{later}/delete")
    for wrong in ("", "x", "2024-02-05", "9" * 5_000, "\0", "0001-01-01T00:00+23:00"):
        assert client.post("/trash/empty", data={"until": wrong}).status_code == 422, wrong
    question = client.get("/trash/empty").text
    assert "Delete 3 articles for good?" in question
    emptied = client.post("/trash/empty", data={"until": until[1]}).headers["location"]
    page = client.get(emptied).text
    assert "2 articles. Backups" in page
    assert later.replace("/articles/", "/trash/") in page
    assert [client.get(path).status_code for path in (first, second, later)] == [410, 410, 410]
    assert client.post("/trash/empty", data={"until": until[1]}).headers["location"] == "/trash?purged=0"
    assert client.post("/trash/empty", data={"until": "9999-12-31T23:59:59.999999+00:00"}).status_code == 303
    assert client.post(f"{later.replace('/articles/', '/trash/')}/restore").status_code == 410


def test_a_page_whose_article_is_in_the_trash_is_offered_back_before_it_is_saved_again(
    client: TestClient,
) -> None:
    first, second = (
        client.post("/api/v1/articles", json={"title": f"Visit {n}", "text": text, "url": url}).json()["id"]
        for n, text, url in (
            (1, "He came.", "https://news.example/a"),
            (2, "He left.", "http://news.example/a/"),
        )
    )
    for article in (first, second):
        client.delete(f"/api/v1/articles/{article}")
    sent = {
        "text": "He stayed.\n\nNobody asked him to.",
        "address": "https://www.news.example/a?utm_source=x",
    }
    preview = client.post("/articles/new", data=sent).headers["location"]
    page = client.get(preview).text
    assert "An article from this address was deleted on" in page
    assert f'formaction="/trash/{second}/restore"' in page
    back = client.post(f"/trash/{second}/restore", data={"title": "x"}, files={"file": b""})
    assert back.headers["location"] == f"/articles/{second}?told=restored"
    assert "was deleted on" not in client.get(preview).text
    client.delete(f"/api/v1/articles/{second}")
    client.delete(f"/api/v1/trash/{second}")
    assert "was deleted on" not in client.get(preview).text


def articles_of(client: TestClient) -> list[str]:
    """The articles' addresses."""
    items = client.get("/api/v1/articles").json()["items"]
    return [f"/articles/{item['id']}" for item in items]
