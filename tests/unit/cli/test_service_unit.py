"""The systemd unit in docs/deployment: the program serves and works under its filter of system calls."""

import ctypes.util
import json
import subprocess
import sys
import time
from pathlib import Path

import httpx2
import pytest

from app.services.operations.database import open_database
from app.settings import Settings
from tests.unit.cli.test_serve import served

ROOT = Path(__file__).parents[3]
UNIT = ROOT / "docs" / "deployment" / "variorum.service"
SETS = Path(__file__).parent / "system_call_sets.txt"

LAUNCHER = """
import ctypes, ctypes.util, json, os, sys
library = ctypes.CDLL(ctypes.util.find_library("seccomp"), use_errno=True)
library.seccomp_init.restype = ctypes.c_void_p
allowed, ALLOW, REFUSE_WITH_EPERM = json.loads(sys.argv[1]), 0x7FFF0000, 0x00050001
context = ctypes.c_void_p(library.seccomp_init(ctypes.c_uint32(REFUSE_WITH_EPERM)))
for name in allowed:
    number = library.seccomp_syscall_resolve_name(name.encode())
    if number >= 0:  # the others are not of this machine's kind
        assert library.seccomp_rule_add(context, ctypes.c_uint32(ALLOW), number, 0) == 0, name
assert library.seccomp_load(context) == 0
os.execv(sys.executable, [sys.executable, *sys.argv[2:]])
"""
"""Runs Python where every system call but those named fails with EPERM, as under ``SystemCallErrorNumber=EPERM``."""

needs_libseccomp = pytest.mark.skipif(
    ctypes.util.find_library("seccomp") is None, reason="libseccomp is missing: apt install libseccomp2"
)


def allowed_calls() -> list[str]:
    """Return the system calls that the unit's ``SystemCallFilter`` lines allow."""
    lines = SETS.read_text(encoding="utf-8").splitlines()[1:]
    sets = {name: set(calls.split()) for name, _, calls in (line.partition(": ") for line in lines)}
    allowed: set[str] = set()
    for line in UNIT.read_text(encoding="utf-8").splitlines():
        key, _, value = line.partition("=")
        if key == "SystemCallFilter":
            named = set().union(*(sets[name] for name in value.removeprefix("~").split()))
            allowed = allowed - named if value.startswith("~") else allowed | named
    return sorted(allowed)


def launch(*arguments: str) -> list[str]:
    return [sys.executable, "-c", LAUNCHER, json.dumps(allowed_calls()), *arguments]


def test_what_the_filter_refuses_fails_and_does_not_kill() -> None:
    assert "SystemCallErrorNumber=EPERM" in UNIT.read_text(encoding="utf-8").splitlines()


@needs_libseccomp
def test_the_filter_is_really_there() -> None:
    program = "import os\ntry: os.nice(1)\nexcept PermissionError: print('refused')"
    ran = subprocess.run(launch("-c", program), capture_output=True, text=True, check=True)
    assert ran.stdout == "refused\n"


@needs_libseccomp
@pytest.mark.sqlite
def test_under_the_units_filter_the_server_and_its_worker_run(settings: Settings) -> None:
    with served(settings, background=False) as (_, address):
        assert httpx2.get(address).status_code == 200
    articles = [
        {"id": f"a{n}", "title": f"Title {n}", "text": f"Article {n} on the bridge."} for n in range(30)
    ]
    lines = "".join(json.dumps(article) + "\n" for article in articles)
    subprocess.run(
        launch("-m", "app", "import", "--later", "-"),
        cwd=ROOT,
        env={"VARIORUM_DATABASE_URL": settings.url},
        input=lines,
        text=True,
        check=True,
        capture_output=True,
    )
    db = open_database(settings)
    assert db.kind == "sqlite"
    db.dispose()
    with served(settings, command=launch("-m", "app")) as (_, address):
        assert "Title 29" in httpx2.get(address).text
        ends = time.monotonic() + 120
        while waiting := what_waits(address):
            assert time.monotonic() < ends, waiting
            time.sleep(0.2)


def what_waits(address: str) -> int:
    """Return the size of the backlog; fail if the worker has failed."""
    waiting = httpx2.get(f"{address}/health").json()["waiting"]
    assert waiting["worker"] != "failed", waiting
    return int(waiting["to_compare"]) + int(waiting["to_quote"])
