"""Whether two names, one lacking on either side, are near enough for one to have taken the other's place."""

from app.collation.findings.names.candidates import Name
from app.collation.findings.row.passage import Passage

MAX_RUN_OF_A_PAIR = 120
"""Code points of changed text around two names of which one took the other's place: where a sentence or more was
written anew, two names in it have nothing to do with each other."""

MAX_GAP = 40
"""Code points between two names, one lacking on either side, that may have taken each other's place."""

MAX_GAP_OF_SURE_NAMES = 120
"""The same where both are sure to be names, and whole ones."""


def are_near(passage: Passage, base: Name, witness: Name, gap: int) -> bool:
    """Return whether two names with ``gap`` code points between them are near enough for one to replace the other."""
    return (
        gap <= (MAX_GAP_OF_SURE_NAMES if base.is_sure and witness.is_sure else MAX_GAP)
        and (base.firm or witness.firm or not gap)
        and max(passage.run_at(base.span, "base"), passage.run_at(witness.span, "witness"))
        <= MAX_RUN_OF_A_PAIR
    )
