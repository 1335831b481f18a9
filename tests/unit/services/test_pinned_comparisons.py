"""Comparisons made around a reader's pins: stored like any other, and bounded."""

from functools import partial

import pytest
from sqlalchemy import text

from app.collation import document, pipeline
from app.collation.model import Pins
from app.db.engine.base import Database
from app.errors import InvalidInputError, NotFoundError
from app.permalinks import MAX_PINS
from app.services import comparisons
from app.services.articles import deletion_impact, store, trash
from app.services.edit_log import UNNAMED
from app.sources.text import draft

open_comparison = partial(comparisons.open_or_make, keeper=UNNAMED)
"""An editor's, who has whatever they make stored."""

TOGETHER = Pins(together=((0, 1),))
APART = Pins(apart=((0, 0),))

BASE = "The harbour bridge will close on Monday.\n\nFerries will run while it is repaired."
WITNESS = "The harbour bridge closes on Monday.\n\nNobody was asked about the price of tickets."


@pytest.fixture
def pair(db: Database) -> tuple[str, str]:
    base = store.add(db, draft("", BASE, publisher="The Courier"))
    return base.revision, store.add(db, draft("", WITNESS, publisher="The Herald")).revision


def stored(db: Database) -> list[tuple[str, str]]:
    with db.reading() as session:
        rows = session.execute(text("SELECT pins, engine FROM comparison ORDER BY id"))
        return [(pins, engine) for pins, engine in rows]


def linked(stored: comparisons.StoredComparison) -> set[tuple[int, int]]:
    return {(i, j) for row in stored.comparison.collation.rows for i in row.base for j in row.witness}


def test_pins_make_a_comparison_of_their_own_beside_the_machines(db: Database, pair: tuple[str, str]) -> None:
    plain = open_comparison(db, *pair)
    together = open_comparison(db, *pair, pins=TOGETHER)
    apart = open_comparison(db, *pair, pins=APART)
    assert (0, 0) in linked(plain)
    assert (0, 1) in linked(together)
    assert (0, 0) not in linked(apart)
    assert [pins for pins, _ in stored(db)] == ["", "0-1", "0x0"]
    assert open_comparison(db, *pair) == plain
    assert open_comparison(db, *pair, pins=TOGETHER) == together
    assert together.comparison.pins == TOGETHER
    assert plain.comparison.pins == Pins()


def test_pins_in_any_order_are_one_comparison(db: Database, pair: tuple[str, str]) -> None:
    first = open_comparison(db, *pair, pins=Pins(together=((1, 1), (0, 0), (1, 1))))
    assert open_comparison(db, *pair, pins=Pins(together=((0, 0), (1, 1)))) == first
    assert first.comparison.pins == Pins(together=((0, 0), (1, 1)))
    assert [pins for pins, _ in stored(db)] == ["0-0,1-1"]


def test_each_digest_is_of_its_own_document(db: Database, pair: tuple[str, str]) -> None:
    assert comparisons.digest(db, *pair, pins=TOGETHER) is None
    plain = open_comparison(db, *pair)
    pinned = open_comparison(db, *pair, pins=TOGETHER)
    assert comparisons.digest(db, *pair, pins=TOGETHER) == pinned.digest
    assert comparisons.digest(db, *pair) == plain.digest
    assert comparisons.digest(db, *pair, pipeline.ENGINE, TOGETHER) == pinned.digest


def test_no_pins_leave_the_documents_bytes_as_they_were(db: Database, pair: tuple[str, str]) -> None:
    assert '"pins"' not in document.dumps(open_comparison(db, *pair).comparison)
    assert '"pins":{"together":[],"apart":[[0,0]]}' in document.dumps(
        open_comparison(db, *pair, pins=APART).comparison
    )


def test_a_pinned_link_shows_its_first_document_whatever_engine_comes_after(
    db: Database, pair: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "ENGINE", "0.9")
    first = open_comparison(db, *pair, pins=TOGETHER)
    monkeypatch.undo()
    assert open_comparison(db, *pair, pins=TOGETHER) == first
    newer = open_comparison(db, *pair, pipeline.ENGINE, TOGETHER)
    assert newer.comparison.engine == pipeline.ENGINE
    assert stored(db) == [("0-1", "0.9"), ("0-1", pipeline.ENGINE)]
    with pytest.raises(NotFoundError):
        open_comparison(db, *pair, "0.9", APART)


@pytest.mark.parametrize(
    ("pins", "words"),
    [
        (Pins(together=((9, 0),)), "no paragraph 9 and 0"),
        (Pins(apart=((0, 9),)), "no paragraph 0 and 9"),
        (Pins(together=((0, 0), (1, 0), (1, 1)), apart=((0, 1),)), "0x1 keeps apart what other pins"),
        (Pins(together=((0, 0),), apart=((0, 0),)), "keeps them apart"),
        (Pins(together=tuple((0, number) for number in range(MAX_PINS + 1))), f"more than {MAX_PINS} pins"),
    ],
)
def test_pins_that_cannot_be_kept_are_refused_in_words_and_not_stored(
    db: Database, pair: tuple[str, str], pins: Pins, words: str
) -> None:
    with pytest.raises(InvalidInputError, match=words):
        open_comparison(db, *pair, pins=pins)
    assert stored(db) == []


def test_only_so_many_pinned_comparisons_of_a_pair_are_stored(
    db: Database, pair: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparisons, "MAX_STORED_WITH_PINS", 1)
    assert open_comparison(db, *pair, pins=TOGETHER).stored
    further = open_comparison(db, *pair, pins=APART)
    assert not further.stored
    assert open_comparison(db, *pair, pins=APART).digest == further.digest
    assert open_comparison(db, *pair).stored
    assert open_comparison(db, pair[1], pair[0], pins=APART).stored
    assert len(stored(db)) == 3


def test_deleting_a_text_names_and_removes_the_pinned_comparisons_too(
    db: Database, pair: tuple[str, str]
) -> None:
    open_comparison(db, *pair)
    open_comparison(db, *pair, pins=TOGETHER)
    article = store.by_revision(db, pair[0]).article
    links = deletion_impact.assess(db, article).links
    assert links[-2:] == (f"/compare/{pair[0]}..{pair[1]}", f"/compare/{pair[0]}..{pair[1]}?pins=0-1")
    trash.delete(db, article)
    assert stored(db) == []
