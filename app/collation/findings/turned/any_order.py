"""Claims of two sentences that share their words in any order: a hedge, a condition, an opposite, another source.

Passive for active, or a clause put first, leaves nothing in its place, so these are told by what a sentence says at all
and the other nowhere does.
"""

import re
from collections.abc import Iterator

from app.collation import lexicon
from app.collation.findings.names import sources
from app.collation.findings.names.sources import Source
from app.collation.findings.row.changed_words import RowWord, lower_words, words
from app.collation.findings.row.passage import Passage
from app.collation.findings.row.reworked import FUNCTION, are_forms
from app.collation.findings.rules.claims import negators
from app.collation.findings.turned.sentence_pairs import SentencePair
from app.collation.lexicon.claim_cues import Cue, cues
from app.collation.model import Finding, FindingKind, SideName, Span

_WEAK = frozenset(("may", "could", "hearsay", "belief", "likely"))
"""Steps of certainty that leave open whether something is so."""

OPEN = re.compile(
    r"\b(?:may|might|can|could|should|would|perhaps|maybe|possib\w+|probab\w+|likely|seem\w*|appear\w*|apparent\w*"
    r"|believe\w*|think\w*|thought|alleged\w*|allegation\w*|reported\w*|suppos\w+|presum\w+|suspect\w*|expect\w*"
    r"|threat\w*|danger|risk\w*|rumou?r\w*|hope\w*|plan\w*|capable|able|chance|lets?|allow\w*|permit\w*|fear\w*|assum\w+|if|unless)\b"
)
"""Words with which a sentence may leave something open."""

_SAYS = re.compile(r"\b(?:accord\w+|claim\w*|said|says|reports?|estimat\w+|told)\b")
"""Words that may be in the place of "is said to", beside a "said" that both sides have."""

_BE = frozenset("is are was were be been being".split())
MODAL = frozenset(("may", "might", "could"))

_AUXILIARY = lexicon.words("function_words", "auxiliary") | frozenset("to have been be".split())

MAX_WORDS_TO_VERB = 4
"""Words after a hedge among which its verb is."""

_CONDITION = re.compile(
    r"\b(?:if|unless|provided(?:\s+that)?|providing\s+that|on\s+(?:the\s+)?condition\s+that|as\s+long\s+as)\s+(?P<clause>[^,.;:“”\"?]+)",
    re.IGNORECASE,
)
_NO_CONDITION = re.compile(
    r"(?:if|as\s+long\s+as)\s+(?:not|only|any|anything|ever|so|at\s+all|necessary|possible|needed|\w+\s+(?:can|could|has|have)\b)",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\b(?:ask\w*|know\w*|wonder\w*|sees?|unclear|doubt\w*|decide\w*|tell|as|what|even|question\w*|only)\W+\Z",
    re.IGNORECASE,
)
_CONDITIONAL = re.compile(
    r"\b(?:if|unless|provid\w+|condition\w*|long\s+as|once|when|should|until|pending|depend\w*|subject\s+to|after|assuming"
    r"|without|case|event|otherwise|would|whether)\b",
    re.IGNORECASE,
)
"""Words with which a text may state a condition in another way."""

_DESCRIBED = frozenset("people persons men women those residents locals".split())
"""Words by which a source is described that the other text may call anything: people living nearby, neighbours."""

MIN_CONDITION_WORDS = 2
"""Words of content of a condition."""

MAX_SHARE_OF_CONDITION = 0.34
"""The share of them that the other side may have elsewhere."""

MAX_CHARS_SHOWN = 60
"""Code points of a condition that a finding repeats."""

MIN_SHARED_OF_OPPOSITES = 0.7
"""The least share of their words that two sentences have in common of which one has the opposite of a word."""

_SIDES: tuple[SideName, SideName] = ("base", "witness")


def find(passage: Passage, pair: SentencePair) -> Iterator[Finding]:
    """Yield what one of two sentences states and the other does not, in whatever order."""
    read = {side: _Sentence(passage, pair, side) for side in _SIDES}
    base, witness = read["base"], read["witness"]
    for own, other in ((base, witness), (witness, base)):
        yield from _hedges(own, other)
        yield from _conditions(own, other)
    yield from _opposites(base, witness)
    yield from _other_sources(passage, base, witness)


