"""Whatever the order in which articles come, change and go, the same articles make the same stories."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.collation.discovery import copies
from app.db.engine.base import Database
from app.services.articles import store, trash
from app.services.operations.database import open_database
from app.services.relations import reindex, relate
from app.services.stories.library import read_page
from app.services.stories.story import read_story
from app.settings import Settings
from app.sources.text import draft
from tests.unit.services.texts import paragraphs, text, words

FURNITURE = [words(500, 45)]
"""Lines that many print and nobody wrote for the article: nothing in the words shows that they are boilerplate."""

QUOTED = f"“{words(600, 24).rstrip('.')},” the minister said."
WIRE = paragraphs(700)


def library() -> dict[str, str]:
    """Articles by title: copies, a chain of parts, a wire story, shared boilerplate, a shared quotation."""
    texts = {}
    for n in range(2):
        texts[f"Copy {n}"] = text(paragraphs(1), words(800 + n, 20))
    texts["Whole"] = text(paragraphs(2), paragraphs(3))
    texts["First half"] = text(paragraphs(2))
    texts["Second half"] = text(paragraphs(3), words(810, 25))
    for n in range(3):
        texts[f"Wire {n}"] = text(WIRE[: 6 - n], words(820 + n, 20), FURNITURE)
    for n in range(copies.MIN_GROUPS + 2):
        texts[f"Furnished {n}"] = text(paragraphs(20 + n, count=3, length=30), FURNITURE)
    for n in range(3):
        texts[f"Quoting {n}"] = text(paragraphs(40 + n, count=3), QUOTED)
    return texts


LIBRARY = library()
EXPECTED = {
    frozenset({"Copy 0", "Copy 1"}),
    frozenset({"Whole", "First half", "Second half"}),
    frozenset({"Wire 0", "Wire 1", "Wire 2"}),
}
"""The stories of more than one article."""


@settings(max_examples=5, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
@given(st.permutations(sorted(LIBRARY)))
def test_articles_make_the_same_stories_in_any_order_of_arrival(order: Sequence[str]) -> None:
    with opened() as db:
        for title in order:
            store.add(db, draft(title, LIBRARY[title]))
        assert titles_by_story(db) == EXPECTED


@settings(max_examples=3, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
@given(st.permutations(sorted(LIBRARY)), st.randoms(use_true_random=False))
def test_deleted_articles_leave_no_trace_in_the_stories(order: Sequence[str], chance: Random) -> None:
    with opened() as db:
        for place, title in enumerate(order):
            # first as another one's copy, or as a bridge between two stories
            passing = chance.choice(
                [LIBRARY["Copy 0"], text(paragraphs(1), paragraphs(2)), text(WIRE, FURNITURE)]
            )
            if place % 4 == 0:
                ref = store.add(db, draft(title, passing))
                store.edit(db, ref.article, draft(title, LIBRARY[title]))
            else:
                store.add(db, draft(title, LIBRARY[title]))
            if place % 5 == 0:
                trash.delete(db, store.add(db, draft("Passing", passing)).article)
        relate.relate_pending(db)
        assert titles_by_story(db) == EXPECTED


def test_a_library_imported_at_once_makes_the_same_stories() -> None:
    with opened() as db:
        for title, body in LIBRARY.items():
            store.add(db, draft(title, body))
        one_by_one = titles_by_story(db)
        with db.writing() as session:
            reindex.clear_index(session)
        reindex.reindex(db)
        relate.relate_pending(db)
        assert titles_by_story(db) == one_by_one == EXPECTED


def titles_by_story(db: Database) -> set[frozenset[str]]:
    """Return the titles of each story of several articles; check that each article is in exactly one library entry."""
    entries = read_page(db, size=100).entries
    assert sum(entry.count for entry in entries) == len(store.choices(db, "", 500))
    return {
        frozenset(member.entry.title for member in read_story(db, entry.id).articles)
        for entry in entries
        if entry.id
    }


@contextmanager
def opened() -> Iterator[Database]:
    """Open an empty database and remove it afterwards."""
    folder = Path(tempfile.mkdtemp())
    db = open_database(Settings(data_dir=folder))
    yield db
    db.dispose()
    shutil.rmtree(folder)
