"""Correcting the alignment: pins are in the link, kept by every link, and added and removed by plain links."""

import html
import re
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient

from app.collation.model import Pins, Row
from app.collation.pipeline import ENGINE
from app.db.engine.base import Database
from app.permalinks import MAX_PINS
from app.services import comparisons
from tests.web.comparison.comparing import heard, path_between, seeds_path

pytestmark = pytest.mark.both

BRIDGE = "The council will close the harbour bridge for six weeks from Monday, engineers said."
FERRIES = "Ferries will carry passengers across the water while the work goes on."
CRANE = "Nobody was hurt when a crane fell on the quay in March, the police told reporters."
RAIN = "Rain is expected until Thursday, with strong winds along the coast."
BASE = ("", "\n\n".join([BRIDGE, RAIN, FERRIES]), "The Courier")
WITNESS = ("", "\n\n".join([BRIDGE + " Really.", FERRIES + " Yes.", CRANE]), "The Herald")


@pytest.fixture
def path(db: Database) -> str:
    return path_between(db, BASE, WITNESS)


@pytest.fixture
def reader(empty_client: TestClient) -> TestClient:
    return empty_client


def links(page: str, start: str = "") -> list[str]:
    return [
        link for link in map(html.unescape, re.findall(r'href="([^"]+)"', page)) if link.startswith(start)
    ]


def rows(db: Database, path: str, pins: Pins) -> tuple[Row, ...]:
    base, _, witness = path.removeprefix("/compare/").partition("..")
    return comparisons.open_or_make(db, base, witness, pins=pins).comparison.collation.rows


@pytest.mark.parametrize(
    ("pins", "canonical"),
    [
        ("?pins=7x9,3-4", "?pins=3-4,7x9"),
        ("?pins=3-4,3-4&view=inline", "?pins=3-4&view=inline"),
        ("?pins=&show=changes", "?show=changes"),
        ("?pins=,", ""),
        ("?pins=3-4&pins=2-2", "?pins=2-2,3-4"),
    ],
)
@pytest.mark.parametrize("tail", ["", "/rows/2", "/rows/2/pair"])
def test_each_set_of_pins_has_one_address(
    reader: TestClient, path: str, pins: str, canonical: str, tail: str
) -> None:
    for start in ("", "/api") if not tail else ("",):
        answer = reader.get(start + path + tail + pins)
        assert answer.status_code == 303
        assert answer.headers["Location"] == start + path + tail + canonical


def test_the_canonical_address_may_be_written_in_percent_signs(reader: TestClient, path: str) -> None:
    assert reader.get(f"{path}?pins=0-0%2C1x2").status_code == 200


@pytest.mark.parametrize("pins", ["3", "3~4", "a-b", "-1-2", "3-4-5", "1" * 20 + "-1", "3-4\u0000"])
@pytest.mark.parametrize("tail", ["", "/rows/1", "/rows/1/pair", "/pinned"])
def test_invalid_pins_are_refused_with_a_reason(reader: TestClient, path: str, pins: str, tail: str) -> None:
    answer = reader.get(path + tail, params={"pins": pins})
    assert answer.status_code == 422
    assert "This link’s pins cannot be read." in heard(html.unescape(answer.text)).replace("'", "’")


@pytest.mark.parametrize(
    ("pins", "words"),
    [
        ("0-99", "no paragraph 0 and 99"),
        ("0-0,0x0", "pins two paragraphs together and keeps them apart"),
        ("0-0,0-1,1-1,1x0", "1x0 keeps apart what other pins bring into one row"),
        (",".join(f"0-{number}" for number in range(MAX_PINS + 1)), f"more than {MAX_PINS} pins"),
    ],
)
def test_pins_that_cannot_be_kept_are_refused_in_words(
    reader: TestClient, path: str, pins: str, words: str
) -> None:
    answer = reader.get(path, params={"pins": pins})
    assert answer.status_code == 422
    assert words in heard(answer.text)
    assert reader.get(f"/api{path}", params={"pins": pins}).json()["error"]["message"]


def test_every_link_of_a_pinned_page_keeps_the_pins(reader: TestClient, path: str) -> None:
    base, _, witness = path.removeprefix("/compare/").partition("..")
    for tail in ("?pins=0-1,2x0", "?pins=0-1,2x0&view=inline&show=changes", "/rows/1?pins=0-1,2x0"):
        page = reader.get(path + tail).text
        plain = re.sub(r'<a[^>]*class="undo".*?</a>', "", page)
        page_links = [*links(plain, "/compare/"), *links(plain, "/api/compare/")]
        assert len(page_links) > 3
        for link in page_links:
            if f"{witness}..{base}" in link:
                assert "?pins=1-0,0x2" in link
            else:
                assert re.search(r"[?]pins=(0-0,)?0-1,|[?]pins=.*0x1", link), link


