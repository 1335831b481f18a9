"""The search index: which indexed revisions hold words, phrases and facts. All that is special to SQLite is here.

It holds terms cut and folded by ``services.search.terms``, under the serials of the index. SQLite keeps every place of
a term (FTS5 without the text itself, so that a row is removed by the very terms that it was stored with); what
PostgreSQL does is in ``search_server``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import astuple

from sqlalchemy import delete, func, insert, select, text
from sqlmodel import Session, col

from app.db.index import search_server
from app.db.index.fingerprints import database_kind
from app.db.index.search_expression import ANYTHING, Expression, Matches, SearchColumns, TermRun
from app.db.tables.base import Table
from app.db.tables.index import Indexed
from app.db.tables.search import SearchState, SearchWord, Unsearched

SAMPLE = 1_000
"""Newest texts by which it is estimated how common a term is."""

MAX_STEPS = 400_000
"""Look-ups of a term in a text that one search may take, by that estimate: some tenth of a second on SQLite."""

_UNSEARCHED, _SEARCH_WORD = (
    Table.metadata.tables[str(table.__tablename__)] for table in (Unsearched, SearchWord)
)

_INSERT = "INSERT INTO search_text (rowid, title, publisher, author, body, facts) VALUES (?, ?, ?, ?, ?, ?)"
_DELETE = (
    "INSERT INTO search_text (search_text, rowid, title, publisher, author, body, facts)"
    " VALUES ('delete', ?, ?, ?, ?, ?, ?)"
)
_STORE_VECTOR = text(
    "INSERT INTO search_text (serial, words, is_long) VALUES (:serial, CAST(:words AS tsvector), :is_long)"
)
_STORE_WORDS = {
    "sqlite": "INSERT OR IGNORE INTO search_word (word) VALUES (?)",
    "postgresql": "INSERT INTO search_word (word) VALUES (%s) ON CONFLICT DO NOTHING",
}
"""For the driver: a long text has thousands of words, and SQLAlchemy takes longer than the database to bind them."""
_DROP_UNUSED = {
    "sqlite": text(
        "DELETE FROM search_word WHERE word = :word"
        " AND NOT EXISTS (SELECT 1 FROM search_text WHERE search_text MATCH :query)"
    ),
    "postgresql": text(
        "DELETE FROM search_word WHERE word = :word"
        " AND NOT EXISTS (SELECT 1 FROM search_text WHERE words @@ CAST(:query AS tsquery))"
    ),
}
_CLEAR = {
    "sqlite": text("INSERT INTO search_text (search_text) VALUES ('delete-all')"),
    "postgresql": text("DELETE FROM search_text"),
}
_LAST = select(func.max(col(Indexed.serial)))
_MATCHES = text(
    "SELECT rowid FROM search_text WHERE search_text MATCH :query AND rowid BETWEEN :low AND :high"
    " ORDER BY rowid DESC LIMIT :most"
)
_COUNT_WAITING = text("SELECT count(*) FROM unsearched")
_SAMPLED = text(
    "SELECT count(*) FROM search_text WHERE search_text MATCH :query AND rowid BETWEEN :low AND :high"
)


def store_several(session: Session, rows: Sequence[tuple[int, SearchColumns]]) -> None:
    """Put texts into the search index, each under its serial. The caller has them in the order of the serials."""
    if not rows:
        return
    kind, connection = database_kind(session), session.connection()
    if kind == "sqlite":
        connection.exec_driver_sql(_INSERT, [(serial, *astuple(row)) for serial, row in rows])
    else:
        connection.execute(_STORE_VECTOR, [search_server.vector(serial, row) for serial, row in rows])
    words = set[str]().union(*(row.completions() for _, row in rows))
    if words:
        connection.exec_driver_sql(_STORE_WORDS[kind], [(word,) for word in sorted(words)])


def wait(session: Session, serial: int) -> None:
    """Record that a text is still to be put into the search index."""
    session.connection().execute(insert(_UNSEARCHED), {"serial": serial})


def remove(session: Session, serial: int, row: SearchColumns) -> None:
    """Remove a text; ``row`` is what it was stored with. One that still waits is taken from the list instead."""
    connection = session.connection()
    if connection.execute(delete(_UNSEARCHED).where(_UNSEARCHED.c.serial == serial)).rowcount:
        return
    if database_kind(session) == "sqlite":
        connection.exec_driver_sql(_DELETE, [(serial, *astuple(row))])
    else:
        connection.execute(text("DELETE FROM search_text WHERE serial = :serial"), {"serial": serial})


def drop_unused_words(session: Session, words: Iterable[str]) -> None:
    """Remove those of the words by which the beginnings of words are completed that no text in the index has."""
    kind = database_kind(session)
    runs = [(word, TermRun((word,))) for word in words]
    rows = [
        {"word": word, "query": _fts5_phrase(run) if kind == "sqlite" else search_server.phrase(run, "&")}
        for word, run in runs
    ]
    if rows:
        session.connection().execute(_DROP_UNUSED[kind], rows)


def clear(session: Session) -> None:
    """Remove every text, also those that wait."""
    session.execute(_CLEAR[database_kind(session)])
    session.execute(delete(Unsearched))
    session.execute(delete(SearchWord))


def stored_version(session: Session) -> str:
    """Return the version of the rules by which the indexed texts were cut; empty if it was never recorded."""
    return session.execute(select(col(SearchState.version))).scalar() or ""


def renew(session: Session, version: str) -> None:
    """Empty the index, set its version to ``version``, and queue every text that was in it."""
    clear(session)
    session.execute(delete(SearchState))
    session.execute(insert(SearchState).values(id=1, version=version))
    session.execute(insert(Unsearched).from_select(["serial"], select(col(Indexed.serial))))


def count_waiting(session: Session) -> int:
    """Count the texts that wait."""
    return int(session.connection().execute(_COUNT_WAITING).scalar_one())


def waiting(session: Session, most: int) -> dict[int, str]:
    """Return the serials and revisions of the ``most`` newest texts that wait."""
    rows = (
        select(col(Unsearched.serial), col(Indexed.revision))
        .join(Indexed, col(Indexed.serial) == col(Unsearched.serial))
        .order_by(col(Unsearched.serial).desc())
    )
    return {row[0]: row[1] for row in session.execute(rows.limit(most))}


def take_waiting(session: Session, serials: Iterable[int]) -> set[int]:
    """Take these from the list of those that wait; return which were on it still."""
    connection = session.connection()
    return {
        serial
        for serial in serials
        if connection.execute(delete(_UNSEARCHED).where(_UNSEARCHED.c.serial == serial)).rowcount
    }


def completions(session: Session, prefix: str, most: int) -> list[str]:
    """Return the shortest ``most`` words that begin with ``prefix``; one with so many is read no further than 20 times
    that number.
    """
    after = prefix[:-1] + chr(ord(prefix[-1]) + 1)
    words = select(_SEARCH_WORD.c.word).where(_SEARCH_WORD.c.word >= prefix, _SEARCH_WORD.c.word < after)
    rows = session.execute(words.order_by(_SEARCH_WORD.c.word).limit(20 * most)).scalars()
    return sorted(rows, key=lambda word: (len(word), word))[:most]


def matches(
    session: Session,
    expression: Expression,
    most: int,
    *,
    below: int | None = None,
    among: Sequence[int] | None = None,
    low: int = 1,
) -> Matches:
    """Return the newest ``most`` texts that match, of those with serials from ``low`` and, if given, under ``below``.

    With ``among``, only texts with these serials. How far back a search looks is bounded by an estimate of its work
    (``MAX_STEPS``), which depends on nothing but what is stored.
    """
    high = (below - 1) if below is not None else (session.execute(_LAST).scalar() or 0)
    if among is not None:
        return Matches(_among(session, expression, [each for each in among if low <= each <= high], most), 0)
    if database_kind(session) == "postgresql":
        return search_server.matches(session, expression, low, high, most)
    floor = max(low, _floor(session, expression, low, high))
    bounds = {"query": fts5_query(expression), "low": floor, "high": high, "most": most}
    serials = tuple(session.connection().execute(_MATCHES, bounds).scalars())
    return Matches(serials, floor if floor > low and len(serials) < most else 0)


def those_of(
    session: Session, expression: Expression, serials: Sequence[int], *, known: Expression = ANYTHING
) -> set[int]:
    """Return those of these serials, descending, that match; ``known`` is what all of them match.

    FTS5 goes through all texts between the first and the last of them, which is quicker than one by one; the rarer
    ``known`` is, the fewer they are. PostgreSQL looks at each.
    """
    if database_kind(session) == "postgresql":
        return set(search_server.among(session, expression, serials, len(serials)))
    low, high = serials[-1], serials[0]
    both = Expression((*known.required, *expression.required), (*known.excluded, *expression.excluded))
    narrow = matches(session, both, high - low + 1, below=high + 1, low=low)
    return set(narrow.serials).intersection(serials)


def fts5_query(expression: Expression) -> str:
    """Return the expression in FTS5's query language; terms contain none of its special characters.

    >>> either = (TermRun(("a", "b")), TermRun(("c",), "title"))
    >>> fts5_query(Expression((either, (TermRun(("d",)),)), (TermRun(("e",)),)))
    '("a b" OR title : "c") AND ("d") NOT ("e")'
    """
    required = " AND ".join(f"({' OR '.join(map(_fts5_phrase, group))})" for group in expression.required)
    excluded = " OR ".join(map(_fts5_phrase, expression.excluded))
    return f"{required} NOT ({excluded})" if excluded else required


def _fts5_phrase(phrase: TermRun) -> str:
    column = f"{phrase.column} : " if phrase.column else ""
    return f'{column}"{" ".join(phrase.words)}"{"*" if phrase.is_prefix else ""}'


def _among(session: Session, expression: Expression, serials: Sequence[int], most: int) -> tuple[int, ...]:
    """Return those of a few serials that match, descending: each is looked up by itself."""
    if not serials:
        return ()
    if database_kind(session) == "postgresql":
        return search_server.among(session, expression, serials, most)
    listed = ",".join(map(str, serials))
    statement = text(f"SELECT rowid FROM search_text WHERE search_text MATCH :query AND rowid IN ({listed})")
    rows = session.execute(statement, {"query": fts5_query(expression)}).scalars()
    return tuple(sorted(rows, reverse=True)[:most])


def _floor(session: Session, expression: Expression, low: int, high: int) -> int:
    """Return the serial down to which a search may look.

    FTS5 goes from one text that holds the rarest group to the next, and looks each other term up there.
    """
    texts = high - low + 1
    terms = sum(len(phrase.words) for group in expression.required for phrase in group)
    if texts * terms <= MAX_STEPS:
        return low
    steps_per_text = min(_share(session, group, high) for group in expression.required) * terms
    return low if steps_per_text * texts <= MAX_STEPS else high - int(MAX_STEPS / steps_per_text)


def _share(session: Session, group: Sequence[TermRun], high: int) -> float:
    """Return the share of the newest texts that have the rarest word of a phrase, or of one of several phrases."""
    if len(group) == 1:
        words = sorted(set(group[0].words), key=len, reverse=True)[:4]
        queries = [fts5_query(Expression(((TermRun((word,)),),))) for word in words]
    else:
        queries = [fts5_query(Expression((tuple(group),)))]
    counts = []
    for query in queries:
        bounds = {"query": query, "low": high - SAMPLE + 1, "high": high}
        counts.append(int(session.connection().execute(_SAMPLED, bounds).scalar_one()))
        if counts[-1] < SAMPLE // 100:
            break
    return max(1, min(counts)) / SAMPLE
