"""Whether the program is well, for whatever watches it."""

from fastapi import APIRouter

import app
from app.services.articles import store
from app.web.dependencies import DatabaseDep, WaitingDep

router = APIRouter()


@router.get("/health")
def health(db: DatabaseDep, waiting: WaitingDep) -> dict[str, str | dict[str, int | str]]:
    """The version, once a read of the database has succeeded, and what waits there; 503 in words otherwise.

    What waits is counted up to 100,000 (``MOST``). A worker that broke is no reason to serve nothing, so the status
    stays ``ok``.
    """
    store.choices(db, exclude="", limit=1)
    return {
        "status": "ok",
        "version": app.__version__,
        "waiting": {
            "to_compare": waiting.to_compare,
            "to_quote": waiting.to_quote,
            "worker": waiting.doing,
        },
    }
