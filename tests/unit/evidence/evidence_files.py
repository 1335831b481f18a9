"""An evidence file of the small example, and one of the seeds."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

from app.collation import pipeline
from app.collation.model import Comparison
from app.evidence.contents import CaptureRecord, Contents, TextRecord
from tests.golden.example import BASE, WITNESS
from tests.golden.seeds import sides

AT = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
PAGE = b"<!doctype html><title>Talks</title><p>Caf\xe9 \x00"

CAPTURE = CaptureRecord(
    id="eeeeeeeeeeeeeeee",
    captured_at=AT,
    kind="link",
    address="https://courier.example/talks",
    file_name="talks.html",
    media_type="text/html; charset=latin-1",
    sha256="",
    size=len(PAGE),
    language="en",
    sources={"title": "page"},
    content=PAGE,
)


def contents(comparison: Comparison | None = None) -> Contents:
    """Return what the evidence file of a comparison, by default the example's, is made from."""
    compared = comparison or pipeline.compare(BASE, WITNESS)
    text = TextRecord(1, AT, "https://courier.example/talks")
    return Contents(
        comparison=compared,
        compared_at=AT,
        base=replace(text, captures=(CAPTURE,)),
        witness=text,
        made_at=AT,
        program="1.0.0",
        base_url="https://variorum.example",
        link="https://variorum.example/compare/a..b",
        notes=({"id": "n", "text": "Look at this."},),
        html=b"<!doctype html><title>A comparison</title>",
    )


@cache
def seeds_contents() -> Contents:
    """Return what the seeds' evidence file is made from."""
    texts = sides()
    return contents(pipeline.compare(texts["newsweek"], texts["repost"]))
