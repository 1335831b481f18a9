"""The program forked from a process that has loaded it, so that starting takes a fraction of the work.

For tests of what a running program does. How it starts, prints and ends by itself is tested on ``python -m app``.
"""

import os
import re
import select
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from signal import Signals
from typing import cast

from app.settings import Settings

context = get_context("forkserver")
"""Starts processes that have loaded the program before they begin."""

context.set_forkserver_preload(
    ["app.__main__", "app.cli.serve", "app.cli.storage", "app.services.processes", "tests.forked"]
)


class ForkedProgram:
    """A command of the program in a process of its own; what can be done with it is named as in ``subprocess``."""

    def __init__(self, arguments: Sequence[str], environment: Mapping[str, str]) -> None:
        reader, writer = context.Pipe(duplex=False)
        self._process = context.Process(target=_run, args=(arguments, dict(environment), writer))
        self._process.start()
        writer.close()
        self._output = os.dup(reader.fileno())  # standard error goes there too
        reader.close()

    @property
    def pid(self) -> int:
        """Its number."""
        return cast(int, self._process.pid)

    @property
    def returncode(self) -> int | None:
        """Its exit code, or minus the signal that ended it; None while it runs."""
        return self._process.exitcode

    def send_signal(self, number: Signals) -> None:
        os.kill(self.pid, number)

    def terminate(self) -> None:
        self._process.terminate()

    def kill(self) -> None:
        self._process.kill()

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end, and return its exit code."""
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise subprocess.TimeoutExpired("variorum", timeout or 0.0)
        return self._process.exitcode

    def communicate(self, timeout: float = 60.0) -> tuple[str, None]:
        """Return the rest of what it and its own processes print, once all have ended."""
        self.wait(timeout)
        printed = b""
        while select.select([self._output], [], [], timeout)[0]:
            if not (part := os.read(self._output, 65_536)):
                return printed.decode(), None
            printed += part
        raise subprocess.TimeoutExpired("variorum", timeout)

    def first_line(self) -> str:
        """Return the first line that it prints."""
        line = b""
        while not line.endswith(b"\n") and (part := os.read(self._output, 1)):
            line += part
        return line.decode()

    def close(self) -> None:
        """End it if it is still running, and release it."""
        self.kill()
        self.wait()
        os.close(self._output)


@contextmanager
def forked_server(
    settings: Settings, *options: str, environment: Mapping[str, str] | None = None
) -> Iterator[tuple[ForkedProgram, str]]:
    """Run a server on a free port, with further ``options``, and yield its process and its address, as printed."""
    process = ForkedProgram(
        ["serve", "--port", "0", *options], {"VARIORUM_DATABASE_URL": settings.url, **(environment or {})}
    )
    try:
        line = process.first_line()
        address = re.search(r"http://\S+:\d+", line)
        assert address, line + process.communicate()[0]
        yield process, address[0]
    finally:
        process.close()


def _run(arguments: Sequence[str], environment: Mapping[str, str], output: Connection) -> None:
    """Run the command with only this environment, as ``python -m app`` does."""
    from app import __main__ as program
    from app.cli.main import main

    os.environ.clear()
    os.environ.update(environment)
    for standard in (1, 2):
        os.dup2(output.fileno(), standard)
    output.close()
    sys.argv = ["variorum", *arguments]
    sys.modules["__main__"] = program  # the processes that it starts load this, not what runs the tests
    sys.exit(main(arguments))
