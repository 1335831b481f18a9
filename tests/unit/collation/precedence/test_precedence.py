"""Precedence: what is observed for each direction, and what must not be."""

from dataclasses import replace

import pytest

from app.collation import pipeline, precedence
from app.collation.model import Side
from tests.golden import seeds

STORY = (
    "Harbour bridge closes for repairs",
    "The harbour bridge will close on Monday for eleven weeks of repairs, the city council said.",
    "Engineers found cracks in four of its cables during an inspection in spring, according to a report.",
    "Ferries will run every ten minutes between the two banks while the bridge is shut.",
    "The works cost 14 million euros, most of which the region will pay.",
    "Shopkeepers on the east bank fear that customers will stay away until the autumn.",
)


def side(name: str, *paragraphs: str, **stated: object) -> Side:
    return replace(
        Side(revision=name, title=paragraphs[0], paragraphs=paragraphs, headline=0, publisher=name),
        **stated,  # type: ignore[arg-type]  # each test states what it needs, by the field's name
    )


def favours_by_rule(base: Side, witness: Side) -> dict[str, str | None]:
    observations = precedence.observations(pipeline.compare(base, witness))
    return {observation.rule: observation.favours for observation in observations}


def test_the_earlier_of_two_dates_speaks_for_its_text() -> None:
    early = side("Courier", *STORY, published_on="2024-03-01")
    late = side("Gazette", *STORY, published_on="2024-03-04")
    assert favours_by_rule(early, late) == {"dates": "base"}
    assert favours_by_rule(late, early) == {"dates": "witness"}


def test_equal_dates_and_a_single_date_speak_for_neither() -> None:
    dated = side("Courier", *STORY, published_on="2024-03-01")
    assert favours_by_rule(dated, side("Gazette", *STORY, published_on="2024-03-01")) == {"dates": None}
    assert favours_by_rule(dated, side("Gazette", *STORY)) == {"dates": None}


def test_texts_without_dates_or_traces_show_nothing() -> None:
    assert favours_by_rule(side("Courier", *STORY), side("Gazette", *STORY)) == {}


def test_a_day_after_the_others_date_speaks_for_the_other() -> None:
    early = side("Courier", *STORY, published_on="2024-03-01")
    late = side("Gazette", *STORY, "It closed on March 4, 2024, as planned.", published_on="2024-03-05")
    assert favours_by_rule(early, late)["later-event"] == "base"


def test_a_day_that_a_text_looks_ahead_to_says_nothing() -> None:
    early = side("Courier", *STORY, published_on="2024-03-01")
    late = side("Gazette", *STORY, "It opens again on 20 May 2024.", published_on="2024-03-05")
    assert "later-event" not in favours_by_rule(early, late)


def test_a_text_that_names_the_others_publisher_or_author_speaks_for_the_other() -> None:
    source = side("Courier", *STORY, author="Ines Falk")
    copy = side(
        "Gazette", *STORY, "The mayor told the Courier that there was no other way, Ines Falk writes."
    )
    assert favours_by_rule(source, copy)["names-publisher"] == "base"
    assert favours_by_rule(source, copy)["names-author"] == "base"


@pytest.mark.parametrize("name", ["Sun", "AP"])
def test_a_short_name_is_not_looked_for(name: str) -> None:
    source = side(name, *STORY)
    assert "names-publisher" not in favours_by_rule(
        source, side("Gazette", *STORY, f"The {name} rose at six.")
    )


def test_one_publisher_with_two_articles_does_not_name_the_other() -> None:
    first = side("Courier", *STORY)
    assert favours_by_rule(first, side("Courier", *STORY, "The Courier has asked the mayor.")) == {}


def test_a_credit_on_one_side_alone_speaks_for_neither() -> None:
    plain = side("Courier", *STORY)
    credited = side("Gazette", *STORY, "This article was originally published by the Harbour Post.")
    assert favours_by_rule(plain, credited)["credit"] is None
    agency = side("Gazette", STORY[0], f"KARLSTAD (AP) - {STORY[1]}", *STORY[2:])
    assert favours_by_rule(plain, agency)["credit"] is None


def test_a_cut_tail_speaks_for_the_longer_text() -> None:
    favours = favours_by_rule(side("Courier", *STORY), side("Gazette", *STORY[:4]))
    assert favours["stops-early"] == "base"
    assert favours["extent"] == "base"


def test_a_text_with_the_end_of_the_other_does_not_stop_early() -> None:
    assert "stops-early" not in favours_by_rule(
        side("Courier", *STORY), side("Gazette", *STORY[:2], STORY[-1])
    )


def test_marks_of_another_language_speak_for_the_other_text() -> None:
    plain = side("Courier", *STORY, "“There was no other way,” the mayor said.")
    foreign = side("Gazette", *STORY, "«There was no other way», the mayor said.")
    assert favours_by_rule(plain, foreign)["foreign-marks"] == "base"
    assert "foreign-marks" not in favours_by_rule(foreign, foreign)


def test_punctuation_out_of_place_speaks_for_the_other_text() -> None:
    plain = side("Courier", *STORY, "“There was no other way,” the mayor said.")
    stray = side("Gazette", *STORY, "“There was no other way.” , the mayor said.")
    assert favours_by_rule(plain, stray)["stray-punctuation"] == "base"


def test_an_ellipsis_is_not_stray_punctuation() -> None:
    plain = side("Courier", *STORY, "“There was no other way,” the mayor said.")
    assert (
        favours_by_rule(plain, side("Gazette", *STORY, "“There was no other way ...” the mayor said.")) == {}
    )


def test_unrelated_texts_have_no_observations() -> None:
    other = side(
        "Gazette", "Cup final goes to extra time", "The two teams met on Sunday.", published_on="2020-01-01"
    )
    assert favours_by_rule(side("Courier", *STORY, published_on="2024-03-01"), other) == {}


def test_the_repost_shows_its_translation_and_the_reworded_quotations() -> None:
    sides = seeds.sides()
    favours = favours_by_rule(sides["newsweek"], sides["repost"])
    assert favours["stray-punctuation"] == "base"
    assert favours["quotations"] is None
    assert favours_by_rule(sides["newsweek"], sides["wsws"])["names-publisher"] == "base"


@pytest.mark.parametrize("pair", [("newsweek", "repost"), ("wsws", "newsweek"), ("atlas", "wsws")])
def test_swapped_sides_give_the_same_observations_of_the_other_side(pair: tuple[str, str]) -> None:
    sides = seeds.sides()
    base, witness = sides[pair[0]], sides[pair[1]]
    other = {"base": "witness", "witness": "base", None: None}
    forward, back = favours_by_rule(base, witness), favours_by_rule(witness, base)
    assert {rule: other[favours] for rule, favours in forward.items()} == back
