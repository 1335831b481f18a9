"""PostgreSQL: one server shared by many web processes. Everything specific to it is here, its errors included.

There is one writer at a time here too, across all processes, since the services read what they are about to change. An
advisory lock, held for the whole transaction and taken before its first read, ensures it; readers never wait for it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, ClassVar, NoReturn

from sqlalchemy import Connection, Engine, create_engine, event, exc
from sqlalchemy.engine import URL
from sqlalchemy.pool import NullPool
from sqlmodel import Session

from app.db.engine import failures
from app.db.engine.base import MIGRATION_WAIT_SECONDS, Database, compact_json
from app.db.engine.generation import ServerGeneration
from app.errors import InvalidInputError, NotFoundError, StorageBusyError, VariorumError

READ_CONNECTIONS = 10
"""Connections for readers in one process. A server's default limit of 100 is then enough for seven processes, and a
request that finds none free waits some milliseconds."""

WRITE_CONNECTIONS = 2
"""Connections for writers in one process: one at work, and one already waiting for the lock."""

WRITE_LOCK_KEY = 0x56617269
"""Key of the advisory lock that a writer holds ("Vari" in ASCII)."""

TURN_LOCK_KEY = WRITE_LOCK_KEY + 1
"""Key of the advisory lock held by the process whose turn it is to work off the backlog."""

_REFUSED = "FATAL:"

_CONNECTION_ERRORS = (exc.OperationalError, exc.InternalError)
"""Raised when a connection is lost; InternalError when the driver cannot parse the server's answer."""

_NOT_READY = "the database system is"
"""Start of the server's message while it is starting, stopping or recovering."""

_NO_ROOM = (
    "sorry, too many clients",
    "remaining connection slots",
    "too many connections",
    "no more connections",
)
"""Starts of the messages by which PostgreSQL and PgBouncer report that every connection is taken. They are English; a
server's message in another language is quoted as it is."""

_JIT_OFF = "SET LOCAL jit = off"
"""Run in each transaction: JIT compilation takes longer than any of our statements, and the planner chooses it for
look-ups of rare words, whose cost it overestimates. Measured at 100,000 articles: 20 ms with it, 5 ms without."""

_HAS_SCHEMA = "SELECT to_regclass('alembic_version') IS NOT NULL"
_SCHEMA = "SELECT version_num FROM alembic_version"
_TABLES = (
    "SELECT count(*) FROM pg_catalog.pg_class AS c WHERE c.relkind IN ('r', 'p') "
    "AND c.relnamespace = current_schema()::regnamespace AND c.relname <> 'alembic_version'"
)


