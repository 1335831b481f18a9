"""The seeds' comparison through the database and over HTTP, inside one process."""

import tempfile
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path
from statistics import median
from time import perf_counter

from fastapi.testclient import TestClient

from app.main import create_app
from app.permalinks import compare_path
from app.services import comparisons
from app.services.articles import store
from app.services.operations.database import open_database
from app.services.transfer import seeds
from app.settings import Settings
from bench.measure import milliseconds


def measured() -> Iterator[tuple[str, float]]:
    """Yield what is measured, in words, and its milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder))
        db = open_database(settings)
        seeds.seed(db)
        revisions = {entry.publisher: entry.revision for entry in store.choices(db, exclude="", limit=10)}
        base, witness = revisions["Newsweek"], revisions[""]
        spent = []
        for pair in permutations(revisions.values(), 2):
            began = perf_counter()
            comparisons.open_or_make(db, *pair)
            spent.append((perf_counter() - began) * 1000)
        yield "made and stored, at the first request (median of the seeds' 20 pairs)", median(spent)
        yield "read from the database", milliseconds(lambda: comparisons.open_or_make(db, base, witness))
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
