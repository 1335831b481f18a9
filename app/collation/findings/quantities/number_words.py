"""English number words read as numbers: "two hundred and fifty", "half a million", "twenty-first", "two-thirds"."""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from fractions import Fraction

from app.collation import lexicon
from app.collation.patterns import pattern
from app.collation.text import words
from app.collation.text.words import LETTERS_PATTERN

_SMALL_ORDINALS = ("zeroth", "first", "second", "third")
_BELOW_HUNDRED = {
    **{word: (number, False) for word, number in lexicon.numbers("cardinal").items()},
    **{word: (number, True) for word, number in lexicon.numbers("ordinal").items()},
}
SCALES = lexicon.numbers("scale")
_MULTIPLES = {**SCALES, **lexicon.numbers("multiple")}
_TIMES = lexicon.numbers("times")
"""Words that hold a number and count for nothing on their own: three times as much has tripled."""

_SCALE_ORDINALS = lexicon.numbers("scale_ordinal")
_DENOMINATORS = lexicon.fractions()
_UNCERTAIN = frozenset({"zero", "nil", "one", "two", *_SMALL_ORDINALS})
"""Words of many uses - "no one", "the two", "at first", "a second" - that count for nothing on their own."""

_WORD = "|".join(sorted({*_BELOW_HUNDRED, *_MULTIPLES, *_SCALE_ORDINALS}, key=len, reverse=True))
WORDS = frozenset((*_BELOW_HUNDRED, *_MULTIPLES, *_SCALE_ORDINALS, *_DENOMINATORS, *_TIMES))
"""Every word that a number may be made of."""

_COMMA = (
    r"(?:(?<=thousand)|(?<=million)|(?<=billion)),[ ]"
    r"(?=[a-z]+[ -](?:hundred|[a-z]+[ -]thousand|thousand|million)(?![a-z]))"
)
"""A comma inside a number: five thousand, six hundred."""

_PART = "|".join(sorted(_DENOMINATORS, key=len, reverse=True))
_STARTS = WORDS | {"a", "an"}
_MEANT = WORDS.union(f"{word}s" for word in _DENOMINATORS)
"""Every number in words has one of these."""

