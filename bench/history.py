"""How long an article's history takes to open, and deleting, undoing and deleting for good, on a database of its own.

    python -m bench.history [--revisions 50] [--comparisons 100]

Prints processor time, which a busy machine changes less than the clock's.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

from app.collation.model import Pins
from app.services import comparisons
from app.services.articles import history, store, trash
from app.services.edit_log import UNNAMED
from app.services.operations.database import open_database
from app.settings import Settings
from app.sources.text import draft
from bench.library.texts import article as made_up

Answer = TypeVar("Answer")


def main() -> None:
    """Measure and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--revisions", type=int, default=50)
    parser.add_argument("--comparisons", type=int, default=100)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        db = open_database(Settings(data_dir=Path(folder)))
        rng = random.Random(1)
        lines = list(made_up(1).paragraphs)
        ref = store.add(db, draft("Harbour closed", "\n\n".join(lines), "The Daily"))
        for number in range(1, options.revisions):
            place = rng.randrange(len(lines))
            lines[place] = f"{lines[place]} The desk added sentence {number} to this."
            ref = store.edit(db, ref.article, draft("Harbour closed", "\n\n".join(lines), "The Daily"))
        print(
            f"{options.revisions} revisions of {len(' '.join(lines).split()):,} words, {len(lines)} paragraphs"
        )
        before: int | None = None
        while before is None or before > 1:
            read = partial(history.read_history, db, ref.article, 10, before)
            page = _timed("history, a page of 10, first visit", read)
            before = page.entries[-1].revision.number
        _timed("history, a page of 10, later", lambda: history.read_history(db, ref.article, 10))
        _timed("last change of substance", lambda: history.last_change(db, ref.article, options.revisions))
        _timed(
            "a sentence in all revisions",
            lambda: history.find_sentence(db, ref.article, "sentence 3 to this"),
        )
        other = store.add(db, draft("Port closed", "\n\n".join(lines[1:]), "The Weekly"))
        for number in range(options.comparisons):
            pins = Pins(together=((number % len(lines), number // len(lines) % (len(lines) - 1)),))
            comparisons.open_or_make(db, ref.revision, other.revision, pins=pins, keeper=UNNAMED)
        _timed(f"delete, with {options.comparisons} comparisons", lambda: trash.delete(db, ref.article))
        _timed("undo", lambda: trash.restore(db, ref.article))
        trash.delete(db, ref.article)
        later = datetime.now(UTC) + timedelta(days=31)
        _timed("delete for good", lambda: trash.purge_due(db, later, 30))
        db.dispose()


def _timed(what: str, run: Callable[[], Answer]) -> Answer:
    began, wall = time.process_time(), time.monotonic()
    answer = run()
    spent, waited = time.process_time() - began, time.monotonic() - wall
    print(f"{what}: {spent * 1000:.0f} ms of processor, {waited * 1000:.0f} ms in all", flush=True)
    return answer


if __name__ == "__main__":
    main()
