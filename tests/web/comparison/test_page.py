import html
import re

import pytest
from fastapi.testclient import TestClient

from app.collation import pipeline
from app.db.engine.base import Database
from app.services.articles import store
from tests.web.comparison.comparing import added, heard, path_between, seeds_path
from tests.web.conftest import ClientFor

HTMX = {"HX-Request": "true"}
TELLING = "… Europe continue to put pressure on the Chinese side."


@pytest.fixture
def seeds(seeded_db: Database) -> str:
    return seeds_path(seeded_db)


@pytest.fixture
def dong(client: TestClient, seeds: str) -> tuple[int, int]:
    """The row of Dong Jun's quotation, and the finding's number in it."""
    match = re.search(r'<li class="note" id="row-(\d+)-(\d+)"', client.get(seeds).text)
    assert match
    return int(match[1]), int(match[2])


def test_the_page_sums_up_the_comparison_in_one_sentence(client: TestClient, seeds: str) -> None:
    page = heard(client.get(seeds).text)
    assert (
        "All 18 paragraphs of “Chinese defense chief offers…” also appear in Newsweek; 17 are reworded."
        in page
    )
    assert "3 of 6 shared quotations are worded differently." in page


def test_findings_are_listed_and_shown_in_place_with_both_wordings(
    client: TestClient, seeds: str, dong: tuple[int, int]
) -> None:
    page = client.get(seeds).text
    anchor = f"row-{dong[0]}-{dong[1]}"
    assert page.count('class="note"') == 3
    assert f'<a href="#{anchor}"><span class="place">¶4</span>' in page
    note = heard(page.partition(f'id="{anchor}"')[2].partition("</li>")[0])
    assert "put pressure [only in Newsweek: on end] the Chinese side" in note
    assert "put [only in B: forward end] pressure [only in B: from end] the Chinese side" in note


def test_the_other_way_round_shows_the_same_three_quotations(client: TestClient, seeds: str) -> None:
    base, _, witness = seeds.removeprefix("/compare/").partition("..")
    page = client.get(f"/compare/{witness}..{base}").text
    assert page.count('class="note"') == 3
    assert f'href="{seeds}"' in page


def test_every_row_can_be_linked_to_and_has_a_page_of_its_own(client: TestClient, seeds: str) -> None:
    page = client.get(seeds).text
    rows = re.findall(r'<tr id="row-(\d+)"', page)
    assert rows == [str(number) for number in range(1, len(rows) + 1)]
    for number in rows:
        assert f'href="{seeds}/rows/{number}"' in page
        assert client.get(f"{seeds}/rows/{number}").status_code == 200


def test_each_link_inside_the_page_leads_to_something_on_it(client: TestClient, seeds: str) -> None:
    page = client.get(seeds).text
    anchors = set(re.findall(r'href="#([^"]+)"', page))
    assert anchors
    assert [anchor for anchor in anchors if f'id="{anchor}"' not in page] == []


def test_ids_are_not_used_twice(client: TestClient, seeds: str) -> None:
    ids = re.findall(r'\sid="([^"]+)"', client.get(seeds).text)
    assert len(ids) == len(set(ids))


def test_a_shared_link_previews_the_changes(client: TestClient, seeds: str) -> None:
    page = client.get(seeds).text
    title = html.unescape(re.search(r'og:title" content="([^"]*)"', page)[1])  # type: ignore[index]  # the page must have one
    description = html.unescape(re.search(r'og:description" content="([^"]*)"', page)[1])  # type: ignore[index]  # the page must have one
    assert title.startswith("3 quotations reworded: Newsweek and “Chinese defense chief offers…”")
    assert "All 18 paragraphs" in description
    assert "put pressure on the Chinese side" in description
    assert "put forward pressure from the Chinese side" in description


def test_a_shared_row_previews_that_row(client: TestClient, seeds: str, dong: tuple[int, int]) -> None:
    page = client.get(f"{seeds}/rows/{dong[0]}?finding={dong[1]}").text
    description = html.unescape(re.search(r'og:description" content="([^"]*)"', page)[1])  # type: ignore[index]  # the page must have one
    assert "Newsweek: " + TELLING in description
    assert f'og:url" content="http://localhost{seeds}/rows/{dong[0]}?finding={dong[1]}"' in page


def test_a_row_is_cited_with_both_texts_the_places_and_the_words(client: TestClient, seeds: str) -> None:
    page = html.unescape(client.get(f"{seeds}/rows/14").text)
    (cited,) = re.findall(r'id="citation" dir="auto">([^<]*)<', page)
    assert cited.startswith(
        "Newsweek, “China Offers Full Support to Russia on Ukraine War” (no date stated), ¶12: “He stated: "
    )
    assert "do not form a military bloc,” emphasizing the unique nature" in cited
    assert "; Publisher not stated, “Chinese defense chief offers full support" in cited
    assert cited.endswith(f". Compared by Variorum: http://localhost{seeds}/rows/14")


