"""Paragraphs in all their wordings, as a document of JSON (docs/formats.md)."""

from collections.abc import Mapping
from typing import Any

from app.collation.synopsis import Apparatus, VariantPlace, apparatuses, version_groups
from app.collation.text.numbering import FURNITURE, printed_numbers
from app.services.stories.synopsis import Synopsis
from app.services.summaries import ArticleEntry
from app.web.pages.stories.synopsis import paragraph_index


def paragraph_json(synopsis: Synopsis, number: str) -> dict[str, Any]:
    """Return the paragraph printed as ``number`` as a JSON document. Raises NotFoundError where there is none."""
    return _head(synopsis) | {
        "paragraphs": _paragraphs(synopsis, {paragraph_index(synopsis.side, number): number})
    }


def paragraphs_json(synopsis: Synopsis) -> dict[str, Any]:
    """Return every paragraph of the base but page extras as a JSON document."""
    printed = enumerate(printed_numbers(synopsis.side))
    numbers = {index: number for index, number in printed if number != FURNITURE}
    return _head(synopsis) | {"paragraphs": _paragraphs(synopsis, numbers)}


def _head(synopsis: Synopsis) -> dict[str, Any]:
    return {
        "format": 1,
        "story": synopsis.story,
        "base": _text(synopsis.base),
        "texts": [
            _text(entry) | {"in_story": entry.revision in synopsis.members} for entry in synopsis.witnesses
        ],
        "not_compared": [entry.revision for entry in synopsis.waiting],
        "complete": not synopsis.waiting and not synopsis.unshown,
    }


def _text(entry: ArticleEntry) -> dict[str, Any]:
    return {
        "article": entry.article,
        "revision": entry.revision,
        "number": entry.number,
        "title": entry.title,
        "publisher": entry.publisher,
        "published_on": entry.published_on.isoformat() if entry.published_on else "",
    }


def _paragraphs(synopsis: Synopsis, numbers: Mapping[int, str]) -> list[dict[str, Any]]:
    texts = {index: synopsis.side.paragraphs[index] for index in numbers}
    return [
        _paragraph(synopsis, numbers[variants.index], variants)
        for variants in apparatuses(synopsis.compared, texts)
    ]


def _paragraph(synopsis: Synopsis, number: str, variants: Apparatus) -> dict[str, Any]:
    return {
        "number": number,
        "paragraph": variants.index,
        "text": variants.text,
        "places": [_place(variants, place) for place in variants.places],
        "wordings": [
            {
                "texts": [version.revision for version in group.versions],
                "paragraphs": [list(version.paragraphs) for version in group.versions],
                "text": group.versions[0].text,
                "share": round(group.share, 6),
                "seriousness": group.step if group.versions[0].differences else "same",
                "may_reverse": group.may_reverse,
            }
            for group in version_groups(variants)
        ],
        "lacking": [revision for revision in variants.lacking if revision in synopsis.members],
    }


def _place(variants: Apparatus, place: VariantPlace) -> dict[str, Any]:
    return {
        "base": list(place.span),
        "text": variants.text[slice(*place.span)],
        "differing": len(place.differing),
        "of": place.carriers,
        "level": place.level,
        "seriousness": place.step,
        "may_reverse": place.may_reverse,
        "readings": [
            {
                "text": reading.text,
                "base": reading.is_base,
                "texts": list(reading.revisions),
                "seriousness": reading.step,
                "may_reverse": reading.may_reverse,
            }
            for reading in variants.readings(place.words)
        ],
    }
