"""Rates of pages and 304s against bare Starlette with the same bytes, two workers against one, readers and writers.

``python -m bench.pages`` prints the tables of rates, ``--mixed --minutes N`` the times of readers while others write,
and with ``--against CHECKOUT`` those of another version in turn. The load comes from ``wrk`` if that is installed,
otherwise from a minimal program of our own.
"""

import argparse
import asyncio
import os
import random
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from threading import Event, Thread
from urllib.parse import urlencode

from app.services.processes import count_processors

ROOT = Path(__file__).parent.parent
CONNECTIONS = 16
SECONDS = 3
ROUNDS = 3
"""Each server is measured so often, in turn with the others; the median counts."""
READERS, WRITERS = 50, 5
WRITER_PAUSE_SECONDS = 1.0
TARGETS = {
    "comparison": 0.5,
    "comparison, 304": 0.5,
    "library": 0.25,
    "article": 0.25,
    "story": 0.25,
    "quotation": 0.25,
}

Header = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Page:
    """A page that is asked for."""

    name: str
    path: str
    headers: tuple[Header, ...] = ()


def fetch(
    address: str, headers: Mapping[str, str] | None = None, body: bytes | None = None
) -> tuple[bytes, Mapping[str, str]]:
    """Return the body and the headers of an answer. Raises HTTPError for any but 2xx, after redirects."""
    request = urllib.request.Request(address, data=body, headers=dict(headers or {}))
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.read(), answer.headers


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(
    folder: Path, *options: str, checkout: Path = ROOT, page_cache: int | None = None
) -> Iterator[tuple[str, int]]:
    """Serve the seeds from a database in ``folder``; yield the address and the process's id.

    ``page_cache`` is how many megabytes of pages are kept, by default as many as the program's own default.
    """
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("VARIORUM_")}
    environment |= {"VARIORUM_DATA_DIR": str(folder), "VARIORUM_LOOPBACK_REQUESTS": "1000"}
    if page_cache is not None:
        environment["VARIORUM_PAGE_CACHE"] = str(page_cache)
    command = (sys.executable, "-m", "app", "serve", "--port", str(port), *options)
    yield from _running(command, port, checkout, environment)


@contextmanager
def bare(folder: Path) -> Iterator[tuple[str, int]]:
    """Serve the files of ``folder`` by Starlette alone; yield the address and the process's id."""
    port = free_port()
    command = (sys.executable, "-m", "bench.pages", "--bare", str(folder), "--port", str(port))
    yield from _running(command, port, ROOT, dict(os.environ))


def _running(
    command: tuple[str, ...], port: int, folder: Path, environment: dict[str, str]
) -> Iterator[tuple[str, int]]:
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                fetch(f"{address}/")
                break
            except OSError:
                if process.poll() is not None or time.monotonic() > deadline:
                    raise
                time.sleep(0.1)
        yield address, process.pid
    finally:
        process.terminate()
        process.wait(30)


def serve_bare(folder: Path, port: int) -> None:
    """Answer ``/NAME`` with the bytes of the file NAME from memory, or 304 to whoever sends a tag; do nothing else."""
    import uvicorn
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    contents = {f"/{file.name}": file.read_bytes() for file in folder.iterdir()}
    headers = {"ETag": 'W/"tag"', "Cache-Control": "no-cache"}

    async def answer(request: Request) -> Response:
        if "if-none-match" in request.headers:
            return Response(status_code=304, headers=headers)
        return Response(contents.get(request.url.path, b""), media_type="text/html", headers=headers)

    app = Starlette(routes=[Route("/{name:path}", answer)])
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning", access_log=False, server_header=False)


@dataclass(frozen=True, slots=True)
class Rate:
    """What a server did under load."""

    per_second: float
    server_ms: float
    """Processor milliseconds that the server's processes spent on one answer: other programs do not change it much."""
    client_ms: float
    """The same of the program that asks."""


def measure(address: str, pid: int, page: Page, seconds: float = SECONDS) -> Rate:
    """Return the rate of the server with process id ``pid``, with ``CONNECTIONS`` connections that repeat at once."""
    served, asked = processor_seconds(pid), _own_processor_seconds()
    per_second = rate(address, page, seconds)
    answers = max(1.0, per_second * seconds)
    served, asked = processor_seconds(pid) - served, _own_processor_seconds() - asked
    return Rate(per_second, 1000 * served / answers, 1000 * asked / answers)


