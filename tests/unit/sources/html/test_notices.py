"""What elements of HTML do to a text, and pages on which something stands in place of the article."""

import pytest

from app.errors import UnreadableFileError
from app.sources.html.page import read_page
from app.sources.reading import read_document
from tests.unit.sources.html.pages import BODY, FOURTH, LEAD, SECOND, THIRD, page, paragraphs

LONG = (*BODY, *(f"{text} That was on day {day}." for day in (2, 3) for text in BODY))


def read_line(line: str) -> str:
    """Return what is read of ``line`` between paragraphs."""
    return read_page(page(paragraphs(LEAD, line, THIRD))).paragraphs[1]


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("She said: <q>We will stay in the hall.</q>", "She said: “We will stay in the hall.”"),
        ("She said: <q>“We will stay in the hall.”</q>", "She said: “We will stay in the hall.”"),
        ("<q>He told me: <q>Stay <i>here</i></q></q>, she said.", "“He told me: ‘Stay here’”, she said."),
        ("It cost <del>84</del><ins>86</ins> million in the end.", "It cost 86 million in the end."),
        ("It cost <s>84 or 85</s> 86 million in the end.", "It cost 86 million in the end."),
        (
            "<ruby>亀裂<rp>(</rp><rt>きれつ</rt><rp>)</rp></ruby>が三本の柱に見つかった。",
            "亀裂が三本の柱に見つかった。",
        ),
        ("The hall &#1;was &#x7f;empty&#xb; all night.", "The hall was empty all night."),
    ],
)
def test_an_element_is_read_as_it_is_shown(line: str, read: str) -> None:
    assert read_line(line) == read


@pytest.mark.parametrize("box", ["blockquote", "aside", "div class='pull-quote'"])
def test_a_quotation_set_apart_is_an_extra_where_it_repeats_a_paragraph(box: str) -> None:
    pulled, own = "We will stay as long as it takes", "“Nobody will be sent home from here”"
    for words, is_extra in ((f"“{pulled}”", True), (own, False)):
        around = f"{paragraphs(LEAD, SECOND)}<{box}><p>{words}</p></{box.split()[0]}>"
        reading = read_page(page(f"{around}{paragraphs(THIRD, FOURTH)}"))
        assert (words in reading.extras) is (is_extra or box == "aside")
        assert tuple(text for text in reading.paragraphs if text != words) == BODY


@pytest.mark.parametrize(
    "note",
    [
        "<b>Ann Lee</b> is a reporter for the Courier. She covers Norway.",
        "<em>Ann Lee is a senior correspondent based in Oslo.</em>",
    ],
)
def test_a_note_on_the_author_at_the_end_is_an_extra_whatever_it_is_called(note: str) -> None:
    assert read_page(page(paragraphs(*BODY, note))).paragraphs == BODY


def test_a_notice_about_consent_is_an_extra_and_a_report_about_it_is_not() -> None:
    notice = "<div>We and our 842 partners store and access information on your device.</div>"
    report = "The court held that cookies need consent, and that partners of a site need one of their own."
    reading = read_page(f"<html><body>{notice}<h1>Talks</h1>{paragraphs(*BODY, report)}</body></html>")
    assert reading.paragraphs == (*BODY, report)


@pytest.mark.parametrize(
    "call",
    [
        "<h3>Subscribe to continue reading</h3><p>Cancel anytime.</p>",
        "<p>Already a subscriber? <a href='/in'>Log in</a></p>",
        "<p>Cet article est réservé aux abonnés.</p>",
    ],
)
def test_a_page_that_asks_for_payment_in_words_alone_says_so(call: str) -> None:
    reading = read_page(page(f"{paragraphs(LEAD)}<div>{call}</div>"))
    assert "asks for payment or a sign-in" in reading.notes[-1]
    assert read_page(page(f"{paragraphs(*LONG)}<div>{call}</div>")).notes == ()


@pytest.mark.parametrize(
    ("title", "text", "says"),
    [
        (
            "Just a moment...",
            "Enable JavaScript and cookies to continue on this site.",
            "check whether its reader is",
        ),
        ("courier.example", "Please enable JS and disable any ad blocker.", "check whether its reader is"),
        ("Security", "Please verify that you are human before you go on.", "check whether its reader is"),
        (
            "Page not found",
            "Sorry, this page may have been moved or deleted long ago.",
            "there is no such page",
        ),
    ],
)
def test_a_page_in_place_of_the_article_says_what_it_seems_to_be(title: str, text: str, says: str) -> None:
    reading = read_document(page(paragraphs("The Courier, Oslo, Norway.", text), title=title).encode())
    assert says in reading.notes[-1]
    assert read_document(page(paragraphs(*LONG, text), title=title).encode()).notes == ()


def test_so_does_one_that_is_refused_for_having_nothing_else() -> None:
    with pytest.raises(UnreadableFileError, match="check whether its reader is a person"):
        read_document(page(paragraphs("Enable JavaScript and cookies to continue on this site.")).encode())


def test_where_a_page_names_none_of_its_elements_its_extras_are_told_by_their_words() -> None:
    tail = ("About the writer", "Courier cover", "• Courier magazine delivered to your door", "Courier cover")
    bare = f"<html><body><article><h1>Talks</h1>{paragraphs(*BODY, *tail)}</article></body></html>"
    assert read_page(bare).paragraphs == BODY
    named = bare.replace("<article>", "<article class='story'>")
    assert "Courier cover" in read_page(named).paragraphs
