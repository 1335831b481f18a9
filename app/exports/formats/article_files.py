"""One article, in one revision: as text, and as the JSON that ``import`` reads."""

from collections.abc import Iterator

from app.exports.escaping import cleaned, json_bytes
from app.exports.record import NOT_STATED, ArticleExport, day


def article_text(export: ArticleExport) -> bytes:
    """Return the article without page extras, paragraphs divided by blank lines, and below a rule where it is from."""
    body = [text for index, text in enumerate(export.paragraphs) if index not in export.furniture]
    if export.headline is None:
        body.insert(0, export.title)
    return cleaned("\n\n".join([*body, "----", "\n".join(_source(export))]) + "\n").encode()


def article_json(export: ArticleExport) -> bytes:
    """Return a line as ``import`` reads it (docs/formats.md), with the article's address here."""
    return json_bytes(
        {
            "id": export.import_id or export.article,
            "article": export.article,
            "revision": export.number,
            "saved_at": export.saved_at.isoformat() if export.saved_at else None,
            "title": export.title,
            "publisher": export.publisher,
            "author": export.author,
            "published_on": export.published_on,
            "url": export.url,
            "furniture": list(export.furniture),
            "paragraphs": list(export.paragraphs),
            "text": export.text,
            "link": export.link,
        }
    )


def _source(export: ArticleExport) -> Iterator[str]:
    yield export.title
    yield ", ".join(
        (
            export.author or f"author {NOT_STATED}",
            export.publisher or f"publisher {NOT_STATED}",
            day(export.published_on) or f"date {NOT_STATED}",
        )
    )
    yield from filter(None, (export.url, f"Revision {export.number}: {export.link}"))
