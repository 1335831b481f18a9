"""How two articles are related: found by their words, verified by the alignment, and named."""

from app.collation.relations.classify import relate, relate_prepared, relate_several
from app.collation.relations.prepared_text import Prepared, prepared
from app.collation.relations.relation import RELATION_KINDS, REUSE, Relation, RelationKind

__all__ = [
    "RELATION_KINDS",
    "REUSE",
    "Prepared",
    "Relation",
    "RelationKind",
    "prepared",
    "relate",
    "relate_prepared",
    "relate_several",
]
