"""What routes ask for: the settings, the database, and leave to edit."""

from threading import Lock
from typing import Annotated

from fastapi import Depends, Request

from app.db.engine.base import Database
from app.db.engine.generation import GenerationReader
from app.services.operations.backlog import Backlog, Waiting, WorkerState
from app.services.operations.database import open_database
from app.services.operations.upkeep import Report, Upkeep
from app.settings import Settings
from app.web import errors
from app.web.delivery import kept
from app.web.editing import edit_access


class Storage:
    """The database, opened on first use.

    If it is locked or of a newer schema, this request is answered with the reason, and the next one tries again.
    """

    def __init__(
        self, settings: Settings, db: Database | None = None, backlog: Backlog | None = None
    ) -> None:
        self._settings = settings
        self._lock = Lock()
        self._db = db
        self._backlog = backlog
        self._generations: GenerationReader | None = None

    def database(self) -> Database:
        """Return the open database; raises a storage error, in words, where it cannot be opened."""
        with self._lock:
            if self._db is None:
                self._db = open_database(self._settings)
            return self._db

    def backlog(self) -> Backlog:
        """Return the backlog of the database; raises as ``database`` does."""
        db = self.database()
        with self._lock:
            self._backlog = self._backlog or Backlog(db, compares_ahead=self._settings.compare_ahead)
            return self._backlog

    def generations(self) -> GenerationReader | None:
        """Return what reads the database's generation; None before the database is open. Never waits."""
        if self._generations is None and self._db is not None:
            self._generations = self._db.generations()
        return self._generations

    def doing(self) -> WorkerState:
        """Return what the worker does, as the backlog would say. Never waits."""
        return self._backlog.doing if self._backlog else "off"

    def close(self) -> None:
        """Close what was opened."""
        with self._lock:
            if self._generations is not None:
                self._generations.close()
            if self._db is not None:
                self._db.dispose()


def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


def _database(request: Request) -> Database:
    storage: Storage = request.app.state.storage
    return storage.database()


def _waiting(request: Request) -> Waiting:
    storage: Storage = request.app.state.storage
    backlog = storage.backlog()
    waiting, note = backlog.waiting(), kept.note_of(request)
    note.waiting, note.until = waiting, backlog.counted_until
    return waiting


async def _keep(request: Request) -> None:
    kept.keep(request)


def _upkeep(request: Request) -> Report:
    upkeep: Upkeep | None = request.app.state.upkeep
    return upkeep.report() if upkeep else Report()


def require_editor(request: Request) -> None:
    """Raise EditingOffError or EditKeyNeededError unless the visitor may edit."""
    errors.refuse_editing(edit_access.state(request, request.app.state.settings))


SettingsDep = Annotated[Settings, Depends(_settings)]
DatabaseDep = Annotated[Database, Depends(_database)]
WaitingDep = Annotated[Waiting, Depends(_waiting)]
"""The pending work."""
UpkeepDep = Annotated[Report, Depends(_upkeep)]
"""When the database was last checked and backed up."""
Kept = Depends(_keep)
"""For ``dependencies=[Kept]``: the page depends on the database alone, so that it can be kept until that is written."""
Editor = Depends(require_editor)
"""For ``dependencies=[Editor]``: the route is for visitors who may edit."""
