"""Names and numbers of two sentences of which each stands where the other did, whatever else was reworded there."""

import re
from collections.abc import Iterator, Sequence, Set
from itertools import combinations
from typing import NamedTuple

from app.collation.findings.row.changed_words import RowWord, words
from app.collation.findings.row.passage import Passage
from app.collation.findings.row.reworked import FUNCTION, are_forms
from app.collation.findings.rules.facts.phrases import NUMBERS, Exchange, in_order, tokens_of, turns_meaning
from app.collation.findings.turned.sentence_pairs import MAX_KEY, SentencePair
from app.collation.model import Finding, SideName, Span

MAX_WORDS_BETWEEN = 8
"""Words between two names that changed places."""

MIN_KEPT_WITH_ANOTHER = 2
"""Words of content that both sides have between two names, if one more was replaced: lodged, filed a complaint."""

MAX_WORDS_AFTER = 5
"""Words after a number in which what it counts is read."""

_BINDING = frozenset(
    "by to from against for of with over under on at into after before than as is are was were be been being has had "
    "who whom which that whose and or not".split()
)
"""Words between two names that say who does what to whom; "has" and "had" may be left out."""
_TENSES = frozenset(("has", "had", "have"))

_NUMBER = re.compile(r"\d[\d.,]*\Z")
_DIRECTIONS = frozenset(("to", "from"))
_FATES = {
    **dict.fromkeys(
        "dead death deaths died die dies killed killing kills kill fatalities lives".split(), "killed"
    ),
    **dict.fromkeys("injured injuring injures injuries hurt wounded wounding wounds".split(), "injured"),
}
"""What became of people, in any words."""

_REGNAL = re.compile(
    r"(?<![^\W_])(?P<head>[A-Z][^\W\d_]{2,}) "
    r"(?P<numeral>(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3}))(?![^\W_]|['’](?!s)|\.[^\W_])"
)
"""A name with the numeral that tells it from others: Paul III, World War II."""


class _Name(NamedTuple):
    key: str
    span: Span
    first: int
    """Index of its first word in the sentence."""
    last: int
    is_owner: bool
    """Whether an 's follows."""


def find(passage: Passage, pair: SentencePair) -> Iterator[Finding]:
    """Yield two names or numbers that changed places, and a name whose numeral changed."""
    base = words(passage.base, pair.base_span)
    witness = words(passage.witness, pair.witness_span)
    yield from sorted((*_names(passage, base, witness), *_numbers(base, witness)), key=_is_read_first)
    yield from _numerals(passage, pair)


def _names(passage: Passage, base: Sequence[RowWord], witness: Sequence[RowWord]) -> Iterator[Finding]:
    own, other = _named(base), _named(witness)
    common = {word.lower for word in base} & {word.lower for word in witness}
    for first_key, second_key in combinations(own, 2):
        if first_key not in other or second_key not in other:
            continue
        first, second = sorted((own[first_key], own[second_key]), key=_first)
        one, two = sorted((other[first_key], other[second_key]), key=_first)
        if first.key == one.key or first.is_owner or second.is_owner or one.is_owner or two.is_owner:
            continue
        if not _say_the_same(base[first.last + 1 : second.first], witness[one.last + 1 : two.first], common):
            continue
        if _turns(passage.base, first, second) and _turns(passage.witness, one, two):
            yield _exchange(passage, (first.span, second.span), (one.span, two.span))


def _is_read_first(finding: Finding) -> tuple[int, str]:
    """Return what exchanges are sorted by, the same whichever side is the base."""
    return finding.base[0] + finding.witness[0], finding.says


def _turns(text: str, first: _Name, second: _Name) -> bool:
    """Return whether a sentence means something else after two names in it changed places."""
    tokens = [tokens_of(text, span) for span in (first.span, (first.span[1], second.span[0]), second.span)]
    return all(tokens) and turns_meaning(text, Exchange(*tokens))


def _first(name: _Name) -> int:
    return name.first


def _exchange(passage: Passage, base: tuple[Span, Span], witness: tuple[Span, Span]) -> Finding:
    phrases = sorted((passage.base[slice(*span)] for span in base), key=in_order)
    return Finding(
        "exchange",
        (base[0][0], base[1][1]),
        (witness[0][0], witness[1][1]),
        f"changed places: {', '.join(phrases)}",
        "exchange-places",
    )


