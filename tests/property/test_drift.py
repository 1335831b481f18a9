"""Whatever the texts: findings stay inside them, keep their order, and stand in mirror when the sides are swapped."""

from hypothesis import given
from hypothesis import strategies as st

from app.collation.diff import diff
from app.collation.drift import findings
from app.collation.model import Finding

WORDS = st.sampled_from(
    "the a of said not “ ” \" ' … [ ] . , 1 2 12 1,000 2.5 $5 5% million one two twelve half dozen and to - – May June "
    "Monday 1st 2020 1990s 8:30 p.m. F-16 Covid-19 miles km 1/2 9/11 国 é ة".split()
)
TEXTS = st.lists(WORDS, max_size=14).map(" ".join)


def _findings(base: str, witness: str) -> tuple[Finding, ...]:
    return findings(base, witness, diff(base, witness).changes)


@given(TEXTS, TEXTS)
def test_findings_mark_what_is_there_in_the_order_of_the_text(base: str, witness: str) -> None:
    found = _findings(base, witness)
    for finding in found:
        assert 0 <= finding.base[0] <= finding.base[1] <= len(base)
        assert 0 <= finding.witness[0] <= finding.witness[1] <= len(witness)
        assert finding.base[0] < finding.base[1] or finding.witness[0] < finding.witness[1]
        assert finding.says
        assert "\n" not in finding.says
    assert list(found) == sorted(found, key=lambda finding: (finding.base, finding.witness, finding.kind))


@given(TEXTS)
def test_a_text_against_itself_has_none(text: str) -> None:
    assert _findings(text, text) == ()


@given(TEXTS, TEXTS)
def test_every_change_is_told_by_some_finding(base: str, witness: str) -> None:
    found = _findings(base, witness)
    for change in diff(base, witness).changes:
        if change.op != "equal":
            assert any(
                (finding.base[0] < change.base[1] and change.base[0] < finding.base[1])
                or (finding.witness[0] < change.witness[1] and change.witness[0] < finding.witness[1])
                for finding in found
            )
