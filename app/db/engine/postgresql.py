"""PostgreSQL: one server that many web processes share. What is particular to it, its errors included, stands here.

Writers go one at a time here too, in all processes: the services read what they are about to change, and were written
for that. A transaction-long advisory lock holds them to it, taken before the first read; readers never wait for it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, ClassVar, NoReturn

from sqlalchemy import Connection, Engine, create_engine, event, exc
from sqlalchemy.engine import URL
from sqlalchemy.pool import NullPool

from app.db.engine import failures
from app.db.engine.base import MIGRATION_WAIT_SECONDS, Database, compact_json
from app.errors import InvalidInputError, NotFoundError, StorageBusyError, VariorumError

READ_CONNECTIONS = 10
"""Connections that read for one process. A server's usual 100 then do for seven processes, and a request that finds
none free waits for some milliseconds."""

WRITE_CONNECTIONS = 2
"""Connections that write for one process: one at work, one waiting for the lock already."""

WRITE_LOCK_KEY = 0x56617269
"""The advisory lock's key ("Vari"): which writer's turn it is."""

TURN_LOCK_KEY = WRITE_LOCK_KEY + 1
"""The key of another one: whose turn it is to work off what waits."""

_REFUSED = "FATAL:"

_CONNECTION_ERRORS = (exc.OperationalError, exc.InternalError)
"""What is raised where a connection is lost; the second by the driver, of an answer that it cannot make sense of."""

_NOT_READY = "the database system is"
"""How a server begins to say that it is starting, stopping or recovering."""

_NO_ROOM = (
    "sorry, too many clients",
    "remaining connection slots",
    "too many connections",
    "no more connections",
)
"""How both say that every connection is taken. A server that speaks another language is quoted, whatever it says."""

_JIT_OFF = "SET LOCAL jit = off"
"""In each transaction: compiling a statement takes longer than to run any of ours, and a planner that thinks a look-up
of rare words dear compiles it. Measured at 100,000 articles: 20 ms with it, 5 ms without."""

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
        """Learn whether the server takes writes: a standby does not. The database itself must stand already."""
        with self.translate_errors(), self.readers.connect() as connection:
            standby = "SELECT pg_is_in_recovery() OR current_setting('default_transaction_read_only')::bool"
            self.read_only = bool(connection.exec_driver_sql(standby).scalar_one())

    def stored_schema(self) -> str | None:
        """The schema's version in the database, or None where no table stands yet."""
        with self.translate_errors(), self.readers.connect() as connection:
            found = _schema_of(connection)
            if found is None and connection.exec_driver_sql(_TABLES).scalar_one():
                raise VariorumError(
                    f"The database {self.name} belongs to another program, so nothing was done to it.",
                    "Name another database in VARIORUM_DATABASE_URL.",
                )
            return found

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """A connection in one transaction that holds the write lock, for changing tables: all of it, or nothing."""
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
        """Whether it is this process's turn: see ``Database``.

        The lock is held by an open transaction, which has read nothing and so keeps no row from being cleaned up: a
        session's own lock would be lost behind a pooler that hands connections round.
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

    def copy_to(self, target: Path) -> None:
        """Refused: the server has a tool of its own for it."""
        raise InvalidInputError(
            f"The database {self.name} is on a server, so this command does not copy it.",
            "Use the server's own tool, for example: pg_dump --format=custom --file=FILE DATABASE",
        )

    @contextmanager
    def translate_errors(self) -> Iterator[None]:
        """The driver's errors in words: see ``Database``."""
        try:
            yield
        except exc.TimeoutError as error:  # no connection of the pool became free
            raise failures.busy() from error
        except exc.DataError as error:
            if "NUL" in str(error.orig):
                # Texts with one are refused before they come here, so it was in an address.
                raise NotFoundError(
                    "Nothing stands under this address.", "Look whether it is whole."
                ) from error
            raise
        except exc.DBAPIError as error:
            self._raise_translated(error, getattr(error.orig, "sqlstate", None))

    @contextmanager
    def _committing(self) -> Iterator[None]:
        """A server that goes away meanwhile may have stored it just before."""
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
        """An engine; with ``lock_seconds`` each transaction takes the write lock first, or gives up after so long."""
        pool: dict[str, Any] = {"poolclass": NullPool}
        if connections:
            pool = {
                "pool_size": connections,
                "max_overflow": 0,
                "pool_timeout": self._busy_seconds,
                "pool_pre_ping": True,  # a server that was started again costs no request
            }
        engine = create_engine(
            self._url,
            json_serializer=compact_json,
            # Statements prepared in one server's session are unknown in the next, and a pooler such as PgBouncer gives
            # each transaction another.
            connect_args={"prepare_threshold": None},
            **pool,
            **options,
        )

        @event.listens_for(engine, "begin")
        def _begin(connection: Connection) -> None:
            # Several statements in one go: each way to the server and back costs a request its time.
            if lock_seconds is not None:
                waiting = f"SET LOCAL lock_timeout = {round(lock_seconds * 1000)}"
                connection.exec_driver_sql(
                    f"{_JIT_OFF}; {waiting}; SELECT pg_advisory_xact_lock({WRITE_LOCK_KEY})"
                )
            if self.schema is None or migrating:
                return
            try:
                found = connection.exec_driver_sql(f"{_SCHEMA}; {_JIT_OFF}").scalar_one_or_none()
            except exc.ProgrammingError:  # the table is gone
                found = None
            if found != self.schema:
                raise failures.changed_meanwhile()

        return engine

    def _raise_translated(self, error: Exception, state: str | None) -> NoReturn:
        """By the SQLSTATE that the server gave; none where it could not be reached."""
        match state:
            case "55P03" | "40001" | "40P01" | "53300":  # lock, serialization, deadlock, connections used up
                raise failures.busy() from error
            case "25006":
                raise failures.read_only() from error
            case "53100" | "58030":
                raise failures.full() from error
            case None if isinstance(error, exc.OperationalError) and _REFUSED in str(error):
                # A refusal at the door has no state of its own, only the server's words.
                words = str(error.orig).split(_REFUSED)[-1].strip().splitlines()[0]
                if words.startswith(_NO_ROOM):
                    raise failures.busy() from error
                if words.startswith(_NOT_READY):
                    raise _unreachable() from error
                raise VariorumError(
                    f"The server does not let this program use the database: {words}.",
                    "Look at the user, the password and the name in VARIORUM_DATABASE_URL; "
                    "the database must stand (createdb), and the user must own it.",
                ) from error
            case _ if isinstance(error, _CONNECTION_ERRORS) and _is_cut_off(error):
                raise _unreachable() from error
        raise error


def _is_cut_off(error: exc.DBAPIError) -> bool:
    """Whether the server is not there, or no longer: without a state where nobody could say so; 08 is a pooler's."""
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
    found = connection.exec_driver_sql(_SCHEMA).scalar_one_or_none()
    return None if found is None else str(found)
