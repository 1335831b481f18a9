"""How far a text goes: will, plans to, may, is believed to; arrested, charged, convicted; nearly; if."""

import re
from collections.abc import Iterator

from app.collation import lexicon
from app.collation.findings.row import reworked
from app.collation.findings.row.changed_words import RowWord, lower_words
from app.collation.findings.row.passage import Cover, Passage
from app.collation.findings.row.reworked import Place, Reworked
from app.collation.findings.rule import ENGLISH, RowContext, Rule
from app.collation.findings.rules.claims import intended, negators
from app.collation.lexicon import numbers
from app.collation.lexicon.claim_cues import Cue
from app.collation.model import Finding, SideName, Span
from app.collation.patterns import pattern

MIN_KEPT_SHARE = 0.3
"""The least kept share of a row of few changes: apart from the step, the changed place must say the same anyway."""

MIN_CONDITION_CHARS = 8
"""Code points of the shortest condition."""

MAX_CONDITION_CHARS = 160
"""Code points of a condition that one side lacks."""

MAX_CHARS_SHOWN = 60
"""Code points of a condition that a finding repeats."""

_NEAR: dict[str, tuple[frozenset[str], ...]] = {
    "certainty": (
        frozenset(("plan", "likely")),
        frozenset(("would", "could", "should")),
        frozenset(("could", "may")),
        frozenset(("may", "likely", "hearsay", "belief")),
        frozenset(("likely", "could")),
        frozenset(("could", "hearsay")),
        frozenset(("certain", "will", "known", "must")),
        frozenset(("will", "would")),
        frozenset(("sign", "known")),
        frozenset(("sign", "belief")),
        frozenset(("permit", "may", "could")),
        frozenset(("plan", "must")),
        frozenset(("want", "attempt")),
        frozenset(("aim", "want", "plan", "promise", "attempt")),
        frozenset(("plan", "should")),
        frozenset(("would", "plan")),
    ),
    "legal": (
        frozenset(("suspected", "accused")),
        frozenset(("accused", "charged")),
        frozenset(("convicted", "punished", "culprit")),
    ),
    "approximate": (frozenset(("near", "part", "about")),),
}
"""Steps that wordings of one fact take for one another."""

_FROM_WEAKEST = (
    "may could want aim attempt hearsay belief likely plan promise would should permit sign known must certain will"
).split()
"""Steps of certainty; of several at one place the weakest holds."""

_ALONE = frozenset("plan promise want aim attempt likely hearsay may near part".split())
"""Steps of which a text that has none says more: it was done, it is so."""

_STAGES = (
    "suspected accused questioned released arrested charged tried convicted culprit punished acquitted"
).split()
_CONDITION = pattern(
    r"\W*(?:and\s+|but\s+|only\s+)?(?:if|unless|provided(?!,)(?:\s+that)?|providing\s+that|as\s+long\s+as|so\s+long\s+as"
    r"|on\s+(?:the\s+)?condition\s+that|subject\s+to|pending|assuming(?:\s+that)?|depending\s+on"
    r"|once|only\s+(?:after|when|if)"
    r"|\w+\s+permitting"
    r"|in\s+the\s+event\s+(?:that|of)|in\s+case|contingent\s+on|conditional\s+on|should\s+the)\b",
    re.IGNORECASE,
)
_OPENERS = frozenset(
    "if once after when unless provided providing long condition subject pending assuming depending event case "
    "contingent conditional should permitting".split()
)
"""A word of each that opens a condition."""

_CAUSES = frozenset("because owing caused after over amid following by".split())
"""What says, instead of "due to", why: shut due to fog, shut because of fog."""

_APPROXIMATE = frozenset("nearly almost virtually practically about approximately around roughly".split())
_NO_CONDITION = pattern(
    r"\W*if\s+(?:not|only|any|anything|ever|so|at\s+all|necessary|possible|available|needed|applicable|appropriate|desired|true|required)\b"
    r"|\W*as\s+long\s+as\s+\w+\s+can\s+remember\b",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\b(?:ask\w*|know\w*|wonder\w*|see|sees|unclear|doubt\w*|decide\w*|tell|as|what|even|question\w*)\W+\Z"
)
_ACCORDING = re.compile(r"\b(?:according\s+to|says?|said|reports?|reported|it\s+(?:appears|seems))\b")
_ENDED = re.compile(r"[.!?][\"”’)]*\s*\Z")
_NUMBER = pattern(
    r"\W*(?:[$€£¥]\s*)?(?:\d|(?:"
    + "|".join(sorted(numbers("cardinal", "scale")))
    + r"|half|a\s+(?:third|quarter|dozen))\b)",
    re.IGNORECASE,
)


