"""What belongs to the page and what to the article."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.collation.text.boilerplate import guess

BODY = (
    "The minister opened the talks in Oslo on Monday and promised a result before the week was out.",
    "Nobody in the hall believed a word of it, as the papers wrote the next morning in large letters.",
    "A third round is planned for the spring, diplomats from both countries told reporters afterwards.",
)


def _marked(before: list[str], after: list[str], headline: int | None = None) -> list[str]:
    paragraphs = [*before, *BODY, *after]
    return [paragraphs[index] for index in guess(paragraphs, headline)]


@pytest.mark.parametrize(
    "line",
    [
        "Subscribe",
        "Sign up for our daily newsletter",
        "Read more: The border question",
        "Related articles",
        "More from this section",
        "Follow us on Twitter",
        "Follow Ann Lee on X @annlee",
        "Share this article",
        "Click here to support our work.",
        "Advertisement",
        "Story continues below",
        "Tags: Oslo, talks, border",
        "© 2024 The Courier. All rights reserved.",
        "Copyright The Courier 2024",
        "This article first appeared in The Courier.",
        "Photo: Ann Lee/Reuters",
        "AFP/Getty Images",
        "(AP Photo/Ann Lee)",
        "5 min read",
        "1,204 comments",
        "courier.example.com/contact",
        "https://courier.example.com/story",
        "news@courier.example.com",
        "About the author",
        "Your email address will not be published.",
        "We use cookies to improve your visit. Read our privacy policy.",
        "By continuing to use this site you agree to our terms of service.",
    ],
)
def test_a_line_that_says_so_is_boilerplate_at_the_end_and_in_between(line: str) -> None:
    assert _marked([], [line]) == [line]
    assert [line] == [text for text in _marked([BODY[0], line], []) if text == line]


@pytest.mark.parametrize(
    "line",
    [
        "By Ann Lee",
        "By Ann Lee and Bo Chen",
        "Ann Lee 12 February 2024",
        "12 February 2024, 10:30",
        "Published on 12 February 2024",
        "February 12, 2024 | 9:15 pm EST",
        "Author: Ann Lee",
    ],
)
def test_a_line_of_author_or_date_below_the_headline_is_boilerplate(line: str) -> None:
    assert _marked(["Talks open in Oslo", line], [], headline=0) == [line]


def test_lines_above_the_headline_are_boilerplate() -> None:
    above = ["WORLD", "Europe", "Listen to this article"]
    assert _marked([*above, "Talks open in Oslo"], [], headline=3) == above


def test_a_note_on_the_author_goes_with_a_name_on_its_own_line() -> None:
    note = "Ann worked as an analyst for ten years and is a reporter based in Oslo. Her education took her to Kyoto."
    block = ["Ann Lee", "Ann Lee", note]
    assert _marked(["Talks open in Oslo", *block], [], headline=0) == block


def test_lines_under_a_heading_for_other_stories_are_boilerplate_to_the_end() -> None:
    after = [
        "Related stories",
        "A border redrawn",
        "The man who would not sign",
        "Five maps",
        "What the envoys ate",
    ]
    assert _marked([], after) == after


def test_lines_repeated_at_the_end_are_boilerplate_with_their_label() -> None:
    after = [
        "Common ground",
        "The Courier looks for what unites.",
        "The Courier looks for what unites.",
        "About the writer",
    ]
    assert _marked([], after) == after


@pytest.mark.parametrize(
    "line",
    [
        "Two envoys shaking hands in Oslo on Monday.",
        "The talks in pictures",
        "A market in Oslo, where prices have doubled",
        "What comes next?",
        "“We shall see,” she said.",
        "More than half of the delegates left.",
        "Read his lips: no new taxes, the candidate told the crowd.",
        "Share prices fell by a third on Monday, the bank said.",
        "Support for the minister has fallen to a third.",
        "He said readers should subscribe to the privacy policy of the newsletter.",
        "In the US, most people subscribe to a newsletter or a website that asks them to log in.",
        "Follow the money, she told us, and the rest will follow you home.",
        "By 2030 half of the trains will be electric.",
        "May 2024 was the warmest on record.",
        "Photos of the talks were on every front page the next morning.",
    ],
)
def test_captions_subheadings_and_sentences_are_the_article_s(line: str) -> None:
    assert line not in _marked([], [line])
    assert line not in _marked([BODY[0], line], [], headline=None)


@pytest.mark.parametrize(
    "paragraphs",
    [
        [],
        ["Subscribe"],
        ["Talks open"],
        ["Talks open", "They did."],
        ["Talks open", "Oslo", "Bergen"],
        ["Talks open", "Subscribe to our newsletter"],
        ["Yes.", "No.", "Yes.", "No."],
    ],
)
def test_a_text_is_never_boilerplate_alone(paragraphs: list[str]) -> None:
    assert (
        len(guess(paragraphs, 0 if paragraphs else None)) < max(1, len(paragraphs) - 1)
        or guess(paragraphs, 0) == ()
    )


def test_the_line_drawn_under_a_headline_is_boilerplate() -> None:
    assert _marked(["Talks open in Oslo", "=====", "By Ann Lee"], [], headline=0) == ["=====", "By Ann Lee"]


def test_the_headline_is_never_boilerplate() -> None:
    assert 0 not in guess(["Subscribe", *BODY], 0)


def test_lists_and_scores_after_a_call_are_kept() -> None:
    scores = [f"Team {n} {n}, Team {n + 1} 0" for n in range(8)]
    assert not set(_marked([], ["Read more: all goals", *scores])) & set(scores)


def test_a_repeated_line_of_an_article_keeps_the_sentences_after_it() -> None:
    marked = _marked([], ["UPDATE:", BODY[0], "UPDATE:", BODY[1], BODY[2]])
    assert BODY[2] not in marked


def test_twenty_thousand_paragraphs_stay_the_article() -> None:
    assert guess([f"{BODY[n % 3]} {n}" for n in range(20_000)], None) == ()


LINES = st.lists(
    st.sampled_from(
        [
            *BODY,
            "Subscribe",
            "By Ann Lee",
            "Ann Lee",
            "12 May 2024",
            "Related posts",
            "Tags: a, b",
            "A label",
            "A label",
            "==",
        ]
    ),
    max_size=12,
)


@given(LINES, st.integers(0, 11))
def test_some_text_and_the_headline_are_never_boilerplate(lines: list[str], place: int) -> None:
    headline = place if place < len(lines) else None
    boilerplate = guess(lines, headline)
    assert list(boilerplate) == sorted(set(boilerplate))
    assert headline not in boilerplate
    if boilerplate:
        assert len(boilerplate) < len(lines) - (headline is not None)
