"""A quotation's versions as a document of JSON (docs/formats.md)."""

from typing import Any

from app.services.quotations.versions import PrintedQuotation, QuotationVersions, WordingGroup


def quotation_json(found: QuotationVersions) -> dict[str, Any]:
    """The document of what ``found`` holds; offsets are code points."""
    return {
        "format": 1,
        "quotation": found.asked.id,
        "people": list(found.people),
        "articles": found.articles,
        "complete": not found.is_cut,
        "wordings": [_wording(one) for one in found.wordings],
    }


def _wording(one: WordingGroup) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "text": one.text,
        "in_most_complete": list(one.base),
        "changes": [
            {
                "op": change.op,
                "base": [place + one.base[0] for place in change.base],
                "witness": list(change.witness),
            }
            | ({"typography": True} if change.typography else {})
            for change in one.changes
        ],
        "carried_by": [_carried(carried) for carried in one.carried],
    }


def _carried(one: PrintedQuotation) -> dict[str, Any]:
    entry = one.entry
    return {
        "quotation": one.id,
        "article": entry.article,
        "revision": entry.revision,
        "number": entry.number,
        "newest": entry.number == one.newest,
        "title": entry.title,
        "publisher": entry.publisher,
        "published_on": entry.published_on.isoformat() if entry.published_on else "",
        "places": [list(place) for place in one.places],
        "text": one.text,
        "speaker": one.speaker,
        "person": one.person,
        "cue": one.cue,
    }
