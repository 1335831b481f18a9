"""Numbers and dates by value, beyond the examples of their kinds."""

import pytest

from app.collation.diff import diff
from app.collation.findings import findings


def _says(base: str, witness: str) -> list[str]:
    changes = diff(base, witness).changes
    return [
        finding.says for finding in findings(base, witness, changes) if finding.kind in ("number", "date")
    ]


def test_a_value_twice_on_one_side_and_once_on_the_other_is_reported() -> None:
    assert _says("It won 3 of 3 games.", "It won 2 of 3 games.") == ["number changed: 3 → 2"]


def test_each_changed_number_is_a_finding_of_its_own() -> None:
    base, witness = "It lies 50 miles (80 km) off.", "It lies 40 miles (60 km) off."
    assert _says(base, witness) == ["number changed: 50 → 40", "number changed: 80 → 60"]


def test_a_date_that_changed_in_two_parts_is_one_finding() -> None:
    assert _says("He left on 3 May 2020.", "He left on 5 May 2021.") == [
        "date changed: 3 May 2020 → 5 May 2021"
    ]


def test_spans_cover_the_words_that_the_sentence_repeats() -> None:
    base, witness = "It fell to $345 million in May.", "It fell to $354 million in May."
    (finding,) = [f for f in findings(base, witness, diff(base, witness).changes) if f.kind == "number"]
    assert base[slice(*finding.base)] == "$345 million"
    assert witness[slice(*finding.witness)] == "$354 million"
    assert finding.rule == "number-changed"


def test_a_number_without_counterpart_points_to_its_place_on_the_other_side() -> None:
    base, witness = "It killed 168 people there.", "It killed people there."
    (finding,) = [f for f in findings(base, witness, diff(base, witness).changes) if f.kind == "number"]
    assert finding.witness[0] == finding.witness[1]
    assert 0 < finding.witness[0] < len(witness)


def test_figures_of_any_script_are_read() -> None:
    assert _says("حضر ٣٤٥ شخصا", "حضر ٣٥٤ شخصا") == ["number changed: ٣٤٥ → ٣٥٤"]


@pytest.mark.parametrize(
    "hostile", ["1 ", "1.1.", "one and ", "5 to ", "1/2 ", "May 1 ", "-", "1,", "$", "a hundred "]
)
def test_a_long_row_of_numbers_is_read_in_steps_that_grow_with_its_length(hostile: str) -> None:
    base, witness = hostile * 2_000, hostile * 1_999 + "7 "
    assert len(findings(base, witness, diff(base, witness).changes)) < 5_000


def test_a_century_in_roman_figures_is_one_number() -> None:
    base, witness = "Over 20 came in the XVIII century.", "Over 20 came in the XIX century."
    assert _says(base, witness) == ["number changed: XVIII → XIX"]
    assert _says(base, base) == []


@pytest.mark.parametrize(
    "digits",
    ["1" * 5_000, "1 1/2" + "1" * 5_000, "1," + "111," * 2_000, "9" * 5_000 + "/2", "٣" * 5_000],
    ids=["figures", "fraction", "groups", "slash", "arabic"],
)
def test_a_run_of_thousands_of_digits_is_not_a_number(digits: str) -> None:
    assert not any(
        "11111" in says for says in _says(f"The key is {digits} here.", f"The key is 8{digits} here.")
    )
