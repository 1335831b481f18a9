"""Numbers in a reworded row: those that the other side lacks or has a different one for."""

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA

from app.collation.findings.document_context import Texts
from app.collation.findings.quantities import number_words
from app.collation.findings.quantities.matching import Drifted, Value
from app.collation.findings.row.passage import Passage, overlap
from app.collation.findings.row.slot import slot_of
from app.collation.lexicon import weekdays
from app.collation.model import SideName, Span
from app.collation.text.sentences import boundaries, start_of_sentence

MIN_KEPT_AROUND_ALONE = 0.4
"""The least kept share of the words around a value on one side only, in texts reworded throughout. On 220 pairs of
translations, three in four numbers with less were only worded differently, or left out with their clause."""

MAX_WORDS_IN_SLOT = 3
"""Words in its slot that the other side's lacks, both together."""

MAX_CHARS_TO_NOUN = 160
"""Code points around a number's place in which what it counts is looked for."""

_COUNTED = re.compile(r"(?:[ ][^\W\d_]+){2,4}")
"""Words right after a number: of "30 Dow industrial stocks" the last is what it counts."""

_NOUN = re.compile(r" ([^\W\d_]{3,})")
"""What comes right after a number."""

MIN_FIGURES_ELSEWHERE = 3
"""Figures of a number, at least, that is looked for in other paragraphs: a shorter one is there by chance."""

_FIGURES = re.compile(r"\d+")
_MARKS = re.compile(r"(?<=\d)[., ](?=\d{3}(?!\d))")
"""What separates the thousands of a number."""

_COMPOUND = re.compile(r"[A-Za-z]+[-‑](?!year|day|month|week|hour|minute)[a-z]+")
"""A number in words that is part of one: a five-timer, the three-eye."""

MAX_CHARS_OF_A_COMPOUND = 20
"""Code points after a number in which such a word ends."""

_FIGURE = re.compile(r"\d")

MAX_SENTENCE_CHARS = 300
"""Code points before and after a date in which its sentence is read."""

_FROM_TODAY = re.compile(
    r"\b(?:today|yesterday|tomorrow|tonight|ago|(?:last|this|next|previous|past|current|coming|same)[ ]"
    rf"(?:year|month|week|night|spring|summer|autumn|fall|winter)|{'|'.join(day.name for day in weekdays())})\b",
    re.IGNORECASE,
)
"""What says when, from the day of writing."""

_DAYS = frozenset("today yesterday tomorrow".split()) | {day.name.lower() for day in weekdays()}
"""Words that name a day without a number: on Monday, yesterday."""


def is_missing(passage: Passage, drift: Drifted, texts: Texts) -> bool:
    """Return whether a number was replaced by another, or its clause is on the other side without it.

    If its clause is missing too, a translator may have moved it to the next paragraph.

    For dates, the clause is not compared, since they may come at either end of a sentence.
    """
    if drift.base and drift.witness:
        return (
            _are_one_amount(drift.base, drift.witness)
            or _share_a_slot(passage, drift.base, drift.witness)
            or (
                _are_of_one_sort(drift.base, drift.witness)
                and (
                    any(map(_is_of_time, (drift.base, drift.witness)))
                    or _may_be_misread(drift.base, drift.witness)
                    or _count_one_thing(passage, drift)
                )
            )
        )
    value = drift.base or drift.witness
    if value is None:
        return True
    side: SideName = "base" if drift.base else "witness"
    if value.kind == "date":
        return not _is_told_from_today(passage, value, side)
    slot = slot_of(passage, value.span, side)
    return (
        slot.kept_share >= MIN_KEPT_AROUND_ALONE
        and _COMPOUND.match(passage.text(side), *_from(value, passage.text(side))) is None
        and len(slot.own) + len(slot.other) <= MAX_WORDS_IN_SLOT
        and not any(_counts(word.lower) or word.lower in _DAYS for word in slot.other)
        and not _is_elsewhere(
            passage.text(side)[slice(*value.part)], texts.witness if side == "base" else texts.base
        )
    )


def _is_told_from_today(passage: Passage, value: Value, side: SideName) -> bool:
    """Return whether the other side's sentence says when, from the day of writing, and this one does not: last year."""
    sentences = (
        _sentence(passage.text(side), value.span),
        _sentence(
            passage.text("witness" if side == "base" else "base"), passage.other_side(value.span, side)
        ),
    )
    own, other = (len(_FROM_TODAY.findall(sentence)) for sentence in sentences)
    return other > own


