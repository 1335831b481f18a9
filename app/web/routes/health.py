"""Whether the program is well, and its counts, for whatever watches it."""

from datetime import datetime

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response

import app
from app.services.articles import store
from app.web.dependencies import DatabaseDep, UpkeepDep, WaitingDep
from app.web.monitoring.metrics import Metrics

router = APIRouter()


@router.get("/health")
def health(
    db: DatabaseDep, waiting: WaitingDep, upkeep: UpkeepDep
) -> dict[str, str | dict[str, int | str | None]]:
    """Answer with the version after a read of the database, and with what is pending; 503 in words otherwise.

    That is also the answer if the database was removed or replaced, or the last check of its pages found faults.
    What waits is counted up to 100,000 (``MAX_COUNTED``). A worker that broke, or a backup that failed, is no reason
    to serve nothing, so the status stays ``ok``.
    """
    db.require_whole()
    store.choices(db, exclude="", limit=1)
    return {
        "status": "ok",
        "version": app.__version__,
        "waiting": {
            "to_compare": waiting.to_compare,
            "to_quote": waiting.to_quote,
            "worker": waiting.doing,
        },
        "database": {"kind": db.kind, "checked_at": _moment(upkeep.checked_at)},
        "backup": {
            "state": "off" if not upkeep.backup_every else "failed" if upkeep.backup_failed else "ok",
            "every_seconds": upkeep.backup_every,
            "made_at": _moment(upkeep.backup_at),
            "file": upkeep.backup_file,
        },
    }


@router.get("/metrics")
def metrics(request: Request) -> Response:
    """Answer with counts in Prometheus' text form; 404 unless they are switched on (``VARIORUM_METRICS``)."""
    counts: Metrics | None = request.app.state.metrics
    if counts is None:
        raise HTTPException(404)
    body, content_type = counts.page()
    return Response(body, headers={"Content-Type": content_type, "Cache-Control": "no-store"})


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="seconds")