class PostgreSQL(Database):
    """A database on a PostgreSQL server (14 or newer)."""

    kind: ClassVar[str] = "postgresql"

    def __init__(self, url: URL, busy_seconds: float) -> None:
        super().__init__()
        if find_spec("psycopg") is None:
            raise InvalidInputError(
                "VARIORUM_DATABASE_URL names a PostgreSQL server, and the driver for it is not installed.",
                "Install it with: pip install 'variorum[postgresql]'",
            )
        self._url = url.set(drivername="postgresql+psycopg")
        self.name = url.set(drivername="postgresql", query={}).render_as_string(hide_password=True)
        self.read_only = False
        self._busy_seconds = busy_seconds
        self.readers = self._engine(
            READ_CONNECTIONS,
            execution_options={"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
        )
        self.writer = self._engine(WRITE_CONNECTIONS, lock_seconds=busy_seconds)

    def create(self) -> None:
        """Find out whether the server accepts writes (a standby does not). The database itself must exist already."""
        with self.translate_errors(), self.readers.connect() as connection:
            standby = "SELECT pg_is_in_recovery() OR current_setting('default_transaction_read_only')::bool"
            self.read_only = bool(connection.exec_driver_sql(standby).scalar_one())

    def stored_schema(self) -> str | None:
        """Return the stored schema version, or None if there are no tables yet."""
        with self.translate_errors(), self.readers.connect() as connection:
            schema = _schema_of(connection)
            if schema is None and connection.exec_driver_sql(_TABLES).scalar_one():
                raise VariorumError(
                    f"The database {self.name} belongs to another program, so nothing was done to it.",
                    "Name another database in VARIORUM_DATABASE_URL.",
                )
            return schema

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """Yield a connection in one transaction that holds the write lock, for changing tables."""
        if self.read_only:
            raise failures.read_only()
        engine = self._engine(0, lock_seconds=MIGRATION_WAIT_SECONDS, migrating=True)
        try:
            with self.translate_errors(), engine.begin() as connection:
                yield connection
        finally:
            engine.dispose()

    @contextmanager
    def turn(self) -> Iterator[bool]:
        """Yield whether this process has its turn: see ``Database``.

        The lock is held by an open transaction, since a session-level lock would be lost behind a pooler that shares
        connections. The transaction has read nothing, so it does not keep VACUUM from removing rows.
        """
        engine = self._engine(0, migrating=True)
        try:
            with self.translate_errors(), engine.connect() as connection:
                yield bool(
                    connection.exec_driver_sql(
                        f"SELECT pg_try_advisory_xact_lock({TURN_LOCK_KEY})"
                    ).scalar_one()
                )
        finally:
            engine.dispose()

    def generations(self) -> ServerGeneration:
        """Return a reader of the current generation: see ``Database``."""

        def connect() -> Any:
            connection: Any = self._engine(0, migrating=True).raw_connection()
            connection.driver_connection.autocommit = True
            return connection

        return ServerGeneration(connect, lambda: self.schema)

    def watch_pages(self) -> None:
        """Do nothing: the server looks after its own pages."""

    def size_bytes(self) -> int:
        """Return what the server counts for this database."""
        with self.reading() as session:
            return int(
                session.connection()
                .exec_driver_sql("SELECT pg_database_size(current_database())")
                .scalar_one()
            )

    def pages_changed(self) -> None:
        """Return None: see ``Database``."""

    def page_faults(self, *, quick: bool) -> tuple[str, ...]:
        """Return none: the server looks after its own pages (data checksums, pg_amcheck)."""
        return ()

    def copy_to(self, target: Path) -> None:
        """Refuse with InvalidInputError: the server has a tool of its own for it."""
        raise InvalidInputError(
            f"The database {self.name} is on a server, so this command does not copy it.",
            "Use the server's own tool, for example: pg_dump --format=custom --file=FILE DATABASE",
        )

    @contextmanager
    def translate_errors(self) -> Iterator[None]:
        """Raise the driver's errors as VariorumErrors: see ``Database``."""
        try:
            yield
        except exc.TimeoutError as error:  # no connection of the pool became free
            raise failures.busy() from error
        except exc.DataError as error:
            if "NUL" in str(error.orig):
                # Texts that contain one are refused earlier, so it was in an address.
                raise NotFoundError(
                    "There is no database at this address.", "Check that the address is complete."
                ) from error
            raise
        except exc.DBAPIError as error:
            self._raise_translated(error, getattr(error.orig, "sqlstate", None))

    @contextmanager
    def _committing(self, session: Session) -> Iterator[None]:
        """Report a connection lost during a commit: the server may have stored it just before."""
        try:
            yield
        except _CONNECTION_ERRORS as error:
            if error.statement is None and _is_cut_off(error):
                raise StorageBusyError(
                    "The database server went away while this was being stored, so it may or may not be stored.",
                    "Look whether it is there before you do it again.",
                ) from error
            raise

    def _engine(
        self,
        connections: int,
        *,
        lock_seconds: float | None = None,
        migrating: bool = False,
        **options: Any,
    ) -> Engine:
        """Return an engine; with ``lock_seconds`` each transaction first takes the write lock, waiting that long."""
        pool: dict[str, Any] = {"poolclass": NullPool}
        if connections:
            pool = {
                "pool_size": connections,
                "max_overflow": 0,
                "pool_timeout": self._busy_seconds,
                "pool_pre_ping": True,  # so that no request fails after a restart of the server
            }
        engine = create_engine(
            self._url,
            json_serializer=compact_json,
            # A prepared statement is known in one server session only, and a pooler such as PgBouncer gives each
            # transaction another session.
            connect_args={"prepare_threshold": None},
            **pool,
            **options,
        )

        @event.listens_for(engine, "begin")
        def _begin(connection: Connection) -> None:
            # Several statements in one round trip.
            if lock_seconds is not None:
                waiting = f"SET LOCAL lock_timeout = {round(lock_seconds * 1000)}"
                connection.exec_driver_sql(
                    f"{_JIT_OFF}; {waiting}; SELECT pg_advisory_xact_lock({WRITE_LOCK_KEY})"
                )
            if self.schema is None or migrating:
                return
            try:
                schema = connection.exec_driver_sql(f"{_SCHEMA}; {_JIT_OFF}").scalar_one_or_none()
            except exc.ProgrammingError:  # the table is gone
                schema = None
            if schema != self.schema:
                raise failures.changed_meanwhile()

        return engine

    def _raise_translated(self, error: Exception, state: str | None) -> NoReturn:
        """Raise what the SQLSTATE ``state`` means to a reader; None if the server could not be reached."""
        match state:
            case "55P03" | "40001" | "40P01" | "53300":  # lock, serialization, deadlock, connections used up
                raise failures.busy() from error
            case "25006":
                raise failures.read_only() from error
            case "53100" | "58030":
                raise failures.full() from error
            case None if isinstance(error, exc.OperationalError) and _REFUSED in str(error):
                # A refused connection has no SQLSTATE, only the server's message.
                words = str(error.orig).split(_REFUSED)[-1].strip().splitlines()[0]
                if words.startswith(_NO_ROOM):
                    raise failures.busy() from error
                if words.startswith(_NOT_READY):
                    raise _unreachable() from error
                raise VariorumError(
                    f"The server does not let this program use the database: {words}.",
                    "Look at the user, the password and the name in VARIORUM_DATABASE_URL; "
                    "the database must exist (createdb), and the user must own it.",
                ) from error
            case _ if isinstance(error, _CONNECTION_ERRORS) and _is_cut_off(error):
                raise _unreachable() from error
        raise error


def _is_cut_off(error: exc.DBAPIError) -> bool:
    """Return whether the server was lost: there is no SQLSTATE, or that of a shutdown or a pooler (class 08)."""
    state = getattr(error.orig, "sqlstate", None)
    return state is None or state.startswith("08") or state in ("57P01", "57P02", "57P03")


def _unreachable() -> StorageBusyError:
    return StorageBusyError(
        "The database server cannot be reached just now. Nothing was stored.",
        "Try again in a moment. Whoever runs this program can look whether the server is up, "
        "and whether VARIORUM_DATABASE_URL names it rightly.",
    )


def _schema_of(connection: Connection) -> str | None:
    if not connection.exec_driver_sql(_HAS_SCHEMA).scalar_one():
        return None
    schema = connection.exec_driver_sql(_SCHEMA).scalar_one_or_none()
    return None if schema is None else str(schema)
