"""Telling an article from the page around it, by structure and markup."""

import itertools
import json

import pytest

from app.errors import UnreadableFileError
from app.sources.html import page as page_reader
from app.sources.html import segments
from app.sources.html.page import MAX_SEGMENTS, MAX_TAGS, read_page
from app.sources.reading import read_document
from tests.unit.sources.html.pages import BODY, FOURTH, LEAD, SECOND, THIRD, page, paragraphs


def test_menus_and_footers_are_not_the_article() -> None:
    reading = read_page(page(paragraphs(*BODY)))
    assert reading.paragraphs == BODY
    assert reading.extras == ()


def test_the_headline_is_the_title_and_no_paragraph() -> None:
    reading = read_page(page(paragraphs(*BODY)))
    assert reading.title.value == "Talks open in Oslo"
    assert "Talks open in Oslo" not in reading.paragraphs + reading.extras


@pytest.mark.parametrize(
    ("extra", "text", "reason"),
    [
        (
            "<figure><img src='a.jpg'><figcaption>The hall on Monday.</figcaption></figure>",
            "The hall on Monday.",
            "caption",
        ),
        ("<figure><img src='a.jpg'>Ann Lee/The Courier</figure>", "Ann Lee/The Courier", "caption"),
        ("<div class='photo-caption'>The hall on Monday.</div>", "The hall on Monday.", "caption"),
        ("<p><img src='a.jpg'> The hall on Monday</p>", "The hall on Monday", "caption"),
        ("<p>The hall on Monday (Image: GETTY)</p>", "The hall on Monday (Image: GETTY)", "caption"),
        (
            "<div class='author-bio'><p>Ann Lee covers Norway for us.</p></div>",
            "Ann Lee covers Norway for us.",
            "byline",
        ),
        (
            "<div class='c-newsletter'><p>Get news every day.</p></div>",
            "Get news every day.",
            "call to subscribe",
        ),
        (
            "<p><a href='/b'>King opens the winter games in Lillehammer</a></p>",
            "King opens the winter games in Lillehammer",
            "link",
        ),
        (
            "<p>Leer más: <a href='/b'>El rey abre los juegos de invierno</a></p>",
            "Leer más: El rey abre los juegos de invierno",
            "related links",
        ),
        (
            "<div class='card'><h3><a href='/b'>King opens the winter games</a></h3>"
            "<p>Thousands came to see it.</p></div>",
            "Thousands came to see it.",
            "related links",
        ),
        (
            "<aside><p>Norway has mediated in many wars before.</p></aside>",
            "Norway has mediated in many wars before.",
            "aside",
        ),
    ],
)
def test_what_stands_between_paragraphs_and_is_not_the_article_is_an_extra(
    extra: str, text: str, reason: str
) -> None:
    reading = read_page(page(paragraphs(LEAD, SECOND) + extra + paragraphs(THIRD, FOURTH)))
    assert reading.paragraphs == BODY
    assert [(block.text, block.reason) for block in reading.blocks if block.text == text] == [(text, reason)]


def test_a_name_on_the_element_that_holds_the_article_does_not_make_it_an_extra() -> None:
    inside = f"<div class='has-sidebar paywall share-enabled'>{paragraphs(*BODY)}</div>"
    assert read_page(page(inside)).paragraphs == BODY


def test_the_sentence_under_the_headline_belongs_to_the_article() -> None:
    standfirst = "Both sides sat down at one table for the first time in a year."
    assert read_page(page(f"<p class='standfirst'>{standfirst}</p>{paragraphs(*BODY)}")).paragraphs == (
        standfirst,
        *BODY,
    )


def test_subheadings_lists_and_block_quotations_belong_to_the_article() -> None:
    inside = (
        paragraphs(LEAD)
        + "<h2>What was agreed</h2><ul><li>Prisoners are exchanged by the end of the month.</li>"
        + "<li>The border crossing opens.</li></ul>"
        + f"<blockquote><p>{THIRD}</p></blockquote>"
        + paragraphs(SECOND, FOURTH)
    )
    assert read_page(page(inside)).paragraphs == (
        LEAD,
        "What was agreed",
        "Prisoners are exchanged by the end of the month.",
        "The border crossing opens.",
        THIRD,
        SECOND,
        FOURTH,
    )


