import re

from fastapi.testclient import TestClient

from app.db.engine.base import Database
from app.permalinks import compare_path
from app.services.articles import store
from app.sources import text
from tests.web.comparison.comparing import added, heard, paragraphs, seeds_path


def line(page: str) -> str:
    """Return the line that says how the two are related."""
    match = re.search(r'<p class="small relation-line">(.*?)</p>', page, re.S)
    return heard(match[1]) if match else ""


def test_a_comparison_says_how_the_two_are_related_and_leads_to_their_story(
    client: TestClient, seeded_db: Database
) -> None:
    page = client.get(seeds_path(seeded_db)).text
    assert re.match(
        r"Near-duplicate: 18 of 1\d paragraphs.*3 quotations reworded \(not counting menus, bios and ads\)\.",
        line(page),
    )
    story = re.search(r'href="(/stories/[a-z2-7]{16})">See the whole story', page)
    assert story
    assert "Story of 2 articles" in client.get(story[1]).text


def test_a_part_is_named_with_its_own_figures_from_either_side(
    empty_client: TestClient, db: Database
) -> None:
    whole = paragraphs("harbour", 4)
    base = added(db, "A storm", whole, "The Daily")
    witness = added(db, "A storm", whole.partition("\n\n")[0], "The Weekly")
    expected = "The Weekly is contained in The Daily: 2 of 2 paragraphs, all word for word."
    assert line(empty_client.get(compare_path(base, witness)).text).startswith(expected)
    expected = "The Daily contains The Weekly: 2 of 2 paragraphs, all word for word."
    assert line(empty_client.get(compare_path(witness, base)).text).startswith(expected)


def test_two_that_share_nothing_have_no_such_line_and_no_story(
    empty_client: TestClient, db: Database
) -> None:
    base = added(db, "A storm", paragraphs("harbour", 3))
    page = empty_client.get(compare_path(base, added(db, "A fair", paragraphs("market", 3)))).text
    assert line(page) == ""
    assert "/stories/" not in page


def test_an_older_revision_shows_no_relation_and_its_cached_page_is_resent(
    empty_client: TestClient, db: Database
) -> None:
    body = paragraphs("harbour", 3)
    base = store.add(db, text.draft("A storm", body, "The Daily"))
    path = compare_path(base.revision, added(db, "A storm", body, "The Weekly"))
    first = empty_client.get(path)
    assert line(first.text).startswith("The same text.")
    headers = {"If-None-Match": first.headers["etag"]}
    assert empty_client.get(path, headers=headers).status_code == 304
    store.edit(db, base.article, text.draft("A storm", paragraphs("market", 3), "The Daily"))
    again = empty_client.get(path, headers=headers)
    assert again.status_code == 200
    assert line(again.text) == ""
    assert "The same, word for word" in again.text


def test_markup_in_a_name_is_escaped_in_the_relation(empty_client: TestClient, db: Database) -> None:
    body = paragraphs("harbour", 4)
    base = added(db, "A storm", body, "<script>alert(1)</script>")
    page = empty_client.get(
        compare_path(base, added(db, "A storm", body.partition("\n\n")[0], "<b>Weekly"))
    ).text
    assert "&lt;b&gt;Weekly is contained in &lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


def test_htmx_gets_it_with_the_part(client: TestClient, seeded_db: Database) -> None:
    part = client.get(seeds_path(seeded_db), headers={"HX-Request": "true"}).text
    assert line(part).startswith("Near-duplicate: ")
    assert 'id="comparison"' in part
