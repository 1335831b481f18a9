"""Where the words of a query are in a text: what a reader sees marked."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.db.queries.searching.search_results import FoundText
from app.services.search import terms
from app.services.search.query_language import ParsedQuery, Sought
from app.services.search.terms import Term

MAX_EXCERPT_CHARS = 320
"""Characters of a paragraph that are shown around the first marked words."""

_CONTEXT_CHARS = 110
"""Characters shown before them."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class HitExcerpt:
    """A piece of a text with marked words."""

    text: str
    spans: tuple[Span, ...]
    """Marked places in ``text``, in code points, rising."""
    is_opening: bool = True
    """Whether it begins where the text does."""
    is_ending: bool = True


@dataclass(frozen=True, slots=True)
class Marked:
    """A text in which words of the query are."""

    spans: tuple[Span, ...]
    groups: frozenset[int]
    """Which parts of the query it holds, from 0."""

    @property
    def are_side_by_side(self) -> bool:
        """Whether two marked words have at most one character between them, as words that belong together do."""
        return any(later[0] - earlier[1] <= 1 for earlier, later in pairwise(self.spans))


class Marker:
    """Finds the words of one query in texts."""

    def __init__(self, query: ParsedQuery) -> None:
        # Words that a query repeats are looked for once.
        numbers: dict[Sought, list[int]] = {}
        for number, group in enumerate(query.required):
            for each in group:
                numbers.setdefault(each._replace(typed=""), []).append(number)
        self._sought = [(each, frozenset(terms), _pattern(each)) for each, terms in numbers.items()]

    def mark(self, text: str, column: str = "") -> Marked:
        """Return where the query's words are in a paragraph, or in a title, publisher or author with ``column``."""
        plain = terms.plain(text)
        spans: list[Span] = []
        groups: set[int] = set()
        cut: _Cut | None = None
        small = plain.lower() if plain.isascii() else ""
        for each, numbers, pattern in self._sought:
            if each.column and each.column != column:
                continue
            if plain.isascii():
                spans_of_term = [match.span() for match in pattern.finditer(small)] if pattern else []
            else:
                cut = _Cut(terms.cut(text)) if cut is None else cut
                spans_of_term = list(_places(each, cut))
            if spans_of_term:
                spans += spans_of_term
                groups |= numbers
        return Marked(_joined(spans), frozenset(groups))


class _Cut:
    """The terms of a text, and where each is among them."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self.terms = terms
        self.places: dict[str, list[int]] = {}
        for place, term in enumerate(terms):
            self.places.setdefault(term.text, []).append(place)


def _pattern(sought: Sought) -> re.Pattern[str] | None:
    """Return what finds the words in a text of ASCII in small letters, in a tenth of the time of cutting it."""
    if not all(map(str.isascii, sought.words)):
        return None
    words = "[^a-z0-9]+".join(map(re.escape, sought.words))
    return re.compile(f"(?<![a-z0-9]){words}{'[a-z0-9]*' if sought.is_prefix else '(?![a-z0-9])'}")


def _places(sought: Sought, cut: _Cut) -> Iterator[Span]:
    first, length = sought.words[0], len(sought.words)
    if length == 1 and sought.is_prefix:
        is_pair = terms.is_unspaced(first)
        for text in [text for text in cut.places if text.startswith(first)]:
            for term in (cut.terms[place] for place in cut.places[text]):
                # of a pair of characters, the one that was looked for
                yield term.start, term.start + 1 if is_pair else term.end
        return
    for start in cut.places.get(first, ()):
        run = cut.terms[start : start + length]
        if len(run) < length or any(
            term.text != word for term, word in zip(run[:-1], sought.words, strict=False)
        ):
            continue
        last = run[-1].text
        if last == sought.words[-1] or (sought.is_prefix and last.startswith(sought.words[-1])):
            yield run[0].start, run[-1].end


def _joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return tuple(joined)


def excerpt(text: str, spans: Sequence[Span]) -> HitExcerpt:
    """Return the text around the first marked words, cut between words, and whole where it is short.

    >>> excerpt("One two three.", [(4, 7)])
    HitExcerpt(text='One two three.', spans=((4, 7),), is_opening=True, is_ending=True)
    """
    if len(text) <= MAX_EXCERPT_CHARS:
        return HitExcerpt(text, tuple(spans))
    first = spans[0][0] if spans else 0
    start = max(0, min(first - _CONTEXT_CHARS, len(text) - MAX_EXCERPT_CHARS))
    start = _after_space(text, start, first)
    end = min(len(text), start + MAX_EXCERPT_CHARS)
    if end < len(text):
        space = text.rfind(" ", spans[0][1] if spans else start, end)
        end = space if space > start else end
    shown = tuple((max(a, start) - start, min(b, end) - start) for a, b in spans if a < end and b > start)
    return HitExcerpt(text[start:end], shown, start == 0, end == len(text))


def _after_space(text: str, start: int, before: int) -> int:
    space = text.find(" ", start, before) if start else -1
    return space + 1 if space >= 0 else start


def paragraph_numbers(text: FoundText) -> Mapping[int, tuple[str, str]]:
    """Return each paragraph's printed number and its anchor on the article's page."""
    numbers: dict[int, tuple[str, str]] = {}
    extras = body = 0
    furniture = set(text.furniture)
    for index in range(len(text.paragraphs)):
        if index == text.headline:
            numbers[index] = "H", "headline"
        elif index in furniture:
            extras += 1
            numbers[index] = "f", f"f-{extras}"
        else:
            body += 1
            numbers[index] = str(body), f"p-{body}"
    return numbers
