import pytest

from app.collation.quotations.spans import find
from app.collation.quotations.speakers.mentions import Mention, speakers
from app.collation.quotations.speakers.narrative import Narration


def speakers_of(*paragraphs: str) -> list[Mention | None]:
    return list(speakers(Narration(paragraphs, find(paragraphs))))


def names(*paragraphs: str) -> list[str | None]:
    return [mention.text if mention else None for mention in speakers_of(*paragraphs)]


@pytest.mark.parametrize(
    ("text", "speaker", "cue"),
    [
        ("“The road is closed,” said Ann Lee.", "Ann Lee", "said"),
        ("“The road is closed,” Ann Lee said.", "Ann Lee", "said"),
        ("“The road is closed,” she said.", "she", "said"),
        ("“Is the road closed?” Mr. Lee asked.", "Mr. Lee", "asked"),
        ("Lee said: “The road is closed.”", "Lee", "said"),
        ("Lee said that “the road is closed.”", "Lee", "said"),
        ("Said Lee: “The road is closed.”", "Lee", "Said"),
        ("“The road is closed,” according to the county.", "the county", "according to"),
        ("According to Lee, “the road is closed.”", "Lee", "According to"),
        ("“The road is closed,” as Lee put it.", "Lee", "put"),
        ("“The road is closed,” she wrote on X.", "she", "wrote"),
        ("“The road is closed,” the company said in a statement.", "the company", "said"),
        (
            "A spokesman for the ministry told reporters that “the road is closed.”",
            "A spokesman for the ministry",
            "told",
        ),
        ("“The road is closed,” Dong Jun, China's new defense minister, told Reuters.", "Dong Jun", "told"),
        ("Mr Smith, who has lived here since 1980, said: “The road is closed.”", "Mr Smith", "said"),
        ("“The road is closed,” Sen. Ann Lee (D-Ohio) said.", "Sen. Ann Lee", "said"),
        ("His lawyer, Olivia Grant, called it “a closed road.”", "Olivia Grant", "called"),
        ("“The road is closed,” said the engineer, Peter Nakamura.", "Peter Nakamura", "said"),
        ("“The road is closed,” he shot back.", "he", "shot"),
        ("Lee shook hands, sat down and said, “The road is closed.”", "Lee", "said"),
        ("Lee rejected the plan, saying “the road is closed.”", "Lee", "saying"),
        ("The paper quoted Lee as saying “the road is closed.”", "Lee", "saying"),
        ("“The road is closed for good” because of the flood, she said.", "she", "said"),
        ("The Chinese regime announced “a closed road.”", "The Chinese regime", "announced"),
        (
            "The French daily *Le Monde* wrote that the road was “closed for good.”",
            "The French daily Le Monde",
            "wrote",
        ),
        ("“The road is closed.” — Ann Lee", "Ann Lee", "—"),
        ("LEE: “The road is closed.”", "LEE", ":"),
        ("Lee called for “closed roads.”", "Lee", "called"),
        ("In an interview Lee said “the road is closed.”", "Lee", "said"),
        ("«The road is closed», said Lee.", "Lee", "said"),
        ("'The road is closed,' said Lee, 'and that's that.'", "Lee", "said"),
        ('Ann Lee slammed it: "a farce."', "Ann Lee", "slammed"),
        ("Ann Lee slammed it “a farce”", "Ann Lee", "slammed"),
        ('"It is over," snapped Bob Hale.', "Bob Hale", "snapped"),
        ("Ann Lee referred to it as “a farce”.", "Ann Lee", "referred"),
        ("Ministers have dubbed it “a farce”.", "Ministers", "dubbed"),
        ("Bob Hale labelled it “a farce”.", "Bob Hale", "labelled"),
    ],
)
def test_the_speaker_is_given_as_printed_with_the_cue(text: str, speaker: str, cue: str) -> None:
    mentions = speakers_of(text)
    assert {(mention.text, mention.cue) for mention in mentions if mention} == {(speaker, cue)}
    assert None not in mentions


