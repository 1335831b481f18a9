"""Submitting an article: one search and one verification, whether it is saved at once or asked about first."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from app.collation import relations
from app.db.engine.base import Database
from app.services.articles import store
from app.services.articles.store import RevisionRef
from app.services.articles.submit import LookAlikes, submit
from app.services.relations import candidates, relate
from app.services.stories import library
from app.sources.text import draft
from tests.unit.services.texts import paragraphs, text, words

WORDS = "The minister said on Monday that the two countries would strengthen their cooperation."
SPEECH = f"“{words(90, 20)[:-1]},” said Ann Lee on Monday."
ONCE = {"prepare_verification": 1, "verify": 1, "relate_several": 1}


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often candidates were searched for and verified so far."""
    count: Counter[str] = Counter()

    def counted(name: str, function: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: Any, **options: Any) -> object:
            count[name] += 1
            return function(*arguments, **options)

        return call

    for module, name in (
        (candidates, "prepare_verification"),
        (candidates, "verify"),
        (relations, "relate_several"),
    ):
        monkeypatch.setattr(module, name, counted(name, getattr(module, name)))
    return count


def question_of(answer: RevisionRef | LookAlikes) -> LookAlikes:
    assert isinstance(answer, LookAlikes)
    return answer


def saved(answer: RevisionRef | LookAlikes) -> RevisionRef:
    assert isinstance(answer, RevisionRef)
    return answer


def test_a_text_like_none_is_saved_after_one_search_and_one_verification(
    db: Database, calls: Counter[str]
) -> None:
    store.add(db, draft("Another", text(paragraphs(1))))
    calls.clear()
    ref = saved(submit(db, draft("Own", text(paragraphs(2))), max_listed=10))
    assert calls == ONCE
    assert store.read(db, ref.article).title == "Own"


def test_a_question_and_its_confirmation_each_take_one_search_and_one_verification(
    db: Database, calls: Counter[str]
) -> None:
    part = store.add(db, draft("Part", text(paragraphs(1)[:3])))
    submitted = draft("Own", text(paragraphs(1)))
    calls.clear()
    question = question_of(submit(db, submitted, max_listed=10))
    assert calls == ONCE
    assert question.same == ()
    assert [relative.article.article for relative in question.relatives] == [part.article]
    assert library.read_page(db).articles == 1
    calls.clear()
    ref = saved(submit(db, submitted, confirmed=True, max_listed=10))
    assert calls == ONCE
    stored = relate.ensure_relations(db, ref.revision).reuse
    assert [relative.relation for relative in stored] == [
        relative.relation for relative in question.relatives
    ]


def test_articles_already_shown_are_not_asked_about(db: Database) -> None:
    first = store.add(db, draft("First", text(paragraphs(1)[:3])))
    second = store.add(db, draft("Second", text(paragraphs(1)[2:])))
    submitted = draft("Own", text(paragraphs(1)))
    question_of(submit(db, submitted, seen=[first.article], max_listed=10))
    saved(submit(db, submitted, seen=[first.article, second.article], max_listed=10))


def test_only_listed_articles_are_asked_about(db: Database) -> None:
    closest = store.add(db, draft("Closest", text(paragraphs(1)[:5])))
    store.add(db, draft("Further", text(paragraphs(1)[:2])))
    submitted = draft("Own", text(paragraphs(1)))
    assert len(question_of(submit(db, submitted, max_listed=1)).relatives) == 1
    saved(submit(db, submitted, seen=[closest.article], max_listed=1))


def test_a_shared_quotation_is_asked_about(db: Database) -> None:
    store.add(db, draft("Speech", text(paragraphs(1), SPEECH)))
    (relative,) = question_of(submit(db, draft("Own", text(paragraphs(2), SPEECH)), max_listed=10)).relatives
    assert relative.relation.kind == "shares-quotation"


def test_the_same_text_is_asked_about_whatever_its_metadata(db: Database) -> None:
    first = store.add(db, draft("A visit", WORDS))
    second = store.add(db, draft("A visit", f"A visit\n\n\n{WORDS}\n", publisher="Daily"))
    store.edit(db, first.article, draft("A visit", WORDS + " Soon."))
    shown = [first.article, second.article]
    question = question_of(submit(db, draft("A visit", WORDS, author="Ann"), seen=shown, max_listed=10))
    assert [(entry.article, entry.number) for entry in question.same] == [
        (second.article, 1),
        (first.article, 1),
    ]
    saved(submit(db, draft("A visit", WORDS + " Never."), seen=shown, max_listed=10))
