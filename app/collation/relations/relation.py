"""How two articles are related: what is said of the pair, and what it rests on."""

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
"""What is called reuse, and joins articles into stories. Quoting one speaker, or telling of one event, is not."""

_MIRRORED: dict[RelationKind, RelationKind] = {"contains": "contained", "contained": "contains"}


@dataclass(frozen=True, slots=True)
class Relation:
    """What a base and a witness share; the paragraphs counted are the articles' own, furniture apart."""

    kind: RelationKind
    resemblance: float
    """Jaccard's, over words in their order, 0 to 1, six decimals; of ``same-story``, how alike words and names are."""
    base_in_witness: float
    """Containment: the share of the base's words that stand in the witness, as copied or reworded; 0 to 1."""
    witness_in_base: float
    base_paragraphs: int
    witness_paragraphs: int
    base_shared: int
    """How many of the base's paragraphs stand in the witness, word for word or reworded; of ``same-story``, how many
    tell what one of the witness's tells."""
    witness_shared: int
    verbatim: int
    """How many of these stand on both sides word for word."""
    quotations: int
    """How many quotations both hold, reworded ones among them."""
    reworded: int
    """How many of these are reworded inside their quotation marks."""

    @property
    def is_reuse(self) -> bool:
        """Whether one of the two took text of the other, or both of a third."""
        return self.kind in REUSE

    def swapped(self) -> "Relation":
        """The same relation, told from the witness."""
        return replace(
            self,
            kind=_MIRRORED.get(self.kind, self.kind),
            base_in_witness=self.witness_in_base,
            witness_in_base=self.base_in_witness,
            base_paragraphs=self.witness_paragraphs,
            witness_paragraphs=self.base_paragraphs,
            base_shared=self.witness_shared,
            witness_shared=self.base_shared,
        )
