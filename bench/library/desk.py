"""``python -m bench.library.desk``: the library's page over many made-up articles, in milliseconds of processor time.

Articles, stories and findings are assigned by number, without fingerprints, since only the page is measured. Prints
Markdown.
"""

import argparse
import time
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import event, text

from app.collation.findings.registry import LOUD
from app.db.engine.base import Database
from app.db.engine.connect import connect
from app.db.queries import desk
from app.db.tables.desk import KIND_BITS
from app.services.operations.backlog import Waiting
from app.services.operations.database import migrate
from app.services.stories.library import Order, ShelfQuery, known_publishers, read_page
from app.web.pages.stories.library import library_page

REPEATS = 7

VIEWS: tuple[tuple[str, int, Order, ShelfQuery], ...] = (
    ("first page", 1, "serious", ShelfQuery()),
    ("page 1,000", 1_000, "serious", ShelfQuery()),
    ("last page", 1_000_000, "newest", ShelfQuery()),
    ("by date", 1, "published", ShelfQuery()),
    ("most articles", 1, "articles", ShelfQuery()),
    ("one kind of finding", 1, "serious", ShelfQuery(kind="negation")),
    ("one publisher", 1, "serious", ShelfQuery(publisher="Outlet 7")),
    ("dates", 1, "serious", ShelfQuery(since=date(2024, 3, 1), until=date(2024, 3, 31))),
    ("no date stated", 1, "newest", ShelfQuery(is_undated=True)),
    ("with notes", 1, "serious", ShelfQuery(noted="any")),
    ("single articles", 1, "newest", ShelfQuery(is_story=False)),
)


def main() -> None:
    """Fill the library, unless it is there, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, required=True, help="the folder of the library")
    parser.add_argument("--explain", action="store_true", help="print the plans of the queries too")
    options = parser.parse_args()
    options.keep.mkdir(parents=True, exist_ok=True)
    db = connect(f"sqlite:///{(options.keep / f'desk-{options.articles}.db').resolve()}")
    if migrate(db):
        _fill(db, options.articles)
    statements: list[tuple[str, Any]] = []
    if options.explain:
        with db.reading() as session:
            event.listen(
                session.get_bind(), "before_cursor_execute", lambda *given: statements.append(given[2:4])
            )
    print("| view | processor time, ms |\n|---|---|")
    for name, page, order, query in VIEWS:
        times = []
        for _ in range(REPEATS):
            began = time.process_time()
            listing = read_page(db, page, query=query, order=order, public_only=False)
            library_page(listing, Waiting(0, 0, 0, "idle"), publishers=known_publishers(db))
            times.append(1_000 * (time.process_time() - began))
        print(f"| {name} ({listing.total:,}) | {sorted(times)[REPEATS // 2]:.1f} |")
    seen = set()
    for statement, parameters in statements:
        if statement.startswith("SELECT") and "shelf" in statement and statement not in seen:
            seen.add(statement)
            with db.reading() as session:
                plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
                print(" ".join(statement.split())[-200:], *(f"    {row[3]}" for row in plan), sep="\n")
    db.dispose()


def _fill(db: Database, count: int) -> None:
    """Fill the library: three articles of five are a story, a quarter state no date, each story has one finding."""
    bits = ", ".join(f"({place}, {KIND_BITS[kind]}, '{kind}')" for place, kind in enumerate(LOUD))
    with db.writing() as session:
        for statement in _STATEMENTS[:3]:
            session.execute(text(statement), {"count": count, "text": "A made-up paragraph of news. " * 150})
        desk.reshelve_all(session)
        for statement in _STATEMENTS[3:]:
            session.execute(text(statement.replace("KIND_LIST", bits).replace("KIND_COUNT", str(len(LOUD)))))
    with db.writing() as session:
        session.execute(text("ANALYZE"))
        session.execute(text("DELETE FROM sqlite_stat1"))  # the program runs without statistics


_STATEMENTS = (
    """INSERT INTO article (id, added_at, newest, story, latest)
    WITH RECURSIVE n(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n < :count - 1)
    SELECT printf('a%015d', n), strftime('%Y-%m-%d %H:%M:%f000', 1704067200 + n * 60, 'unixepoch'), 1,
    CASE WHEN n % 5 < 3 THEN printf('a%015d', n - n % 5) END, n % 5 > 1 FROM n""",
    """INSERT INTO revision (id, article, number, saved_at, title, publisher, author, published_on, url, text,
    paragraphs, paragraphs_count, headline, furniture, digest)
    SELECT replace(id, 'a', 'r'), id, 1, added_at, 'A made-up title of some length, number ' || rowid,
    'Outlet ' || (rowid * 7919 % 300), 'An Author', CASE WHEN rowid % 4 THEN date(added_at) END, '', :text, '[]', 12,
    NULL, '[]', id FROM article""",
    """INSERT INTO comparison (base, witness, pins, engine, digest, document, made_at)
    SELECT replace(id, 'a', 'r'), printf('r%015d', rowid), '', '0', '', x'', added_at FROM article
    WHERE id = story""",
    """INSERT INTO finding_summary SELECT comparison.id, base, witness, comparison.id * 7919 % 32000000, kind.bit,
    json_object(kind.name, 2), 4, 1, kind.name, 0, 'put pressure on', 'put pressure from', '["4"]', '["4"]'
    FROM comparison JOIN (SELECT column1 AS place, column2 AS bit, column3 AS name FROM (VALUES KIND_LIST)) AS kind
    ON kind.place = comparison.id % KIND_COUNT""",
    """UPDATE shelf SET (gravity, kinds, summary) = (SELECT gravity, kinds, comparison FROM finding_summary
    WHERE base = replace(shelf.id, 'a', 'r')) WHERE size > 1""",
)


if __name__ == "__main__":
    main()
