import re

import pytest
from fastapi.testclient import TestClient

from tests.web.conftest import path_of

pytestmark = pytest.mark.both


def test_the_warning_names_the_links_that_will_say_that_it_was_deleted(
    client: TestClient, newsweek: str
) -> None:
    compare = re.search(r'href="(/compare/[^"]+)"', client.get(newsweek).text)
    assert compare
    client.get(compare[1])
    page = client.get(f"{newsweek}/delete").text
    assert "China Offers Full Support to Russia on Ukraine War" in page
    assert "with its text, 1 comparison stored with it and the pages of 6 quotations in it" in page
    story = newsweek.replace("/articles/", "/stories/")
    for path in (newsweek, story, f"{newsweek}/revisions/1", compare[1]):
        assert f'href="http://localhost{path}"' in page


def test_the_warning_says_how_the_story_changes(client: TestClient, newsweek: str) -> None:
    assert "Its story is left with one article." in client.get(f"{newsweek}/delete").text
    alone = path_of(client, "China Hails Stronger Ties")
    assert "Its story" not in client.get(f"{alone}/delete").text
    client.post(f"{newsweek}/delete")
    gone = client.get(newsweek.replace("/articles/", "/stories/"))
    assert gone.status_code == 410
    assert re.search(
        r'Other articles of its story are still here: <a href="/stories/[a-z2-7]{16}">', gone.text
    )


def test_the_warning_itself_deletes_nothing(client: TestClient, newsweek: str) -> None:
    client.get(f"{newsweek}/delete")
    assert client.get(newsweek).status_code == 200


def test_the_links_of_a_deleted_article_say_what_it_was_until_it_is_put_back(
    client: TestClient, newsweek: str
) -> None:
    compare = re.search(r'href="(/compare/[^"]+)"', client.get(newsweek).text)
    assert compare
    answer = client.post(f"{newsweek}/delete")
    assert answer.status_code == 303
    page = client.get(answer.headers["location"]).text
    assert "“China Offers Full Support to Russia on Ukraine War” is in the trash" in page
    assert "4 articles" in page
    row = f"{compare[1]}/rows/2"
    for path in (newsweek, f"{newsweek}/revisions/1", f"{newsweek}/delete", compare[1], row):
        gone = client.get(path)
        assert gone.status_code == 410
        assert "China Offers Full Support to Russia on Ukraine War" in gone.text
        assert "Newsweek" in gone.text
    assert "Chinese defense chief offers" in client.get(compare[1]).text  # what it was compared with
    assert client.post(f"{newsweek}/delete").status_code == 410
    undo = re.search(r'action="(/trash/batches/[a-z2-7]{16}/restore)"', page)
    assert undo
    back = client.post(undo[1])
    assert "Put back from the trash" in client.get(back.headers["location"]).text
    for path in (newsweek, f"{newsweek}/revisions/1", compare[1], row):
        assert client.get(path).status_code == 200
    assert client.post(undo[1]).status_code == 404


def test_many_links_are_counted_rather_than_listed(client: TestClient, newsweek: str) -> None:
    for number in range(1, 15):
        typed = {"text": f"Title\n\nText {number}.", "revision": str(number)}
        assert client.post(f"{newsweek}/edit", data=typed).status_code == 303
    page = client.get(f"{newsweek}/delete").text
    assert "all 15 revisions of its text" in page
    assert page.count("<li><a href=") == 12
    assert re.search(r"and \d+ further links", page)
