"""The comparison document as JSON: what it leaves out, what it keeps, how it names the two texts."""

import json
import pickle
from dataclasses import replace

import pytest

from app.collation import document, pipeline, written
from app.collation.document import labels
from app.collation.model import Change, Comparison, Pins, Row, Side, Within
from app.collation.written import WrittenRow

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


def long_comparison() -> Comparison:
    """Return a comparison that has every optional key, and texts that look like what is between a document's parts."""
    trap = '{"row":1,"kind":"same","changes":[{"op":"equal"}],"findings":[]}],"summary":{"rows":[{"row":2,'
    lines = [f"Paragraph {number} of the report costs {number} dollars." for number in range(4)]
    ours = ("One", trap, *lines, lines[0], "“Yes”, he said.")
    theirs = (
        "One",
        f"{trap}!",
        *lines[2:],
        lines[1].replace("report", "reports"),
        lines[0],
        '"Yes", he said.',
    )
    base = replace(BASE, paragraphs=ours)
    witness = replace(WITNESS, title=trap, furniture=(), paragraphs=theirs)
    comparison = pipeline.compare(base, witness)
    rows = tuple(
        replace(row, coarse="tokens") if row.number == 2 else row for row in comparison.collation.rows
    )
    return replace(comparison, collation=replace(comparison.collation, rows=rows))


def test_a_stored_document_is_the_one_that_was_written() -> None:
    comparison = long_comparison()
    rows = comparison.collation.rows
    assert any(row.repeats for row in rows)
    assert any(row.moved for row in rows)
    assert any(change.within for row in rows for change in row.changes)

    canonical = document.dumps(comparison).encode()
    stored = document.loads(canonical)

    assert all(isinstance(row, WrittenRow) for row in stored.collation.rows)
    assert document.dumps(stored).encode() == canonical
    for row, same in zip(rows, stored.collation.rows, strict=True):
        assert (row.mark_count, row.has_typography) == (same.mark_count, same.has_typography)
    assert stored == comparison == document.from_json(json.loads(canonical))
    assert hash(stored.collation.rows) == hash(rows)
    assert pickle.loads(pickle.dumps(stored)) == comparison


def test_opening_a_stored_document_reads_the_changes_of_no_row(monkeypatch: pytest.MonkeyPatch) -> None:
    canonical = document.dumps(long_comparison()).encode()
    read: list[object] = []
    monkeypatch.setattr(written, "change_from_json", read.append)

    stored = document.loads(canonical)
    assert [row.mark_count for row in stored.collation.rows]
    assert read == []


def test_a_document_in_another_order_is_read_whole() -> None:
    comparison = pipeline.compare(BASE, WITNESS)
    shuffled = dict(reversed(json.loads(document.dumps(comparison)).items()))
    assert document.loads(json.dumps(shuffled).encode()) == comparison


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
