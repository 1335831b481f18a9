"""Hostile files through a server's form, through ``import``, and each read alone; then the database is checked."""

import http.client
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import islice
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

from app.errors import VariorumError
from app.services.reading import MAX_DATA_BYTES, SECONDS
from app.sources.reading import read_document
from bench.attack.hostile.files import FILES
from bench.attack.measured import MAX_MEGABYTES, Group, Line, apart
from bench.attack.sending import MAX_WRITE_SECONDS

_BOUNDARY = "a-boundary-no-file-has"
PATIENCE_SECONDS = 180
"""For one answer, on a loaded machine."""
MAX_WAIT_SECONDS = 5.0
"""How long another reader may wait meanwhile, on a loaded machine."""


def read_each(random: Random, deadline: float, only: str = "") -> Line:
    """Read each file in a process of its own, without the limits beyond which the program abandons it.

    An error that the program does not foresee is a fault; a file that would be abandoned is counted.
    """
    line = Line("hostile files, each read alone", 0, 0)
    worst, given_up = 0.0, 0
    for name, make in _shuffled(FILES, random, only):
        if time.monotonic() > deadline:
            break
        content = make(random)
        cost = apart(partial(_outcome, name, content))
        line.tried += 1
        is_given_up = cost.seconds > SECONDS or cost.megabytes * 1_000_000 > MAX_DATA_BYTES
        given_up += is_given_up
        if cost.fault and not is_given_up:
            line.faults.append(f"{name}: {cost.fault}")
        line.megabytes = max(line.megabytes, cost.megabytes)
        if cost.seconds > worst:
            worst, line.worst = cost.seconds, f"{name}: {cost.seconds:.2f}"
    line.attack += f" ({given_up} are given up)"
    line.survived = line.tried - len(line.faults)
    return line


def send_each(address: str, server: Group, random: Random, deadline: float, only: str = "") -> Line:
    """Send each file to the form of a running server, and check that others are still served."""
    line = Line("hostile files through the form", 0, 0)
    host, worst = urlsplit(address).netloc, 0.0
    for name, make in _shuffled(FILES, random, only):
        if time.monotonic() > deadline:
            break
        content = make(random)
        before = server.seconds()
        try:
            status, waited = _send(host, name, content), _wait_of_a_reader(host)
        except (OSError, http.client.HTTPException) as error:
            line.faults.append(f"{name}: no answer ({error})")
            continue
        finally:
            line.tried += 1
        seconds = server.seconds() - before
        if seconds > MAX_WRITE_SECONDS:
            line.faults.append(f"{name}: took {seconds:.1f} s of processor time")
        if status not in (303, 413, 422):
            line.faults.append(f"{name}: answered {status}")
        if waited > MAX_WAIT_SECONDS:
            line.faults.append(f"{name}: the next reader waited {waited:.1f} s")
        if seconds > worst:
            worst, line.worst = seconds, f"{name}: {seconds:.2f}"
    line.megabytes = server.megabytes()
    if line.megabytes > MAX_MEGABYTES:
        line.faults.append(f"a process of the server had {line.megabytes:.0f} MB")
    line.survived = line.tried - len(line.faults)
    return line


def import_all(url: str, folder: Path, random: Random, only: str = "", most: int | None = None) -> Line:
    """Import a folder of all files, or of the first ``most``, and check the database."""
    files = folder / "hostile"
    files.mkdir()
    for name, make in islice(_shuffled(FILES, random, only), most):
        (files / name).write_bytes(make(random))
    line = Line("hostile files in an import", len(list(files.iterdir())), 0)
    for arguments, codes in ((["import", str(files)], (0, 2)), (["check"], (0,))):
        done = subprocess.run(
            [sys.executable, "-m", "app", *arguments],
            env={"VARIORUM_DATABASE_URL": url},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode not in codes or "Traceback" in done.stderr:
            line.faults.append(f"{arguments[0]} ended with {done.returncode}: {done.stderr[-500:]}")
    line.survived = line.tried if not line.faults else 0
    return line


def _outcome(name: str, content: bytes) -> str:
    try:
        return read_document(content, file_name=name).format
    except VariorumError as error:
        return error.message


def _send(host: str, name: str, content: bytes) -> int:
    head = f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = head.encode() + content + f"\r\n--{_BOUNDARY}--\r\n".encode()
    connection = http.client.HTTPConnection(host, timeout=PATIENCE_SECONDS)
    try:
        headers = {"Content-Type": f"multipart/form-data; boundary={_BOUNDARY}"}
        connection.request("POST", "/articles/new", body, headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status == 303:
            connection.request("GET", answer.headers["Location"])
            preview = connection.getresponse()
            preview.read()
            return answer.status if preview.status == 200 else preview.status
        return answer.status
    finally:
        connection.close()


def _wait_of_a_reader(host: str) -> float:
    began = time.monotonic()
    connection = http.client.HTTPConnection(host, timeout=PATIENCE_SECONDS)
    connection.request("GET", "/")
    connection.getresponse().read()
    connection.close()
    return time.monotonic() - began


def _shuffled(
    files: Mapping[str, Callable[[Random], bytes]], random: Random, only: str
) -> Iterator[tuple[str, Callable[[Random], bytes]]]:
    names = sorted(name for name in files if only in name)
    random.shuffle(names)
    for name in names:
        yield name, files[name]
