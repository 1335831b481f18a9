"""What stored comparisons found, recorded for lists that do not open the documents."""

from sqlmodel import Session

from app.collation.highlights.gravest import WeighedFindings
from app.db.queries import articles as article_queries
from app.db.queries import desk
from app.db.queries import relations as relation_queries
from app.db.tables.comparisons import ComparisonRow
from app.services.relations.pairs import base_first, needs_comparison


def is_summarised(session: Session, row: ComparisonRow) -> bool:
    """Return whether what this comparison found has been recorded."""
    return row.id is not None and desk.has_summary(session, row.id)


def summarise(session: Session, row: ComparisonRow, weighed: WeighedFindings) -> None:
    """Record what a stored comparison without pins found, if the two reuse text and its base is the usual one.

    Does nothing for a comparison of the same two by another engine: links show the first.
    """
    first = article_queries.comparison(session, row.base, row.witness, "", None)
    relation = relation_queries.relation(session, row.base, row.witness)
    if first is None or row.id is None or first.id != row.id or is_summarised(session, row):
        return
    if relation is None or not needs_comparison(relation):
        return
    entries = article_queries.entries(session, [row.base, row.witness])
    if base_first(entries[row.base], entries[row.witness])[0].revision != row.base:
        return
    line = weighed.gravest
    summary = desk.store_summary(
        session,
        comparison=row.id,
        base=row.base,
        witness=row.witness,
        gravity=weighed.gravity,
        counts=weighed.counts,
        row=line.row if line else 0,
        finding=line.number if line else 0,
        kind=line.kind if line else "",
        may_reverse=bool(line and line.may_reverse),
        base_words=line.base_words if line else "",
        witness_words=line.witness_words if line else "",
        base_paragraphs=list(line.base_paragraphs) if line else [],
        witness_paragraphs=list(line.witness_paragraphs) if line else [],
    )
    desk.raise_shelf(session, row.base, row.witness, summary)
