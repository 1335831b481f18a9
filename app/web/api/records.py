"""What editors alone read: the log of changes, and the bytes of captures."""

from typing import Annotated

from fastapi import Query, Request
from starlette.responses import Response

from app.services.edit_log import read_log
from app.services.intake import captures
from app.web.api.answers import listing
from app.web.api.models.records import ChangeOut, ChangesOut
from app.web.api.parameters import DEFAULT_ITEMS, Before, CaptureId, Limit, api_router
from app.web.dependencies import DatabaseDep, Editor
from app.web.routes.intake.captures import sent_as_file

router = api_router("records")


@router.get("/log", dependencies=[Editor], response_model=ChangesOut)
def list_changes(
    request: Request,
    db: DatabaseDep,
    article: Annotated[
        str | None, Query(pattern=r"^[a-z2-7]{16}$", description="Only changes of this article.")
    ] = None,
    before: Before = None,
    limit: Limit = DEFAULT_ITEMS,
) -> Response:
    """List the changes, the last one first; for editors."""
    log = read_log(db, limit, before=before, article=article)
    return listing(
        request,
        ChangesOut,
        [*log.changes, *log.changes[:1] * (log.older is not None)],
        limit,
        ChangeOut.of,
        lambda change: {"before": change.id},
    )


@router.get(
    "/captures/{capture}",
    dependencies=[Editor],
    response_class=Response,
    responses={200: {"content": {"application/octet-stream": {}}, "description": "The bytes."}},
)
def download_capture(db: DatabaseDep, capture: CaptureId) -> Response:
    """Send a capture's bytes as they came; for editors."""
    return sent_as_file(*captures.download(db, capture))
