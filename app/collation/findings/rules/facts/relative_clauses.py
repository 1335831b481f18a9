"""Who does it to whom in a relative clause: the rebels whom the army attacked, the rebels who attacked the army."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from app.collation import lexicon
from app.collation.findings.row.changed_words import RowWord, words
from app.collation.findings.row.passage import Passage
from app.collation.findings.row.reworked import are_forms
from app.collation.findings.rules.facts.phrases import ARTICLES, BE
from app.collation.lexicon.inflect import verb_forms
from app.collation.model import Finding, SideName, Span

MAX_WORDS = 6
"""Words after the relative pronoun that are read: have long depended on the old dams."""

MAX_WORDS_OF_A_DOER = 3
"""Words of the phrase before the verb of such a clause: the army, Ms. Holm, the harbour police."""

MAX_CHARS_OF_A_CLAUSE = 80
"""Code points after the pronoun in which its clause is read."""

MAX_CHARS_OF_A_HEAD = 48
"""Code points before the pronoun in which its noun is, with a preposition between them."""

_RELATIVE = re.compile(r" (?P<relative>who|whom|which|that) ")
_HEAD = re.compile(r"(?<![^\W_])([^\W_]+)(?: (?:on|to|for|with|by|from|at|in|of))?\Z")
_SAYING = frozenset(form for verb in lexicon.reporting_verbs() for form in verb.forms)
_HELPING = lexicon.words("function_words", "auxiliary") - BE
_OBJECTS = {"they": "them", "he": "him", "she": "her", "we": "us", "i": "me"}
"""Pronouns as who does it, and as whom it is done to."""

_PREPOSITIONS = frozenset("on to for with by from at in of".split())
_BEGINS_A_PHRASE = ARTICLES | frozenset("his her its their our your my this these those".split())
_NO_VERBS = BE | _BEGINS_A_PHRASE | _OBJECTS.keys()


class _Opening(NamedTuple):
    """The beginning of a relative clause: the noun that it describes, the pronoun, whether a change is near."""

    head: str
    relative: str
    start: int
    end: int
    changed: bool


class _Clause(NamedTuple):
    """A relative clause: the noun that it describes, and the words after its pronoun."""

    head: str
    start: int
    words: Sequence[RowWord]


def find(passage: Passage) -> list[Finding]:
    """Return a finding for each clause whose noun does on one side what is done to it on the other."""
    # A clause of each side is compared, and most rows have none on one of them.
    opened = _openings(passage, "base")
    others = _openings(passage, "witness") if opened else []
    findings = []
    for opening in opened:
        for other_opening in others:
            # Most clauses are of another noun or hold no change, which is far quicker to find out.
            if opening.head != other_opening.head or not (opening.changed or other_opening.changed):
                continue
            clause, other = _clause(passage.base, opening), _clause(passage.witness, other_opening)
            spans = _turned(clause, other) if clause and other else None
            if spans and passage.reworded_in(*spans):
                texts = passage.base[slice(*spans[0])], passage.witness[slice(*spans[1])]
                says = "who did it to whom: {} → {}".format(*(" ".join(text.split()) for text in texts))
                findings.append(Finding("exchange", *spans, says, "exchange-turned"))
                break
    return findings


def _openings(passage: Passage, side: SideName) -> list[_Opening]:
    text = passage.text(side)
    openings: list[_Opening] = []
    end = 0
    for relative in _RELATIVE.finditer(text):
        head = _HEAD.search(text, max(end, relative.start() - MAX_CHARS_OF_A_HEAD), relative.start())
        if head:
            start, end = relative.span("relative")
            changed = passage.run_at((start, end + 1 + MAX_CHARS_OF_A_CLAUSE), side) > 0
            openings.append(_Opening(head[1].lower(), relative["relative"], start, end + 1, changed))
    return openings


def _clause(text: str, opening: _Opening) -> _Clause | None:
    start = opening.end
    following = words(text, (start, min(len(text), start + MAX_CHARS_OF_A_CLAUSE)))[:MAX_WORDS]
    adjoining = [word for place, word in enumerate(following) if text[start : word.start].count(" ") == place]
    if len(adjoining) > 1 and not _opens_statement(opening):
        return _Clause(opening.head, opening.start, adjoining)
    return None


def _opens_statement(opening: _Opening) -> bool:
    """Return whether a "that" comes after a verb, and opens what is said: it was observed that."""
    return opening.relative == "that" and (
        opening.head in _SAYING or any(form.tense == "past" for form in verb_forms(opening.head))
    )


def _turned(base: _Clause, witness: _Clause) -> tuple[Span, Span] | None:
    """Return the places of two clauses of one noun and one verb, if the subject of either is the other's object."""
    ends = _ends_of_turned(base, witness)
    if ends is None:
        turned = _ends_of_turned(witness, base)
        ends = turned and (turned[1], turned[0])
    return ends and ((base.start, ends[0]), (witness.start, ends[1]))


def _ends_of_turned(active: _Clause, other: _Clause) -> tuple[int, int] | None:
    """Return where both clauses end if the noun does in ``active`` what somebody does to it in ``other``."""
    own = _without_helping(active.words)
    if len(own) < 2 or own[0].lower in _NO_VERBS:
        return None
    objects = own[2:] if own[1].lower in _PREPOSITIONS else own[1:]
    for size in range(1, min(MAX_WORDS_OF_A_DOER, len(other.words) - 1, len(objects)) + 1):
        doer = [_OBJECTS.get(word.lower, word.lower) for word in other.words[:size]]
        rest = _without_helping(other.words[size:])
        if (
            [word.lower for word in objects[:size]] == doer
            and rest
            and rest[0].lower not in BE
            and are_forms(own[0].lower, rest[0].lower)
            and not (len(rest) > 1 and rest[1].lower in _BEGINS_A_PHRASE)
        ):
            return objects[size - 1].end, rest[0].end
    return None


def _without_helping(clause: Sequence[RowWord]) -> Sequence[RowWord]:
    at = 0
    while at < len(clause) and clause[at].lower in _HELPING:
        at += 1
    return clause[at:]
