"""A relation in plain words: what it rests on."""

from app.collation.relations.model import Relation


def says(relation: Relation) -> str:
    """What is shared, told from the base: "18 of 19 paragraphs; 3 quotations reworded".

    >>> says(Relation("contains", 0.5, 0.5, 1.0, 19, 18, 18, 18, 2, 5, 3))
    '18 of 19 paragraphs, 2 of them word for word; 5 quotations, 3 of them reworded'
    """
    parts = []
    if relation.base_shared:
        text = f"{relation.base_shared} of {_counted(relation.base_paragraphs, 'paragraph')}"
        parts.append(text + (f", {relation.verbatim} of them word for word" if relation.verbatim else ""))
    if relation.quotations:
        text = _counted(relation.quotations, "quotation")
        parts.append(text + (f", {relation.reworded} of them reworded" if relation.reworded else ""))
    return "; ".join(parts)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
