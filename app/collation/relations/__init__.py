"""How two articles are related: filtered by their words, verified by their alignment, and classified."""

from app.collation.relation import RELATION_KINDS, REUSE, Relation, RelationKind
from app.collation.relations.classify import relate, relate_compared, relate_prepared, relate_several
from app.collation.relations.prepared_text import PreparedText, prepare

__all__ = [
    "RELATION_KINDS",
    "REUSE",
    "PreparedText",
    "Relation",
    "RelationKind",
    "prepare",
    "relate",
    "relate_compared",
    "relate_prepared",
    "relate_several",
]
