import textwrap
from datetime import date
from typing import Any

import pytest

from app.collation.text import paragraphs
from app.errors import InvalidInputError, TooLargeError, UnreadableError
from app.sources.text import FIELD_LENGTH, MAX_PROPOSED_CHARS, TITLE_LENGTH, draft

LONG = "The minister said that the two countries would go on as before. " * 10


def wrong(title: str, text: str, **stated: Any) -> dict[str, str]:
    with pytest.raises(InvalidInputError) as refused:
        draft(title, text, **stated)
    assert refused.value.message == "This article was not saved."
    return refused.value.fields


def test_a_title_missing_from_the_text_is_put_before_it() -> None:
    article = draft("A visit", "He came.\n\nHe saw.")
    assert article.paragraphs == ("A visit", "He came.", "He saw.")
    assert article.text == "He came.\n\nHe saw."


def test_a_title_already_in_the_text_is_not_repeated() -> None:
    article = draft("A “visit”", 'By Ann Lee\nA "visit"\nHe came.')
    assert article.paragraphs == ("By Ann Lee", 'A "visit"', "He came.")
    assert article.title == "A “visit”"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("A visit\n\nHe came.", "A visit"),
        ("\n \u200b\n  A   visit \nHe came.", "A visit"),
        ("# A visit\n\nHe came.", "A visit"),
        ("By Ann Lee\n\n# A visit #\n\nHe came.", "A visit"),
        ("#hashtag first\nHe came.", "#hashtag first"),
        ("## 2\n\n# 1\n", "1"),
    ],
)
def test_without_a_title_the_heading_or_the_first_paragraph_is_used(text: str, title: str) -> None:
    article = draft("", text)
    assert article.title == title
    assert draft(" \u200b ", text) == article


def test_markdown_is_kept_and_its_heading_not_doubled() -> None:
    text = "# A *full* support\n\nHe **came**.\n\n- one\n- two"
    article = draft("", text)
    assert article.text == text
    assert article.paragraphs == ("# A *full* support", "He **came**.", "- one", "- two")
    assert draft(article.title, text) == article


def test_the_first_words_of_a_long_first_paragraph_become_the_title() -> None:
    article = draft("", LONG)
    assert len(article.title) <= MAX_PROPOSED_CHARS + 1
    assert article.title.endswith("…")
    assert LONG.startswith(article.title[:-1])
    assert article.paragraphs == (LONG.strip(),)
    assert draft(article.title, LONG) == article
    assert draft(article.title, LONG + "\nMore.").paragraphs == (LONG.strip(), "More.")


def test_a_proposed_title_is_not_cut_inside_a_character() -> None:
    family = "👩‍👩‍👧‍👦"
    assert set(draft("", family * 500).title.removesuffix("…").split(family)) == {""}


def test_one_paragraph_of_200_000_characters_is_taken() -> None:
    text = ("word " * 40_000).strip()
    assert draft("A long one", text).paragraphs == ("A long one", text)
    assert draft("", "字" * 200_000).paragraphs == ("字" * 200_000,)


@pytest.mark.parametrize("text", ["", " ", "\r\n\t\n", "\u200b\u00a0\u2028\ufeff", "\x0c\x1f"])
def test_no_text_is_refused_with_or_without_a_title(text: str) -> None:
    assert wrong("A visit", text) == {"text": "There is no text. Paste the article, or choose a file."}
    assert set(wrong("", text)) == {"text"}


@pytest.mark.parametrize(
    ("title", "text"), [("A visit", "A visit"), ("", "A visit"), ("A visit", "\n# a “VISIT”\n")]
)
def test_a_title_alone_is_refused(title: str, text: str) -> None:
    assert "only a title" in wrong(title, text.replace("“VISIT”", "visit"))["text"]


def test_a_link_alone_is_called_a_link() -> None:
    assert "a link, not a text" in wrong("", "https://news.example/story")["text"]
    assert "only a title" in wrong("", "https: a visit")["text"]


def test_all_errors_are_reported_at_once_by_field() -> None:
    fields = wrong(
        "t" * (TITLE_LENGTH + 1),
        " ",
        publisher="p" * (FIELD_LENGTH + 1),
        author="a" * (FIELD_LENGTH + 1),
        published_on="5 February",
        url="javascript:alert(1)",
    )
    assert set(fields) == {"title", "text", "publisher", "author", "published_on", "url"}


