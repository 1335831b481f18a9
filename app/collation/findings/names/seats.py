"""What stands for a name: a seat for who governs (Moscow denied it), a state's letters, a month of another language."""

import re
from collections.abc import Collection, Sequence
from functools import cache
from itertools import islice

from app.collation import lexicon
from app.collation.findings.names import acting
from app.collation.findings.names.matching import NameIndex
from app.collation.findings.quantities import labels
from app.collation.findings.row.changed_words import RowWord, words
from app.collation.model import Span

MAX_CHARS_AROUND = 48
"""Code points before and after a name in which the words that show what it stands for are looked for."""

MAX_PLACES = 4
"""Places of one seat in a row that are looked at."""

_DEALING = lexicon.words("diplomacy", "dealing")
"""Nouns for what governments have with one another: pressure from, ties with."""

_GOVERNANCE = lexicon.words("diplomacy", "governance")
"""Nouns for a government, its people and what it does, which follow its name: the Kyiv government."""

_LINKS = frozenset("about against between by for from of on over to toward towards with".split())
_BESIDE = acting.ADVERBS | {"and", "has", "have", "had", "not"}
_ENDS = re.compile(r"[.;:!?](?!\w)")


def is_named_otherwise(text: str, span: Span, other_side: NameIndex) -> bool:
    """Return whether the other side says what the name at ``span`` means by another: its country, letters or month."""
    return (
        is_governed_there(text, span, other_side)
        or is_state_by_its_letters(text, span, other_side.text)
        or _is_of_an_office(text, span, other_side.text)
        or _is_month(text, span, other_side)
        or _is_of_label(text, span)
    )


def _is_of_label(text: str, span: Span) -> bool:
    """Return whether a name belongs to figures that count nothing: 14:05 GMT before a sentence."""
    return labels.without_labels(text)[slice(*span)].isspace()


def is_governed_there(text: str, span: Span, other_side: NameIndex) -> bool:
    """Return whether the name at ``span`` means a government that the other side names by its country or seat."""
    name = lexicon.called(" ".join(text[slice(*span)].split()))
    countries = lexicon.governed_from(name)
    if countries and any(_has_government_of(other_side, country) for country in countries):
        return _LOCAL.search(text, max(0, span[0] - MAX_CHARS_AROUND), span[0]) is None
    if countries and _opens_like(text, span, other_side.text, countries):
        return True
    if countries and not stands_for_government(text, span):
        countries = frozenset()
    if any(other_side.has(country) for country in countries):
        return True
    own = {seat for country in (countries or (name,)) for seat in lexicon.seats_of(country)}
    if not countries and _opens_like(text, span, other_side.text, own - {name}):
        return True
    is_government = not countries and _GOVERNMENT.match(text, span[1]) is not None
    return any(_is_meant(other_side, seat, is_government) for seat in own - {name})


def _opens_like(text: str, span: Span, other: str, names: Collection[str]) -> bool:
    """Return whether a name opens a sentence that continues like one of the other text after one of ``names``."""
    rest = _GOES_ON.match(text, span[1])
    if rest is None or _OPENS.search(text, max(0, span[0] - 3), span[0]) is None:
        return False
    return any(
        lexicon.called(match[1]) in names
        for match in re.finditer(
            rf"(?:\A|[.!?\n] ?)(?:The )?([A-Z][\w' -]{{2,30}})(?={re.escape(rest[0])})", other
        )
    )


_OPENS = re.compile(r"(?:\A|[.!?\n] ?)\Z")
_GOES_ON = re.compile(r" (?!(?:is|was|are|were|has|have|had)\b)[a-z]+ \w+ \w+")
"""A verb and two words; what is so of a city need not be so of its country."""


def _has_government_of(side: NameIndex, country: str) -> bool:
    """Return whether a text has the government of a country by that name: the Canadian government."""
    return "government" in side.lower and any(
        f" {form} government" in side.line for form in (country, *lexicon.other_names(country))
    )


_GOVERNMENT = re.compile(r"(?:['’]s)? government\b")
_LOCAL = re.compile(r"\b(?:across|around|at|in|inside|into|near|outside|through) (?:the )?\Z")
"""What comes before a city that is just a place."""


def _is_meant(side: NameIndex, seat: str, is_government: bool) -> bool:
    """Return whether a text has a ``seat`` of government that stands for who governs there.

    Where the other text has the government by that name (``is_government``), any that is not just a place does.
    """
    if seat not in side.unaccented:
        return False
    for match in islice(re.finditer(rf"\b{re.escape(seat)}\b", side.unaccented), MAX_PLACES):
        before = max(0, match.start() - MAX_CHARS_AROUND), match.start()
        if side.text[match.start()].isupper() and (
            (is_government and _LOCAL.search(side.text, *before) is None)
            or stands_for_government(side.text, match.span())
        ):
            return True
    return False


