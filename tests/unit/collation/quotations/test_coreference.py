import pytest

from app.collation.quotations import attribute


def persons(*paragraphs: str) -> list[str | None]:
    return [attribution.person for attribution in attribute(paragraphs)]


@pytest.mark.parametrize("later", ["Lee", "Ms. Lee", "Mayor Lee", "she", "the mayor", "Angela Lee", "LEE"])
def test_shorter_words_mean_the_one_introduced(later: str) -> None:
    first = "Angela Lee, the mayor of the town, opened the meeting."
    assert persons(first, f"“We have run out of time,” {later} said.") == ["Angela Lee"]


def test_chinese_names_begin_with_the_surname() -> None:
    assert persons("Chinese Defense Minister Dong Jun flew to Moscow.", "“We are friends,” Dong said.") == [
        "Dong Jun"
    ]


def test_titles_and_countries_are_not_part_of_the_name() -> None:
    assert persons("“Not yet,” said former Deputy Prime Minister Anna de la Cruz.") == ["Anna de la Cruz"]


def test_a_title_distinguishes_two_people_of_one_surname() -> None:
    first = "Eleanor Clay and her brother, Martin Clay, do not speak."
    assert persons(first, "“He sold it,” Ms. Clay said.", "“Never,” said Mr. Clay.") == [
        "Eleanor Clay",
        "Martin Clay",
    ]


def test_an_ambiguous_surname_is_nobody() -> None:
    assert persons("Eleanor Clay and Martin Clay do not speak.", "“It is closed,” Clay said.") == [None]


def test_a_pronoun_means_the_nearest_of_its_gender() -> None:
    first = "Margaret Olsen met Peter Nakamura on the bridge."
    assert persons(first, "“It rusts,” he said.", "“It is ours,” she said.") == [
        "Peter Nakamura",
        "Margaret Olsen",
    ]


def test_a_pronoun_does_not_mean_the_one_spoken_to() -> None:
    first = "Dong Jun, the minister, wrote to his counterpart, Sergei Shoigu."
    assert persons(first, "In a call with Shoigu, he said that “we strongly support justice.”") == [
        "Dong Jun"
    ]


def test_an_owner_is_not_the_one_who_speaks() -> None:
    text = "Ferreira's spokeswoman, Marta Lobo, declined to comment on what she called “poetry and no more.”"
    assert persons("President Ana Ferreira came.", text) == ["Marta Lobo"]


def test_a_pronoun_after_a_name_shows_its_gender() -> None:
    first = "Nkechi Obi, a driver, said he was tired. Wen Li, a farmer, said she was not."
    assert persons(first, "“We walked,” she said.") == ["Wen Li"]


@pytest.mark.parametrize(
    "speaker",
    [
        "the company",
        "a spokesman",
        "one resident",
        "they",
        "China",
        "The New York Times",
        "Human Rights Watch",
        "it",
    ],
)
def test_bodies_countries_and_the_unnamed_are_nobody(speaker: str) -> None:
    assert persons("Angela Lee opened the meeting.", f"“We have run out of time,” {speaker} said.") == [None]


def test_a_country_distinguishes_two_holders_of_one_role() -> None:
    first = "Chinese Commerce Minister Gao Lihua met German Commerce Minister Kurt Amsel."
    assert persons(first, "“Come in,” the Chinese minister said.", "“Thanks,” said the German minister.") == [
        "Gao Lihua",
        "Kurt Amsel",
    ]


def test_a_role_that_two_have_is_nobodys() -> None:
    assert persons("Senator Ann Lee met Senator Bo Chen.", "“Come in,” the senator said.") == [None]


def test_capitals_of_a_headline_name_nobody() -> None:
    assert persons("Angry Crowds Greet Governor Lee", "“Go home,” Greet said.") == [None]


def test_a_name_with_an_initial_and_the_same_without_are_one() -> None:
    first = "Ronald R. Fieldstone is a lawyer. Ronald Fieldstone lives in Miami."
    assert persons(first, "“I do,” Fieldstone said.") == ["Ronald R. Fieldstone"]


def test_an_article_without_speakers_has_none() -> None:
    assert persons("A “plan B” exists.", "It rained.") == [None]
    assert attribute(()) == ()
