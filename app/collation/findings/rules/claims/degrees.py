"""Degrees: how many (all, most), how often (always, often), how firmly (urged, ordered), how far (weighs, decides)."""

from app.collation.findings.row import reworked
from app.collation.findings.row.changed_words import RowWord
from app.collation.findings.row.passage import Cover, Passage
from app.collation.findings.row.reworked import Place, Reworked
from app.collation.findings.rule import ENGLISH, RowContext, Rule
from app.collation.findings.rules.claims import negators
from app.collation.findings.rules.claims.ladder import MIN_KEPT_SHARE, is_number_at
from app.collation.lexicon import numbers
from app.collation.lexicon.claim_cues import Cue
from app.collation.model import Finding, SideName

_SCALES = ("share", "frequency", "order", "resolve")

_NEAR = {
    "share": (frozenset(("most", "many")), frozenset(("half", "many")), frozenset(("many", "some"))),
    "frequency": (),
    "order": (
        frozenset(("advise", "ask")),
        frozenset(("ask", "demand")),
        frozenset(("demand", "order")),
    ),
    "resolve": (
        frozenset(("discuss", "weigh", "propose")),
        frozenset(("propose", "discuss", "introduce")),
        frozenset(("introduce", "agree", "do")),
    ),
}
"""Steps that wordings of one fact take for one another."""

_SAYS = {
    "share": "how many differs",
    "frequency": "how often differs",
    "order": "how firmly differs",
    "resolve": "how far it has come differs",
}
_PLURALS = frozenset("of people men women children police".split())
_LIMITS = frozenset(
    "just simply but alone single sole exclusive exclusively purely limited restricted except unless until barely "
    "hardly one first mere merely only solely nothing no not few scarce alone".split()
)
"""Words of which one may say what "only" does."""


_ORDINALS = frozenset(numbers("ordinal"))


def find(row: RowContext) -> list[Finding]:
    """Return a finding for each place where a word of a scale gave way to one of another step, or a limit is new."""
    if not row.has_cue_words:
        return []
    reported = row.findings_of(("number", "date", "negation", "modality", "attribution"))
    base_cover = Cover(finding.base for finding in reported)
    witness_cover = Cover(finding.witness for finding in reported)
    findings = []
    for place in row.places:
        if base_cover.meets(place.base) or witness_cover.meets(place.witness):
            continue
        for scale in _SCALES:
            if scale in place.base_scales & place.witness_scales:
                changed = _changed(row.passage, place, scale)
                for part in () if changed else reworked.parts(row.passage, place):
                    if scale in part.base_scales & part.witness_scales:
                        changed += _changed(row.passage, part, scale)
                findings += changed
                if changed or scale != "resolve":
                    break
        else:
            if "limit" in place.base_scales ^ place.witness_scales:
                findings += _limited(row.passage, place)
            elif "frequency" in place.base_scales ^ place.witness_scales:
                findings += _at_times(row.passage, place)
    return findings


def _changed(passage: Passage, place: Place, scale: str) -> list[Finding]:
    first = _read(passage.base, place.base, scale)
    second = _read(passage.witness, place.witness, scale)
    if len(first.cues) != 1 or len(second.cues) != 1:
        return []
    base_cue, witness_cue = first.cues[0], second.cues[0]
    steps = {base_cue.step, witness_cue.step}
    if len(steps) == 1 or any(steps <= near for near in _NEAR[scale]):
        return []
    if any(negators.is_negator(word.lower) for word in (*_inside(first), *_inside(second))):
        return []
    if not reworked.say_the_same(first.rest(), second.rest()):
        return []
    says = f"{_SAYS[scale]}: {_text(first, base_cue)} → {_text(second, witness_cue)}"
    return [Finding("modality", first.phrase(base_cue), second.phrase(witness_cue), says, "modality-changed")]


def _limited(passage: Passage, place: Place) -> list[Finding]:
    """Return a finding for an "only" that one side lacks."""
    return _one_sided(passage, place, "limit", "limit", _LIMITS)


def _at_times(passage: Passage, place: Place) -> list[Finding]:
    """Return a finding for a "sometimes" that one side lacks."""
    return _one_sided(passage, place, "frequency", "how often", frozenset())


def _one_sided(passage: Passage, place: Place, scale: str, what: str, like: frozenset[str]) -> list[Finding]:
    side: SideName = "base" if scale in place.base_scales else "witness"
    span, other_span = (place.base, place.witness) if side == "base" else (place.witness, place.base)
    own = _read(passage.text(side), span, scale)
    other = reworked.unread(passage.text("witness" if side == "base" else "base"), other_span)
    changed = passage.changed
    other_words = changed.witness_words if side == "base" else changed.base_words
    if len(own.cues) != 1 or not other_words.isdisjoint(like):
        return []
    cue = own.cues[0]
    if cue.step in ("always", "rarely") or own.words[cue.start].lower in other_words:
        return []
    before = own.words[cue.start - 1].lower if cue.start else ""
    if negators.is_negator(before) or (scale == "limit" and before == "if"):
        return []  # not only; if only it rained
    if any(negators.is_negator(word.lower) for word in (*_inside(own), *_inside(other))):
        return []
    if not reworked.say_the_same(own.rest(), other.rest()):
        return []
    says = f"{what} on one side only: {_text(own, cue)}"
    return [passage.one_sided("modality", own.phrase(cue), side, says, "modality-one-sided")]


def _read(text: str, span: tuple[int, int], scale: str) -> Reworked:
    place = reworked.read(text, span, scale)
    return place._replace(
        cues=[cue for cue in place.cues if cue.scale == scale and _counts(text, place, cue)]
    )


def _counts(text: str, place: Reworked, cue: Cue) -> bool:
    """Return whether a word says how many where it is: not "most expensive", "some 300", "all 12" or "every other"."""
    if cue.scale != "share":
        return True
    following = place.words[cue.end] if cue.end < len(place.words) else None
    if following is None or is_number_at(text, place.words[cue.end - 1].end):
        return False
    if place.words[cue.end - 1].lower == "every":
        return following.lower != "other" and following.lower not in _ORDINALS
    if place.words[cue.end - 1].lower == "most":
        return following.lower in _PLURALS or following.lower.endswith("s")
    return True


def _inside(place: Reworked) -> list[RowWord]:
    return [word for word in place.words if word.start < place.span[1] and place.span[0] < word.end]


def _text(place: Reworked, cue: Cue) -> str:
    return " ".join(word.text for word in place.words[cue.start : cue.end])


DEGREES = Rule(
    kind="modality",
    names=("modality-changed", "modality-one-sided"),
    find=find,
    languages=ENGLISH,
    min_kept_share=0.4,
    min_kept_share_of_few_changes=MIN_KEPT_SHARE,
)
