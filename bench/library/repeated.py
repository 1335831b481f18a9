"""A library grown by storing its own articles again on later days: the same for a search, in a tenth of the time.

Texts, titles and publishers are the same, so names and rare words stand in more articles than in news of that size.
Only what a search reads is stored.
"""

import json
from collections.abc import Callable
from datetime import date

from sqlalchemy import Connection

from app.db.engine.base import Database
from app.services.search import date_facts, terms
from app.services.search.terms import SearchText

CHUNK = 2_000
"""Articles that are stored again in a row, in one transaction."""

_FASTER = (("hashsize", 1 << 26), ("automerge", 8))
"""Of the index: fewer parts to be merged. Whoever searches meets more of them than by default."""

_CHUNK = (
    "SELECT revision.id, article, title, publisher, author, published_on, paragraphs FROM indexed"
    " JOIN revision ON revision.id = indexed.revision WHERE serial BETWEEN ? AND ? ORDER BY serial"
)
_ARTICLE = (
    "INSERT INTO article (id, added_at, newest, latest)"
    " SELECT ?, added_at, newest, latest FROM article WHERE id = ?"
)
_REVISION = (
    "INSERT INTO revision SELECT ?, ?, number, saved_at, title, publisher, author, ?, url, paragraphs_count, headline,"
    " furniture, digest, text, paragraphs FROM revision WHERE id = ?"
)
_ENTRY = (
    "INSERT INTO indexed (revision, version, prints, related, quoted)"
    " SELECT ?, version, prints, related, quoted FROM indexed WHERE revision = ?"
)
_TEXT = "INSERT INTO search_text (rowid, title, publisher, author, body, facts) VALUES (?, ?, ?, ?, ?, ?)"


def original(number: int, made: int, times: int) -> int:
    """Return the number under which the article ``number`` was made, in a library of ``made`` stored ``times`` times.

    >>> [original(number, 4_000, 3) for number in (3_999, 4_000, 6_001, 8_000)]
    [3999, 0, 1, 2000]
    """
    if number < made:
        return number
    chunk, place = divmod(number - made, CHUNK * (times - 1))
    return chunk * CHUNK + place % CHUNK


def repeat(
    db: Database, made: int, times: int, day: Callable[[int], date], report_progress: Callable[[str], None]
) -> None:
    """Store each of the first ``made`` articles ``times`` times in all; what is stored already stays.

    ``day`` gives the day of publication by number. SQLite alone. Raises ValueError where ``made`` is no multiple of
    ``CHUNK``, unless there is nothing to repeat.
    """
    if times == 1:
        return
    if made % CHUNK:
        raise ValueError(f"Only a multiple of {CHUNK:,} articles can be stored more than once")
    for chunk in range(made // CHUNK):
        with db.reading() as session:
            connection = session.connection()
            stored = connection.exec_driver_sql("SELECT count(*) FROM indexed").scalar_one()
            if stored >= made + (chunk + 1) * CHUNK * (times - 1):
                continue
            bounds = (chunk * CHUNK + 1, (chunk + 1) * CHUNK)
            rows = [tuple(row) for row in connection.exec_driver_sql(_CHUNK, bounds)]
        searched = [_searched(row[2], row[3], row[4], row[6]) for row in rows]
        for turn in range(1, times):
            first = made + chunk * CHUNK * (times - 1) + (turn - 1) * CHUNK
            if first < stored:
                continue
            with db.writing() as session:
                days = [day(first + place) for place in range(CHUNK)]
                _store(session.connection(), turn, [row[:2] for row in rows], searched, days)
        report_progress(f"{made + (chunk + 1) * CHUNK * (times - 1):,} articles")


def _searched(title: str, publisher: str, author: str, paragraphs: str) -> tuple[str, ...]:
    """Return the columns of the search index of an article without a day."""
    values = terms.columns(terms.of_text(json.loads(paragraphs)), title, publisher, author, None)
    return values.title, values.publisher, values.author, values.text, values.facts


def _store(
    connection: Connection,
    turn: int,
    ids: list[tuple[str, str]],
    searched: list[tuple[str, ...]],
    days: list[date],
) -> None:
    for name, value in _FASTER:
        connection.exec_driver_sql(f"INSERT INTO search_text (search_text, rank) VALUES ('{name}', {value})")
    new = [(revision[turn:] + revision[:turn], article[turn:] + article[:turn]) for revision, article in ids]
    pairs = list(zip(new, ids, strict=True))
    connection.exec_driver_sql(_ARTICLE, [(article, old) for (_, article), (_, old) in pairs])
    connection.exec_driver_sql(
        _REVISION,
        [
            (revision, article, str(day), old)
            for ((revision, article), (old, _)), day in zip(pairs, days, strict=True)
        ],
    )
    last = connection.exec_driver_sql("SELECT max(serial) FROM indexed").scalar_one()
    connection.exec_driver_sql(_ENTRY, [(revision, old) for (revision, _), (old, _) in pairs])
    serial = connection.exec_driver_sql(
        "SELECT min(serial) FROM indexed WHERE serial > ?", (last,)
    ).scalar_one()
    facts = {day: terms.columns(SearchText("", ()), "", "", "", day).facts for day in set(days)}
    connection.exec_driver_sql(
        _TEXT,
        [
            (serial + place, *columns[:4], columns[4].replace(date_facts.UNDATED_FACT, facts[day]))
            for place, (columns, day) in enumerate(zip(searched, days, strict=True))
        ],
    )
