"""CSV, JSON and Markdown: plain columns, no formula, no markup, everything that is known."""

import csv
import io
import json
from dataclasses import replace

import pytest

from app.collation import document
from app.exports.formats.markdown import WORD_JOINER, markdown_text, marked, plain
from app.exports.formats.spreadsheet import COLUMNS, spreadsheet
from app.exports.formats.whole_json import whole_json
from app.exports.record import Remark
from tests.unit.exports.exported import HOSTILE, HOSTILE_TEXT, MOMENT, compared, export, seeds, side

STORM = "The harbour was closed on Monday after a storm sank two boats."


def table(file: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"))))


def test_the_spreadsheet_has_titles_dates_and_addresses_in_each_line() -> None:
    lines = table(spreadsheet(export(seeds())))
    assert tuple(lines[0]) == COLUMNS
    assert {line["A publisher"] for line in lines} == {"Newsweek"}
    assert {line["A address"] for line in lines} == {"https://news.example/a"}
    finding = lines[0]
    assert finding["what"] == "Quotation reworded"
    assert finding["link"].startswith("https://variorum.example/compare/")
    assert finding["words in A"] != finding["words in B"]
    assert "Only in B" in {line["what"] for line in lines}


def test_no_cell_is_a_formula() -> None:
    base, witness = (
        side(name, [STORM, f"=HYPERLINK({name})", f"\u200b@{name}", f"\t+{name}"], HOSTILE, HOSTILE)
        for name in "ab"
    )
    note = Remark(1, None, "-1", "check", "=x", MOMENT)
    lines = table(spreadsheet(replace(export(compared(base, witness)), remarks=[note])))
    assert lines
    assert {cell[0] for line in lines for cell in line.values() if cell and not cell[0].isalnum()} <= {
        "'",
        "¶",
        "“",
    }


def test_the_json_has_the_document_and_what_is_known_besides() -> None:
    exported = export(seeds())
    value = json.loads(whole_json(exported))
    assert value["comparison"] == json.loads(document.dumps(seeds()))
    assert value["link"] == exported.link
    assert value["sources"]["base"]["address"] == "https://news.example/a"
    assert value["compared_at"] == "2024-02-06T09:07:00+00:00"


def test_markdown_marks_what_differs_and_takes_no_word_for_a_sign() -> None:
    base = side("a", [STORM, "# It costs *four* <b>."], HOSTILE)
    text = markdown_text(
        export(compared(base, side("b", [STORM, "# It costs *five* <b>."], HOSTILE)))
    ).decode()
    assert r"~~four~~**five**" in text
    assert r"\# It costs \*" in text
    assert "<script>" not in text
    assert STORM not in text
    assert plain("~~struck~~ | * _ ` [a](b) & ! > #") == r"\~\~struck\~\~ \| \* \_ \` \[a\](b) \& \! \> \#"
    hostile = compared(side("a", [HOSTILE_TEXT], HOSTILE), side("b", [HOSTILE_TEXT + "b"], HOSTILE))
    unescaped = markdown_text(export(hostile)).decode().replace(r"\<", "")
    assert "<" not in unescaped.replace("<https://news.example/a>", "").replace(
        "<https://news.example/b>", ""
    )


@pytest.mark.parametrize(
    ("pieces", "written"),
    [
        ([("he said", ""), (",", "~~"), (" that", "")], "he said~~|,~~ that"),
        ([("a ", ""), ("“b”", "**"), ("c", "")], "a **“b”|**c"),
        ([("was", ""), (" (not)", "~~"), ("[d]", "**"), ("e", "")], r"was ~~(not)~~**\[d\]|**e"),
        ([("cost", ""), ("€", "~~"), ("$", "**"), ("5", "")], "cost~~|€~~**$|**5"),
        ([("a", ""), ("", "~~"), ("b", "**"), (" ", "~~"), ("c", "")], "a**b** c"),
    ],
)
def test_markdown_has_a_word_joiner_where_punctuation_would_undo_a_sign(
    pieces: list[tuple[str, str]], written: str
) -> None:
    # By CommonMark no sign opens between a letter and punctuation, and none closes between punctuation and a letter.
    assert marked(pieces).replace(WORD_JOINER, "|") == written


def test_markdown_links_to_an_address_as_it_is() -> None:
    exported = export(compared(side("a", [STORM]), side("b", [STORM + " It rained."])))
    source = replace(exported.base, url="https://news.example/a_b~c?x=1&y=<*>")
    text = markdown_text(replace(exported, base=source)).decode()
    assert " <https://news.example/a_b~c?x=1&y=%3C*%3E>\n" in text
