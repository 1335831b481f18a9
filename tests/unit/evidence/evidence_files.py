"""An evidence file of the small example, and one of the seeds."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256

from app import __version__, permalinks
from app.collation import document, pipeline
from app.collation.model import Comparison
from app.evidence.contents import CaptureRecord, Contents, TextRecord
from app.exports.formats.offline_page import offline_page
from app.exports.record import ComparisonExport, Remark, TextSource
from tests.golden.example import BASE, WITNESS
from tests.golden.seeds import sides

AT = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
PAGE = b"<!doctype html><title>Talks</title><p>Caf\xe9 \x00"

NOTE = {
    "id": "n",
    "status": "open",
    "text": "Look at “this” & that.",
    "who": "Ann Lee",
    "written_at": AT.isoformat(timespec="seconds"),
}

CAPTURE = CaptureRecord(
    id="eeeeeeeeeeeeeeee",
    captured_at=AT,
    kind="link",
    address="https://courier.example/talks",
    file_name="talks.html",
    media_type="text/html; charset=latin-1",
    sha256=sha256(PAGE).hexdigest(),
    size=len(PAGE),
    language="en",
    sources={"title": "page"},
    content=PAGE,
)


def contents(comparison: Comparison | None = None) -> Contents:
    """Return what the evidence file of a comparison, by default the example's, is made from."""
    compared = comparison or pipeline.compare(BASE, WITNESS)
    server = "https://variorum.example"
    base, witness = compared.base.revision, compared.witness.revision
    link = server + permalinks.compare_path(
        base, witness, compared.engine, permalinks.pins_text(compared.pins)
    )
    text = TextRecord(1, AT, "https://courier.example/talks")
    written = document.dumps(compared).encode()
    page = ComparisonExport(
        compared,
        link=link,
        base=TextSource(server + permalinks.text_path(base), text.url, 1, AT),
        witness=TextSource(server + permalinks.text_path(witness), text.url, 1, AT),
        digest=sha256(written).hexdigest(),
        made_at=AT,
        read_on=AT.date(),
        remarks=(Remark(1, None, NOTE["text"], NOTE["status"], NOTE["who"], AT),),
    )
    return Contents(
        comparison=compared,
        compared_at=AT,
        base=replace(text, captures=(CAPTURE,)),
        witness=text,
        made_at=AT,
        program=__version__,
        base_url=server,
        link=link,
        notes=({**NOTE, "base": base, "witness": witness},),
        html=offline_page(page),
    )


@cache
def seeds_contents() -> Contents:
    """Return what the seeds' evidence file is made from."""
    texts = sides()
    return contents(pipeline.compare(texts["newsweek"], texts["repost"]))
