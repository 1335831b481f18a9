"""The tables of English words: what they hold, and that what WordNet gave them can be made anew."""

import pytest

from app.collation.lexicon import are_opposite, called, is_common, other_names, verb_forms
from app.collation.lexicon.load import table


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("before", "after"),
        ("accepted", "rejects"),
        ("largest", "smallest"),
        ("exports", "imports"),
        ("won", "lost"),
    ],
)
def test_opposites_are_known_in_every_form_and_from_both_sides(one: str, other: str) -> None:
    assert are_opposite(one, other)
    assert are_opposite(other, one)


@pytest.mark.parametrize(("one", "other"), [("big", "large"), ("said", "told"), ("war", "battle")])
def test_words_alike_are_no_opposites(one: str, other: str) -> None:
    assert not are_opposite(one, other)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("US", "american"),
        ("china", "chinese"),
        ("kiev", "kyiv"),
        ("UN", "united nations"),
        ("holland", "dutch"),
    ],
)
def test_names_of_one_place_lead_to_each_other(name: str, other: str) -> None:
    assert other in other_names(name)
    assert name in other_names(other)


def test_a_pronoun_is_no_country() -> None:
    assert called("U.S.") == "US" != called("us")
    assert other_names("us") == ()


def test_words_of_small_letters_are_told_from_names() -> None:
    assert is_common("however")
    assert is_common("ministers")
    assert not is_common("sarkozy")


def test_a_form_may_belong_to_two_verbs() -> None:
    assert {form.verb for form in verb_forms("lay")} >= {"lay", "lie"}


@pytest.mark.parametrize("name", ["countries.tsv", "names.tsv"])
def test_every_line_of_names_holds_two_at_least(name: str) -> None:
    assert all(len(set(line.split("\t"))) >= 2 for line in table(name))


def test_no_country_has_a_name_of_another() -> None:
    first = [line.split("\t")[0] for line in table("countries.tsv")]
    assert len(first) == len(set(first))


def test_verbs_have_three_forms() -> None:
    assert all(len(line.split()) == 3 for line in table("verbs.txt"))
