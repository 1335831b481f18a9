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


def test_a_page_named_as_one_is_one_whatever_comes_before_its_first_element() -> None:
    assert format_of(b"<!---->" * 2000 + b"<!doctype html><p>He came.", "page.html") == "html"
    assert format_of(b"He came. <p> is a mark of paragraphs.", "notes.html") == "text"


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ('<?xml version="1.0"?><rss version="2.0"><channel><title>News</title></channel></rss>', "a feed"),
        ('<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title></feed>', "a feed"),
        ('<?xml version="1.0"?><rdf:RDF xmlns="http://purl.org/rss/1.0/"><item/></rdf:RDF>', "a feed"),
        ('<?xml version="1.0"?>\n<!-- made by hand -->\n<urlset><url/></urlset>', "a list of a site's pages"),
        ('<svg xmlns="http://www.w3.org/2000/svg"><text>He came.</text></svg>', "a drawing"),
        (
            '<?xml version="1.0"?><office:document office:version="1.3"></office:document>',
            "a flat XML document",
        ),
        ('<?xml version="1.0"?><nitf><body/></nitf>', "XML"),
    ],
)
def test_xml_that_is_no_page_is_named(source: str, says: str) -> None:
    with pytest.raises(UnreadableFileError, match=says):
        read_document(source.encode(), file_name="saved.txt")


def test_xhtml_is_a_page_and_a_text_about_xml_is_a_text() -> None:
    xhtml = PAGE.replace(
        b"<!DOCTYPE html><html>", b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">'
    )
    assert read_document(xhtml).paragraphs == read_document(PAGE).paragraphs
    assert read_document(b"<Sighs.> He came on Monday.\n\nHe left.").format == "text"


def test_a_page_that_only_leads_on_names_where() -> None:
    source = b'<html><head><meta http-equiv="Refresh" content="0; URL=\'/world/talks\'"></head><body>'
    for body in (b"", b'<p>You are being <a href="/world/talks">sent on</a>.</p>'):
        with pytest.raises(
            UnreadableFileError, match=r"redirects to another: https://courier\.example/world/talks"
        ):
            read_document(source + body, address="https://courier.example/t/7")
    assert read_document(PAGE.replace(b"<head>", source[6:-13])).paragraphs == read_document(PAGE).paragraphs
