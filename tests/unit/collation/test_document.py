"""The comparison document as JSON: what it leaves out, what it keeps, how it names the two texts."""

import json
from dataclasses import replace

import pytest

from app.collation import document, pipeline
from app.collation.document import labels
from app.collation.model import Change, Pins, Row, Side, Within

BASE = Side(revision="r1", title="One", paragraphs=("One", "It cost 12 million.", "It ended."), headline=0)
WITNESS = Side(revision="r2", title="Two", paragraphs=("One", "It cost 14 million.", "Ads"), furniture=(2,))


def test_a_document_reads_back_as_it_was_written() -> None:
    comparison = pipeline.compare(BASE, WITNESS)
    assert document.from_json(json.loads(document.dumps(comparison))) == comparison


def test_the_canonical_text_has_no_spaces_and_no_escapes() -> None:
    text = document.dumps(pipeline.compare(replace(BASE, title="Straße »x«"), WITNESS))
    assert '"title":"Straße »x«"' in text


def test_keys_are_in_a_fixed_order() -> None:
    written = json.loads(document.dumps(pipeline.compare(BASE, WITNESS)))
    assert list(written) == ["format", "engine", "diff_tokens", "base", "witness", "rows", "summary"]
    assert list(written["summary"]) == [
        "rows",
        "moved",
        "findings",
        "not_looked_for",
        "containment",
        "relation",
    ]


def test_optional_keys_that_do_not_apply_are_left_out() -> None:
    rows = json.loads(document.dumps(pipeline.compare(BASE, WITNESS)))["rows"]
    assert not any({"coarse", "repeats"} & set(row) for row in rows)
    assert not any({"typography", "within"} & set(change) for row in rows for change in row["changes"])


def test_optional_keys_that_apply_are_written_and_read_back() -> None:
    marks = (Within("replace", (0, 1), (0, 1)),)
    row = Row(
        number=1,
        kind="edited",
        moved=True,
        similarity=0.5,
        base=(0,),
        witness=(0,),
        changes=(Change("replace", (0, 1), (0, 1), typography=True, within=marks),),
        repeats=4,
        coarse="sentences",
    )
    comparison = pipeline.compare(BASE, WITNESS)
    comparison = replace(
        comparison, collation=replace(comparison.collation, rows=(row,)), pins=Pins(together=((1, 2),))
    )
    written = json.loads(document.dumps(comparison))
    assert written["rows"][0]["repeats"] == 4
    assert written["rows"][0]["coarse"] == "sentences"
    assert written["rows"][0]["changes"][0]["typography"] is True
    assert written["pins"] == {"together": [[1, 2]], "apart": []}
    assert document.from_json(json.loads(document.dumps(comparison))) == comparison


def test_a_later_format_is_refused() -> None:
    written = json.loads(document.dumps(pipeline.compare(BASE, WITNESS))) | {"format": 2}
    with pytest.raises(ValueError, match="format 2"):
        document.from_json(written)


def test_a_row_s_text_is_its_paragraphs_joined_by_one_newline() -> None:
    assert document.row_text(BASE, (0, 2)) == "One\nIt ended."


@pytest.mark.parametrize(
    ("texts", "called"),
    [
        (("Newsweek", "A", "Le Monde", "B"), ("Newsweek", "Le Monde")),
        (
            ("Newsweek", "A", "", "Chinese defense chief offers full support"),
            ("Newsweek", "“Chinese defense chief offers…”"),
        ),
        (("", "Talks open", "", "Talks end in Oslo"), ("“Talks open”", "“Talks end in Oslo”")),
        (("AFP", "Talks open", " afp ", "Talks end"), ("“Talks open”", "“Talks end”")),
        # The titles part at the sixth word, so six are given.
        (
            (
                "",
                "The talks in Oslo have opened today at last",
                "",
                "The talks in Oslo have failed today at last",
            ),
            ("“The talks in Oslo have opened…”", "“The talks in Oslo have failed…”"),
        ),
        (("", "Talks open", "", "Talks open"), ("“Talks open” (first)", "“Talks open” (second)")),
        (("", "", "", ""), ("“untitled” (first)", "“untitled” (second)")),
    ],
)
def test_texts_are_called_by_publisher_or_by_the_first_words_of_their_titles(
    texts: tuple[str, str, str, str], called: tuple[str, str]
) -> None:
    assert labels(*texts) == called


def test_a_title_without_spaces_is_cut_by_characters() -> None:
    label, _ = labels("", "汉" * 200, "Xinhua", "x")
    assert len(label) <= document.MAX_LABEL_CHARS + 3
    assert label.endswith("…”")
