"""How two articles are related: found by their words, verified by the alignment, named, and told in plain words."""

from app.collation.relations.model import RELATION_KINDS, REUSE, Relation, RelationKind
from app.collation.relations.naming import relate, relate_prepared, relate_several
from app.collation.relations.prepared import Prepared, prepared
from app.collation.relations.saying import says

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
    "says",
]
