"""Negations on one side only: not, never, no, without, nobody ...

Negators are counted in what changed on either side. One more on one side is reported unless the other side says no in
other words (fails to, lacks, refuses, unlikely), or with the opposite word.
"""

import re
import unicodedata
from collections.abc import Sequence

from app.collation import lexicon
from app.collation.findings.row.changed_words import RowWord, words
from app.collation.findings.row.passage import Passage
from app.collation.findings.rule import ENGLISH, MIN_KEPT_SHARE_OF_WORDS, Kind, RowContext, Rule
from app.collation.findings.rules.claims import denial, denied_sentence
from app.collation.findings.rules.claims.negators import (
    HARD,
    MAX_CHARS_TO_GOVERNED,
    MAX_GOVERNED_WORDS,
    is_negator,
)
from app.collation.lexicon import base_forms
from app.collation.model import Finding, SideName, Span

_SOFT = lexicon.words("negators", "soft")
_HARMLESS = re.compile(
    r"(?:not\s+(?:only|just|merely|simply|solely|least|so\s+much|to\s+mention|necessarily)|no\s+(?:doubt|matter|wonder|less|fewer"
    r"|later|sooner|other)|(?:no|not\s+an?|n't\s+an?)\s+(?:secret|coincidence|surprise|stranger\s+to|exception|accident)"
    r"|no\s+(?:(?:other\s+)?(?:choice|option|alternative)\s+but|avoiding|escap\w+|denying|mistaking|shortage\s+of|lack\s+of|end\s+of)"
    r"|without\s+(?:(?:a\s+)?(?:doubt|question)|due|exception|fail)|(?:nothing|nobody|none|no\s*one)\s+(?:but|except|other)|nothing\s+(?:less|short)|no\.?\s*\d+|none\s+other|"
    r"if\s+not|or\s+not|not\s+until|not\s+far|whether\s+or\s+not|never\s+before)\b",
    re.IGNORECASE,
)
_BOUND = re.compile(
    r"(?:no|not)\s+(?:any\s+)?((?:more|higher|larger|greater|bigger|longer|over|later|older|further|smaller|lower|shorter"
    r"|earlier|less|fewer)\s+than|exceed\w*)\b",
    re.IGNORECASE,
)
"""What sets a bound to a number, as "at most" does."""

_JAPANESE = re.compile(r"[A-Z][a-z]+ no [A-Z]")
"""The particle in a Japanese name: Yoru no Ume."""

_ASKS = re.compile(
    r"(?:\bwhy\s+(?:don['’]t|not)\b|\b(?:did|do|does|is|are|was|were|have|has)(?:n['’]t\s+(?:you|it|they|he|she|there)"
    r"|\s+(?:you|it|they|he|she|there)\s+not)\b)[^.!?]*\?",
    re.IGNORECASE,
)
"""A question that asks the same with its "not" and without."""

MAX_QUESTION_CHARS = 200
"""Characters after a "not" in which the end of its question is looked for."""

_IF_NOT = re.compile(r"\bif\b[^.!?;:]*\Z", re.IGNORECASE)
"""What comes before a "not" that makes an "unless" of its condition."""

_UNTIL = re.compile(r"(?:not|n't)\s+(?:\w+\s+){0,4}until\b")
_CLAUSE_END = re.compile(r"[,;:]|\b(?:and|but|while|although|though|that)\b")
_TOO = re.compile(r"\btoo\s+\w+(?:\s+for\s+\w+)?\s+to\b")
_NEVER_SO = re.compile(r"\bnever\s+(?:\w+\s+){0,3}(?:so|as|such|before)\b", re.IGNORECASE)
_THAN_EVER = re.compile(r"\b(?:than|as)\s+ever\b|\bunprecedented|\bfor\s+the\s+first\s+time\b", re.IGNORECASE)
_PREFIXES = ("un", "in", "im", "ir", "il", "dis", "non", "mis")

MIN_KEPT_SHARE_MOVED = 0.75
"""The least kept share of a row where a "not" is said to have moved: in others the order differs."""

