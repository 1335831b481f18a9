"""The articles that a new library starts with: each is added once, ever."""

import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from app.collation.discovery.signals import signals
from app.db.engine.base import Database
from app.db.queries import articles as article_queries
from app.db.tables.articles import Seeded
from app.resources import folder
from app.services.articles.store import insert_article
from app.services.edit_log import SEEDS
from app.services.quotations import extract
from app.services.relations import relate
from app.services.stories import compare_ahead
from app.sources import Draft
from app.sources.text import decode, draft

MAX_COMPARED = 8
"""Comparisons that are made before the first page is shown: as many as the seeds have among themselves, and no more
where others wait."""


def seed(db: Database) -> int:
    """Add the seeds of the manifest that were never added before; return how many.

    A deleted seed does not come back, and two processes that start at once add each seed once. A database that cannot
    be written is left as it is.
    """
    if db.read_only:
        return 0
    with db.reading() as session:
        seeded = article_queries.seeded_ids(session)
    missing = [
        (article, text, signals(text.paragraphs, text.furniture))
        for article, text in _manifest()
        if article not in seeded
    ]
    if not missing:
        return 0
    added = []
    with db.writing() as session:
        seeded = article_queries.seeded_ids(session)
        moment = datetime.now(UTC)
        for place, (article, text, text_signals) in enumerate(missing):
            if article in seeded:
                continue
            session.add(Seeded(id=article, seeded_at=moment))
            if article_queries.article(session, article) is None:
                # a microsecond apart, so that the library keeps the manifest's order
                later = moment + timedelta(microseconds=place)
                ref = insert_article(session, text, text_signals, article, later, SEEDS)
                added.append(ref.revision)
    for revision in added:  # and nothing else that is pending, which would delay the start
        relate.ensure_relations(db, revision)
        extract.store_if_missing(db, revision)
    if added:
        compare_ahead.compare_pending(db, most=MAX_COMPARED)
    return len(added)


def _manifest() -> Iterator[tuple[str, Draft]]:
    seeds = folder("seeds")
    manifest = tomllib.loads((seeds / "manifest.toml").read_text("utf-8"))
    for entry in manifest["article"]:
        yield (
            entry["id"],
            draft(
                entry["title"],
                decode((seeds / entry["file"]).read_bytes()),
                entry["publisher"],
                entry["author"],
                entry["published_on"],
            ),
        )
