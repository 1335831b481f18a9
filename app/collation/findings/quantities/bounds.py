"""The bound of a number: at least, up to, more than, nearly, about; and whether two bounds say the same."""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace

from app.collation import lexicon
from app.collation.findings.quantities.matching import (
    MAX_RUN,
    MIN_KEPT_SHARE_ONE_SIDED,
    Bound,
    Drifted,
    Value,
)
from app.collation.findings.row.passage import Passage
from app.collation.findings.row.word_pairing import distance
from app.collation.model import Span
from app.collation.patterns import pattern
from app.collation.text.language import FUNCTION_WORDS

MAX_CHARS_BEFORE = 36
"""Characters before a number in which its bound is looked for: "at a minimum of slightly more than a"."""

MAX_DISTANCE = 40
"""Code points between the places of one amount in two texts up to which its bounds are compared."""

_NAMES = {
    place: {phrase: name for phrase, name, at in lexicon.rows("bounds") if at == place}
    for place in ("before", "after")
}
_PHRASES = {place: "|".join(sorted(names, key=len, reverse=True)) for place, names in _NAMES.items()}
_BEFORE = pattern(
    rf"""
    (?:(?<![^\W_])(?P<words>{_PHRASES["before"].replace(" ", "[ ]")})[ -]["“”„«‘']?|(?P<sign>[~≈><≥≤]|&[gl]t;)[ ]?)
    (?:an?[ ]|the[ ](?:(?:age|number|figure|level|mark|sum|value)[ ]of[ ])?["“„«‘']?)?\Z
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SIGNS = {
    "~": "about",
    "≈": "about",
    "≤": "ceiling",
    "≥": "floor",
    "+": "floor",
    "<": "below",
    "&lt;": "below",
    ">": "floor",
    "&gt;": "floor",
}
_SIGN = re.compile("[~≈><≥≤+]|&[gl]t;")
_AFTER = re.compile(
    rf"(?:[ ][^\W\d_]+){{0,4}}?[ ](?P<words>{_PHRASES['after']})(?![^\W_]|[ ]than\b)|(?P<sign>\+)(?!\d)",
    re.IGNORECASE,
)
BOUND_WORDS = frozenset(
    word for names in _NAMES.values() for phrase in names for word in phrase.split()
) - frozenset("at the a an no not than of in to or and as very give take".split())
"""Words of which one is in every bound."""

_LOOSE = frozenset(
    map(
        frozenset[str],
        (
            ("", "about"), ("", "exactly"), ("nearly", "about"), ("nearly", "below"),
            ("ceiling", "below"), ("barely", "about"), ("", "floor, compared"), ("", "below, compared"),
            ("floor", "floor, compared"), ("below", "below, compared"),
        ),
    )
)  # fmt: skip
"""Bounds that may differ between two wordings of the same fact: a number with no bound is often a round one."""

_LOOSE_IN_OTHER_WORDS = ({"", "ceiling"}, {"", "nearly"}, {"floor", "barely"})
"""The same in a reworded row."""

_RANGE = re.compile(r"[-‑–]\d")
"""What follows the first number of a range, which needs no bound: up to 20-25."""

_SUM = re.compile(r"[ ]?\d")
"""What follows a plus that adds: 20+19."""

_COMPARED = re.compile(r"\bthan[ ]the[ ]\Z", re.IGNORECASE)
"""What makes a bound of something known: more than the 58,000 that the neighbours are paid."""

_EARLIER = re.compile(r"(?: (?:day|week|month|quarter|year|decade)s?)? (?:earlier|before)\b", re.IGNORECASE)
"""What follows a time that something is compared with: three more than a year earlier."""

_DENIED = re.compile(r"(?:\b(?:not|never|nobody|cannot)|n['’]t)\b[^.!?;:]*\Z", re.IGNORECASE)
"""What makes a ceiling of the floor after it: advised not to take it for more than two years."""

MAX_CHARS_TO_NOT = 80
"""Characters before a bound in which such a word is looked for."""

_WORD = re.compile(r"[ ]([a-z]+)")
_DETERMINED = re.compile(r"\b(?:the|his|her|their|its|a|whose)[ ](?:[a-z]+[ ])?\Z", re.IGNORECASE)
"""What comes before a noun."""

_PREPOSITION = re.compile(r"(?:over|around|above|beyond|below|under|about|short of)\Z", re.IGNORECASE)
"""Words that may go with what is counted: over five years, under two kings."""

MAX_COUNTED_PEOPLE = 12
"""A number up to which such a word may do so where no unit follows."""

UNSURE = "unsure"
"""The bound of a number that perhaps has none."""

_ORDINALS = frozenset(lexicon.numbers("ordinal"))
_ORDINAL = re.compile(r"\d(?:st|nd|rd|th)\Z")


def with_bounds(text: str, values: Sequence[Value], letters: Set[str]) -> list[Value]:
    """Return the values, those of numbers with the bound before or after them."""
    if BOUND_WORDS.isdisjoint(letters) and _SIGN.search(text) is None:
        return [*values]
    bounded = []
    for value, limit in zip(values, _limits(text, values), strict=True):
        bound = _bound(text, value, limit) if _may_have_bound(text, value) else None
        bounded.append(replace(value, bound=bound) if bound else value)
    return bounded


def _limits(text: str, values: Sequence[Value]) -> Iterator[int]:
    """Yield where what follows each value ends: at the next one."""
    amounts = [value for value in values if not _is_rate(text, value)]
    at = 0
    for value in values:
        while at < len(amounts) and amounts[at].part[0] <= value.part[0]:
            at += 1
        yield amounts[at].part[0] if at < len(amounts) else len(text)


def _is_rate(text: str, value: Value) -> bool:
    """Return whether a value is the unit of another's rate: 30 millimetres per hour or more."""
    return text[slice(*value.part)].lower() == "per"


def _may_have_bound(text: str, value: Value) -> bool:
    """Return whether a value is an amount: no rank, no time of the day, and not the number of a name."""
    if (
        value.kind != "number"
        or value.silent
        or _is_rate(text, value)
        or value.readings[0][0] in ("clock", "vague")
    ):
        return False
    printed = text[slice(*value.part)].lower()
    if value.readings[0][0] == "share":
        return True
    if _ORDINAL.search(printed) or re.split(r"[ -]", printed)[-1] in _ORDINALS:
        return False
    return not (printed[:1].isalpha() and "-" in printed and printed[-1].isdigit())  # Covid-19


def _bound(text: str, value: Value, limit: int) -> Bound | None:
    start = value.part[0]
    match = _BEFORE.search(text, max(0, start - MAX_CHARS_BEFORE), start)
    if match and (
        _RANGE.match(text, value.part[1])
        or _is_done(match, value)
        or _is_noun(text, match)
        or _EARLIER.match(text, value.part[1])
    ):
        return None
    if match and match["sign"]:
        return Bound(_SIGNS[match["sign"]], match.span("sign"))
    if match:
        is_unsure = _PREPOSITION.fullmatch(match["words"]) and _may_be_counted(value)
        name = UNSURE if is_unsure else _NAMES["before"][match["words"].lower()]
        if _COMPARED.search(match.group()):
            name = f"{name}, compared"
        return Bound(name, match.span("words"))
    match = _AFTER.match(text, value.span[1], limit)
    if match is None or (match["sign"] and _SUM.match(text, match.end())):
        return None
    if match["words"] and match["words"].lower() == "and more" and _begins_phrase(text, match.end()):
        return None
    if match["words"] and limit < len(text) and not text[match.end() : limit].strip(' "“'):
        return None  # seven were hurt, at least two badly
    name = _SIGNS["+"] if match["sign"] else _NAMES["after"][match["words"].lower()]
    return Bound(name, match.span("sign" if match["sign"] else "words"))


def _is_done(match: re.Match[str], value: Value) -> bool:
    """Return whether what looks like a bound is a verb for something done: she passed four subjects."""
    return match["words"] is not None and match["words"].lower() == "passed" and _may_be_counted(value)


def _begins_phrase(text: str, at: int) -> bool:
    """Return whether a noun or an adjective follows, of which there is more: 12 cooks and more money."""
    following = _WORD.match(text, at)
    return following is not None and following[1] not in FUNCTION_WORDS


def _is_noun(text: str, match: re.Match[str]) -> bool:
    """Return whether what would be a bound is a noun: the passing 35 years ago of a sailor."""
    return (
        match["words"] is not None
        and match["words"].lower() == "passing"
        and _DETERMINED.search(text, 0, match.start("words")) is not None
    )


def _may_be_counted(value: Value) -> bool:
    unit, amount = value.readings[0]
    if value.measure is not None:
        return value.measure.dimension == "time"
    return not unit and amount <= MAX_COUNTED_PEOPLE and amount.denominator == 1


def drifted(
    passage: Passage, equals: Iterable[tuple[Value, Value]], rewritten: bool = False
) -> Iterator[Drifted]:
    """Yield the pairs of ``equals`` that stayed in their place, with bounds that say something else.

    In a ``rewritten`` row "up to" may be how far something went (gusts reached 20, gusts of up to 20), and "closer to"
    where it goes.
    """
    for base, witness in equals:
        if (
            differ(base.bound, witness.bound)
            and not (rewritten and {_name(base), _name(witness)} in _LOOSE_IN_OTHER_WORDS)
            and not _is_denied(passage, base, witness)
            and passage.kept_share >= MIN_KEPT_SHARE_ONE_SIDED
            and max(passage.run_at(_place(base), "base"), passage.run_at(_place(witness), "witness"))
            <= MAX_RUN
            and distance(passage, base.part, witness.part) <= MAX_DISTANCE
        ):
            yield Drifted(base, witness, is_bound=True)


def _is_denied(passage: Passage, base: Value, witness: Value) -> bool:
    """Return whether one side denies what is more, and the other says what is most: not more than, at most."""
    sides = (passage.base, base.bound), (passage.witness, witness.bound)
    floors = [(text, bound) for text, bound in sides if bound and bound.name == "floor"]
    if len(floors) != 1 or {_name(base), _name(witness)} != {"floor", "ceiling"}:
        return False
    text, bound = floors[0]
    return _DENIED.search(text, max(0, bound.span[0] - MAX_CHARS_TO_NOT), bound.span[0]) is not None


def _name(value: Value) -> str:
    return value.bound.name if value.bound else ""


def _place(value: Value) -> Span:
    return value.bound.span if value.bound else value.part


def differ(first: Bound | None, second: Bound | None) -> bool:
    """Return whether two bounds of one amount differ in meaning.

    >>> least, over, upto = (Bound(name, (0, 0)) for name in ("floor", "floor", "ceiling"))
    >>> differ(least, over), differ(least, upto), differ(None, upto)
    (False, True, True)
    """
    names = {bound.name if bound else "" for bound in (first, second)}
    return len(names) == 2 and UNSURE not in names and frozenset(names) not in _LOOSE
