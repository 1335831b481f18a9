"""The application: the only place that wires its parts together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.middleware.errors import ServerErrorMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from app import __version__
from app.db.engine.base import Database
from app.services.intake.queue import IntakeQueue
from app.services.operations.backlog import Backlog
from app.services.operations.upkeep import Upkeep
from app.settings import Settings
from app.sources.fetching.exchange import Bounds
from app.sources.fetching.fetch import Fetcher
from app.web import errors, middleware
from app.web.clients.tally import ProcessTally, Tally
from app.web.delivery.kept import BeforeCompression, KeptPages
from app.web.delivery.page_cache import PageCache
from app.web.dependencies import Storage
from app.web.editing.edit_access import WrongKeys
from app.web.loading.late_routes import LateRoutes, Section
from app.web.monitoring.metrics import Metrics
from app.web.monitoring.requests import RouteNoted
from app.web.pages.pictures.kept_pictures import PictureShelf
from app.web.routes import health, static

SITE = (
    Section("app.web.routes.library", ("/",)),
    Section("app.web.routes.desk.searching", ("/search", "/api/search")),
    Section("app.web.routes.desk.sorting", ("/labels", "/articles/labels", "/publishers")),
    Section("app.web.routes.intake.bringing", ("/articles/new",)),  # before articles: it looks like theirs
    Section("app.web.routes.intake.captures", ("/captures",)),
    Section("app.web.routes.intake.watches", ("/articles/*/watch", "/watched")),
    Section("app.web.routes.desk.trash", ("/trash", "/articles/delete")),  # before articles too
    Section("app.web.routes.articles", ("/articles",)),
    Section("app.web.routes.editors", ("/edit-key", "/log")),
    Section("app.web.routes.desk.keys", ("/keys",)),
    Section("app.web.routes.comparisons", ("/compare", "/revisions")),
    Section("app.web.routes.desk.reading", ("/notes", "/api/compare/*/notes")),
    Section("app.web.routes.desk.writing", ("/notes", "/compare/*/note")),
    Section("app.web.routes.desk.parting", ("/articles/*/story",)),
    Section("app.web.routes.desk.evidence", ("/evidence", "/compare/*/evidence")),
    Section(
        "app.web.routes.exports",
        (
            "/articles/*/export",
            "/stories/*/export",
            "/compare/*/export",
            "/compare/*/findings.csv",
            "/compare/*/findings.json",
            "/compare/*/card.png",
        ),
    ),
    Section("app.web.routes.pins", ("/compare/*/pair", "/compare/*/pinned", "/compare/*/keep")),
    Section(
        "app.web.feeds.following",
        ("/feed.atom", "/search/feed.atom", "/stories/*/feed.atom", "/quotations/*/feed.atom"),
    ),
    Section("app.web.feeds.preview", ("/oembed",)),
    Section("app.web.routes.stories", ("/stories",)),
    Section("app.web.routes.quotations", ("/quotations", "/api/quotations")),
    Section("app.web.routes.api", ("/api/compare",)),
    Section("app.web.api.index", ("/api/v1",)),
    Section("app.web.routes.backlog", ("/waiting",)),
)
"""Every address except those of ``health`` and static files; the first section that has an address answers it."""


def create_app(
    settings: Settings,
    db: Database | None = None,
    backlog: Backlog | None = None,
    upkeep: Upkeep | None = None,
    fetcher: Fetcher | None = None,
    tally: ProcessTally | None = None,
    *,
    redraws: bool = False,
) -> "Program":
    """Return the web application over ``db``, or the database that ``settings`` name, opened at the first request.

    ``backlog`` counts what waits in it and knows whether anybody is working it off; ``upkeep`` knows
    when the database was last checked and backed up. ``fetcher`` fetches links, where they are fetched.
    ``tally`` counts wrong keys and scripts' requests over several processes. If it ``redraws``, cached pages that are
    in demand are rendered again once they are outdated.
    """
    storage = Storage(settings, db, backlog)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        queue.close()
        storage.close()

    fetcher = fetcher or Fetcher(bounds=Bounds(size=settings.max_file), contact=settings.public_url)
    queue = IntakeQueue(storage.database, fetcher if settings.fetches else None)
    app = Program(
        title="Variorum",
        version=__version__,
        lifespan=lifespan,
        docs_url=None,  # its page would fetch scripts from elsewhere
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,  # its absolute redirect would not know the public address; web.errors has our own
    )
    app.state.settings = settings
    app.state.allowed_methods = _allowed_methods
    app.state.storage = storage
    app.state.upkeep = upkeep
    app.state.intake_queue = queue
    app.state.tally = tally or Tally().of(0)
    app.state.wrong_keys = WrongKeys(app.state.tally)
    app.state.pictures = PictureShelf(settings.pictures_dir, settings.pictures * 1_000_000)
    app.state.metrics = Metrics(storage.database, storage.backlog) if settings.metrics else None
    app.include_router(health.router)
    static.mount(app)
    errors.install(app)
    app.add_middleware(LateRoutes, routes=app.router, sections=SITE)
    app.add_middleware(RouteNoted)
    app.before = GZipMiddleware(BeforeCompression(app.route), minimum_size=1000, compresslevel=5)
    if settings.page_cache:
        app.before = KeptPages(
            app.before,
            settings=settings,
            cache=PageCache(settings.page_cache * 1_000_000),
            reader=storage.generations,
            doing=storage.doing,
            redraws=redraws,
        )
    app.before = middleware.Guard(app.before, settings=settings)
    return app


class Program(FastAPI):
    """The application, with the layers before the framework's own, which few requests reach."""

    before: ASGIApp
    """Answers a request itself, or has it answered by ``route``."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request, or the application's start and end."""
        if scope["type"] == "http":
            scope["app"] = self
            await self.before(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)

    async def route(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a route answer a request."""
        await super().__call__(scope, receive, send)

    def build_middleware_stack(self) -> ASGIApp:
        """Return the framework's layers without the outermost, for unforeseen failures: the guard answers these."""
        stack = super().build_middleware_stack()
        assert isinstance(stack, ServerErrorMiddleware)
        return stack.app


def _allowed_methods(scope: Scope) -> str:
    """Return what an address of the API takes, once a request to it has loaded the API."""
    from app.web.api import index

    return index.allowed_methods(scope)
