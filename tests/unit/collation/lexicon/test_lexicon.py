"""The tables of words: what they hold, and that verbs have the right forms."""

from importlib import resources
from pathlib import Path

import pytest

from app.collation.lexicon import (
    are_opposite,
    calendar_in_other_languages,
    called,
    is_common,
    latin_form,
    months,
    other_names,
    reporting_verbs,
    rows,
    verb_forms,
    weekdays,
    words,
)
from app.collation.lexicon.load import all_forms

FOLDER = Path(str(resources.files("app.collation.lexicon")))
TABLES = sorted(path.stem for path in FOLDER.glob("*.tsv"))


@pytest.mark.parametrize(
    ("word", "opposite"),
    [
        ("before", "after"),
        ("accepted", "rejects"),
        ("largest", "smallest"),
        ("exports", "imports"),
        ("won", "lost"),
    ],
)
def test_opposites_are_known_in_every_form_and_from_both_sides(word: str, opposite: str) -> None:
    assert are_opposite(word, opposite)
    assert are_opposite(opposite, word)


@pytest.mark.parametrize(("word", "like_word"), [("big", "large"), ("said", "told"), ("war", "battle")])
def test_similar_words_are_not_opposites(word: str, like_word: str) -> None:
    assert not are_opposite(word, like_word)


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


def test_a_pronoun_is_not_a_country() -> None:
    assert called("U.S.") == "US" != called("us")
    assert other_names("us") == ()


def test_lowercase_words_are_distinguished_from_names() -> None:
    assert is_common("however")
    assert is_common("ministers")
    assert not is_common("sarkozy")


def test_a_form_may_belong_to_two_verbs() -> None:
    assert {form.verb for form in verb_forms("lay")} >= {"lay", "lie"}


@pytest.mark.parametrize("table", ["countries", "place_names"])
def test_every_place_has_at_least_two_names(table: str) -> None:
    assert all(others and name not in others.split("|") for name, others in rows(table))


def test_each_country_is_listed_once() -> None:
    countries = [name for name, _ in rows("countries")]
    assert len(countries) == len(set(countries))


@pytest.mark.parametrize("table", TABLES)
def test_a_table_has_a_cell_for_each_column_of_its_heading(table: str) -> None:
    heading = (FOLDER / f"{table}.tsv").read_text("utf-8").splitlines()[0].split("\t")
    assert {len(row) for row in rows(table)} == {len(heading)}


@pytest.mark.parametrize("table", TABLES)
def test_the_readme_names_every_table(table: str) -> None:
    assert f"`{table}.tsv`" in (FOLDER / "README.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("slam", "slam slams slammed slamming"),
        ("dub", "dub dubs dubbed dubbing"),
        ("snap", "snap snaps snapped snapping"),
        ("refer", "refer refers referred referring"),
        ("reply", "reply replies replied replying"),
        ("agree", "agree agrees agreed agreeing"),
        ("signal", "signal signals signalled signaled signalling signaling"),
        ("label", "label labels labelled labeled labelling labeling"),
        ("plan", "plan plans planned planning"),
        ("learn", "learn learns learnt learned learning"),
        ("swear", "swear swears swore sworn swearing"),
        ("lie", "lie lies lied lying"),
        ("go", "go goes went gone going"),
        ("deliver", "deliver delivers delivered delivering"),
    ],
)
def test_verbs_have_their_forms(verb: str, forms: str) -> None:
    assert all_forms(verb) == forms.split()


def test_no_form_is_misspelt() -> None:
    shipped = {form for verb, *_ in rows("verb_forms") for form in all_forms(verb)}
    wrong = "slamed slaming dubed dubing refered refering replys replyed snaped snaping agreing"
    assert shipped.isdisjoint(wrong.split())


def test_forms_that_english_never_has_are_not_shipped() -> None:
    for verb, third_person, past, present_participle in rows("verb_forms"):
        assert not third_person.endswith(("chs", "shs", "sss", "xs"))
        if verb[-1] == "y" and verb[-2] not in "aeiou":
            assert third_person == verb[:-1] + "ies"
            assert past == verb[:-1] + "ied"
        if verb.endswith("e") and not verb.endswith(("ee", "ie")):
            assert present_participle == verb[:-1] + "ing"


def test_every_reporting_verb_has_a_class_and_forms() -> None:
    verbs = reporting_verbs()
    assert len({verb.base for verb in verbs}) == len(verbs) > 200
    assert {verb.kind for verb in verbs} >= {"neutral", "claim", "admission", "denial", "promise", "demand"}
    assert {verb.use for verb in verbs} == {"utters", "quotes", ""}


def test_months_and_weekdays_are_numbered_in_order() -> None:
    assert [month.number for month in months()] == list(range(1, 13))
    assert [day.number for day in weekdays()] == list(range(1, 8))


def test_months_and_weekdays_are_known_in_many_languages() -> None:
    names = calendar_in_other_languages()
    languages = {meaning.language for meanings in names.values() for meaning in meanings}
    assert len(languages) >= 45
    for language in languages:
        for kind, count in (("month", 12), ("weekday", 7)):
            numbers = {
                meaning.number
                for meanings in names.values()
                for meaning in meanings
                if (meaning.language, meaning.kind) == (language, kind)
            }
            assert numbers == set(range(1, count + 1)), (language, kind)


def test_words_of_a_kind_are_inflected_where_they_are_verbs() -> None:
    assert {"refuse", "refusing", "refusal"} <= words("negators", "soft")
    assert "refusals" not in words("negators", "soft")


def test_letters_of_another_alphabet_are_looked_at_once_however_many_follow_one_another() -> None:
    assert latin_form("ᄒ" * 300_000 + " WНO") == "ᄒ" * 300_000 + " WHO"
