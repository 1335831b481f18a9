"""Processor time and memory of what is attacked: work in a separate process, or a server with its helpers."""

import contextlib
import multiprocessing
import os
import resource
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from app.services import processes

MAX_MEGABYTES = 600
"""Peak memory of a process."""

PATIENCE_SECONDS = 60
"""Processor seconds after which work is given up as hanging."""

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(slots=True)
class Line:
    """A line of the table."""

    attack: str
    tried: int
    survived: int
    worst: str = ""
    megabytes: float = 0.0
    faults: list[str] = field(default_factory=list)
    worst_seconds: float = 0.0

    def add(self, name: str, cost: "Cost", max_seconds: float) -> None:
        """Count what was tried under ``name``: its fault, too much processor time or too much memory."""
        self.tried += 1
        fault = cost.fault
        if cost.seconds > max_seconds:
            fault = fault or f"took {cost.seconds:.1f} s of processor time"
        if cost.megabytes > MAX_MEGABYTES:
            fault = fault or f"took {cost.megabytes:.0f} MB"
        if fault:
            self.faults.append(f"{name}: {fault}")
        else:
            self.survived += 1
        self.megabytes = max(self.megabytes, cost.megabytes)
        if cost.seconds > self.worst_seconds:
            self.worst_seconds, self.worst = cost.seconds, f"{name}: {cost.seconds:.2f}"


@dataclass(frozen=True, slots=True)
class Cost:
    """What work in a process of its own took."""

    said: str
    """What it returned; empty where it died."""
    seconds: float
    megabytes: float
    fault: str = ""


def apart(work: Callable[[], str]) -> Cost:
    """Do ``work`` in a forked process, which is killed if it takes far too much; return what it cost."""
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_work, args=(work, sender))
    child.start()
    sender.close()
    cost = Cost("", PATIENCE_SECONDS, 0, "it died: too much time or memory")
    with contextlib.suppress(EOFError):
        cost = receiver.recv()
    child.join()
    return cost


def _work(work: Callable[[], str], answers: Connection) -> None:
    spent = int(time.process_time())
    resource.setrlimit(resource.RLIMIT_CPU, (spent + PATIENCE_SECONDS, spent + PATIENCE_SECONDS + 5))
    resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")  # the peak counts from here, without the parent's
    processes.stay_here()  # what a helper process does would not be measured
    began, fault, said = time.process_time(), "", ""
    try:
        said = work()
    except BaseException as error:
        fault = f"{type(error).__name__}: {str(error)[:200]}"
    seconds = time.process_time() - began
    answers.send(Cost(said, seconds, _peak_megabytes(Path("/proc/self")), fault))
    answers.close()


def _peak_megabytes(folder: Path) -> float:
    with contextlib.suppress(OSError):
        for line in (folder / "status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return 0.0


@dataclass(frozen=True, slots=True)
class Group:
    """A process and those that it started: all processes of the session that it leads."""

    leader: int

    def seconds(self) -> float:
        """Return the processor time of those still running and of the children that they have waited for."""
        return sum(sum(map(int, stat[11:15])) for stat in self._stats()) / _TICKS

    def megabytes(self) -> float:
        """Return the highest peak memory of any of them."""
        return max((_peak_megabytes(folder) for folder in self._folders()), default=0.0)

    def _folders(self) -> Iterator[Path]:
        for folder in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError, ProcessLookupError):
                if os.getsid(int(folder.name)) == self.leader:
                    yield folder

    def _stats(self) -> Iterator[list[str]]:
        for folder in self._folders():
            with contextlib.suppress(OSError):
                yield (folder / "stat").read_text().rpartition(")")[2].split()
