"""``backup``, ``check`` and ``restore``: the database as a whole."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from app.cli.transfer import Progress
from app.db.engine.base import Database
from app.db.engine.connect import connect
from app.db.tables.base import SCHEMA
from app.errors import InvalidInputError
from app.services.operations.check import CheckReport, Fault
from app.services.operations.check import check as check_database
from app.services.operations.database import require_known_schema
from app.services.operations.restore import open_copy
from app.services.operations.restore import restore as restore_database
from app.settings import Settings


def check(settings: Settings, file: Path | None, *, quick: bool) -> bool:
    """Check the settings' database, or the backup ``file``, and return whether everything is intact.

    Prints each fault as it is found, then a summary.
    """
    db = open_copy(file) if file else connect(settings.url)
    progress = Progress("articles checked", sys.stderr)

    def complain(fault: Fault) -> None:
        progress.clear()
        print(fault)

    try:
        _require_current(db)
        report = check_database(db, complain, progress, quick=quick)
    finally:
        progress.clear()
        db.dispose()
    print(summary(report, db.name, quick=quick))
    return not report.faults


def restore(settings: Settings, file: Path) -> str:
    """Put the backup ``file`` in the database's place; return what was done, in words."""
    db = connect(settings.url)
    restored = restore_database(db, file, datetime.now(UTC))
    lines = [
        f"The database {db.name} was restored from {file}: {_count(restored.articles, 'article')}, "
        f"{_count(restored.revisions, 'revision')}."
    ]
    if restored.aside:
        lines.append(
            f"The one that it replaced is kept as {restored.aside}; remove that once you do not need it."
        )
    if restored.returned:
        lines.append(
            "Deleted for good since this backup was made, and here again; delete them again if need be:"
        )
        lines += (f"  {article}" for article in restored.returned)
    return "\n".join(lines)


def summary(report: CheckReport, name: str, *, quick: bool) -> str:
    """Return the result of a check in words.

    >>> summary(CheckReport(articles=5, revisions=6, comparisons=1), "variorum.db", quick=True)
    'variorum.db: 5 articles, 6 revisions and 1 comparison are whole (the index was left out).'
    >>> report = CheckReport(articles=5, revisions=6, faults=2, faulty_articles={"abcdefghijklmn27"})
    >>> print(summary(report, "variorum.db", quick=False))
    variorum.db: 2 faults; 1 of 5 articles is not whole, the others are.
    Restore a backup (variorum restore FILE), or correct the articles named above.
    """
    if report.faults:
        broken = len(report.faulty_articles)
        return (
            f"{name}: {_count(report.faults, 'fault')}; {broken} of {_count(report.articles, 'article')} "
            f"{'is' if broken == 1 else 'are'} not whole, the others are.\n"
            "Restore a backup (variorum restore FILE), or correct the articles named above."
        )
    whole = (
        f"{_count(report.articles, 'article')}, {_count(report.revisions, 'revision')} and "
        f"{_count(report.comparisons, 'comparison')} are whole"
    )
    index = " (the index was left out)" if quick else ", and so is the index"
    waiting = (
        f" {_count(report.waiting, 'article')} still to be put into it (reindex)." if report.waiting else ""
    )
    return f"{name}: {whole}{index}.{waiting}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _require_current(db: Database) -> None:
    """Raise an error unless the database has this program's schema: a check changes nothing, so it migrates nothing."""
    stored = db.stored_schema()
    if stored is None:
        raise InvalidInputError(
            f"{db.name} holds no articles of Variorum.", "Name another file, or start the program once."
        )
    require_known_schema(stored, db.name)
    if stored != SCHEMA:
        raise InvalidInputError(
            f"{db.name} was written by an older version of Variorum (schema {stored}).",
            "Bring it up to date first (variorum migrate), or restore it, which does that.",
        )
    db.schema = SCHEMA
