"""Comparisons to export: the seeds', and made-up texts."""

import tomllib
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from app.collation import pipeline
from app.collation.model import Comparison, Pins, Side
from app.collation.text import paragraphs
from app.exports.record import ComparisonExport, TextSource

ROOT = Path(__file__).parents[3]
NO_PINS = Pins()

MOMENT = datetime(2024, 2, 6, 9, 7, tzinfo=UTC)

HOSTILE = '=1+1"><script>alert(1)</script>\x00\x0b\ud800]]>&\u202e{\\}\r../../CON\ufffe'
"""A title that tries to be a formula, a tag, an entity, a path; with what XML may not hold."""

HOSTILE_TEXT = HOSTILE.replace("\ud800", "").replace("\r", " ")
"""The same as a paragraph, which is one line of Unicode."""


def side(
    name: str,
    texts: Sequence[str],
    title: str = "Title",
    publisher: str = "",
    author: str = "",
    published_on: str = "",
) -> Side:
    """Return a text for a comparison; ``name`` is repeated as its revision's id."""
    return Side(
        (name * 16)[:16],
        title,
        tuple(texts),
        publisher=publisher,
        author=author,
        published_on=published_on,
    )


def compared(base: Side, witness: Side, pins: Pins = NO_PINS) -> Comparison:
    """Return the comparison of two texts."""
    return pipeline.compare(base, witness, pins)


@cache
def seed_texts() -> dict[str, Side]:
    """Return the seeds as texts, by the first word of their files."""
    entries = tomllib.loads((ROOT / "seeds/manifest.toml").read_text(encoding="utf-8"))["article"]
    sides = {}
    for name, entry in zip("abcdefgh", entries, strict=False):
        text = (ROOT / "seeds" / entry["file"]).read_text(encoding="utf-8")
        texts = paragraphs.with_title(entry["title"], paragraphs.split(text))
        headline = paragraphs.headline(entry["title"], texts)
        sides[entry["file"].partition("-")[0]] = Side(
            name * 16, entry["title"], texts, headline, publisher=entry["publisher"], author=entry["author"]
        )
    return sides


@cache
def seeds() -> Comparison:
    """Return the standing example: Newsweek's piece against its repost."""
    return compared(seed_texts()["newsweek"], seed_texts()["repost"])


def export(comparison: Comparison) -> ComparisonExport:
    """Return a comparison with all that is known of one that is stored."""

    base, witness = comparison.base.revision, comparison.witness.revision
    return ComparisonExport(
        comparison,
        link=f"https://variorum.example/compare/{base}..{witness}/engine/{comparison.engine}",
        base=TextSource(f"https://variorum.example/revisions/{base}", "https://news.example/a", 1, MOMENT),
        witness=TextSource(f"https://variorum.example/revisions/{witness}", "javascript:alert(1)", 2, MOMENT),
        digest="0" * 64,
        made_at=MOMENT,
        read_on=date(2024, 2, 7),
    )
