from datetime import UTC, date, datetime, timedelta, tzinfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from app.db.engine.base import Database
from app.errors import EditedMeanwhileError, InvalidInputError, NotFoundError
from app.permalinks import is_id, revision_id
from app.services import comparisons
from app.services.articles import deletion_impact, store, trash
from app.services.edit_log import UNNAMED
from app.services.relations import relate
from app.services.stories import library
from app.services.stories.story import read_story
from app.sources.text import draft

NOBODY = "aaaaaaaaaaaaaaaa"
WORDS = "The minister said on Monday that the two countries would strengthen their cooperation."


def count(db: Database, table: str) -> int:
    with db.reading() as session:
        return int(session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def test_an_added_article_reads_back_verbatim(db: Database) -> None:
    original = "  A visit \r\n\r\n“He came.”\n\n\tSaw.\u200b\n"
    before = datetime.now(UTC)
    ref = store.add(
        db, draft("A visit", original, "Daily", "Ann Lee", "2024-02-05", "https://daily.example/visit?a=1")
    )
    read = store.read(db, ref.article)
    assert (read.article, read.revision, read.number) == (ref.article, ref.revision, 1)
    assert read.text == original
    assert read.paragraphs == ("A visit", "“He came.”", "Saw.\u200b")
    assert (read.title, read.headline, read.furniture) == ("A visit", 0, ())
    assert (read.publisher, read.author, read.published_on) == ("Daily", "Ann Lee", date(2024, 2, 5))
    assert (read.url, read.paragraphs_count) == ("https://daily.example/visit?a=1", 3)
    assert before <= read.added_at <= datetime.now(UTC)
    assert read.added_at.utcoffset() == timedelta(0)
    assert (read.newest, read.numbers) == (1, ((1, read.added_at),))


@pytest.mark.parametrize(
    "line",
    [
        "قال الوزير: \u200f”الدعم كامل“\u200e.",
        "zero\u200bwidth, joiner\u200d, soft\u00adhyphen, \ufeffmark",
        "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 👩‍👩‍👧‍👦 \U0010fffd",
        "<script>alert('x')</script> %s {{ x }} '; DROP TABLE article; --",
        "a\u0301 is not á, \x1b nor \x07",
    ],
)
def test_every_code_point_is_kept(db: Database, line: str) -> None:
    ref = store.add(db, draft("A title", line))
    read = store.read(db, ref.article)
    assert read.text == line
    assert read.paragraphs == ("A title", line)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_any_text_is_stored_verbatim(db: Database, line: str) -> None:
    pasted = f"He came.\n{line}"
    article = draft("A title", pasted)
    read = store.read(db, store.add(db, article).article)
    assert read.text == pasted
    assert read.paragraphs == article.paragraphs


def test_an_articles_id_is_random_and_its_revisions_comes_from_the_content(db: Database) -> None:
    first, second = store.add(db, draft("A visit", WORDS)), store.add(db, draft("A visit", WORDS))
    assert is_id(first.article)
    assert first.article != second.article
    assert first.revision == revision_id(first.article, 1, ["A visit", WORDS])
    assert first.revision != second.revision


def test_an_article_can_be_given_its_id_once(db: Database) -> None:
    assert store.add(db, draft("A visit", WORDS), NOBODY).article == NOBODY
    with pytest.raises(InvalidInputError, match="already an article"):
        store.add(db, draft("A visit", WORDS), NOBODY)
    with pytest.raises(InvalidInputError, match="16 characters"):
        store.add(db, draft("A visit", WORDS), "not an id")
    assert library.read_page(db).articles == 1


def test_an_edit_makes_a_revision_and_leaves_the_one_before_as_it_was(db: Database) -> None:
    ref = store.add(db, draft("A visit", WORDS, author="Ann Lee"))
    before = store.read(db, ref.article)
    edited = store.edit(db, ref.article, draft("The visit", WORDS + " Soon."))
    assert (edited.article, edited.number) == (ref.article, 2)
    newest = store.read(db, ref.article)
    assert (newest.revision, newest.number, newest.title, newest.author) == (
        edited.revision,
        2,
        "The visit",
        "",
    )
    assert newest.added_at == before.added_at
    first = store.read(db, ref.article, 1)
    assert (first.text, first.title, first.author, first.revision) == (
        before.text, before.title, before.author, before.revision,
    )  # fmt: skip
    assert first.newest == 2
    assert [number for number, _ in first.numbers] == [1, 2]
    assert store.by_revision(db, ref.revision).title == "A visit"


def test_an_edit_of_metadata_alone_makes_a_revision(db: Database) -> None:
    ref = store.add(db, draft("A visit", WORDS))
    for number, changed in enumerate(
        (
            draft("A visit", WORDS, "Daily"),
            draft("A visit", WORDS, "Daily", "Ann"),
            draft("A visit", WORDS, "Daily", "Ann", "2024-02-05"),
            draft("A visit", WORDS, "Daily", "Ann", "2024-02-05", "https://daily.example"),
            draft("A visit", WORDS),
        ),
        start=2,
    ):
        assert store.edit(db, ref.article, changed).number == number


def test_an_edit_that_changes_nothing_makes_no_revision(db: Database) -> None:
    ref = store.add(db, draft("A visit", "A visit\n\nHe came.\nAnd left."))
    for same in ("A visit\n\nHe came.\nAnd left.", "\r\nA visit\r\n\r\nHe came.\r\n  And left.\r\n"):
        assert store.edit(db, ref.article, draft("A visit", same)) == ref
    assert store.read(db, ref.article).newest == 1


def test_of_two_edits_of_one_revision_the_later_is_refused_and_stores_nothing(db: Database) -> None:
    ref = store.add(db, draft("A visit", WORDS))
    store.edit(db, ref.article, draft("Theirs", WORDS), expected=1)
    with pytest.raises(EditedMeanwhileError, match="Somebody saved revision 2") as refused:
        store.edit(db, ref.article, draft("Mine", WORDS), expected=1)
    assert refused.value.newest == 2
    stored = store.read(db, ref.article)
    assert (stored.newest, stored.title) == (2, "Theirs")
    assert store.edit(db, ref.article, draft("Mine", WORDS), expected=2).number == 3


def test_deleting_takes_all_with_it_and_nothing_else(seeded_db: Database) -> None:
    base, witness, third, *_ = store.choices(seeded_db, "", 500)
    store.edit(seeded_db, base.article, draft(base.title, WORDS))
    comparisons.open_or_make(seeded_db, base.revision, witness.revision)
    comparisons.open_or_make(seeded_db, witness.revision, base.revision)
    comparisons.open_or_make(seeded_db, witness.revision, third.revision)
    trash.delete(seeded_db, base.article)
    assert count(seeded_db, "comparison") == 1
    assert count(seeded_db, "revision") == 4
    assert all(base.article != entry.article for entry in store.choices(seeded_db, "", 500))
    with pytest.raises(NotFoundError):
        store.read(seeded_db, base.article)
    with pytest.raises(NotFoundError):
        comparisons.open_or_make(seeded_db, base.revision, witness.revision)


def test_losses_name_every_link_that_will_stop_working(seeded_db: Database) -> None:
    base, witness, *_ = store.choices(seeded_db, "", 500)
    edited = store.edit(seeded_db, base.article, draft("Retitled", WORDS))
    comparisons.open_or_make(seeded_db, witness.revision, base.revision, keeper=UNNAMED)
    comparisons.open_or_make(seeded_db, edited.revision, edited.revision, keeper=UNNAMED)
    lost = deletion_impact.assess(seeded_db, base.article)
    assert (lost.title, lost.revisions) == ("Retitled", 2)
    pages = lost.links[:6]
    assert pages == (
        f"/articles/{base.article}",
        f"/stories/{base.article}",
        f"/articles/{base.article}/revisions/1",
        f"/articles/{base.article}/revisions/2",
        f"/compare/{witness.revision}..{base.revision}",
        f"/compare/{edited.revision}..{edited.revision}",
    )
    assert len(lost.links) == 6 + 6
    assert all(link.startswith("/quotations/") for link in lost.links[6:])


def test_the_deletion_impact_includes_the_story(db: Database) -> None:
    parts = [" ".join(f"{word}{number}" for number in range(60)) for word in ("harbour", "market", "bridge")]
    whole = store.add(db, draft("The whole", "\n\n".join(parts)))
    for title, part in zip(("One", "Another", "A third"), parts, strict=True):
        store.add(db, draft(title, part))
    again = store.add(db, draft("Once more", parts[0]))
    assert deletion_impact.assess(db, whole.article).story == (2, 1, 1)
    assert deletion_impact.assess(db, again.article).story == (4,)
    alone = store.add(db, draft("Alone", " ".join(f"orchard{number}" for number in range(60))))
    assert deletion_impact.assess(db, alone.article).story == ()


def test_every_other_article_can_be_compared_with(seeded_db: Database) -> None:
    entries = [*store.choices(seeded_db, "", 500)]
    assert store.choices(seeded_db, entries[1].article, 500) == (entries[0], *entries[2:])
    assert store.choices(seeded_db, entries[1].article, 1) == (entries[0],)


@pytest.mark.parametrize(
    "unknown_id", [NOBODY, "", "x", "AAAAAAAAAAAAAAAA", "' OR 1=1 --", "\x00", "ä" * 5000]
)
def test_an_unknown_id_is_not_found(seeded_db: Database, unknown_id: str) -> None:
    for request in (
        lambda: store.read(seeded_db, unknown_id),
        lambda: store.read(seeded_db, unknown_id, 1),
        lambda: store.by_revision(seeded_db, unknown_id),
        lambda: deletion_impact.assess(seeded_db, unknown_id),
        lambda: trash.delete(seeded_db, unknown_id),
        lambda: store.edit(seeded_db, unknown_id, draft("A visit", WORDS)),
        lambda: relate.ensure_relations(seeded_db, unknown_id),
        lambda: read_story(seeded_db, unknown_id),
        lambda: comparisons.open_or_make(seeded_db, unknown_id, unknown_id),
    ):
        with pytest.raises(NotFoundError):
            request()
    assert library.read_page(seeded_db).articles == 5


@pytest.mark.parametrize("number", [0, -1, 2, 2**40, 2**70])
def test_an_unknown_revision_of_a_known_article_is_not_found(seeded_db: Database, number: int) -> None:
    article = store.choices(seeded_db, "", 1)[0].article
    with pytest.raises(NotFoundError, match="no such revision"):
        store.read(seeded_db, article, number)


@pytest.mark.sqlite
def test_a_text_of_nearly_20_000_paragraphs_is_stored_and_found_again(db: Database) -> None:
    text = "\n".join(f"Paragraph {n} says that {n * 7} people came." for n in range(19_999))
    first = store.add(db, draft("A long report", text))
    second = store.add(db, draft("A longer report", text + "\nAnd more."))
    assert store.read(db, first.article).paragraphs_count == 20_000
    (relative,) = relate.ensure_relations(db, second.revision).reuse
    assert relative.article.article == first.article
    assert relative.relation.witness_in_base > 0.99
    trash.delete(db, first.article)
    assert relate.ensure_relations(db, second.revision).reuse == ()


def test_a_clock_that_is_set_back_changes_no_order_of_revisions(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Clock(datetime):
        at = datetime(2040, 5, 1, tzinfo=UTC)

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Clock":
            return cls.fromtimestamp(cls.at.timestamp(), tz)

    monkeypatch.setattr(store, "datetime", Clock)
    ref = store.add(db, draft("A visit", WORDS))
    Clock.at = datetime(1999, 5, 1, tzinfo=UTC)
    store.edit(db, ref.article, draft("A visit", f"{WORDS} He left."), expected=1)
    other = store.add(db, draft("Another", "Nobody came to the harbour."))
    newest, first = store.read(db, ref.article), store.read(db, ref.article, 1)
    assert (newest.number, newest.text) == (2, f"{WORDS} He left.")
    assert (first.number, first.text) == (1, WORDS)
    assert library.read_page(db).articles == 2
    trash.delete(db, ref.article)
    assert store.read(db, other.article).newest == 1
