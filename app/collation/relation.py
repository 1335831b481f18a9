"""How two articles are related: the kind of relation, and the figures behind it."""

from dataclasses import dataclass, replace
from typing import Literal

RelationKind = Literal[
    "same", "near-duplicate", "reworded", "contains", "contained",
    "shares-paragraphs", "shares-quotation", "same-story",
]  # fmt: skip
"""In the order in which a reader wants them. ``contains``: the base holds the witness as a part of itself."""

RELATION_KINDS: tuple[RelationKind, ...] = (
    "same", "near-duplicate", "reworded", "contains", "contained",
    "shares-paragraphs", "shares-quotation", "same-story",
)  # fmt: skip

REUSE: frozenset[RelationKind] = frozenset(RELATION_KINDS[:6])
"""What counts as reuse, and joins articles into stories. Quoting one speaker, or reporting one event, does not."""

_MIRRORED: dict[RelationKind, RelationKind] = {"contains": "contained", "contained": "contains"}


@dataclass(frozen=True, slots=True)
class Relation:
    """What a base and a witness share; boilerplate is not counted (docs/adr/0022)."""

    kind: RelationKind
    resemblance: float
    """Jaccard's, over words in their order, 0 to 1, six decimals; of ``same-story``, how alike words and names are."""
    base_in_witness: float
    """Containment: the share of the base's words that are in the paragraphs counted as shared, or of
    ``shares-quotation`` in the quotations; 0 to 1, six decimals."""
    witness_in_base: float
    base_paragraphs: int
    witness_paragraphs: int
    base_shared: int
    """How many of the base's paragraphs are in the witness, word for word or reworded; of ``same-story``, how many
    say what one of the witness's says."""
    witness_shared: int
    base_verbatim: int
    """How many of ``base_shared`` are in the witness word for word."""
    witness_verbatim: int
    quotations: int
    """How many quotations both hold, reworded ones included."""
    reworded: int
    """How many of these are reworded inside their quotation marks."""

    @property
    def is_reuse(self) -> bool:
        """Whether one of the two took text of the other, or both of a third."""
        return self.kind in REUSE

    @property
    def is_base_contained(self) -> bool:
        """Whether more of the base is in the witness than the other way round."""
        return self.base_in_witness > self.witness_in_base

    def swapped(self) -> "Relation":
        """Return the same relation as seen from the witness."""
        return replace(
            self,
            kind=_MIRRORED.get(self.kind, self.kind),
            base_in_witness=self.witness_in_base,
            witness_in_base=self.base_in_witness,
            base_paragraphs=self.witness_paragraphs,
            witness_paragraphs=self.base_paragraphs,
            base_shared=self.witness_shared,
            witness_shared=self.base_shared,
            base_verbatim=self.witness_verbatim,
            witness_verbatim=self.base_verbatim,
        )
