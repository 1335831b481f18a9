"""Quotations that both texts print in the same words."""

from app.collation import quotations
from app.collation.model import Comparison, Row
from app.collation.reading.excerpts import touching

SCANNED_CHARACTERS = 400_000
"""Characters of the base in which quotations are looked for when a page is made: beyond it, the count is left out."""


def kept_quotations(comparison: Comparison) -> int | None:
    """How many of the base's quotations stand in the witness with nothing but typography changed, marks included.

    None where the base is too long for a count while a reader waits.
    """
    paragraphs = comparison.base.paragraphs
    if sum(map(len, paragraphs)) > SCANNED_CHARACTERS:
        return None
    rows = {index: row for row in comparison.collation.rows if row.witness for index in row.base}
    kept = 0
    for quotation in quotations.find(paragraphs):
        row = rows.get(quotation.paragraph)
        if row is None or quotation.continues:
            continue
        start = sum(len(paragraphs[index]) + 1 for index in row.base if index < quotation.paragraph)
        kept += _is_kept(row, start + quotation.start, start + quotation.end)
    return kept


def _is_kept(row: Row, start: int, end: int) -> bool:
    """Whether ``start`` to ``end`` of the row's base holds equal words, or marks set in another form, alone."""
    for index in touching(row.changes, start, end):
        change = row.changes[index]
        first, last = change.base
        inside = first < end and start < last if first < last else start < first < end
        if inside and change.op != "equal" and not (change.op == "replace" and change.typography):
            return False
    return True
