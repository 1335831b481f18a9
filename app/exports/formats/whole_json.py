"""A comparison as JSON with everything that is known of it: the document, the sources, the notes, the citation."""

import json
from datetime import datetime
from typing import Any

from app.collation import document
from app.exports.citation import citation_line
from app.exports.escaping import json_bytes
from app.exports.record import ComparisonExport, TextSource

FORMAT = 1
"""The number of this file's format, as docs/exports.md has it."""


def whole_json(export: ComparisonExport) -> bytes:
    """Return the file; ``comparison`` in it is the comparison document as the API serves it."""
    value: dict[str, Any] = {
        "format": FORMAT,
        "link": export.link,
        "sha256": export.digest,
        "compared_at": _moment(export.made_at),
        "citation": citation_line(export),
        "sources": {"base": _source(export.base), "witness": _source(export.witness)},
        "notes": [
            {
                "row": remark.row,
                "finding": remark.finding,
                "status": remark.status,
                "text": remark.text,
                "who": remark.who,
                "written_at": _moment(remark.written_at),
            }
            for remark in export.remarks
        ],
        "comparison": json.loads(document.dumps(export.comparison)),
    }
    return json_bytes(value, indent=1)


def _source(source: TextSource) -> dict[str, Any]:
    return {
        "link": source.link,
        "address": source.url,
        "revision": source.number,
        "saved_at": _moment(source.saved_at),
    }


def _moment(value: datetime | None) -> str | None:
    return value.isoformat(timespec="seconds") if value else None