MAX_PHRASE_CHARS = 60
"""Characters of a change that a finding repeats whole; of a longer one, the negator and the word after it."""


def find(row: RowContext) -> list[Finding]:
    """Return a finding for each negator that the other side lacks and does not express in other words."""
    passage, changed = row.passage, row.passage.changed
    base_negators = _negators(changed.base_words)
    witness_negators = _negators(changed.witness_words)
    if not base_negators and not witness_negators:
        return []
    base = [word for word in changed.base_among(base_negators) if _counts(passage, word, "base")]
    witness = [word for word in changed.witness_among(witness_negators) if _counts(passage, word, "witness")]
    base, witness = _asserted(passage.base, base, witness), _asserted(passage.witness, witness, base)
    more = len(base) - len(witness)
    if not more:
        return _moved(passage, base, witness)
    if more > 0:
        matched = _said_otherwise(changed.base, changed.witness) + _more_too(passage.witness, passage.base)
        unmatched = _alone_first(base, witness)[: max(0, more - matched)]
        return [
            _finding(passage, word, "base")
            for word in unmatched
            if not denial.in_other_words(row, word, "base")
        ]
    matched = _said_otherwise(changed.witness, changed.base) + _more_too(passage.base, passage.witness)
    unmatched = _alone_first(witness, base)[: max(0, -more - matched)]
    return [
        _finding(passage, word, "witness")
        for word in unmatched
        if not denial.in_other_words(row, word, "witness")
    ]


def _asserted(text: str, own: list[RowWord], others: Sequence[RowWord]) -> list[RowWord]:
    """Return a side's negators without its surplus of negators in questions: why don't we, did they not hear.

    Such a question asks the same without; where the other side has as many, it may ask so too.
    """
    asking = [
        word
        for word in own
        if _is_not(word.lower) and _ASKS.search(text, max(0, word.start - 24), word.end + MAX_QUESTION_CHARS)
    ][: max(0, len(own) - len(others))]
    return [word for word in own if word not in asking]


def _more_too(other_side: str, negated: str) -> int:
    """Count how many more times the other side says "too small to hear", or "than ever" for "never so"."""
    more = max(0, len(_TOO.findall(other_side)) - len(_TOO.findall(negated)))
    if _NEVER_SO.search(negated) is not None:
        more += max(0, len(_THAN_EVER.findall(other_side)) - len(_THAN_EVER.findall(negated)))
    return more


def _moved(passage: Passage, base: Sequence[RowWord], witness: Sequence[RowWord]) -> list[Finding]:
    """Return a finding for a "not" that one clause lost and another took on: both now say the opposite."""
    if len(base) != 1 or base[0].change == witness[0].change or passage.kept_share < MIN_KEPT_SHARE_MOVED:
        return []
    base_word, witness_word = base[0], witness[0]
    if not (_is_not(base_word.lower) and _is_not(witness_word.lower)):
        return []
    if _is_unless(passage, base_word, "base") or _is_unless(passage, witness_word, "witness"):
        return []
    on_base, on_witness = passage.on_base(witness_word.span)[0], passage.on_witness(base_word.span)[0]
    first = passage.base[min(base_word.end, on_base) : max(base_word.start, on_base)]
    second = passage.witness[min(witness_word.end, on_witness) : max(witness_word.start, on_witness)]
    if not (_CLAUSE_END.search(first) and _CLAUSE_END.search(second)):
        return []
    says = (
        f"negation moved: {_with_next(passage.base, base_word)} → {_with_next(passage.witness, witness_word)}"
    )
    return [Finding("negation", base_word.span, witness_word.span, says, "negation-moved")]


def _is_unless(passage: Passage, word: RowWord, side: SideName) -> bool:
    """Return whether a "not" is one of "if not" which the other side says as "unless"."""
    other_words = passage.changed.witness_words if side == "base" else passage.changed.base_words
    before = passage.text(side)[max(0, word.start - MAX_PHRASE_CHARS) : word.start]
    return "unless" in other_words and _IF_NOT.search(before) is not None