def test_previews_and_permalinks_use_the_public_address(client_for, seeded_db: Database) -> None:  # type: ignore[no-untyped-def]  # the fixture's own type is in conftest
    client = client_for(seeded_db, public_url="https://variorum.example.org")
    page = client.get(f"{seeds_path(seeded_db)}/rows/6").text
    assert f'content="https://variorum.example.org{seeds_path(seeded_db)}/rows/6"' in page
    assert f">https://variorum.example.org{seeds_path(seeded_db)}/rows/6</a>" in page


@pytest.mark.parametrize(
    "query",
    ["", "?view=inline", "?show=changes", "?typography=shown", "?view=inline&show=changes", "?kind=wording"],
)
def test_htmx_gets_the_part_that_a_choice_of_view_changes(client: TestClient, seeds: str, query: str) -> None:
    whole = client.get(seeds + query).text
    part = client.get(seeds + query, headers=HTMX)
    assert part.status_code == 200
    assert "<html" not in part.text
    assert part.text.strip().startswith('<div id="comparison">')
    assert part.text.strip() in whole
    assert "HX-Request" in part.headers["Vary"]


def test_going_back_in_the_history_gets_the_whole_page(client: TestClient, seeds: str) -> None:
    restored = client.get(seeds, headers=HTMX | {"HX-History-Restore-Request": "true"}).text
    assert restored.startswith("<!doctype html>")


def test_a_row_page_is_whole_under_htmx_too(client: TestClient, seeds: str) -> None:
    assert client.get(f"{seeds}/rows/6", headers=HTMX).text.startswith("<!doctype html>")


def test_inline_shows_both_wordings_in_one_column(
    client: TestClient, seeds: str, dong: tuple[int, int]
) -> None:
    page = client.get(seeds + "?view=inline").text
    row = heard(page.partition(f'<tr id="row-{dong[0]}"')[2].partition("</tr>")[0])
    assert "pressure [only in Newsweek: on end]" in row
    assert "[only in B: from end]" in row


def test_typography_is_shown_on_request_alone(client: TestClient, seeds: str) -> None:
    row = '<tr id="row-18"'
    plain = client.get(seeds).text.partition(row)[2].partition("</tr>")[0]
    shown = client.get(seeds + "?typography=shown").text
    assert "“</ins>" not in plain
    assert '<ins class="quiet"><bdi> [only in B: </bdi>“<bdi' in shown


def test_a_chosen_kind_shows_typography_where_that_is_the_kind(client: TestClient, seeds: str) -> None:
    page = client.get(f"{seeds}?kind=typography").text
    assert '<ins class="quiet"><bdi> [only in B: </bdi>“' in page


