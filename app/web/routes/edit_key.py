"""The edit key: typed once, kept in a signed cookie."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.errors import InvalidInputError
from app.web import editing, errors
from app.web.deps import SettingsDep
from app.web.forms import Submitted
from app.web.pages.edit_key import EditKeyPage
from app.web.templating import render, see_other
from app.web.urls import local_path

router = APIRouter()
TEMPLATE = "pages/edit_key.html"


@router.get("/edit-key")
def ask(request: Request, settings: SettingsDep) -> Response:
    """The page that asks for the key, and says where one stands."""
    back = local_path(request.query_params.get("next", "/"))
    return render(request, TEMPLATE, EditKeyPage(back, editing.state(request, settings)))


@router.post("/edit-key")
def typed(request: Request, settings: SettingsDep, sent: Submitted) -> Response:
    """Back to where one came from, with the cookie; or the question again."""
    back = local_path(sent.line("next"))
    tries: editing.WrongKeys = request.app.state.wrong_keys
    address = request.client.host if request.client else ""
    if tries.must_wait(address):
        raise errors.TooManyTriesError(
            "Too many wrong keys were typed here.", "Wait a minute, then try again."
        )
    if not editing.is_key(sent.line("key"), settings):
        tries.count(address)
        error = InvalidInputError("This is not the edit key. Ask whoever runs this program for it.")
        page = EditKeyPage(back, editing.state(request, settings), error.message)
        return errors.rejected(request, TEMPLATE, page, error)
    response = see_other(back)
    editing.remember(request, response, settings)
    return response


@router.post("/edit-key/forget")
def forget() -> Response:
    """The library, in a browser that does not know the key any more."""
    response = see_other("/")
    editing.forget(response)
    return response
