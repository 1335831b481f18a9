"""Addresses: the base of every absolute link, and which paths are our own."""

from starlette.requests import Request

from app.settings import Settings


def base_url(request: Request) -> str:
    """Return the start of every absolute link: ``VARIORUM_PUBLIC_URL``, else the request's checked Host. No final
    slash.
    """
    settings: Settings = request.app.state.settings
    return settings.public_url or f"{request.url.scheme}://{request.headers.get('host', 'localhost')}"


def absolute(request: Request, path: str) -> str:
    """Return the absolute link to our own ``path``, which may hold a query and a fragment."""
    return base_url(request) + path


def local_path(value: str) -> str:
    r"""Return ``value`` if it is a path of this program, else ``/``, so that no link leads elsewhere.

    >>> local_path("/articles/new?x=1"), local_path("//evil.example/"), local_path("/\\evil.example"), local_path("https://e.example")
    ('/articles/new?x=1', '/', '/', '/')
    >>> local_path("https://[::1"), local_path("//[::1")
    ('/', '/')
    """
    plain = value.isascii() and value.isprintable() and "\\" not in value
    return value if plain and value[:1] == "/" and value[:2] != "//" else "/"