def processor_seconds(pid: int) -> float:
    """Return the processor time that a process and its children have spent, in seconds."""
    ticks = 0
    for process in tree(pid):
        with suppress(OSError):
            fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _own_processor_seconds() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def rate(address: str, page: Page, seconds: float = SECONDS) -> float:
    """Return how many answers a second come on ``CONNECTIONS`` connections that ask again at once."""
    if shutil.which("wrk") is None:
        return asyncio.run(_own_rate(address, page, seconds))
    headers = [part for name, value in page.headers for part in ("-H", f"{name}: {value}")]
    wrk = ("wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds:.0f}s", *headers, address + page.path)
    output = subprocess.run(wrk, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in output and "304" not in page.name:
        raise RuntimeError(f"{address}{page.path} failed under load:\n{output}")
    match = re.search(r"Requests/sec:\s+([\d.]+)", output)
    if match is None:
        raise RuntimeError(f"wrk gave no rate:\n{output}")
    return float(match[1])


async def _own_rate(address: str, page: Page, seconds: float) -> float:
    host, _, port = address.removeprefix("http://").partition(":")
    lines = [
        f"GET {page.path} HTTP/1.1",
        f"Host: {host}:{port}",
        *(f"{name}: {value}" for name, value in page.headers),
    ]
    request = ("\r\n".join(lines) + "\r\n\r\n").encode()
    until = time.monotonic() + seconds
    count = 0

    async def request_until_the_end() -> None:
        nonlocal count
        reader, writer = await asyncio.open_connection(host, int(port))
        while time.monotonic() < until:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            length = re.search(rb"(?i)content-length: (\d+)", head)
            if length and b" 304 " not in head[:20]:
                await reader.readexactly(int(length[1]))
            count += 1
        writer.close()

    await asyncio.gather(*(request_until_the_end() for _ in range(CONNECTIONS)))
    return count / seconds


def pages_of(address: str) -> list[Page]:
    """Return the pages that are measured, each asked for before, so that what it stores is stored."""

    def first(pattern: str, *pages: str) -> str:
        match = re.search(pattern, "".join(pages))
        assert match, pattern
        return match[1]

    library = fetch(f"{address}/")[0].decode()
    article = first(r'href="(/articles/[a-z2-7]{16})"', library)
    story = first(r'href="(/stories/[a-z2-7]{16})"', library)
    shown = [fetch(address + path)[0].decode() for path in (article, story)]
    compared = first(r'href="(/compare/[a-z2-7]{16}\.\.[a-z2-7]{16})', library, *shown)
    quotation = first(r'href="(/quotations/[a-z2-7]{16})"', fetch(f"{address}/quotations")[0].decode())
    fetch(address + compared)
    tag = fetch(address + compared)[1]["ETag"]
    return [
        Page("comparison", compared),
        Page("comparison, 304", compared, (("If-None-Match", tag),)),
        Page("library", "/"),
        Page("article", article),
        Page("story", story),
        Page("quotation", quotation),
    ]


def rates() -> Iterator[str]:
    """Yield the table of rates beside bare Starlette's for the same bytes, and of two workers beside one."""
    with tempfile.TemporaryDirectory() as data, tempfile.TemporaryDirectory() as files:
        with serving(Path(data)) as (address, pid):
            pages = pages_of(address)
            names = {page: page.name.partition(",")[0] for page in pages}
            for page in pages:
                Path(files, names[page]).write_bytes(fetch(address + page.path)[0])
            yield "| page | bytes | a second | bare Starlette | share | wanted | ms of processor | bare | client |"
            yield "|---|---:|---:|---:|---:|---:|---:|---:|---:|"
            with bare(Path(files)) as (bare_address, bare_pid):
                for page in pages:
                    same = Page(page.name, f"/{names[page]}", page.headers)
                    both = [
                        (measure(address, pid, page), measure(bare_address, bare_pid, same))
                        for _ in range(ROUNDS)
                    ]
                    ours, theirs = ([pair[side] for pair in both] for side in (0, 1))
                    size = 0 if page.headers else Path(files, names[page]).stat().st_size
                    figures = (
                        f"{size:,}",
                        f"{median(one.per_second for one in ours):,.0f}",
                        f"{median(one.per_second for one in theirs):,.0f}",
                        f"{median(a.per_second / b.per_second for a, b in both):.2f}",
                        f"{TARGETS[page.name]}",
                        f"{median(one.server_ms for one in ours):.2f}",
                        f"{median(one.server_ms for one in theirs):.2f}",
                        f"{median(one.client_ms for one in ours):.2f}",
                    )
                    yield f"| {page.name} | {' | '.join(figures)} |"
        yield ""
        yield "| the stored comparison | a second | ms of processor | client |"
        yield "|---|---:|---:|---:|"
        for text, page_cache in (("kept", None), ("made anew each time", 0)):
            with (
                serving(Path(data), page_cache=page_cache) as (single, single_pid),
                serving(Path(data), "--workers", "2", page_cache=page_cache) as (two, two_pid),
            ):
                for address in (single, two, two, two):
                    fetch(address + pages[0].path)
                rounds = [
                    (measure(single, single_pid, pages[0]), measure(two, two_pid, pages[0]))
                    for _ in range(ROUNDS)
                ]
            times = median(b.per_second / a.per_second for a, b in rounds)
            for name, side in (("one process", 0), (f"two workers ({times:.2f} times)", 1)):
                measured = [pair[side] for pair in rounds]
                per_second = median(one.per_second for one in measured)
                server_ms = median(one.server_ms for one in measured)
                client_ms = median(one.client_ms for one in measured)
                yield f"| {text}, {name} | {per_second:,.0f} | {server_ms:.2f} | {client_ms:.2f} |"
        yield ""
        yield f"Two workers: 1.5 times wanted, on {count_processors()} processors that the client shares."


def tree(pid: int) -> Iterator[int]:
    """Yield a process and all of its children's."""
    children: dict[int, list[int]] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append(int(status.parent.name))
    pending = [pid]
    while pending:
        process = pending.pop()
        pending += children.get(process, [])
        yield process


def memory_of(pid: int) -> float:
    """Return the megabytes that a process and its children hold."""
    total = 0
    for process in tree(pid):
        with suppress(OSError, IndexError):
            total += int(re.findall(r"VmRSS:\s+(\d+)", Path(f"/proc/{process}/status").read_text())[0])
    return total / 1000


def mixed(minutes: float, checkouts: list[Path], seed: int = 1) -> Iterator[str]:
    """Yield the table of reads by 50 readers while 5 writers add, edit and delete."""
    yield "| readers beside writers | reads | p50 ms | p95 ms | writes | failed | MB before | MB after |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|"
    for checkout in checkouts:
        with tempfile.TemporaryDirectory() as data, serving(Path(data), checkout=checkout) as (address, pid):
            run = _Mixed(address, seed)
            run.go(2)
            before = memory_of(pid)
            run = _Mixed(address, seed + 1)
            run.go(minutes * 60)
            times = [1000 * spent for spent in run.reads]
            p95 = quantiles(times, n=20)[-1]
            name = "this version" if checkout == ROOT else str(checkout)
            yield (
                f"| {name} | {len(times):,} | {median(times):,.1f} | {p95:,.1f} | {run.writes:,} | {run.failed} "
                f"| {before:,.0f} | {memory_of(pid):,.0f} |"
            )


class _Mixed:
    """Fifty readers of six pages, pausing a tenth of a second, and five writers in turn, one a second."""

    def __init__(self, address: str, seed: int) -> None:
        self.address = address
        self.reads: list[float] = []
        self.writes = 0
        self.failed = 0
        self._seed = seed
        self._over = Event()
        self._paths = [page.path for page in pages_of(address) if not page.headers]

    def go(self, seconds: float) -> None:
        """Run for ``seconds``."""
        writers = [Thread(target=self._write, args=(number,)) for number in range(WRITERS)]
        for thread in writers:
            thread.start()
        asyncio.run(self._read_all(seconds))
        self._over.set()
        for thread in writers:
            thread.join()

    async def _read_all(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        await asyncio.gather(
            *(self._read(random.Random(f"{self._seed} {number}"), until) for number in range(READERS))
        )

    async def _read(self, random: random.Random, until: float) -> None:
        host, _, port = self.address.removeprefix("http://").partition(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        while time.monotonic() < until:
            path = random.choice(self._paths)
            began = time.perf_counter()
            writer.write(
                f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nAccept-Encoding: gzip\r\n\r\n".encode()
            )
            head = await reader.readuntil(b"\r\n\r\n")
            length = re.search(rb"(?i)content-length: (\d+)", head)
            await reader.readexactly(int(length[1]) if length else 0)
            self.reads.append(time.perf_counter() - began)
            self.failed += b" 200 " not in head[:20]
            await asyncio.sleep(random.uniform(0, 0.2))
        writer.close()

    def _write(self, number: int) -> None:
        chance = random.Random(f"writer {self._seed} {number}")
        words = [f"word{chance.randrange(5000)}" for _ in range(3000)]
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        while not self._over.wait(WRITER_PAUSE_SECONDS * chance.uniform(0.5, 1.5)):
            text = "\n".join(" ".join(chance.choices(words, k=40)) for _ in range(8))
            title = f"Report {chance.randrange(10**9)}"
            form = urlencode({"title": title, "text": text, "again": "1"}).encode()
            try:
                fetch(f"{self.address}/articles", headers, form)
                self.writes += 1
            except (OSError, urllib.error.HTTPError):
                self.failed += 1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mixed", action="store_true", help="readers beside writers instead of rates")
    parser.add_argument("--minutes", type=float, default=3.0)
    parser.add_argument(
        "--against", type=Path, action="append", default=[], help="another checkout, measured likewise"
    )
    parser.add_argument("--bare", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, default=0, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.bare is not None:
        serve_bare(arguments.bare, arguments.port)
        return
    checkouts = [*arguments.against, ROOT]
    for line in mixed(arguments.minutes, checkouts) if arguments.mixed else rates():
        print(line, flush=True)


if __name__ == "__main__":
    main()
