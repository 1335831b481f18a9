"""Explain failures in a page, a part of one, or JSON. Only this module and ``connections`` know status codes."""

import logging
import re
import secrets
from http import HTTPStatus
from urllib.parse import urlencode

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from app import errors
from app.services.articles import tombstones
from app.services.articles.tombstones import OldLink
from app.web.clients.tally import ProcessTally
from app.web.editing import edit_access, script_key
from app.web.monitoring.requests import record_of
from app.web.pages.articles.tombstone import said_of, tombstone_json, tombstone_page
from app.web.pages.shared.error import ErrorPage
from app.web.problems import API_KINDS, FOLDER, ProblemError, is_api, kind_of, problem
from app.web.templating import render, see_other, wants_partial
from app.web.urls import local_path

log = logging.getLogger("variorum")


class CrossSiteError(errors.VariorumError):
    """A form that was sent from a page of another site."""


class UnknownHostError(errors.VariorumError):
    """A request that names a host which is not ours."""


class UnreadableFormError(errors.VariorumError):
    """A request body that is no form."""


class EditingOffError(errors.VariorumError):
    """Adding, editing and deleting are off here."""


class EditKeyNeededError(errors.VariorumError):
    """Adding, editing and deleting need the edit key, which the visitor has not typed."""


class TooManyTriesError(errors.VariorumError):
    """Too many wrong edit keys from one address."""


