"""Share pictures that were drawn once, as files in the data folder, up to a bound."""

import contextlib
import hashlib
import os
import re
from pathlib import Path
from threading import BoundedSemaphore, Lock

from app.errors import StorageBusyError
from app.web.pages.pictures.drawing import DRAWING, Picture, draw

MAX_WAITING = 16
"""Requests that may wait for a picture; they are drawn one at a time, some 0.1 s each."""

_NAME = re.compile(r"[0-9a-f]{64}\.png\Z")


class PictureShelf:
    """The pictures of one folder: each is drawn once, one at a time, and the ones asked for longest ago make room."""

    def __init__(self, folder: Path, max_bytes: int) -> None:
        self._folder = folder
        self._max_bytes = max_bytes
        self._drawing = Lock()
        self._admitted = BoundedSemaphore(MAX_WAITING)

    def picture(self, picture: Picture) -> tuple[str, bytes]:
        """Return the tag and the PNG of ``picture``. Raises StorageBusyError where too many are waiting already."""
        tag = hashlib.sha256(f"{DRAWING}\n{picture!r}".encode("utf-8", "surrogatepass")).hexdigest()
        path = self._folder / f"{tag}.png"
        if (content := self._read(path)) is not None:
            return tag, content
        if not self._admitted.acquire(blocking=False):
            raise StorageBusyError("Many share pictures are being drawn.", "Try again in a moment.")
        try:
            with self._drawing:
                content = self._read(path) or draw(picture)
                self._keep(path, content)
        finally:
            self._admitted.release()
        return tag, content

    def clear(self) -> None:
        """Delete every picture that is kept; each is drawn anew when it is asked for."""
        with contextlib.suppress(OSError):
            for file in self._folder.iterdir():
                if _NAME.match(file.name):
                    file.unlink(missing_ok=True)

    def _read(self, path: Path) -> bytes | None:
        try:
            content = path.read_bytes()
            os.utime(path)
        except OSError:
            return None
        return content

    def _keep(self, path: Path, content: bytes) -> None:
        """Write a picture, whole or not at all, and delete the oldest above the bound; a full disk costs no answer."""
        if len(content) > self._max_bytes:
            return
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            waiting = path.with_suffix(f".{os.getpid()}")
            waiting.write_bytes(content)
            waiting.replace(path)
            self._make_room()

    def _make_room(self) -> None:
        files = [(file, file.stat()) for file in self._folder.iterdir() if _NAME.match(file.name)]
        size = sum(stat.st_size for _, stat in files)
        for file, stat in sorted(files, key=lambda pair: pair[1].st_mtime):
            if size <= self._max_bytes:
                break
            file.unlink(missing_ok=True)
            size -= stat.st_size
