"""How many quotations the rows of a comparison hold on both sides, and how many of these are reworded."""

import pytest

from app.collation import pipeline
from app.collation.relations.shared_quotations import quotations_in_rows


@pytest.mark.parametrize(
    ("base", "witness", "unchanged"),
    [
        ('He said: "We go home." And left.', "He told us: “We go home.” And left.", 1),
        ('He said: "We go home." And left.', "He said: “We went home.” And left.", 0),
        ('He said: "We go home." And left.', "He said: We go home. And left.", 0),
        ('Both "one" and "two" were said.', 'Both "one" and "ten" were said here.', 1),
        ('He said: "We go home."', 'He said: "We never go home."', 0),
        ("He said nothing at all.", "He said nothing at all.", 0),
        ("“We sent 50 e-mails,” she said.", "“We sent fifty emails,” she said then.", 1),
        ("“Our defence holds in Kiev,” he said.", "“Our defense holds in Kyiv,” he said then.", 1),
        ("“We sent 50,” she said. “Nobody came.”", "“We sent fifty,” she said. “Somebody came.”", 1),
        ("“Some 50 came,” she said. “Some 50 came.”", "“Some fifty came,” she said.", 1),
        ('"The bridge stays closed," she said. He: "It does."', '"The bridge stays closed," she said.', 1),
    ],
)
def test_a_quotation_is_unchanged_if_both_sides_quote_the_same_words(
    base: str, witness: str, unchanged: int
) -> None:
    counts = quotations_in_rows([(base, witness)])
    assert counts.shared - counts.reworded == unchanged


@pytest.mark.parametrize(
    ("base", "witness", "reworded"),
    [
        ('He said: "We will go home now."', "He said: “We will be going home now.”", 1),
        ('He said: "We will go home now."', "He said: “We will go home now.”", 0),
        ('"We will," he said, "go home today."', '"We will go home today," he said.', 0),
        ('"We will," he said, "go home today."', '"We will go to work today," he said.', 1),
        ('She said: "We … will win."', 'She said: "We of all people will win."', 0),
        ('"Close it," Ann said. "Open it," Ben said.', '"Shut it," Ann said. "Open it," Ben said.', 1),
    ],
)
def test_a_quotation_is_reworded_if_a_comparison_has_a_finding_for_it(
    base: str, witness: str, reworded: int
) -> None:
    findings = pipeline.collate([base], [witness]).summary.findings
    assert findings.get("quotation", 0) == reworded
    assert quotations_in_rows([(base, witness)]).reworded == reworded


def test_known_findings_are_not_searched_for_again() -> None:
    counts = quotations_in_rows([('He said: "We go home."', 'He said: "We went home."')], reworded=7)
    assert (counts.shared, counts.reworded) == (7, 7)
