"""The language of search queries: words, phrases, beginnings, exclusions, OR, and fields (docs/search.md).

Any text is a query. What has no meaning here (operators of other programs, a mark left open, a field without a value)
is read as plain words or left out, with a remark that says so.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple, get_args

import regex

from app.collation.model import FindingKind
from app.db.index.search_expression import MIN_COMPLETED_CHARS
from app.services.search import terms

MAX_QUERY_CHARS = 500
"""Characters of a query that are read."""

MAX_TERMS = 32
"""Words of a query, those of phrases counted each."""

Column = Literal["", "title", "publisher", "author"]

COLUMNS: Mapping[str, Column] = {"title": "title", "publisher": "publisher", "author": "author"}
"""Fields in whose words something is looked for."""

_OPEN, _CLOSE = '"“”„‟«»「」『』〝〞＂', '"”“«»」』〞〟＂'
_ITEM = regex.compile(
    rf"(?P<minus>(?<!\S)[-−–](?=[\p{{L}}\p{{N}}{_OPEN}]))?"
    rf"(?:(?P<field>[A-Za-z]+):(?=[^\s:]))?"
    rf"(?:[{_OPEN}](?P<phrase>[^{_CLOSE}]*)(?P<closed>[{_CLOSE}])?|(?P<word>[^\s{_OPEN}]+))"
    rf"(?P<star>(?<=[{_CLOSE}])\*)?",
    regex.VERSION1,
)

_NEAR = regex.compile(r"NEAR(?![\p{L}\p{N}])")
"""An operator of other programs; whoever relies on it has to be told that it is not one here."""

_BRACKET = regex.compile(r"^\(|\)$")


class Sought(NamedTuple):
    """Words to look for: a word, or a phrase that is found word for word."""

    typed: str
    words: tuple[str, ...]
    """Its terms, folded."""
    column: Column = ""
    is_prefix: bool = False
    """Whether the last of them may go on."""


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query, understood."""

    required: tuple[tuple[Sought, ...], ...] = ()
    """Of each group one has to be there."""
    excluded: tuple[Sought, ...] = ()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Values by filter, of ``FILTERS``; dates and languages are checked."""
    remarks: tuple[str, ...] = ()
    """What was not understood or left out, a sentence each."""

    @property
    def asks(self) -> bool:
        """Whether it asks for anything."""
        return bool(self.required or self.excluded or self.filters)


def parse(query: str) -> ParsedQuery:
    """Return what a query asks for. Any text is one; at most ``MAX_QUERY_CHARS`` and ``MAX_TERMS`` are read.

    >>> parsed = parse('"military bloc" publisher:Newsweek sanction* -oil after:2024-02')
    >>> [group[0].words for group in parsed.required], parsed.excluded[0].words, parsed.filters
    ([('military', 'bloc'), ('newsweek',), ('sanction',)], ('oil',), {'after': ('2024-02-01',)})
    >>> parse('"a b" OR').remarks
    ('“OR” needs a word on either side, so it was left out.',)
    """
    return _Parser(query).parsed()


class _Parser:
    def __init__(self, query: str) -> None:
        self._remarks: list[str] = []
        if len(query) > MAX_QUERY_CHARS:
            self._remark(f"Only the first {MAX_QUERY_CHARS} characters of the search were read.")
        self._text = " ".join(query[:MAX_QUERY_CHARS].split())
        self._required: list[list[Sought]] = []
        self._excluded: list[Sought] = []
        self._filters: dict[str, list[str]] = {}
        self._count = 0

    def parsed(self) -> ParsedQuery:
        joined = negated = has_or = has_brackets = False
        for item in self._items():
            operator = item["word"] if not item["field"] and not item["minus"] else ""
            has_brackets |= bool(_BRACKET.search(item["word"] or ""))
            if operator == "OR":
                has_or = True
                if joined or not self._required:
                    self._dangling()
                joined = bool(self._required)
            elif operator in ("AND", "NOT"):
                negated = operator == "NOT"
            elif sought := self._sought(item):
                if operator and _NEAR.match(operator):
                    self._remark(
                        "“NEAR” was looked for as a word: to find words side by side, put them in quotation marks."
                    )
                if item["minus"] or negated:
                    self._excluded.append(sought)
                elif joined:
                    self._required[-1].append(sought)
                else:
                    self._required.append([sought])
                joined = negated = False
        if joined:
            self._dangling()
        if has_or and has_brackets:
            self._remark(
                "Brackets were ignored: OR joins only the word or phrase before it and the one after it."
            )
        if self._text and not (self._required or self._excluded or self._filters or self._remarks):
            self._remark("Nothing was looked for: there is no word in it to find.")
        if self._excluded and not self._required and not self._filters:
            self._remark("A search needs a word to look for besides those that it leaves out.")
        return ParsedQuery(
            tuple(map(tuple, self._required)),
            tuple(self._excluded),
            {name: tuple(values) for name, values in self._filters.items()},
            tuple(dict.fromkeys(self._remarks)),
        )

    def _items(self) -> Iterator["regex.Match[str]"]:
        for item in _ITEM.finditer(self._text):
            if item["phrase"] is not None and item["closed"] is None and terms.cut(item["phrase"]):
                self._remark("A quotation mark was left open; the words after it were taken as one phrase.")
            yield item

    def _sought(self, item: "regex.Match[str]") -> Sought | None:
        """Return the words that one part of the query looks for; None for a filter, and where there are none."""
        is_quoted = item["phrase"] is not None
        value = str(item["phrase"] if is_quoted else item["word"])
        name = str(item["field"] or "").lower()
        if name in _CHECKS:
            self._filter(name, value, is_excluded=bool(item["minus"]))
            return None
        column = COLUMNS.get(name, "")
        if name and not column:  # no field of ours, so a word with a colon in it
            value = f"{item['field']}:{value}"
        words, goes_on = terms.phrase(value)
        room = MAX_TERMS - self._count
        if len(words) > room:
            self._remark(f"Only the first {MAX_TERMS} words of the search were looked for.")
            words, goes_on = words[:room], False
        if not words:
            return None
        self._count += len(words)
        has_star = bool(item["star"]) or (not is_quoted and value.endswith("*"))
        typed = value.strip("*") if not is_quoted else value
        return Sought(typed, words, column, goes_on or (has_star and self._may_go_on(words)))

    def _may_go_on(self, words: tuple[str, ...]) -> bool:
        """Return whether the last word is long enough to be a beginning."""
        if terms.is_unspaced(words[-1]):
            return False  # its run is found wherever it goes on
        if len(words[-1]) >= (2 if len(words) == 1 else MIN_COMPLETED_CHARS):
            return True
        self._remark(f"“{words[-1]}*” is too short a beginning, so it was looked for as a whole word.")
        return False

    def _filter(self, name: str, value: str, *, is_excluded: bool) -> None:
        check, wanted = _CHECKS[name]
        checked = check(value.strip())
        if is_excluded:
            self._remark(f"“-{name}:” was ignored: only words can be left out.")
        elif checked is None:
            self._remark(f"“{name}:{value}” was ignored: {wanted}.")
        elif name not in _DATES and self._filters.get(name, [checked]) != [checked]:
            self._remark(f"“{name}:{value}” was ignored: only the first “{name}:” counts.")
        else:
            self._filters.setdefault(name, []).append(checked)

    def _dangling(self) -> None:
        self._remark("“OR” needs a word on either side, so it was left out.")

    def _remark(self, sentence: str) -> None:
        self._remarks.append(sentence)


_DAY = regex.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?", regex.ASCII)


def _first_day(value: str) -> str | None:
    """Return the first day of a year, a month or a day, as ISO 8601.

    >>> _first_day("2024"), _first_day("2024-2"), _first_day("2024-02-30"), _first_day("soon")
    ('2024-01-01', '2024-02-01', None, None)
    """
    match = _DAY.fullmatch(value)
    try:
        return date(int(match[1]), int(match[2] or 1), int(match[3] or 1)).isoformat() if match else None
    except ValueError:
        return None


def _language(value: str) -> str | None:
    return value.lower() if value.lower() in terms.LANGUAGES else None


def _kind(value: str) -> str | None:
    return value.lower() if value.lower() in get_args(FindingKind) else None


def _notes(value: str) -> str | None:
    return "notes" if value.lower() in ("note", "notes") else None


def _any(value: str) -> str | None:
    return value or None


_CHECKS: Mapping[str, tuple[Callable[[str], str | None], str]] = {
    "language": (_language, "a language is a code such as en, de or zh"),
    "before": (_first_day, "a date looks like 2024, 2024-02 or 2024-02-15"),
    "after": (_first_day, "a date looks like 2024, 2024-02 or 2024-02-15"),
    "tag": (_any, "it names no tag"),
    "collection": (_any, "it names no collection"),
    "finding": (_kind, "it names no kind of finding"),
    "has": (_notes, "only has:notes is known"),
}
"""The filters, each with what reads its value, and what a wrong value is answered with."""

_DATES = ("before", "after")
"""The filters of which several hold together."""

FILTERS = tuple(_CHECKS)
"""Fields that choose articles by what is known of them."""