def test_a_pinned_page_names_itself_with_its_pins(reader: TestClient, path: str) -> None:
    for tail in ("?pins=0-1", "/rows/1?pins=0-1"):
        page = reader.get(path + tail).text
        assert f'<link rel="canonical" href="http://localhost{path}{tail}">' in page
        assert f'og:url" content="http://localhost{path}{tail}"' in page
    assert "Made around 1 pin of a reader." in reader.get(f"{path}?pins=0-1").text.partition("og:url")[0]


def test_the_api_gives_the_pinned_document(reader: TestClient, path: str) -> None:
    assert "pins" not in reader.get(f"/api{path}").json()
    document = reader.get(f"/api{path}?pins=1-2,2x1").json()
    assert document["pins"] == {"together": [[1, 2]], "apart": [[2, 1]]}
    assert [1] in [row["base"] for row in document["rows"] if row["witness"] == [2]]


def test_a_cached_pinned_page_is_answered_by_304(reader: TestClient, path: str) -> None:
    pinned, plain = reader.get(f"{path}?pins=1-2"), reader.get(path)
    assert pinned.headers["ETag"] != plain.headers["ETag"]
    headers = {"If-None-Match": pinned.headers["ETag"]}
    assert reader.get(f"{path}?pins=1-2", headers=headers).status_code == 304
    assert reader.get(path, headers=headers).status_code == 200


def test_the_page_lists_its_pins_and_offers_to_remove_them(reader: TestClient, path: str) -> None:
    page = reader.get(f"{path}?pins=1-2,0x0&view=inline").text
    line = page.partition('class="pins"')[2].partition("</div>")[0]
    assert "Made around 2 pins of a reader:" in heard(line)
    assert "¶1 with ¶2 together" in heard(line)
    assert "the headline and the headline kept apart" in heard(line)
    assert [link for link in links(line) if not link.startswith("#")] == [
        f"{path}?pins=0x0&view=inline", f"{path}?pins=1-2&view=inline", f"{path}?view=inline",
    ]  # fmt: skip
    assert "put together by a reader" in heard(page)
    assert "kept apart from the headline of The Herald by a reader" in heard(page)
    assert 'class="pins"' not in reader.get(path).text


def test_every_row_leads_to_the_page_that_overrules_it(reader: TestClient, path: str) -> None:
    page = reader.get(path).text
    count = page.count('class="row ')
    row_links = links(page, f"{path}/rows/")
    assert [link for link in row_links if link.endswith("/pair")] == [
        f"{path}/rows/{number}/pair" for number in range(1, count + 1)
    ]
    for number in range(1, count + 1):
        assert reader.get(f"{path}/rows/{number}/pair").status_code == 200
    assert reader.get(f"{path}/rows/{count + 1}/pair").status_code == 404
    assert reader.get(f"{path}/rows/x/pair").status_code == 404


def follow(reader: TestClient, link: str) -> str:
    """Follow a link of the pairing page; return the path, query and fragment at its end."""
    answer = reader.get(link)
    assert answer.status_code == 303
    return answer.headers["Location"]


def test_one_link_keeps_a_pair_apart(reader: TestClient, db: Database, path: str) -> None:
    for page in (f"{path}/rows/1", f"{path}/rows/1/pair"):
        link = links(reader.get(page).text, f"{path}/pinned")[0]
        assert follow(reader, link) == f"{path}?pins=0x0#row-2"
    pinned_rows = rows(db, path, Pins(apart=((0, 0),)))
    assert all(row.base != (0,) or row.witness != (0,) for row in pinned_rows)


def test_an_omitted_paragraph_is_put_to_the_one_it_belongs_with(
    reader: TestClient, db: Database, path: str
) -> None:
    page = reader.get(f"{path}/rows/2/pair").text
    assert "These do not belong together" not in page
    assert RAIN in page
    offered = re.findall(r'<span class="num">(\w)</span>', page)
    assert offered == ["H", "1", "2"]
    assert "now with the headline of The Courier" in heard(page)
    assert "has no partner" in heard(page)
    target = follow(reader, links(page, f"{path}/pinned")[2])
    assert target == f"{path}?pins=1-2#row-2"
    parts = urlsplit(target)
    shown = reader.get(f"{parts.path}?{parts.query}").text
    row = shown.partition('id="row-2"')[2].partition("</tr>")[0]
    assert "put together by a reader" in row
    assert ((1,), (2,)) in [(row.base, row.witness) for row in rows(db, path, Pins(together=((1, 2),)))]


def test_what_comes_of_a_pin_is_seen_where_only_changes_were_shown(reader: TestClient, path: str) -> None:
    page = reader.get(f"{path}/rows/1/pair?show=changes&view=inline").text
    link = links(page, f"{path}/pinned?pins=0x0&view=inline&show=changes")[0]
    assert follow(reader, link) == f"{path}?pins=0x0&view=inline#row-2"


