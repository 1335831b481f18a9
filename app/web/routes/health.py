"""Whether the program is well, for whatever watches it."""

from fastapi import APIRouter

import app
from app.services import articles
from app.web.deps import DatabaseDep

router = APIRouter()


@router.get("/health")
def health(db: DatabaseDep) -> dict[str, str]:
    """The version, once a read of the database has succeeded; 503 in words otherwise."""
    articles.choices(db, besides="", limit=1)
    return {"status": "ok", "version": app.__version__}
