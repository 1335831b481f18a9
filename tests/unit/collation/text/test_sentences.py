import itertools

import pytest

from app.collation.text.sentences import boundaries, is_abbreviation, is_finished, start_of_sentence


def split(text: str) -> list[str]:
    places = [0, *boundaries(text), len(text)]
    return [text[start:end].strip() for start, end in itertools.pairwise(places) if start < end]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("He left. She stayed.", ["He left.", "She stayed."]),
        ("“He left.” She stayed.", ["“He left.”", "She stayed."]),
        ("Why? Nobody knows!\nA line", ["Why?", "Nobody knows!", "A line"]),
        ("Mr. Lee met Sen. Hale of Ohio.", ["Mr. Lee met Sen. Hale of Ohio."]),
        ("J. R. Lee of Acme Inc. left on Sept. 5.", ["J. R. Lee of Acme Inc. left on Sept. 5."]),
        ("Prices rose 1.5 percent. That was all.", ["Prices rose 1.5 percent.", "That was all."]),
        ("It went on ... and on.", ["It went on ... and on."]),
        ("会谈开始。部长出席。", ["会谈开始。", "部长出席。"]),
        ("", []),
    ],
)
def test_a_text_falls_into_its_sentences(text: str, sentences: list[str]) -> None:
    assert split(text) == sentences


def test_a_sentence_start_is_looked_for_within_the_limit() -> None:
    text = "A long way back it began. Then it went on and on"
    assert start_of_sentence(text, len(text), 100) == text.index("Then")
    assert start_of_sentence(text, len(text), 5) == len(text) - 5


@pytest.mark.parametrize("text", ["Mr.", "No.", "Sept.", "J.", "the U.S."])
def test_the_point_of_an_abbreviation_is_known(text: str) -> None:
    assert is_abbreviation(text, len(text) - 1)


@pytest.mark.parametrize("text", ["May.", "no.", "left.", "5.", "."])
def test_other_points_belong_to_no_abbreviation(text: str) -> None:
    assert not is_abbreviation(text, len(text) - 1)


@pytest.mark.parametrize(
    ("text", "finished"),
    [("He left.", True), ("“He left.”", True), ("He left …", True), ("He left,", False), ("", False)],
)
def test_a_finished_sentence_ends_in_a_mark_that_may_be_closed(text: str, finished: bool) -> None:
    assert is_finished(text) is finished
