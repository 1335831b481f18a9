"""The backlog line, polled by the page that shows it."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.web.dependencies import WaitingDep
from app.web.pages.shared.backlog import Place, refreshed_line
from app.web.templating import render, see_other, wants_partial

router = APIRouter()


@router.get("/waiting")
def waiting(request: Request, waiting: WaitingDep, place: Place = "library") -> Response:
    """Show the progress line; redirect to the library if the request comes from no page."""
    if not wants_partial(request):
        return see_other("/")
    return render(request, "shared/_backlog.html", refreshed_line(waiting, place))
