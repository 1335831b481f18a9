"""What was put in other words and belongs to no kind that alarms: counted, and kept quiet."""

from collections.abc import Sequence

from app.collation.drift.passage import Cover, Passage
from app.collation.drift.telling import quote
from app.collation.model import Finding


def findings(passage: Passage, others: Sequence[Finding]) -> list[Finding]:
    """One finding a change that no finding of ``others`` touches."""
    base_cover = Cover([finding.base for finding in others])
    witness_cover = Cover([finding.witness for finding in others])
    found = []
    for change in passage.reworded:
        # Where nothing stands, only the place beside it tells what covers it: not the same from both sides.
        if (change.base[0] < change.base[1] and base_cover.meets(change.base)) or (
            change.witness[0] < change.witness[1] and witness_cover.meets(change.witness)
        ):
            continue
        base, witness = passage.base[slice(*change.base)], passage.witness[slice(*change.witness)]
        if base.strip() and witness.strip():
            says = f"{quote(base)} → {quote(witness)}"
        else:
            says = f"on one side only: {quote(base + witness)}"
        found.append(Finding("wording", change.base, change.witness, says, "wording"))
    return found
