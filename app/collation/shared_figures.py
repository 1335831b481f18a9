"""What the two texts of a finished comparison share: the one source of the figures on pages."""

from app.collation.model import Comparison, Side
from app.collation.pipeline import ENGINE
from app.collation.relations import PreparedText, Relation, prepare, relate_compared
from app.collation.relations.classify import firm_rows, same_words


def relation_of(comparison: Comparison, stored: Relation | None = None) -> Relation | None:
    """Return how the texts of ``comparison`` are related, with the figures that its rows show.

    ``stored`` is their relation in the database, if any, as seen from the base: it is the answer unless the rows are
    other than those it was counted in, by a reader's pins or another engine.
    """
    if stored and applies(comparison):
        return stored
    summary = comparison.collation.summary
    if summary.relation != "uncounted":
        return summary.relation
    reworded = summary.findings.get("quotation", 0)
    return relate_compared(
        _prepared(comparison.base), _prepared(comparison.witness), comparison.collation.rows, reworded
    )


def applies(comparison: Comparison) -> bool:
    """Return whether a stored relation counts the rows of ``comparison``."""
    return not comparison.pins and comparison.engine == ENGINE


def shared_row_numbers(comparison: Comparison, relation: Relation | None) -> frozenset[int]:
    """Return the numbers of the rows whose paragraphs ``relation``, from ``relation_of``, counts as shared."""
    if relation is None or not relation.is_reuse:
        return frozenset()
    base, witness = counted_paragraphs(comparison.base), counted_paragraphs(comparison.witness)
    rows = [
        row
        for row in comparison.collation.rows
        if not (base.isdisjoint(row.base) or witness.isdisjoint(row.witness))
    ]
    counts = (
        sum(index in base for row in rows for index in row.base),
        sum(index in witness for row in rows for index in row.witness),
    )
    if counts != (relation.base_shared, relation.witness_shared):
        rows = firm_rows(_prepared(comparison.base), _prepared(comparison.witness), rows)
    return frozenset(row.number for row in rows)


def verbatim_row_numbers(comparison: Comparison) -> frozenset[int]:
    """Return the numbers of the rows that have the same words on both sides, as relations count them."""
    base, witness = comparison.base.paragraphs, comparison.witness.paragraphs
    return frozenset(
        row.number
        for row in comparison.collation.rows
        if row.base
        and row.witness
        and same_words([base[index] for index in row.base], [witness[index] for index in row.witness])
    )


def counted_paragraphs(side: Side) -> frozenset[int]:
    """Return the indices of the paragraphs that figures count: all except boilerplate, or all if every one is."""
    every = frozenset(range(len(side.paragraphs)))
    return every.difference(side.furniture) or every


def _prepared(side: Side) -> PreparedText:
    return prepare(side.paragraphs, side.furniture)
