"""A quotation's versions as a document of JSON (docs/formats.md)."""

from typing import Any

from app.services.quotations.versions import PrintedQuotation, QuotationVersions, WordingGroup


def quotation_json(versions: QuotationVersions) -> dict[str, Any]:
    """Return ``versions`` as a JSON document; offsets are code points."""
    return {
        "format": 1,
        "quotation": versions.requested.id,
        "people": list(versions.people),
        "articles": versions.articles,
        "complete": not versions.is_cut,
        "wordings": [_wording(group) for group in versions.wordings],
    }


def _wording(group: WordingGroup) -> dict[str, Any]:
    return {
        "kind": group.kind,
        "text": group.text,
        "in_most_complete": list(group.base),
        "changes": [
            {
                "op": change.op,
                "base": [place + group.base[0] for place in change.base],
                "witness": list(change.witness),
            }
            | ({"typography": True} if change.typography else {})
            for change in group.changes
        ],
        "carried_by": [_carried(carried) for carried in group.carried],
    }


def _carried(quotation: PrintedQuotation) -> dict[str, Any]:
    entry = quotation.entry
    return {
        "quotation": quotation.id,
        "article": entry.article,
        "revision": entry.revision,
        "number": entry.number,
        "newest": entry.number == quotation.newest,
        "title": entry.title,
        "publisher": entry.publisher,
        "published_on": entry.published_on.isoformat() if entry.published_on else "",
        "places": [list(place) for place in quotation.places],
        "text": quotation.text,
        "speaker": quotation.speaker,
        "person": quotation.person,
        "cue": quotation.cue,
    }
