"""What every request and response passes through: headers, Host, Origin, and the size of bodies."""

import ipaddress
from collections.abc import Callable
from functools import lru_cache
from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import TooLargeError, VariorumError
from app.settings import Settings
from app.web import errors, problems
from app.web.delivery import conditions
from app.web.editing import edit_access, identity

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_RAW_SECURITY_HEADERS = [(name.lower().encode(), value.encode()) for name, value in SECURITY_HEADERS.items()]
_SECURITY_NAMES = frozenset(name for name, _ in _RAW_SECURITY_HEADERS)
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_HELD_STATUSES = frozenset({HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT})

FORM_OVERHEAD = 65_536
"""Bytes that a form may hold beside the article's text: its other fields, and the multipart boundaries."""
BYTES_PER_LINE_END = 2
"""Browsers send each line end in a form as two bytes. The text itself is measured later, with one byte each."""
BYTES_PER_ESCAPED_BYTE = 3
"""A urlencoded form writes one byte as up to three (``%E2``)."""


FILES_PATH, API_ARTICLES_PATH = "/articles/new", f"{problems.FOLDER}/articles"
"""Where files are sent, which may be larger than an article's text."""


class Guard:
    """Refuse what must not reach a route, add the security headers, and answer unforeseen failures.

    A client that already has the answer gets 304: routes need not check, but may do so before making it.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        # Routes know only GET; a HEAD request gets the same answer without its body.
        is_head = request.method == "HEAD"
        scope_as_get = {**scope, "method": "GET"} if is_head else scope
        held = conditions.sent(scope["headers"], b"if-none-match") if scope_as_get["method"] == "GET" else b""
        started, is_bare = False, is_head

        async def guarded_send(message: Message) -> None:
            nonlocal started, is_bare
            if message["type"] == "http.response.start":
                started = True
                headers = list(message.get("headers", ()))
                if held and message["status"] in _HELD_STATUSES and conditions.is_held(held, headers):
                    headers, is_bare = conditions.of_unchanged(headers), True
                    message["status"] = HTTPStatus.NOT_MODIFIED
                if _SECURITY_NAMES.isdisjoint([name for name, _ in headers]):
                    headers += _RAW_SECURITY_HEADERS
                else:
                    names = {name for name, _ in headers}
                    headers += [pair for pair in _RAW_SECURITY_HEADERS if pair[0] not in names]
                message["headers"] = headers
            elif is_bare:
                message = {**message, "body": b""}
            await send(message)

        try:
            check_host(request, self.settings)
            check_origin(request, self.settings)
            identity.check_signed_in(request, self.settings)
            check_editor(request, self.settings)
            if _has_body(scope):
                limit, refusal = body_limit(request, self.settings)
                receive = bounded(receive, limit, lambda: refusal)
            await self.app(scope_as_get, receive, guarded_send)
        except VariorumError as error:
            await errors.answer(Request(scope), error)(scope, receive, guarded_send)
        except ClientDisconnect:
            return  # nobody is left to answer
        except Exception as error:
            if started:
                raise
            await errors.answer_unexpected(request, error)(scope, receive, guarded_send)


def _has_body(scope: Scope) -> bool:
    """Say whether a request can have a body: one that states neither its length nor its encoding has none."""
    return any(name in (b"content-length", b"transfer-encoding") for name, _ in scope["headers"])


def check_host(request: Request, settings: Settings) -> None:
    """Raise UnknownHostError unless the request names an IP address or one of our host names.

    This protects against a foreign name that its owner points at this machine (DNS rebinding).
    """
    named = [value for header, value in request.scope["headers"] if header == b"host"]
    name, is_address = _host_name(named[0].decode("latin-1")) if len(named) == 1 else (None, False)
    if name is None or not (is_address or name in settings.host_names):
        # The named host must not get into the answer's links.
        request.scope["headers"] = [pair for pair in request.scope["headers"] if pair[0] != b"host"]
        raise errors.UnknownHostError(
            "This program does not answer to the host name that was asked for.",
            "Use the address that it printed when it started, or let whoever runs it "
            "name this host in VARIORUM_ALLOWED_HOSTS or VARIORUM_PUBLIC_URL.",
        )


def check_origin(request: Request, settings: Settings) -> None:
    """Raise CrossSiteError for an unsafe request that a page of another site sent.

    Browsers say where a form comes from in ``Sec-Fetch-Site`` or ``Origin``; a client that sends neither is not a
    browser.
    """
    if request.method in _SAFE_METHODS:
        return
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if site is not None:
        is_ours = site in ("same-origin", "none")
    elif origin is not None:
        scheme = origin.partition("://")[0]  # a proxy with TLS may have changed it
        is_ours = _authority(origin) in {
            _authority(f"{scheme}://{request.headers['host']}"),
            _authority(settings.public_url) if settings.public_url else None,
        } - {None}
    else:
        is_ours = True
    if not is_ours:
        raise errors.CrossSiteError(
            "This was sent from a page of another site, so nothing was done.",
            "Open the program itself, and send the form from there.",
        )


def check_editor(request: Request, settings: Settings) -> None:
    """Raise EditingOffError or EditKeyNeededError for a form that its sender may not send, before it is read."""
    if request.method not in _SAFE_METHODS and request.url.path not in edit_access.OPEN_FORMS:
        errors.refuse_editing(edit_access.state_before_body(request, settings))


def body_limit(request: Request, settings: Settings) -> tuple[int, VariorumError]:
    """Return the most bytes that this request's body may have, and the refusal of more.

    Raises that refusal when the request says that it has more.
    """
    kind = request.headers.get("content-type", "")
    urlencoded = kind.startswith("application/x-www-form-urlencoded")
    limit = (
        settings.max_text * BYTES_PER_LINE_END * (BYTES_PER_ESCAPED_BYTE if urlencoded else 1) + FORM_OVERHEAD
    )
    refusal = too_large(settings.max_text)
    if request.url.path == FILES_PATH and kind.startswith("multipart/form-data"):
        limit, refusal = limit + settings.max_file, files_too_large(settings.max_file)
    elif request.url.path == API_ARTICLES_PATH:
        limit += settings.max_file * 4 // 3  # in Base64
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length) > limit:
        raise refusal
    return limit, refusal


def too_large(max_text: int) -> TooLargeError:
    """Return the refusal of a text of more than ``max_text`` bytes."""
    return TooLargeError(
        f"This is more than one article's text may have here, {max_text:,} bytes. Nothing was saved.",
        "Go back and shorten it, or save it as several articles. "
        "Whoever runs this program can set VARIORUM_MAX_TEXT higher.",
    )


def files_too_large(max_file: int) -> TooLargeError:
    """Return the refusal of files of more than ``max_file`` bytes together."""
    return TooLargeError(
        f"These files are more than the {max_file:,} bytes that are taken at once. Nothing was read.",
        "Go back and bring fewer at a time, or the part of a file that you need. "
        "Whoever runs this program can set VARIORUM_MAX_FILE higher.",
    )


def bounded(receive: Receive, limit: int, refusal: Callable[[], VariorumError]) -> Receive:
    """Return ``receive``, but raise the refusal as soon as more than ``limit`` bytes have come."""
    received = 0

    async def receive_bounded() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > limit:
            raise refusal()
        return message

    return receive_bounded


@lru_cache(maxsize=256)
def _host_name(host: str) -> tuple[str | None, bool]:
    """Return the name in a Host header, lower case, without port (None if malformed), and whether it is an address."""
    try:
        parts = urlsplit(f"//{host}")
        _ = parts.port
    except ValueError:
        return None, False
    name = parts.hostname if parts.netloc == host and "@" not in host else None
    return name, name is not None and _is_address(name)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _authority(origin: str) -> tuple[str, int] | None:
    """Name and port of an origin; a proxy with TLS may have changed its scheme, so that does not count."""
    try:
        parts = urlsplit(origin)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    except ValueError:
        return None
    return (parts.hostname, port) if parts.hostname and port else None