def test_an_unchanged_page_answers_304(client: TestClient, seeds: str) -> None:
    first = client.get(seeds)
    again = client.get(seeds, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["ETag"] == first.headers["ETag"]


@pytest.mark.parametrize("other", ["?view=inline", "?typography=shown", "/rows/3"])
def test_another_view_is_another_page_for_a_cache(client: TestClient, seeds: str, other: str) -> None:
    tag = client.get(seeds).headers["ETag"]
    assert client.get(seeds + other, headers={"If-None-Match": tag}).status_code == 200
    assert client.get(seeds, headers=HTMX | {"If-None-Match": tag}).status_code == 200


def test_a_page_with_a_newer_engine_is_another_page_for_a_cache(
    client_for: ClientFor, seeded_db: Database, seeds: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_for(seeded_db, page_cache=0)  # no server changes its engine while it keeps pages
    tag = client.get(seeds).headers["ETag"]
    monkeypatch.setattr(pipeline, "ENGINE", "999.0")
    page = client.get(seeds, headers={"If-None-Match": tag})
    assert page.status_code == 200
    assert f'<a href="{seeds}/engine/999.0">' in page.text
    newer = client.get(f"{seeds}/engine/999.0")
    assert newer.status_code == 200
    assert "See the newer engine" not in newer.text
    assert f'href="{seeds}/engine/999.0/rows/6"' in newer.text
    assert client.get(f"{seeds}/engine/999.0/rows/6").status_code == 200


def test_a_stored_comparison_stays_when_the_text_is_edited(client: TestClient, seeded_db: Database) -> None:
    path = path_between(seeded_db, ("One", "One.\n\nIt said yes.", "A"), ("Two", "Two.\n\nIt said no.", "B"))
    before = client.get(path).text
    base = path.removeprefix("/compare/").partition("..")[0]
    article = store.by_revision(seeded_db, base).article
    client.post(f"/articles/{article}/edit", data={"title": "One", "text": "Else entirely.", "revision": "1"})
    assert client.get(path).text == before


def test_two_revisions_of_an_article_are_told_apart_by_their_numbers(
    client: TestClient, seeded_db: Database
) -> None:
    path = path_between(seeded_db, ("One", "One.\n\nIt said yes.", "A"), ("Two", "Two.\n\nIt said no.", "B"))
    assert "Revision 1" not in heard(client.get(path).text)
    base = path.removeprefix("/compare/").partition("..")[0]
    article = store.by_revision(seeded_db, base).article
    client.post(f"/articles/{article}/edit", data={"title": "One", "text": "It said maybe.", "revision": "1"})
    newest = store.read(seeded_db, article).revision
    bar, _, below = client.get(f"/compare/{base}..{newest}").text.partition('class="verdict"')
    assert heard(bar).index("Revision 1 · no date stated") < heard(bar).index("Revision 2 · no date stated")
    assert "not in Revision 2" in heard(below) or "Only in Revision 1" in heard(below)
    assert "(first)" not in heard(below)


@pytest.mark.parametrize("finding", ["", "?finding=1"])
def test_pages_of_a_row_of_two_revisions_have_their_numbers(
    client: TestClient, seeded_db: Database, finding: str
) -> None:
    base = added(seeded_db, "Harbour", "Harbour.\n\nThe pier closed for 12 days after the storm.", "Courier")
    article = store.by_revision(seeded_db, base).article
    text = "The pier closed for 21 days after the storm."
    client.post(f"/articles/{article}/edit", data={"title": "Harbour", "text": text, "revision": "1"})
    comparison = f"/compare/{base}..{store.read(seeded_db, article).revision}"
    row = re.search(r"/rows/\d+\?finding=1", client.get(comparison).text)
    assert row
    words = heard(client.get(comparison + row[0].removesuffix("?finding=1") + finding).text)
    assert words.index("Revision 1 · no date stated") < words.index("Revision 2 · no date stated")
    assert "(first)" not in words


def test_other_wording_is_told_beside_findings_where_no_sentence_warns_of_it(
    client: TestClient, seeded_db: Database
) -> None:
    kept = [f"The council of the harbour met on day {number} and went home again." for number in range(4)]
    base = ["Forty ships lay in the harbour.", "It met in the large hall by the sea.", *kept]
    witness = ["Fifty ships lay in the harbour.", "It met in the big hall by the sea.", *kept]
    path = path_between(seeded_db, ("One", "\n\n".join(base), "A"), ("Two", "\n\n".join(witness), "B"))
    page = heard(client.get(path).text)
    assert "1 number differs. No changed quotation, date, name or negation was found." in page
    assert "The wording changed in 1 paragraph: read it." in page


def test_a_titles_link_leads_to_the_text_that_was_compared_after_an_edit_too(
    client: TestClient, seeded_db: Database
) -> None:
    path = path_between(seeded_db, ("One", "One.\n\nIt said yes.", "A"), ("Two", "Two.\n\nIt said no.", "B"))
    base = path.removeprefix("/compare/").partition("..")[0]
    article = store.by_revision(seeded_db, base).article
    client.post(f"/articles/{article}/edit", data={"title": "One", "text": "Else entirely.", "revision": "1"})
    assert f'<a href="/revisions/{base}">' in client.get(path).text
    answer = client.get(f"/revisions/{base}")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/articles/{article}/revisions/1"


@pytest.mark.parametrize(
    "path",
    [
        "/revisions/aaaaaaaaaaaaaaaa",
        "/compare/abc..def",
        "/compare/aaaaaaaaaaaaaaaa..bbbbbbbbbbbbbbbb",
        "/compare/aaaaaaaaaaaaaaaa..bbbbbbbbbbbbbbbb/rows/1",
        "/compare/aaaaaaaaaaaaaaaa..BBBBBBBBBBBBBBBB",
        "/compare/aaaaaaaaaaaaaaaa",
        "/compare?base=aaaaaaaaaaaaaaaa&witness=bbbbbbbbbbbbbbbb",
        "/api/compare/abc..def",
        "/api/compare/aaaaaaaaaaaaaaaa..bbbbbbbbbbbbbbbb",
    ],
)
def test_what_is_not_there_is_a_404_in_words(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    "tail",
    [
        "/rows/0",
        "/rows/999",
        "/rows/x",
        "/rows/6?finding=9",
        "/rows/6?finding=0",
        "/rows/6?finding=x",
        "/engine/77",
        "/engine/77/rows/1",
    ],
)
def test_a_row_finding_or_engine_that_is_not_there_is_a_404(
    client: TestClient, seeds: str, tail: str
) -> None:
    assert client.get(seeds + tail).status_code == 404


def test_two_chosen_articles_lead_to_the_canonical_link(
    client: TestClient, seeded_db: Database, seeds: str
) -> None:
    base, _, witness = seeds.removeprefix("/compare/").partition("..")
    for base_id, witness_id in ((base, witness), (store.by_revision(seeded_db, base).article, witness)):
        answer = client.get("/compare", params={"base": base_id, "witness": witness_id})
        assert answer.status_code == 303
        assert answer.headers["location"] == seeds


def test_a_choice_of_one_text_alone_is_refused_in_words(client: TestClient) -> None:
    answer = client.get("/compare?base=aaaaaaaaaaaaaaaa")
    assert answer.status_code == 422
    assert "two texts" in answer.text


def test_an_article_with_itself_is_the_same_word_for_word(client: TestClient, seeds: str) -> None:
    base = seeds.removeprefix("/compare/").partition("..")[0]
    page = heard(client.get(f"/compare/{base}..{base}").text)
    assert "The same, word for word." in page


def test_the_legend_explains_the_marks_that_are_there(client: TestClient, seeds: str) -> None:
    def legend(path: str) -> str:
        return heard(re.findall(r'<p class="legend"[^>]*>(.*?)</p>', client.get(path).text)[0])

    assert legend(seeds) == "a finding the rest of it other wording"
    base = seeds.removeprefix("/compare/").partition("..")[0]
    assert legend(f"/compare/{base}..{base}") == "other wording"


def test_an_ellipsis_at_the_end_of_a_wording_stays_on_the_line_of_its_last_word(
    client: TestClient, seeds: str
) -> None:
    cards = client.get(seeds).text.partition('<ol class="finding-cards')[2].partition("</ol>")[0]
    assert cards.count("\u00a0…</dd>") >= 4
    assert " …</dd>" not in cards


def test_texts_without_anything_in_common_share_nothing(client: TestClient, seeded_db: Database) -> None:
    path = path_between(
        seeded_db,
        ("Harvest", "Harvest\n\nGrapes ripened early on southern hillsides.", "A"),
        ("Robots", "Robots\n\nEngineers tested walking machines underground.", "B"),
    )
    page = heard(client.get(path).text)
    assert "These two share nothing." in page
    assert "not in B" in page
    assert "not in A" in page


def test_a_difference_of_typography_alone_is_labelled(client: TestClient, seeded_db: Database) -> None:
    path = path_between(
        seeded_db,
        ("It's so", 'It\'s so\n\nHe said "yes" - and left.', "A"),
        ("It’s so", "It’s so\n\nHe said “yes” – and left.", "B"),
    )
    page = client.get(path).text
    assert "these two differ in typography alone" in page
    assert "<ins" not in page.partition("<tbody")[2]


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }} {% raw %} &amp; &#60;",
    "\u202eevil\u202c \u200bzero",
    "'; DROP TABLE article; --",
    "</p></td></tr></table><h1>out</h1>",
]