def _is_not(word: str) -> bool:
    return word == "not" or word.endswith(("n't", "nt"))


def _is_parted_otherwise(passage: Passage, word: RowWord) -> bool:
    """Return whether a change is one word that a ligature splits on one side: signifi cant."""
    change = passage.reworded[word.change]
    first, second = (
        "".join(unicodedata.normalize("NFKC", text[slice(*span)]).split())
        for text, span in ((passage.base, change.base), (passage.witness, change.witness))
    )
    return first == second


def _with_next(text: str, word: RowWord) -> str:
    """Return the word with the one after it: ``not allowed``."""
    following = words(text, (word.start, min(len(text), word.end + MAX_CHARS_TO_GOVERNED)))
    return " ".join(text[word.start : following[1 if len(following) > 1 else 0].end].split())


def _negators(changed: frozenset[str]) -> frozenset[str]:
    contracted = [word for word in changed if "n't" in word] if "n't" in " ".join(changed) else ()
    return (HARD & changed).union(contracted)


def _counts(passage: Passage, word: RowWord, side: SideName) -> bool:
    text = passage.text(side)
    if _HARMLESS.match(text, word.start, word.end + MAX_CHARS_TO_GOVERNED):
        return False
    other_words = passage.changed.witness_words if side == "base" else passage.changed.base_words
    bound = _BOUND.match(text, word.start, word.end + MAX_CHARS_TO_GOVERNED)
    if bound and not _is_said(bound[1].split()[0], passage, bound.span(1), side):
        # Of "more than forty" it is a change, of "at most forty" and "not over forty" none.
        return False
    if word.lower == "cant" and _is_parted_otherwise(passage, word):
        return False
    if "only" in other_words and _UNTIL.search(text, word.start, word.end + 2 * MAX_CHARS_TO_GOVERNED):
        return False
    if word.lower == "no" and _JAPANESE.search(text, max(0, word.start - 30), word.end + 3):
        return False
    before = text[max(0, word.start - 11) : word.start].lower()
    if word.lower == "without" and before.endswith(("goes ", "go ")):
        return False
    if word.lower == "not" and before.endswith(("if ", "whether or ", " or ")):
        return False
    return passage.is_in_short_run(word.span, side, RULE.max_run)


def _is_said(word: str, passage: Passage, span: Span, side: SideName) -> bool:
    """Return whether the other side has this word at its counterpart of a span of ``side``."""
    other = passage.text("witness" if side == "base" else "base")
    return word.lower() in other[slice(*passage.other_side(span, side))].lower()


def _said_otherwise(negated: Sequence[RowWord], other_side: Sequence[RowWord]) -> int:
    """Count how many more words of the other side than of the negated one deny in other ways.

    They are of the ``_SOFT`` ones, or made with a prefix that negates, or opposites of a word after a negator.
    """
    words_of_negated, words_of_other = {word.lower for word in negated}, {word.lower for word in other_side}
    only_in_other = words_of_other - words_of_negated
    soft = len(only_in_other & _SOFT) - len((words_of_negated - words_of_other) & _SOFT)
    if soft > 0:
        return soft
    governed: set[str] = set()
    for place, word in enumerate(negated):
        if is_negator(word.lower):
            governed.update([after.lower for after in negated[place + 1 : place + 1 + MAX_GOVERNED_WORDS]])
    return sum(
        _negates(word, words_of_negated) or any(lexicon.are_opposite(word, opposite) for opposite in governed)
        for word in only_in_other
    )


def _negates(word: str, negated: set[str]) -> bool:
    """Return whether a prefix or an ending makes a word an opposite: unlikely, impossible, meaningless, visa-free."""
    if word.endswith(("less", "lessly")) and word not in ("less", "unless", "nonetheless", "nevertheless"):
        return True
    if word.endswith("-free"):
        return True
    prefix = next((prefix for prefix in _PREFIXES if word.startswith(prefix)), "")
    if not prefix or word.removeprefix(prefix).strip("-") in negated:
        return bool(prefix)
    return _is_undone(word) or any(
        base.endswith(opposite) for base in base_forms(word) for opposite in lexicon.opposites(base)
    )


