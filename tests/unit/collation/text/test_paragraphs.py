"""Where paragraphs begin and end, which of them is the headline, and hard-wrapped text."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.collation.text.paragraphs import headline, rejoined, split, with_title

SENTENCES = (
    "The minister opened the talks in Oslo on Monday and promised a result before the week was out, though nobody in "
    "the hall believed it and the papers said so the next morning. A third round is planned for the spring."
)
SECOND = (
    "Diplomats from both countries told reporters that the gap had narrowed a little since the last round, but that "
    "the question of the border remained as open as it had been a year before."
)
VERSE = "\n".join(
    (
        "The envoys came by rail and came by sea,",
        "They brought their papers and they brought their pride,",
        "And sat from nine till half past three",
        "With nobody to tell them how to decide,",
        "And all of them went home and all of them lied,",
    )
)


@pytest.mark.parametrize(
    "end", ["\n", "\r\n", "\r", "\n\n\n", "\u2028", "\u2029", "\f", "\v", "\x85"], ids=lambda end: ascii(end)
)
def test_a_line_is_a_paragraph_however_lines_end(end: str) -> None:
    assert split(f"One.{end}Two.") == ("One.", "Two.")


@pytest.mark.parametrize(
    "blank", ["", " \t ", "\u00a0", "\u200b", "\ufeff", "\u202a\u202c", "\u00ad", "\u3000", "\x07"]
)
def test_an_invisible_line_is_not_a_paragraph(blank: str) -> None:
    assert split(f"One.\n{blank}\nTwo.") == ("One.", "Two.")


def test_white_space_is_stripped_at_both_ends_and_kept_within() -> None:
    assert split("\u00a0 one\u00a0two \u200bthree\u202eruof\u202c  ") == (
        "one\u00a0two \u200bthree\u202eruof\u202c",
    )


def test_an_emoji_or_a_dash_alone_is_a_paragraph() -> None:
    assert split("🙂\n—\n***") == ("🙂", "—", "***")


def test_no_paragraph_has_a_line_break() -> None:
    assert not any(len(paragraph.splitlines()) > 1 for paragraph in split("a\x1cb\x1dc\x1ed\u2028e"))


@pytest.mark.parametrize(
    "paragraph",
    [
        "China's support",
        "# China’s Support",
        "## CHINA'S SUPPORT ##",
        "**China’s support**",
        "_China's  support_",
    ],
)
def test_the_headline_is_the_paragraph_that_repeats_the_title(paragraph: str) -> None:
    assert headline("China’s support", ["By Ann Lee", paragraph, "More."]) == 1


def test_a_title_with_marks_of_its_own_is_found() -> None:
    assert headline("# China's support", ["China's support"]) == 0


def test_a_paragraph_longer_than_the_title_is_not_a_headline() -> None:
    assert headline("Talks open", ["Talks open in Oslo", "The talks open on Monday."]) is None


def test_the_first_of_two_headlines_counts() -> None:
    assert headline("Talks", ["x", "Talks", "Talks"]) == 1


@pytest.mark.parametrize("title", ["", "  ", "\u200b"])
def test_an_invisible_title_is_not_found_and_not_added(title: str) -> None:
    assert headline(title, ["", "x"]) is None
    assert with_title(title, ["x"]) == ("x",)


def test_a_missing_title_becomes_the_first_paragraph_on_one_line() -> None:
    assert with_title("Talks\nopen ", ["They talked."]) == ("Talks open", "They talked.")


def _wrapped(width: int, *paragraphs: str) -> str:
    return "\n\n".join("\n".join(textwrap.wrap(paragraph, width)) for paragraph in paragraphs)


@pytest.mark.parametrize("width", [60, 72, 80])
def test_a_wrapped_text_is_rejoined_as_it_was_before_wrapping(width: int) -> None:
    assert rejoined(_wrapped(width, SENTENCES, SECOND)) == (SENTENCES, SECOND)


def test_a_short_last_line_ends_its_paragraph_without_a_blank_one() -> None:
    text = _wrapped(64, SENTENCES, SECOND).replace("\n\n", "\n")
    assert rejoined(text) == (SENTENCES, SECOND)


@pytest.mark.parametrize(
    "text",
    [
        "",
        SENTENCES,
        f"{SENTENCES}\n\n{SECOND}",
        VERSE,
        "\n".join(f"- item {n} of a list that someone made of many things" for n in range(12)),
        "By Ann Lee\nOslo, 3 May\nThe talks opened on Monday in a hall by the harbour.\nNobody came.\nIt rained.",
    ],
    ids=["empty", "one line", "long lines", "verse", "list", "short lines"],
)
def test_a_text_that_is_not_wrapped_is_left_alone(text: str) -> None:
    assert rejoined(text) is None


TEXTS = st.text(st.sampled_from("ab .\n\r\t\f\u2028\u200b\u00a0\u202e#*=-"), max_size=60)


@given(TEXTS)
def test_paragraphs_on_lines_of_their_own_are_the_same_paragraphs(text: str) -> None:
    paragraphs = split(text)
    assert split("\n".join(paragraphs)) == paragraphs
    assert all(paragraph == paragraph.strip() != "" for paragraph in paragraphs)


@given(TEXTS)
def test_an_added_title_is_found_again(title: str) -> None:
    whole = with_title(title, ["One.", "Two."])
    assert with_title(title, whole) == whole


@pytest.mark.parametrize("width", [60, 66, 72, 78])
def test_a_dash_or_a_short_last_word_at_a_line_s_start_begins_no_item(width: int) -> None:
    text = "They met – or so we heard – on a boat, and it was cold. " * 6 + "He saw it. I did. So we go on."
    assert rejoined(_wrapped(width, text, SECOND)) == (text, SECOND)
