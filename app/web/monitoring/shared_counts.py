"""One set of counts for several processes."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

FOLDER_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
"""Names the folder in which each process keeps its counts; the library reads it when it is imported."""


@contextmanager
def shared_counts() -> Iterator[None]:
    """Let the processes started within the block add up their counts; for a parent that imports no metrics itself."""
    with tempfile.TemporaryDirectory(prefix="variorum-metrics-") as folder:
        os.environ[FOLDER_VARIABLE] = folder
        try:
            yield
        finally:
            del os.environ[FOLDER_VARIABLE]
