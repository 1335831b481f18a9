"""Times relative to the day of writing: yesterday, last week, earlier this year; in other languages as in CLDR."""

from collections.abc import Collection, Iterator, Sequence, Set
from dataclasses import replace
from fractions import Fraction
from functools import cache

import regex

from app.collation import lexicon
from app.collation.findings.quantities.matching import RELATIVE, Value
from app.collation.model import Span
from app.collation.patterns import pattern
from app.collation.text.tokens import UNSPACED

_GRAINS = ("day", "weekend", "week", "month", "quarter", "year", "decade", "century")
_SEASONS = ("spring", "summer", "autumn", "winter")
_STEPS = {
    -1: ("last", "past", "previous", "prior"),
    0: ("this", "current"),
    1: ("next", "coming", "following", "forthcoming", "upcoming"),
}
_STEP_OF = {word: step for step, words in _STEPS.items() for word in words}
_DAYS = {
    "the day before yesterday": (-2,), "yesterday": (-1,), "last night": (-1, 0), "last evening": (-1,), "today": (0,),
    "tonight": (0,), "this morning": (0,), "this afternoon": (0,), "this evening": (0,), "tomorrow": (1,),
    "the day after tomorrow": (2,),
}  # fmt: skip
WORDS = frozenset((*_STEP_OF, *_SEASONS, *_GRAINS, *"fall earlier later ago".split())).union(
    *(phrase.split() for phrase in _DAYS)
) - {"the", "day", "before", "after"}
"""Words of which one is among those that differ wherever such a time does."""

_DAYS_ALONE = frozenset(phrase for phrase in _DAYS if " " not in phrase)
_STEPPED = WORDS - _STEP_OF.keys() - _DAYS_ALONE
"""Words that follow a step: of "last week" the second."""

_TIMES = pattern(
    rf"""(?<![^\W_])(?:(?:in|over|during|within|for|of|by|since)[ ](?=the[ ]|this[ ]))?
      (?P<side>(?:earlier|later)[ ](?:in[ ]the[ ])?)?(?:
        (?P<day>{"|".join(phrase.replace(" ", "[ ]") for phrase in _DAYS)})
      | (?:(?:the|this)[ ])?(?P<step>{"|".join(_STEP_OF)})[ ]
        (?P<grain>{"|".join((*_GRAINS, *_SEASONS, "fall"))})(?![ ]of[ ]|[^\W_]|-)
    )(?![^\W_])""",
    regex.VERBOSE | regex.IGNORECASE,
)
_LATIN = regex.compile(r"\p{Latin}")
_CODES = 1000
"""Readings are numbers that stand for a unit and how many of it from now, so that equal numbers mean the same."""


def hinted(base: str, witness: str) -> bool:
    """Return whether both texts have an English phrase for a time relative to the day of writing."""
    return _TIMES.search(base) is not None and _TIMES.search(witness) is not None


def times(text: str, letters: Set[str]) -> Iterator[Value]:
    """Yield the times of an English text; none counts on its own, since another text may give the date.

    >>> [len(value.readings) for value in times("He left last week.", {"last", "week"})]
    [1]
    """
    if _DAYS_ALONE.isdisjoint(letters) and (
        _STEP_OF.keys().isdisjoint(letters) or _STEPPED.isdisjoint(letters)
    ):
        return
    for match in _TIMES.finditer(text):
        side = (match["side"] or "").lower()
        if match["day"]:
            steps = _DAYS[match["day"].lower()]
            codes = [*(_code("day", step) for step in steps), *([_code("week", 0)] if 0 in steps else ())]
            start = match.start("day")
        else:
            grain, step = match["grain"].lower(), _STEP_OF[match["step"].lower()]
            codes, start = (
                [*_of_grain("autumn" if grain == "fall" else grain, step, side)],
                match.start("step"),
            )
        yield _value(match.span(), (start, match.end()), codes)


def _of_grain(grain: str, step: int, side: str) -> Iterator[int]:
    """Yield codes for everything that a phrase may mean, the step itself first: earlier this year may be last month."""
    yield _code(grain, step)
    if grain == "day":
        # "The next day" is counted from the day that the story is about, which may be any of these.
        yield from (_code(grain, day) for day in (-1, 0, 1))
    if grain == "weekend":
        yield _code("week", step)
    if grain in _SEASONS:
        yield from {_code("year", 0), _code("year", step)}
    elif side and step == 0:
        for smaller in _GRAINS[: _GRAINS.index(grain)]:
            yield _code(smaller, -1 if side.startswith("earlier") else 1)


