"""Claims in two texts reworded throughout: which count, and which are the translator's own."""

import pytest

from app.collation.pipeline import collate

REST = (
    "The report had been expected for weeks, and few in the town were surprised by what it said.",
    "Few people in the town were astonished by what the report, awaited for weeks, had to say.",
)


def kinds(base: str, witness: str) -> list[str]:
    rows = collate([base, REST[0]], [witness, REST[1]]).rows
    return [each.kind for row in rows for each in row.findings if each.kind not in ("wording", "typography")]


@pytest.mark.parametrize(
    ("base", "witness"),
    [
        # Attribution
        ("Villagers say the brakes were worn out.", "Villagers claim that the brakes were worn."),
        ("I have to admit that I like the old hall.", "I have to say that I am fond of the old hall."),
        (
            "According to data from the firm's brokers, rents in the port fell again.",
            "According to brokers of the firm, rents in the port fell again.",
        ),
        (
            "The envoy declares that more public bodies will be moved out of the capital.",
            "The envoy announces that more state offices will be moved out of the capital.",
        ),
        (
            "His school report noted asthma as a lasting ailment, and Oren is afraid of smoke.",
            "Asthma was listed in the school report as a lasting ailment, and Oren is afraid of smoke.",
        ),
        (
            "The room costs over nine hundred crowns a night, according to Dagbladet's count.",
            "The room costs more than nine hundred crowns a night as the Daily reckons.",
        ),
        # Negation
        (
            "Some other buyer might not have a problem with that, but not Dora.",
            "If any other buyer takes it normally, this is not about Dora.",
        ),
        (
            "I think it won't be long until the mill reopens.",
            "I think that the mill will be close to opening.",
        ),
        ("No new wells were dug there until 1985.", "New wells were dug there only in 1985."),
        ("The goalkeeper's pride wouldn't give him rest.", "The goalkeeper's pride made his head spin."),
        (
            "Nine in ten of the villagers opposed the dam.",
            "Nine in ten of those in the village were against the dam.",
        ),
        # Certainty
        ("They will ask the court to arrest the clerk.", "They will ask for a trial for the clerk's arrest."),
        ("The archive should certainly stay in Riga.", "The archive must stay in Riga."),
        (
            "Readers are told that they must not leave their keys.",
            "Readers are told not to leave their keys.",
        ),
        ("He drew all the scenes that he intended to film.", "He drew all the scenes he was going to film."),
        (
            "It seems that the storm wrecked the pier at night.",
            "Seemingly, the storm wrecked the pier at night.",
        ),
        (
            "Read also: What do we know about the oldest bridge?",
            "See also: What we know about the oldest bridge",
        ),
        ("The roof leaks, as can be seen in the pictures provided.", "The roof leaks, as the pictures show."),
        # Opposites
        ("On Sunday evening he was seen by the judge.", "On Sunday night, he was seen by the judge."),
        ("He flew to Oslo and went to the museum.", "He flew to Oslo and stopped by the museum."),
        (
            "Most voters supported the isle remaining within France.",
            "Most voters backed the isle being part of France.",
        ),
    ],
)
def test_the_same_claim_in_another_translation_is_no_finding(base: str, witness: str) -> None:
    assert kinds(base, witness) == kinds(witness, base) == []


@pytest.mark.parametrize(
    ("base", "witness", "kind"),
    [
        (
            "He played five matches for the club, but he didn't score at all.",
            "To his credit are five games for the club, in which he scored more than once.",
            "negation",
        ),
        (
            "The committee has not approved the loan for the dam.",
            "The loan for the dam the committee has approved.",
            "negation",
        ),
        (
            "The board did not sell the old mill last year.",
            "Last year the board sold the old mill.",
            "negation",
        ),
        (
            "The ministry may close the port in the spring.",
            "In the spring the ministry will close the port.",
            "modality",
        ),
        (
            "The guard allegedly stole the painting from the hall.",
            "The guard stole the painting out of the hall.",
            "modality",
        ),
        ("Is the firm on the verge of ruin?", "The firm is on the brink of ruin.", "modality"),
        (
            "It helps the heart by improving the blood flow, the Semana portal reports.",
            "It helps the heart by improving blood flow.",
            "attribution",
        ),
        (
            "The mayor said that the dam had cracks.",
            "The mayor denied that the dam had any cracks.",
            "attribution",
        ),
        (
            "The bridge was closed because of the ice, police said on Friday at noon.",
            "The bridge was closed due to the ice, witnesses said on Friday at noon.",
            "attribution",
        ),
        (
            "The sales of the new boat rose by a third in June.",
            "Sales of that new boat fell by a third in June.",
            "antonym",
        ),
        ("Tsuda said she painted it over the winter.", "Tsuda said that he painted it in winter.", "gender"),
        (
            "Shortages of fuel can only be replaced by imports now.",
            "At the moment, shortages of fuel can only replace imports.",
            "exchange",
        ),
    ],
)
def test_another_claim_in_a_kept_clause_is_a_finding(base: str, witness: str, kind: str) -> None:
    assert kinds(base, witness) == kinds(witness, base) == [kind]
