"""``python -m bench.library.search``: how long searches take as a library grows, as a Markdown table.

The library is the made-up news of ``bench.library``, stored with all that a search reads, and without what relates
articles. It stays in the folder that ``--keep`` names, and grows there. ``--times`` stores each article several times.
"""

import argparse
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np
from sqlalchemy import text

from app.collation.discovery.signals import Signals
from app.collation.text import fingerprints
from app.db.engine.base import Database
from app.db.engine.connect import connect
from app.db.index import bulk_insert
from app.db.queries import articles as article_queries
from app.permalinks import new_article_id, text_digest
from app.services.articles.store import new_row
from app.services.operations.database import migrate
from app.services.processes import count_processors, map_in_processes
from app.services.search import pending, terms
from app.services.search.find import SearchRequest, search
from app.services.search.terms import SearchText
from app.sources import Draft
from bench.library import repeated, texts
from bench.library.language import FUNCTION_WORDS, Rng, language
from bench.library.measure import Timed, clocked

QUERIES = 200
ARTICLES_PER_TRANSACTION = 5_000
_PIECE = 250
_RUN = re.compile(rf"\b(?:{'|'.join(FUNCTION_WORDS)})(?: (?:{'|'.join(FUNCTION_WORDS)})){{1,3}}\b")
_NAME = re.compile(r"(?<=[a-z] )[A-Z][a-z]+ [A-Z][a-z]+")
_WORD = re.compile(r"[a-z]{3,}")

Ready = tuple[Draft, SearchText, str]


def prepare(numbers: range) -> list[Ready]:
    """Return these articles, cut for the search index."""
    ready = []
    for number in numbers:
        line = texts.article(number)
        paragraphs = line.paragraphs
        draft = Draft(
            line.title,
            "\n\n".join(paragraphs),
            paragraphs,
            f"Outlet {line.outlet}",
            published_on=_day(number),
        )
        ready.append((draft, terms.of_text(paragraphs), text_digest(paragraphs)))
    return ready


def grow(db: Database, size: int, report_progress: Callable[[str], None]) -> None:
    """Grow the library to ``size``; each batch is stored whole or not at all."""
    with db.reading() as session:
        start = article_queries.count_articles(session)
    pieces = (range(at, min(at + _PIECE, size)) for at in range(start, size, _PIECE))
    coming: Iterator[Ready] = (
        ready for piece in map_in_processes(prepare, pieces, count_processors()) for ready in piece
    )
    done, began = start, time.monotonic()
    while batch := list(islice(coming, ARTICLES_PER_TRANSACTION)):
        moment = datetime.now(UTC)
        with db.writing() as session:
            rows = [
                new_row(
                    draft,
                    Signals((), ()),
                    digest,
                    new_article_id(),
                    moment + timedelta(microseconds=place),
                    search=search_text,
                )
                for place, (draft, search_text, digest) in enumerate(batch)
            ]
            bulk_insert.insert_articles(session, rows, fingerprints.VERSION)
        done += len(batch)
        report_progress(f"{done:,} articles, {(done - start) / (time.monotonic() - began):,.0f} a second")


