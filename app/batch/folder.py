"""The folder that a job writes to, on any file system that Spark reaches, and which of its steps are finished.

A step's output is a Parquet dataset of its own. Spark marks it as whole when all of it is written; such a step is not
run again, so that a stopped job resumes at the step that it was in.
"""

import json
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from app.batch.session import Frame, Spark
from app.errors import InvalidInputError

FORMAT = 1
"""The version of the folder's layout."""

_MANIFEST = "manifest.json"


@dataclass(slots=True)
class ArchiveRun:
    """One run: what it read, and where its articles are among all. Each adds to those before it."""

    inputs: list[list[Any]]
    """Name, size in bytes and time of change of each file."""
    first: int
    """The serial of its first line; later runs have higher ones."""
    lines: int = 0
    """How many serials it has; 0 until they are counted."""
    done: bool = False


@dataclass(slots=True)
class Manifest:
    """What the folder holds."""

    made_by: str
    """The version of the fingerprints: two cannot be in one folder."""
    runs: list[ArchiveRun] = field(default_factory=list)


class Folder:
    """A job's folder."""

    def __init__(self, spark: Spark, path: str) -> None:
        self.spark = spark
        self.path = path.rstrip("/")
        self._hadoop = spark._jvm.org.apache.hadoop.fs
        self._began = time.monotonic()
        self._columns: dict[str, Any] = {}

    def at(self, *names: str) -> str:
        """Return the path of something in the folder."""
        return "/".join((self.path, *names))

    def manifest(self) -> Manifest | None:
        """Return what the folder holds; None if it is new. Raises InvalidInputError if it is not a job's folder."""
        text = self._read(self.at(_MANIFEST))
        if text is None:
            return None
        try:
            given = json.loads(text)
            if given.pop("format") != FORMAT:
                raise ValueError
            runs = [ArchiveRun(**run) for run in given.pop("runs")]
            return Manifest(runs=runs, **given)
        except (ValueError, KeyError, TypeError):
            raise InvalidInputError(
                f"{self.path} was not written by this version of variorum-archive.", "Name another --out."
            ) from None

    def store_manifest(self, manifest: Manifest) -> None:
        """Write what the folder holds; it is replaced whole or not at all."""
        scratch, target = self.at(f".{_MANIFEST}.new"), self.at(_MANIFEST)
        files = self._files(target)
        stream = files.create(self._hadoop.Path(scratch), True)
        stream.write(bytearray(json.dumps({"format": FORMAT, **asdict(manifest)}, indent=1).encode()))
        stream.close()
        files.delete(self._hadoop.Path(target), False)
        files.rename(self._hadoop.Path(scratch), self._hadoop.Path(target))

    def is_whole(self, name: str) -> bool:
        """Return whether the dataset of this name is finished."""
        marker = self._hadoop.Path(self.at(name, "_SUCCESS"))
        return bool(self._files(self.path).exists(marker))

    def step(self, name: str, says: str, make: Callable[[], Frame]) -> Frame:
        """Return the dataset of this name, made and written first if it is not finished; say so on standard error."""
        if not self.is_whole(name):
            self.say(f"{says} ...")
            frame = make()
            frame.write.mode("overwrite").parquet(self.at(name))
            self._columns[name] = frame.schema
        return self.read(name)

    def lines(self, name: str, says: str, make: Callable[[], Frame]) -> None:
        """Write lines to files of this name, packed by gzip, unless they are finished."""
        if not self.is_whole(name):
            self.say(f"{says} ...")
            make().write.mode("overwrite").option("compression", "gzip").text(self.at(name))

    def read(self, name: str) -> Frame:
        """Return the dataset of this name; its columns are looked up in its files once, for that is a job by itself."""
        known = self._columns.get(name)
        reader = self.spark.read.schema(known) if known else self.spark.read
        frame = reader.parquet(self.at(name))
        self._columns[name] = frame.schema
        return frame

    def remove(self, name: str) -> None:
        """Remove a dataset, or a folder of several."""
        self._files(self.path).delete(self._hadoop.Path(self.at(name)), True)

    def say(self, line: str) -> None:
        """Say on standard error what is being done, with the seconds since the start."""
        print(f"[{time.monotonic() - self._began:6.0f} s] {line}", file=sys.stderr, flush=True)

    def files(self, name: str) -> list[tuple[str, int, int]]:
        """Return the files that ``name`` stands for, sorted: a file, a folder with all below it, or a pattern.

        Each with its size in bytes and the time when it was changed, in milliseconds. Hidden ones are left out.
        """
        files = self._files(name)
        entries: list[tuple[str, int, int]] = []
        for status in files.globStatus(self._hadoop.Path(name)) or ():
            below = files.listFiles(status.getPath(), True)
            while below.hasNext():
                file = below.next()
                address = str(file.getPath().toString())
                parts = address[len(str(status.getPath().toString())) :].split("/")
                if not any(part.startswith((".", "_")) for part in parts):
                    entries.append((address, int(file.getLen()), int(file.getModificationTime())))
        return sorted(entries)

    def _files(self, path: str) -> Any:
        return self._hadoop.Path(path).getFileSystem(self.spark._jsc.hadoopConfiguration())

    def _read(self, path: str) -> str | None:
        files, target = self._files(path), self._hadoop.Path(path)
        if not files.exists(target):
            scratch = self._hadoop.Path(self.at(f".{_MANIFEST}.new"))
            if not files.exists(scratch):
                return None
            target = scratch  # stopped between removing the old one and putting the new one in its place
        stream = files.open(target)
        try:
            return str(self.spark._jvm.org.apache.commons.io.IOUtils.toString(stream, "UTF-8"))
        finally:
            stream.close()


def schema(columns: Mapping[str, str]) -> str:
    """Return a schema as Spark reads it.

    >>> schema({"serial": "long", "id": "string"})
    'serial long, id string'
    """
    return ", ".join(f"{name} {kind}" for name, kind in columns.items())
