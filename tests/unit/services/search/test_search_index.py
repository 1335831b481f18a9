"""The index of the full-text search: what it holds is what the newest texts hold, on both databases."""

from sqlalchemy import text as sql

from app.db.engine.base import Database
from app.db.index import search_texts
from app.db.index.search_expression import Expression, TermRun
from app.services.articles import store, trash
from app.services.operations.database import open_database
from app.services.search import pending, terms
from app.services.search.find import SearchRequest, search
from app.settings import Settings
from app.sources.text import draft
from tests.unit.services.texts import paragraphs, text


def found(db: Database, *required: TermRun, without: tuple[TermRun, ...] = ()) -> int:
    expression = Expression(tuple((phrase,) for phrase in required), without)
    with db.reading() as session:
        return len(search_texts.matches(session, expression, 10).serials)


def words(several: str, column: str = "") -> TermRun:
    terms_in_order, goes_on = terms.phrase(several)
    return TermRun(terms_in_order, column, goes_on)


def test_words_phrases_and_what_is_left_out(db: Database) -> None:
    store.add(db, draft("Talks in Kyiv", "The Atlantic Council met.\n\nThen it left.", publisher="Atlas"))
    assert found(db, words("atlantic council"))
    assert not found(db, words("council atlantic"))
    assert not found(db, words("met then"))  # two paragraphs are no phrase
    assert found(db, words("left"), words("met"))
    assert found(db, words("kyiv", "title"))
    assert not found(db, words("council", "title"))
    assert found(db, words("atlas", "publisher"))
    assert not found(db, words("left"), without=(words("atlantic council"),))
    assert found(db, words("left"), without=(words("council atlantic"),))
    assert found(db, TermRun(("counc",), is_prefix=True))


IN_MANY_SCRIPTS = [
    ("国防", "国"),
    ("Beyoncé besucht die Müllers.", "beyonce besucht die mullers"),
    ("国防部长董军表示支持。", "部长董军"),
    ("カﾞスの価格", "ガス"),
    ("サーバーが停止", "ｻｰﾊﾞｰ"),
    ("정부는 발표했다", "정부"),
    ("Он приехал в Киев", "КИЕВ"),
    ("नमस्ते दुनिया", "दुनिया"),
    ("وَزِير الدِّفَاع", "وزير"),
    ("de\u00adfense", "defense"),
    ("iPhone手机发布", "iphone手"),
    ("the x of the y of the", "of the y"),
    ("The o\ufb03ce was \ufb01ned", "office was fined"),
    ("The rebels flee", "rebels \ufb02ee"),
    ("ＦＢＩ and 1９9０", "fbi and 1990"),
    ("A cup and 1½ spoons", "1 1/2 spoons"),
    ("Add 1 1/2 ladles", "½ ladles"),
    ("5㎏ of rice", "5kg of rice"),
    ("Brand™ said", "brand said"),
    ("㍻の時代", "平成の"),
    ("x² and CO₂", "x2 and co2"),
    ("de\u200bfen\u2060se\u00ad min\u061cis\u180eter", "defense minister"),
    ("O’Brien didnʼt", "o'brien didn’t"),
    ("Hawaiʻi", "hawai'i"),
    ("Łódź, Ærø and Bjørn Işık", "lodz aero and bjorn isik"),
    ("Gdansk and Wroclaw", "Gdańsk and Wrocław"),
    ("cafe\u0301 Beyoncé", "café beyonce"),
    ("قال ﷺ", "صلى الله"),
]


def test_words_of_many_scripts_are_found(db: Database) -> None:
    for stored, query in IN_MANY_SCRIPTS:
        assert not found(db, words(query)), query
        store.add(db, draft("A", stored))
        assert found(db, words(query)), query


def test_an_edited_or_deleted_article_is_found_by_its_new_text_or_not_at_all(db: Database) -> None:
    ref = store.add(db, draft("A", "Olive oil, and Müller’s 国防."))
    store.edit(db, ref.article, draft("B", "Sunflower oil."))
    assert [found(db, words(word)) for word in ("olive", "国防", "oil", "sunflower")] == [0, 0, 1, 1]
    trash.delete(db, ref.article)
    assert [found(db, words(word)) for word in ("oil", "b")] == [0, 0]
    with db.reading() as session:
        rows = session.execute(sql("SELECT count(*) FROM unsearched")).scalar_one()
    assert rows == 0


def test_texts_that_wait_are_put_in_once_and_new_ways_of_cutting_begin_anew(
    db: Database, settings: Settings
) -> None:
    for seed in (1, 2):
        store.add(db, draft(f"A {seed}", text(paragraphs(seed))))
    with db.writing() as session:
        search_texts.renew(session, "an older version")
    assert not found(db, words("a"))
    again = open_database(settings)
    with again.reading() as session:
        assert search_texts.count_waiting(session) == 2
    third = store.add(again, draft("A 3", text(paragraphs(3))))
    assert pending.put_waiting(again) == 2
    assert found(again, words("a")) == 3
    trash.delete(again, third.article)
    assert (pending.put_waiting(again), found(again, words("a"))) == (0, 2)
    again.dispose()


def test_a_very_long_text_is_found_on_both_databases(db: Database) -> None:
    store.add(db, draft("Long", "the harbour master spoke. " * 9_000 + "A last word."))
    assert found(db, words("harbour master"))
    assert found(db, words("last word"))


def test_many_alternatives_and_beginnings_are_one_bounded_search(db: Database) -> None:
    words_of_it = " ".join(f"harbour{number:04}" for number in range(900))
    store.add(db, draft("Many", words_of_it))
    with db.reading() as session:
        assert len(search_texts.completions(session, "harb", 200)) == 200
        either = Expression((tuple(TermRun((f"harbour{number:04}",)) for number in range(899, 400, -1)),))
        assert len(search_texts.matches(session, either, 5).serials) == 1
    several = " ".join(["harb*"] * 32)
    assert search(db, SearchRequest(several)).articles == 1
