"""Open the database, creating or migrating it first if needed."""

from typing import TYPE_CHECKING

from app.db.engine import failures
from app.db.engine.base import Database
from app.db.engine.connect import connect
from app.db.tables.base import SCHEMA
from app.errors import StorageReadOnlyError
from app.resources import folder
from app.services.relations import reindex
from app.services.search import pending
from app.settings import Settings

if TYPE_CHECKING:
    from alembic.config import Config


def open_database(settings: Settings) -> Database:
    """Return the database that the settings name, ready for use.

    A missing file (and folder) is created, an older schema migrated; when several processes start at once, one migrates
    and the others wait. What is derived from the articles' texts may be missing afterwards and is worked off later
    (``worker``), so that nobody has to wait. Raises StorageNewerError for a newer schema, StorageReadOnlyError for an
    older one that cannot be written, StorageBusyError, and InvalidInputError for an address that names no database.
    """
    db = connect(settings.url)
    try:
        migrate(db)
        if not db.read_only:
            reindex.drop_outdated_index(db)
            pending.drop_outdated(db)
    except BaseException:
        db.dispose()
        raise
    return db


def migrate(db: Database) -> bool:
    """Create the database, or bring it to this program's schema; return whether anything had to be done."""
    db.create()
    stored = db.stored_schema()
    if stored != SCHEMA:
        _upgrade(db, stored)
    db.schema = SCHEMA
    return stored != SCHEMA


def require_known_schema(stored: str, name: str) -> None:
    """Raise StorageNewerError unless this program knows the schema ``stored`` in the database called ``name``."""
    if stored != SCHEMA and stored not in _known_schemas(_migrations()):
        raise failures.newer(name, stored)


def _upgrade(db: Database, stored: str | None) -> None:
    from alembic import command  # slow to load, and a start that finds the schema in order does not need it

    config = _migrations()
    if stored is not None and stored not in _known_schemas(config):
        raise failures.newer(db.name, stored)
    if db.read_only:
        raise StorageReadOnlyError(
            f"The database {db.name} is of an older version and, being read-only, cannot be updated.",
            "Start Variorum once with write access to it (to the file and its folder, where it is one).",
        )
    with db.migrating() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, SCHEMA)


def _migrations() -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(folder("migrations")).replace("%", "%%"))
    return config


def _known_schemas(config: "Config") -> set[str]:
    from alembic.script import ScriptDirectory

    return {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
