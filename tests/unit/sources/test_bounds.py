"""A text over a limit is refused with a message, before any work that grows with it."""

import pytest

from app.errors import InvalidInputError
from app.sources import bounds
from app.sources.text import draft


def refusal(text: str) -> str:
    with pytest.raises(InvalidInputError) as refused:
        draft("A visit", text)
    return refused.value.fields["text"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a\n" * 20_001, "This text has 20,001 paragraphs: 20,000 are the most."),
        ("e" + "\u0301" * 100_000, "More than 30 accents or joining signs follow one another"),
        ("e" + "\u0323\u0301" * 16, "More than 30 accents or joining signs follow one another"),
        ("👩" + "\u200d" * 31, "More than 30 accents or joining signs follow one another"),
        ("👩\u200d" * 40 + "👩", "More than 30 accents or joining signs follow one another"),
        ("🇺" * 40_000, "More than 300 flags follow one another"),
        ("ﷺ" * 6_000, "This text is made of characters that each mean whole words."),
        ("He left.\n" + "“" * 660_000, "Paragraph 2 has 660,000 quotation marks: 2,000 are the most."),
        ('"a" b\n' * 10_001, "This text has 20,002 quotation marks: 20,000 are the most."),
    ],
)
def test_a_text_over_a_bound_is_refused_in_words(text: str, reason: str) -> None:
    assert reason in refusal(text)


@pytest.mark.parametrize(
    "text",
    [
        "a\n" * 20_000,
        "e" + "\u0301" * 30 + "x" + "\u0301" * 30,
        "🇺🇦" * 300,
        "ﷺ" * 5_000,
        "“Why?” " * 1_000,
        '"a" b\n' * 10_000,
    ],
    ids=["paragraphs", "marks", "flags", "signs", "quotation marks of a paragraph", "quotation marks"],
)
def test_a_text_at_a_bound_is_taken(text: str) -> None:
    assert draft("A visit", text).text == text


def test_every_reason_gives_advice() -> None:
    for text in (
        "a\n" * 20_001,
        "\u0301" * 31 + "a",
        "🇺" * 601,
        "“" * 2_001,
        '"\n' * 10_000 + '""\n' * 6_000,
    ):
        reason = bounds.reason_to_refuse(text, text.split())
        fault, _, advice = reason.partition(". ")
        assert fault
        assert advice.endswith(".")
