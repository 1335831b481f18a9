"""The seeds' comparison through the database and over HTTP, inside one process."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from fastapi.testclient import TestClient

from app.main import create_app
from app.permalinks import compare_path
from app.services import articles, comparisons, lifecycle, seeding
from app.settings import Settings
from bench.measure import milliseconds


def measured() -> Iterator[tuple[str, float]]:
    """What is measured, in words, and its milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder))
        db = lifecycle.open_database(settings)
        seeding.seed(db)
        found = {entry.article.publisher: entry.article.revision for entry in articles.library(db).entries}
        base, witness = found["Newsweek"], found[""]
        # The two have met already when the other order is made: imports and tables are warm.
        comparisons.open(db, witness, base)

        began = perf_counter()
        comparisons.open(db, base, witness)
        yield "made and stored, at the first request", (perf_counter() - began) * 1000
        yield "read from the database", milliseconds(lambda: comparisons.open(db, base, witness))
        with TestClient(create_app(settings, db), base_url="http://localhost") as client:
            page = client.get(compare_path(base, witness)).raise_for_status()
            yield "the page", milliseconds(lambda: client.get(compare_path(base, witness)).raise_for_status())
            known = {"If-None-Match": page.headers["ETag"]}
            assert client.get(compare_path(base, witness), headers=known).status_code == 304
            yield (
                "the page, unchanged (304)",
                milliseconds(lambda: client.get(compare_path(base, witness), headers=known)),
            )
        db.dispose()
