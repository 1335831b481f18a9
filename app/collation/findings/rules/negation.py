"""Negations that stand on one side only: not, never, no, without, nobody ...

Negators are counted in what changed on either side. One more on one side is told unless the other side says no in
other words (fails to, lacks, refuses, unlikely), or with the opposite word.
"""

import re
from collections.abc import Sequence

from app.collation import lexicon
from app.collation.findings.row.changed_words import RowWord, words
from app.collation.findings.row.passage import Passage
from app.collation.findings.rule import ENGLISH, MIN_KEPT_SHARE_OF_WORDS, Kind, RowContext, Rule
from app.collation.lexicon import base_forms
from app.collation.model import Finding, SideName, Span

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

MIN_KEPT_SHARE_MOVED = 0.75
"""The least kept share of a row where a "not" is said to have moved: in others the order differs."""

MAX_PHRASE_CHARS = 60
"""Characters of a change that a finding repeats whole; of a longer one, the negator and the word after it."""


def find(row: RowContext) -> list[Finding]:
    """Return a finding for each negator that the other side lacks and does not express in other words."""
    passage, changed = row.passage, row.passage.changed
    base_negators = _negators(changed.base_words, changed.base_text)
    witness_negators = _negators(changed.witness_words, changed.witness_text)
    if not base_negators and not witness_negators:
        return []
    base = [word for word in changed.base_among(base_negators) if _counts(passage, word, "base")]
    witness = [word for word in changed.witness_among(witness_negators) if _counts(passage, word, "witness")]
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
    if len(base) != 1 or base[0].change == witness[0].change or passage.kept_share < MIN_KEPT_SHARE_MOVED:
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


def _counts(passage: Passage, word: RowWord, side: SideName) -> bool:
    text = passage.text(side)
    if _HARMLESS.match(text, word.start, word.end + _AFTER):
        return False
    before = text[max(0, word.start - 11) : word.start].lower()
    if word.lower == "without" and before.endswith(("goes ", "go ")):
        return False
    if word.lower == "not" and before.endswith(("if ", "whether or ", " or ")):
        return False
    return passage.is_in_short_run(word.span, side, RULE.max_run)


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


def _finding(passage: Passage, word: RowWord, side: SideName) -> Finding:
    change = passage.reworded[word.change]
    here, there = (change.base, change.witness) if side == "base" else (change.witness, change.base)
    text, other = (passage.base, passage.witness) if side == "base" else (passage.witness, passage.base)
    if not (other[slice(*there)].strip() and max(here[1] - here[0], there[1] - there[0]) <= MAX_PHRASE_CHARS):
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


def _place(passage: Passage, span: Span, side: SideName) -> Span:
    place = passage.other_side(span, side)[0]
    return place, place


RULE = Rule(
    kind="negation",
    names=(
        "negation-changed",
        "negation-one-sided",
        "negation-moved",
    ),
    find=find,
    languages=ENGLISH,
    min_kept_share=MIN_KEPT_SHARE_OF_WORDS,
    max_run=120,
)
KIND = Kind(
    rules=(RULE,),
    heading="Negation differs",
    plural="Negations",
    nouns=("negation", "negations"),
    is_named_when_absent=True,
    looked_for="A not, never, no, nobody or without that the other side lacks, or has in another clause.",
    ignored=(
        "The same said in other words: fails to, lacks, refuses, unlikely, or the opposite word; not only, no "
        "doubt, whether or not."
    ),
    reported=(
        (
            "Officials have never confirmed the leak.",
            "Officials have confirmed the leak.",
            "negation on one side only: never confirmed",
        ),
        (
            "The bank was not allowed to lend, but it was fined.",
            "The bank was allowed to lend, but it was not fined.",
            "negation moved: not allowed → not fined",
        ),
        (
            "Farmers met the minister.",
            "Farmers did not meet the minister.",
            "negation differs: met → did not meet",
        ),
        ("The drug has no side effects.", "The drug has side effects."),
        ("The suspects did not know each other.", "The suspects knew each other."),
        ("The ceasefire does not cover the coast.", "The ceasefire covers the coast."),
        ("He is not a suspect, police said.", "He is a suspect, police said."),
        ("They fled without their passports.", "They fled with their passports."),
        ("None of the hostages was hurt.", "All of the hostages were hurt."),
        ("The treaty isn't binding.", "The treaty is binding."),
        ("Nothing was stolen from the vault.", "Something was stolen from the vault."),
        ("The two men never met, the lawyer said.", "The two men met, the lawyer said."),
        ("Neither side accepted the terms.", "Both sides accepted the terms."),
        ("The minister said the plan was approved.", "The minister said the plan was not approved."),
        ("He denied that he had ever met the banker.", "He denied that he had never met the banker."),
        ("There were no casualties in the blast.", "There were casualties in the blast."),
        ("The court did not accept the appeal.", "The court accepted the appeal."),
        ("The ship left with its crew.", "The ship left without its crew."),
        ("Nobody in the village saw the lights.", "Somebody in the village saw the lights."),
        ("The union can strike under the new law.", "The union cannot strike under the new law."),
        ("We won’t raise taxes, the chancellor promised.", "We will raise taxes, the chancellor promised."),
    ),
    not_reported=(
        ("It is not legal to sell it.", "It is illegal to sell it."),
        ("He did not remember the name.", "He forgot the name."),
        ("The talks failed to produce a deal.", "The talks did not produce a deal."),
        ("The town lacks clean water.", "The town has no clean water."),
        ("He rejected the offer.", "He did not accept the offer."),
        ("She didn’t win.", "She did not win."),
        ("The strike did not succeed.", "The strike failed."),
        ("They were not present.", "They were absent."),
        ("No one survived.", "There were no survivors."),
        ("It can't be repaired.", "It cannot be repaired."),
        ("He left without saying a word.", "He left and did not say a word."),
        ("The court said it had no jurisdiction.", "The court said it did not have jurisdiction."),
        ("He was a good friend.", "He was not a bad friend."),
        ("He was unable to walk.", "He could not walk."),
        ("It is not likely to rain.", "It is unlikely to rain."),
        ("They do not have jobs.", "They don't have jobs."),
        ("He refused to answer.", "He would not answer."),
        ("No one was hurt.", "Nobody was hurt."),
        ("The claim is not true.", "The claim is false."),
        ("She does not like it.", "She dislikes it."),
        ("He was never charged.", "He was not charged."),
    ),
)
