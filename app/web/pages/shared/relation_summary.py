"""The figures of a relation in plain words."""

from app.collation.relation import Relation
from app.web.formatting import counted


def says(relation: Relation) -> str:
    """Return what is shared, as seen from the base: paragraphs, and quotations if there are any.

    >>> says(Relation("contains", 0.5, 0.5, 1.0, 19, 18, 18, 18, 2, 2, quotations=3, reworded=1))
    '18 of 19 paragraphs, 2 of them word for word; 1 quotation reworded'
    >>> says(Relation("contained", 0.5, 1.0, 0.5, 1200, 2500, 1200, 1200, 1100, 1100, quotations=0, reworded=0))
    '1,200 of 1,200 paragraphs, 1,100 of them word for word'
    >>> says(Relation("shares-quotation", 0.1, 0.1, 0.1, 19, 18, 0, 0, 0, 0, quotations=3, reworded=1))
    '3 quotations, 1 of them reworded'
    >>> says(Relation("same-story", 0.2, 0.0, 0.0, 12, 9, 2, 3, 0, 0, quotations=0, reworded=0))
    'no shared text; 2 of 12 paragraphs tell the same in other words'
    """
    paragraphs = f"{relation.base_shared:,} of {counted(relation.base_paragraphs, 'paragraph')}"
    if relation.kind == "same-story":
        verb = "tells" if relation.base_shared == 1 else "tell"
        return f"no shared text; {paragraphs} {verb} the same in other words"
    parts = []
    if relation.base_shared:
        parts.append(paragraphs + _of_them(relation.base_verbatim, relation.base_shared, "word for word"))
    if relation.reworded and relation.base_shared:
        # Of a copy a reader must look at the reworded quotations; the others are among the paragraphs.
        parts.append(f"{counted(relation.reworded, 'quotation')} reworded")
    elif relation.quotations:
        quotations = counted(relation.quotations, "quotation")
        parts.append(quotations + _of_them(relation.reworded, relation.quotations, "reworded"))
    return "; ".join(parts)


def _of_them(some: int, every: int, what: str) -> str:
    if not some:
        return ""
    if some < every:
        return f", {some:,} of them {what}"
    return f", all {what}" if every > 1 else f", {what}"
