"""Helpers for tests of comparisons: made-up articles, and the seeds' comparison."""

import re
from collections.abc import Sequence
from html import unescape

from app import permalinks
from app.collation.model import (
    ROW_KINDS,
    Change,
    Collation,
    Comparison,
    Finding,
    FindingKind,
    Row,
    RowKind,
    Side,
    Summary,
)
from app.collation.relation import Relation
from app.collation.shared_figures import counted_paragraphs
from app.db.engine.base import Database
from app.services.articles import store
from app.sources import text as plain_text

BASE_ID = "b" * 16
WITNESS_ID = "w" * 16


def added(db: Database, title: str, text: str, publisher: str = "") -> str:
    """Add an article and return its revision id."""
    return store.add(db, plain_text.draft(title, text, publisher)).revision


def path_between(db: Database, base: tuple[str, str, str], witness: tuple[str, str, str]) -> str:
    """Add two articles (title, text, publisher) and return the path of their comparison."""
    return permalinks.compare_path(added(db, *base), added(db, *witness))


def seeds_path(db: Database) -> str:
    """Return the path of the standing example: Newsweek's piece against its repost."""
    entries = {entry.title: entry.revision for entry in store.choices(db, exclude="", limit=10)}
    base = next(revision for title, revision in entries.items() if title.startswith("China Offers Full"))
    witness = next(
        revision for title, revision in entries.items() if title.startswith("Chinese defense chief")
    )
    return permalinks.compare_path(base, witness)


def paragraphs(word: str, count: int, words: int = 40) -> str:
    """Return a text of ``count`` paragraphs in words that no text made from another ``word`` has."""
    return "\n\n".join(
        " ".join(f"{word}{paragraph}x{number}" for number in range(words)) + "."
        for paragraph in range(1, count + 1)
    )


_QUOTED_LINK = re.compile(r'<a class="quoted-link.*?</a>', re.S)


def printed(page: str) -> list[str]:
    """Return the paragraphs of an article's page without the links that follow quotations."""
    paragraphs = re.findall(r'<p dir="auto">(.*?)</p>', page, re.S)
    return [unescape(re.sub(r"</?span[^>]*>", "", _QUOTED_LINK.sub("", text))) for text in paragraphs]


def heard(html: str) -> str:
    """Return the text of ``html`` as a screen reader reads it: without tags, white space collapsed."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html)).strip()


def side(paragraphs: Sequence[str], label: str, furniture: Sequence[int] = ()) -> Side:
    """Return a text for a comparison made by hand."""
    revision = BASE_ID if label == "The Base" else WITNESS_ID
    return Side(
        revision, paragraphs[0], tuple(paragraphs), furniture=tuple(furniture), publisher=label, label=label
    )


def row(
    number: int,
    kind: RowKind,
    base: Sequence[int],
    witness: Sequence[int],
    changes: Sequence[Change] = (),
    findings: Sequence[Finding] = (),
    moved: bool = False,
    repeats: int | None = None,
) -> Row:
    """Return a row made by hand."""
    similarity = 1.0 if base and witness else 0.0
    return Row(
        number, kind, moved, similarity, tuple(base), tuple(witness), tuple(changes), tuple(findings), repeats
    )


def _relation(base: Side, witness: Side, rows: Sequence[Row], shared: float) -> Relation | None:
    """Return the relation of two texts that share every row of both sides; None if they share too little."""
    counted = counted_paragraphs(base), counted_paragraphs(witness)
    both = [
        row for row in rows if not (counted[0].isdisjoint(row.base) or counted[1].isdisjoint(row.witness))
    ]
    if not both or shared < 0.2:
        return None
    reworded = sum(finding.kind == "quotation" for row in rows for finding in row.findings)
    verbatim = [row for row in both if row.kind == "same"]
    return Relation(
        kind="shares-paragraphs",
        resemblance=0.5,
        base_in_witness=shared,
        witness_in_base=shared,
        base_paragraphs=len(counted[0]),
        witness_paragraphs=len(counted[1]),
        base_shared=sum(index in counted[0] for row in both for index in row.base),
        witness_shared=sum(index in counted[1] for row in both for index in row.witness),
        base_verbatim=sum(index in counted[0] for row in verbatim for index in row.base),
        witness_verbatim=sum(index in counted[1] for row in verbatim for index in row.witness),
        quotations=reworded,
        reworded=reworded,
    )


def comparison(
    base: Side, witness: Side, rows: Sequence[Row], engine: str = "1.0", shared: float = 0.9
) -> Comparison:
    """Return a comparison of these rows, with its summary counted."""
    counts: dict[FindingKind, int] = {}
    for table_row in rows:
        for finding in table_row.findings:
            counts[finding.kind] = counts.get(finding.kind, 0) + 1
    summary = Summary(
        {kind: sum(table_row.kind == kind for table_row in rows) for kind in ROW_KINDS},
        sum(table_row.moved for table_row in rows),
        counts,
        shared,
        shared,
        relation=_relation(base, witness, rows, shared),
    )
    return Comparison(base, witness, Collation(tuple(rows), summary), engine, 3000)
