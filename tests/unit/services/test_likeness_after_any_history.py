import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, rule

from app.collation.shingles import containment
from app.services import articles, lifecycle
from app.services.discovery import FLOOR
from app.settings import Settings
from app.sources.text import draft

TEXTS = st.lists(
    st.sampled_from("one two three four five six seven eight".split()), min_size=1, max_size=14
).map(" ".join)


class Histories(RuleBasedStateMachine):
    """Articles come, change and go; what is stored of their likeness is always what their texts say."""

    stored: Bundle[str] = Bundle("stored")

    @initialize()
    def open_database(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.db = lifecycle.open_database(Settings(data_dir=self.folder))
        self.texts: dict[str, str] = {}

    @rule(target=stored, text=TEXTS)
    def add(self, text: str) -> str:
        article = articles.add(self.db, draft("Untitled", text)).article
        self.texts[article] = text
        return article

    @rule(article=stored, text=TEXTS)
    def edit(self, article: str, text: str) -> None:
        articles.edit(self.db, article, draft("Untitled", text))
        self.texts[article] = text

    @rule(article=consumes(stored))
    def delete(self, article: str) -> None:
        articles.delete(self.db, article)
        del self.texts[article]

    @invariant()
    def likeness_is_what_the_texts_say(self) -> None:
        hashes = {
            article: frozenset(articles.hashed(draft("Untitled", text)))
            for article, text in self.texts.items()
        }
        page = articles.library(self.db, size=100)
        assert {entry.article.article for entry in page.entries} == set(hashes)
        for entry in page.entries:
            own = hashes[entry.article.article]
            expected = {
                other: (containment(theirs, own), containment(own, theirs))
                for other, theirs in hashes.items()
                if other != entry.article.article
            }
            told = {found.article.article: (found.contains, found.contained) for found in entry.alike}
            assert told.items() <= expected.items()
            alike = sorted((max(pair) for pair in expected.values() if max(pair) >= FLOOR), reverse=True)
            assert [max(pair) for pair in told.values()] == alike[: len(told)]
            assert len(told) == min(len(alike), articles.ALIKE_SHOWN)

    def teardown(self) -> None:
        self.db.dispose()
        shutil.rmtree(self.folder)


Histories.TestCase.settings = settings(max_examples=10, stateful_step_count=15, deadline=None)
TestHistories = Histories.TestCase