def stands_for_government(text: str, span: Span) -> bool:
    """Return whether a seat of government stands for the government, as far as the words around it show.

    >>> stands_for_government("Oslo rejected it.", (0, 4)), stands_for_government("It snowed in Oslo.", (13, 17))
    (True, False)
    """
    if lexicon.is_residence(lexicon.called(text[slice(*span)])):
        return True
    before = words(text, (max(0, span[0] - MAX_CHARS_AROUND), span[0]))
    after = [
        word
        for word in words(text, (span[1], min(len(text), span[1] + MAX_CHARS_AROUND)))
        if word.lower != "s"
    ]
    return _acts(text, after) or _is_acted_on(text, span[0], before)


def _acts(text: str, after: list[RowWord]) -> bool:
    place = 0
    while place < len(after) and (after[place].lower in _BESIDE or _is_joined(after, place)):
        place += 1
    if place == len(after) or _ENDS.search(text, after[0].start - 2, after[place].start):
        return False
    return after[place].lower in _GOVERNANCE or acting.acts(after[place].lower)


def _is_joined(after: list[RowWord], place: int) -> bool:
    """Return whether a word is another name that acts too: Bratislava and Ljubljana voted."""
    return place > 0 and after[place - 1].lower == "and" and after[place].text[0].isupper()


def _is_acted_on(text: str, at: int, before: list[RowWord]) -> bool:
    before = [word for word in before if word.lower != "the"]
    while len(before) > 2 and before[-1].lower in ("and", "or") and before[-2].text[0].isupper():
        before = before[:-2]
    if not before:
        return False
    last = before[-1].lower
    if last == "between":
        return True
    if last in _LINKS:
        return any(word.lower in _DEALING or word.lower in _GOVERNANCE for word in before[-4:-1]) or (
            last in ("by", "from", "with", "to") and any(acting.is_deed(word.lower) for word in before[-2:-1])
        )
    return acting.is_done_to(last)


def is_state_by_its_letters(text: str, span: Span, other: str) -> bool:
    """Return whether a name is a state after a place, and the other text has its letters there, or the other way round.

    >>> is_state_by_its_letters("in Long Beach, CA.", (15, 17), "in Long Beach, California.")
    True
    """
    name = " ".join(text[slice(*span)].split())
    if not text.endswith(", ", 0, span[0]):
        return False
    states = _states()
    others = (
        [states[name]] if name in states else [letters for letters, state in states.items() if state == name]
    )
    return any(re.search(rf", {each}(?![^\W_])", other) for each in others)


def _is_of_an_office(text: str, span: Span, other: str) -> bool:
    """Return whether a name is what an office is of, which the other text has without: Deputy Secretary of State."""
    return (
        text[slice(*span)] in ("State", "State's", "State’s")
        and text.endswith("Secretary of ", 0, span[0])
        and (text.startswith(" for ", span[1]) or _SECRETARY_ALONE.search(other) is not None)
        and "Secretary" in other
    )


def _is_month(text: str, span: Span, other_side: NameIndex) -> bool:
    """Return whether a name before a year is a month of another language which the other side has in English."""
    return _YEAR_AFTER.match(text, span[1]) is not None and any(
        meaning.kind == "month" and lexicon.months()[meaning.number - 1].name in other_side.text
        for meaning in lexicon.calendar_in_other_languages().get(text[slice(*span)].lower(), ())
    )


@cache
def _states() -> dict[str, str]:
    return dict(lexicon.rows("state_letters"))


_YEAR_AFTER = re.compile(r",?[ ](?:1[5-9]|20)\d\d(?!\d)")
_SECRETARY_ALONE = re.compile(r"\bSecretary\b(?! of\b)")
_DATELINE = re.compile(r"[A-Z][A-Z .]+(?:, [A-Z][\w.]+)?(?: \([\w ]+\))? ?(?:--|[—–-]) ")
"""The place at the head of a report: BOCA RATON, Fla. --"""


def is_in_dateline(span: Span, text: str) -> bool:
    """Return whether a name is that of the place that a report begins with."""
    start = text.rfind("\n", 0, span[0]) + 1
    match = _DATELINE.match(text, start)
    return match is not None and span[1] <= match.end()


def is_country_named(span: Span, text: str, other_text: Sequence[str]) -> bool:
    """Return whether a name is a country's or its people's, which the other text names elsewhere."""
    called = lexicon.called(" ".join(text[slice(*span)].split()))
    if called == "south korea" and not any("North Korea" in paragraph for paragraph in (text, *other_text)):
        return any("Korea" in paragraph for paragraph in other_text)
    return lexicon.is_country(called) and any(
        form in paragraph.lower()
        for paragraph in other_text
        for form in (called, *lexicon.other_names(called))
        if len(form) > lexicon.MAX_ABBREVIATION_LETTERS
    )