def find(row: RowContext) -> list[Finding]:
    """Return a finding for each place where one side goes further than the other and otherwise says the same."""
    passage, changed = row.passage, row.passage.changed
    findings: list[Finding] = []
    has_infinitive = "to" in changed.base_words or "to" in changed.witness_words
    if has_infinitive or row.has_cue_words:
        reported = row.findings_of(("modality",))
        taken_base = Cover([finding.base for finding in reported])
        taken_witness = Cover([finding.witness for finding in reported])
        for place in row.places:
            if not (taken_base.meets(place.base) or taken_witness.meets(place.witness)):
                steps = list(_steps(passage, place))
                if not steps:
                    steps = intended.find(passage, place.base, place.witness)
                if not steps and "certainty" in place.base_scales & place.witness_scales:
                    for part in reworked.parts(passage, place):
                        if "certainty" in part.base_scales & part.witness_scales:
                            steps += _steps(passage, part)
                findings += steps
    if not (_OPENERS.isdisjoint(changed.base_words) and _OPENERS.isdisjoint(changed.witness_words)):
        conditions = [*_conditions(passage)]
        both = {finding.base[0] < finding.base[1] for finding in conditions}
        # One on either side is one condition in other words, next to the place where the other text has it.
        findings += conditions if len(both) < 2 else []
    return findings


def _steps(passage: Passage, place: Place) -> Iterator[Finding]:
    base, witness, of_base, of_witness = place
    for scale in ("legal", "certainty", "approximate"):
        # A case has a stage on both sides.
        if scale not in (of_base & of_witness if scale == "legal" else of_base | of_witness):
            continue
        first = _read(passage.base, base, scale) if scale in of_base else None
        second = _read(passage.witness, witness, scale) if scale in of_witness else None
        if scale == "certainty" and first and second and not (first.cues and second.cues):
            first, second = _knowing(passage, place) or (first, second)
        if not (first and first.cues) and not (second and second.cues):
            continue
        first = first or reworked.unread(passage.base, base)
        second = second or reworked.unread(passage.witness, witness)
        if scale == "legal":
            finding = _legal(first, second)
        elif first.cues and second.cues:
            finding = _changed(first, second, scale)
        elif first.cues:
            finding = _one_sided(passage, first, second, "base")
        else:
            finding = _one_sided(passage, second, first, "witness")
        if finding:
            yield finding
            return


def _read(text: str, span: Span, scale: str) -> Reworked:
    """Return a place with the phrases of a scale, except those that mean something else there."""
    place = reworked.read(text, span, scale, "negation")
    kept = [cue for cue in place.cues if cue.scale == scale and _counts(text, place, cue)]
    return place._replace(cues=kept)


def _knowing(passage: Passage, place: Place) -> tuple[Reworked, Reworked] | None:
    """Return what two verbs of believing and of knowing are read as where one took the other's place, "that" or not."""
    sides = []
    for text, span in ((passage.base, place.base), (passage.witness, place.witness)):
        read = reworked.read(text, span, "certainty")
        cues = [cue for cue in read.cues if cue.step in ("belief", "sign", "known")]
        if len(cues) != 1 or len(read.cues) != 1:
            return None
        sides.append(read._replace(cues=cues))
    return sides[0], sides[1]


def _counts(text: str, place: Reworked, cue: Cue) -> bool:
    word = place.words[cue.start]
    before = place.words[cue.start - 1].lower if cue.start else ""
    following = place.words[cue.end].lower if cue.end < len(place.words) else ""
    if cue.scale == "certainty":
        if word.text[0].isupper() and word.lower in ("may", "will"):
            return not before and _QUESTION.match(text, word.end) is not None
        if cue.step == "hearsay" and word.lower.endswith(("ed", "aid", "ought", "ood", "eld")):
            return before in _BE or before in _ADVERBS or _is_said_of(word.lower, following)
        if word.text.isupper() and len(word.text) > 1:
            return False
        if before in ("i", "we") and following in _ABOUT_ONES_WORDS:
            return False
        if word.lower in _WITH_GERUND:
            return (
                following.endswith("ing")
                or (following != "" and before[:1].isalpha() and reworked.is_headline(text))
            ) and before not in ("was", "were", "been")
        if cue.step in ("belief", "sign", "known"):
            return intended.takes_clause(place, cue)
        if (word.lower in ("will", "might", "can") and before in _OWNERS) or (
            intended.is_merely_possible(text, word) or intended.repeats_a_modal(place, cue)
        ):
            return False
        if word.lower in ("set", "due", "expected", "scheduled", "slated", "poised", "about", "prepared"):
            return (
                before in _BE
                or before in _ADVERBS
                or (place.words[cue.end - 1].lower == "to" and reworked.is_headline(text))
            )
        if word.lower in _ADJECTIVES and before not in _BE:
            return False
    if cue.scale == "approximate":
        end = place.words[cue.end - 1].end
        return not is_number_at(text, end) and following not in _APPROXIMATE  # almost around noon
    return True


