"""What a page states about its article, each with its source."""

import json

import pytest

from app.sources.html.page import read_page
from app.sources.model import Field, Reading
from tests.unit.sources.html.pages import BODY, page, paragraphs


def reading_of(
    head: str = "", inside: str = "", address: str = "", title: str = "Talks open in Oslo"
) -> Reading:
    return read_page(page(inside + paragraphs(*BODY), head, title), address)


def json_ld(**stated: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **stated})}</script>'


def test_json_ld_states_all_fields() -> None:
    head = json_ld(
        headline="Talks open in Oslo",
        author=[{"@type": "Person", "name": "Ann Lee"}, {"name": "Bo Moe"}],
        publisher={"name": "The Courier"},
        datePublished="2024-02-05T23:10:00+01:00",
        url="https://courier.example/world/talks",
    )
    reading = reading_of(head)
    assert reading.title == Field("Talks open in Oslo", "page")
    assert reading.author == Field("Ann Lee, Bo Moe", "JSON-LD")
    assert reading.publisher == Field("The Courier", "JSON-LD")
    assert reading.published_on == Field("2024-02-05", "JSON-LD")
    assert reading.address == Field("https://courier.example/world/talks", "JSON-LD")
    assert reading.language == Field("en", "page")


def test_authors_named_elsewhere_in_json_ld_are_followed() -> None:
    graph = {
        "@graph": [
            {"@type": "Article", "author": {"@id": "#lee"}, "headline": "Talks open in Oslo"},
            {"@type": "Person", "@id": "#lee", "name": "Ann Lee"},
        ]
    }
    head = f'<script type="application/ld+json">{json.dumps(graph)}</script>'
    assert reading_of(head).author == Field("Ann Lee", "JSON-LD")


def test_meta_elements_state_what_json_ld_does_not() -> None:
    head = (
        '<meta property="og:site_name" content="The Courier"><meta name="author" content="Ann Lee and Bo Moe">'
        '<meta property="article:published_time" content="2024-02-05">'
        '<link rel="canonical" href="/world/talks#top">'
    )
    reading = reading_of(head, address="https://courier.example/x?y=1")
    assert reading.publisher == Field("The Courier", "Open Graph")
    assert reading.author == Field("Ann Lee, Bo Moe", "page header")
    assert reading.published_on == Field("2024-02-05", "Open Graph")
    assert reading.address == Field("https://courier.example/world/talks", "page")


@pytest.mark.parametrize(
    ("byline", "authors", "day"),
    [
        (
            "<p class='byline'>By Ann Lee and Bo Moe</p><p>Feb. 5, 2024, 8:34 am</p>",
            "Ann Lee, Bo Moe",
            "2024-02-05",
        ),
        ("<p>By Ann Lee</p><time datetime='2024-02-05T09:00'>today</time>", "Ann Lee", "2024-02-05"),
        ("<div class='meta'>Par Ann Lee, 5 février 2024</div>", "Ann Lee", "2024-02-05"),
        ("<a rel='author' href='/lee'>Ann Lee</a>", "Ann Lee", ""),
        ("<p>Reporting by Ann Lee in Oslo; Editing by Bo Moe</p>", "Ann Lee", ""),
    ],
)
def test_the_visible_byline_is_read(byline: str, authors: str, day: str) -> None:
    reading = reading_of(inside=byline)
    assert reading.author == (Field(authors, "byline") if authors else Field())
    assert reading.published_on == (Field(day, "byline") if day else Field())


def test_what_is_not_stated_is_empty() -> None:
    reading = reading_of()
    assert reading.author == reading.published_on == reading.address == reading.captured_at == Field()


def test_a_site_that_calls_itself_the_author_states_none() -> None:
    assert (
        reading_of(json_ld(author={"name": "The Courier"}, publisher={"name": "The Courier"})).author
        == Field()
    )


