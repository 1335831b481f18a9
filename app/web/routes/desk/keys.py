"""Keys for scripts: list them, make one, revoke one; for editors."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.errors import InvalidInputError
from app.services.operations import api_keys
from app.web import errors, urls
from app.web.dependencies import DatabaseDep, Editor, SettingsDep
from app.web.editing import identity
from app.web.form_data import Submitted
from app.web.pages.editing.keys_page import RevokePage, key_view, keys_page, made_key
from app.web.templating import render, see_other

router = APIRouter()
KEYS = "editing/keys.html"


@router.get("/keys", dependencies=[Editor])
def listing(request: Request, db: DatabaseDep) -> Response:
    """Show the keys, and the form that makes one."""
    return render(request, KEYS, keys_page(api_keys.list_keys(db)))


@router.post("/keys", dependencies=[Editor])
def make(request: Request, db: DatabaseDep, settings: SettingsDep, sent: Submitted) -> Response:
    """Make a key and show it, this once; no browser keeps this page."""
    name, scope = sent.line("name"), sent.line("scope")
    try:
        key, secret = api_keys.make_key(db, name, scope, actor=identity.actor(request, settings))
    except InvalidInputError as error:
        page = keys_page(api_keys.list_keys(db), name=name, scope=scope, error=error)
        return errors.rejected(request, KEYS, page, error)
    made = made_key(key, secret, urls.base_url(request))
    response = render(request, KEYS, keys_page(api_keys.list_keys(db), made=made))
    response.headers["Cache-Control"] = "no-store"
    return response


@router.get("/keys/{key}/revoke", dependencies=[Editor])
def ask(request: Request, db: DatabaseDep, key: str) -> Response:
    """Ask whether to revoke a key."""
    return render(request, "editing/revoke_key.html", RevokePage(key_view(api_keys.read_key(db, key))))


@router.post("/keys/{key}/revoke", dependencies=[Editor])
def revoke(request: Request, db: DatabaseDep, settings: SettingsDep, key: str) -> Response:
    """Revoke a key and redirect to the list."""
    api_keys.revoke_key(db, key, actor=identity.actor(request, settings))
    return see_other("/keys")
