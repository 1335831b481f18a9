"""Which findings a reader should see first: ordered by what a change can do to the meaning, without a verdict."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from app.collation.findings.row.excerpt_weight import WeighedEdit, weight
from app.collation.highlights import excerpts
from app.collation.model import Change, Finding, FindingKind, Span
from app.collation.text import tokens

Step = Literal[
    "negation",
    "opposite",
    "exchange",
    "direction",
    "stage",
    "number",
    "date",
    "name",
    "quotation",
    "certainty",
    "attribution",
    "tone",
    "tense",
    "gender",
    "wording",
    "typography",
]

STEPS: dict[Step, str] = {
    "negation": "A negation: said of one side, denied by the other.",
    "opposite": "A word for its opposite.",
    "exchange": "Names, numbers or speakers that changed places.",
    "direction": "A direction, in words that are otherwise the same: pressure on, pressure from.",
    "stage": "A stage of a case: arrested, charged, convicted.",
    "number": "A number, or its bound.",
    "date": "A date.",
    "name": "A name or a role.",
    "quotation": "Other words inside quotation marks.",
    "certainty": "A degree of certainty, a condition, a question.",
    "attribution": "Who says it, and how.",
    "tone": "A word of the opposite tone.",
    "tense": "A tense.",
    "gender": "A gender.",
    "wording": "Other words, which may be synonyms.",
    "typography": "Typography.",
}
"""The steps from the most serious, each with what it holds."""

_REVERSING: frozenset[Step] = frozenset(("negation", "opposite", "exchange", "direction"))
_ORDER = {step: place for place, step in enumerate(STEPS)}
_OF_KIND: dict[FindingKind, Step] = {
    "quotation": "quotation",
    "number": "number",
    "date": "date",
    "name": "name",
    "exchange": "exchange",
    "negation": "negation",
    "modality": "certainty",
    "attribution": "attribution",
    "antonym": "opposite",
    "tense": "tense",
    "gender": "gender",
    "wording": "wording",
    "typography": "typography",
}
_OF_RULE: dict[str, Step] = {"modality-stage": "stage", "antonym-tone": "tone"}

_TARGETS = frozenset(("on", "upon", "against", "to", "toward", "towards", "into", "onto"))
"""Prepositions before those at whom something is aimed; "from" and "by" name where it comes from."""

_ACTS = frozenset(
    """aggression ambush ambushes assault assaults attack attacks ban bans blow blows bombardment criticism demand
    demands fire influence interference invasion leverage pressure pressures raid raids restrictions retaliation
    sanctions shelling strike strikes tariff tariffs threat threats violence""".split()
)
"""Nouns of what one side does to another: after these both directions are common."""

_MOVES = frozenset(
    """aid assistance came come comes deliveries delivered exports fled flew funds gift gifts help imports letter
    letters loan loans message messages money moved moves payment payments return returned sent shipment shipments
    supplies support transferred travel traveled travelled weapons went""".split()
)
"""Words after which "to" and "from" are opposite ends of one way."""

_CALENDAR = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december today tomorrow yesterday then now noon midnight""".split()
)


class Seriousness(NamedTuple):
    """Where a finding comes in the order; a smaller one is more serious."""

    place: int
    """Of its step among ``STEPS``, from 0."""
    is_outside_quotation: bool
    """A change in somebody's quoted words comes before the same change in the writer's own words."""
    lightness: int
    """The negative weight of the change, so that the larger of two otherwise equal changes comes first."""

    @property
    def step(self) -> Step:
        """The step that decided."""
        return tuple(STEPS)[self.place]

    @property
    def may_reverse(self) -> bool:
        """Whether the two wordings may say the opposite of each other."""
        return self.step in _REVERSING


def seriousness(
    base: str, witness: str, changes: Sequence[Change], finding: Finding, others: Sequence[Finding] = ()
) -> Seriousness:
    """Return how serious ``finding`` is, one of the findings ``others`` of a row.

    ``changes`` are the row's, over its texts ``base`` and ``witness``. A quotation is as serious as the most serious
    change inside its marks.

    >>> from app.collation.diff import diff
    >>> base, witness = "“We put pressure on the troops”", "“We put pressure from the troops”"
    >>> quotation = Finding("quotation", (0, len(base)), (0, len(witness)), says="", rule="quotation-reworded")
    >>> serious = seriousness(base, witness, diff(base, witness).changes, quotation)
    >>> serious.step, serious.may_reverse
    ('direction', True)
    """
    steps = [own_step(finding)]
    is_quotation = finding.kind == "quotation"
    if is_quotation:
        steps += [own_step(other) for other in others if other is not finding and _is_inside(other, finding)]
        if direction_change(base, witness, changes, finding) is not None:
            steps.append("direction")
    quoted = is_quotation or any(
        other.kind == "quotation" and _is_inside(finding, other) for other in others if other is not finding
    )
    return Seriousness(
        min(_ORDER[step] for step in steps), not quoted, -_weight(base, witness, changes, finding)
    )


def own_step(finding: Finding) -> Step:
    """Return a finding's own step of seriousness, whatever else was found inside it."""
    return _OF_RULE.get(finding.rule, _OF_KIND[finding.kind])


def _is_inside(inner: Finding, outer: Finding) -> bool:
    """Return whether ``inner`` is within ``outer`` on each side where it has words."""
    sides = ((inner.base, outer.base), (inner.witness, outer.witness))
    worded = [(span, around) for span, around in sides if span[0] < span[1]]
    return bool(worded) and all(around[0] <= span[0] and span[1] <= around[1] for span, around in worded)


def _weight(base: str, witness: str, changes: Sequence[Change], finding: Finding) -> int:
    chosen = excerpts.excerpt(base, witness, changes, finding)
    differing = [change for change in chosen.changes if change.op != "equal"] if chosen else []
    if not differing:
        return 0
    first, last = differing[0], differing[-1]
    return weight(
        WeighedEdit((first.base[0], last.base[1]), (first.witness[0], last.witness[1])), base, witness
    )


def direction_change(base: str, witness: str, changes: Sequence[Change], finding: Finding) -> int | None:
    """Return the index of the change that turns a direction inside ``finding`` in a phrase that is otherwise the same.

    Only one preposition replaced by another counts, between a word that takes both directions and a kept word behind
    it that is no date: "effective on Monday" and "effective from Monday" say nearly the same.
    """
    for index in excerpts.touching(changes, *finding.base):
        change = changes[index]
        if change.op != "replace" or not _within(change.base, finding.base):
            continue
        pair = {base[slice(*change.base)].strip().lower(), witness[slice(*change.witness)].strip().lower()}
        source = pair & {"from", "by"}
        target = pair & _TARGETS
        if len(pair) != 2 or not source or not target:
            continue
        if not (0 < index < len(changes) - 1):
            continue
        before, after = changes[index - 1], changes[index + 1]
        if before.op != "equal" or after.op != "equal":
            continue
        head = _words(base[slice(*before.base)])[-1:]
        phrase = _words(base[slice(*after.base)])[:1]
        if not head or not phrase or phrase[0] in _CALENDAR or any(map(str.isdigit, phrase[0])):
            continue
        if head[0] in _ACTS or (head[0] in _MOVES and "from" in source and target & {"to", "into"}):
            return index
    return None


def _within(span: Span, around: Span) -> bool:
    return around[0] <= span[0] and span[1] <= around[1]


def _words(text: str) -> list[str]:
    return [part.lower() for part in tokens.split(text) if tokens.is_word(part)]
