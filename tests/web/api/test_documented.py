"""Every example in docs/api.md runs, and its answer has the fields that the page shows."""

import json
import re
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from app.db.engine.base import Database
from app.main import create_app
from app.services import comparisons
from app.services.edit_log import UNNAMED
from app.services.operations import api_keys
from app.settings import Settings
from tests.contracts.test_tree import ROOT
from tests.web.comparison.comparing import seeds_path

BLOCK = re.compile(r"^```(sh|json)\n(.*?)^```", re.MULTILINE | re.DOTALL)


@pytest.fixture
def server(settings: Settings, seeded_db: Database) -> Iterator[str]:
    """The program on a free port, as strangers reach it."""
    shared = settings.model_copy(update={"edit_key": "correct horse", "allowed_hosts": "variorum.example"})
    program = uvicorn.Server(uvicorn.Config(create_app(shared, seeded_db), port=0, log_level="critical"))
    thread = threading.Thread(target=program.run)
    thread.start()
    while not program.started:
        time.sleep(0.01)
    port = program.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    program.should_exit = True
    thread.join()


def examples() -> list[tuple[str, Any]]:
    """Return each command of the page, with the answer that it shows; None where it shows none."""
    blocks = BLOCK.findall((ROOT / "docs" / "api.md").read_text(encoding="utf-8"))
    following = [*blocks[1:], ("", "")]
    return [
        (text, json.loads(after[1]) if after[0] == "json" else None)
        for (kind, text), after in zip(blocks, following, strict=True)
        if kind == "sh"
    ]


def fields_of(shown: Any, answer: Any) -> None:
    """Assert that an answer has the fields shown, and no others; one shown as empty may hold anything."""
    if isinstance(shown, dict) and shown:
        assert isinstance(answer, dict)
        assert shown.keys() == answer.keys()
        for name, value in shown.items():
            fields_of(value, answer[name])
    elif isinstance(shown, list) and shown:
        assert answer
        fields_of(shown[0], answer[0])


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed")
def test_every_example_runs_and_answers_as_it_is_shown(
    server: str, seeded_db: Database, tmp_path: Path
) -> None:
    base, _, witness = seeds_path(seeded_db).rpartition("/")[2].partition("..")
    comparison = comparisons.open_or_make(seeded_db, base, witness).comparison
    environment = {
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "VARIORUM": server,
        "KEY": api_keys.make_key(seeded_db, "night script", "write", actor=UNNAMED)[1],
        "ARTICLE": comparison.base.article,
        "BASE": base,
        "WITNESS": witness,
        "FOLDER": str(tmp_path),
    }
    for command, shown in examples():
        done = subprocess.run(
            ["/bin/sh", "-eu"], input=command, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, (command, done.stderr)
        if shown is not None:
            fields_of(shown, json.loads(done.stdout))
        if done.stdout.startswith("{"):
            is_problem = "detail" in json.loads(done.stdout)
            assert is_problem == (shown is not None and "detail" in shown), (command, done.stdout)
        else:
            assert not done.stdout or done.stdout.startswith("<?xml"), (command, done.stdout)
    assert json.loads((tmp_path / "stories.json").read_text(encoding="utf-8"))["items"]
