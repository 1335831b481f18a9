import pytest

from app.collation.quotations import attribute
from app.collation.quotations.speakers.utterances import utterances
from app.collation.quotations.versions.same_name import same_name


def parts(*paragraphs: str) -> list[tuple[int, ...]]:
    return [utterance.parts for utterance in utterances(paragraphs, attribute(paragraphs))]


def test_a_sentence_broken_by_its_speaker_is_one_utterance() -> None:
    text = "“We shall,” the minister, Ann Lee, told reporters, “never go back.”"
    (utterance,) = utterances([text], attribute([text]))
    assert (utterance.text, utterance.speaker, utterance.person, utterance.cue) == (
        "We shall, never go back.",
        "Ann Lee",
        "Ann Lee",
        "told",
    )


def test_the_point_of_a_title_does_not_break_an_utterance() -> None:
    assert parts("“We shall,” said Mr. Lee, “never go back.”") == [(0, 1)]


def test_a_quotation_of_several_paragraphs_is_one_utterance() -> None:
    assert parts("Lee said: “We shall go.", "“We shall not look back.", "“Never.”") == [(0, 1, 2)]


@pytest.mark.parametrize(
    "text",
    [
        "“We shall go,” Lee said. “never,” Chen said.",
        "“We shall go,” Lee said. “We shall not look back.”",
        "“We shall go.” Lee said “never again” twice.",
        "Lee called it “a farce” and Chen said it was “a shame.”",
        "“Peace” and “war” are words.",
    ],
)
def test_two_sentences_two_speakers_and_two_words_are_two(text: str) -> None:
    assert parts(text) == [(0,), (1,)]


def test_every_quotation_is_in_exactly_one_utterance() -> None:
    text = ["“One,” he said, “two.” “Three,” she said.", "“Four.", "“Five.”", "It is “six.”"]
    assert [place for places in parts(*text) for place in places] == list(range(6))


@pytest.mark.parametrize(
    ("name", "other_name", "same"),
    [
        ("Wang Wenbin", "Wang Wengbin", True),
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy", True),
        ("Ana Lucía Ferreira", "Ana Lucia Ferreira", True),
        ("Choi Min-ho", "Choi Min Ho", True),
        ("Martin L. King Jr.", "Martin King", True),
        ("Dong Jun", "Tong Jun", False),
        ("Gordon Brown", "Gordon Braun", False),
        ("Ann Lee", "Lee", False),
        ("Bill Clinton", "Hillary Clinton", False),
        ("", "", False),
    ],
)
def test_spellings_of_one_name_are_distinguished_from_two_names(
    name: str, other_name: str, same: bool
) -> None:
    assert same_name(name, other_name) is same_name(other_name, name) is same
