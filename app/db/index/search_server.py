"""The search index on PostgreSQL: a ``tsvector`` a text, and how the newest texts that match are found.

A ``tsvector`` has room for the places of a text of some 16,000 words; of a longer one the words are known, and not
their order.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from app.db.index.search_expression import Expression, Matches, SearchColumns, TermRun

_MAX_POSITION, _MAX_PLACES = 16_000, 250
"""Of one ``tsvector`` (PostgreSQL has 16,383 and 255)."""

_MAX_STATED_WORDS = 40
"""Words of a title, a publisher and an author whose places PostgreSQL keeps."""

_BETWEEN_PARAGRAPHS = "¶"

_MAX_LEXEME_BYTES = 900_000
"""Of one ``tsvector`` (PostgreSQL has a megabyte)."""

_WEIGHTS = {"title": "A", "publisher": "B", "author": "C"}


MAX_WALKED_AT_ONCE = 2_000
"""Texts of which each is looked at, at some 6 us: what is a word's share in them need not be estimated first."""

_STRETCHES, _STRETCH = 10, 50
"""Texts by which it is estimated how many match, in stretches that lie evenly over the library."""

MAX_LOOKS = 5_000
"""Texts that one search may look at, by that estimate; four times as many rather than find nothing."""

_ROWS_PER_LOOK = 20
"""Texts that the index of words gives, without a look at the text, in the time of one look."""


# OFFSET 0 keeps the planner from asking the index of words.
_THESE = "(SELECT serial, words, is_long FROM search_text WHERE serial = ANY(:serials) OFFSET 0) AS these"


def matches(session: Session, expression: Expression, low: int, high: int, most: int) -> Matches:
    """Return the newest ``most`` texts that match, of those with serials from ``low`` to ``high``.

    The index of words gives all that hold some words, in no order; the texts in their order are looked at one by one.
    So rare words are looked up in the index and common ones in the texts, by an estimate that depends only on what is
    stored.
    """
    condition = _Condition(expression)
    texts = max(0, high - low + 1)
    if texts <= MAX_WALKED_AT_ONCE:
        return Matches(condition.walk(session, low, high, most), 0)
    held, matching = condition.sample(session, low, high)
    sampled = _STRETCHES * _STRETCH
    gathering = held * texts // sampled // (1 if condition.looks else _ROWS_PER_LOOK)
    walking = most * sampled // matching if matching else texts
    if gathering > min(walking, MAX_LOOKS):
        # The sample may have more of it than the newest texts.
        floor = max(low, high - min(4 * walking, MAX_LOOKS) + 1)
        serials = condition.walk(session, floor, high, most)
        if len(serials) == most or floor == low:
            return Matches(serials, 0)
        if gathering > (MAX_LOOKS if serials else 4 * MAX_LOOKS):
            return Matches(serials, floor)
    return Matches(condition.gather(session, low, high, most), 0)


def among(session: Session, expression: Expression, serials: Sequence[int], most: int) -> tuple[int, ...]:
    """Return those of a few serials that match, descending: each text is looked at."""
    condition = _Condition(expression)
    statement = text(f"SELECT serial FROM {_THESE} WHERE {condition.sql}")
    rows = session.execute(statement, {**condition.parameters, "serials": list(serials)}).scalars()
    return tuple(sorted(rows, reverse=True)[:most])


