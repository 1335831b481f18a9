"""Whether two names, one lacking on either side, are near enough for one to have taken the other's place."""

from collections.abc import Sequence

from app.collation.findings.names.candidates import Name
from app.collation.findings.row.passage import Passage, gap
from app.collation.model import Finding

MAX_RUN_OF_A_PAIR = 120
"""Code points of changed text around two names of which one took the other's place: where a sentence or more was
written anew, two names in it have nothing to do with each other."""

MAX_GAP = 40
"""Code points between two names, one lacking on either side, that may have taken each other's place."""

MAX_GAP_OF_SURE_NAMES = 120
"""The same where both are sure to be names, and whole ones."""


MAX_CHARS_BETWEEN = 60
"""Code points between names of one list."""


def are_near(passage: Passage, base: Name, witness: Name, apart: int) -> bool:
    """Return whether two names ``apart`` by some code points are near enough for one to replace the other."""
    return (
        apart <= (MAX_GAP_OF_SURE_NAMES if base.is_sure and witness.is_sure else MAX_GAP)
        and (base.firm or witness.firm or not apart)
        and max(passage.run_at(base.span, "base"), passage.run_at(witness.span, "witness"))
        <= MAX_RUN_OF_A_PAIR
    )


def uncrossed(findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings of two names each, without those that cross, as in a list in another order.

    One translator puts the district before the town, another after it, so it is unclear which replaced which.
    """
    return [
        finding
        for finding in findings
        if not any(
            (finding.base < other.base) != (finding.witness < other.witness)
            for other in findings
            if other is not finding and _are_close(finding, other)
        )
    ]


def _are_close(first: Finding, second: Finding) -> bool:
    return (
        gap(first.base, second.base) <= MAX_CHARS_BETWEEN
        and gap(first.witness, second.witness) <= MAX_CHARS_BETWEEN
    )
