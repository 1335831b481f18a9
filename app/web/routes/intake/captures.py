"""The bytes of a capture, for editors alone: they are the publisher's page, and a stranger's file."""

from urllib.parse import quote

from fastapi import APIRouter
from starlette.responses import Response

from app.services.intake import captures
from app.web.dependencies import DatabaseDep, Editor

router = APIRouter()


@router.get("/captures/{capture}", dependencies=[Editor])
def download(db: DatabaseDep, capture: str) -> Response:
    """Send a capture's bytes as they came, as a file that no browser opens by itself."""
    return sent_as_file(*captures.download(db, capture))


def sent_as_file(name: str, content: bytes) -> Response:
    """Return a stranger's bytes as a file that no browser opens by itself."""
    return Response(
        content,
        media_type="application/octet-stream",
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(_harmless(name), safe='')}",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )


def _harmless(name: str) -> str:
    """Return a file's name without folders and without what is not seen."""
    bare = name.replace("\\", "/").rpartition("/")[2]
    return "".join(char for char in bare if char.isprintable()).strip(". ")[:150] or "capture"
