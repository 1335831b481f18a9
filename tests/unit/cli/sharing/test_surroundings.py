"""Where the program runs: a read-only checkout, a machine without a network."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest

from app.settings import Settings
from tests.unit.cli.test_serve import served

ROOT = Path(__file__).parents[4]
READ_ONLY = (
    'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && cd "$0" && ! touch new 2>&- && exec "$@"'
)
"""Runs its arguments where the folder that is named first may only be read."""


def apart(*options: str) -> list[str]:
    """Return the prefix of a command that runs as root in new namespaces; skip where the machine allows none."""
    command = ["unshare", *options, *([] if os.geteuid() == 0 else ["--map-root-user"])]
    if (
        not shutil.which("unshare")
        or subprocess.run([*command, "true"], capture_output=True, check=False).returncode
    ):
        pytest.skip("unshare may not be used here")
    return command


def test_it_serves_from_a_checkout_that_may_only_be_read(settings: Settings) -> None:
    command = [*apart("--mount"), "sh", "-c", READ_ONLY, str(ROOT), sys.executable, "-m", "app"]
    with served(settings, command=command) as (_, address):
        assert "China Offers Full Support" in httpx2.get(address).text
        added = httpx2.post(f"{address}/articles", data={"title": "A visit", "text": "He came."})
        assert added.status_code == 303


def test_it_says_where_data_may_go_if_the_checkout_may_only_be_read(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "app", tmp_path / "app", ignore=shutil.ignore_patterns("__pycache__"))
    command = [*apart("--mount"), "sh", "-c", READ_ONLY, str(tmp_path), sys.executable, "-m", "app", "serve"]
    stopped = subprocess.run(command, capture_output=True, text=True, check=False, env={})
    assert stopped.returncode == 1
    assert "Name a folder that this program may write to, in VARIORUM_DATA_DIR" in stopped.stderr
    assert "Traceback" not in stopped.stderr


def test_it_starts_again_without_a_network(settings: Settings) -> None:
    for command in ((sys.executable, "-m", "app"), (*apart("--net"), sys.executable, "-m", "app")):
        with served(settings, command=command) as (_, address):
            assert address.startswith("http://127.0.0.1:")
