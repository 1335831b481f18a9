import json
from pathlib import Path
from statistics import median

import pytest

from app.services.lifecycle import open_database
from app.settings import Settings
from bench import library_copies, library_growth, library_measure, library_room, library_tables, library_texts


def test_an_article_is_a_function_of_its_number() -> None:
    assert library_texts.article(7) == library_texts.article(7)
    assert library_texts.article(7).paragraphs != library_texts.article(8).paragraphs


def test_copies_change_as_much_as_they_say() -> None:
    numbers = library_measure.originals(10_000, 40)

    def broken(kind: str) -> float:
        return median(
            library_copies.broken(library_texts.article(number).body, library_copies.copy(kind, number))
            for number in numbers
        )

    assert broken("furniture") == 0
    assert broken("truncated") == pytest.approx(0.45, abs=0.1)
    assert broken("reworded") == pytest.approx(0.55, abs=0.05)
    assert broken("translated") == pytest.approx(0.85, abs=0.05)


def test_a_planted_quotation_stands_in_its_original_word_for_word() -> None:
    for number in library_measure.originals(10_000, 20):
        (said,) = (
            one for one in library_copies.copy("quotation", number) if one.endswith("the statement said.")
        )
        words = said.removesuffix(",” the statement said.").removeprefix("“").split()
        assert len(words) in range(library_copies.QUOTED // 2, library_copies.QUOTED + 1)
        assert " ".join(words) in " ".join(library_texts.article(number).body).replace("“", "").replace(
            "”", ""
        )


def test_originals_are_printed_by_nobody_else() -> None:
    made = [library_texts.article(number) for number in library_measure.originals(1_000, 50)]
    assert not any(one.reprint or one.number % library_texts.SMALL == 0 for one in made)
    assert len({one.number for one in made}) == 50


def test_a_library_grows_where_it_stood_and_finds_what_was_planted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library_measure, "QUERIES", 2)
    monkeypatch.setattr(library_measure, "INSERTS", 2)
    monkeypatch.setattr(library_growth, "processors", lambda: 1)
    db = open_database(Settings(data_dir=tmp_path))
    said: list[str] = []
    library_growth.grow(db, 60, said.append)
    library_growth.grow(db, 150, said.append)
    assert library_growth.made(db) == 150
    assert len(said) == 2
    figures = library_measure.measure(db, 150, list(library_measure.queries(150)), said.append)
    assert figures["recall"] == {
        kind: {"candidates": 1.0, "verified": 1.0, "named": 1.0} for kind in library_copies.KINDS
    }
    assert library_growth.made(db) == 150
    room = library_room.by_part(db, 150)
    db.dispose()
    assert 0 < room["rare words"] < room["fingerprints"] < room["articles and texts"]

    document = tmp_path / "a.md"
    document.write_text(f"Before.\n\n{library_tables.START}\nold\n{library_tables.END}\n\nAfter.\n")
    stored = json.loads(json.dumps({"program": "Variorum, SQLite", **figures, "room": room}))
    library_tables.write(document, library_tables.tables([stored]))
    told = document.read_text()
    assert told.startswith("Before.")
    assert told.endswith("After.\n")
    assert "old" not in told
    assert "| Variorum, SQLite: verified | 150 | 1.00 |" in told