def _sentence(text: str, span: Span) -> str:
    end = min(len(text), span[1] + MAX_SENTENCE_CHARS)
    return text[
        start_of_sentence(text, span[0], MAX_SENTENCE_CHARS) : next(boundaries(text, span[1], end), end)
    ]


def _is_elsewhere(number: str, paragraphs: Sequence[str]) -> bool:
    """Return whether a text has the figures of a number somewhere, if they are many."""
    figures = "".join(_FIGURES.findall(number))
    return len(figures) >= MIN_FIGURES_ELSEWHERE and figures in _without_marks(tuple(paragraphs))


def _from(value: Value, text: str) -> tuple[int, int]:
    return value.part[0], min(len(text), value.part[1] + MAX_CHARS_OF_A_COMPOUND)


@lru_cache(maxsize=2)
def _without_marks(paragraphs: tuple[str, ...]) -> str:
    """Return a text without the marks inside numbers; cached, since each text is searched for many numbers."""
    return "\n".join([_MARKS.sub("", paragraph) for paragraph in paragraphs])


def _are_one_amount(base: Value, witness: Value) -> bool:
    """Return whether two values are one amount, in other units: 65 kg, 65 km."""
    return not {amount for _, amount in base.readings}.isdisjoint(amount for _, amount in witness.readings)


def _are_of_one_sort(base: Value, witness: Value) -> bool:
    """Return whether two values are in one unit, or both measures."""
    units = {unit for unit, _ in base.readings}, {unit for unit, _ in witness.readings}
    return not units[0].isdisjoint(units[1]) and (base.measure is None) == (witness.measure is None)


def _is_of_time(value: Value) -> bool:
    """Return whether a value is of a date or the clock, of which a sentence seldom has several."""
    return value.kind == "date" or value.readings[0][0] == "clock"


def _may_be_misread(base: Value, witness: Value) -> bool:
    """Return whether one of two values may be the other with a figure or some zeros wrong: 553 and 53, 80 and 800.

    Of two figures each, half are so by chance; there the unit must be the same as well.
    """
    figures = sorted((_telling_figures(value) for value in (base, witness)), key=len)
    if figures[0] == figures[1]:
        return True
    has_unit = base.measure is not None or base.readings[0][0] != ""
    return len(figures[1]) >= (2 if has_unit else 3) and OSA.distance(*figures) <= 1


def _telling_figures(value: Value) -> str:
    """Return the figures of an amount from the first that is no zero to the last: 12 of 0.0120 and of 1,200."""
    amount = abs(value.readings[0][1])
    printed = str(amount.numerator) if amount.denominator == 1 else f"{float(amount):.6f}"
    return printed.replace(".", "").strip("0")


def _count_one_thing(passage: Passage, drift: Drifted) -> bool:
    """Return whether two values have the same noun after them: 14 people, 19 people."""
    nouns = [
        _NOUN.match(text, value.span[1])
        for text, value in ((passage.base, drift.base), (passage.witness, drift.witness))
        if value
    ]
    return all(nouns) and len({noun[1].lower().removesuffix("s") for noun in nouns if noun}) == 1


def _share_a_slot(passage: Passage, base: Value, witness: Value) -> bool:
    """Return whether each of two values is where the other text has the other one, among words that both have."""
    slots = slot_of(passage, base.span, "base"), slot_of(passage, witness.span, "witness")
    return (
        overlap(slots[0].place, witness.span) > 0
        and overlap(slots[1].place, base.span) > 0
        and min(slot.kept_share for slot in slots) >= MIN_KEPT_AROUND_ALONE
    )


def counts_part_of_a_name(passage: Passage, drift: Drifted) -> bool:
    """Return whether a number on one side counts part of a name by a noun that the other lacks: 30 Dow stocks."""
    value = drift.base or drift.witness
    if value is None or (drift.base and drift.witness):
        return False
    side: SideName = "base" if drift.base else "witness"
    span = value.span
    following = _COUNTED.match(passage.text(side), span[1])
    if following is None:
        return False
    counted = following[0].split()
    noun = next((at for at, word in enumerate(counted) if at and word.endswith("s")), 0)
    at = passage.other_side(span, side)[0]
    other = passage.text("witness" if side == "base" else "base")[
        max(0, at - MAX_CHARS_TO_NOUN) : at + MAX_CHARS_TO_NOUN
    ].lower()
    return (
        noun > 0
        and counted[0].lower().removesuffix("s") in other
        and re.search(rf"\b{counted[noun].lower()}\b", other) is None
    )


def _counts(word: str) -> bool:
    return (
        word in number_words.WORDS
        or word.removesuffix("s") in number_words.WORDS
        or _FIGURE.search(word) is not None
    )
