"""Sentences of a reworded row whose clauses changed their order: what was altered in them is found there."""

from dataclasses import replace

import pytest

from app.collation.diff import diff
from app.collation.findings import Texts, findings
from app.collation.findings.row.passage import Passage
from app.collation.findings.turned.sentence_pairs import pairs

QUIET = ("wording", "typography")
TAIL = " The old bridge has been shut since the flood. Lorries queue for miles."
TURNED_TAIL = " Since the flood, the old bridge is shut. For miles, lorries are queuing."


def said(base: str, witness: str) -> list[str]:
    """Return what is found in two passages, the same whichever is the base."""
    base, witness = base + TAIL, witness + TURNED_TAIL
    found = [each for each in findings(base, witness, diff(base, witness).changes) if each.kind not in QUIET]
    swapped = findings(witness, base, diff(witness, base).changes)
    assert sorted(
        (each.kind, each.witness, each.base) for each in swapped if each.kind not in QUIET
    ) == sorted((each.kind, each.base, each.witness) for each in found)
    return [each.says for each in found]


@pytest.mark.parametrize(
    ("base", "witness", "says"),
    [
        (
            "The reservoir could overflow within days, surveyors in Lleida said after a month of rain.",
            "After a month of rain, surveyors in Lleida said that the reservoir will overflow within days.",
            "certainty differs: could → will",
        ),
        (
            "A loose cable is thought to have caused the blaze in the opera house of Varna.",
            "The blaze in the opera house of Varna was caused by a loose cable.",
            "certainty on one side only: thought to",
        ),
        (
            "The yard will build four tugs next year if the senate releases the loan, its owner told reporters.",
            "Next year the yard will build four tugs, its owner told reporters.",
            "condition on one side only: if the senate releases the loan",
        ),
        (
            "The appeal court upheld the fine on the dredging firm in a ruling on Monday.",
            "In a ruling on Monday, the fine on the dredging firm was overturned by the appeal court.",
            "a word for its opposite: upheld → overturned",
        ),
        (
            "The barge was rammed near the lock at night, its crew said on Friday.",
            "On Friday the police said that the barge was rammed near the lock at night.",
            "source changed: its crew → the police",
        ),
        (
            "Ghana has filed a formal protest against Togo at the maritime court over the seizure of two trawlers.",
            "Over the seizure of two trawlers, Togo has lodged a formal protest against Ghana at the maritime court.",
            "changed places: Ghana, Togo",
        ),
        (
            "The landslide left 4 villagers dead and 19 injured near Pasto on Sunday.",
            "Near Pasto on Sunday, 19 villagers were killed in the landslide and 4 were hurt.",
            "changed places: 4, 19",
        ),
        (
            "The altar was carved for Pope Julius II by two brothers from Siena and lay under rubble for years.",
            "For years the altar, which two brothers from Siena had carved for Pope Julius III, lay under rubble.",
            "number changed: II → III",
        ),
    ],
)
def test_what_was_altered_in_a_turned_sentence_is_found(base: str, witness: str, says: str) -> None:
    assert said(base, witness) == [says]


@pytest.mark.parametrize(
    ("base", "witness"),
    [
        (
            "The reservoir could overflow within days, surveyors in Lleida said after a month of rain.",
            "After a month of rain, surveyors in Lleida said that the reservoir might overflow within days.",
        ),
        (
            "A loose cable is thought to have caused the blaze in the opera house of Varna.",
            "The blaze in the opera house of Varna was probably caused by a loose cable.",
        ),
        (
            "The yard will build four tugs next year if the senate releases the loan, its owner told reporters.",
            "Next year, provided the loan is released, the yard will build four tugs, its owner told reporters.",
        ),
        (
            "The appeal court upheld the fine on the dredging firm in a ruling on Monday.",
            "In a ruling on Monday, the fine on the dredging firm was confirmed by the appeal court.",
        ),
        (
            "The barge was rammed near the lock at night, its crew said on Friday.",
            "On Friday members of the crew said that the barge was rammed near the lock at night.",
        ),
        (
            "The reservoir may overflow within days, surveyors in Lleida said after a month of rain.",
            "After a month of rain, surveyors in Lleida saw a danger that the reservoir will overflow within days.",
        ),
        (
            "The barge was rammed near the lock at night, neighbours said on Friday.",
            "On Friday people living nearby said that the barge was rammed near the lock at night.",
        ),
        (
            "Ghana has sued Togo at the maritime court over the seizure of two trawlers.",
            "Over the seizure of two trawlers, Togo has been sued by Ghana at the maritime court.",
        ),
        (
            "The landslide left 4 villagers dead and 19 injured near Pasto on Sunday.",
            "Near Pasto on Sunday, 19 villagers were hurt in the landslide and 4 were killed.",
        ),
    ],
)
def test_a_turned_sentence_that_says_the_same_has_no_finding(base: str, witness: str) -> None:
    assert said(base, witness) == []


def test_clauses_are_put_in_the_order_of_the_other_sentence() -> None:
    base = "The union might strike at the port before Easter, its leader told a rally in Bari."
    witness = "At a rally in Bari its leader said the union will strike at the port before Easter."
    (pair,) = pairs(Passage(base, witness, diff(base, witness).changes))
    assert pair.is_turned
    assert {pair.base, pair.witness} & {base, witness}
    turned, printed, pieces = (
        (pair.base, base, pair.base_pieces)
        if pair.base != base
        else (pair.witness, witness, pair.witness_pieces)
    )
    assert [turned[slice(*piece.turned)].lower() for piece in pieces] == [
        printed[slice(*piece.printed)].lower() for piece in pieces
    ]


def test_sentences_of_texts_reworded_throughout_are_not_paired() -> None:
    base = "The reservoir could overflow within days, surveyors in Lleida said after a month of rain." + TAIL
    witness = (
        "After a month of rain, surveyors in Lleida said that the reservoir will overflow." + TURNED_TAIL
    )
    changes = diff(base, witness).changes
    texts = Texts.of([base], [witness])
    assert [each.kind for each in findings(base, witness, changes, texts) if each.kind not in QUIET]
    texts = replace(texts, rewritten=True)
    assert not [each.kind for each in findings(base, witness, changes, texts) if each.kind not in QUIET]


def test_a_sentence_whose_words_are_all_shuffled_has_no_clause_that_moved() -> None:
    words = [first + second for first in "bdfgklmnprst" for second in ("ava", "elo", "iru", "oda")]
    base = " ".join(words).capitalize() + "."
    witness = " ".join(words[at * 11 % len(words)] for at in range(len(words))).capitalize() + "."
    (pair,) = pairs(Passage(base, witness, diff(base, witness).changes))
    assert not pair.is_turned


def test_a_sentence_of_very_many_words_is_left_in_its_order() -> None:
    words = [first + second for first in "bdfgklmnprstvz" for second in ("av", "el", "ir", "od", "uk")]
    base = " ".join(words).capitalize() + "."
    witness = " ".join([*words[40:], *words[:40]]).capitalize() + "."
    (pair,) = pairs(Passage(base, witness, diff(base, witness).changes))
    assert not pair.is_turned
