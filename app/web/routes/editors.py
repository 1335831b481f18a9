"""The edit key: typed once, kept in a signed cookie."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.errors import InvalidInputError
from app.services.operations import edit_sessions
from app.web import edit_access, errors
from app.web.dependencies import DatabaseDep, SettingsDep
from app.web.form_data import Submitted
from app.web.pages.shared.edit_key import EditKeyPage
from app.web.templating import render, see_other
from app.web.urls import local_path

router = APIRouter()
TEMPLATE = "shared/edit_key.html"


@router.get("/edit-key")
def ask(request: Request, settings: SettingsDep) -> Response:
    """Show the page that asks for the key, or says whether it was typed."""
    back = local_path(request.query_params.get("next", "/"))
    return render(request, TEMPLATE, EditKeyPage(back, edit_access.state(request, settings)))


@router.post("/edit-key")
def typed(request: Request, settings: SettingsDep, sent: Submitted) -> Response:
    """Set the cookie and redirect back; or ask again."""
    back = local_path(sent.line("next"))
    tries: edit_access.WrongKeys = request.app.state.wrong_keys
    address = request.client.host if request.client else ""
    if tries.must_wait(address):
        raise errors.TooManyTriesError(
            "Too many wrong keys were typed here.", "Wait a minute, then try again."
        )
    if not edit_access.is_key(sent.line("key"), settings):
        tries.count(address)
        error = InvalidInputError("This is not the edit key. Ask whoever runs this program for it.")
        page = EditKeyPage(back, edit_access.state(request, settings), error.message)
        return errors.rejected(request, TEMPLATE, page, error)
    response = see_other(back)
    edit_access.remember(request, response, settings)
    return response


@router.post("/edit-key/forget")
def forget(request: Request, db: DatabaseDep, settings: SettingsDep) -> Response:
    """End this browser's session for good, forget its cookie, and redirect to the library."""
    if signed := edit_access.session(request, settings):
        edit_sessions.end(db, signed.id)
    response = see_other("/")
    edit_access.forget(response)
    return response
