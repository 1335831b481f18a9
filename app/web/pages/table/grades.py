"""How serious each finding of a comparison is, by the rule of ``app.collation.highlights.seriousness``."""

from collections.abc import Mapping

from app.collation.document import row_text
from app.collation.highlights.seriousness import Seriousness, seriousness
from app.collation.model import Comparison
from app.web.pages.shared.remembered import remembered

MAX_WEIGHED = 1000
"""Findings that are put in order; of a comparison with more, the first ones in the text."""


@remembered
def grades(comparison: Comparison) -> Mapping[tuple[int, int], Seriousness]:
    """Return the seriousness of the findings, by row and number in it, both from 1: ``MAX_WEIGHED`` at most."""
    by_place: dict[tuple[int, int], Seriousness] = {}
    for row in comparison.collation.rows:
        if not row.findings or len(by_place) >= MAX_WEIGHED:
            continue
        base, witness = row_text(comparison.base, row.base), row_text(comparison.witness, row.witness)
        for number, finding in enumerate(row.findings[: MAX_WEIGHED - len(by_place)], 1):
            by_place[row.number, number] = seriousness(
                base, witness, row.changes, finding, row.findings[:MAX_WEIGHED]
            )
    return by_place