class _Condition:
    """What a text has to hold, in SQL: words, which the index of words knows, and their places."""

    def __init__(self, expression: Expression) -> None:
        held = _tsquery(expression, "&", is_placed=False)
        loose, exact = _tsquery(expression, "&"), _tsquery(expression, "<->")
        self.parameters = {"held": held}
        self.places = ""
        if loose != held:
            self.places += " AND words @@ CAST(:loose AS tsquery)"
            self.parameters["loose"] = loose
        if exact != loose:
            self.places += " AND (is_long OR words @@ CAST(:exact AS tsquery))"
            self.parameters["exact"] = exact
        self.sql = "words @@ CAST(:held AS tsquery)" + self.places

    @property
    def looks(self) -> bool:
        """Whether each text has to be looked at, since the index of words alone cannot decide."""
        return bool(self.places)

    def walk(self, session: Session, low: int, high: int, most: int) -> tuple[int, ...]:
        """Look at the texts from ``high`` down to ``low``, until ``most`` match."""
        statement = text(
            "SELECT serial FROM (SELECT serial, words, is_long FROM search_text"
            " WHERE serial BETWEEN :low AND :high ORDER BY serial DESC OFFSET 0) AS newest"
            f" WHERE {self.sql} ORDER BY serial DESC LIMIT :most"
        )
        bounds = {**self.parameters, "low": low, "high": high, "most": most}
        return tuple(session.execute(statement, bounds).scalars())

    def gather(self, session: Session, low: int, high: int, most: int) -> tuple[int, ...]:
        """Ask the index of words for all texts that hold the words, and return the newest that match."""
        statement = text(
            f"SELECT serial FROM (SELECT serial FROM search_text WHERE {self.sql} OFFSET 0) AS matches"
            " WHERE serial BETWEEN :low AND :high ORDER BY serial DESC LIMIT :most"
        )
        bounds = {**self.parameters, "low": low, "high": high, "most": most}
        # The planner does not know that a tsvector lies apart from its row, so that going through all takes long.
        for plan in ("enable_seqscan", "enable_indexscan"):
            session.execute(text(f"SET LOCAL {plan} = off"))
        serials = tuple(session.execute(statement, bounds).scalars())
        for plan in ("enable_seqscan", "enable_indexscan"):
            session.execute(text(f"SET LOCAL {plan} TO DEFAULT"))
        return serials

    def sample(self, session: Session, low: int, high: int) -> tuple[int, int]:
        """Return how many of ``_STRETCHES * _STRETCH`` texts hold the words, and how many match."""
        texts = high - low + 1
        starts = (low + texts * number // _STRETCHES for number in range(_STRETCHES))
        serials = [serial for start in starts for serial in range(start, start + _STRETCH)]
        statement = text(
            f"SELECT count(*), count(*) FILTER (WHERE true{self.places}) FROM {_THESE}"
            " WHERE words @@ CAST(:held AS tsquery)"
        )
        held, matching = session.execute(statement, {**self.parameters, "serials": serials}).one()
        return int(held), int(matching)


def _tsquery(expression: Expression, joint: str, *, is_placed: bool = True) -> str:
    """Return the expression for PostgreSQL; unless ``is_placed``, words may be in any column."""

    def written(run: TermRun) -> str:
        return phrase(run if is_placed else replace(run, column=""), joint)

    groups = [" | ".join(map(written, group)) for group in expression.required]
    query = " & ".join(f"({group})" for group in groups)
    for run in expression.excluded:
        if (joint == "<->" or len(run.words) == 1) and (is_placed or not run.column):
            query += f" & !({written(run)})"
    return query


def phrase(run: TermRun, joint: str) -> str:
    """Return terms with ``joint`` between each two, as PostgreSQL writes a query."""
    weight = _WEIGHTS.get(run.column, "")
    marks = [weight] * (len(run.words) - 1) + [f"{'*' if run.is_prefix else ''}{weight}"]
    words = [f"'{word}':{mark}" if mark else f"'{word}'" for word, mark in zip(run.words, marks, strict=True)]
    return f"({f' {joint} '.join(words)})"


def vector(serial: int, row: SearchColumns) -> dict[str, Any]:
    """Return a row of PostgreSQL's table. Between columns, places are left out, so that no phrase spans two."""
    places: dict[str, list[str]] = {}
    position = 1
    for column, weight in _WEIGHTS.items():
        for word in getattr(row, column).split()[:_MAX_STATED_WORDS]:
            places.setdefault(word, []).append(f"{position}{weight}")
            position += 1
        position += 1
    words = row.text.split()
    counts = Counter(words)
    del counts[_BETWEEN_PARAGRAPHS]
    most = _MAX_PLACES - len(_WEIGHTS) * _MAX_STATED_WORDS
    is_long = len(words) + position > _MAX_POSITION or max(counts.values(), default=0) > most
    for place, word in enumerate(words, position + 1):
        if word != _BETWEEN_PARAGRAPHS:
            several = places.setdefault(word, [])
            if not is_long:
                several.append(str(place))
    for fact in row.facts.split():
        places.setdefault(fact, [])
    lexemes: list[str] = []
    room = _MAX_LEXEME_BYTES
    for word, several in places.items():
        lexeme = f"'{word}':{','.join(several)}" if several else f"'{word}'"
        room -= len(lexeme.encode("utf-8"))
        if room < 0:
            break
        lexemes.append(lexeme)
    return {"serial": serial, "words": " ".join(lexemes), "is_long": is_long}
