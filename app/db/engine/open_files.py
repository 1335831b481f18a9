"""Whether the files that SQLite has open are those at the path, as SQLite left them."""

import mmap
import os
import sqlite3
from pathlib import Path
from threading import Lock
from typing import NamedTuple


class File(NamedTuple):
    """A file's identity and its last write: whether a path still leads to it unchanged; all 0 if there is none."""

    device: int = 0
    inode: int = 0
    size: int = 0
    changed: int = 0
    """When it was last written to, in nanoseconds."""

    @property
    def identity(self) -> tuple[int, int]:
        """The file, whatever is in it."""
        return self.device, self.inode


class FileConnection(sqlite3.Connection):
    """A connection that remembers which files it opened. Both stay as long as it does, whatever other programs do."""

    database = File()
    log = File()
    """The write-ahead log, in which commits are until a checkpoint."""


def file_at(path: Path) -> File:
    """Return what is at the path."""
    try:
        status = path.stat()
    except OSError:
        return File()
    return File(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)


def lock_folder(folder: int) -> bool:
    """Lock this open folder until it is closed; return False if another process has locked it."""
    import fcntl  # missing on Windows

    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


_SALTS, _BACKFILLED, _ATTEMPTED = slice(32, 40), slice(96, 100), slice(128, 132)
"""In the -shm file (https://www.sqlite.org/walformat.html, section 2.1): what names the log's present content, how many
of its frames a checkpoint has copied into the database, and how many it set out to copy."""
_HEADER_BYTES = 136


class Overwriting:
    """Notices that another program wrote into the database's file.

    In WAL mode SQLite writes to that file in a checkpoint alone, and keeps account of it in the -shm file: before the
    first write it notes how far it will get, and after the last one how far it got. A file that changed with no
    checkpoint in between was changed by somebody else.
    """

    def __init__(self, path: Path) -> None:
        """Watch the database at ``path``, which this process has open and keeps open."""
        self._path = path
        self._shared = path.with_name(f"{path.name}-shm")
        self._mapped: mmap.mmap | None = None
        self._identity = (0, 0)
        self._last: tuple[bytes, tuple[int, int]] | None = None
        self._found = False
        self._lock = Lock()

    def check(self) -> bool:
        """Return whether the file was overwritten, now or earlier."""
        with self._lock:
            return self._check()

    def _check(self) -> bool:
        if not self._found and (state := self._state()) is not None:
            database = file_at(self._path)
            content = database.size, database.changed
            if state != self._state():
                return False  # a checkpoint was under way
            last, self._last = self._last, (state, content)
            self._found = last is not None and last[0] == state and last[1] != content
        return self._found

    def _state(self) -> bytes | None:
        """Return what changes with every checkpoint; None while one is under way, or was broken off."""
        shared = file_at(self._shared)
        if self._mapped is None or shared.identity != self._identity:
            self._last = None
            if shared.size < _HEADER_BYTES:
                return None
            # Never closed: that would release the locks that SQLite has on this file in this process.
            handle = os.open(self._shared, os.O_RDONLY)
            self._mapped = mmap.mmap(handle, _HEADER_BYTES, access=mmap.ACCESS_READ)
            self._identity = shared.identity
        header = self._mapped[:_HEADER_BYTES]
        if header[_BACKFILLED] != header[_ATTEMPTED]:
            return None
        return header[_SALTS] + header[_BACKFILLED]
