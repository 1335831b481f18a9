"""Denials without a "not": failed to, lacks, far from, yet to, unless, non-."""

from collections.abc import Sequence

from app.collation import lexicon
from app.collation.findings.row import reworked
from app.collation.findings.row.changed_words import RowWord
from app.collation.findings.row.passage import Cover, Passage
from app.collation.findings.row.reworked import Reworked
from app.collation.findings.rule import ENGLISH, RowContext, Rule
from app.collation.findings.rules.claims.negators import is_negator
from app.collation.lexicon import base_forms
from app.collation.lexicon.claim_cues import Cue
from app.collation.model import Finding, SideName, Span

MIN_KEPT_SHARE = 0.3
"""The least kept share of a row of few changes: apart from the denial, the changed place must say the same anyway."""

MAX_PHRASE_CHARS = 60
"""Code points of a place that a finding repeats whole; of a longer one, the denial alone."""

MIN_STEM = 5
"""Letters that a word shares with the one that it is made from, at least."""

_NEGATING = ("un", "in", "im", "ir", "il", "dis", "non")
_WITHHELD = lexicon.words("fates", "withheld")
_GRANTED = lexicon.words("fates", "granted")
_BE = frozenset("am are be been being is was were".split())
_DENYING_PREFIXES = ("non-", "anti-")
_PREFIXES = (*_DENYING_PREFIXES, "pro-")


def find(row: RowContext) -> list[Finding]:
    """Return a finding for each place where one side denies, in such words, what the other says."""
    passage, changed = row.passage, row.passage.changed
    withheld = _withheld(passage)
    if withheld:
        return withheld
    both = f"{passage.base}\n{passage.witness}".lower()
    has_prefixes = any(map(both.__contains__, _DENYING_PREFIXES))
    if not row.has_cue_words and not (
        has_prefixes
        and any(word.startswith(_DENYING_PREFIXES) for word in changed.base_words | changed.witness_words)
    ):
        return []
    reported = row.findings_of(("negation",))
    taken_base, taken_witness = (
        Cover(finding.base for finding in reported),
        Cover(finding.witness for finding in reported),
    )
    by_side: dict[SideName, list[Finding]] = {"base": [], "witness": []}
    for base, witness, of_base, of_witness in row.places:
        # Most places have none of these words, and checking that first is far quicker.
        if (has_prefixes or "negation" in of_base or "negation" in of_witness) and not (
            taken_base.meets(base) or taken_witness.meets(witness)
        ):
            first = _read(passage.base, base, of_base)
            second = _read(passage.witness, witness, of_witness)
            if _denials(first) % 2 != _denials(second) % 2:
                denying, other, side = _sides(first, second)
                if _is_soft(denying) and _denies(denying, other):
                    by_side[side].append(_finding(passage, first, second, denying, side))
    # What one side denies in one place and the other in another has only moved.
    moved = min(map(len, by_side.values()))
    return by_side["base"][moved:] + by_side["witness"][moved:]


def _withheld(passage: Passage) -> list[Finding]:
    """Return a finding where one side gives what the other withholds: denied him a loan, gave him a loan."""
    changed = passage.changed
    for keeping, giving in (
        (changed.only_in_base, changed.only_in_witness),
        (changed.only_in_witness, changed.only_in_base),
    ):
        if _WITHHELD.isdisjoint(keeping) or _GRANTED.isdisjoint(giving):
            continue
        for small in changed.small:
            sides = [
                [word for word in side if word not in reworked.FUNCTION]
                for side in (small.base, small.witness)
            ]
            kinds = [
                (len(side) == 1 and side[0] in _WITHHELD, len(side) == 1 and side[0] in _GRANTED)
                for side in sides
            ]
            if kinds in ([(True, False), (False, True)], [(False, True), (True, False)]) and not any(
                is_negator(word) for word in (*small.base, *small.witness)
            ):
                change = passage.reworded[small.number]
                base, witness = passage.base[slice(*change.base)], passage.witness[slice(*change.witness)]
                says = f"negation differs: {' '.join(base.split())} → {' '.join(witness.split())}"
                return [Finding("negation", change.base, change.witness, says, "negation-changed")]
    return []


def _sides(first: Reworked, second: Reworked) -> tuple[Reworked, Reworked, SideName]:
    if _denials(first) % 2:
        return first, second, "base"
    return second, first, "witness"


def _read(text: str, span: Span, scales: frozenset[str]) -> Reworked:
    """Return a place with its denials, given the scales of its words."""
    return reworked.read(text, span, "negation") if "negation" in scales else reworked.unread(text, span)


def in_other_words(row: RowContext, word: RowWord, side: SideName) -> bool:
    """Return whether the other side denies there too, says the opposite or names another quality."""
    for base, witness, of_base, of_witness in row.places:
        own_span = base if side == "base" else witness
        if own_span[0] <= word.start < own_span[1]:
            sides = (
                _read(row.passage.base, base, of_base),
                _read(row.passage.witness, witness, of_witness),
            )
            own, other = sides if side == "base" else sides[::-1]
            if _soft(other, "neg", "soft") > _soft(own, "neg", "soft") or _denies_a_denial(own, other):
                return True
            rest, other_rest = own.rest(), other.rest()
            if any(
                _is_negated(other_word, word) or _is_opposite(other_word, word)
                for word in rest
                for other_word in other_rest
            ):
                return True
            if word.lower not in ("neither", "nor") and _have_opposite_fates(own, other):
                return True  # did not accept, threw out
            return _is_other_quality(own, other)
    return False


