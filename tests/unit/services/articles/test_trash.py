"""Deleted articles: hidden at once, put back with all that they had, and removed for good."""

import importlib
import inspect
import pkgutil
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text as sql

from app.collation.model import Pins
from app.db import tables
from app.db.engine.base import Database
from app.db.queries import trash as trash_queries
from app.db.tables.base import Table
from app.errors import NotFoundError
from app.services import comparisons, edit_log, notes
from app.services.articles import search, store, tombstones, trash
from app.services.articles.tombstones import Tombstone
from app.services.edit_log import UNNAMED, Actor
from app.services.quotations.listing import list_quotations
from app.services.relations import relate
from app.services.stories import compare_ahead, library
from app.services.stories.story import read_story
from app.sources.text import draft
from tests.unit.services.texts import paragraphs, text

SHARED = paragraphs(1, 6)
QUOTING = "“We will not open the harbour before the summer of next year,” Ann Lee said."
EDITOR = Actor("Ann Lee", "name")

COLUMNS = {
    "article": "id, added_at, newest, story, latest, import_id",
    "revision": "id, article, number, saved_at, title, publisher, url, digest, text",
    "comparison": "base, witness, pins, engine, digest, document, made_at",
    "finding_summary": "base, witness, gravity, kinds, kind, base_words",
    "shelf": "id, latest_at, size, first_on, last_on, undated, gravity, kinds",
    "note": "id, base, witness, anchor, text, who, made_at, version",
    "quotation": "id, revision, speaker, person, text, wording IS NULL",
    "relation": "*",
    "indexed": "revision, prints, related, quoted",
    "speaker_name": "name, label, quotations, total",
}
"""What has to be the same again, by table; numbers that only count rows are left out."""


def state(db: Database) -> dict[str, Any]:
    """Everything that readers find: texts by address, lists, relations, stories, comparisons, notes, quotations."""
    entries = store.choices(db, "", 500)
    with db.reading() as session:
        rows = {
            table: sorted(map(repr, session.execute(sql(f"SELECT {columns} FROM {table}")).all()))
            for table, columns in COLUMNS.items()
        }
    shelves = library.read_page(db, public_only=False)
    return rows | {
        "entries": entries,
        "stories": [[member.entry for member in read_story(db, e.article).articles] for e in entries],
        "library": [(shelf.id, shelf.count, shelf.notes) for shelf in shelves.entries],
        "quotations": [(q.articles, q.wordings, q.people) for q in list_quotations(db).entries],
        "relatives": [relate.ensure_relations(db, e.revision) for e in entries],
    }


@pytest.fixture
def story(db: Database) -> tuple[str, str, str]:
    """Three articles of one story, compared and noted; the first has two revisions and an earlier quotation."""
    first = store.add(db, draft("A visit", text(SHARED, QUOTING), "The Daily", "", "2024-02-05"))
    second = store.add(db, draft("A call", text(SHARED[:4], QUOTING, paragraphs(2, 2)), "The Weekly"))
    third = store.add(db, draft("A talk", text(SHARED[1:], paragraphs(3, 2)), "The Post"))
    first = store.edit(db, first.article, draft("A visit", text(SHARED[1:], QUOTING), "The Daily"))
    compare_ahead.compare_pending(db)
    pinned = comparisons.open_or_make(
        db, first.revision, second.revision, pins=Pins(together=((0, 0),)), keeper=UNNAMED
    )
    place = notes.place_in(pinned.comparison, 1, None)
    notes.add(db, place, notes.checked("Look at this.", "check", is_public=True), actor=EDITOR)
    return first.article, second.article, third.article


def test_a_deleted_article_is_nowhere_and_comes_back_whole(db: Database, story: tuple[str, str, str]) -> None:
    before = state(db)
    first = story[0]
    trash.delete(db, first, actor=EDITOR)
    hidden = state(db)
    assert first not in repr(hidden)
    assert [len(members) for members in hidden["stories"]] == [2, 2]
    assert search.by_name(db, "visit", 5) == ()
    trash.restore(db, first, actor=EDITOR)
    assert state(db) == before
    actions = [change.action for change in edit_log.read_log(db, 2).changes]
    assert actions == ["restore", "delete"]
    assert trash.list_trash(db, 0, 9).count == 0


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0), (1, 0, 2)])
def test_articles_deleted_together_come_back_with_what_they_shared_in_any_order(
    db: Database, story: tuple[str, str, str], order: tuple[int, ...]
) -> None:
    before = state(db)
    batch = trash.delete(db, story[0])
    for article in story[1:]:
        trash.delete(db, article, batch=batch)
    assert library.read_page(db).articles == 0
    if order == (0, 1, 2):
        assert trash.restore_batch(db, batch) == (story, 0)
    else:
        for place in order:
            trash.restore(db, story[place])
    assert state(db) == before