_SPELLED = pattern(
    rf"""(?<![^\W_])(?:
        (?P<parts>(?:an?|one|two|three|four|five|six|seven|eight|nine)[ -](?:{_PART})s?(?=[ -]of\b|s?\b))(?![^\W_])
        (?:[ ]of[ ]an?[ ](?P<whole>{"|".join(_MULTIPLES)})(?![^\W_]))?
      | (?P<halved>half[ -](?:an?[ ])?(?P<of>{"|".join(_MULTIPLES)}))(?![^\W_])
      | (?P<half>half(?:[ -]an?)?)(?![^\W_])
      | (?P<run>(?:an?[ ](?=(?:{"|".join(_MULTIPLES)})(?![^\W_])))?
               (?:{_WORD})(?:(?:[ ]|-[ ]?|[ ]and[ ]|-and-|{_COMMA})(?:{_WORD}))*)(?![^\W_])
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_RUN_WORD = pattern(rf"(?:{_WORD}|and|an?)(?![^\W_])", re.IGNORECASE)


MAX_NUMBERS = 8_000
"""Figures and number words of a text above which its numbers and dates are not compared, and the document says so: a
long table has fewer, each takes as long to read as ten other words, and 9,000 in 8,000 rows that differ took 6 s."""

_FIGURES = re.compile(r"\d[\d.,:]*")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in words: its place, its amount, and whether it is surely meant as a number."""

    start: int
    end: int
    amount: Fraction
    firm: bool
    is_part: bool = False
    """A half, two thirds ...: a share of something, which 50 percent may be too."""


def letter_runs(text: str) -> frozenset[str]:
    """Return the runs of letters in ``text``, in small letters: a quick look at what it can hold at all.

    >>> sorted(letter_runs("Two-thirds of 5km"))
    ['km', 'of', 'thirds', 'two']
    """
    return frozenset(words.letter_runs(text.lower()))


def scale_of(printed: str) -> int:
    """Return what the last word of a number multiplies by: 1,000,000 for "5 million"; 1 if it is not such a word."""
    last = re.findall(r"[a-z]+", printed.lower())[-1:]
    return SCALES.get(last[0], 1) if last else 1


def has_too_many_numbers(paragraphs: Sequence[str]) -> bool:
    """Return whether a text holds more than ``MAX_NUMBERS`` figures and number words.

    >>> has_too_many_numbers(["7 " * 20_001]), has_too_many_numbers(["five hundred"])
    (True, False)
    """
    if sum(map(len, paragraphs)) <= 2 * MAX_NUMBERS:
        return False
    count = 0
    for paragraph in paragraphs:
        words = paragraph.lower().split()
        count += len(_FIGURES.findall(paragraph)) + sum(map(WORDS.__contains__, words))
        if count > MAX_NUMBERS:
            return True
    return False


def spelled(text: str, letters: Set[str]) -> Iterator[Numeral]:
    """Yield the numbers spelled out in ``text``, in order; ``letters`` is its ``letter_runs``.

    >>> text = "two hundred and fifty, half a million, twenty-first, two-thirds, five, six"
    >>> [str(n.amount) for n in spelled(text, letter_runs(text))]
    ['250', '500000', '21', '2/3', '5', '6']
    """
    if _MEANT.isdisjoint(letters):
        return
    end = 0
    for word in LETTERS_PATTERN.finditer(text):
        # A look in a set of words is far quicker than trying the long pattern at every letter.
        if word.group().lower() not in _STARTS or word.start() < end:
            continue
        if (times := _TIMES.get(word.group().lower())) is not None:
            yield Numeral(*word.span(), Fraction(times), False)
            continue
        match = _SPELLED.match(text, word.start())
        if match is None:
            continue
        end = match.end()
        words = re.split(r"[ -]", match.group().lower())
        if match["parts"]:
            count = _BELOW_HUNDRED[words[0]][0] if words[0] in _BELOW_HUNDRED else 1
            part = words[1] if words[1] in _DENOMINATORS else words[1].removesuffix("s")
            if count > 1 and not words[1].endswith("s"):
                yield from _run(match)  # "two third-placed teams"
                continue
            amount = count * _DENOMINATORS[part]
            if match["whole"]:
                yield Numeral(*match.span(), amount * _MULTIPLES[match["whole"].lower()], True)
            else:
                yield Numeral(*match.span(), amount, count > 1, True)
        elif match["halved"]:
            yield Numeral(match.start(), match.end(), Fraction(_MULTIPLES[match["of"].lower()], 2), True)
        elif match["half"]:
            yield Numeral(match.start(), match.end(), Fraction(1, 2), False, True)
        else:
            yield from _run(match)


def _run(run: re.Match[str]) -> Iterator[Numeral]:
    """Yield the numbers in an unbroken run of number words: "five six" are two, "five hundred and six" is one."""
    total = current = 0
    start = last = -1
    words: list[str] = []
    pending_and = False
    for match in _RUN_WORD.finditer(run.string, run.start(), run.end()):
        word = match.group().lower()
        if word in ("a", "an"):
            start = match.start() if start < 0 else start
            continue
        if word == "and":
            pending_and = True
            continue
        grown = _grow(total, current, word, bool(words), pending_and)
        if grown is None:
            yield _numeral(start, last, total + current, words)
            start, words = -1, []
            grown = _grow(0, 0, word, False, False) or (0, 0)
        total, current = grown
        start = match.start() if start < 0 else start
        last = match.end()
        words.append(word)
        pending_and = False
    if words:
        yield _numeral(start, last, total + current, words)


def _numeral(start: int, end: int, amount: int, words: list[str]) -> Numeral:
    bare_multiple = words[0] in _MULTIPLES and len(words) == 1
    return Numeral(
        start, end, Fraction(amount), not (len(words) == 1 and (words[0] in _UNCERTAIN or bare_multiple))
    )


def _grow(total: int, current: int, word: str, begun: bool, after_and: bool) -> tuple[int, int] | None:
    """Return ``(total, current)`` with one more word, or ``None`` if the word begins a number of its own."""
    if word in _BELOW_HUNDRED:
        number, _ = _BELOW_HUNDRED[word]
        if not begun:
            return total, number
        if after_and and not (current >= 100 or (total and not current)):
            return None
        if current % 100 == 0 and (current or total):
            return total, current + number
        if current % 100 >= 20 and current % 10 == 0 and 0 < number < 10:
            return total, current + number
        return None
    factor = _SCALE_ORDINALS.get(word) or _MULTIPLES[word]
    if not begun:
        return (0, factor) if factor == 100 or factor == 12 else (factor, 0)
    if after_and or current == 0 or (total and factor >= total):
        return None
    if factor == 100 or factor == 12:
        return (total, current * factor) if current < 100 else None
    return total + current * factor, 0
