"""The access log: one JSON object a request, on standard error."""

import json
import sys
from datetime import UTC, datetime
from typing import TextIO

from app.web.monitoring.requests import RequestRecord


class AccessLog:
    """Writes a line a request. Queries are left out: they hold what readers search for."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream

    def __call__(self, record: RequestRecord) -> None:
        """Write the line of one request."""
        line: dict[str, str | int | float | bool] = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "client": record.client,
            "method": record.method,
            "path": record.path,
            "route": record.route,
            "status": record.status,
            "bytes": record.sent_bytes,
            "seconds": round(record.seconds, 4),
            "kept": record.is_kept_page,
        }
        if record.request_id:
            line["request"] = record.request_id
        stream = self._stream or sys.stderr
        # ASCII only: a path may hold half a character, or a terminal's control sequence.
        stream.write(json.dumps(line) + "\n")
        stream.flush()