def is_number_at(text: str, at: int) -> bool:
    """Return whether a number follows a place in a text."""
    return _NUMBER.match(text, at, at + 24) is not None


def _is_said_of(word: str, following: str) -> bool:
    """Return whether a participle says of another or of an adjective that it is not certain: feared dead."""
    return word in ("feared", "believed", "presumed", "thought", "reported") and (
        following in _STATES or (len(following) > 4 and following.endswith(("ed", "en")))
    )


_STATES = frozenset("dead missing lost hurt ill alive safe free drowned unhurt guilty".split())
_QUESTION = re.compile(r"[^.!?]*\?")
"""What follows a May or Will with a capital that is no name: the rest of a question."""

_ABOUT_ONES_WORDS = frozenset(
    "say add admit confess note stress emphasize emphasise point thank like".split()
)
"""Phrases that announce what the speaker is doing anyway: I have to say."""

_BE = frozenset("is are was were be been being 's are're 're isn't aren't wasn't weren't".split())
_ADVERBS = frozenset("now also still widely generally long not already currently reportedly later".split())
_WITH_GERUND = frozenset(
    form
    for verb in ("consider", "mull", "propose", "explore", "contemplate", "weigh", "ponder")
    for form in (verb, verb + "s", verb.removesuffix("e") + "ed", verb.removesuffix("e") + "ing")
)
_ADJECTIVES = frozenset("certain possible potential probable conceivable".split())
_OWNERS = frozenset("the a an his her their its our my your 's free good own".split())


def _legal(first: Reworked, second: Reworked) -> Finding | None:
    """Return a finding if a case is at another stage on either side."""
    if not first.cues or not second.cues:
        return None
    base_cue, witness_cue = (
        max(place.cues, key=lambda cue: _STAGES.index(cue.step)) for place in (first, second)
    )
    steps = {base_cue.step, witness_cue.step}
    if "culprit" in steps and steps.isdisjoint(("suspected", "accused")):
        return None
    if _is_near("legal", base_cue.step, witness_cue.step) or _are_opposite(
        first, base_cue, second, witness_cue
    ):
        return None
    if len(first.rest()) + len(second.rest()) > 2 and not reworked.say_the_same(first.rest(), second.rest()):
        return None
    return _stepped(first, base_cue, second, witness_cue, "stage of a case differs", "modality-stage")


def _are_opposite(first: Reworked, base_cue: Cue, second: Reworked, witness_cue: Cue) -> bool:
    return base_cue.end - base_cue.start == witness_cue.end - witness_cue.start == 1 and any(
        lexicon.are_opposite(word.lower, other.lower)
        for word in first.words[base_cue.start : base_cue.end]
        for other in second.words[witness_cue.start : witness_cue.end]
    )


def _is_near(scale: str, step: str, other: str) -> bool:
    return step == other or any({step, other} <= group for group in _NEAR[scale])


def _changed(first: Reworked, second: Reworked, scale: str) -> Finding | None:
    """Return a finding if no step of one side is near one of the other."""
    base_cue, witness_cue = (min(place.cues, key=_strength) for place in (first, second))
    if _is_near(scale, base_cue.step, witness_cue.step) or (
        _forbids(first, base_cue) and _forbids(second, witness_cue)
    ):
        return None
    if not reworked.say_the_same(first.rest(), second.rest()):
        return None
    return _stepped(first, base_cue, second, witness_cue, "certainty differs", "modality-changed")


def _forbids(place: Reworked, cue: Cue) -> bool:
    """Return whether a modal verb with its "not" forbids: may not, must not."""
    following = place.words[cue.end].lower if cue.end < len(place.words) else ""
    return cue.step in ("may", "must", "could") and negators.is_negator(following)


def _strength(cue: Cue) -> int:
    return _FROM_WEAKEST.index(cue.step) if cue.scale == "certainty" else 0


