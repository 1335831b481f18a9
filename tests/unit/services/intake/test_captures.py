import zlib

import pytest

from app.db.engine.base import Database
from app.services.articles import store
from app.services.articles.origin import origin_in
from app.services.edit_log import Actor
from app.services.intake import intakes, saving
from app.services.intake.captures import record_capture
from app.services.intake.intakes import Brought
from app.services.intake.preview import Preview, PreviewBlock, joined, with_kind, with_text, with_typed
from app.services.pages import page_key
from app.sources.model import Field
from app.sources.text import draft

ANN = Actor("Ann Lee", "name")
ARCHIVED = "https://web.archive.org/web/20240205100000id_/https://news.example/a"


def preview_of(*lines: str) -> Preview:
    return Preview(blocks=tuple(map(PreviewBlock, lines)))


def test_an_archives_copy_keeps_the_archives_address_and_the_pages_key(db: Database) -> None:
    ref = store.add(db, draft("A visit", "He came."))
    stated = {
        "address": Field("https://news.example/a", "address"),
        "captured_at": Field("2024-02-05T10:00", "capture"),
    }
    known = {"kind": "link", "address": ARCHIVED, "sha256": "0" * 64, "size": 3}
    with db.writing() as session:
        record_capture(session, ref, Preview(stated=stated), known, zlib.compress(b"abc"), max_bytes=100)
    with db.reading() as session:
        (capture,) = origin_in(session, ref.article).captures
    assert (capture.address, capture.captured_at.isoformat()) == (ARCHIVED, "2024-02-05T10:00:00+00:00")
    assert page_key(ARCHIVED) == page_key("http://www.news.example/a/")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://news.example/a", "http://m.news.example/a?utm_campaign=x&fbclid=y", True),
        ("https://news.example/a?id=1&b=2", "https://news.example/a?b=2&id=1", True),
        ("https://news.example/a", "https://news.example/A", False),
        ("https://news.example/a", "https://other.example/a", False),
        ("https://news.example/a?page=2", "https://news.example/a", False),
        ("https://www.example/a", "https://example/a", False),
    ],
)
def test_addresses_of_one_page_have_one_key(one: str, other: str, same: bool) -> None:
    assert (page_key(one) == page_key(other)) is same


def test_corrections_leave_all_other_paragraphs_as_they_are() -> None:
    preview = preview_of("One.", "Two.", "Three.", "Four.")
    preview = with_kind(preview, 1, "extra")
    assert joined(preview, 0).paragraphs == ("One. Three.", "Four.")
    assert with_text(preview, 2, "Three\n\n  and a half.").paragraphs == (
        "One.",
        "Three",
        "and a half.",
        "Four.",
    )
    assert with_text(preview, 2, " \n").paragraphs == ("One.", "Four.")
    for index in (4, 10**6):
        assert joined(preview, index) == with_kind(preview, index, "extra") == preview
    assert joined(preview, 3) == preview


def test_what_is_typed_as_it_was_keeps_its_source() -> None:
    preview = Preview(stated={"title": Field("A visit", "JSON-LD")})
    assert with_typed(preview, {"title": "A visit", "author": ""}) == preview
    typed = with_typed(preview, {"title": "Another", "author": "Ann Lee", "text": "no field"})
    assert {name: field.source for name, field in typed.stated.items()} == {
        "title": "typed",
        "author": "typed",
    }


def test_a_preview_is_the_same_after_it_was_stored() -> None:
    preview = Preview({"title": Field("A", "page")}, (PreviewBlock("B", "extra", "byline"),), ("C",), "html")
    assert Preview.from_json(preview.as_json()) == preview
    assert Preview.from_json({}) == Preview()


def test_nothing_is_half_saved_where_an_intake_was_saved_meanwhile(db: Database) -> None:
    (intake,) = intakes.bring(db, [Brought("text", "", b"A visit\n\nThe minister came on Monday.")])
    intakes.fetch_and_read(db, intake, None)
    current = intakes.read(db, intake)
    saved = saving.save_as_article(db, current, actor=ANN, max_text=10**6, max_capture=0)
    with pytest.raises(saving.AlreadySavedError) as error_info:
        saving.save_as_article(db, current, actor=ANN, max_text=10**6, max_capture=0)
    assert error_info.value.article == saved.article
    assert [entry.article for entry in store.choices(db, "", 5)] == [saved.article]
