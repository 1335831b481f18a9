import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, rule
from sqlalchemy import text as sql

from app.collation.discovery.signals import signals
from app.db.index import words as word_index
from app.services.articles import store, trash
from app.services.operations.database import open_database
from app.services.relations import relate
from app.services.stories import library
from app.services.stories.story import read_story
from app.settings import Settings
from app.sources.text import draft
from tests.unit.services.texts import text, words

LINES = [words(300 + n, 30) for n in range(6)]
TEXTS = st.lists(st.sampled_from(LINES), min_size=1, max_size=4, unique=True).map(text)
"""Paragraphs that come and go between articles."""

pytestmark = pytest.mark.sqlite


class Histories(RuleBasedStateMachine):
    """Articles come, change and go; what is kept beside them is always what their newest texts say."""

    stored: Bundle[str] = Bundle("stored")
    trashed: Bundle[tuple[str, str]] = Bundle("trashed")

    @initialize()
    def open_database(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.db = open_database(Settings(data_dir=self.folder))
        self.texts: dict[str, str] = {}

    @rule(target=stored, body=TEXTS)
    def add(self, body: str) -> str:
        article = store.add(self.db, draft("Untitled", body)).article
        self.texts[article] = body
        return article

    @rule(article=stored, body=TEXTS)
    def edit(self, article: str, body: str) -> None:
        store.edit(self.db, article, draft("Untitled", body))
        self.texts[article] = body

    @rule(target=trashed, article=consumes(stored))
    def delete(self, article: str) -> tuple[str, str]:
        trash.delete(self.db, article)
        return article, self.texts.pop(article)

    @rule(target=stored, gone=consumes(trashed))
    def restore(self, gone: tuple[str, str]) -> str:
        article, self.texts[gone[0]] = gone
        trash.restore(self.db, article)
        return article

    @invariant()
    def the_index_holds_the_newest_texts_and_nothing_else(self) -> None:
        with self.db.reading() as session:
            rows = session.execute(
                sql(
                    "SELECT revision.article, indexed.serial FROM indexed"
                    " JOIN revision ON revision.id = indexed.revision WHERE indexed.related"
                )
            )
            serials = {row.article: row.serial for row in rows}
            assert set(serials) == set(self.texts)
            signals_by_serial = {
                serials[article]: signals(draft("Untitled", body).paragraphs)
                for article, body in self.texts.items()
            }
            prints = {
                (value, serial)
                for serial, text_signals in signals_by_serial.items()
                for value in text_signals.prints
            }
            assert {
                tuple(row) for row in session.execute(sql("SELECT hash, serial FROM fingerprint"))
            } == prints
            every = sorted(set(signals([*LINES, "Untitled"]).words))
            serials_by_word = word_index.postings(session, every, 1000)
            assert serials_by_word == {
                word: tuple(
                    sorted(
                        serial
                        for serial, text_signals in signals_by_serial.items()
                        if word in text_signals.words
                    )
                )
                for word in every
            }

    @invariant()
    def stories_are_what_hangs_together_by_reuse(self) -> None:
        revisions = {entry.article: entry.revision for entry in store.choices(self.db, "", 500)}
        ties = {
            article: {
                relative.article.article for relative in relate.ensure_relations(self.db, revision).reuse
            }
            for article, revision in revisions.items()
        }
        assert all(article in ties[other] for article, others in ties.items() for other in others)
        entries = library.read_page(self.db, size=500).entries
        assert sum(entry.count for entry in entries) == len(ties)
        for article in ties:
            reached, coming = {article}, [article]
            while coming:
                new = ties[coming.pop()] - reached
                reached |= new
                coming += new
            story = read_story(self.db, article)
            assert {member.entry.article for member in story.articles} == reached

    def teardown(self) -> None:
        self.db.dispose()
        shutil.rmtree(self.folder)


Histories.TestCase.settings = settings(
    max_examples=8,
    stateful_step_count=12,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
TestHistories = Histories.TestCase
