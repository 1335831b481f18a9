"""Whether a row, or both texts throughout, were reworded, as one translation is beside another."""

from collections.abc import Iterable, Sequence

from app.collation.findings.row.passage import Passage
from app.collation.model import Change

FEW_CHANGES = 2
"""Changes of a row that has few."""

MAX_KEPT_SHARE = 0.75
"""The kept share of a row up to which its names may have been translated with it. On 80 pairs of a human's translation
and a machine's, a quarter of the name findings in such rows were another name."""

MAX_KEPT_SHARE_OF_TEXTS = 0.85
"""The same for two texts. Of 80 pairs, two translations kept .78 at most, national editions of one text .93 or more."""

MIN_ROWS_OF_TEXTS = 2
"""Rows of both sides of which two texts are judged."""

MAX_CHARS_OF_A_NAME_ALONE = 60
"""Code points of few changes that may be names alone."""


def is_rewritten(passage: Passage) -> bool:
    """Return whether a row was reworded: in many places, or in a few where more than a name changed."""
    return passage.kept_share < MAX_KEPT_SHARE and (
        len(passage.reworded) > FEW_CHANGES
        or max(
            sum([change.base[1] - change.base[0] for change in passage.reworded]),
            sum([change.witness[1] - change.witness[0] for change in passage.reworded]),
        )
        > MAX_CHARS_OF_A_NAME_ALONE
    )


def are_rewritten(rows: Iterable[tuple[str, str, Sequence[Change]]]) -> bool:
    """Return whether two texts were reworded throughout, given all rows that have both sides."""
    count = chars = kept = 0
    for base, witness, changes in rows:
        count += 1
        chars += max(len(base), len(witness))
        kept += sum([change.base[1] - change.base[0] for change in changes if change.op == "equal"])
    return count >= MIN_ROWS_OF_TEXTS and kept < MAX_KEPT_SHARE_OF_TEXTS * chars
