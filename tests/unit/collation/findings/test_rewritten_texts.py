"""Two texts reworded throughout: what is no finding there, and what still is one."""

import pytest

from app.collation.pipeline import collate

REST = (
    "The report had been expected for weeks, and few in the town were surprised by what it said.",
    "Few people in the town were astonished by what the report, awaited for weeks, had to say.",
)


def loud(base: str, witness: str) -> list[str]:
    rows = collate([base, REST[0]], [witness, REST[1]]).rows
    return [each.says for row in rows for each in row.findings if each.kind not in ("wording", "typography")]


@pytest.mark.parametrize(
    ("base", "witness"),
    [
        (
            "The advert may be shown before 21:00 at night.",
            "The ad is allowed to run before 21: 00 at night.",
        ),
        ("The guests beat the hosts of the cup (1:0).", "The visitors defeated the cup's hosts ( 1: 0)."),
        ("It holds 640 billion litres of fresh water.", "It contains 640 billion litres (640 bl) of water."),
        ("He got 39 (20+19) points for his dives.", "He scored 39 (20 + 19) points with his dives."),
        ("There were gusts of up to 20 metres a second.", "Gusts at times reached 20 metres a second."),
        ("(December 12th) Lights went on in the park.", "(Dec. 12) In the park lights were lit."),
        ("It costs 1,620 yen in the shop.", "In the shop the price is ¥ 1, 620."),
        ("They elect a president in May.", "A president is chosen by them in May."),
        ("The board wants to begin the talks soon.", "The board wants then begin with the talks soon."),
        ("Elísa likes to cook for her guests.", "Elizabeth is fond of cooking for guests."),
        (
            "Felt in Motojuku, Nishihon, Arajuku and Konan.",
            "In Kirifu, Mitoya, Horietsu and Bandai it was felt.",
        ),
        ("One valid throw in five attempts was hers.", "She had one valid throw out of five."),
        ("Some 500 SMBs got loans in the spring.", "About 500 SMEs received loans in spring."),
        ("Then she turned around and read it.", "Then she turns about and reads it."),
        ("Sugars that quickly break down are bad.", "Sugars that are quickly broken down are bad."),
        ("The ships sailed on the Neva's waters.", "The vessels went along the Neva."),
        ("The hosts' striker Ruiz scored late.", "The hosts' forward Ruiz scored late on."),
        ("The mill is owned by Jensen alone.", "The sole owner of the mill is Jensen."),
        ("She killed the patient, her lawyer said.", "The patient was killed by her, he was told."),
        ("Kobe was the best of them all.", "Kobi was the finest of all of them."),
        ("Olya met Petrov at the lake.", "Olga met Petrov by the lake."),
        ("Talks with Serdar Kylych began.", "Negotiations with Serdar Kılıç began."),
    ],
)
def test_the_same_in_another_translation_is_no_finding(base: str, witness: str) -> None:
    assert loud(base, witness) == []
    assert loud(witness, base) == []


@pytest.mark.parametrize(
    ("base", "witness", "says"),
    [
        ("Up to 644 thousand are dead.", "Up to 644 are dead.", "number changed: 644 thousand → 644"),
        (
            "More than 86,500 patients died in all.",
            "In all 86,500 patients have died.",
            "bound changed: More than 86,500 → 86,500",
        ),
        ("She was admitted to the ward.", "He was admitted to the ward.", "gender changed: She → He"),
        (
            "The envoy flew to Bratislava on the night train's first day.",
            "The envoy flew to Ljubljana on the first day of the night train.",
            "name changed: Bratislava → Ljubljana",
        ),
    ],
)
def test_another_value_in_a_kept_clause_is_a_finding(base: str, witness: str, says: str) -> None:
    assert loud(base, witness) == [says]


def test_a_surname_that_differs_is_named_once_with_and_without_the_first_name() -> None:
    base = ["The envoy met Ann Lindholm in the port.", "It rained.", "The port thanked Lindholm for it."]
    witness = [text.replace("Lindholm", "Sorensen") for text in base]
    rows = collate(base, witness).rows
    assert [[each.kind for each in row.findings] for row in rows] == [["name"], [], ["wording"]]


def test_a_headline_may_tell_of_the_past_in_the_present() -> None:
    assert loud("President arrived in Turin for the fair", "President arrives in Turin for the fair") == []