def _named(sentence: Sequence[RowWord]) -> dict[str, _Name]:
    """Return the names of a sentence that it has once, by their last word."""
    names: dict[str, _Name] = {}
    twice: set[str] = set()
    at = 0
    while at < len(sentence):
        last = at
        while (
            last + 1 < len(sentence)
            and _has_capital(sentence[at])
            and _has_capital(sentence[last + 1])
            and sentence[last + 1].start - sentence[last].end == 1
        ):
            last += 1
        if _has_capital(sentence[at]):
            key = sentence[last].lower.removesuffix("'s")
            twice.update({key} & names.keys())
            owner = sentence[last].lower.endswith("'s")
            names[key] = _Name(key, (sentence[at].start, sentence[last].end), at, last, owner)
        at = last + 1
    return {key: name for key, name in names.items() if key not in twice}


def _has_capital(word: RowWord) -> bool:
    return word.text[0].isupper() and word.lower not in FUNCTION


def _say_the_same(own: Sequence[RowWord], other: Sequence[RowWord], common: Set[str]) -> bool:
    """Return whether the words between two names bind them in the same way; ``common`` are those of both sentences."""
    if max(len(own), len(other)) > MAX_WORDS_BETWEEN:
        return False
    bound = [[word.lower for word in some if word.lower in _BINDING - _TENSES] for some in (own, other)]
    content = [
        [word.lower for word in some if word.lower not in FUNCTION | _BINDING] for some in (own, other)
    ]
    if bound[0] != bound[1] or not content[0] or len(content[0]) != len(content[1]):
        return False
    replaced = [pair for pair in zip(*content, strict=True) if not are_forms(*pair)]
    if any(word[0].isdigit() or word in NUMBERS or word in common for pair in replaced for word in pair):
        return False  # each takes its figure or its word along
    kept = len(content[0]) - len(replaced)
    return not replaced or (len(replaced) == 1 and kept >= MIN_KEPT_WITH_ANOTHER)


def _numbers(base: Sequence[RowWord], witness: Sequence[RowWord]) -> Iterator[Finding]:
    own, other = _counted(base), _counted(witness)
    for first, second in combinations([number for number in own if number in other], 2):
        firsts, seconds = own[first][1] - own[second][1], own[second][1] - own[first][1]
        first_there, second_there = other[first][1], other[second][1]
        if (
            first_there & seconds
            and second_there & firsts
            and not first_there & firsts
            and not second_there & seconds
        ):
            spans = sorted((own[first][0], own[second][0]))
            others = sorted((other[first][0], other[second][0]))
            yield Finding(
                "exchange",
                (spans[0][0], spans[1][1]),
                (others[0][0], others[1][1]),
                f"changed places: {', '.join(sorted((first, second), key=in_order))}",
                "exchange-places",
            )


def _counted(sentence: Sequence[RowWord]) -> dict[str, tuple[Span, set[str]]]:
    """Return the numbers in figures that a sentence has once, each with what is said of it."""
    counted: dict[str, tuple[Span, set[str]]] = {}
    twice = set()
    for at, word in enumerate(sentence):
        if not _NUMBER.match(word.text):
            continue
        said = {sentence[at - 1].lower} & _DIRECTIONS if at else set()
        for following in sentence[at + 1 : at + 1 + MAX_WORDS_AFTER]:
            if following.text[0].isdigit():
                break
            if following.lower not in FUNCTION:
                said.add(_FATES.get(following.lower, following.lower[:MAX_KEY]))
        if word.text in counted:
            twice.add(word.text)
        counted[word.text] = word.span, said
    return {number: value for number, value in counted.items() if number not in twice}


def _numerals(passage: Passage, pair: SentencePair) -> Iterator[Finding]:
    sides: tuple[tuple[SideName, Span], ...] = (("base", pair.base_span), ("witness", pair.witness_span))
    own, other = (
        {match["head"]: match for match in _REGNAL.finditer(passage.text(side), *span)}
        for side, span in sides
    )
    both = {match[0] for match in _REGNAL.finditer(passage.base)} & {
        match[0] for match in _REGNAL.finditer(passage.witness)
    }
    for head in sorted(own.keys() & other.keys()):
        first, second = own[head]["numeral"], other[head]["numeral"]
        if first != second and both.isdisjoint((own[head][0], other[head][0])):
            says = f"number changed: {first} → {second}"
            yield Finding(
                "number", own[head].span("numeral"), other[head].span("numeral"), says, "number-changed"
            )
