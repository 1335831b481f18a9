"""Run a job and measure what it takes; judge what it found."""

import json
import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from bench.archive.made import PLANTED
from bench.library import copies, texts

SECONDS_BETWEEN_SAMPLES = 1.0

_SHUFFLED = re.compile(r"([\d,]+) MB shuffled")


def run(command: Sequence[str]) -> dict[str, float]:
    """Run a command in a session of its own; return seconds, processor seconds, peak memory and shuffled megabytes.

    Java's processor seconds are also given separately. Memory is that of all its processes, with shared pages counted
    once (Pss).
    """
    began = time.monotonic()
    log: list[str] = []
    with subprocess.Popen(
        command, start_new_session=True, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stderr is not None
        os.set_blocking(process.stderr.fileno(), False)
        spent: dict[int, float] = {}
        java: set[int] = set()
        peak = 0.0
        while process.poll() is None:
            memory = 0.0
            for pid in session(process.pid):
                spent[pid] = max(_processor_seconds(pid), spent.get(pid, 0.0))
                memory += _megabytes(pid)
                if _name(pid) == "java":
                    java.add(pid)
            peak = max(peak, memory)
            for line in process.stderr:
                log.append(line)
                print(line, end="", file=sys.stderr, flush=True)
            time.sleep(SECONDS_BETWEEN_SAMPLES)
        log += process.stderr.readlines()
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed: {''.join(log[-20:])}")
    shuffled = [int(match[1].replace(",", "")) for line in log if (match := _SHUFFLED.search(line))]
    return {
        "seconds": time.monotonic() - began,
        "processor": sum(spent.values()),
        "java": sum(spent[pid] for pid in java),
        "peak": peak,
        "shuffled": sum(shuffled),
    }


def judged(pairs: Path, size: int, copies_of_each: int = PLANTED) -> dict[str, object]:
    """Return the recall of each kind of planted copy, and the false pairs per article.

    A copy counts as found if it is paired with its original as reuse or by a quotation. A pair is true if its articles
    are on one topic: they share an agency's piece, a quotation or a story.
    """
    news = size - copies_of_each * len(copies.KINDS)
    tally: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    stray = 0
    for line in pairs.open(encoding="utf-8"):
        pair = json.loads(line)
        kinds[pair["relation"]] += 1
        names = sorted((pair["a"], pair["b"]))
        one, other = (name.rsplit("-", 1) for name in names)
        planted = next((kind for kind, number in (one, other) if kind != "made"), None)
        is_planted = planted is not None and one[1] == other[1] and "made" in (one[0], other[0])
        if planted is not None and is_planted and pair["relation"] != "same-story":
            tally[planted] += 1
        elif not is_planted and _topics(names[0], news).isdisjoint(_topics(names[1], news)):
            stray += 1
    return {
        "recall": {kind: tally[kind] / copies_of_each for kind in copies.KINDS},
        "pairs": dict(kinds),
        "stray": stray / size,
    }


@lru_cache(1 << 18)
def _topics(name: str, news: int) -> set[int]:
    kind, number = name.rsplit("-", 1)
    if kind == "made":
        return {texts.article(int(number)).topic}
    return copies.topics(kind, int(number), news)


def session(leader: int) -> Iterator[int]:
    """Yield the processes of the session that this one leads."""
    for name in (path.name for path in Path("/proc").iterdir()):
        if name.isdigit():
            try:
                if os.getsid(int(name)) == leader:
                    yield int(name)
            except OSError:
                continue


def _processor_seconds(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _name(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return ""


def _megabytes(pid: int) -> float:
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0
