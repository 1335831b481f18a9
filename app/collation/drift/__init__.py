"""What drifted in a row, told by kind: one module a kind, each a pure function of the row's texts and changes."""

from collections.abc import Sequence

from app.collation.drift import quotation
from app.collation.drift.passage import Passage
from app.collation.model import Change, Finding


def findings(base: str, witness: str, changes: Sequence[Change]) -> tuple[Finding, ...]:
    """The findings of one row, in the order of its text; none where nothing but typography changed."""
    passage = Passage(base, witness, tuple(changes))
    if not passage.reworded():
        return ()
    found = quotation.findings(passage)
    return tuple(sorted(found, key=lambda finding: (finding.base, finding.witness, finding.kind)))
