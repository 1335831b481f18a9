import pytest

from app.collation.shingles import containment
from app.db.engine import Database
from app.services import articles, discovery
from app.sources.text import draft

STORY = " ".join(
    f"Sentence {n} of the story tells what happened on day {n * 3} in town {n * 7}." for n in range(12)
)
OTHER = " ".join(
    f"Recipe {n} asks for {n * 5} grams of flour, and bakes for {n * 11} minutes." for n in range(12)
)


def test_the_newsweek_piece_and_its_repost_are_alike_and_topic_mates_are_not(seeded_db: Database) -> None:
    newsweek, repost, wsws, *others = articles.library(seeded_db).entries
    assert [found.article for found in newsweek.alike] == [repost.article, wsws.article]
    assert [found.article for found in repost.alike] == [newsweek.article, wsws.article]
    assert newsweek.alike[0].contains > 0.6
    assert newsweek.alike[1].contained < 0.2  # it quotes the same speakers
    assert [entry.alike for entry in others] == [(), ()]


def test_shares_are_told_from_both_sides(db: Database) -> None:
    whole = articles.add(db, draft("Whole", f"{STORY}\n{OTHER}"))
    part = articles.add(db, draft("Part", STORY))
    (of_whole,) = discovery.alike(db, whole.revision)
    (of_part,) = discovery.alike(db, part.revision)
    assert (of_whole.article.article, of_part.article.article) == (part.article, whole.article)
    assert of_whole.contains == of_part.contained > 0.9
    assert of_whole.contained == of_part.contains < 0.6


def test_the_shares_are_those_of_the_texts_themselves(seeded_db: Database) -> None:
    newsweek, repost, *_ = articles.library(seeded_db).entries
    own, other = (
        frozenset(articles.hashed(draft(read.title, read.text)))
        for read in (articles.read(seeded_db, entry.article.article) for entry in (newsweek, repost))
    )
    assert newsweek.alike[0].contained == containment(own, other)
    assert newsweek.alike[0].contains == containment(other, own)


def test_the_most_alike_come_first_and_no_more_than_asked_for(db: Database) -> None:
    sentences = STORY.split(". ")
    ref = articles.add(db, draft("Whole", STORY))
    for n in (3, 9, 6):
        articles.add(db, draft(f"{n} sentences", f"{'. '.join(sentences[:n])}.\n{OTHER} {OTHER[::-1]}"))
    titles = [found.article.title for found in discovery.alike(db, ref.revision)]
    assert titles == ["9 sentences", "6 sentences", "3 sentences"]
    assert len(discovery.alike(db, ref.revision, limit=2)) == 2


def test_furniture_that_two_articles_share_does_not_make_them_alike(seeded_db: Database) -> None:
    newsweek = articles.library(seeded_db).entries[0].article
    furniture = [articles.read(seeded_db, newsweek.article).paragraphs[i] for i in range(-12, 0)]
    ref = articles.add(seeded_db, draft("Bread", "\n".join([OTHER, *furniture])))
    assert discovery.alike(seeded_db, ref.revision) == ()


def test_a_text_without_words_is_stored_and_like_nothing(db: Database) -> None:
    ref = articles.add(db, draft("…", "¿?\n!!!"))
    again = articles.add(db, draft("…", "¿?\n!!!"))
    assert discovery.alike(db, ref.revision) == discovery.alike(db, again.revision) == ()


@pytest.mark.parametrize("size", [1, 2, 5])
def test_pages_of_any_size_tell_the_same_likenesses(seeded_db: Database, size: int) -> None:
    whole = {entry.article.article: entry.alike for entry in articles.library(seeded_db).entries}
    for page in range(1, 6 // size + 1):
        for entry in articles.library(seeded_db, page, size).entries:
            assert entry.alike == whole[entry.article.article]