def test_a_table_of_results_is_one_paragraph_a_row() -> None:
    rows = "<tr><td>1</td><td>Lee</td></tr><tr><td>2</td><td>Moe</td></tr>"
    table = f"<table><tr><th>Place</th><th>Name</th></tr>{rows}</table>"
    reading = read_page(page(paragraphs(LEAD, SECOND) + table + paragraphs(THIRD, FOURTH)))
    assert reading.paragraphs == (LEAD, SECOND, "Place | Name", "1 | Lee", "2 | Moe", THIRD, FOURTH)


def test_all_entries_of_a_live_blog_are_read_and_their_times_are_extras() -> None:
    entries = "".join(
        f"<section class='post'><time>1{n}:05</time><h3>Minute {n} of the talks</h3>"
        f"<div class='text'><p>{text}</p></div></section>"
        for n, text in enumerate(BODY * 3)
    )
    reading = read_page(page(entries))
    assert [text for text in reading.paragraphs if text in BODY] == list(BODY * 3)
    assert "Minute 3 of the talks" in reading.paragraphs
    assert not any(":05" in text for text in reading.paragraphs)


def test_what_an_interview_repeats_stays() -> None:
    question = "What do you expect of the next round of talks in spring?"
    answers = (LEAD, SECOND, THIRD)
    inside = "".join(paragraphs(question, answer) for answer in answers)
    assert read_page(page(inside)).paragraphs == tuple(
        text for answer in answers for text in (question, answer)
    )


def test_paragraphs_parted_by_line_breaks_alone_are_paragraphs() -> None:
    for part in ("<br><br>", "<br>"):
        assert read_page(page(f"<div>{part.join(BODY)}</div>")).paragraphs == BODY


def test_a_line_break_inside_a_paragraph_is_a_blank() -> None:
    reading = read_page(page(f"<p>14 Hill Street<br>Oslo</p>{paragraphs(*BODY)}"))
    assert reading.paragraphs[0] == "14 Hill Street Oslo"


def test_notes_on_the_authors_at_the_end_are_extras() -> None:
    notes = (
        "Reporting by Ann Lee; Editing by Bo Moe",
        "Cy Dahl contributed to this report.",
        "Write to Ann Lee at ann.lee@courier.example",
    )
    reading = read_page(page(paragraphs(*BODY, *notes)))
    assert reading.paragraphs == BODY
    assert reading.extras == notes


def test_a_heading_with_nothing_of_the_article_under_it_is_an_extra() -> None:
    more = "<h3>In pictures</h3><p><a href='/b'>King opens the winter games in Lillehammer</a></p>"
    assert read_page(page(paragraphs(*BODY) + more)).paragraphs == BODY


def test_what_is_not_shown_is_not_read() -> None:
    hidden = (
        "<p style='display: none'>Not for you.</p><p hidden>Nor this.</p>"
        "<p>The hall<span class='visually-hidden'>, opens new tab</span> was full, and the doors were locked.</p>"
    )
    reading = read_page(page(paragraphs(LEAD, SECOND) + hidden + paragraphs(THIRD, FOURTH)))
    assert reading.paragraphs == (
        LEAD,
        SECOND,
        "The hall was full, and the doors were locked.",
        THIRD,
        FOURTH,
    )


def test_the_text_that_a_page_states_for_machines_brings_back_what_was_missed() -> None:
    stated = "The king himself will come to the closing dinner on Friday evening, the palace said."
    script = f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{LEAD} {stated}"}}</script>'
    reading = read_page(page(f"{paragraphs(*BODY)}<div><span><div>{stated}</div></span></div>", script))
    assert reading.paragraphs == (*BODY, stated)


def test_a_page_without_text_says_what_it_may_be() -> None:
    with pytest.raises(UnreadableFileError, match="built by scripts"):
        read_page("<!DOCTYPE html><html><body><div id='root'></div><script>go()</script></body></html>")


def test_one_hundred_thousand_nested_elements_are_read_or_refused() -> None:
    deep = "<div>" * 100_000
    reading = read_page(page(paragraphs(*BODY) + deep + "<p>Deep down.</p>"))
    assert reading.paragraphs[:4] == BODY


