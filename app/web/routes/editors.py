"""What editors need: the edit key, typed once and kept in a signed cookie; a name; the log of what they did."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app.errors import InvalidInputError
from app.services.edit_log import read_log
from app.services.operations import edit_sessions
from app.settings import Settings
from app.web import errors
from app.web.dependencies import DatabaseDep, Editor, SettingsDep
from app.web.editing import edit_access, identity
from app.web.form_data import Submitted
from app.web.pages.shared.edit_key import EditKeyPage
from app.web.pages.shared.log import MAX_CHANGES, changes_page
from app.web.templating import render, see_other
from app.web.urls import local_path

router = APIRouter()
TEMPLATE = "shared/edit_key.html"


def _page(request: Request, settings: Settings, back: str) -> EditKeyPage:
    actor = identity.actor(request, settings)
    return EditKeyPage(
        back,
        edit_access.state(request, settings),
        name=actor.name if actor.known == "name" else "",
        signed_in=actor.name if actor.known == "proxy" else "",
    )


@router.get("/edit-key")
def ask(request: Request, settings: SettingsDep) -> Response:
    """Show the page that asks for the key, or says whether it was typed; and asks for a name."""
    return render(
        request, TEMPLATE, _page(request, settings, local_path(request.query_params.get("next", "/")))
    )


@router.post("/edit-key")
def typed(request: Request, settings: SettingsDep, sent: Submitted) -> Response:
    """Set the cookies and redirect back; or ask again."""
    back = local_path(sent.line("next"))
    tries: edit_access.WrongKeys = request.app.state.wrong_keys
    address = request.client.host if request.client else ""
    if tries.must_wait(address):
        raise errors.TooManyTriesError(
            "Too many wrong keys were typed here.", "Wait a minute, then try again."
        )
    page = replace(_page(request, settings, back), name=sent.line("editor"))
    if not edit_access.is_key(sent.line("key"), settings):
        tries.count(address)
        error = InvalidInputError("This is not the edit key. Ask whoever runs this program for it.")
        return errors.rejected(request, TEMPLATE, replace(page, error=error.message), error)
    try:
        name = identity.checked_name(sent.text("editor"))
    except InvalidInputError as error:
        return errors.rejected(request, TEMPLATE, replace(page, name_error=error.fields["editor"]), error)
    response = see_other(back)
    edit_access.remember(request, response, settings)
    if name:
        identity.remember_name(request, response, settings, name)
    return response


@router.post("/edit-key/name", dependencies=[Editor])
def named(request: Request, settings: SettingsDep, sent: Submitted) -> Response:
    """Keep the name that was typed, or none, and redirect back; or ask again."""
    back = local_path(sent.line("next"))
    try:
        name = identity.checked_name(sent.text("editor"))
    except InvalidInputError as error:
        page = replace(
            _page(request, settings, back), name=sent.line("editor"), name_error=error.fields["editor"]
        )
        return errors.rejected(request, TEMPLATE, page, error)
    response = see_other(back)
    identity.remember_name(request, response, settings, name)
    return response


@router.post("/edit-key/forget")
def forget(request: Request, db: DatabaseDep, settings: SettingsDep) -> Response:
    """End this browser's session for good, forget its cookie and name, and redirect to the library."""
    if signed := edit_access.session(request, settings):
        edit_sessions.end(db, signed.id)
    response = see_other("/")
    edit_access.forget(response)
    identity.forget_name(response)
    return response


Place = Annotated[int | None, Query(ge=0, le=2**31 - 1)]


@router.get("/log", dependencies=[Editor])
def log(
    request: Request,
    db: DatabaseDep,
    settings: SettingsDep,
    article: Annotated[str | None, Query(pattern=r"^[a-z2-7]{16}$")] = None,
    before: Place = None,
    after: Place = None,
) -> Response:
    """Show a part of the log of changes, of all articles or of one."""
    actor = identity.actor(request, settings)
    changes = read_log(db, MAX_CHANGES, before=before, after=after, article=article)
    page = changes_page(changes, article, actor.name, is_signed_in=actor.known == "proxy")
    return render(request, "shared/log.html", page)
