"""What a search found, as a JSON document (docs/search.md)."""

from typing import Any

from app import permalinks
from app.services.search.find import ArticleHits, SearchResults
from app.services.search.marks import HitExcerpt
from app.web.pages.search.results_page import SearchAddress


def results_json(address: SearchAddress, results: SearchResults) -> dict[str, Any]:
    """Return the document. Places count code points of the text beside them."""
    older = address.path("/api/search", below=str(results.floor), page=1) if results.floor else None
    next_page = address.path("/api/search", page=results.page + 1) if results.page < results.pages else None
    return {
        "query": address.q,
        "remarks": list(results.remarks),
        "articles": results.articles,
        "more": results.is_bounded,
        "waiting": results.waiting,
        "page": results.page,
        "pages": results.pages,
        "next": next_page,
        "older": older,
        "notes": [
            {
                "id": hit.id,
                "base": hit.base,
                "witness": hit.witness,
                "row": hit.row,
                "finding": hit.finding,
                **_marked(hit.excerpt),
            }
            for hit in results.notes
        ],
        "stories": [
            {
                "story": story.story,
                "more_articles": story.more,
                "articles": [_article(hits) for hits in story.articles],
            }
            for story in results.stories
        ],
    }


def _article(hits: ArticleHits) -> dict[str, Any]:
    entry = hits.article
    path = permalinks.article_path(entry.article)
    return {
        "article": entry.article,
        "revision": entry.revision,
        "link": path,
        "title": _marked(hits.title),
        "publisher": _marked(hits.publisher),
        "author": _marked(hits.author),
        "published_on": entry.published_on.isoformat() if entry.published_on else None,
        "more_paragraphs": hits.more,
        "paragraphs": [
            {"index": hit.index, "number": hit.number, "link": f"{path}#{hit.anchor}", **_marked(hit.excerpt)}
            for hit in hits.paragraphs
        ],
    }


def _marked(excerpt: HitExcerpt) -> dict[str, Any]:
    return {"text": excerpt.text, "marks": [list(span) for span in excerpt.spans]}
