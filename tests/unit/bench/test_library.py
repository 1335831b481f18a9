import json
from pathlib import Path
from statistics import median

import pytest

from app.services.operations.database import open_database
from app.settings import Settings
from bench.library import copies, growth, measure, room, tables, texts


def test_an_article_is_a_function_of_its_number() -> None:
    assert texts.article(7) == texts.article(7)
    assert texts.article(7).paragraphs != texts.article(8).paragraphs


def test_copies_change_as_much_as_they_say() -> None:
    numbers = measure.originals(10_000, 40)

    def broken(kind: str) -> float:
        return median(
            copies.broken(texts.article(number).body, copies.copy(kind, number)) for number in numbers
        )

    assert broken("furniture") == 0
    assert broken("truncated") == pytest.approx(0.45, abs=0.1)
    assert broken("reworded") == pytest.approx(0.55, abs=0.05)
    assert broken("translated") == pytest.approx(0.85, abs=0.05)


def test_a_planted_quotation_is_in_its_original_word_for_word() -> None:
    for number in measure.originals(10_000, 20):
        (paragraph,) = (
            paragraph
            for paragraph in copies.copy("quotation", number)
            if paragraph.endswith("the statement said.")
        )
        words = paragraph.removesuffix(",” the statement said.").removeprefix("“").split()
        assert len(words) in range(copies.QUOTED // 2, copies.QUOTED + 1)
        assert " ".join(words) in " ".join(texts.article(number).body).replace("“", "").replace("”", "")


def test_originals_are_not_reprinted() -> None:
    originals = [texts.article(number) for number in measure.originals(1_000, 50)]
    assert not any(article.reprint or article.number % texts.SMALL == 0 for article in originals)
    assert len({article.number for article in originals}) == 50


def test_a_library_resumes_growing_and_finds_the_planted_copies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measure, "QUERIES", 2)
    monkeypatch.setattr(measure, "INSERTS", 2)
    monkeypatch.setattr(growth, "count_processors", lambda: 1)
    db = open_database(Settings(data_dir=tmp_path))
    lines: list[str] = []
    growth.grow(db, 60, lines.append)
    growth.grow(db, 150, lines.append)
    assert growth.count_articles(db) == 150
    assert len(lines) == 2
    figures = measure.measure(db, 150, list(measure.queries(150)), lines.append)
    assert figures["recall"] == {
        kind: {"candidates": 1.0, "verified": 1.0, "named": 1.0} for kind in copies.KINDS
    }
    assert growth.count_articles(db) == 150
    bytes_by_part = room.by_part(db, 150)
    db.dispose()
    assert (
        0 < bytes_by_part["rare words"] < bytes_by_part["fingerprints"] < bytes_by_part["articles and texts"]
    )

    document = tmp_path / "a.md"
    document.write_text(f"Before.\n\n{tables.START}\nold\n{tables.END}\n\nAfter.\n")
    stored = json.loads(json.dumps({"program": "Variorum, SQLite", **figures, "room": bytes_by_part}))
    tables.write(document, tables.tables([stored]))
    content = document.read_text()
    assert content.startswith("Before.")
    assert content.endswith("After.\n")
    assert "old" not in content
    assert "| Variorum, SQLite: verified | 150 | 1.00 |" in content