def times_in(text: str, languages: Collection[str]) -> Iterator[Value]:
    """Yield the times of a text that is in one of these languages.

    >>> [text for text in ("letzte Woche", "in der letzten Woche", "nächste Woche") for _ in times_in(text, ["de"])]
    ['letzte Woche', 'in der letzten Woche', 'nächste Woche']
    """
    phrases = _phrases(tuple(sorted(languages)), text.isascii())
    if phrases is None:
        return
    pattern, codes_by_group = phrases
    for match in pattern.finditer(lexicon.plain_form(text)):
        yield _value(match.span(), match.span(), codes_by_group[match.lastgroup or ""])


def merged(text: str, values: Sequence[Value], times_found: Sequence[Value]) -> list[Value]:
    """Return the values with those times; a number inside one, as of "next week", is one with it.

    An amount of time before "ago" may be another's "last week" too.
    """
    merged_values = [_ago(text, value) for value in values] if " ago" in text else list(values)
    for time in times_found:
        inside = next(
            (
                place
                for place, value in enumerate(merged_values)
                if value.kind == "number" and time.span[0] <= value.span[0] and value.span[1] <= time.span[1]
            ),
            None,
        )
        if inside is None:
            merged_values.append(time)
        else:
            value = merged_values[inside]
            merged_values[inside] = replace(
                value,
                kind="date",
                span=time.span,
                part=time.part,
                readings=(*time.readings, *value.readings),
            )
    return merged_values


def _ago(text: str, value: Value) -> Value:
    if (
        value.measure is None
        or value.measure.dimension != "time"
        or not text.startswith(" ago", value.span[1])
    ):
        return value
    grain = text[value.span[0] : value.span[1]].lower().split()[-1].removesuffix("s")
    if grain not in _GRAINS:
        return value
    steps = [amount for amount in value.measure.amounts if amount.denominator == 1]
    codes = tuple(
        (RELATIVE, Fraction(code))
        for step in steps
        for code in (
            _code(grain, -int(step)),
            *([_code("year", -int(step / 12))] if grain == "month" and step % 12 == 0 else ()),
        )
    )
    return replace(value, span=(value.span[0], value.span[1] + len(" ago"))).with_readings(codes)


def _value(span: Span, part: Span, codes: Sequence[int]) -> Value:
    readings = tuple((RELATIVE, Fraction(code)) for code in dict.fromkeys(codes))
    return Value("date", span, part, readings, firm=False)


def _code(grain: str, step: int) -> int:
    return (*_GRAINS, *_SEASONS).index(grain) * _CODES + step


@cache
def _phrases(
    languages: tuple[str, ...], ascii_only: bool
) -> tuple[regex.Pattern[str], dict[str, list[int]]] | None:
    """Return a pattern of the languages' phrases, and what each of its groups means.

    Those in another script than Latin are looked for in every text that may hold them: few languages share one.
    """
    codes_by_phrase: dict[str, dict[int, None]] = {}
    for language, unit, offset, phrases in lexicon.rows("relative_times"):
        if language in languages or (not ascii_only and _LATIN.search(phrases) is None):
            for phrase in phrases.split("|"):
                plain = _inflected(lexicon.plain_form(phrase))
                codes_by_phrase.setdefault(plain, {})[_code(unit, int(offset))] = None
    if not codes_by_phrase:
        return None
    longest_first = sorted(codes_by_phrase, key=len, reverse=True)
    alternatives = "|".join(f"(?P<p{place}>{phrase})" for place, phrase in enumerate(longest_first))
    pattern = regex.compile(
        rf"(?<![\p{{L}}\p{{M}}--[{UNSPACED}\p{{Hangul}}]])(?:[\p{{L}}--\p{{Hangul}}]{{1,3}} ){{0,2}}(?:{alternatives})"
        rf"(?![\p{{L}}\p{{M}}--[{UNSPACED}\p{{Hangul}}]])(?<![周週](?=[一二三四五六日天末]))",
        regex.VERSION1,
    )
    return pattern, {f"p{place}": [*codes_by_phrase[phrase]] for place, phrase in enumerate(longest_first)}


def _inflected(phrase: str) -> str:
    """Return a pattern for a phrase in any case, without its article or preposition.

    >>> [bool(regex.fullmatch(_inflected("в прошлом году"), text)) for text in ("прошлого года", "прошлого месяца")]
    [True, False]
    """
    words = phrase.split()
    if len(words) == 1:
        return str(regex.escape(phrase))
    if len(words) > 2 and len(words[0]) < 3:
        words = words[1:]
    elif words[0].startswith("l'"):
        words[0] = words[0][2:]
    return " ".join(map(_in_any_case, words))


def _in_any_case(word: str) -> str:
    if len(word) < 4:
        return str(regex.escape(word))
    stem, ending = (word[:-2], 4) if len(word) > 4 else (word[:-1], 3)
    return rf"{regex.escape(stem)}\p{{L}}{{0,{ending}}}"
