import tomllib
from datetime import date

from app.db.engine.base import Database
from app.permalinks import is_id
from app.resources import folder
from app.services import comparisons
from app.services.articles import store, trash
from app.services.operations.database import open_database
from app.services.stories import library
from app.services.transfer import seeds
from app.settings import Settings
from app.sources.text import draft

NEWSWEEK, REPOST = "4p25qjnnnavekaic", "gi5b6tbbkovkwkj3"


def test_the_five_seeds_are_stored_with_exactly_their_stated_metadata(seeded_db: Database) -> None:
    seeds = store.choices(seeded_db, "", 500)
    assert [(seed.article, seed.publisher, seed.author, seed.published_on, seed.url) for seed in seeds] == [
        (REPOST, "", "", date(2024, 2, 5), ""),
        (NEWSWEEK, "Newsweek", "Aadil Brar", None, ""),
        ("gh2iey43nabt57p7", "World Socialist Web Site", "Alex Lantier", date(2024, 2, 12), ""),
        ("wrqkprisanpn7g3q", "Atlas", "Joaquin Camarena", None, ""),
        ("gaqcqv74f36bau4y", "Warsaw Institute", "Grzegorz Kuczyński", date(2023, 4, 24), ""),
    ]


def test_their_texts_are_word_for_word_those_of_the_files(seeded_db: Database) -> None:
    manifest = tomllib.loads((folder("seeds") / "manifest.toml").read_text("utf-8"))["article"]
    for entry in manifest:
        read = store.read(seeded_db, entry["id"])
        assert read.text == (folder("seeds") / entry["file"]).read_bytes().decode("utf-8")
        assert read.headline is not None
        assert read.paragraphs[read.headline] == read.title == entry["title"]
    files = {path.name for path in folder("seeds").glob("*.txt")}
    assert {entry["file"] for entry in manifest} == files
    assert all(is_id(entry["id"]) for entry in manifest)


def test_the_notice_names_the_owners_of_the_texts() -> None:
    notice = (folder("seeds") / "NOTICE").read_text("utf-8")
    assert "belong to their publishers" in notice
    assert "NOT under this project's licence" in notice


def test_seeds_come_in_once(seeded_db: Database) -> None:
    before = library.read_page(seeded_db)
    assert seeds.seed(seeded_db) == 0
    assert library.read_page(seeded_db) == before


def test_a_deleted_seed_does_not_come_back_and_an_edited_one_stays_edited(
    seeded_db: Database, settings: Settings
) -> None:
    trash.delete(seeded_db, REPOST)
    store.edit(seeded_db, NEWSWEEK, draft("Retitled", "He came."))
    seeded_db.dispose()
    again = open_database(settings)
    assert seeds.seed(again) == 0
    assert library.read_page(again).articles == 4
    assert store.read(again, NEWSWEEK).title == "Retitled"
    again.dispose()


def test_a_seed_stored_by_other_means_is_left_unchanged(db: Database) -> None:
    store.add(db, draft("My own copy", "He came."), NEWSWEEK)
    assert seeds.seed(db) == 4
    assert store.read(db, NEWSWEEK).title == "My own copy"


def test_every_installation_gives_the_seeds_the_same_links(seeded_db: Database) -> None:
    base, witness = (store.read(seeded_db, article).revision for article in (NEWSWEEK, REPOST))
    assert comparisons.open_or_make(seeded_db, base, witness).comparison.base.article == NEWSWEEK
    assert store.by_revision(seeded_db, base).number == 1
