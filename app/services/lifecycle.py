"""Opening the database: made where it is missing, brought up to date where it is behind."""

import logging

from app.db.engine import Database, newer
from app.db.models import SCHEMA
from app.errors import StorageReadOnlyError
from app.resources import folder
from app.settings import Settings

_log = logging.getLogger(__name__)


def open_database(settings: Settings) -> Database:
    """The database that the settings name, ready for use.

    A missing file (and folder) is made. One of an older schema is migrated; when several processes start at once, one
    of them does it and the others wait. Raises StorageNewerError for a newer schema, StorageReadOnlyError for an older
    one that cannot be written, StorageBusyError, and InvalidInputError for an address that names no SQLite file.
    """
    db = Database(settings.url)
    try:
        db.open()
        migrate(db)
    except BaseException:
        db.dispose()
        raise
    return db


def migrate(db: Database) -> bool:
    """Whether anything had to be changed to bring the database to this program's schema."""
    stored = db.stored_schema()
    if stored != SCHEMA:
        _upgrade(db, stored)
    db.schema = SCHEMA
    return stored != SCHEMA


def _upgrade(db: Database, stored: str | None) -> None:
    from alembic import (
        command,
    )  # a start that finds the schema in order does not need it, and it is slow to load
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(folder("migrations")).replace("%", "%%"))
    if stored is not None and stored not in {
        script.revision for script in ScriptDirectory.from_config(config).walk_revisions()
    }:
        raise newer(db.path, stored)
    if db.read_only:
        raise StorageReadOnlyError(
            f"The database {db.path} is of an older version and cannot be brought up to date, since it is read-only.",
            "Start Variorum once with write access to the file and its folder.",
        )
    with db.migrating() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, SCHEMA)
    _log.info("The database %s is at schema %s.", db.path, SCHEMA)