def _is_undone(word: str) -> bool:
    """Return whether a word says of a deed that it was not done: unanswered, but not unveiled."""
    deed = word.removeprefix("un")
    return deed != word and any(
        form.tense == "past" and form.verb != deed and not lexicon.is_listed(f"un{form.verb}")
        for form in lexicon.verb_forms(deed)
        if lexicon.is_common(form.verb)
    )


def _alone_first(more: list[RowWord], fewer: list[RowWord]) -> list[RowWord]:
    """Put first the negators of changes that have none on the other side."""
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
    base, witness = passage.base[slice(*change.base)], passage.witness[slice(*change.witness)]
    replacement = witness if side == "base" else base
    if replacement.strip() and max(len(base), len(witness)) <= MAX_PHRASE_CHARS:
        says = f"negation differs: {' '.join(base.split())} → {' '.join(witness.split())}"
        return Finding("negation", change.base, change.witness, says, "negation-changed")
    says = f"negation on one side only: {_with_next(passage.text(side), word)}"
    return passage.one_sided("negation", word.span, side, says, "negation-one-sided")


RULE = Rule(
    kind="negation",
    names=("negation-changed", "negation-one-sided", "negation-moved"),
    find=find,
    languages=ENGLISH,
    min_kept_share=MIN_KEPT_SHARE_OF_WORDS,
    max_run=120,
)
KIND = Kind(
    rules=(RULE, denial.SOFT, denied_sentence.RULE),
    heading="Negation differs",
    plural="Negations",
    nouns=("negation", "negations"),
    is_named_when_absent=True,
    looked_for=(
        "A not, never, no, nobody or without that the other side lacks, or has in another clause; the same in words "
        "other than not: failed to, refused to, lacks, hardly, far from, yet to, unless, non-."
    ),
    ignored=(
        "The same thing denied on both sides in different words: did not and failed to, not allowed and barred from, "
        "unlikely, or the opposite word; another quality in place of the one denied (isn't detailed, is minimal); not "
        "only, no doubt, no secret, whether or not."
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
        (
            "The bank failed to warn its clients.",
            "The bank warned its clients.",
            "negation differs: failed to warn → warned",
        ),
        (
            "Nurses saw no signs of frost in the ward of the clinic, its head reported.",
            "Its head reported that in the clinic’s ward signs of frost were seen by nurses.",
        ),
        ("The village lacks a doctor.", "The village has a doctor."),
        ("The audit is far from complete.", "The audit is complete."),
        ("The parts have yet to arrive.", "The parts have arrived."),
        ("The ferry will sail unless it rains.", "The ferry will sail if it rains."),
        ("Tickets are free for non-members.", "Tickets are free for members."),
        ("The consul declined to open the gate.", "The consul opened the gate."),
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
        ("The suspect was arrested on Friday.", "The suspect was not detained on Friday."),
        ("Nobody in the village saw the lights.", "Somebody in the village saw the lights."),
        ("The union can strike under the new law.", "The union cannot strike under the new law."),
        ("We won’t raise taxes, the chancellor promised.", "We will raise taxes, the chancellor promised."),
    ),
    not_reported=(
        ("Why do we not ask the crew?", "Why don’t we ask the crew?"),
        ("It is not legal to sell it.", "It is illegal to sell it."),
        ("He did not remember the name.", "He forgot the name."),
        ("The parts have not yet arrived.", "The parts have yet to arrive."),
        ("The press was not allowed to enter.", "The press was barred from entering."),
        ("It is no secret that they quarrelled.", "It is well known that they quarrelled."),
        ("The map isn’t detailed.", "The map is minimal."),
        ("The tower is not finished.", "The tower is far from finished."),
        ("The talks failed to produce a deal.", "The talks did not produce a deal."),
        ("The town lacks clean water.", "The town has no clean water."),
        ("He rejected the offer.", "He did not accept the offer."),
        ("She didn’t win.", "She did not win."),
        ("He is held in Prison No. 12 there.", "He is held in prison number 12 there."),
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
