"""A PostgreSQL server for the tests: made in a temporary folder, reached by a socket in it, removed afterwards."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from psycopg import sql

USER = "variorum"
UNPRIVILEGED = ("postgres", "nobody")
"""Whom the server runs as where the tests run as root, which it refuses: the first of them that there is."""

_NAMES = count()


Connection = psycopg.Connection[tuple[Any, ...]]


class MissingServerError(Exception):
    """PostgreSQL's programs are not installed, or do not start."""


@dataclass(frozen=True)
class Cluster:
    """A running server."""

    folder: Path
    port: int
    options: str

    def url(self, name: str) -> str:
        """Return the address of one of its databases, in SQLAlchemy's form."""
        return f"postgresql://{USER}@/{name}?host={quote(str(self.folder), safe='')}&port={self.port}"

    def make(self, template: str = "template1", name: str = "") -> str:
        """Copy ``template``, to which nobody may be connected, and return the copy's name."""
        name = name or f"variorum_{next(_NAMES)}"
        self._run(sql.SQL("CREATE DATABASE {} TEMPLATE {}"), name, template)
        return name

    def drop(self, name: str) -> None:
        """Remove a database, even if somebody is connected to it."""
        self._run(sql.SQL("DROP DATABASE {} WITH (FORCE)"), name)

    def connect(self, name: str = "postgres") -> Connection:
        """Return a connection to one of its databases, on which each statement is a transaction."""
        return psycopg.connect(host=str(self.folder), port=self.port, user=USER, dbname=name, autocommit=True)

    def stop(self) -> None:
        """Stop the server, even if somebody is connected."""
        self._control("--mode", "fast", "stop")

    def start(self) -> None:
        """Start it again."""
        self._control("--log", self.folder / "log", "--options", self.options, "start")

    def _control(self, *words: str | Path) -> None:
        _call(_programs() / "pg_ctl", "--pgdata", self.folder / "data", "--wait", "--silent", *words)

    def _run(self, statement: sql.SQL, *names: str) -> None:
        with self.connect() as connection:
            connection.execute(statement.format(*map(sql.Identifier, names)))


class Lent:
    """A copy of a template, lent to one test at a time: its rows are put back, or it is made anew."""

    def __init__(self, cluster: Cluster, template: str) -> None:
        self._cluster = cluster
        self._template = template
        self.name = cluster.make(template)
        with cluster.connect(self.name) as connection:
            names = connection.execute("SELECT relname FROM pg_stat_user_tables ORDER BY relname")
            self._tables = [name for (name,) in names]
            self._schema = self._schema_of(connection)
            self._rows = {name: self._rows_of(connection, name) for name in self._filled(connection)}
            self._counters = connection.execute(_COUNTERS).fetchall()

    def put_back(self) -> None:
        """Give the database the template's rows again.

        If a test changed its schema, or somebody is still connected to it, it is dropped and made anew.
        """
        with self._cluster.connect(self.name) as connection:
            alone = connection.execute(_OTHERS).fetchone() == (0,)
            whole = alone and self._schema_of(connection) == self._schema
            if whole:
                self._put_rows_back(connection)
        if not whole:
            self._cluster.drop(self.name)
            self._cluster.make(self._template, self.name)

    def _put_rows_back(self, connection: Connection) -> None:
        connection.execute(
            "SET session_replication_role = replica"
        )  # triggers and foreign keys are switched off
        with connection.transaction():
            for table in self._filled(connection):
                connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
            for table, rows in self._rows.items():
                into = sql.SQL("COPY {} FROM STDIN (FORMAT binary)").format(sql.Identifier(table))
                with connection.cursor() as cursor, cursor.copy(into) as copy:
                    copy.write(rows)
            for name, last in self._counters:
                connection.execute(
                    "SELECT setval(%s::regclass, coalesce(%s, 1), %s)", (name, last, last is not None)
                )

    def _filled(self, connection: Connection) -> list[str]:
        """Return the tables that have rows."""
        asked = sql.SQL(" UNION ALL ").join(
            sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(sql.Literal(name), sql.Identifier(name))
            for name in self._tables
        )
        return [name for (name,) in connection.execute(asked)]

    @staticmethod
    def _rows_of(connection: Connection, table: str) -> bytes:
        out = sql.SQL("COPY {} TO STDOUT (FORMAT binary)").format(sql.Identifier(table))
        with connection.cursor() as cursor, cursor.copy(out) as copy:
            return b"".join(copy)

    @staticmethod
    def _schema_of(connection: Connection) -> list[tuple[object, ...]]:
        """Return values that change with every change to a table, index, rule or function."""
        return connection.execute(_SCHEMA).fetchall()


_COUNTERS = "SELECT format('%I', sequencename), last_value FROM pg_sequences WHERE schemaname = 'public'"
_OTHERS = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
"""
_SCHEMA = " UNION ALL ".join(
    f"SELECT count(*), max(xmin::text::bigint) FROM {catalogue}"
    for catalogue in ("pg_attribute", "pg_constraint", "pg_index", "pg_trigger", "pg_proc", "pg_sequence")
)


@contextmanager
def running() -> Iterator[Cluster]:
    """Run a server on a free port; raise MissingServerError if there is none."""
    # A socket's path may have some hundred characters, and pytest's own folders are longer than that.
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, _unprivileged())
        _call(_programs() / "initdb", "--pgdata", folder / "data", "--username", USER, "--auth", "trust",
              "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync")  # fmt: skip
        port = _free_port()
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(folder),
            "port": str(port),
            "max_connections": "200",
            # What a test stores need not survive a power cut.
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
        }
        options = " ".join(f"-c {name}={value or chr(39) * 2}" for name, value in settings.items())
        cluster = Cluster(folder, port, options)
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    """Return the folder of ``initdb`` and ``pg_ctl``: Debian keeps them off the PATH, by the server's version."""
    if program := shutil.which("initdb"):
        return Path(program).resolve().parent
    versions = Path("/usr/lib/postgresql")
    folders = [path for path in versions.glob("*/bin") if (path / "initdb").exists()]
    if not folders:
        raise MissingServerError("there is no initdb")
    return max(folders, key=lambda path: float(path.parent.name))


def _call(*command: str | Path) -> None:
    words = [str(word) for word in command]
    if os.geteuid() == 0:
        words = ["runuser", "-u", _unprivileged(), "--", *words]
    # Its output goes to a file: the server keeps what it is given open, and a pipe would never end.
    with tempfile.TemporaryFile() as output:
        ended = subprocess.run(words, stdout=output, stderr=subprocess.STDOUT, cwd="/", check=False)
        if ended.returncode:
            output.seek(0)
            raise MissingServerError(output.read().decode(errors="replace")[-500:])


def _unprivileged() -> str:
    users = {entry.pw_name for entry in pwd.getpwall()}
    user = next((name for name in UNPRIVILEGED if name in users), None)
    if user is None:
        raise MissingServerError(f"none of the users {', '.join(UNPRIVILEGED)} is there to run the server")
    return user


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
