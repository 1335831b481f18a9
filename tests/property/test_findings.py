"""Whatever the texts: findings stay inside them, keep their order, and mirror when the sides are swapped."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from app.collation.diff import diff
from app.collation.findings import findings
from app.collation.model import Finding

WORDS = st.sampled_from(
    "the a of said not “ ” \" ' … [ ] . , 1 2 12 1,000 2.5 $5 5% million one two twelve half dozen and to - – May June "
    "Monday 1st 2020 1990s 8:30 p.m. F-16 Covid-19 miles km 1/2 9/11 国 é ة Kyiv Kiev Dong Jun U.S. United States "
    "China Chinese President not never without no will would may must he she his her was is walked walks before after "
    "said claimed according ? allegedly".split()
)
TEXTS = st.lists(WORDS, max_size=14).map(" ".join)


def _findings(base: str, witness: str) -> tuple[Finding, ...]:
    return findings(base, witness, diff(base, witness).changes)


@given(TEXTS, TEXTS)
def test_findings_mark_spans_of_the_texts_in_their_order(base: str, witness: str) -> None:
    in_order = _findings(base, witness)
    for finding in in_order:
        assert 0 <= finding.base[0] <= finding.base[1] <= len(base)
        assert 0 <= finding.witness[0] <= finding.witness[1] <= len(witness)
        assert finding.base[0] < finding.base[1] or finding.witness[0] < finding.witness[1]
        assert finding.says
        assert "\n" not in finding.says
    assert list(in_order) == sorted(
        in_order, key=lambda finding: (finding.base, finding.witness, finding.kind)
    )


def _places(findings: tuple[Finding, ...], turn: int) -> Counter[tuple[object, ...]]:
    """Count kinds and spans, without the place of an absent side, which depends on the order of two neighbours."""
    return Counter(
        (
            finding.kind,
            finding.rule,
            *[
                None if start == end else (start, end)
                for start, end in (finding.base, finding.witness)[::turn]
            ],
        )
        for finding in findings
    )


@given(TEXTS, TEXTS)
def test_swapping_the_sides_mirrors_the_findings(base: str, witness: str) -> None:
    assert _places(_findings(base, witness), 1) == _places(_findings(witness, base), -1)


@given(TEXTS)
def test_a_text_against_itself_has_none(text: str) -> None:
    assert _findings(text, text) == ()


@given(TEXTS, TEXTS)
def test_every_change_is_covered_by_a_finding(base: str, witness: str) -> None:
    all_findings = _findings(base, witness)
    for change in diff(base, witness).changes:
        if change.op != "equal":
            assert any(
                (finding.base[0] < change.base[1] and change.base[0] < finding.base[1])
                or (finding.witness[0] < change.witness[1] and change.witness[0] < finding.witness[1])
                for finding in all_findings
            )
