"""Style sheets, scripts, fonts and icons: cached for ever under the address that holds their hash."""

import mimetypes

from fastapi import APIRouter, FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from app import resources
from app.web import stylesheets
from app.web.delivery import conditions

FOR_EVER = "public, max-age=31536000, immutable"

mimetypes.add_type("font/woff2", ".woff2")  # not every system knows it

router = APIRouter()


@router.get("/static/sheets/{name}.css")
async def style_sheet(request: Request, name: str, v: str = "") -> Response:
    """Answer with a page's style sheet, packed beforehand; it may be kept for ever where ``v`` is its hash."""
    if name not in stylesheets.SHEETS:
        raise HTTPException(404)
    sheet = stylesheets.sheet(name)
    headers = {
        "Cache-Control": FOR_EVER if v == sheet.version else "no-cache",
        "ETag": f'W/"{sheet.version}"',
        "Vary": "Accept-Encoding",
    }
    if conditions.names(
        conditions.sent(request.scope["headers"], b"if-none-match"), headers["ETag"].encode()
    ):
        return Response(status_code=304, headers=headers)
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        return Response(sheet.content, media_type="text/css", headers=headers)
    headers["Content-Encoding"] = "gzip"
    return Response(sheet.compressed, media_type="text/css", headers=headers)


@router.get("/favicon.ico")
async def favicon() -> Response:
    """Answer with the icon, for whoever asks for it without reading a page: feed readers, bookmarks, older browsers."""
    path = resources.folder("static") / "img" / "favicon.ico"
    return FileResponse(path, media_type="image/x-icon", headers={"Cache-Control": "public, max-age=86400"})


class _HashedFiles(StaticFiles):
    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return the file; ``?v=`` names its content, so the answer to it never changes."""
        response = await super().get_response(path, scope)
        hashed = scope["query_string"].startswith(b"v=")
        response.headers["Cache-Control"] = FOR_EVER if hashed else "no-cache"
        if response.status_code == 304:
            response.headers["Vary"] = (
                "Accept-Encoding"  # as that of the file, which is compressed on its way
            )
        return response


def mount(app: FastAPI) -> None:
    """Serve the folder ``static`` under ``/static``."""
    app.include_router(router)
    app.mount("/static", _HashedFiles(directory=resources.folder("static")), name="static")
