import re

from fastapi.testclient import TestClient

from app.db.engine.base import Database
from tests.web.comparison.comparing import heard, path_between, seeds_path


def section(page: str) -> str:
    return page.partition('<section class="first"')[2].partition("</div>\n</div>")[0]


def test_observations_are_listed_by_direction_with_the_row_that_shows_each(
    client: TestClient, seeded_db: Database
) -> None:
    path = seeds_path(seeded_db)
    page = client.get(path).text
    observations = section(page)
    headings = [heard(heading) for heading in re.findall(r"<h3>(.*?)</h3>", observations)]
    assert headings == [
        "For Newsweek as the earlier text",
        "For “Chinese defense chief offers…” as the earlier text",
        "For neither",
    ]
    assert "These are observations, not a verdict" in observations
    rows = re.findall(r'<a href="#row-(\d+)">(¶\d+|Headline)</a>', observations)
    assert rows
    for anchor, place in rows:
        row = page.partition(f'<tr id="row-{anchor}"')[2].partition("</td>")[0]
        assert f">{place.removeprefix('¶')[:2]}" in row or place == "Headline"
    assert re.search(r'<a href="#first">Who came first\?</a>', page)
    assert "clue that Newsweek is earlier" in observations


def test_swapping_the_two_turns_the_observations_round(client: TestClient, seeded_db: Database) -> None:
    path = seeds_path(seeded_db)
    base, witness = path.removeprefix("/compare/").split("..")
    forward, back = (client.get(f"/compare/{a}..{b}").text for a, b in ((base, witness), (witness, base)))

    def for_newsweek(page: str) -> str:
        observations = (
            section(page).partition("For Newsweek as the earlier text")[2].partition("</section>")[0]
        )
        return re.sub(r"row-\d+|¶\d+", "", heard(observations))

    assert for_newsweek(forward) == for_newsweek(back) != ""


def test_unrelated_texts_have_no_section_on_precedence(empty_client: TestClient, db: Database) -> None:
    path = path_between(
        db, ("One", "The river rose in the night.", "A"), ("Two", "Parliament adjourned at noon.", "B")
    )
    assert "Who came first" not in empty_client.get(path).text


def test_markup_in_a_name_is_escaped_in_observations(empty_client: TestClient, db: Database) -> None:
    hostile = "<script>alert(1)</script>"
    text = "The minister said on Monday that the bridge would be built before the winter comes."
    path = path_between(
        db, ("One", text, hostile), ("Two", f"{text}\n\nThis was first reported by {hostile}.", "")
    )
    page = empty_client.get(path).text
    assert "names &lt;script&gt;alert(1)&lt;/script&gt;, the publisher of the other text" in section(page)
    assert "<script>alert" not in page


def test_htmx_gets_the_observations_with_the_part(client: TestClient, seeded_db: Database) -> None:
    part = client.get(seeds_path(seeded_db) + "?view=inline", headers={"HX-Request": "true"}).text
    assert 'id="first"' in part
    assert "<html" not in part
