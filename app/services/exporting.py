"""What is exported, put together from what is stored; ``app/exports`` writes the files."""

from collections.abc import Sequence
from datetime import date

from app import permalinks
from app.collation.model import Comparison
from app.db.engine.base import Database
from app.db.queries import articles as article_queries
from app.exports.record import ComparisonExport, Remark, TextSource
from app.services.comparisons import StoredComparison
from app.services.notes import EditorNote, anchor_of


def comparison_export(
    db: Database,
    stored: StoredComparison,
    base_url: str,
    read_on: date,
    notes: Sequence[EditorNote] = (),
) -> ComparisonExport:
    """Return a comparison with where its texts are found; ``base_url`` starts absolute links, ``notes`` are public."""
    comparison = stored.comparison
    base, witness = comparison.base.revision, comparison.witness.revision
    with db.reading() as session:
        origins = article_queries.revision_origins(session, [base, witness])
    sources = [
        TextSource(base_url + permalinks.text_path(revision), *origins.get(revision, ("", None, None)))
        for revision in (base, witness)
    ]
    path = permalinks.compare_path(base, witness, comparison.engine, permalinks.pins_text(comparison.pins))
    return ComparisonExport(
        comparison,
        link=base_url + path,
        base=sources[0],
        witness=sources[1],
        digest=stored.digest,
        made_at=stored.made_at,
        read_on=read_on,
        remarks=remarks_on(comparison, notes),
    )


def remarks_on(comparison: Comparison, notes: Sequence[EditorNote]) -> list[Remark]:
    """Return the notes that are about exactly a row or a finding of this comparison, either way round."""
    by_place: dict[tuple[str, bool], list[EditorNote]] = {}
    for note in notes:
        if note.witness:
            by_place.setdefault((note.anchor, note.base != comparison.base.revision), []).append(note)
    return [
        Remark(row.number, finding, note.text, note.status, note.who, note.made_at)
        for row in (comparison.collation.rows if by_place else ())
        for finding in (None, *range(1, len(row.findings) + 1))
        for swapped in (False, True)
        for note in by_place.get((anchor_of(row, finding, swapped=swapped), swapped), ())
    ]
