"""What is stored with a long text is computed in a separate process."""

from unittest.mock import Mock

import pytest

from app.collation.discovery import signals
from app.collation.text import boilerplate, fingerprints
from app.db.engine.base import Database
from app.errors import InvalidInputError
from app.services import preparing
from app.services.articles import store
from app.services.processes import MIN_CHARS_APART
from app.services.search import terms
from tests.unit.services.texts import paragraphs

LONG = "\n\n".join(paragraphs(1, MIN_CHARS_APART // 150))


def test_a_long_article_is_added_without_work_on_its_text_here(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = Mock(side_effect=AssertionError("worked out here"))
    for module, name in ((boilerplate, "guess"), (fingerprints, "fingerprints"), (fingerprints, "words")):
        monkeypatch.setattr(module, name, here)
    words_of = terms.words_of
    monkeypatch.setattr(terms, "words_of", lambda text: words_of(text) if len(text) < 20 else here())
    draft = preparing.draft_of_text("A visit", LONG)
    assert len(draft.text) >= MIN_CHARS_APART
    assert store.add(db, draft).number == 1


def test_it_is_the_same_as_what_is_worked_out_here() -> None:
    draft = preparing.draft_of_text("A visit", LONG, "Daily", limit=10**6)
    assert preparing.signals_of(draft) == signals.signals(draft.paragraphs, draft.furniture)
    searched = preparing.derive(draft).search, terms.of_text(draft.paragraphs)
    there, here = (terms.columns(search, "", "", "", None) for search in searched)
    assert there == here


def test_a_long_text_is_refused_by_its_fields() -> None:
    with pytest.raises(InvalidInputError) as refused:
        preparing.draft_of_text("A visit", LONG, published_on="yesterday", url="nowhere")
    assert set(refused.value.fields) == {"published_on", "url"}
