"""The application: the only place that wires its parts together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from app import __version__
from app.db.engine.base import Database
from app.services.intake.queue import IntakeQueue
from app.services.operations.backlog import Backlog
from app.services.operations.upkeep import Upkeep
from app.settings import Settings
from app.sources.fetching.exchange import Bounds
from app.sources.fetching.fetch import Fetcher
from app.web import errors, middleware
from app.web.api import index
from app.web.clients.tally import ProcessTally, Tally
from app.web.delivery.kept import KeptPages
from app.web.delivery.page_cache import PageCache
from app.web.dependencies import Storage
from app.web.editing.edit_access import WrongKeys
from app.web.feeds import following, preview
from app.web.monitoring.metrics import Metrics
from app.web.monitoring.requests import RouteNoted
from app.web.pages.pictures.kept_pictures import PictureShelf
from app.web.routes import (
    api,
    articles,
    backlog,
    comparisons,
    editors,
    exports,
    health,
    library,
    pins,
    quotations,
    static,
    stories,
)
from app.web.routes.desk import evidence, keys, parting, reading, searching, sorting, trash, writing
from app.web.routes.intake import bringing, captures, watches

ROUTERS = (
    library.router,
    searching.router,
    sorting.router,
    bringing.router,  # before articles: its addresses look like theirs
    captures.router,
    watches.router,
    trash.router,  # before articles too
    articles.router,
    editors.router,
    keys.router,
    comparisons.router,
    reading.router,
    writing.router,
    parting.router,
    evidence.router,
    exports.router,
    pins.router,
    following.router,  # before stories and quotations
    preview.router,
    stories.router,
    quotations.router,
    api.router,
    *index.ROUTERS,
    health.router,
    backlog.router,
)


def create_app(
    settings: Settings,
    db: Database | None = None,
    backlog: Backlog | None = None,
    upkeep: Upkeep | None = None,
    fetcher: Fetcher | None = None,
    tally: ProcessTally | None = None,
) -> FastAPI:
    """Return the web application over ``db``, or the database that ``settings`` name, opened at the first request.

    ``backlog`` counts what waits in it and knows whether anybody is working it off; ``upkeep`` knows
    when the database was last checked and backed up. ``fetcher`` fetches links, where they are fetched.
    ``tally`` counts wrong keys and scripts' requests over several processes.
    """
    storage = Storage(settings, db, backlog)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        queue.close()
        storage.close()

    fetcher = fetcher or Fetcher(bounds=Bounds(size=settings.max_file), contact=settings.public_url)
    queue = IntakeQueue(storage.database, fetcher if settings.fetches else None)
    app = FastAPI(
        title="Variorum",
        version=__version__,
        lifespan=lifespan,
        docs_url=None,  # its page would fetch scripts from elsewhere
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,  # its absolute redirect would not know the public address; web.errors has our own
    )
    app.state.settings = settings
    app.state.allowed_methods = index.allowed_methods
    app.state.storage = storage
    app.state.upkeep = upkeep
    app.state.intake_queue = queue
    app.state.tally = tally or Tally().of(0)
    app.state.wrong_keys = WrongKeys(app.state.tally)
    app.state.pictures = PictureShelf(settings.pictures_dir, settings.pictures * 1_000_000)
    app.state.metrics = Metrics(storage.database, storage.backlog) if settings.metrics else None
    for router in ROUTERS:
        app.include_router(router)
    static.mount(app)
    errors.install(app)
    app.add_middleware(RouteNoted)
    if settings.page_cache:
        app.add_middleware(
            KeptPages,
            settings=settings,
            cache=PageCache(settings.page_cache * 1_000_000),
            reader=storage.generations,
            doing=storage.doing,
        )
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    app.add_middleware(middleware.Guard, settings=settings)  # added last, so outermost
    return app
