"""Negations that stand on one side only: not, never, no, without, nobody ...

Negators are counted in what changed on either side. One more on one side is told unless the other side says no in
other words (fails to, lacks, refuses, unlikely), or with the opposite word.
"""

import re
from collections.abc import Sequence

from app.collation import lexicon
from app.collation.findings.row.changed_words import RowWord, words
from app.collation.findings.row.passage import Passage
from app.collation.lexicon import base_forms
from app.collation.model import Finding, Span

_HARD = lexicon.words("negators", "hard")
_SOFT = lexicon.words("negators", "soft")
_HARMLESS = re.compile(
    r"(?:not\s+(?:only|just|merely|simply|solely|least|so\s+much|to\s+mention|necessarily)|no\s+(?:doubt|matter|wonder|less|fewer"
    r"|more\s+than|later|sooner|other)|without\s+(?:(?:a\s+)?(?:doubt|question)|due)|nothing\s+(?:but|less|short)|no\.?\s*\d|none\s+other|"
    r"if\s+not|or\s+not|not\s+until|not\s+far|whether\s+or\s+not)\b",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[,;:]|\b(?:and|but|while|although|though|that)\b")
_TOO = re.compile(r"\btoo\s+\w+(?:\s+for\s+\w+)?\s+to\b")
_AFTER = 24
_PREFIXES = ("un", "in", "im", "ir", "il", "dis", "non", "mis")

GOVERNED = 3
"""Words after a negator that may be what it negates."""

KEPT = 0.75
"""The least share of a row that stands on both sides where a "not" is said to have moved: in others
the order differs."""

RUN = 120
"""Characters of changed text around a negator; in a longer run it was put anew, or left out, with all around it."""

LONGEST = 60
"""Characters of a change that is told whole; of a longer one, the negator and the word after it."""


def findings(passage: Passage) -> list[Finding]:
    """One finding a negator that the other side lacks, where it does not say no in other words."""
    changed = passage.changed
    hard, other_hard = (
        _negators(changed.base_words, changed.base_text),
        _negators(changed.witness_words, changed.witness_text),
    )
    if not hard and not other_hard:
        return []
    base = [
        word
        for word in changed.base_among(hard)
        if _counts(passage.base, word) and passage.run_at(word.span, "base") <= RUN
    ]
    witness = [
        word
        for word in changed.witness_among(other_hard)
        if _counts(passage.witness, word) and passage.run_at(word.span, "witness") <= RUN
    ]
    more = len(base) - len(witness)
    if not more:
        return _moved(passage, base, witness)
    if more > 0:
        spare = _said_otherwise(changed.base, changed.witness) + _too(passage.witness, passage.base)
        chosen = _unmatched(base, witness)[: max(0, more - spare)]
        return [_finding(passage, word, "base") for word in chosen]
    spare = _said_otherwise(changed.witness, changed.base) + _too(passage.base, passage.witness)
    chosen = _unmatched(witness, base)[: max(0, -more - spare)]
    return [_finding(passage, word, "witness") for word in chosen]


def _too(other: str, negated: str) -> int:
    """How many more times the other side says "too small to hear"."""
    return max(0, len(_TOO.findall(other)) - len(_TOO.findall(negated)))


def precedes(text: str, at: int) -> bool:
    """Whether a negator stands among the ``GOVERNED`` words before a place in a text."""
    return any(is_negator(word.lower) for word in words(text, (max(0, at - _AFTER), at))[-GOVERNED:])


def _moved(passage: Passage, base: Sequence[RowWord], witness: Sequence[RowWord]) -> list[Finding]:
    """One finding for a "not" that one clause lost and another took on: both now say the opposite."""
    if len(base) != 1 or base[0].change == witness[0].change or passage.kept() < KEPT:
        return []
    one, other = base[0], witness[0]
    if not (_is_not(one.lower) and _is_not(other.lower)):
        return []
    there, here = _place(passage, other.span, "witness")[0], _place(passage, one.span, "base")[0]
    first = passage.base[min(one.end, there) : max(one.start, there)]
    second = passage.witness[min(other.end, here) : max(other.start, here)]
    if not (_CLAUSE_END.search(first) and _CLAUSE_END.search(second)):
        return []
    says = f"negation moved: {_with_next(passage.base, one)} → {_with_next(passage.witness, other)}"
    return [Finding("negation", one.span, other.span, says, "negation-moved")]


def _is_not(word: str) -> bool:
    return word == "not" or word.endswith("n't")


def _with_next(text: str, word: RowWord) -> str:
    """The word with the one after it: ``not allowed``."""
    following = words(text, (word.start, min(len(text), word.end + _AFTER)))
    return " ".join(text[word.start : following[1 if len(following) > 1 else 0].end].split())


def _negators(found: frozenset[str], text: str) -> frozenset[str]:
    contracted = [word for word in found if "n't" in word] if "n't" in text else ()
    return (_HARD & found).union(contracted)


def is_negator(word: str) -> bool:
    """Whether a word in small letters, with straight apostrophes, says no."""
    return word in _HARD or word.endswith("n't")


def _counts(text: str, word: RowWord) -> bool:
    match = _HARMLESS.match(text, word.start, word.end + _AFTER)
    if match:
        return False
    before = text[max(0, word.start - 11) : word.start].lower()
    if word.lower == "without" and before.endswith(("goes ", "go ")):
        return False
    return not before.endswith(("if ", "whether or ", " or ")) or word.lower != "not"


def _said_otherwise(negated: Sequence[RowWord], other: Sequence[RowWord]) -> int:
    """How many more words of the other side than of the negated one say no in other words.

    They are of the ``_SOFT`` ones, or made with a prefix that negates, or opposites of a word after a negator.
    """
    here, there = {word.lower for word in negated}, {word.lower for word in other}
    soft = len((there - here) & _SOFT) - len((here - there) & _SOFT)
    if soft > 0:
        return soft
    governed: set[str] = set()
    for place, word in enumerate(negated):
        if is_negator(word.lower):
            governed.update([after.lower for after in negated[place + 1 : place + 1 + GOVERNED]])
    return sum(
        _negates(word, here) or any(lexicon.are_opposite(word, one) for one in governed)
        for word in there - here
    )


def _negates(word: str, negated: set[str]) -> bool:
    """Whether a word is another's opposite by a prefix or an ending: unlikely, impossible, meaningless, visa-free."""
    if word.endswith(("less", "lessly")) and word not in ("less", "unless", "nonetheless", "nevertheless"):
        return True
    if word.endswith("-free"):
        return True
    prefix = next((prefix for prefix in _PREFIXES if word.startswith(prefix)), "")
    if not prefix or word.removeprefix(prefix).strip("-") in negated:
        return bool(prefix)
    return any(base.endswith(opposite) for base in base_forms(word) for opposite in lexicon.opposites(base))


def _unmatched(more: list[RowWord], fewer: list[RowWord]) -> list[RowWord]:
    """Those of a change that has no negator on the other side first."""
    taken = [word.change for word in fewer]
    alone, beside = [], []
    for word in more:
        if word.change in taken:
            taken.remove(word.change)
            beside.append(word)
        else:
            alone.append(word)
    return alone + beside


def _finding(passage: Passage, word: RowWord, side: str) -> Finding:
    change = passage.reworded[word.change]
    here, there = (change.base, change.witness) if side == "base" else (change.witness, change.base)
    text, other = (passage.base, passage.witness) if side == "base" else (passage.witness, passage.base)
    if not (other[slice(*there)].strip() and max(here[1] - here[0], there[1] - there[0]) <= LONGEST):
        here, there = word.span, (there[0], there[0]) if here != word.span else there
        there = _place(passage, word.span, side)
    phrase = text[slice(*here)].strip()
    instead = other[slice(*there)].strip()
    if instead:
        pair = (phrase, instead) if side == "base" else (instead, phrase)
        says, rule = f"negation differs: {pair[0]} → {pair[1]}", "negation-changed"
    else:
        said = _with_next(text, word) if phrase == word.text else phrase
        says, rule = f"negation on one side only: {said}", "negation-one-sided"
    base, witness = (here, there) if side == "base" else (there, here)
    return Finding("negation", base, witness, " ".join(says.split()), rule)


def _place(passage: Passage, span: Span, side: str) -> Span:
    there = passage.on_witness(span) if side == "base" else passage.on_base(span)
    return there[0], there[0]
