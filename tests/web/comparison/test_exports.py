"""The findings as files: what is in them, that no spreadsheet computes an article's words, and caching."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from fastapi.testclient import TestClient

from app.collation.model import Change
from app.db.engine.base import Database
from app.exports.escaping import cleaned
from app.exports.formats import spreadsheet
from app.web.pages.findings import export
from app.web.pages.table.comparison_view import ComparisonView
from tests.web.comparison.comparing import (
    BASE_ID,
    WITNESS_ID,
    comparison,
    path_between,
    row,
    seeds_path,
    side,
)

COLUMNS = [
    *("kind", "row", "finding", "furniture", "base_paragraphs", "witness_paragraphs", "base_words"),
    *("witness_words", "says", "rule", "link", "notes"),
]
FORMATS = Path(__file__).parents[3] / "docs" / "formats.md"


@pytest.fixture
def toll(seeded_db: Database) -> str:
    """Two texts with a quotation, a number and a name that differ, and a paragraph that each has alone."""
    left_out = "The keeper of the lighthouse has painted its door green again this spring."
    return path_between(
        seeded_db,
        (
            "Toll",
            f"Toll\n\nIt costs 4.50 a trip in Oslo. “We are glad of it,” she said on the bridge.\n\n{left_out}",
            "A",
        ),
        ("Toll", "Toll\n\nIt costs 5.40 a trip in Rome. “We are sure of it,” she said on the bridge.", "B"),
    )


def table(content: bytes) -> list[dict[str, str]]:
    """Return the lines of a CSV file as a spreadsheet reads them."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_the_csv_holds_a_line_a_finding_and_a_line_a_paragraph_left_out(
    client: TestClient, toll: str
) -> None:
    answer = client.get(f"{toll}/findings.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    ids = toll.removeprefix("/compare/").replace("..", "-")
    assert answer.headers["content-disposition"] == f'attachment; filename="findings-{ids}.csv"'
    assert answer.content.startswith(b"\xef\xbb\xbf" + ",".join(COLUMNS).encode() + b"\r\n")
    lines = table(answer.content)
    assert [line["kind"] for line in lines] == ["number", "name", "quotation", "omitted"]
    number, _, quotation, left_out = lines
    assert (number["base_words"], number["witness_words"]) == ("4.50", "5.40")
    assert (number["base_paragraphs"], number["witness_paragraphs"]) == ("1", "1")
    assert number["rule"] == "number-changed"
    assert number["says"] == "number changed: 4.50 → 5.40"
    assert number["link"] == f"http://localhost{toll}/rows/2?finding=1"
    assert quotation["base_words"] == "“We are glad of it,”"
    assert left_out["base_words"].startswith("The keeper of the lighthouse")
    assert (left_out["witness_words"], left_out["finding"], left_out["rule"]) == ("", "", "")
    assert left_out["says"] == "only in A"


def test_the_json_has_the_same_findings_and_names_its_comparison(client: TestClient, toll: str) -> None:
    answer = client.get(f"{toll}/findings.json")
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["content-disposition"].endswith('.json"')
    document = answer.json()
    assert document["link"] == f"http://localhost{toll}"
    assert (document["base"]["label"], document["witness"]["publisher"]) == ("A", "B")
    lines = table(client.get(f"{toll}/findings.csv").content)
    assert [finding["link"] for finding in document["findings"] + document["omitted"]] == [
        line["link"] for line in lines
    ]
    assert document["findings"][0]["base_paragraphs"] == ["1"]
    assert document["added"] == document["moved"] == []


@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_file_holds_the_kinds_that_are_chosen_alone(client: TestClient, toll: str, form: str) -> None:
    content = client.get(f"{toll}/findings.{form}?kind=name,number").content
    if form == "csv":
        assert [line["kind"] for line in table(content)] == ["number", "name"]
    else:
        document = client.get(f"{toll}/findings.json?kind=name,number").json()
        assert document["kinds"] == ["number", "name"]
        assert [finding["kind"] for finding in document["findings"]] == ["number", "name"]
        assert "omitted" not in document


def test_quiet_kinds_are_exported_on_request(client: TestClient, seeded_db: Database) -> None:
    path = seeds_path(seeded_db)
    assert {line["kind"] for line in table(client.get(f"{path}/findings.csv?kind=wording").content)} == {
        "wording"
    }
    without = {line["kind"] for line in table(client.get(f"{path}/findings.csv").content)}
    assert without.isdisjoint({"wording", "typography"})
    furniture = [
        line for line in table(client.get(f"{path}/findings.csv").content) if line["furniture"] == "yes"
    ]
    assert {line["base_paragraphs"] for line in furniture if line["kind"] == "omitted"} == {"f"}


@pytest.mark.parametrize("form", ["csv", "json"])
def test_the_page_links_to_the_exports_of_its_view(client: TestClient, toll: str, form: str) -> None:
    page = client.get(f"{toll}?kind=number&view=inline").text
    assert f'href="{toll}/export?kind=number"' in page
    page = client.get(f"{toll}/export?kind=number").text
    match = re.search(rf'href="([^"]*findings\.{form}[^"]*)"', page)
    assert match
    assert match[1] == f"{toll}/findings.{form}?kind=number"
    assert client.get(match[1]).status_code == 200


@pytest.mark.parametrize("form", ["csv", "json"])
def test_an_unchanged_file_answers_304_and_another_choice_does_not(
    client: TestClient, toll: str, form: str
) -> None:
    path = f"{toll}/findings.{form}"
    tag = client.get(path).headers["ETag"]
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    assert client.get(f"{path}?kind=number", headers={"If-None-Match": tag}).status_code == 200
    other = "json" if form == "csv" else "csv"
    assert client.get(f"{toll}/findings.{other}", headers={"If-None-Match": tag}).status_code == 200


def test_an_engines_and_a_pinned_comparisons_findings_have_addresses_of_their_own(
    client: TestClient, toll: str
) -> None:
    engine = client.get(f"{toll}/findings.json").json()["engine"]
    by_engine = client.get(f"{toll}/engine/{engine}/findings.json").json()
    assert by_engine["findings"][0]["link"].startswith(f"http://localhost{toll}/engine/{engine}/rows/")
    assert client.get(f"{toll}/engine/{engine}/findings.csv").status_code == 200
    assert client.get(f"{toll}/engine/0.0/findings.csv").status_code == 404
    pinned = client.get(f"{toll}/findings.json?pins=1x1").json()
    assert pinned["link"] == f"http://localhost{toll}?pins=1x1"
    assert [finding["base_paragraphs"] for finding in pinned["omitted"]] == [["1"], ["2"]]
    assert all("pins=1x1" in finding["link"] for finding in pinned["omitted"])
    other_order = client.get(f"{toll}/findings.csv?pins=1x1,0-0", follow_redirects=False)
    assert other_order.headers["location"] == f"{toll}/findings.csv?pins=0-0,1x1"


def test_links_use_the_public_address(client_for, seeded_db: Database) -> None:  # type: ignore[no-untyped-def]  # the fixture's own type is in conftest
    client = client_for(seeded_db, public_url="https://variorum.example.org")
    path = seeds_path(seeded_db)
    assert all(
        line["link"].startswith(f"https://variorum.example.org{path}/rows/")
        for line in table(client.get(f"{path}/findings.csv").content)
    )


@pytest.mark.parametrize("address", ["abc..def", "b" * 16 + ".." + "b" * 16])
def test_what_is_not_there_is_a_404(client: TestClient, address: str) -> None:
    assert client.get(f"/compare/{address}/findings.csv").status_code == 404
    assert client.get(f"/compare/{address}/findings.json").status_code == 404


HOSTILE = [
    '=HYPERLINK("http://evil.example","4")',
    "\u200b=1+1",
    "\u2060\ufeff+1",
    "\u202e-1",
    "\xad\u3164@x",
    "\x0b\x1c=1+1",
    "a\x00bell\x07 and \x1b[2J",
    "\u2028=1+1",
    "+1 said",
    "-2 said",
    "@SUM(A1)",
    "\t=1",
    "＝1+1",
    '"quoted", and, commas',
    "<script>alert(1)</script>",
    "שלום",
    "line\nline",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_no_words_of_an_article_are_a_formula_or_break_a_line(words: str) -> None:
    long_words = comparison(
        side([words], "=cmd|' /C calc'!A0"),
        side(["Other."], "The Witness"),
        [
            row(1, "omitted", [0], [], [Change("delete", (0, len(words)), (0, 0))]),
            row(2, "added", [], [0], [Change("insert", (0, 0), (0, 6))]),
        ],
    )
    path = f"/compare/{BASE_ID}..{WITNESS_ID}"
    findings = list(export.lines(long_words, path, ComparisonView(), "http://localhost"))
    written = b"".join(export.as_csv(findings))
    (line, _) = table(written)
    assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", written)
    assert not re.match(r"\s*[=+\-@＝＋－＠]", line["base_words"])
    shown = cleaned(words)
    assert line["base_words"].removeprefix("'") == shown
    visible = shown.lstrip("\t\v\x1c\xad\u200b\u2028\u202e\u2060\u3164\ufeff")
    assert (line["base_words"] != shown) == (visible[0] in "=+-@＝")
    assert findings[0].base_words == words


def documented(heading: str, after: str) -> list[str]:
    """Return the first column of the table that follows ``after`` under ``heading`` in docs/formats.md."""
    part = FORMATS.read_text(encoding="utf-8").partition(f"## {heading}")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (`.*?) \|", part.partition(after)[2].partition("\n\n")[0], re.MULTILINE)
    return [name for cell in rows for name in re.findall(r"`(\w+)`", cell)]


def test_the_files_are_documented(client: TestClient, toll: str) -> None:
    exported: dict[str, Any] = client.get(f"{toll}/findings.json").json()
    heading = "`findings.csv` and `findings.json`"
    assert documented(heading, "is a line of the CSV:\n\n") == COLUMNS
    assert documented(heading, "paragraphs as lists:\n\n") == list(exported)
    assert list(exported["findings"][0]) == COLUMNS
    assert list(exported["omitted"][0]) == [
        name for name in COLUMNS if name not in ("kind", "finding", "rule")
    ]


def test_a_long_file_is_written_in_parts() -> None:
    texts = [f"Paragraph {number} of the base alone." for number in range(2_500)]
    long_comparison = comparison(
        side(texts, "A"), side(["x"], "B"), [row(n, "omitted", [n - 1], []) for n in range(1, 2_501)]
    )
    path, view = f"/compare/{BASE_ID}..{WITNESS_ID}", ComparisonView()
    parts = list(export.as_csv(export.lines(long_comparison, path, view, "http://localhost")))
    assert len(table(b"".join(parts))) == 2_500
    assert max(part.count(b"\r\n") for part in parts) == export.LINES_AT_ONCE
    parts = list(
        export.as_json(
            long_comparison, export.lines(long_comparison, path, view, "http://localhost"), view, "http://l"
        )
    )
    read = json.loads(b"".join(parts))
    assert [read["findings"], len(read["omitted"]), read["added"], read["moved"]] == [[], 2_500, [], []]
    assert max(part.count(b'"says"') for part in parts) == export.LINES_AT_ONCE


def test_of_a_line_only_what_may_hold_a_formula_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    disarmed = Mock(side_effect=spreadsheet.disarmed)
    monkeypatch.setattr(export, "disarmed", disarmed)
    line = export.Line(
        "number", 7, 1, True, ("4",), (), "Four \x00came.", "=4", "“4” for 4", "r", "http://l/x"
    )
    content = b"".join(export.as_csv([line])).decode()
    assert [call.args[0] for call in disarmed.call_args_list] == ["Four \ufffdcame.", "=4", "“4” for 4"]
    assert "Four \ufffdcame." in content
