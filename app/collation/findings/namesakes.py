"""A modal verb where the other side has a name that is spelled like it: Helen May will stand, the mayor may stand.

The two differ in a capital alone, so that no change of words holds them.
"""

from app.collation.findings.row.changed_words import RowWord, words
from app.collation.findings.row.passage import Passage, gap
from app.collation.model import Finding, SideName

MAX_CHARS_TO_MODAL = 3
"""Code points between the name and the verb that it is the subject of."""

_NAMESAKES = frozenset(("may", "will"))
_STEPS = frozenset(("will", "may", "can", "must", "shall", "should", "would", "could", "might"))


def find(passage: Passage) -> list[Finding]:
    """Return a finding for each such verb where the name's own verb is another, and changed."""
    findings = []
    for change in passage.changes:
        if not change.typography or change.op == "equal":
            continue
        base, witness = passage.base[slice(*change.base)], passage.witness[slice(*change.witness)]
        if base.lower() not in _NAMESAKES or base.lower() != witness.lower() or base == witness:
            continue
        side: SideName = "base" if base[0].isupper() else "witness"
        name = getattr(change, side)
        verb = next(
            (
                word
                for word in _changed(passage, side)
                if word.start >= name[1] and gap(name, word.span) <= MAX_CHARS_TO_MODAL
            ),
            None,
        )
        if verb and verb.lower != base.lower():
            spans = (verb.span, change.witness) if side == "base" else (change.base, verb.span)
            base, witness = passage.base[slice(*spans[0])], passage.witness[slice(*spans[1])]
            says = f"certainty differs: {base} → {witness}"
            findings.append(Finding("modality", spans[0], spans[1], says, "modality-changed"))
    return findings


def _changed(passage: Passage, side: SideName) -> list[RowWord]:
    return [
        word
        for change in passage.reworded
        for word in words(passage.text(side), getattr(change, side))
        if word.lower in _STEPS
    ]
