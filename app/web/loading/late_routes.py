"""Routes that are loaded by the first request to one of their addresses: a start needs hardly any of them."""

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module

from anyio import to_thread
from fastapi import APIRouter
from starlette.types import ASGIApp, Receive, Scope, Send


@dataclass(frozen=True, slots=True)
class Section:
    """A module of routes, and where its addresses begin."""

    module: str
    """It has a ``router``, or several as ``ROUTERS``."""
    addresses: tuple[str, ...]
    """Each is a whole path or the first folders of one; ``*`` stands for any folders between."""

    def has(self, path: str) -> bool:
        """Return whether ``path`` may be an address of this section.

        >>> feeds = Section("...", ("/feed.atom", "/stories/*/feed.atom"))
        >>> feeds.has("/stories/7/feed.atom"), feeds.has("/feed.atom"), feeds.has("/stories/7"), feeds.has("/feed")
        (True, True, False, False)
        """
        return any(_is_at(address, path) for address in self.addresses)


def _is_at(address: str, path: str) -> bool:
    folder, has_more, rest = address.partition("*")
    if not has_more:
        return path == address or path.startswith(f"{address}/")
    return path.startswith(folder) and f"{rest}/" in f"{path[len(folder) - 1 :]}/"


class LateRoutes:
    """The middleware next to the routes, which puts in those that a request may be for.

    A section's routes come in the order of ``sections``, whichever is loaded first: ``/articles/new`` is asked for
    before ``/articles/{article}``. All of them come before the routes that ``routes`` has from the start.
    """

    def __init__(self, app: ASGIApp, routes: APIRouter, sections: Sequence[Section]) -> None:
        self._app = app
        self._routes = routes
        self._late = list(enumerate(sections))
        self._order: list[int] = []
        """The number of the section that each of the first routes belongs to."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request, or the application's start and end."""
        if self._late and scope["type"] == "http":
            for number, section in [late for late in self._late if late[1].has(scope["path"])]:
                await self._load(number, section)
        await self._app(scope, receive, send)

    async def _load(self, number: int, section: Section) -> None:
        # In a thread, since it takes up to a tenth of a second, for which other requests need not wait.
        module = await to_thread.run_sync(import_module, section.module)
        if (number, section) not in self._late:
            return  # another request was first
        for router in getattr(module, "ROUTERS", None) or (module.router,):
            routes, place = self._routes.routes, bisect(self._order, number)
            count = len(routes)
            self._routes.include_router(
                router
            )  # adds one that holds the router or, in older releases, each of its routes
            added = routes[count:]
            del routes[count:]
            routes[place:place] = added
            self._order[place:place] = [number] * len(added)
        self._late.remove((number, section))
