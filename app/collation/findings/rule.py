"""What a kind of finding consists of: its rules, the words pages use for it, and examples that test it."""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property

from app.collation.findings import rewritten_numbers, teams
from app.collation.findings.document_context import Texts
from app.collation.findings.quantities import bounds, matching, parse, scores
from app.collation.findings.row import reworked
from app.collation.findings.row.passage import Passage
from app.collation.findings.row.rewriting import FEW_CHANGES, is_rewritten
from app.collation.lexicon.claim_cues import scales_of
from app.collation.model import Finding, FindingKind, SideName

ENGLISH = ("en",)
"""The languages of a rule that looks up English words."""

MIN_KEPT_SHARE_OF_WORDS = 0.22
"""The least kept share of a row in which English words are compared. Of sentence pairs of one meaning two in a hundred
have less; paragraphs of one topic in two articles mostly do, and differ in every name."""

MIN_KEPT_SHARE_OF_FEW_CHANGES = 0.4
"""The least kept share of such a row in which single words are compared: in a short sentence one word takes much of
the room."""

Example = tuple[str, str] | tuple[str, str, str]
"""The texts of a row in base and witness and, for some, the sentence of the one finding reported."""


class RowContext:
    """What a rule reads: a row, the two texts that it belongs to, and what the rules before it reported."""

    def __init__(self, passage: Passage, texts: Texts) -> None:
        self.passage = passage
        self.texts = texts
        self.findings: list[Finding] = []
        self._values: dict[SideName, Sequence[matching.Value]] = {}

    @cached_property
    def is_rewritten(self) -> bool:
        """Whether the row, or both texts throughout, were reworded."""
        return self.texts.rewritten or is_rewritten(self.passage)

    def findings_of(self, kinds: Sequence[FindingKind]) -> list[Finding]:
        """Return what the rules before this one reported of some kinds."""
        return [finding for finding in self.findings if finding.kind in kinds]

    @cached_property
    def has_cue_words(self) -> bool:
        """Whether a word of the changes may belong to a phrase that says how sure, how far or that it is not so."""
        changed = self.passage.changed
        return any(map(scales_of, changed.base_words)) or any(map(scales_of, changed.witness_words))

    @cached_property
    def places(self) -> Sequence[reworked.Place]:
        """Where the wording differs."""
        return tuple(reworked.places(self.passage))

    @cached_property
    def drifted(self) -> Sequence[matching.Drifted]:
        """The numbers and dates that differ, read once for both kinds."""
        passage = self.passage
        if not self.texts.few_numbers or not parse.may_differ(passage, self._languages):
            return ()
        drifted, equals = matching.compared(passage, self.values("base"), self.values("witness"))
        if self.is_rewritten:
            drifted = [
                drift for drift in drifted if not rewritten_numbers.counts_part_of_a_name(passage, drift)
            ]
        if self.texts.rewritten:
            drifted = [drift for drift in drifted if rewritten_numbers.is_missing(passage, drift, self.texts)]
        return [
            *drifted,
            *bounds.drifted(passage, equals, self.is_rewritten),
            *teams.turned_alone(passage, scores.turned(passage, equals)),
        ]

    def values(self, side: SideName) -> Sequence[matching.Value]:
        """Return the numbers and dates of one side; none of a text that holds too many."""
        if side not in self._values:
            text = self.passage.text(side)
            self._values[side] = parse.values(text, self._languages) if self.texts.few_numbers else ()
        return self._values[side]

    @property
    def _languages(self) -> Set[str] | None:
        return None if self.texts.english else self.texts.languages


Condition = tuple[bool, tuple[str, ...], float, float | None]
"""Everything that decides whether a rule looks at a row."""


@dataclass(frozen=True)
class Rule:
    """A way to find drift of one kind in a row, and the rows that it looks at."""

    kind: FindingKind
    names: tuple[str, ...]
    """The ``rule`` of each finding that it may report."""
    find: Callable[[RowContext], list[Finding]]
    languages: tuple[str, ...] = ()
    """The languages that both texts must be in; empty for any."""
    min_kept_share: float = 0.0
    """The least share of a row that both sides have, 0 to 1."""
    min_kept_share_of_few_changes: float | None = None
    """The same in a row of at most ``FEW_CHANGES``, if it differs."""
    max_run: int | None = None
    """Code points of changed text around what is on one side only; in a longer run it was added or left out with
    everything around it."""
    needs_rewording: bool = True
    """Whether it looks only at rows with a change that is more than typography."""
    follows: tuple[FindingKind, ...] = ()
    """Kinds whose findings it must not repeat, so that they come before it in the registry."""

    @cached_property
    def condition(self) -> Condition:
        """The same for rules that look at the same rows, which are then chosen once."""
        return (
            self.needs_rewording,
            self.languages,
            self.min_kept_share,
            self.min_kept_share_of_few_changes,
        )

    def applies_to(self, row: RowContext) -> bool:
        """Return whether the rule looks at a row."""
        passage = row.passage
        if (self.needs_rewording and not passage.reworded) or (self.languages and not row.texts.english):
            return False
        least = self.min_kept_share
        if self.min_kept_share_of_few_changes is not None and len(passage.reworded) <= FEW_CHANGES:
            least = self.min_kept_share_of_few_changes
        return not least or passage.kept_share >= least


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of finding, whole."""

    rules: tuple[Rule, ...]
    heading: str
    """What heads one finding of the kind."""
    plural: str
    """What heads a list of them."""
    nouns: tuple[str, str]
    """What differs, one and several: "3 names differ"."""
    looked_for: str
    """What the rules look for, in a sentence or two for docs/findings.md."""
    ignored: str
    """What they treat as equal, or leave alone."""
    reported: tuple[Example, ...]
    """Rows of which this kind alone, of those for the same languages, is reported, whichever side is the base."""
    not_reported: tuple[Example, ...]
    """Rows of which none of these kinds is."""
    headings: Mapping[str, str] = field(default_factory=dict)
    """Headings for the findings of single rules, by name, where the kind's own heading does not fit."""
    is_quiet: bool = False
    """Whether it is only counted: it is shown and marked on request."""
    is_named_when_absent: bool = False
    """Whether the sentence at the top names it when there is none: what a reader asks first."""

    @property
    def name(self) -> FindingKind:
        """The kind's name in documents and addresses."""
        return self.rules[0].kind

    @property
    def is_english(self) -> bool:
        """Whether it is looked for in English texts alone."""
        return all(rule.languages == ENGLISH for rule in self.rules)

    def heading_of(self, rule: str) -> str:
        """Return what heads a finding reported by ``rule``."""
        return self.headings.get(rule, self.heading)
