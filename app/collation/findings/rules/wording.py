"""What was put in other words and belongs to no kind that alarms: counted, and kept quiet."""

from collections.abc import Sequence

from app.collation.findings.row.excerpt_weight import quote
from app.collation.findings.row.passage import Cover, Passage
from app.collation.model import Finding


def findings(passage: Passage, others: Sequence[Finding]) -> list[Finding]:
    """One finding a change that no finding of ``others`` touches."""
    base_cover = Cover([finding.base for finding in others])
    witness_cover = Cover([finding.witness for finding in others])
    found = []
    for _, (b0, b1), (w0, w1), _, _ in passage.reworded:
        # Where nothing stands, only the place beside it tells what covers it: not the same from both sides.
        if others and (
            (b0 < b1 and base_cover.meets((b0, b1))) or (w0 < w1 and witness_cover.meets((w0, w1)))
        ):
            continue
        base, witness = passage.base[b0:b1], passage.witness[w0:w1]
        if base.strip() and witness.strip():
            says = f"{quote(base)} → {quote(witness)}"
        else:
            says = f"on one side only: {quote(base + witness)}"
        found.append(Finding("wording", (b0, b1), (w0, w1), says, "wording"))
    return found