class _Sentence:
    """One of the two sentences: its words with their places in the row."""

    def __init__(self, passage: Passage, pair: SentencePair, side: SideName) -> None:
        self.passage = passage
        self.side = side
        self.span = pair.base_span if side == "base" else pair.witness_span
        self.words = words(passage.text(side), self.span)
        self.lower = [word.lower for word in self.words]
        self.row = passage.text(side)

    @property
    def text(self) -> str:
        return self.row[slice(*self.span)]

    def content(self) -> list[RowWord]:
        return [word for word in self.words if word.lower not in FUNCTION]

    def around(self, word: RowWord) -> tuple[set[str], set[str]]:
        """Return the words of content before and after one."""
        content = [(each.start, each.lower.removesuffix("'s")) for each in self.content()]
        return (
            {lower for start, lower in content if start < word.start},
            {lower for start, lower in content if start > word.start},
        )


def _finding(own: _Sentence, span: Span, place: Span, kind: FindingKind, says: str, rule: str) -> Finding:
    base, witness = (span, place) if own.side == "base" else (place, span)
    return Finding(kind, base, witness, says, rule)


def _hedges(own: _Sentence, other: _Sentence) -> Iterator[Finding]:
    """Yield a finding for a hedge whose verb the other side has as a fact, in a row that nowhere else hedges more."""
    weak = [cue for cue in cues(own.lower, "certainty") if cue.step in _WEAK]
    if len(weak) != 1 or not _is_hedge(own, weak[0]) or OPEN.search(other.text.lower()):
        return
    cue = weak[0]
    if cue.step in ("hearsay", "belief") and _SAYS.search(other.text.lower()):
        return
    following = [
        word for word in own.words[cue.end : cue.end + MAX_WORDS_TO_VERB] if word.lower not in _AUXILIARY
    ]
    if not following or following[0].lower in FUNCTION or following[0].text[0].isupper():
        return
    if any(map(negators.is_negator, (*own.lower, *other.lower))):
        return
    at = next((at for at, word in enumerate(other.words) if are_forms(word.lower, following[0].lower)), None)
    if at is None or not _is_fact(own, cue, other, at):
        return
    verb = other.words[at]
    span = own.words[cue.start].start, own.words[cue.end - 1].end
    says = f"certainty on one side only: {own.row[slice(*span)]}"
    yield _finding(own, span, (verb.start, verb.start), "modality", says, "modality-one-sided")


def _is_hedge(own: _Sentence, cue: Cue) -> bool:
    """Return whether a phrase hedges a verb: might, allegedly, is thought to have; not: is held to choose."""
    last, following = own.lower[cue.end - 1], own.lower[cue.end : cue.end + 1]
    if last == "to":
        return cue.step == "likely" or following in (["be"], ["have"])
    return last in MODAL or last.endswith("ly")


def _is_fact(own: _Sentence, cue: Cue, other: _Sentence, at: int) -> bool:
    """Return whether the other sentence states what a hedge leaves open: was caused, not those related to it.

    What could be seen was seen, so "could" is a hedge only where the other has "will".
    """
    before = other.lower[max(0, at - MAX_WORDS_TO_VERB) : at]
    if own.lower[cue.start] == "could" and "will" not in before:
        return False
    if cue.step == "likely" and own.lower[cue.start - 1 : cue.start] in (
        ["more"],
        ["most"],
        ["particularly"],
    ):
        return False
    if own.lower[cue.end : cue.end + 1] == ["be"] and _BE.isdisjoint(before):
        return False
    return not (other.lower[at].endswith("ing") and _BE.isdisjoint(before))


def _conditions(own: _Sentence, other: _Sentence) -> Iterator[Finding]:
    """Yield a finding for a condition of which the other side has neither the words nor any other condition."""
    for match in _CONDITION.finditer(own.row, *own.span):
        clause = [word for word in lower_words(match["clause"]) if word not in FUNCTION]
        if (
            len(clause) < MIN_CONDITION_WORDS
            or _NO_CONDITION.match(match[0])
            or _ASKED.search(own.row[max(0, match.start() - 20) : match.start()])
            or _CONDITIONAL.search(other.row)
        ):
            continue
        others = lower_words(other.row)
        kept = sum(any(are_forms(word, each) for each in others) for word in clause)
        if kept > MAX_SHARE_OF_CONDITION * len(clause):
            continue
        end = match.start() + len(match[0].rstrip())
        at = other.span[1] - (len(other.text) - len(other.text.rstrip(" .\n")))
        shown = " ".join(own.row[match.start() : end].split())
        if len(shown) > MAX_CHARS_SHOWN:
            shown = shown[:MAX_CHARS_SHOWN].rsplit(" ", 1)[0] + "…"
        says = f"condition on one side only: {shown}"
        yield _finding(own, (match.start(), end), (at, at), "modality", says, "condition-one-sided")


