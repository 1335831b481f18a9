"""What a reader should see first: the order of seriousness, and when two wordings may say the opposite."""

import pytest

from app.collation.diff import diff
from app.collation.findings import findings
from app.collation.highlights.seriousness import STEPS, Seriousness, seriousness
from app.collation.model import Finding


def graded(base: str, witness: str) -> list[tuple[Seriousness, Finding]]:
    """Return the findings of a row with their seriousness, the most serious first."""
    changes = diff(base, witness).changes
    named = findings(base, witness, changes)
    return sorted(
        ((seriousness(base, witness, changes, finding, named), finding) for finding in named),
        key=lambda pair: pair[0],
    )


def test_every_kind_of_change_has_its_step_and_reversals_come_first() -> None:
    assert list(STEPS)[:7] == ["negation", "opposite", "exchange", "direction", "stage", "number", "date"]
    assert list(STEPS).index("tense") > list(STEPS).index("date")
    assert list(STEPS).index("wording") > list(STEPS).index("tense")


@pytest.mark.parametrize(
    ("base", "witness", "step"),
    [
        ("He did sign the paper on the day.", "He did not sign the paper on the day.", "negation"),
        ("They accepted the offer in full then.", "They rejected the offer in full then.", "opposite"),
        ("He was charged with the murder in May.", "He was convicted of the murder in May.", "stage"),
        ("The fleet lost 4 ships in the storm.", "The fleet lost 5 ships in the storm.", "number"),
        ("He spoke there on Monday at noon.", "He spoke there on Friday at noon.", "date"),
        (
            "“They continue to put pressure on the Chinese side,” he said.",
            "“They continue to put forward pressure from the Chinese side,” he said.",
            "direction",
        ),
        ("“We do support them,” he said.", "“We do not support them,” he said.", "negation"),
        (
            "He saw “issues of common interest,” he said.",
            "He saw “issues of common concern,” he said.",
            "quotation",
        ),
    ],
)
def test_the_most_serious_finding_of_a_row_is_of_the_step(base: str, witness: str, step: str) -> None:
    for pair in ((base, witness), (witness, base)):
        assert graded(*pair)[0][0].step == step


@pytest.mark.parametrize(
    ("base", "witness"),
    [
        (
            "“We are under pressure from the press,” he said.",
            "“We are under pressure on the press,” he said.",
        ),
        ("“The attacks by the rebels go on,” he said.", "“The attacks on the rebels go on,” he said."),
        ("“He sent money to the party,” she said.", "“He sent money from the party,” she said."),
    ],
)
def test_a_direction_that_turned_in_a_kept_phrase_may_reverse_the_meaning(base: str, witness: str) -> None:
    assert graded(base, witness)[0][0].may_reverse
    assert graded(witness, base)[0][0].may_reverse


@pytest.mark.parametrize(
    ("base", "witness"),
    [
        ("“The law is effective on Monday,” he said.", "“The law is effective from Monday,” he said."),
        ("“There was pressure on Monday then,” he said.", "“There was pressure from Monday then,” he said."),
        ("“This is different to the plan,” he said.", "“This is different from the plan,” he said."),
        ("“It is data based on the report,” he said.", "“It is data based in the report,” he said."),
        ("“All strive to cool down the tensions,” he said.", "“All work to ease tensions,” he said."),
        ("“Pressure on the troops grew,” he said.", "“Pressure from allies that week grew,” he said."),
    ],
)
def test_other_prepositions_and_wordings_are_not_said_to_reverse(base: str, witness: str) -> None:
    assert not any(grade.may_reverse for grade, _ in graded(base, witness))


def test_what_is_changed_inside_a_quotation_comes_before_the_same_outside() -> None:
    inside = graded("“We lost 4 ships there,” he said.", "“We lost 5 ships there,” he said.")[0][0]
    outside = graded("They lost 4 ships there, he said.", "They lost 5 ships there, he said.")[0][0]
    assert (inside.step, outside.step) == ("number", "number")
    assert inside < outside


def test_of_two_alike_the_larger_change_comes_first() -> None:
    large = graded(
        "“All will strive to cool down the tensions,” he said.",
        "“All will work to ease the quarrel,” he said.",
    )[0][0]
    small = graded("“Matters of common interest,” he said.", "“Matters of common interests,” he said.")[0][0]
    assert large < small