def test_a_mention_has_its_place() -> None:
    text = "Peter said “no”: it was *Le Monde* that said “yes.”"
    for mention in speakers_of(text):
        assert mention is not None
        assert text[mention.start : mention.end].replace("*", "") == mention.text


@pytest.mark.parametrize(
    "text",
    [
        "A “plan B” exists.",
        "The so-called “Freedom Plan” has cost nine million.",
        "The film “War and Peace” runs until May.",
        "“The Road” closes on Friday.",
    ],
)
def test_titles_and_scare_quotes_have_no_speaker(text: str) -> None:
    assert names(text) == [None]


def test_an_interrupted_quotation_has_one_speaker() -> None:
    assert names("“We shall,” said Ann Lee, “never go back.” “Never,” she repeated.") == [
        "Ann Lee",
        "Ann Lee",
        "she",
    ]


def test_a_quotation_without_words_of_its_own_goes_with_the_one_before() -> None:
    assert names("“It is over,” Lee said. “We are going home.”") == ["Lee", "Lee"]
    assert names("Lee was tired, she said. “We are going home.”") == ["she"]
    assert names("“It is over. ”“We are going home,” Lee said.")[-1] == "Lee"


@pytest.mark.parametrize(
    "paragraphs",
    [
        ["“It is over,” Lee said. Chen shook his head. “It is not.”"],
        ["“Is it over?” Lee asked Chen. “It is not.”"],
        ["“Is it over?” Lee asked the driver.", "“It is not.”"],
        ["The judge asked Chen about the road. “It is closed.”"],
        ["Chen asked Lee about the road.", "“It is closed.”"],
    ],
)
def test_a_quotation_after_somebody_else_acts_or_is_asked_is_nobodys(paragraphs: list[str]) -> None:
    assert names(*paragraphs)[-1] is None


def test_whoever_asks_a_crowd_goes_on() -> None:
    assert names("“Is it over?” Lee asked the crowd. “It is not.”") == ["Lee", "Lee"]


def test_a_signature_may_be_a_paragraph_of_its_own() -> None:
    assert names("“The road is closed.”", "- the mayor of Leeds") == ["the mayor of Leeds"]


def test_two_speakers_of_one_paragraph_are_kept_apart() -> None:
    assert names("“It is over,” Lee said. “It is not,” said Chen. “Oh yes,” said Lee.") == [
        "Lee",
        "Chen",
        "Lee",
    ]


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("Lee called it “a closed road” and Ray called it “an open one.”", "Lee", "Ray"),
        ("Lee told Ray: “The road is closed,” and Ray replied: “It is not.”", "Lee", "Ray"),
        ("While Lee hailed “a new road,” Ray spoke of “an old one.”", "Lee", "Ray"),
        ("Lee called it “a closed road” and said it was “shut for good.”", "Lee", "Lee"),
    ],
)
def test_each_quotation_of_a_sentence_has_the_speaker_of_its_own_clause(
    text: str, first: str, second: str
) -> None:
    assert names(text) == [first, second]


