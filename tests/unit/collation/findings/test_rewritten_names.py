"""Names in reworded rows, and names that differ throughout two texts."""

import pytest

from app.collation.pipeline import collate

REWRITTEN = (
    "On Tuesday the {} announced that it had ended its trials of the missile off the northern coast.",
    "The {} said on Tuesday that it had concluded its tests of the missile near the northern coast.",
)


def names(base: list[str], witness: list[str]) -> list[list[str]]:
    rows = collate(base, witness).rows
    return [[each.says for each in row.findings if each.kind == "name"] for row in rows]


@pytest.mark.parametrize(
    ("base", "witness", "reported"),
    [
        ("Construction Authority", "Building Institute", False),
        ("Tsirkon", "Zircon", False),
        ("Brigade Tyrol", "Brigade Carinthia", True),
        ("Kaspersky", "Rosneft", True),
        ("Michael", "Michelle", True),
        ("Sergei", "Sergey", False),
        ("Catherine", "Katherine", False),
    ],
)
def test_translated_name_in_a_rewritten_row_is_no_other_name(base: str, witness: str, reported: bool) -> None:
    first, second = (text.format(name) for text, name in zip(REWRITTEN, (base, witness), strict=True))
    assert bool(names([first], [second])[0]) is reported
    assert bool(names([second], [first])[0]) is reported


def test_pair_of_names_is_reported_in_its_first_row_only() -> None:
    base = [
        "The mayor of Lviv wrote to Parker.",
        "It rained.",
        "On Friday the council thanked Parker for a gift.",
    ]
    witness = [text.replace("Parker", "Miller") for text in base]
    assert names(base, witness) == [["name changed: Parker → Miller"], [], []]
    quiet = collate(base, witness).rows[2].findings
    assert [(each.kind, each.says) for each in quiet] == [("wording", "“Parker” → “Miller”")]


def test_another_pair_of_names_is_reported_too() -> None:
    base = ["The mayor of Lviv wrote to Parker.", "On Friday the council thanked Parker for a gift."]
    witness = [base[0].replace("Parker", "Miller"), base[1].replace("Parker", "Carver")]
    assert [len(row) for row in names(base, witness)] == [1, 1]