@pytest.mark.parametrize(
    "around",
    ["<article>{}</article>", "<nav><a href='/'>Home</a></nav><main>{}</main>", "<div>{}</div>", "{}"],
)
@pytest.mark.parametrize(
    "texts",
    [
        (LEAD, "He left on Tuesday."),
        ("He came.", LEAD),
        ("He came on Monday.", "He left on Tuesday."),
        ("He came on Monday.",),
    ],
)
def test_an_article_of_one_or_two_short_paragraphs_is_whole(around: str, texts: tuple[str, ...]) -> None:
    content = around.format("<h1>A visit</h1>" + paragraphs(*texts))
    assert read_page(f"<title>A visit</title><body>{content}</body>").paragraphs == texts


def test_a_page_of_ever_so_many_tags_is_refused_before_it_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: str) -> None:
        raise AssertionError("it was parsed")

    monkeypatch.setattr(page_reader, "parse", fail)
    with pytest.raises(UnreadableFileError, match="more than 400,000 tags"):
        read_page("<!doctype html>" + "<p>a" * MAX_TAGS)


def test_a_page_of_too_many_pieces_is_read_no_further(monkeypatch: pytest.MonkeyPatch) -> None:
    looks = itertools.count()
    is_hidden = segments.is_hidden
    monkeypatch.setattr(segments, "is_hidden", lambda element: next(looks) < 0 or is_hidden(element))
    with pytest.raises(UnreadableFileError, match="more than 30,000 pieces of text"):
        read_page("<!doctype html>" + "<p>a" * (4 * MAX_SEGMENTS))
    assert next(looks) < 2 * MAX_SEGMENTS


def test_signs_of_where_a_word_may_be_broken_part_no_words() -> None:
    broken = tuple(
        text.replace("officials", "offi&shy;cials").replace("minister", "min&#8203;is<wbr>ter")
        for text in BODY
    )
    assert broken != BODY
    assert read_document(page(paragraphs(*broken)).encode()).paragraphs == BODY


STATED = json.dumps({"@type": "NewsArticle", "articleBody": "\n\n".join(BODY)})
DATA = json.dumps({"props": {"article": [{"body": paragraphs(*BODY)}]}})
DRAWN = {
    "JSON-LD": f'<script type="application/ld+json">{STATED}</script>',
    "JSON": f'<script id="__DATA__" type="application/json">{DATA}</script>',
    "noscript": f"<noscript>{paragraphs(*BODY)}</noscript>",
    "template": f'<my-article><template shadowrootmode="open">{paragraphs(*BODY)}</template></my-article>',
}


@pytest.mark.parametrize("held", DRAWN)
def test_an_article_that_only_scripts_would_show_is_read_and_that_is_said(held: str) -> None:
    content = f"<html><head><title>Talks</title></head><body><nav><a href='/'>Home</a></nav>{DRAWN[held]}</body></html>"
    reading = read_document(content.encode())
    assert reading.paragraphs == BODY
    assert "built by scripts" in reading.notes[-1]


def test_a_teaser_in_json_is_not_the_article_and_neither_is_a_call_for_scripts() -> None:
    teaser = json.dumps("<p>He came.</p>")
    for held in (
        f'<script type="application/json">[{teaser}]</script>',
        "<noscript>Turn JavaScript on.</noscript>",
    ):
        with pytest.raises(UnreadableFileError, match="built by scripts"):
            read_document(f"<html><body>{held}</body></html>".encode())


def test_a_page_that_shows_its_article_is_read_as_it_is_shown() -> None:
    reading = read_document(
        page(paragraphs(*BODY) + DRAWN["JSON-LD"].replace("NewsArticle", "Report")).encode()
    )
    assert reading.paragraphs == BODY
    assert reading.notes == ()


def test_a_text_that_is_shown_as_it_was_typed_has_its_paragraphs() -> None:
    typed = "\n\n".join(text.replace(" in ", "\nin ") for text in BODY)
    content = f"<html><head><title>Talks</title></head><body><pre>{typed}</pre></body></html>"
    assert read_document(content.encode()).paragraphs == BODY
