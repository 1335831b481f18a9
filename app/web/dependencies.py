"""What routes ask for: the settings, the database, and leave to edit."""

from threading import Lock
from typing import Annotated

from fastapi import Depends, Request

from app.db.engine.base import Database
from app.services.operations.backlog import Backlog, Waiting
from app.services.operations.database import open_database
from app.services.operations.upkeep import Report, Upkeep
from app.settings import Settings
from app.web import errors
from app.web.editing import edit_access


class Storage:
    """The database, opened when it is first asked for.

    One that is locked or of a newer schema is tried again at the next request; this one is told why.
    """

    def __init__(
        self, settings: Settings, db: Database | None = None, backlog: Backlog | None = None
    ) -> None:
        self._settings = settings
        self._lock = Lock()
        self._db = db
        self._backlog = backlog

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
            self._backlog = self._backlog or Backlog(db)
            return self._backlog

    def close(self) -> None:
        """Close what was opened."""
        with self._lock:
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
    return storage.backlog().waiting()


def _upkeep(request: Request) -> Report:
    upkeep: Upkeep | None = request.app.state.upkeep
    return upkeep.report() if upkeep else Report()


def require_editor(request: Request) -> None:
    """Raise EditingOffError or EditKeyNeededError unless the visitor may edit."""
    errors.refuse_editing(edit_access.state(request, request.app.state.settings))


SettingsDep = Annotated[Settings, Depends(_settings)]
DatabaseDep = Annotated[Database, Depends(_database)]
WaitingDep = Annotated[Waiting, Depends(_waiting)]
"""What is still to be worked off."""
UpkeepDep = Annotated[Report, Depends(_upkeep)]
"""When the database was last checked and backed up."""
Editor = Depends(require_editor)
"""For ``dependencies=[Editor]``: the route is for visitors who may edit."""