def test_either_paragraph_of_a_row_can_be_chosen(reader: TestClient, path: str) -> None:
    page = reader.get(f"{path}/rows/1/pair").text
    base, witness = (link for link in links(page, f"{path}/rows/1/pair?of="))
    assert (base[-2:], witness[-2:]) == ("b0", "w0")
    other = reader.get(witness).text
    assert BRIDGE + " Really." in other
    assert "belongs with this paragraph of The Courier" in heard(other)
    assert [link.partition("pins=")[2] for link in links(other, f"{path}/pinned")] == [
        "0x0&at=0", "1-0&at=1", "2-0&at=2",
    ]  # fmt: skip
    assert reader.get(f"{path}/rows/1/pair?of=nonsense").text == page


def test_a_further_pin_is_added_and_overrules_its_opposite(reader: TestClient, path: str) -> None:
    page = reader.get(f"{path}/rows/1/pair?pins=0x0&view=inline").text
    queries = [link.partition("/pinned")[2] for link in links(page, f"{path}/pinned")]
    assert "?pins=0-0&view=inline&at=0" in queries
    assert any(link.startswith("?pins=1-0,0x0&view=inline") for link in queries)
    assert all("view=inline" in link for link in queries)


def test_a_pin_that_contradicts_others_through_a_third_is_not_offered(reader: TestClient, path: str) -> None:
    pins = "0-0,0-1,1-1"
    page = reader.get(f"{path}/rows/1/pair?pins={pins}").text
    for link in links(page, f"{path}/pinned"):
        answer = reader.get(link)
        assert answer.status_code == 303, link


def test_far_paragraphs_are_offered_on_further_pages(reader: TestClient, db: Database) -> None:
    text = "\n\n".join(f"Witness {number} saw car {number * 7} at gate {number * 3}." for number in range(95))
    path = path_between(db, ("", text, "Police"), ("", text + "\n\nOne more.", "Fire"))
    first = reader.get(f"{path}/rows/50/pair").text
    assert first.count('class="num"') == 40
    (farther,) = (link for link in links(first) if "beyond=" in link)
    second = reader.get(farther).text
    nearer, last = (link for link in links(second) if "beyond=" in link)
    assert reader.get(nearer).text.count('class="num"') == 40
    assert reader.get(last).text.count('class="num"') == 15


def test_pairing_leads_to_the_part_of_a_long_comparison_that_holds_the_row(
    reader: TestClient, db: Database
) -> None:
    text = "\n\n".join(
        f"Witness {number} saw car {number * 7} at gate {number * 3}." for number in range(700)
    )
    path = path_between(db, ("", text, "Police"), ("", text, "Fire"))
    (apart,) = links(reader.get(f"{path}/rows/600").text, f"{path}/pinned")
    target = follow(reader, apart)
    assert re.fullmatch(re.escape(path) + r"\?pins=599x599&from=601#row-601", target)
    assert 'id="row-601"' in reader.get(target.partition("#")[0]).text


def test_nobody_needs_a_key_to_pin(client_for, db: Database) -> None:  # type: ignore[no-untyped-def]  # the fixture's own type is in conftest
    client = client_for(db, edit_key="a long enough key to edit with")
    path = path_between(db, BASE, WITNESS)
    assert client.get(f"{path}?pins=1-2").status_code == 200


def test_an_engine_named_in_the_address_keeps_its_pins(reader: TestClient, path: str) -> None:
    page = reader.get(f"{path}/engine/{ENGINE}?pins=1-2").text
    assert f"{path}/engine/{ENGINE}/rows/1/pair?pins=1-2" in links(page)
    assert reader.get(f"{path}/engine/{ENGINE}/rows/1/pair?pins=1-2").status_code == 200
    assert reader.get(f"{path}/engine/0.1/rows/1/pair?pins=1-2").status_code == 404


def test_hostile_text_renders_as_itself_on_the_pairing_page(reader: TestClient, db: Database) -> None:
    hostile = "<script>alert(1)</script> & \"'"
    path = path_between(db, ("", f"{hostile}\n\nOne.", hostile), ("", f"Two.\n\n{hostile}", "B"))
    for number in (1, 2, 3):
        page = reader.get(f"{path}/rows/{number}/pair").text
        assert "<script>alert" not in page


def test_the_seeds_can_be_paired_by_hand_in_every_row(client: TestClient, seeded_db: Database) -> None:
    path = seeds_path(seeded_db)
    for number in range(1, client.get(path).text.count('class="row ') + 1):
        assert client.get(f"{path}/rows/{number}/pair").status_code == 200


def test_many_pins_are_folded_away(client: TestClient, seeded_db: Database) -> None:
    pins = ",".join(f"{number}-{number}" for number in range(2, 14))
    page = client.get(f"{seeds_path(seeded_db)}?pins={pins}").text
    fold = page.partition('<details class="pins">')[2].partition("</details>")[0]
    assert "<summary>Made around 12 pins of a reader</summary>" in fold
    assert fold.count('class="undo"') == 13
