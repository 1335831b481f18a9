"""Whether what stands beside each other in two texts is the same word for word."""

from app.collation.model import Comparison, Row
from app.collation.text.normalization import normal_form


def is_verbatim(comparison: Comparison, row: Row) -> bool:
    """Whether the row's paragraphs have the same words in both texts, by the measure that relations count by.

    Capitals, the shape of quotation marks and dashes, and where a paragraph ends make no difference. False where the
    row stands in one text only.
    """
    if not (row.base and row.witness):
        return False
    if row.kind == "same":
        return True
    base, witness = (
        "".join(normal_form("".join(side.paragraphs[index] for index in indices)).split())
        for side, indices in ((comparison.base, row.base), (comparison.witness, row.witness))
    )
    return base == witness
