"""Whatever is damaged is named, by article, and nothing else is."""

from pathlib import Path

import pytest
from sqlalchemy import text

from app.db.engine.base import Database
from app.db.engine.connect import connect
from app.db.tables.base import SCHEMA
from app.services import comparisons
from app.services.articles import store, trash
from app.services.operations.check import CheckReport, Fault, check
from app.sources.text import draft


def faults(db: Database, *, quick: bool = False) -> list[Fault]:
    faults_found: list[Fault] = []
    report = check(db, faults_found.append, quick=quick)
    assert report.faults == len(faults_found)
    return faults_found


def change(db: Database, *statements: str) -> None:
    """Change rows as the program never would."""
    with db.writing() as session:
        if db.kind == "sqlite":
            session.execute(text("PRAGMA defer_foreign_keys=1"))
        for statement in statements:
            session.execute(text(statement))


def first(db: Database) -> tuple[str, str]:
    """Return the ids of an article and its newest revision."""
    entry = store.choices(db, "", 500)[0]
    return entry.article, entry.revision


def test_a_sound_database_is_whole(seeded_db: Database) -> None:
    base, witness, *_ = (entry.revision for entry in store.choices(seeded_db, "", 500))
    comparisons.open_or_make(seeded_db, base, witness)
    article, _ = first(seeded_db)
    store.edit(seeded_db, article, draft("Anew", "Other words altogether, “in quotation marks”, and naïve."))
    trash.delete(seeded_db, store.choices(seeded_db, "", 500)[1].article)
    assert faults(seeded_db) == []
    assert check(seeded_db, bool) == CheckReport(
        articles=4, revisions=5, comparisons=check(seeded_db, bool).comparisons
    )


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        (
            "UPDATE revision SET paragraphs = '[\"Forged.\"]' WHERE id = '{revision}'",
            "its text is not the one",
        ),
        ("UPDATE revision SET digest = 'x' WHERE id = '{revision}'", "its text is not the one"),
        ("UPDATE revision SET paragraphs = '{{}}' WHERE id = '{revision}'", "paragraphs cannot be read"),
        ("UPDATE revision SET paragraphs_count = 99 WHERE id = '{revision}'", "instead of 99"),
        ("UPDATE article SET newest = 2 WHERE id = '{article}'", "should have revisions 1 to 2, and has 1"),
        (
            "UPDATE article SET story = 'aaaaaaaaaaaaaaaa' WHERE id = '{article}'",
            "first article of its story",
        ),
        (
            "UPDATE indexed SET prints = {empty} WHERE revision = '{revision}'",
            "other fingerprints than its text",
        ),
        (
            "DELETE FROM fingerprint WHERE serial = (SELECT serial FROM indexed WHERE revision = '{revision}')",
            "lacks some of its fingerprints",
        ),
        ("UPDATE revision SET publisher = 'Zebra' WHERE id = '{revision}'", "search does not find all"),
    ],
)
def test_a_fault_is_named_with_its_article(statement: str, says: str, seeded_db: Database) -> None:
    article, revision = first(seeded_db)
    empty = "x''" if seeded_db.kind == "sqlite" else "''"
    change(seeded_db, statement.format(article=article, revision=revision, empty=empty))
    reported = faults(seeded_db)
    assert any(says in fault.what for fault in reported)
    assert {fault.article for fault in reported} - {""} == {article}


def test_lost_words_of_the_index_are_named(seeded_db: Database) -> None:
    article, revision = first(seeded_db)
    lost = f"(SELECT serial FROM indexed WHERE revision = '{revision}')"
    if seeded_db.kind == "sqlite":
        change(seeded_db, "INSERT INTO rare_word (rare_word) VALUES ('delete-all')")
        assert len({fault.article for fault in faults(seeded_db)}) == 5
    else:
        change(seeded_db, f"DELETE FROM rare_word WHERE serial = {lost}")
        assert [fault.article for fault in faults(seeded_db)] == [article]
    assert faults(seeded_db, quick=True) == []


def test_an_article_pending_for_the_index_is_not_a_fault(seeded_db: Database) -> None:
    _, revision = first(seeded_db)
    lost = f"(SELECT serial FROM indexed WHERE revision = '{revision}')"
    change(
        seeded_db,
        f"DELETE FROM fingerprint WHERE serial = {lost}",
        f"DELETE FROM indexed WHERE revision = '{revision}'",
    )
    assert faults(seeded_db) == []
    assert check(seeded_db, bool).waiting == 1


@pytest.mark.parametrize("value", ["x'00'", "document", None])
def test_a_changed_comparison_is_named(value: str | None, seeded_db: Database) -> None:
    base, witness, *_ = (entry.revision for entry in store.choices(seeded_db, "", 500))
    comparisons.open_or_make(seeded_db, base, witness)
    if value == "document":
        change(
            seeded_db, f"UPDATE comparison SET digest = 'x' WHERE base = '{base}' AND witness = '{witness}'"
        )
    elif value:
        zero = value if seeded_db.kind == "sqlite" else "'\\x00'"
        change(
            seeded_db,
            f"UPDATE comparison SET document = {zero} WHERE base = '{base}' AND witness = '{witness}'",
        )
    named = [fault.what for fault in faults(seeded_db)]
    assert [f"comparison {base}..{witness}" in message for message in named] == [True] * bool(value)


@pytest.mark.sqlite
def test_a_reference_to_nothing_is_named(seeded_db: Database) -> None:
    import sqlite3
    from contextlib import closing

    _, revision = first(seeded_db)
    seeded_db.dispose()
    with closing(sqlite3.connect(seeded_db.name)) as file, file:
        file.execute("DELETE FROM revision WHERE id = ?", [revision])
    named = " ".join(fault.what for fault in faults(seeded_db))
    assert f"the table indexed names {revision} in revision, which is not there" in named
    assert "should have revisions 1 to 1, and has none" in named


@pytest.mark.sqlite
def test_a_damaged_page_does_not_stop_the_check_of_the_others(seeded_db: Database) -> None:
    """The articles whose text is on the overwritten page are named, and no others."""
    for number in range(40):
        store.add(seeded_db, draft(f"Title {number}", f"What report {number} says. " * 300))
    seeded_db.dispose()
    path = Path(seeded_db.name)
    content = bytearray(path.read_bytes())
    place = content.rindex(b"What report 20 says.")
    content[place - 5_000 : place + 5_000] = bytes(10_000)
    path.write_bytes(content)
    db = connect(f"sqlite:///{path}")
    db.schema = SCHEMA
    reported = faults(db)
    db.dispose()
    articles = {fault.article for fault in reported} - {""}
    assert any(fault.what.startswith("the database's pages: ") for fault in reported)
    assert 1 <= len(articles) < 45
