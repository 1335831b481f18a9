"""Dates that changed: days, months, years, days of the week. Values compared, not spellings."""

from collections.abc import Sequence

from app.collation.findings.quantities.matching import Drifted
from app.collation.findings.quantities.report import told
from app.collation.findings.row.passage import Passage
from app.collation.model import Finding


def findings(passage: Passage, drifted: Sequence[Drifted]) -> list[Finding]:
    """One finding a date of ``drifted`` that another took the place of, or that one side lacks."""
    return told(passage, drifted, "date")
