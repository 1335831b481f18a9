"""Reading files of any format into paragraphs and what is stated about them."""

import pytest

from app.sources.formats import format_of
from app.sources.reading import UnreadableFileError, read_document

PAGE = b"""<!DOCTYPE html><html><head><title>Talks open in Oslo</title></head><body><article>
<h1>Talks open in Oslo</h1>
<p>The talks between both sides opened on Monday in Oslo, officials said after a long night of waiting.</p>
<p>Nobody else came to the hall, where the tables had been set for more than two hundred guests.</p>
</article></body></html>"""


def test_a_page_gives_its_paragraphs_without_the_headline() -> None:
    reading = read_document(PAGE)
    assert reading.format == "html"
    assert reading.title.value == "Talks open in Oslo"
    assert [paragraph[:10] for paragraph in reading.paragraphs] == ["The talks ", "Nobody els"]


def test_a_file_without_text_is_refused_in_words() -> None:
    with pytest.raises(UnreadableFileError, match="no text"):
        read_document(b" \n\n ")


def test_a_page_without_tags_for_its_head_and_body_is_read() -> None:
    lines = [
        "The minister came on Monday to speak about the harbour.",
        "He left on Tuesday after the meeting.",
    ]
    body = "".join(f"<p>{line}</p>" for line in lines)
    page = f"<!doctype html><title>A visit</title><article><h1>A visit</h1>{body}</article>"
    reading = read_document(page.encode())
    assert (reading.title.value, list(reading.paragraphs)) == ("A visit", lines)


def test_a_format_is_told_at_once_however_many_comments_come_first() -> None:
    assert format_of(b"<!---->" * 500 + b"x") == "text"
    assert format_of(b"<!-- saved -->\n" * 5 + b"<!doctype html><p>He came.") == "html"
