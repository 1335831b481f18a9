"""One paragraph in many texts: where they differ, how much it weighs, what is absent, and who lacks it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from app.collation import pipeline
from app.collation.model import Row, Side
from app.collation.synopsis import Apparatus, apparatus, apparatuses, phrase_place

OPENING = (
    "The defence minister met his colleague on a call on Wednesday, the two governments said afterwards."
)
QUOTED = (
    "“We have supported you on this issue even though others continue to put pressure on our side. "
    "Even defence cooperation has taken a hit, but we will not change our policy,” he said, according to a video."
)
CLOSING = "Both countries have grown closer since the war began in the spring two years ago, analysts say."


def found(*versions: str | None, index: int = 1, base: str = QUOTED) -> Apparatus:
    """Return the apparatus of ``base`` beside texts that have ``versions`` of it, or with None lack it."""
    side = Side("base", "Call", (OPENING, base, CLOSING))
    others = [
        Side(f"w{place}", "Call", tuple(text for text in (OPENING, version, CLOSING) if text is not None))
        for place, version in enumerate(versions)
    ]
    return apparatus([pipeline.compare(side, other) for other in others], side.paragraphs[index], index)


def shown(of: Apparatus) -> dict[str, list[str]]:
    """Return the readings beside the base's, by the words of their place."""
    return {
        of.text[slice(*place.span)]: [reading.text for reading in of.readings(place.words)[1:]]
        for place in of.places
    }


def test_a_place_holds_every_wording_of_it_the_most_serious_first() -> None:
    texts = found(
        QUOTED.replace("put pressure on", "exert pressure on"),
        QUOTED.replace("put pressure on", "put forward pressure from"),
        QUOTED,
        QUOTED.replace("continue to put", "keep putting"),
    )
    assert shown(texts) == {
        "continue to put pressure on": [
            "continue to put forward pressure from",
            "continue to exert pressure on",
            "keep putting pressure on",
        ]
    }
    (place,) = texts.places
    assert (place.differing, place.carriers, place.step) == (("w0", "w1", "w3"), 4, "direction")
    assert texts.worst == place
    assert [reading.revisions for reading in texts.readings(place.words)] == [
        ("w2",),
        ("w1",),
        ("w0",),
        ("w3",),
    ]


def test_a_finding_weighs_more_than_other_words_in_as_many_texts() -> None:
    turned = QUOTED.replace("put pressure on", "put forward pressure from")
    texts = found(turned.replace("a video", "the video"), QUOTED.replace("a video", "the video"))
    by_words = {texts.text[slice(*place.span)]: place for place in texts.places}
    assert len(by_words["a"].differing) > len(by_words["put pressure on"].differing)
    assert by_words["put pressure on"].level > by_words["a"].level
    assert by_words["put pressure on"].may_reverse


def test_one_text_of_many_that_may_reverse_is_not_pale() -> None:
    turned = QUOTED.replace("put pressure on", "put forward pressure from")
    (place,) = found(turned, *[QUOTED] * 12).places
    assert (len(place.differing), place.carriers, place.level) == (1, 13, 4)


def test_chains_of_differences_in_many_texts_make_no_place_of_a_whole_sentence() -> None:
    words = QUOTED.split()
    texts = found(
        *(" ".join([*words[:at], f"x{at}", f"y{at}", *words[at + 2 :]]) for at in range(len(words) - 2))
    )
    assert max(place.words[1] - place.words[0] for place in texts.places) <= 10
    assert len(texts.places) > 3


def test_a_long_change_that_many_make_is_one_place() -> None:
    said = "he said, according to a video"
    texts = found(*(QUOTED.replace(said, f"{name} told them") for name in ("Dong", "Lee", "Kim")))
    assert [texts.text[slice(*place.span)] for place in texts.places] == [said]


def test_a_fragment_does_not_differ_where_it_is_absent() -> None:
    fragment = (
        "“We have supported you on this issue even though others keep up pressure on our side.” That was all."
    )
    texts = found(fragment)
    (version,) = texts.versions
    assert version.present[1] < len(texts.words)
    assert all(count == 0 for count in texts.counts[version.present[1] :])
    said = phrase_place(texts, "he said")
    assert said
    assert [reading.revisions for reading in texts.readings(said)] == [()]


def test_a_text_without_the_paragraph_lacks_it() -> None:
    texts = found(None, QUOTED)
    assert (texts.lacking, [version.revision for version in texts.versions]) == (("w0",), ["w1"])
    assert texts.places == ()


def test_capitals_commas_and_marks_are_no_difference() -> None:
    assert found(QUOTED.replace("“", '"').replace("”", '"').replace("hit, but", "hit but")).places == ()


def test_an_inserted_word_is_a_difference_of_the_word_before_it() -> None:
    texts = found(QUOTED.replace("will not change our policy", "will not ever change our policy"))
    assert shown(texts) == {"not": ["not ever"]}


def test_words_that_are_left_out_have_an_empty_reading() -> None:
    (place,) = found(QUOTED.replace(" on this issue", "")).places
    texts = found(QUOTED.replace(" on this issue", ""))
    assert [reading.text for reading in texts.readings(place.words)] == ["on this issue", ""]


def test_a_paragraph_merged_with_its_neighbour_is_read_out_of_the_whole() -> None:
    side = Side("base", "Call", (OPENING, QUOTED, CLOSING))
    merged = Side("w", "Call", (OPENING, f"{QUOTED.replace('taken a hit', 'suffered')} {CLOSING}"))
    comparison = pipeline.compare(side, merged)
    texts = apparatus([comparison], QUOTED, 1)
    assert shown(texts) == {"taken a hit": ["suffered"]}
    assert apparatus([comparison], CLOSING, 2).places == ()


@pytest.mark.parametrize(
    ("phrase", "start", "words"),
    [
        ("pressure on", None, "pressure on"),
        ("PRESSURE on", None, "pressure on"),
        ("put pressure from", None, None),
        ("", None, None),
        ("even", QUOTED.index("Even"), "Even"),
        ("even", 9_999, "even"),
    ],
)
def test_a_phrase_is_found_by_its_words(phrase: str, start: int | None, words: str | None) -> None:
    texts = found(QUOTED)
    place = phrase_place(texts, phrase, start)
    printed = place and texts.text[texts.words[place[0]][0] : texts.words[place[1] - 1][1]]
    assert printed == words


def test_two_witnesses_that_differ_only_in_marks_share_a_reading() -> None:
    texts = found(QUOTED.replace("taken a hit", "been hurt"), QUOTED.replace("taken a hit", "Been hurt"))
    (place,) = texts.places
    assert [reading.revisions for reading in texts.readings(place.words)] == [(), ("w0", "w1")]


def test_of_many_paragraphs_the_rows_are_looked_through_once() -> None:
    looks = []

    class CountedRows(tuple[Row, ...]):
        def __iter__(self) -> Iterator[Row]:
            looks.append(1)
            return super().__iter__()

    side = Side("base", "Call", (OPENING, QUOTED, CLOSING))
    comparison = pipeline.compare(side, Side("other", "Call", (CLOSING, OPENING, QUOTED)))
    counted = replace(
        comparison, collation=replace(comparison.collation, rows=CountedRows(comparison.collation.rows))
    )
    every = list(apparatuses([counted], dict(enumerate(side.paragraphs))))
    assert len(looks) == 1
    assert every == [apparatus([counted], text, index) for index, text in enumerate(side.paragraphs)]