def _denies_a_denial(own: Reworked, other: Reworked) -> bool:
    """Return whether a place denies what denies, as "did not rule out", and the other has neither."""
    if any(word.lower == "nor" for word in _inside(own)):
        return False  # neither confirmed nor denied
    return _soft(own, "neg") > 0 and _denials(own) % 2 == 0 and _denials(other) == 0


def _is_negated(word: str, other: str) -> bool:
    """Return whether a word is made with a prefix that negates the other: uninterrupted, interruption."""
    stem = next((word.removeprefix(prefix) for prefix in _NEGATING if word.startswith(prefix)), "")
    return len(stem) >= MIN_STEM and len(other) >= MIN_STEM and stem[:MIN_STEM] == other[:MIN_STEM]


def _is_opposite(word: str, other: str) -> bool:
    """Return whether an opposite of a word is made from the same as the other: peacefully, violence."""
    return len(other) >= MIN_STEM and any(
        opposite[:MIN_STEM] == other[:MIN_STEM] for opposite in lexicon.opposites(word)
    )


def _have_opposite_fates(own: Reworked, other: Reworked) -> bool:
    """Return whether a verb that one place has alone is the opposite of one that the other has alone."""
    words, others = ([word.lower for word in _inside(place)] for place in (own, other))
    return lexicon.have_opposite_fates(
        [word for word in words if word not in others], [word for word in others if word not in words]
    )


def _is_other_quality(own: Reworked, other: Reworked) -> bool:
    """Return whether one adjective stands for another that is negated: isn't detailed, is minimal.

    Not where a verb or a noun does: was not detained, was arrested; is not a suspect, is a thief.
    """
    quality, other_quality = _quality(own), _quality(other)
    return (
        bool(quality and other_quality)
        and not other_quality.endswith("ing")
        and all(form.tense != "past" for form in lexicon.verb_forms(other_quality))
        and not reworked.are_forms(quality, other_quality)
    )


def _quality(place: Reworked) -> str:
    """Return the only word that a place says something with, if it comes after a form of "to be"."""
    rest = place.rest()
    if len(rest) != 1:
        return ""
    preceding: list[str] = []
    for word in place.words:
        if word.lower == rest[0] and word.start >= place.span[0]:
            break
        preceding.append(word.lower)
    if preceding[-1:] and preceding[-1] in ("not", "never"):
        preceding.pop()
    return rest[0] if preceding[-1:] and preceding[-1].removesuffix("n't") in _BE else ""


def _soft(place: Reworked, *steps: str) -> int:
    return sum(cue.step in steps for cue in place.cues)


def _inside(place: Reworked) -> list[RowWord]:
    return [word for word in place.words if word.start < place.span[1] and place.span[0] < word.end]


def _denials(place: Reworked) -> int:
    """Count how often a place says no, in whatever words."""
    taken = {place.words[at].start for cue in place.cues for at in range(cue.start, cue.end)}
    return _soft(place, "neg") + sum(
        (is_negator(word.lower) and word.start not in taken) or word.lower.startswith(_DENYING_PREFIXES)
        for word in _inside(place)
    )


def _is_soft(place: Reworked) -> bool:
    return bool(_soft(place, "neg")) or any(
        word.lower.startswith(_DENYING_PREFIXES) for word in _inside(place)
    )


def _denies(denying: Reworked, other: Reworked) -> bool:
    """Return whether two places say the same except for the denial, in words that are not themselves opposites."""
    if _soft(other, "soft"):
        return False
    if any(word.lower == "against" for word in _inside(other)) and any(
        "oppose" in base_forms(denying.words[cue.start].lower) for cue in denying.cues
    ):
        return False
    rest, other_rest = _bare(denying.rest()), _bare(other.rest())
    if not reworked.say_the_same(rest, other_rest):
        return False
    return bool(rest) or not any(
        lexicon.are_opposite(word.lower, opposite.lower)
        for word in _inside(denying)
        for opposite in _inside(other)
    )


def _bare(rest: Sequence[str]) -> list[str]:
    """Return words without negators and prefixes: "war" for both anti-war and pro-war."""
    return [
        next((word.removeprefix(prefix) for prefix in _PREFIXES if word.startswith(prefix)), word)
        for word in rest
        if not is_negator(word) and word not in _HOW_FAR
    ]


_HOW_FAR = frozenset(
    "absolutely almost altogether completely entirely fully nearly perfectly quite thoroughly totally utterly "
    "wholly".split()
)
"""Adverbs that say no more than how far it is so: far from ready, entirely ready."""


def _finding(
    passage: Passage, first: Reworked, second: Reworked, denying: Reworked, side: SideName
) -> Finding:
    base = " ".join(passage.base[slice(*first.span)].split())
    witness = " ".join(passage.witness[slice(*second.span)].split())
    if base and witness and max(len(base), len(witness)) <= MAX_PHRASE_CHARS:
        says = f"negation differs: {base} → {witness}"
        return Finding("negation", first.span, second.span, says, "negation-changed")
    span = _span(denying)
    says = f"negation on one side only: {' '.join(passage.text(side)[slice(*span)].split())}"
    return passage.one_sided("negation", span, side, says, "negation-one-sided")


def _span(place: Reworked) -> Span:
    cues: list[Cue] = [cue for cue in place.cues if cue.step == "neg"]
    if cues:
        return place.phrase(cues[0])
    return next(word.span for word in _inside(place) if word.lower.startswith(_DENYING_PREFIXES))


SOFT = Rule(
    kind="negation",
    names=("negation-changed", "negation-one-sided"),
    find=find,
    languages=ENGLISH,
    min_kept_share=0.4,
    min_kept_share_of_few_changes=MIN_KEPT_SHARE,
)