class CanonicalAddressError(Exception):
    """An address that has another, canonical form; ``path``, with its query, is that form."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


FETCH_SECONDS = "5"
"""After which a link may be sent again that others were fetched before."""

_STATUS: tuple[tuple[type[errors.VariorumError], HTTPStatus], ...] = (
    (errors.NotFoundError, HTTPStatus.NOT_FOUND),
    (errors.TimestampError, HTTPStatus.BAD_GATEWAY),
    (errors.TooLargeError, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    (errors.ContestedError, HTTPStatus.CONFLICT),
    (errors.InvalidInputError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (errors.TooManyFetchesError, HTTPStatus.SERVICE_UNAVAILABLE),
    (errors.StorageBusyError, HTTPStatus.SERVICE_UNAVAILABLE),
    (errors.StorageNewerError, HTTPStatus.SERVICE_UNAVAILABLE),
    (errors.StorageReadOnlyError, HTTPStatus.SERVICE_UNAVAILABLE),
    (errors.StorageGoneError, HTTPStatus.SERVICE_UNAVAILABLE),
    (errors.StorageDamagedError, HTTPStatus.SERVICE_UNAVAILABLE),
    (CrossSiteError, HTTPStatus.FORBIDDEN),
    (EditingOffError, HTTPStatus.FORBIDDEN),
    (EditKeyNeededError, HTTPStatus.FORBIDDEN),
    (script_key.WrongKeyError, HTTPStatus.UNAUTHORIZED),
    (script_key.KeyScopeError, HTTPStatus.FORBIDDEN),
    (script_key.TooManyRequestsError, HTTPStatus.TOO_MANY_REQUESTS),
    (errors.UnclearSenderError, HTTPStatus.BAD_REQUEST),
    (UnknownHostError, HTTPStatus.BAD_REQUEST),
    (UnreadableFormError, HTTPStatus.BAD_REQUEST),
    (TooManyTriesError, HTTPStatus.TOO_MANY_REQUESTS),
)

_HEADINGS = {
    HTTPStatus.BAD_REQUEST: "This request cannot be answered",
    HTTPStatus.FORBIDDEN: "This is not allowed here",
    HTTPStatus.NOT_FOUND: "Page not found",
    HTTPStatus.GONE: "This was deleted",
    HTTPStatus.METHOD_NOT_ALLOWED: "This address does not do that",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "This is too large",
    HTTPStatus.UNPROCESSABLE_ENTITY: "This cannot be read",
    HTTPStatus.TOO_MANY_REQUESTS: "Too many tries",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Something went wrong here",
    HTTPStatus.BAD_GATEWAY: "There is no timestamp yet",
    HTTPStatus.SERVICE_UNAVAILABLE: "Not available just now",
}


_PROBLEMS = {
    HTTPStatus.INTERNAL_SERVER_ERROR: "unforeseen",
}
"""Names of problem kinds that differ from the name of their status."""


_NO_PAGE = (
    "There is no page at this address.",
    "Check the link for a missing or added character, or start from the library.",
)
_NOTHING_HERE = (
    "There is nothing at this address.",
    f"{FOLDER}/openapi.json lists every address, and what each takes.",
)


def install(app: FastAPI) -> None:
    """Make ``app`` explain every failure in its answer."""
    app.add_exception_handler(errors.VariorumError, _answer_domain_error)
    app.add_exception_handler(CanonicalAddressError, _redirect)
    app.add_exception_handler(HTTPException, _answer_http_error)
    app.add_exception_handler(RequestValidationError, _answer_invalid_address)


def refuse_editing(editing: edit_access.Editing) -> None:
    """Raise EditingOffError or EditKeyNeededError unless ``editing`` allows it."""
    match editing:
        case edit_access.Editing.OFF:
            raise EditingOffError(
                "Adding, editing and deleting are off here: "
                "this program can be reached from elsewhere and has no edit key.",
                "Whoever runs it can set VARIORUM_EDIT_KEY. Reading and comparing stay open to everybody.",
            )
        case edit_access.Editing.NEEDS_KEY:
            raise EditKeyNeededError(
                "Adding, editing and deleting need the edit key, "
                "and this browser has not been given it, so nothing was done.",
                "Open “Edit key” at the foot of the page, type the key, and send the form again.",
            )
        case _:
            return


def answer(request: Request, error: errors.VariorumError) -> Response:
    """Return the response that explains ``error`` to the reader."""
    if isinstance(error, errors.NotFoundError) and (link := _old_link(request)) is not None:
        return _answer_gone(request, link)
    if isinstance(error, ProblemError):
        return problem(API_KINDS[error.kind], error.kind, error.message, error.advice, more=error.more)
    fields = error.fields if isinstance(error, errors.InvalidInputError) else {}
    if is_api(request.url.path):
        wrong = [{"field": name, "message": message} for name, message in fields.items()]
        message, advice = error.message, error.advice
        if isinstance(error, EditKeyNeededError | EditingOffError):
            message = "This is for editors, and no key was sent, so nothing was done."
            advice = "Send a key, as “Authorization: Bearer variorum_...”. An editor makes one at /keys."
        response = problem(status_of(error), kind_of(type(error)), message, advice, wrong)
        if isinstance(error, script_key.WrongKeyError):
            response.headers["WWW-Authenticate"] = "Bearer"
        if isinstance(error, errors.TooManyFetchesError):
            response.headers["Retry-After"] = FETCH_SECONDS
        if isinstance(error, script_key.TooManyRequestsError):
            tally: ProcessTally = request.app.state.tally
            response.headers["Retry-After"] = str(tally.seconds_left(script_key.WINDOW_SECONDS))
        return response
    if isinstance(error, EditKeyNeededError) and request.method in ("GET", "HEAD"):
        query = f"?{request.url.query}" if request.url.query else ""
        return see_other(f"/edit-key?{urlencode({'next': request.url.path + query})}")
    return _respond(request, status_of(error), error.message, error.advice)


def refuse_deleted(request: Request) -> None:
    """Raise NotFoundError, answered with 410, where the address of an empty list names a deleted article."""
    if _old_link(request) is not None:
        raise errors.NotFoundError("The article that these are of was deleted.")


def problem_kinds() -> list[tuple[str, HTTPStatus]]:
    """Return the kinds of problem that the API names, each with its status."""
    named = [(kind, HTTPStatus(status)) for kind, status in API_KINDS.items()]
    return (
        [(kind_of(kind), status) for kind, status in _STATUS]
        + named
        + [
            ("gone", HTTPStatus.GONE),
            ("method-not-allowed", HTTPStatus.METHOD_NOT_ALLOWED),
            ("unavailable", HTTPStatus.SERVICE_UNAVAILABLE),
            ("invalid-value", HTTPStatus.UNPROCESSABLE_ENTITY),
            ("unforeseen", HTTPStatus.INTERNAL_SERVER_ERROR),
        ]
    )


_ID = re.compile(r"(?<![a-z0-9])[a-z2-7]{16}(?![a-z0-9])")
"""A public id in an address."""


_EVIDENCE = re.compile(r"(?:/api/v1)?/evidence/([0-9a-f]{64})(?:/|\Z)")
"""The address of an evidence file, by its digest."""


def _old_link(request: Request) -> OldLink | None:
    """Return what the address of ``request`` led to before an article that it names was deleted; else None.

    All addresses are handled here, so that every link to a deleted text, or to a part of one, answers alike.
    """
    ids = _ID.findall(f"{request.url.path}?{request.url.query}")
    evidence_file = _EVIDENCE.match(request.url.path)
    if not ids and not evidence_file:
        return None
    try:
        if evidence_file:
            return tombstones.find_evidence(request.app.state.storage.database(), evidence_file[1])
        return tombstones.find(request.app.state.storage.database(), ids)
    except errors.VariorumError:
        return None  # the database cannot be read just now


def _answer_gone(request: Request, link: OldLink) -> Response:
    """Answer 410: with what a deleted text was called, and what the link compared."""
    message, advice = said_of(link, request.url.path)
    if is_api(request.url.path):
        return problem(HTTPStatus.GONE, "gone", message, advice, more={"texts": tombstone_json(link)})
    if request.url.path.startswith("/api/"):
        body = {"message": message, "advice": advice, "texts": tombstone_json(link)}
        return JSONResponse({"error": body}, status_code=HTTPStatus.GONE)
    if wants_partial(request):
        return _respond(request, HTTPStatus.GONE, message, advice)
    is_editor = edit_access.state(request, request.app.state.settings).may
    page = tombstone_page(link, request.url.path, is_editor=is_editor)
    return render(request, "articles/tombstone.html", page, HTTPStatus.GONE)


def answer_unexpected(request: Request, error: Exception) -> Response:
    """Answer with a fixed message and a request id, under which the log has the failure itself."""
    request_id = secrets.token_hex(4)
    if (record := record_of(request.scope)) is not None:
        record.request_id = request_id
    log.error("request %s failed: %s %s", request_id, request.method, request.url.path, exc_info=error)
    return _respond(
        request,
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "The program met an error that it did not foresee. Nothing of yours was lost that had been saved.",
        "Try again. If it happens again, tell whoever runs this program the number below.",
        request_id,
    )


def rejected(request: Request, template: str, page: object, error: errors.VariorumError) -> HTMLResponse:
    """Show the form again, with what was typed and what is wrong with it."""
    return render(request, template, page, status_of(error))


def status_of(error: errors.VariorumError) -> HTTPStatus:
    """Return the HTTP status of ``error``.

    A kind without a status of its own is a foreseen failure that the request is not to blame for: 503.
    """
    for kind, status in _STATUS:
        if isinstance(error, kind):
            return status
    return HTTPStatus.SERVICE_UNAVAILABLE


def _respond(
    request: Request, status: HTTPStatus, message: str, advice: str, request_id: str = ""
) -> Response:
    if is_api(request.url.path):
        kind = _PROBLEMS.get(status, status.phrase.lower().replace(" ", "-"))
        return problem(status, kind, message, advice, more={"request": request_id} if request_id else None)
    if request.url.path.startswith("/api/") or request.url.path == "/health":
        body = {"message": message, "advice": advice} | ({"request": request_id} if request_id else {})
        return JSONResponse({"error": body}, status_code=status)
    page = ErrorPage(_HEADINGS.get(status, status.phrase), message, advice, request_id)
    template = "shared/_error.html" if wants_partial(request) else "shared/error.html"
    return render(request, template, page, status)


def _answer_domain_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, errors.VariorumError)
    return answer(request, error)


def _redirect(_: Request, error: Exception) -> Response:
    assert isinstance(error, CanonicalAddressError)
    return see_other(error.path)


def _answer_http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    status = HTTPStatus(error.status_code)
    if status == HTTPStatus.NOT_FOUND and (shorter := _without_slash(request)):
        return see_other(shorter)
    words = {
        HTTPStatus.NOT_FOUND: _NO_PAGE,
        HTTPStatus.METHOD_NOT_ALLOWED: (
            f"This address cannot be used with {request.method}.",
            "Follow the links and forms of the pages instead.",
        ),
    }
    if is_api(request.url.path):
        words = {
            HTTPStatus.NOT_FOUND: _NOTHING_HERE,
            HTTPStatus.METHOD_NOT_ALLOWED: (
                f"This address cannot be used with {request.method}.",
                _NOTHING_HERE[1],
            ),
        }
    message, advice = words.get(status, (str(error.detail), ""))
    response = _respond(request, status, message, advice)
    for name, value in (error.headers or {}).items():
        response.headers[name] = value
    if status == HTTPStatus.METHOD_NOT_ALLOWED and is_api(request.url.path):
        # Each route knows only its own methods; an address may have several.
        response.headers["Allow"] = request.app.state.allowed_methods(request.scope)
    return response


def _without_slash(request: Request) -> str:
    """Return the address without the slash at its end, which links pick up; empty if that is no page's."""
    path = request.url.path
    if request.method != "GET" or not path.endswith("/") or path.startswith("/static/"):
        return ""
    query = f"?{request.url.query}" if request.url.query else ""
    shorter = local_path(f"{path.rstrip('/')}{query}")
    return "" if shorter == "/" else shorter


def _answer_invalid_address(request: Request, error: Exception) -> Response:
    """Answer 404 for a malformed number or choice in the address; the API says which value is wrong, and how."""
    assert isinstance(error, RequestValidationError)
    if is_api(request.url.path) and not any(wrong["loc"][0] == "path" for wrong in error.errors()):
        return problem(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "invalid-value",
            "What was sent is not what this address takes, so nothing was done.",
            f"Each wrong value is named under errors; {FOLDER}/openapi.json says what is taken.",
            [
                {"field": ".".join(map(str, wrong["loc"][1:])), "message": wrong["msg"]}
                for wrong in error.errors()
            ],
        )
    return _respond(request, HTTPStatus.NOT_FOUND, *(_NOTHING_HERE if is_api(request.url.path) else _NO_PAGE))