def queries(size: int, times: int = 1) -> Iterator[tuple[str, SearchRequest]]:
    """Yield ``QUERIES`` searches drawn from articles of the library, of six kinds, every second one with a filter."""
    rng = np.random.default_rng([11, size])
    makers = {
        "one common word": _common,
        "a rare word": _rare,
        "two words": _two,
        "a phrase of common words": _phrase,
        "a name": _name,
        "a beginning": _beginning,
    }
    for number in range(QUERIES):
        kind = list(makers)[number % len(makers)]
        drawn = int(rng.integers(size))
        article = texts.article(repeated.original(drawn, size // times, times))
        query = makers[kind](rng, " ".join(article.body))
        request = SearchRequest(query)
        if number // len(makers) % 2:
            kind += ", filtered"
            day = _day(drawn)
            request = [
                SearchRequest(query, publisher=f"Outlet {article.outlet}"),
                SearchRequest(query, since=day - timedelta(days=int(rng.integers(400))), until=day),
                SearchRequest(query, language="en", since=date(day.year, 1, 1)),
            ][int(rng.integers(3))]
        yield kind, request


def _common(rng: Rng, body: str) -> str:
    return FUNCTION_WORDS[int(rng.integers(60))]


def _rare(rng: Rng, body: str) -> str:
    """Return the word of the article that the fewest others have, names excepted, which are a kind of their own."""
    rank = language().rank
    words: list[str] = _WORD.findall(body)
    return max(words, key=lambda word: rank.get(word, 0))


def _two(rng: Rng, body: str) -> str:
    return " ".join(_drawn(rng, _WORD.findall(body), 2))


def _phrase(rng: Rng, body: str) -> str:
    return f'"{_drawn(rng, _RUN.findall(body) or ["of the"])[0]}"'


def _name(rng: Rng, body: str) -> str:
    return f'"{_drawn(rng, _NAME.findall(body) or ["Maka Tora"])[0]}"'


def _beginning(rng: Rng, body: str) -> str:
    (word,) = _drawn(rng, _WORD.findall(body))
    return f"{word[: int(rng.integers(2, 6))]}*"


def _drawn(rng: Rng, words: Iterable[str], count: int = 1) -> list[str]:
    several = list(words)
    return [several[int(place)] for place in rng.integers(len(several), size=count)]


def _day(number: int) -> date:
    return texts.FIRST_DAY + timedelta(days=number // texts.A_DAY)


def measure(db: Database, size: int, times: int = 1) -> Iterator[str]:
    """Yield the table of one size: processor and wall time in milliseconds."""
    timed: dict[str, Timed] = {}
    server: dict[str, list[float]] = {}
    spent = _server_clock(db)
    bounded: dict[str, int] = {}
    for kind, request in queries(size, times):
        begun = spent()
        results = clocked(partial(search, db, request), timed.setdefault(kind, []))
        server.setdefault(kind, []).append(spent() - begun)
        bounded[kind] = bounded.get(kind, 0) + bool(results.floor)
    timed["all"] = [sample for samples in timed.values() for sample in samples]
    bounded["all"] = sum(bounded.values())
    server["all"] = [sample for samples in server.values() for sample in samples]
    yield (
        f"| {size:,} articles | processor p50 | p95 | server’s p50 | p95 | both p95 | wall p95"
        " | with older ones to go on to |"
    )
    yield "|---|---:|---:|---:|---:|---:|---:|---:|"
    for kind, samples in timed.items():
        wall, cpu = (sorted(sample[place] for sample in samples) for place in (0, 1))
        middle, late = len(cpu) // 2, int(0.95 * (len(cpu) - 1))
        share = f"{bounded[kind]} of {len(samples)}"
        apart = sorted(server[kind])
        both = sorted(own + servers for (_, own), servers in zip(samples, server[kind], strict=True))
        yield (
            f"| {kind} | {cpu[middle]:.1f} ms | {cpu[late]:.1f} ms | {apart[middle]:.1f} ms | {apart[late]:.1f} ms"
            f" | {both[late]:.1f} ms | {wall[late]:.1f} ms | {share} |"
        )


def _server_clock(db: Database) -> Callable[[], float]:
    """Return a clock of PostgreSQL's processor milliseconds for us on this machine; on SQLite, one that stays at 0."""
    with db.reading() as session:
        if session.get_bind().dialect.name != "postgresql":
            return lambda: 0.0
        here = text("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
        clocks = [Path(f"/proc/{pid}/schedstat") for pid in session.execute(here).scalars()]
    return lambda: sum(int(clock.read_text().split()[0]) for clock in clocks if clock.exists()) / 1e6


def main() -> None:
    """Grow a library and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument(
        "--times", type=int, default=1, help="store each of them so many times: larger, and sooner"
    )
    parser.add_argument("--keep", type=Path, help="the folder of the library; by default a temporary one")
    parser.add_argument("--database", help="a PostgreSQL server's address instead of a file in that folder")
    options = parser.parse_args()
    say = partial(print, file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        db = connect(options.database or f"sqlite:///{(folder / 'search.db').resolve()}")
        migrate(db)
        pending.drop_outdated(db)
        grow(db, options.articles, say)
        pending.put_waiting(db)
        repeated.repeat(db, options.articles, options.times, _day, say)
        for line in measure(db, options.articles * options.times, options.times):
            print(line)
        db.dispose()


if __name__ == "__main__":
    main()
