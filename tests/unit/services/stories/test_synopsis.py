"""Which texts are shown beside a base, and that nothing is stored by reading."""

import pytest

from app.db.engine.base import Database
from app.permalinks import text_digest
from app.services.articles import store
from app.services.stories import synopsis
from app.services.stories.synopsis import read_synopsis
from app.sources.text import draft
from tests.unit.services.texts import paragraphs, text

BODY = paragraphs(1, count=6)


def add(db: Database, publisher: str, lines: list[str], day: str = "") -> str:
    return store.add(db, draft("A storm", text(lines), publisher, "", day)).article


def test_texts_are_by_date_and_a_stored_story_is_read_in_one_transaction(
    db: Database, transactions: list[str]
) -> None:
    base = add(db, "Base", BODY)
    for publisher, day in (("Undated", ""), ("Late", "2024-02-05"), ("Early", "2024-02-03")):
        add(db, publisher, BODY, day)
    first = read_synopsis(db, base)
    assert [entry.publisher for entry in first.witnesses] == ["Early", "Late", "Undated"]
    assert [each.witness.publisher for each in first.compared] == ["Early", "Late", "Undated"]
    transactions.clear()
    assert read_synopsis(db, base) == first
    assert transactions == ["reading"]


def test_what_is_beyond_a_page_or_not_compared_yet_is_counted(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(synopsis, "MAX_WITNESSES", 4)
    monkeypatch.setattr(synopsis, "MAX_MADE_AT_ONCE", 3)
    base = add(db, "Base", BODY)
    for number in range(5):
        add(db, f"Copy {number}", BODY)
    counts = []
    for _ in range(2):
        shown = read_synopsis(db, base)
        counts.append((len(shown.witnesses), len(shown.waiting), shown.unshown))
    assert counts == [(3, 1, 1), (4, 0, 1)]


def test_articles_linked_through_another_come_a_few_at_a_visit(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(synopsis, "MAX_MADE_AT_ONCE", 2)
    other = paragraphs(2, count=6)
    base = add(db, "Base", BODY)
    add(db, "Both", [*BODY, *other])
    for number in range(3):
        add(db, f"Other {number}", [other[number], *other])
    counts = [len(read_synopsis(db, base).waiting) for _ in range(3)]
    assert counts == [2, 0, 0]


def test_an_earlier_revision_can_be_the_base(db: Database) -> None:
    base = add(db, "Base", BODY)
    add(db, "Copy", BODY)
    earlier = read_synopsis(db, base).base.revision
    store.edit(db, base, draft("A storm", text(BODY[:5]), "Base"), 1)
    shown = read_synopsis(db, base, earlier)
    assert (shown.base.revision, shown.base.number) == (earlier, 1)
    assert text_digest(shown.side.paragraphs) != text_digest(read_synopsis(db, base).side.paragraphs)
    assert [entry.publisher for entry in shown.witnesses] == ["Copy"]