def test_what_is_removed_for_good_leaves_no_word_of_it_and_its_links_say_what_they_were(
    db: Database, story: tuple[str, str, str]
) -> None:
    first, second, _ = (store.read(db, article) for article in story)
    trash.delete(db, second.article, actor=EDITOR)
    trash.delete(db, first.article, actor=EDITOR)
    trash.purge(db, first.article, actor=EDITOR)
    with db.reading() as session:
        assert not session.execute(
            sql("SELECT 1 FROM trashed_row WHERE article = :of OR other = :of"), {"of": first.article}
        ).all()
    with pytest.raises(NotFoundError, match="not in the trash"):
        trash.restore(db, first.article)
    trash.restore(db, second.article)  # without the comparison of the two
    assert "Look at this." not in repr(state(db))
    link = tombstones.find(db, [first.revision, second.revision])
    assert link
    gone, here = link.texts
    assert isinstance(gone, Tombstone)
    assert (gone.title, gone.publisher, gone.who, gone.is_in_trash) == (
        "A visit",
        "The Daily",
        "Ann Lee",
        False,
    )
    assert gone.deleted_at <= (gone.purged_at or gone.deleted_at)
    assert here == store.by_revision(db, second.revision)
    purged = edit_log.read_log(db, 2).changes[1]
    assert (purged.action, purged.before) == ("purge", edit_log.revision_digest(first))


def test_the_trash_is_emptied_of_what_has_been_in_it_for_long_enough(
    db: Database, story: tuple[str, str, str]
) -> None:
    trash.delete(db, story[0])
    now = datetime.now(UTC)
    assert trash.purge_due(db, now + timedelta(days=29), 30) == 0
    assert trash.purge_due(db, now - timedelta(days=900), 30) == 0  # the clock was set back
    assert trash.purge_due(db, now + timedelta(days=31), 30) == 1
    assert trash.list_trash(db, 0, 9).count == 0
    assert edit_log.read_log(db, 1).changes[0].who == "trash"


def test_the_story_of_a_deleted_article_is_known_under_its_new_address(
    db: Database, story: tuple[str, str, str]
) -> None:
    trash.delete(db, story[0])
    link = tombstones.find(db, [story[0]])
    assert link
    assert link.deleted[0].story
    assert link.deleted[0].story.article == story[1]


def test_an_article_that_was_still_to_be_indexed_goes_and_comes_back(db: Database) -> None:
    ref = store.add(db, draft("A visit", text(SHARED)))
    with db.writing() as session:
        session.execute(sql("DELETE FROM fingerprint"))
        session.execute(sql("DELETE FROM indexed"))
    trash.delete(db, ref.article)
    trash.restore(db, ref.article)
    assert store.read(db, ref.article).revision == ref.revision


def test_a_column_that_the_table_lost_since_is_left_out_when_a_row_is_put_back(db: Database) -> None:
    ref = store.add(db, draft("A visit", "He came."))
    trash.delete(db, ref.article)
    with db.reading() as session:
        packed = trash_queries.last_packed(session, ref.article, "revision")
    older = replace(packed, columns={**packed.columns, "mood": "grave"})
    assert trash_queries.values(older) == trash_queries.values(packed)


@pytest.mark.sqlite
def test_the_file_holds_no_sentence_of_what_was_deleted_for_good(db: Database) -> None:
    """Single words may stay in the index of words until its parts are merged."""
    sentence = "A small green boat sailed to the harbour of Aston on Monday."
    ref = store.add(
        db, draft("A visit", f"{sentence}\n\n“We saw a green boat in the harbour,” Ann Lee said.")
    )
    store.edit(db, ref.article, draft("A visit", f"{sentence} It came back."))
    trash.delete(db, ref.article)
    trash.purge(db, ref.article)
    db.dispose()  # writes the log into the file
    stored = Path(db.name).read_bytes()
    assert [
        part for part in (b"small green boat", b"green boat in the", b"It came back") if part in stored
    ] == []


PACKED = {
    *("article", "article_label", "capture", "comparison", "evidence_file", "kept_apart", "note"),
    *("quotation", "relation", "revision", "watch"),
}
"""Tables whose rows of a deleted article the trash keeps."""

MADE_AGAIN = {
    *("finding_summary", "indexed", "revision_change", "shelf", "wanted_comparison"),
    *("deleted_link", "trashed_row"),
}
"""Tables whose rows undoing makes anew, or that belong to the trash itself."""


def test_each_table_about_an_article_is_kept_or_made_again() -> None:
    """A new table that refers to articles must be packed by ``app.db.queries.trash``, or undo would lose its rows."""
    for module in pkgutil.iter_modules(tables.__path__, f"{tables.__name__}."):
        importlib.import_module(module.name)  # each is loaded when it is needed, and registers its tables
    about = {"article", "revision", "comparison", "deleted_article"}
    hanging = {
        name
        for name, table in Table.metadata.tables.items()
        if name in ("article", "revision", "comparison")
        or any(key.column.table.name in about for key in table.foreign_keys)
    }
    assert hanging == PACKED | MADE_AGAIN
    calls = re.findall(r"_packed\(\s*(_[A-Z]\w*)", inspect.getsource(trash_queries))
    assert {getattr(trash_queries, table).name for table in calls} == PACKED
