"""What each revision changed, the last change of substance, and when a sentence came and went."""

import pytest
from sqlalchemy import text as sql

from app.collation.pipeline import ENGINE
from app.db.engine.base import Database
from app.errors import InvalidInputError, NotFoundError, TooManyComparisonsError
from app.services.articles import history, store, trash
from app.services.articles.history import StatedChange
from app.services.edit_log import Actor
from app.services.intake.watching import WATCH
from app.sources.text import draft

FIRST = (
    "The harbour of Aston was closed on Monday after a storm sank two boats near the pier.",
    "“We will not open it before summer,” Ann Lee said.",
    "Fishers met at noon to talk about what they lost in the storm.",
)
SUBSCRIBE = "Sign up for our newsletter"


def body(*lines: str) -> str:
    return "\n\n".join(lines)


@pytest.fixture
def article(db: Database) -> str:
    """An article of six revisions: the first text, typography, a number, what is stated, a paragraph more and less."""
    two = (FIRST[0], '"We will not open it before summer," Ann Lee said.', FIRST[2])
    three = (FIRST[0].replace("two boats", "three boats"), *two[1:])
    five = (*three, "The mayor asked the county for help on Tuesday evening.")
    six = (three[0], *three[2:])
    ref = store.add(db, draft("Harbour closed", body(*FIRST), "The Daily"), actor=Actor("Ann", "name"))
    store.edit(db, ref.article, draft("Harbour closed", body(*two), "The Daily"))
    store.edit(db, ref.article, draft("Harbour closed", body(*three), "The Daily"), actor=WATCH)
    store.edit(db, ref.article, draft("Harbour closed", body(*three), "The Weekly", "", "2024-02-05"))
    store.edit(db, ref.article, draft("Harbour closed", body(*five), "The Weekly", "", "2024-02-05"))
    store.edit(db, ref.article, draft("Harbour closed", body(*six), "The Weekly", "", "2024-02-05"))
    return ref.article


def test_each_revision_says_what_it_changed_and_where_it_came_from(db: Database, article: str) -> None:
    for _ in range(2):  # the second time from what is stored
        read = history.read_history(db, article, 10)
        assert read.is_complete
        assert [entry.change and entry.change.substance for entry in read.entries] == [
            *("text", "text", "none", "text", "typography", None)
        ]
    six, five, four, three, _, one = read.entries
    assert six.change
    assert (six.change.omitted, [passage.before for passage in six.change.passages]) == (
        2,
        [
            '"We will not open it before summer," Ann Lee said.',
            "The mayor asked the county for help on Tuesday evening.",
        ],
    )
    assert five.change
    assert five.change.added == 1
    assert four.stated == (
        StatedChange("publisher", "The Daily", "The Weekly"),
        StatedChange("published_on", "", "2024-02-05"),
    )
    assert three.change
    (passage,) = three.change.passages
    assert (passage.before, passage.after, three.change.findings) == ("two", "three", {"number": 1})
    assert (three.source, one.source, one.who) == ("watch", "edit", "Ann")
    with db.reading() as session:
        assert session.execute(sql("SELECT count(*) FROM revision_change")).scalar_one() == 4


def test_a_part_of_a_history_goes_on_where_another_ends(db: Database, article: str) -> None:
    later = history.read_history(db, article, 4)
    earlier = history.read_history(db, article, 4, before=3)
    assert [entry.revision.number for entry in (*later.entries, *earlier.entries)] == [6, 5, 4, 3, 2, 1]
    assert history.read_history(db, article, 4, before=1).entries == ()


def test_what_an_older_engine_found_is_found_anew(db: Database, article: str) -> None:
    read = history.read_history(db, article, 10)
    with db.writing() as session:
        session.execute(sql("UPDATE revision_change SET engine = '0.1', substance = 'none'"))
    assert history.read_history(db, article, 10) == read
    with db.reading() as session:
        assert set(session.execute(sql("SELECT engine FROM revision_change")).scalars()) == {ENGINE}


def test_long_revisions_are_compared_a_few_at_a_time(
    db: Database, article: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "MAX_COMPARED_CHARS", 10)
    known = []
    for _ in range(4):
        read = history.read_history(db, article, 10)
        known.append(sum(entry.change is not None for entry in read.entries))
    assert known == [2, 3, 4, 5]
    assert read.is_complete


def test_the_last_change_of_substance_is_found_from_any_revision(
    db: Database, article: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [history.last_change(db, article, number) for number in range(1, 7)] == [None, None, 3, 3, 5, 6]
    with db.writing() as session:
        session.execute(sql("DELETE FROM revision_change"))
    monkeypatch.setattr(history, "MAX_COMPARED_CHARS", 10)  # one request does not compare all of them
    assert history.last_change(db, article, 6) == 6
    with db.reading() as session:
        assert session.execute(sql("SELECT count(*) FROM revision_change")).scalar_one() == 1
    monkeypatch.setattr(history, "MAX_STEPS", 1)
    with pytest.raises(TooManyComparisonsError):
        history.last_change(db, article, 4)


def test_a_sentence_is_found_in_the_revisions_that_have_it(
    db: Database, article: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def runs(sentence: str) -> tuple[tuple[int, int], ...]:
        return history.find_sentence(db, article, sentence).runs

    assert runs("  “we will NOT\nopen it before summer,” ") == ((1, 5),)
    assert runs("The mayor asked the county") == ((5, 5),)
    assert runs("sank two boats") == ((1, 2),)
    assert runs("talk about what they lost") == ((1, 6),)
    assert runs("Nobody said this.") == ()
    monkeypatch.setattr(history, "MAX_SEARCHED_CHARS", 1)
    assert history.find_sentence(db, article, "sank two boats").oldest == 6


def test_wrong_requests_are_refused_in_words(db: Database, article: str) -> None:
    for sentence in ("", " . – ", "\u200b", "x" * 501):
        with pytest.raises(InvalidInputError):
            history.find_sentence(db, article, sentence)
    with pytest.raises(InvalidInputError, match="named twice"):
        history.pair(db, article, 2, 2)
    for unknown in ("nothing", "a" * 16, "x'; --"):
        with pytest.raises(NotFoundError):
            history.read_history(db, unknown, 10)
        with pytest.raises(NotFoundError):
            history.find_sentence(db, unknown, "He came.")
        with pytest.raises(NotFoundError):
            history.last_change(db, unknown, 2)
    with pytest.raises(NotFoundError, match="no such revision"):
        history.pair(db, article, 2, 99)


def test_a_history_comes_back_with_its_article(db: Database, article: str) -> None:
    read = history.read_history(db, article, 10)
    trash.delete(db, article)
    with pytest.raises(NotFoundError):
        history.read_history(db, article, 10)
    trash.restore(db, article)
    assert history.read_history(db, article, 10) == read


def test_a_revision_that_a_script_sent_says_so(db: Database) -> None:
    ref = store.add(db, draft("A visit", "Two boats sank."), actor=Actor("Ann", "name"))
    store.edit(db, ref.article, draft("A visit", "Three boats sank."), actor=Actor("night script", "key"))
    sources = [entry.source for entry in history.read_history(db, ref.article, 10).entries]
    assert sources == ["script", "edit"]
