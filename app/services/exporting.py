"""What is exported, put together from what is stored; ``app/exports`` writes the files."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from app import permalinks
from app.collation.model import Comparison
from app.db.engine.base import Database
from app.db.queries import articles as article_queries
from app.db.queries import relations as relation_queries
from app.exports.record import (
    ArticleExport,
    ComparisonExport,
    Remark,
    SharedText,
    StoryExport,
    TextSource,
)
from app.services.articles import store
from app.services.comparisons import StoredComparison
from app.services.notes import EditorNote, anchor_of
from app.services.stories.story import read_story_in
from app.services.summaries import ArticleEntry

MAX_STORY_ARTICLES = 2_000
"""Articles of a story's graph: no program can draw a larger one, and reading it would take seconds."""


def comparison_export(
    db: Database,
    stored: StoredComparison,
    base_url: str,
    read_on: date | None = None,
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


def article_export(db: Database, article: str, number: int, base_url: str, read_on: date) -> ArticleExport:
    """Return one revision of an article. Raises NotFoundError."""
    with db.reading() as session:
        stored = store.read_in(session, article, number)
        import_id = article_queries.import_id(session, article)
    entry = _entry(stored, base_url)
    return replace(
        entry,
        saved_at=stored.saved_at,
        read_on=read_on,
        paragraphs=stored.paragraphs,
        headline=stored.headline,
        furniture=stored.furniture,
        text=stored.text,
        import_id=import_id or "",
    )


def story_export(db: Database, id: str, base_url: str) -> StoryExport:
    """Return a story with what is stored of each two of its articles. Raises NotFoundError.

    Of a story of more than MAX_STORY_ARTICLES it is the first of them by date.
    """
    with db.reading() as session:
        story = read_story_in(session, id)
        entries = [member.entry for member in story.articles[:MAX_STORY_ARTICLES]]
        articles = {entry.revision: entry.article for entry in entries}
        places = {revision: place for place, revision in enumerate(articles)}
        related = relation_queries.related(session, list(articles))
    relations = tuple(
        SharedText(
            articles[revision],
            articles[other],
            relation,
            base_url + permalinks.compare_path(revision, other),
        )
        for revision in articles
        for other, relation in related[revision]
        if places.get(other, -1) > places[revision]
    )
    title = next(member.entry.title for member in story.articles if member.entry.article == story.id)
    return StoryExport(
        story=story.id,
        title=title,
        link=base_url + permalinks.story_path(story.id),
        articles=tuple(_entry(entry, base_url) for entry in entries),
        relations=relations,
    )


def _entry(entry: ArticleEntry, base_url: str) -> ArticleExport:
    return ArticleExport(
        article=entry.article,
        number=entry.number,
        title=entry.title,
        publisher=entry.publisher,
        author=entry.author,
        published_on=entry.published_on.isoformat() if entry.published_on else "",
        url=entry.url,
        link=base_url + permalinks.revision_path(entry.article, entry.number),
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
