"""Hostile evidence files, each checked by ``verify`` in a process of its own."""

import io
import tempfile
import time
from functools import partial
from pathlib import Path
from random import Random

from app.errors import VariorumError
from app.evidence.verdict import CONSISTENT, verify
from bench.attack.hostile.evidence_files import EVIDENCE_FILES
from bench.attack.measured import Line, apart

MAX_SECONDS = 20.0
"""Processor seconds that a check may take: a comparison of two texts of 2 MB is made anew in some 10."""


def check_each(random: Random, deadline: float, only: str = "") -> Line:
    """Check each file, and report which are called consistent, take too much time or memory, or make the check fail."""
    line = Line("hostile evidence files", 0, 0)
    names = sorted(name for name in EVIDENCE_FILES if only in name)
    random.shuffle(names)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "evidence.zip"
        for name in names:
            if time.monotonic() > deadline:
                break
            file.write_bytes(EVIDENCE_FILES[name](random))
            line.add(name, apart(partial(_verdict, file)), MAX_SECONDS)
    return line


def _verdict(file: Path) -> str:
    target = io.StringIO()
    try:
        code = verify(file, target)
    except VariorumError as error:
        return error.message
    if code == CONSISTENT and "not made anew" not in target.getvalue():
        raise AssertionError("it was called consistent and made anew")
    return target.getvalue()
