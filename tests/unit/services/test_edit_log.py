"""Every change has an entry in the log, written with it, and the entry stays."""

import getpass
import hashlib
import io
import json
from collections.abc import Callable, Mapping

import pytest
from sqlalchemy import text
from sqlmodel import Session

from app.db.engine.base import Database
from app.db.index import bulk_insert
from app.db.tables.edit_log import LogEntry
from app.services import edit_log
from app.services.articles import store, trash
from app.services.articles.submit import submit
from app.services.edit_log import Actor, LoggedChange
from app.services.quotations import extract
from app.services.transfer import import_export, seeds
from app.sources.text import draft

ANN = Actor("Ann Lee", "name")
BEN = Actor("ben@example.org", "proxy")


def changes(db: Database, article: str | None = None) -> list[LoggedChange]:
    """Return all entries, the oldest first."""
    return list(edit_log.read_log(db, 1000, article=article).changes)[::-1]


def lines(*records: Mapping[str, object]) -> io.BytesIO:
    return io.BytesIO("".join(json.dumps(record) + "\n" for record in records).encode())


def import_records(db: Database, *records: Mapping[str, object]) -> None:
    import_export.import_lines(
        db,
        lines(*records),
        limit=100_000,
        complain=lambda number, says: pytest.fail(says),
        advance=lambda done, read: None,
        workers=1,
    )


def test_each_change_is_logged_with_who_and_the_digests_before_and_after(db: Database) -> None:
    first = draft("A visit", "He came.")
    reworded, described = draft("A visit", "He went."), draft("A visit", "He went.", "Daily")
    article = store.add(db, first, actor=ANN).article
    store.edit(db, article, reworded, actor=BEN)
    store.edit(db, article, described, actor=ANN)
    store.edit(db, article, described, actor=ANN)  # which changes nothing
    trash.delete(db, article, actor=BEN)
    digests = [edit_log.revision_digest(text) for text in (first, reworded, described)]
    assert len(set(digests)) == 3
    assert [
        (change.action, change.who, change.known, change.number, change.before, change.after)
        for change in changes(db)
    ] == [
        ("add", "Ann Lee", "name", 1, None, digests[0]),
        ("edit", "ben@example.org", "proxy", 2, digests[0], digests[1]),
        ("metadata", "Ann Lee", "name", 3, digests[1], digests[2]),
        ("delete", "ben@example.org", "proxy", 3, digests[2], None),
    ]
    assert {change.article for change in changes(db)} == {article}
    assert {change.title for change in changes(db)} == {"A visit"}
    assert not any(change.is_there for change in changes(db))


def test_a_submitted_article_is_logged_as_its_editors(db: Database) -> None:
    submit(db, draft("A visit", "He came."), max_listed=5, actor=ANN)
    assert [(change.action, change.who, change.is_there) for change in changes(db)] == [
        ("add", "Ann Lee", True)
    ]


def test_a_digest_is_the_sha_256_of_the_documented_json() -> None:
    canonical = '["Ü","Daily","Ann Lee","2024-02-05","https://daily.example/1",["Ü","He came."]]'
    article = draft("Ü", "He came.", "Daily", "Ann Lee", "2024-02-05", "https://daily.example/1")
    assert edit_log.revision_digest(article) == hashlib.sha256(canonical.encode()).hexdigest()


def test_a_change_that_fails_leaves_no_entry(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    article = store.add(db, draft("A visit", "He came.")).article
    monkeypatch.setattr(extract, "withdraw_quotations", lambda *arguments: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        trash.delete(db, article)
    with pytest.raises(ZeroDivisionError):
        store.edit(db, article, draft("A visit", "He went."))
    assert [change.action for change in changes(db)] == ["add"]


def test_no_change_is_stored_that_cannot_be_logged(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edit_log, "record", lambda session, entries: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        store.add(db, draft("A visit", "He came."))
    with db.reading() as session:
        assert session.execute(text("SELECT count(*) FROM article")).scalar_one() == 0


def test_seeds_are_logged_once_as_the_programs_own(db: Database) -> None:
    count = seeds.seed(db)
    seeds.seed(db)
    assert [(change.action, change.who, change.known) for change in changes(db)] == [
        ("add", "seeds", "program")
    ] * count


def test_what_is_imported_is_logged_under_the_account_that_imports(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "press")
    record = {"id": "one", "title": "One", "text": "He came."}
    import_records(db, record, {"id": "two", "title": "Two", "text": "She came."})
    import_records(db, record)
    import_records(db, record | {"text": "He went."}, {"id": "two", "title": "Zwei", "text": "She came."})
    assert [(entry.action, entry.who, entry.known, entry.number) for entry in changes(db)] == [
        ("add", "press", "account", 1),
        ("add", "press", "account", 1),
        ("edit", "press", "account", 2),
        ("edit", "press", "account", 2),  # its title is a line of its text
    ]


def test_an_import_is_logged_when_it_happens_whenever_its_articles_were_saved(db: Database) -> None:
    saved = "2001-02-03T04:05:06+00:00"
    first: dict[str, object] = {
        "article": "a" * 16,
        "id": "a" * 16,
        "title": "One",
        "text": "He came.",
        "saved_at": saved,
    }
    import_records(db, first | {"revision": 1}, first | {"revision": 2, "text": "He went."})
    assert store.read(db, "a" * 16, 1).numbers[0][1].year == 2001
    assert [entry.action for entry in changes(db)] == ["add", "edit"]
    assert all(entry.at.year > 2001 for entry in changes(db))


def test_an_import_that_fails_leaves_no_entry(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk_insert, "insert_articles", lambda *arguments: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        import_records(db, {"id": "one", "title": "One", "text": "He came."})
    assert changes(db) == []


def test_an_entry_neither_changes_nor_goes(db: Database) -> None:
    store.add(db, draft("A visit", "He came."))

    def change(entry: LogEntry, session: Session) -> None:
        entry.who = "Somebody else"
        session.add(entry)

    def remove(entry: LogEntry, session: Session) -> None:
        session.delete(entry)

    def tried(tamper: Callable[[LogEntry, Session], None]) -> None:
        with db.writing() as session:
            entry = session.get(LogEntry, 1)
            assert entry
            tamper(entry, session)

    for tamper in (change, remove):
        with pytest.raises(TypeError, match="stays as it was written"):
            tried(tamper)
    assert [entry.who for entry in changes(db)] == [""]


def test_the_log_is_read_in_parts_both_ways(db: Database) -> None:
    article = store.add(db, draft("A visit", "He came 0.")).article
    for number in range(1, 7):
        store.edit(db, article, draft("A visit", f"He came {number}."))
    last = edit_log.read_log(db, 3)
    assert [change.number for change in last.changes] == [7, 6, 5]
    assert last.newer is None
    middle = edit_log.read_log(db, 3, before=last.older)
    assert [change.number for change in middle.changes] == [4, 3, 2]
    first = edit_log.read_log(db, 3, before=middle.older)
    assert [change.number for change in first.changes] == [1]
    assert first.older is None
    assert edit_log.read_log(db, 3, after=first.newer) == middle
    assert edit_log.read_log(db, 3, after=middle.newer) == last
    assert edit_log.read_log(db, 3, before=1).changes == ()


def test_one_articles_part_of_the_log_is_read_alone(db: Database) -> None:
    store.add(db, draft("A visit", "He came."))
    other = store.add(db, draft("Another", "She came.")).article
    store.edit(db, other, draft("Another", "She went."))
    assert [change.action for change in changes(db, article=other)] == ["add", "edit"]
    assert changes(db, article="a" * 16) == []
