"""Putting another file in the place of an SQLite database that nobody has open.

A file left beside it matters as much as the file itself: SQLite would apply the write-ahead log of the old database to
the new one. https://www.sqlite.org/howtocorrupt.html, sections 1.4 and 2.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from app.errors import StorageBusyError

SHARED_FIRST, SHARED_SIZE = 0x40000002, 510
"""The bytes that each open connection in WAL mode has locked in the file: https://www.sqlite.org/src/file/src/os.h."""

DEAD_MAN_SWITCH = 128
"""The byte that each of them has locked in the -shm file, also where the file itself was removed: os_unix.c."""

_LOGS = ("-wal", "-journal")


def require_unused(path: Path) -> None:
    """Raise StorageBusyError if another process has the database at ``path`` open.

    This process must have no connection to it: closing a file releases all locks that the process has on it.
    """
    with _locked(path):
        pass


def replace(path: Path, new: Path, aside: Path) -> bool:
    """Put ``new`` in the place of the database at ``path``; return whether there was one, which is ``aside`` then.

    Its logs, which may hold its last commits, go with it. Raises StorageBusyError as ``require_unused`` does.
    """
    with _locked(path):
        existed = path.exists()
        if existed:
            with suppress(
                OSError
            ):  # a file system without links: then it is renamed, and the path empty for a moment
                os.link(path, aside)
        for suffix in _LOGS:
            with suppress(FileNotFoundError):
                _beside(path, suffix).rename(_beside(aside, suffix))
        _beside(path, "-shm").unlink(missing_ok=True)
        if existed and not aside.exists():
            path.rename(aside)
        new.replace(path)
        return existed


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold every connection's locks, so that none can be opened meanwhile."""
    try:
        import fcntl
    except ImportError:  # Windows, which lets nobody replace a file that is open
        yield
        return
    with ExitStack() as files:
        for file, first, length in (
            (path, SHARED_FIRST, SHARED_SIZE),
            (_beside(path, "-shm"), DEAD_MAN_SWITCH, 1),
        ):
            try:
                handle = files.enter_context(file.open("r+b"))
            except FileNotFoundError:
                continue
            try:
                fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB, length, first)
            except OSError as error:
                raise StorageBusyError(
                    f"Another program, perhaps a running server, has the database {path} open. Nothing was changed.",
                    "Stop it first.",
                ) from error
        yield


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(f"{path.name}{suffix}")