def test_the_day_is_the_one_that_readers_saw_where_the_timestamp_is_in_utc() -> None:
    head = json_ld(datePublished="2024-02-29T00:17:46+00:00")
    assert reading_of(head).published_on.value == "2024-02-29"
    assert reading_of(head, "<p>February 28, 2024</p>").published_on == Field("2024-02-28", "byline")
    assert reading_of(head, address="https://a.example/2024/02/28/x").published_on == Field(
        "2024-02-28", "address"
    )
    assert reading_of(head, "<p>February 27, 2024</p>").published_on.value == "2024-02-29"


def test_the_headline_is_told_from_the_name_of_the_site_in_another_heading() -> None:
    text = (
        "<!DOCTYPE html><html><head><title>Talks open in Oslo - The Courier</title>"
        "<meta property='og:site_name' content='The Courier'></head><body><h1>The Courier</h1>"
        f"<article><h2>Talks open in Oslo</h2>{paragraphs(*BODY)}</article></body></html>"
    )
    assert read_page(text).title.value == "Talks open in Oslo"


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "https://user:pass@courier.example/a", "https://courier.example/", "//["],
)
def test_an_address_that_is_none_of_an_article_is_not_taken(address: str) -> None:
    assert reading_of(f'<link rel="canonical" href="{address}">').address == Field()


@pytest.mark.parametrize(
    "script", ["{", '{"@type": "NewsArticle", "author": ' + "[" * 100_000, "[]", '"x"', "{}"]
)
def test_broken_json_ld_states_nothing(script: str) -> None:
    head = f'<script type="application/ld+json">{script}</script>'
    assert reading_of(head).author == Field()


def test_of_two_authors_in_one_line_both_are_named_though_one_is_marked() -> None:
    byline = "<div class='byline'>By <a rel='author' href='/ann'>Ann Lee</a> and Carl Roe</div>"
    assert reading_of(inside=byline).author.value == "Ann Lee, Carl Roe"


@pytest.mark.parametrize(
    "name",
    [
        "Staff",
        "By Our Correspondent",
        "Newsroom",
        "Redaktion",
        "AFP",
        "The Editors",
        "Kyodo News",
        "Courier Sports",
    ],
)
def test_a_desk_an_agency_or_the_paper_is_no_author(name: str) -> None:
    site = '<meta property="og:site_name" content="Courier">'
    assert reading_of(site + json_ld(author={"@type": "Person", "name": name})).author == Field()
    assert reading_of(f'{site}<meta name="author" content="{name}">').author == Field()
    assert reading_of(site, f"<p class='byline'>{name}</p>").author == Field()
    both = reading_of(site + json_ld(author=[{"name": name}, {"name": "Ann Lee"}]))
    assert both.author == Field("Ann Lee", "JSON-LD")


def test_an_organisation_is_no_author() -> None:
    author = {"@type": "NewsMediaOrganization", "name": "Ocean Watch"}
    assert reading_of(json_ld(author=author)).author == Field()


def test_whom_the_text_names_as_its_agency_is_no_author() -> None:
    head = json_ld(author={"name": "Interwire"})
    assert reading_of(head).author.value == "Interwire"
    assert reading_of(head, "<p>OSLO (Interwire) - The talks were opened on Monday.</p>").author == Field()


@pytest.mark.parametrize(
    ("stated", "signed", "authors"),
    [
        ("Ann Lee", "By Bo Moe", "Bo Moe"),
        ("Ann Lee", "By Bo Moe and Ann Lee", "Ann Lee, Bo Moe"),
        ("Ann Lee, Bo Moe", "By Ann Lee", "Ann Lee, Bo Moe"),
        ("Ann Lee", "By Ann M. Lee The Courier", "Ann Lee"),
        ("Ann Lee", "By the river, nobody came", "Ann Lee"),
    ],
)
def test_the_line_that_signs_an_article_comes_before_another_name_in_its_head(
    stated: str, signed: str, authors: str
) -> None:
    author = [{"name": name} for name in stated.split(", ")]
    page = reading_of(json_ld(author=author), f"<p>{signed}</p>")
    assert sorted(page.author.value.split(", ")) == authors.split(", ")