@pytest.mark.parametrize("view", ["", "?view=inline", "?typography=shown", "/rows/2", "/rows/2?finding=1"])
def test_hostile_text_renders_as_itself(client: TestClient, seeded_db: Database, view: str) -> None:
    hostile = " ".join(HOSTILE)
    path = path_between(
        seeded_db,
        (HOSTILE[0], f"{HOSTILE[0]}\n\nHe said “the {hostile} is on them” today and went away.", HOSTILE[1]),
        (
            HOSTILE[0],
            f"{HOSTILE[0]}\n\nHe said “the {hostile} is from them” today and went away.",
            HOSTILE[5],
        ),
    )
    answer = client.get(path + view)
    page = answer.text
    assert answer.status_code == 200
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "<h1>out" not in page
    assert "49" not in heard(page.partition("<main")[2].partition("</main>")[0]).replace("249", "")
    assert html.escape(HOSTILE[5], quote=False) in page
    assert hostile in html.unescape(re.sub(r"<[^>]+>", "", page))


def test_no_page_carries_an_inline_script_or_style(client: TestClient, seeds: str) -> None:
    for path in (seeds, f"{seeds}/rows/6?finding=1"):
        page = client.get(path).text
        assert not re.search(r"\sstyle=|\son\w+=|<style", page)
        assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", page))


def test_one_huge_paragraph_is_shown(client: TestClient, seeded_db: Database) -> None:
    words = [f"word{number % 4999}" for number in range(24_000)]
    other = [word if index % 3 else f"{word}x" for index, word in enumerate(words)]
    path = path_between(seeded_db, ("Huge", " ".join(words), "A"), ("Huge", " ".join(other), "B"))
    page = client.get(path)
    assert page.status_code == 200
    assert len(page.text) < 4_000_000