@pytest.mark.parametrize(
    "text",
    [
        "Lee did not say “the road is closed.”",
        "Lee never said that the road was “closed for good.”",
        "Lee refused to say “the road is closed.”",
        "Lee denied saying “the road is closed.”",
        "Lee denied that he had said “the road is closed.”",
        "Nobody has called it “a closed road.”",
        "Neither the town nor the county has called it “a closed road.”",
        "Pressed on whether it was “a closed road,” Lee left.",
        "Lee should have said “the road is closed.”",
        "Lee was asked: “Is the road closed?”",
        "“Is the road closed?” Lee was asked.",
        "Asked “Is the road closed?”, Lee smiled.",
        "Lee, asked whether it was “closed for good,” smiled.",
        "Lee was told to call it “a closed road.”",
        "Lee read “The Closed Road” twice.",
        "“The Closed Road” is late, Lee said.",
        "On “The Closed Road,” Lee said nothing new.",
        "A man nicknamed “Shorty” has seen it, Lee said.",
        "Lee stars in the film “Roads,” which is late, he said.",
        "Lee held a banner that read “the road is closed.”",
        "A sign on the gate says “the road is closed.”",
        "By the gate a poster tied to a bench read “the road is closed.”",
        "The painter Lee, whose “Closed Road” sold in May, has left, her agent said.",
        "The panel also praised “Closed Road,” a short film about drivers.",
        "Somebody had sprayed “the road is closed” on the wall, Lee said.",
    ],
)
def test_words_that_nobody_is_said_to_say_have_no_speaker(text: str) -> None:
    assert names(text) == [None]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Lee was told by the mayor: “The road is closed.”", "the mayor"),
        ("“The road is closed,” Lee was told by Ray.", "Ray"),
        ("It was dismissed as “a closed road” by the mayor.", "the mayor"),
        ("“The road is closed,” the paper quoted Lee as saying.", "Lee"),
        ("Lee was quoted by a paper as saying “the road is closed.”", "Lee"),
        ("Lee could not help saying “the road is closed.”", "Lee"),
        ("Lee did not fail to say that it was “a closed road.”", "Lee"),
        ("Ray remembered what his coach used to say: “The road is closed.”", "his coach"),
        ("Ray recalled his father telling him: “The road is closed.”", "his father"),
        ("In Lee’s words, “the road is closed.”", "Lee"),
        ("In the words of one driver, “the road is closed.”", "one driver"),
        ("“The road is closed,” bellowed the guard.", "the guard"),
        ("The mayor: “The road is closed.”", "The mayor"),
        ("From Ann Lee: “The road is closed.”", "Ann Lee"),
        ("The mayor’s answer: “The road is closed.”", "The mayor"),
        ("“The road is closed.” – Ann Lee, a driver", "Ann Lee"),
        ("Lee denied the charge: “The road is closed.”", "Lee"),
        ("Lee not only said “the road is closed” but closed it.", "Lee"),
        ("The drivers who did not come said “the road is closed.”", "The drivers"),
    ],
)
def test_who_says_it_is_told_from_who_hears_or_quotes_it(text: str, speaker: str) -> None:
    assert names(text) == [speaker]


def test_a_quotation_that_runs_on_keeps_its_speaker() -> None:
    assert names("“It is over,” Lee said. “It has been long.", "“We are going home.”") == [
        "Lee",
        "Lee",
        "Lee",
    ]


def test_a_speaker_named_in_a_later_paragraph_is_used() -> None:
    assert names("“It is over, and it has been long.", "“We are going home,” said Lee.") == ["Lee", "Lee"]


def test_a_colon_at_a_paragraphs_end_leads_to_the_next_one() -> None:
    assert names("The mayor told the crowd, to much applause:", "“We are going home.”") == ["The mayor"]


def test_a_lone_word_before_a_colon_without_a_quotation_is_harmless() -> None:
    assert names("CORRECTION:", "“We shall see,” said Ann Lee.") == ["Ann Lee"]


def test_a_paragraph_between_breaks_the_way_to_a_speaker_above() -> None:
    assert names("“It is over,” Lee said.", "It rained.", "“We are going home.”") == ["Lee", None]


def test_a_noun_that_looks_like_a_verb_of_saying_is_none() -> None:
    assert names("In opening remarks, Putin called the ties “close and fruitful.”") == ["Putin"]
    assert names("She says Lee’s early tweets were “lies and nothing else.”") == ["She"]


def test_a_verb_followed_by_an_infinitive_names_no_speaker() -> None:
    assert names("He continued to run past “the old mill.”") == [None]


def test_a_text_of_quotations_alone_has_no_speakers() -> None:
    assert names("“One two three four.” “Five six seven eight.”") == [None, None]


def test_hostile_text_costs_no_more_than_its_length() -> None:
    long = "and said " * 4000 + ", “a b c d” " * 300
    assert len(speakers_of(long, long + ":")) == 600
