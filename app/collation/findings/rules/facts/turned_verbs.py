"""Verbs that are passive on one side only, between phrases that kept their places."""

from collections.abc import Sequence

from app.collation.findings.row import reworked
from app.collation.findings.row.changed_words import MAX_CHARS_OF_A_SMALL_CHANGE, lower_words, words
from app.collation.findings.row.passage import Passage
from app.collation.findings.rules.facts.phrases import ARTICLES, BE, LIGHT, OPENERS
from app.collation.lexicon import base_forms
from app.collation.model import Change, Finding, SideName, Span

_WITHOUT_DOER = frozenset(
    "say write state declare announce explain remark note claim reply answer add comment recall "
    "multiply divide mark characterise characterize distinguish".split()
)
"""Verbs after which "by" does not name who acts: this said the minister, two by three."""


def find(passage: Passage) -> list[Finding]:
    """Return a finding for each verb that one side has in the passive, between phrases that kept their places.

    "The army shelled the rebels" and "The army was shelled by the rebels" say the opposite.
    """
    if "by" not in passage.changed.only_in_base | passage.changed.only_in_witness:
        return []
    findings = []
    for place, last in enumerate(passage.reworded):
        # The diff may keep the verb and see "was" and "by" beside it as two changes, or put the three into one.
        for first in (last, passage.reworded[max(0, place - 1)]):
            base, witness = (first.base[0], last.base[1]), (first.witness[0], last.witness[1])
            if max(base[1] - base[0], witness[1] - witness[0]) > MAX_CHARS_OF_A_SMALL_CHANGE:
                continue
            texts = passage.base[slice(*base)], passage.witness[slice(*witness)]
            if not any("by" in text.lower() for text in texts):
                continue
            sides = _lowered(passage.base, base), _lowered(passage.witness, witness)
            verb, passive = sorted(sides, key=len)
            moved = _moved_after(passage, place, "witness" if verb is sides[1] else "base")
            in_headline = reworked.is_headline(passage.base) and reworked.is_headline(passage.witness)
            if _is_passive(passive, verb, moved, in_headline) and _is_followed(passage, last):
                says = "who did it to whom: {} → {}".format(*(" ".join(text.split()) for text in texts))
                findings.append(Finding("exchange", base, witness, says, "exchange-turned"))
                break
    return findings


def _lowered(text: str, span: Span) -> list[str]:
    return lower_words(text[slice(*span)])


def _moved_after(passage: Passage, place: int, side: SideName) -> list[str]:
    """Return the words that only ``side`` has at the next change: out of Kidal."""
    if place + 1 >= len(passage.reworded):
        return []
    following = passage.reworded[place + 1]
    return _lowered(passage.text(side), getattr(following, side))


def _is_passive(passive: Sequence[str], verb: Sequence[str], moved: Sequence[str], in_headline: bool) -> bool:
    """Return whether words are a verb's passive, the doer still to come: "was shelled by" of "shelled".

    What goes with the verb is beside it on both sides ("took over", "was taken over by") or, where the other side has
    it after the object, among the words that ``moved``.
    """
    if len(passive) < 2 or passive[-1] != "by" or not verb or verb[0] in BE:
        return False
    participle = next(
        (at for at, word in enumerate(passive) if not _goes_before_participle(word)), len(passive)
    )
    if passive[0] not in BE and not (in_headline and participle == 0):
        return False
    own, particles = passive[participle : participle + 1], list(passive[participle + 1 : -1])
    return (
        bool(own)
        and not base_forms(verb[0]).isdisjoint(base_forms(own[0]))
        and _WITHOUT_DOER.isdisjoint(base_forms(own[0]))
        and (particles == list(verb[1:]) or (len(verb) == 1 and bool(particles) and particles == list(moved)))
    )


def _goes_before_participle(word: str) -> bool:
    return word in BE or (word.endswith("ly") and len(word) > 4) or word in ("also", "later", "then", "soon")


def _is_followed(passage: Passage, change: Change) -> bool:
    """Return whether a noun phrase follows that both sides have: the rebels, Ukraine."""
    after = words(passage.base, (change.base[1], min(len(passage.base), change.base[1] + 30)))
    return bool(after) and (after[0].lower in ARTICLES or after[0].lower not in OPENERS | LIGHT)
