"""Differences in quotation marks, dashes, spaces and Unicode form alone: counted, and kept quiet."""

from app.collation import normalization
from app.collation.drift.passage import Passage
from app.collation.model import Finding

_DASHES = frozenset(normalization.DASHES)


def findings(passage: Passage) -> list[Finding]:
    """One finding a typographic change; the break between two paragraphs of a row is none."""
    found = []
    for change in passage.changes:
        if change.typography:
            base, witness = passage.base[slice(*change.base)], passage.witness[slice(*change.witness)]
            if "\n" not in base + witness:
                says = f"typography: {_sort(base + witness)}"
                found.append(Finding("typography", change.base, change.witness, says, "typography"))
    return found


def _sort(printed: str) -> str:
    marks = set(printed) - set(" \u00a0\u202f\u2009")
    if not marks or printed.isspace():
        return "spaces"
    if marks <= normalization.QUOTES:
        return "quotation marks"
    if marks <= _DASHES:
        return "dashes"
    return "form of characters"
