"""Names of people, places and bodies that changed, or that stand on one side only."""

from collections.abc import Sequence
from typing import Literal

from app.collation import lexicon
from app.collation.findings.names import candidates, matching
from app.collation.findings.names.candidates import Name
from app.collation.findings.row.changed_words import words
from app.collation.findings.row.document_context import NO_TEXTS, Texts
from app.collation.findings.row.passage import Passage
from app.collation.findings.row.word_pairing import distance
from app.collation.findings.rules import attribution
from app.collation.model import Finding, Span

KEPT = 0.3
"""The least share of a row that stands on both sides where a name on one side only is told."""

KEPT_UNSURE = 0.7
"""The same for a name whose words are also printed in small letters, or that begins a sentence."""

RUN = 60
"""Characters of changed text around such a name; in a longer run it was added or left out with all around it."""

PASSAGE = 120
"""The same around two names of which one took the other's place: where a sentence or more was written anew, two names
in it have nothing to do with each other."""

MANY = 400
"""Words with capitals in the changes of a row, both sides together, above which names are not compared: news has
a tenth of that, and a list of names beside another would take time that grows with its square."""

NEAR = 40
"""Code points between two names, one lacking on either side, that may have taken each other's place."""


FAR = 120
"""The same where both are sure to be names, and whole ones."""

LONGEST = 80
"""Characters of a name that a finding repeats."""

LONGEST_VERB = 24
"""Characters after a name in which the verb that goes with it is looked for."""

_ACTING = attribution.WORDS | lexicon.words("verb_kinds", "acts")
_IN_ITS_STEAD = lexicon.words("function_words", "for_a_name")
"""Words that stand for someone who was named before."""


def findings(passage: Passage, texts: Texts = NO_TEXTS) -> list[Finding]:
    """One finding a name that another took the place of, or that one side lacks.

    A name that a pronoun or a "the president" stands for is none, where the other of the ``texts`` has it elsewhere.
    """
    changed = passage.changed
    base = candidates.candidates(passage.base, changed.base_parts, passage.reworded, "base")
    witness = candidates.candidates(passage.witness, changed.witness_parts, passage.reworded, "witness")
    if not (base or witness) or len(base) + len(witness) > MANY:
        return []
    gone = candidates.lacking(passage.base, base, matching.NameIndex(passage.witness)) if base else []
    come = candidates.lacking(passage.witness, witness, matching.NameIndex(passage.base)) if witness else []
    if not gone and not come:
        return []
    return _paired(passage, gone, come, texts)


def _paired(passage: Passage, base: Sequence[Name], witness: Sequence[Name], texts: Texts) -> list[Finding]:
    ranked = sorted(
        (gap, one.span[0] + other.span[0], abs(one.span[0] - other.span[0]), i, j)
        for i, one in enumerate(base)
        for j, other in enumerate(witness)
        if (gap := distance(passage, one.span, other.span))
        <= (FAR if _is_sure(one) and _is_sure(other) else NEAR)
        and (one.firm or other.firm or not gap)
        and max(passage.run_at(one.span, "base"), passage.run_at(other.span, "witness")) <= PASSAGE
    )
    free_base, free_witness = dict.fromkeys(range(len(base))), dict.fromkeys(range(len(witness)))
    found = []
    for *_, i, j in ranked:
        if i in free_base and j in free_witness:
            del free_base[i], free_witness[j]
            if not _is_government(passage, base[i], witness[j]):
                found.append(_changed(passage, base[i], witness[j]))
    for i in free_base:
        if _is_told(base[i], passage, "base") and not _is_meant(
            base[i], passage.witness[slice(*passage.on_witness(base[i].span))], texts.witness
        ):
            place = passage.on_witness(base[i].span)[0]
            found.append(_one_sided(base[i].span, (place, place), _line(passage.base, base[i])))
    for j in free_witness:
        if _is_told(witness[j], passage, "witness") and not _is_meant(
            witness[j], passage.base[slice(*passage.on_base(witness[j].span))], texts.base
        ):
            place = passage.on_base(witness[j].span)[0]
            found.append(_one_sided((place, place), witness[j].span, _line(passage.witness, witness[j])))
    return found


def _is_sure(name: Name) -> bool:
    return name.firm and name.whole


def _is_meant(name: Name, instead: str, other: Sequence[str]) -> bool:
    """Whether words that stand in a name's place may mean it, and the other text names it elsewhere."""
    last = name.lacking[-1].text
    return (
        len(last) > 2
        and not _IN_ITS_STEAD.isdisjoint(word.lower for word in words(instead, (0, len(instead))))
        and any(last in paragraph for paragraph in other)
    )


def _is_government(passage: Passage, one: Name, other: Name) -> bool:
    """Whether both names mean one government: Moscow has denied it, Russia denies it; not what a drone has hit."""
    first, second = (
        lexicon.called(passage.base[slice(*one.span)]),
        lexicon.called(passage.witness[slice(*other.span)]),
    )
    return (
        (lexicon.speaks_for(first, second) or lexicon.speaks_for(second, first))
        and _acts(passage.base, one.span[1])
        and _acts(passage.witness, other.span[1])
    )


def _acts(text: str, after: int) -> bool:
    following = words(text, (after, min(len(text), after + LONGEST_VERB)))
    return bool(following) and following[0].lower in _ACTING


def _is_told(name: Name, passage: Passage, side: Literal["base", "witness"]) -> bool:
    sure = name.firm and not name.begins
    return (
        name.whole
        and passage.kept() >= (KEPT if sure else KEPT_UNSURE)
        and passage.run_at(name.span, side) <= RUN
    )


def _one_sided(base: Span, witness: Span, printed: str) -> Finding:
    return Finding("name", base, witness, f"name on one side only: {printed}", "name-one-sided")


def _changed(passage: Passage, one: Name, other: Name) -> Finding:
    says = f"name changed: {_line(passage.base, one)} → {_line(passage.witness, other)}"
    return Finding("name", one.span, other.span, says, "name-changed")


def _line(text: str, name: Name) -> str:
    line = " ".join(text[slice(*name.span)].split())
    return line if len(line) <= LONGEST else line[:LONGEST].rsplit(" ", 1)[0] + "…"
