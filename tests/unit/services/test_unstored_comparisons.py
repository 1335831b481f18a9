"""Comparisons that readers request are stored only if their number is limited; others if an editor keeps them."""

from threading import BoundedSemaphore
from unittest.mock import Mock

import pytest
from sqlalchemy import text

from app.collation import pipeline
from app.collation.model import Pins
from app.db.engine.base import Database
from app.errors import NotFoundError, TooManyComparisonsError
from app.services import comparisons, edit_log
from app.services.articles import store, trash
from app.services.edit_log import Actor
from app.sources.text import draft
from tests.unit.services.texts import paragraphs
from tests.unit.services.texts import text as joined

ANN = Actor("Ann Lee", "name")
APART = Pins(apart=((0, 0),))


@pytest.fixture(autouse=True)
def _nothing_open(monkeypatch: pytest.MonkeyPatch) -> None:
    comparisons._UNSTORED_DIGESTS.clear()


@pytest.fixture
def related(db: Database) -> tuple[str, str]:
    body = paragraphs(1)
    base = store.add(db, draft("A visit", joined(body), "The Courier"))
    return base.revision, store.add(db, draft("The visit", joined(body[:5]), "The Herald")).revision


@pytest.fixture
def unrelated(db: Database) -> tuple[str, str]:
    base = store.add(db, draft("A visit", joined(paragraphs(2))))
    return base.revision, store.add(db, draft("The harbour", joined(paragraphs(3)))).revision


def stored(db: Database) -> int:
    with db.reading() as session:
        return int(session.execute(text("SELECT count(*) FROM comparison")).scalar_one())


def test_a_readers_comparison_is_stored_only_for_related_articles(
    db: Database, related: tuple[str, str], unrelated: tuple[str, str]
) -> None:
    for number in range(5):
        pins = Pins(together=((number, number),))
        assert not comparisons.open_or_make(db, *related, pins=pins).stored
        assert not comparisons.open_or_make(db, *related, pipeline.ENGINE, pins).stored
    assert not comparisons.open_or_make(db, *unrelated).stored
    assert not comparisons.open_or_make(db, unrelated[1], unrelated[0], pipeline.ENGINE).stored
    assert stored(db) == 0
    assert comparisons.open_or_make(db, *related).stored
    assert stored(db) == 1


def test_an_editors_pins_are_stored_and_logged_once(
    db: Database, related: tuple[str, str], unrelated: tuple[str, str]
) -> None:
    plain = comparisons.open_or_make(db, *related, keeper=ANN)  # which a reader would have stored too
    unstored = comparisons.open_or_make(db, *related, pins=APART)
    by_editor = comparisons.open_or_make(db, *related, pins=APART, keeper=ANN)
    other = comparisons.open_or_make(db, *unrelated, keeper=ANN)
    assert by_editor.stored
    assert other.stored
    assert comparisons.open_or_make(db, *related, pins=APART) == by_editor
    assert comparisons.open_or_make(db, *related, pins=APART, keeper=Actor("Ben", "name")) == by_editor
    assert unstored.digest == by_editor.digest
    second, first = edit_log.read_log(db, 2).changes
    assert (first.action, first.who, first.pins) == ("pin", "Ann Lee", "0x0")
    assert (first.revision, first.witness) == related
    assert (first.before, first.after) == (plain.digest, by_editor.digest)
    assert first.title == "A visit – The visit"
    assert (second.action, second.before, second.after) == ("keep", None, other.digest)
    assert [change.action for change in edit_log.read_log(db, 9).changes].count("pin") == 1


def test_what_is_not_stored_is_not_computed_again_at_once(
    db: Database, related: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    compare = Mock(wraps=pipeline.compare)
    monkeypatch.setattr(pipeline, "compare", compare)
    first = comparisons.open_or_make(db, *related, pins=APART)
    assert comparisons.open_or_make(db, *related, pins=APART) == first
    assert compare.call_count == 1
    trash.delete(db, store.by_revision(db, related[0]).article)
    with pytest.raises(NotFoundError):
        comparisons.open_or_make(db, *related, pins=APART)


def test_so_many_digests_are_known_and_no_more(
    db: Database, related: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparisons, "MAX_UNSTORED_KNOWN", 2)
    for number in range(4):
        comparisons.open_or_make(db, *related, pins=Pins(together=((number, number),)))
    assert len(comparisons._UNSTORED_DIGESTS) == 2


def test_too_many_requests_by_readers_are_asked_to_retry(
    db: Database, related: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    admitted = BoundedSemaphore(1)
    monkeypatch.setattr(comparisons, "_ADMITTED", admitted)
    with admitted:
        with pytest.raises(TooManyComparisonsError, match="Try again in a moment"):
            comparisons.open_or_make(db, *related, pins=APART)
        assert comparisons.open_or_make(db, *related).stored
        assert comparisons.open_or_make(db, *related, pins=APART, keeper=ANN).stored
    assert not comparisons.open_or_make(db, *related, pins=Pins(apart=((1, 1),))).stored