def _opposites(base: _Sentence, witness: _Sentence) -> Iterator[Finding]:
    """Yield a finding for the only verb that each sentence has alone, if one is the opposite of the other."""
    if any(map(negators.is_negator, (*base.lower, *witness.lower))):
        return
    alone = _alone(base, witness), _alone(witness, base)
    shared = 1 - (len(alone[0]) + len(alone[1])) / max(1, len(base.content()) + len(witness.content()))
    if shared < MIN_SHARED_OF_OPPOSITES:
        return
    verbs = [[word for word in side if _is_past(word.lower)] for side in alone]
    if [len(side) for side in verbs] != [1, 1]:
        return
    first, second = verbs[0][0], verbs[1][0]
    if _are_opposed(first.lower, second.lower) and _is_turned(base, first, witness, second) == (
        _is_passive(base, first) != _is_passive(witness, second)
    ):
        says = f"a word for its opposite: {first.text} → {second.text}"
        yield Finding("antonym", first.span, second.span, says, "antonym")


def _alone(own: _Sentence, other: _Sentence) -> list[RowWord]:
    """Return the words of content of which the other row has no form."""
    others = set(lower_words(other.row))
    return [
        word
        for word in own.content()
        if word.lower not in others and not any(are_forms(word.lower, each) for each in others)
    ]


def _is_turned(base: _Sentence, first: RowWord, witness: _Sentence, second: RowWord) -> bool:
    """Return whether what is before one verb comes after the other, and the other way round.

    With a passive it stays the same deed; without one, who lent is the other's who borrowed.
    """
    before, after = base.around(first)
    before_second, after_second = witness.around(second)
    return bool(before & after_second) and bool(after & before_second)


def _is_passive(sentence: _Sentence, verb: RowWord) -> bool:
    at = sentence.words.index(verb)
    return not _BE.isdisjoint(sentence.lower[max(0, at - MAX_WORDS_TO_VERB) : at])


def _are_opposed(first: str, second: str) -> bool:
    return lexicon.are_opposite(first, second) or lexicon.have_opposite_fates(
        [*lexicon.base_forms(first)], [*lexicon.base_forms(second)]
    )


def _is_past(word: str) -> bool:
    return any(form.tense in ("past", "participle") for form in lexicon.verb_forms(word))


def _other_sources(passage: Passage, base: _Sentence, witness: _Sentence) -> Iterator[Finding]:
    """Yield a finding for the only source of a sentence, where the other's only source is somebody else."""
    both = sources.sources(passage)
    own, other = (
        [each for each in some if _is_in(each, one)] for some, one in zip(both, (base, witness), strict=True)
    )
    if len(own) != 1 or len(other) != 1:
        return
    first, second = own[0], other[0]
    if (
        sources.are_same(first, second)
        or not (sources.is_people(first) and sources.is_people(second))
        or not _DESCRIBED.isdisjoint((*first.words, *second.words))
        or _is_named_in(first, witness)
        or _is_named_in(second, base)
    ):
        return
    says = f"source changed: {_line(base, first.span)} → {_line(witness, second.span)}"
    yield Finding("attribution", first.span, second.span, says, "attribution-source-changed")


def _is_in(source: Source, sentence: _Sentence) -> bool:
    return sentence.span[0] <= source.span[0] and source.span[1] <= sentence.span[1]


def _is_named_in(source: Source, sentence: _Sentence) -> bool:
    others = lower_words(sentence.row)
    return any(are_forms(word, each) for word in source.words if word not in FUNCTION for each in others)


def _line(sentence: _Sentence, span: Span) -> str:
    return " ".join(sentence.row[slice(*span)].split())
