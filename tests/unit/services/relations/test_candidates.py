import pytest

from app.collation.discovery import copies, ranking
from app.collation.discovery.signals import signals
from app.db.engine.base import Database
from app.services.articles import store
from app.services.articles.store import RevisionRef
from app.services.relations import candidates
from app.sources.text import draft
from tests.unit.services.texts import paragraphs, text, words

LEGAL = words(500, 30)


@pytest.fixture(autouse=True)
def _in_a_larger_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "MIN_GROUPS", 3 * ranking.MAX_SHARING_ONE_PASSAGE)


def added(db: Database, *parts: list[str] | str) -> RevisionRef:
    content = text(*parts)
    return store.add(db, draft(content[:40], content))


def best(db: Database, query_paragraphs: list[str], limit: int) -> list[int]:
    """Return the serials of the candidates."""
    text_signals = signals(query_paragraphs)
    with db.reading() as session:
        return [
            candidate.serial
            for candidate in candidates.find_candidates(
                session, text_signals.prints, text_signals.words, limit=limit
            ).best
        ]


def test_the_boilerplate_of_one_outlet_leaves_room_for_other_candidates(db: Database) -> None:
    for n in range(ranking.MAX_SHARING_ONE_PASSAGE + 4):
        added(db, paragraphs(20 + n, count=3, length=30), LEGAL)
    quoted = words(900, 20)
    added(db, paragraphs(50), quoted)
    query_text = [*paragraphs(60), quoted, LEGAL]
    original = ranking.MAX_SHARING_ONE_PASSAGE + 5
    assert original in best(db, query_text, ranking.MAX_SHARING_ONE_PASSAGE + 1)
    assert best(db, query_text, 30)[-4:] == list(range(ranking.MAX_SHARING_ONE_PASSAGE + 1, original))


def test_copies_rank_before_articles_that_share_one_line(db: Database) -> None:
    copied = paragraphs(1)
    for n in range(ranking.MAX_SHARING_ONE_PASSAGE + 4):
        added(db, copied, words(700 + n, 12))
    added(db, paragraphs(50), copied[0])
    assert best(db, copied, 30) == list(range(1, ranking.MAX_SHARING_ONE_PASSAGE + 6))


def test_no_more_text_is_verified_than_takes_seconds(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = paragraphs(5, count=12)
    refs = [store.add(db, draft(f"Copy {number}", text(lines))) for number in range(4)]
    length = len(text(lines))
    new = draft("Copy", text(lines))
    assert len(candidates.find_relatives(db, new)) == len(refs)

    monkeypatch.setattr(ranking, "MAX_VERIFIED_CHARS", 5 * length)
    assert len(candidates.find_relatives(db, new)) == 2
    monkeypatch.setattr(ranking, "MAX_VERIFIED_CHARS", 1)
    assert len(candidates.find_relatives(db, new)) == 1


def test_of_texts_of_tiny_paragraphs_fewer_are_verified(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [line for paragraph in paragraphs(5, count=12) for line in paragraph.split()]
    for number in range(4):
        store.add(db, draft(f"Copy {number}", text(lines)))
    monkeypatch.setattr(ranking, "MAX_VERIFIED_CHARS", 5 * len(text(lines)))
    assert len(candidates.find_relatives(db, draft("Copy", text(lines)))) == 1
