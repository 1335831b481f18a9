"""Dates that changed: days, months, years, days of the week. Values compared, not spellings."""

from collections.abc import Sequence

from app.collation.drift.passage import Passage
from app.collation.drift.told import told
from app.collation.drift.values import Drifted
from app.collation.model import Finding


def findings(passage: Passage, drifted: Sequence[Drifted]) -> list[Finding]:
    """One finding a date of ``drifted`` that another took the place of, or that one side lacks."""
    return told(passage, drifted, "date")
