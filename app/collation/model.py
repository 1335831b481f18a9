"""Parts of the comparison document, as frozen dataclasses (docs/formats.md describes their JSON form).

Those that occur by the hundred are named tuples, which are made in half the time.

All offsets are Unicode code points into a row's text on that side: its paragraphs joined by one newline.
"""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from app.collation.relation import Relation

Span = tuple[int, int]
"""Half-open ``(start, end)`` in code points; an absent side is ``(n, n)``."""

SideName = Literal["base", "witness"]

RowKind = Literal["same", "edited", "split", "merged", "regrouped", "omitted", "added"]
ROW_KINDS: tuple[RowKind, ...] = ("same", "edited", "split", "merged", "regrouped", "omitted", "added")

Op = Literal["equal", "delete", "insert", "replace"]

FindingKind = Literal[
    "quotation", "number", "date", "name", "exchange", "negation", "modality", "attribution",
    "tense", "gender", "antonym", "typography", "wording",
]  # fmt: skip

Coarseness = Literal["tokens", "sentences"]
"""The coarser method that a row's diff fell back to: words matched by rapidfuzz,
or that part by part, cut at phrases that each text has once."""


class Within(NamedTuple):
    """Marks inside a changed word pair, character by character; same offsets as the change's own."""

    op: Op
    base: Span
    witness: Span


class Change(NamedTuple):
    """A run of tokens on both sides, on one, or reworded. ``equal`` means identical code points."""

    op: Op
    base: Span
    witness: Span
    typography: bool = False
    """Whether it is a ``replace``, ``delete`` or ``insert`` of quotes, dashes, spaces or Unicode form alone."""
    within: tuple[Within, ...] = ()


class Finding(NamedTuple):
    """One or more changes that may alter meaning: an observation, never a verdict."""

    kind: FindingKind
    base: Span
    witness: Span
    says: str
    """A short sentence that says what is seen, for example ``number changed: 345 -> 354``."""
    rule: str
    """The name of the rule that found it."""


@dataclass(frozen=True, slots=True)
class Pins:
    """A reader's corrections of the alignment: pairs ``(base paragraph, witness paragraph)``, rising, without
    repeats."""

    together: tuple[tuple[int, int], ...] = ()
    """Pairs that belong together: both are in one row."""
    apart: tuple[tuple[int, int], ...] = ()
    """Pairs kept apart: the two are never in one row."""

    def __bool__(self) -> bool:
        return bool(self.together or self.apart)

    def swapped(self) -> "Pins":
        """Return the same pins for the two texts swapped.

        >>> Pins(together=((3, 4), (4, 1))).swapped()
        Pins(together=((1, 4), (4, 3)), apart=())
        """
        return Pins(
            together=tuple(sorted((witness, base) for base, witness in self.together)),
            apart=tuple(sorted((witness, base) for base, witness in self.apart)),
        )


@dataclass(frozen=True, slots=True)
class AlignedRow:
    """Paragraphs side by side, before any word is compared.

    ``base`` and ``witness`` are rising paragraph indices, not always contiguous; at most one is empty.
    """

    base: tuple[int, ...]
    witness: tuple[int, ...]
    similarity: float
    """0 to 1, rounded to six decimals; 0 where a side is absent."""
    moved: bool = False
    repeats: tuple[tuple[int, ...], tuple[int, ...]] | None = None
    """For a further copy of a paragraph: ``(base, witness)`` of the row that holds its best match."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the comparison; ``number`` counts from 1 and is what ``#row-7`` names."""

    number: int
    kind: RowKind
    moved: bool
    similarity: float
    base: tuple[int, ...]
    witness: tuple[int, ...]
    changes: tuple[Change, ...]
    findings: tuple[Finding, ...] = ()
    repeats: int | None = None
    coarse: Coarseness | None = None

    @property
    def mark_count(self) -> int:
        """How many marks there are to draw: the changes, and those inside word pairs."""
        return len(self.changes) + sum(len(change.within) for change in self.changes)

    @property
    def has_typography(self) -> bool:
        """Whether a change is of typography alone."""
        return any(change.typography for change in self.changes)


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts of the rows, and how much of each text is found in the other."""

    rows: dict[RowKind, int]
    """Every kind, zero included."""
    moved: int
    findings: dict[FindingKind, int]
    """Kinds that occur."""
    base_in_witness: float
    """Containment, 0 to 1: the share of the base's words, boilerplate apart, in what both share (docs/adr/0022)."""
    witness_in_base: float
    not_looked_for: tuple[FindingKind, ...] = ()
    """Kinds that the rules could not look for: a text is in a language that they do not know, or holds too many
    numbers."""
    relation: Relation | Literal["uncounted"] | None = "uncounted"
    """How the two texts are related, None if they are not; ``uncounted`` in documents made before this was counted."""


@dataclass(frozen=True, slots=True)
class Collation:
    """Two texts collated: every paragraph in exactly one row, rows in base order."""

    rows: tuple[Row, ...]
    summary: Summary


@dataclass(frozen=True, slots=True)
class Side:
    """One text of a comparison, with its metadata when the comparison was made."""

    revision: str
    title: str
    paragraphs: tuple[str, ...]
    headline: int | None = None
    furniture: tuple[int, ...] = ()
    article: str = ""
    publisher: str = ""
    author: str = ""
    published_on: str = ""
    """ISO date, or empty if none is stated."""
    label: str = ""
    """What pages call this text: its publisher, or the first words of its title in quotation marks."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The comparison document: two sides, their collation, and the engine that made it."""

    base: Side
    witness: Side
    collation: Collation
    engine: str
    diff_tokens: int
    """Tokens on both sides together above which a row is compared by a coarser method."""
    pins: Pins = field(default_factory=Pins)
    """A reader's corrections; empty in the machine's own comparison."""
    format: int = field(default=1)
