"""Style sheets, scripts and the icon: cached for ever under the address that holds their hash."""

from fastapi import FastAPI
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from app import resources


class _HashedFiles(StaticFiles):
    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file; ``?v=`` names its content, so what is asked for with it never changes."""
        response = await super().get_response(path, scope)
        hashed = scope["query_string"].startswith(b"v=")
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if hashed else "no-cache"
        return response


def mount(app: FastAPI) -> None:
    """Serves the folder ``static`` under ``/static``."""
    app.mount("/static", _HashedFiles(directory=resources.folder("static")), name="static")
