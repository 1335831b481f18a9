"""Differences in quotation marks, dashes, spaces and Unicode form alone: counted, and kept quiet."""

from app.collation.findings.row.passage import Passage
from app.collation.model import Finding
from app.collation.text import normalization

_DASHES = frozenset(normalization.DASHES)


def findings(passage: Passage) -> list[Finding]:
    """One finding a typographic change; the break between two paragraphs of a row is none."""
    found = []
    for change in passage.changes:
        if change.typography:
            base, witness = passage.base[slice(*change.base)], passage.witness[slice(*change.witness)]
            if "\n" not in base + witness:
                says = f"typography: {_sort(base, witness)}"
                found.append(Finding("typography", change.base, change.witness, says, "typography"))
    return found


def _sort(base: str, witness: str) -> str:
    """What differs, in a word or three."""
    signs = set(base) ^ set(witness)
    if signs and signs <= normalization.QUOTES:
        return "quotation marks"
    if signs & _DASHES and all(sign in _DASHES or sign.isspace() for sign in signs):
        return "dashes"
    if all(sign.isspace() for sign in signs):
        return "spaces"
    return "form of characters"