@pytest.mark.parametrize(
    "url",
    [
        "daily.example/visit", "ftp://daily.example", "javascript:alert(1)", "https://", "http:///path",
        "data:text/html,x", "https://[::1", "https://daily.example:port/", "https://daily.example/a b", "//x.example",
        "https://user:pass@daily.example/", "https://user@daily.example", "https://daily.example@evil.example/",
        "https://@daily.example/", "https://daily.example\\@evil.example/", "https://daily.example\\evil.example",
        "https://daily.example/\u202egpj.exe", "https://daily\u200b.example/", "https://daily.example/\u2066x\u2069",
        "https://daily.example/\u061cx", "https://daily.example/\xadx", "https://daily.example/\x1bx",
    ],
)  # fmt: skip
def test_an_address_that_is_not_the_webs_is_refused(url: str) -> None:
    assert set(wrong("A visit", "He came.", url=url)) == {"url"}


@pytest.mark.parametrize(
    "url",
    [
        "https://daily.example",
        "HTTP://Daily.Example:8080/a?b=c#d",
        "https://bücher.example/ä",
        "https://[::1]/x",
        "https://daily.example/@reporter?mail=a@b.example#@c",
        "https://موقع.example/خبر",
        "https://daily.example/%E2%80%AE",
    ],
)
def test_a_web_address_is_kept_as_it_was_given(url: str) -> None:
    assert draft("A visit", "He came.", url=f" {url} ").url == url


@pytest.mark.parametrize(
    ("stated", "day"),
    [
        ("2024-02-05", date(2024, 2, 5)),
        (" 2024-02-29 ", date(2024, 2, 29)),
        ("", None),
        (None, None),
        ("  ", None),
    ],
)
def test_a_date_is_read_and_a_missing_one_stays_empty(stated: str | None, day: date | None) -> None:
    assert draft("A visit", "He came.", published_on=stated).published_on == day
    assert draft("A visit", "He came.", published_on=day).published_on == day


@pytest.mark.parametrize("stated", ["2024-02-30", "05/02/2024", "yesterday", "2024", "2024-13-01"])
def test_an_invalid_date_is_refused(stated: str) -> None:
    assert "year-month-day" in wrong("A visit", "He came.", published_on=stated)["published_on"]


def test_metadata_is_put_on_one_line_and_invisible_values_are_dropped() -> None:
    article = draft(" A \n visit ", "He came.", " The\tDaily ", "\u200b \ufeff")
    assert (article.title, article.publisher, article.author) == ("A visit", "The Daily", "")


def test_characters_that_steer_a_terminal_are_left_out_of_titles_and_names() -> None:
    article = draft("A \x1bvisit\x07", "He came.", "\x01The\x08 Daily", "Ann\x7f \x02 Lee")
    assert (article.title, article.publisher, article.author) == ("A visit", "The Daily", "Ann Lee")
    # A text that has them, such as one exported by an earlier version, keeps them: it is the same revision.
    lines = ("A \x1bvisit\x07", "He \x01came.")
    assert draft(lines[0], "\n".join(lines)).paragraphs == lines
    assert paragraphs.headline("A visit", lines) == 0


@pytest.mark.parametrize(
    ("field", "value"), [("text", "He\0came."), ("title", "A \ud800"), ("author", "\0"), ("url", "\udfff")]
)
def test_binary_content_is_refused_by_field(field: str, value: str) -> None:
    fields: dict[str, Any] = {"title": "A visit", "text": "He came.", field: value}
    with pytest.raises(UnreadableError) as refused:
        draft(**fields)
    assert set(refused.value.fields) == {field}


def test_the_limit_counts_bytes_of_the_text() -> None:
    assert draft("A visit", "ä" * 500, limit=1000).paragraphs[1] == "ä" * 500
    with pytest.raises(TooLargeError, match="1,000 bytes"):
        draft("A visit", "ä" * 500 + "!", limit=1000)


def test_hard_wrapped_lines_are_joined_only_on_request() -> None:
    text = "A visit\n\n" + textwrap.fill(LONG, 70)
    assert len(draft("", text).paragraphs) > 9
    joined = draft("", text, rejoin=True)
    assert joined.paragraphs == ("A visit", LONG.strip())
    assert (joined.title, joined.text) == ("A visit", text)
    assert draft("", "One.\nTwo.", rejoin=True) == draft("", "One.\nTwo.")


def test_boilerplate_is_guessed_and_the_headline_is_not_part_of_it() -> None:
    article = draft(
        "A visit", "A visit\nThe minister came on Monday and he left on Tuesday.\nSubscribe now\nFollow us"
    )
    assert 2 in article.furniture
    assert 0 not in article.furniture