def _stepped(
    first: Reworked, base_cue: Cue, second: Reworked, witness_cue: Cue, what: str, rule: str
) -> Finding:
    base, witness = first.phrase(base_cue), second.phrase(witness_cue)
    says = f"{what}: {_text(first, base_cue)} → {_text(second, witness_cue)}"
    return Finding("modality", base, witness, says, rule)


def _text(place: Reworked, cue: Cue) -> str:
    return " ".join(word.text for word in place.words[cue.start : cue.end])


def _one_sided(passage: Passage, place: Reworked, other: Reworked, side: SideName) -> Finding | None:
    """Return a finding for a step that the other side leaves out, though it otherwise says the same."""
    cue = place.cues[0]
    done = cue.step == "could" and any(word.lower in ("has", "have") for word in _inside(other))  # has sent
    if not done and not any(cue.step in _ALONE or intended.is_unreal(place, cue) for cue in place.cues):
        return None
    rest, other_rest = place.rest(), other.rest()
    if not reworked.say_the_same(rest, other_rest):
        return None
    if any(negators.is_negator(word.lower) for word in (*_inside(place), *_inside(other))):
        return None
    if place.words[cue.start].lower == "due" and not _CAUSES.isdisjoint(word.lower for word in other.words):
        return None
    headlined = cue.step == "plan" and intended.is_planned_too(passage.text(side), place, cue, other)
    if headlined or intended.is_said_elsewhere(passage, cue, side):
        return None
    if cue.step == "hearsay" and _is_attributed(passage, place.words[cue.start], side):
        return None
    says = f"certainty on one side only: {_text(place, cue)}"
    return passage.one_sided("modality", place.phrase(cue), side, says, "modality-one-sided")


def _is_attributed(passage: Passage, word: RowWord, side: SideName) -> bool:
    """Return whether the other side's sentence tells who says so, or has the word elsewhere: it is thought that."""
    start, end = passage.other_side(word.span, side)
    return any(
        _ACCORDING.search(sentence.text) is not None or word.lower in sentence.letter_runs
        for sentence in passage.sentences("witness" if side == "base" else "base")
        if sentence.span[0] <= end and start < sentence.span[1]
    )


def _inside(place: Reworked) -> list[RowWord]:
    return [word for word in place.words if word.start < place.span[1] and place.span[0] < word.end]


def _conditions(passage: Passage) -> Iterator[Finding]:
    """Yield a finding for each condition that one side lacks, its sentence being there."""
    for change in passage.reworded:
        sides: tuple[tuple[SideName, SideName], ...] = (("base", "witness"), ("witness", "base"))
        for side, other in sides:
            span: Span = getattr(change, side)
            if MIN_CONDITION_CHARS <= span[1] - span[0] <= MAX_CONDITION_CHARS and _is_condition(
                passage.text(side), span, passage.text(other)[slice(*getattr(change, other))]
            ):
                says = f"condition on one side only: {_shortened(passage.text(side)[slice(*span)])}"
                yield passage.one_sided("modality", span, side, says, "condition-one-sided")


def _is_condition(text: str, span: Span, instead: str) -> bool:
    """Return whether a span of a text is a condition, and what the other side has ``instead`` is as good as nothing."""
    part, opening = text[slice(*span)], _CONDITION.match(text, span[0])
    return (
        opening is not None
        and opening.end() <= span[1]
        and _NO_CONDITION.match(part) is None
        and _SMALL_WORDS.issuperset(lower_words(instead))
        and not _ASKED.search(text[max(0, span[0] - 20) : span[0]].lower())
        and not _is_sentence(text, span)
    )


_SMALL_WORDS = frozenset("the a an this that these those it he she they and but".split())


def _is_sentence(text: str, span: Span) -> bool:
    """Return whether a span begins and ends with a sentence: it was left out whole."""
    before = text[max(0, span[0] - 6) : span[0]]
    begins = not before.strip() or _ENDED.search(before) is not None
    rest = text[span[1] : span[1] + 3]
    ends = _ENDED.search(text[slice(*span)]) is not None or not rest.strip() or rest.lstrip()[:1] in ".!?"
    return begins and ends


def _shortened(part: str) -> str:
    line = " ".join(part.split()).strip(" ,;.:")
    return line if len(line) <= MAX_CHARS_SHOWN else line[:MAX_CHARS_SHOWN].rsplit(" ", 1)[0] + "…"


LADDER = Rule(
    kind="modality",
    names=("modality-changed", "modality-one-sided", "modality-stage", "condition-one-sided"),
    find=find,
    languages=ENGLISH,
    min_kept_share=0.4,
    min_kept_share_of_few_changes=MIN_KEPT_SHARE,
)
