"""What drifted in a row, told by kind: one module a kind, each a pure function of the row's texts and changes."""

from collections.abc import Sequence

from app.collation.model import Change, Finding


def findings(base: str, witness: str, changes: Sequence[Change]) -> tuple[Finding, ...]:
    """The findings of one row, in the order of its text."""
    return ()
