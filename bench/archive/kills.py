"""``python -m bench.archive.kills``: does a job that is killed at three stages and started again give the same result?

It kills Java and Python with SIGKILL while a stage is being written, runs the command again, and compares everything
in the job's folder at the end with that of a job that was not killed.
"""

import argparse
import gzip
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pyarrow.parquet

from bench.archive import made, measure

STAGES = ("texts", "candidates", "relations/0000")
"""The steps whose writing is cut short."""

COPIES = 10
"""Planted copies of each kind."""

SECONDS_BETWEEN_LOOKS = 0.02


def main() -> None:
    """Run one job undisturbed and another with kills, and print what was killed and whether the results agree."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=300, help="articles of the archive (300)")
    parser.add_argument("--keep", type=Path, required=True, help="the folder of the archive and both jobs")
    parser.add_argument("--master", default="local[2]", help="where Spark runs (local[2])")
    options = parser.parse_args()
    options.keep.mkdir(parents=True, exist_ok=True)
    archive = options.keep / f"news-{options.articles}.jsonl.gz"
    made.write(archive, options.articles, COPIES)
    in_peace, killed = options.keep / "in-peace", options.keep / "killed"
    for out in (in_peace, killed):
        shutil.rmtree(out, ignore_errors=True)
    command = [sys.executable, "-m", "app.batch", "pairs", str(archive), "--master", options.master, "--out"]
    subprocess.run([*command, str(in_peace)], check=True, stdout=subprocess.DEVNULL)
    for stage in STAGES:
        print(f"{stage}: {kill_in([*command, str(killed)], killed / 'runs' / '0001' / stage)}")
    subprocess.run([*command, str(killed)], check=True, stdout=subprocess.DEVNULL)
    expected, left = contents(in_peace), contents(killed)
    for name in sorted(expected.keys() | left.keys()):
        one, other = expected.get(name, Counter()), left.get(name, Counter())
        says = (
            "the same" if one == other else f"{(one - other).total()} missing, {(other - one).total()} more"
        )
        print(f"{name}: {one.total():,} rows, {says}")
    if expected != left:
        raise SystemExit("The killed job is another one.")


def kill_in(command: Sequence[str], dataset: Path) -> str:
    """Run a command and kill all of its processes while it writes this dataset; return what had happened by then."""
    with subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None and not (dataset / "_temporary").exists():
            time.sleep(SECONDS_BETWEEN_LOOKS)
        if process.returncode is not None:
            return "the job ended before it wrote this"
        whole = (dataset / "_SUCCESS").exists()
        while pids := [pid for pid in measure.session(process.pid) if is_running(pid)]:
            for pid in pids:
                kill(pid)
            process.poll()
            time.sleep(SECONDS_BETWEEN_LOOKS)
    return "killed when it was whole" if whole else "killed while it was written"


def is_running(pid: int) -> bool:
    """Return whether a process is still running; one that has ended stays listed until its parent waits for it."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def kill(pid: int) -> None:
    """End a process that this program has started, if it is still running."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def contents(out: Path) -> dict[str, Counter[str]]:
    """Return the rows of each dataset of a job's folder, and the lines of its files, without regard to their order."""
    counts: dict[str, Counter[str]] = {}
    for file in sorted(out.glob("runs/**/part-*")):
        name = str(file.parent.relative_to(out))
        if file.suffix == ".parquet":
            rows = [repr(sorted(row.items())) for row in pyarrow.parquet.read_table(file).to_pylist()]
        else:
            rows = gzip.decompress(file.read_bytes()).decode().splitlines()
        counts.setdefault(name, Counter()).update(rows)
    return counts


if __name__ == "__main__":
    main()
