"""What a reader pinned, as a row says it."""

from collections.abc import Sequence

from app.collation.model import Comparison, Row
from app.web.pages.shared.numbering import FURNITURE, HEADLINE, listed


def called(number: str) -> str:
    """Return what a sentence calls a paragraph, by the number printed beside it.

    >>> called("4"), called("H"), called("f")
    ('¶4', 'the headline', 'a line of page extras')
    """
    return {HEADLINE: "the headline", FURNITURE: "a line of page extras"}.get(number, f"¶{number}")


def remark(
    row: Row, comparison: Comparison, base_numbers: Sequence[str], witness_numbers: Sequence[str]
) -> str:
    """Return in words what a reader's pins did to ``row``, with printed numbers; empty if they did nothing."""
    pins = comparison.pins
    base, witness = set(row.base), set(row.witness)
    remarks = ["put together by a reader"] * any(i in base and j in witness for i, j in pins.together)
    others = [
        f"{called(witness_numbers[j])} of {comparison.witness.label}" for i, j in pins.apart if i in base
    ]
    others += [f"{called(base_numbers[i])} of {comparison.base.label}" for i, j in pins.apart if j in witness]
    if others:
        remarks.append(f"kept apart from {listed(others)} by a reader")
    return "; ".join(remarks)
