"""A real server process on a free port over a database of its own, and real Chromium to read it with."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from app.services.operations.database import open_database
from app.settings import Settings
from tests.forked import forked_server
from tests.web.comparison.comparing import seeds_path

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP variorum.test 127.0.0.1",
)
PATIENCE = 10_000
"""Milliseconds: a page of ours takes a hundredth of it, a busy machine more."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@dataclass(frozen=True)
class Server:
    """A running program."""

    url: str
    data: Path
    """Its data folder."""


@contextmanager
def running(data: Path, program: str = "app", **settings: str) -> Iterator[Server]:
    """Run the program as a separate process; ``settings`` come without their prefix.

    ``program`` is the module that starts it. Where ``data`` holds no database yet, it makes one with the seeds.
    """
    environment = {name: value for name, value in os.environ.items() if not name.startswith("VARIORUM_")}
    environment |= {f"VARIORUM_{name.upper()}": value for name, value in settings.items()}
    environment |= {"VARIORUM_DATA_DIR": str(data)}
    process = subprocess.Popen(
        [sys.executable, "-m", program, "serve", "--port", "0"],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    try:
        assert process.stdout
        line = process.stdout.readline()
        address = re.search(r"http://\S+:\d+", line)
        assert address, f"the server said {line!r}"
        yield Server(address[0], data)
    finally:
        process.terminate()
        process.wait(timeout=20)
        if process.stdout:
            process.stdout.close()


@contextmanager
def forked(data: Path, **settings: str) -> Iterator[Server]:
    """Run the program over a database that is in ``data`` already; ``settings`` come without their prefix."""
    environment = {f"VARIORUM_{name.upper()}": value for name, value in settings.items()}
    with forked_server(Settings(data_dir=data), environment=environment) as (_, address):
        yield Server(address, data)


Serve = Callable[..., Server]
DATABASE = "variorum.db"


def seeded(data: Path, file: Path) -> Path:
    """Make the folder ``data`` with a copy of the seeds' ``file``, which a start need not change; return the folder."""
    data.mkdir()
    shutil.copyfile(file, data / DATABASE)
    return data


@pytest.fixture
def serve(tmp_path: Path, seeded_file: Path) -> Iterator[Serve]:
    """Starts a server of the test's own, over a database that only it sees; takes settings without their prefix."""
    with ExitStack() as stack:

        def start(data: Path | None = None, **settings: str) -> Server:
            return stack.enter_context(forked(data or seeded(tmp_path / "data", seeded_file), **settings))

        yield start


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server shared by all tests that change nothing. It started without a database, as a new user's does."""
    with running(tmp_path_factory.mktemp("shared")) as started:
        yield started


@pytest.fixture(scope="session")
def lent_server(tmp_path_factory: pytest.TempPathFactory, seeded_file: Path) -> Iterator[Server]:
    """The server lent to one test at a time that changes something: ask for ``fresh_server``."""
    with forked(seeded(tmp_path_factory.mktemp("lent") / "data", seeded_file)) as started:
        yield started


@pytest.fixture
def fresh_server(lent_server: Server, seeded_file: Path) -> Server:
    """A server with nothing but the seeds, whose articles only this test changes."""
    reset(lent_server, seeded_file)
    return lent_server


def reset(server: Server, seeded_file: Path) -> None:
    """Replace everything that the running ``server`` stores with the seeds, in one transaction that it notices."""
    with (
        closing(sqlite3.connect(seeded_file)) as seeds,
        closing(sqlite3.connect(server.data / DATABASE)) as stored,
    ):
        seeds.backup(stored)
        # In one step, while nobody else has it open: a file that becomes shorter counts as overwritten.
        stored.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


@pytest.fixture(scope="session")
def playwright_driver() -> Iterator[Playwright]:
    started = subprocess.run(
        [sys.executable, "-m", "playwright", "--version"], capture_output=True, text=True
    )
    if started.returncode != 0:
        pytest.skip(f"playwright's driver does not start: {started.stderr.strip().splitlines()[-1]}")
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def chromium(playwright_driver: Playwright) -> Iterator[Browser]:
    names = (os.environ.get("CHROMIUM", ""), *CHROMIUM_NAMES)
    path = next((program for name in names if name and (program := shutil.which(name))), None)
    if path is None:
        pytest.skip("Chromium is missing")  # the run's summary names what was left out; under CI it fails
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    browser = playwright_driver.chromium.launch(executable_path=path, args=[*ARGUMENTS, *root])
    yield browser
    browser.close()


Open = Callable[..., Page]


@pytest.fixture
def open_page(chromium: Browser, serve: Serve) -> Iterator[Open]:
    """Opens a tab of a fresh profile; takes Playwright's context options. No page may complain to the console.

    It asks for ``serve`` so that tabs close before the servers stop: a page still loading would complain of that.
    """
    complaints: list[str] = []
    contexts: list[BrowserContext] = []

    def opened(**options: object) -> Page:
        context = chromium.new_context(**options)  # type: ignore[arg-type]  # the caller names Playwright's own options
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console",
            lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None,
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(open_page: Open) -> Page:
    """A tab of desktop size."""
    return open_page(viewport={"width": 1400, "height": 900})


RUN_AXE = """
    options => axe.run(document, options).then(found => found.violations.map(
        fault => `${fault.id}: ${fault.help} (${fault.nodes[0].html.slice(0, 160)})`))
"""
"""Only the violations leave the browser: all that axe tells of a page takes a third of the time."""


ABOUT_COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules of axe-core whose verdict depends on colours."""


def violations(page: Page, **options: object) -> list[str]:
    """Return axe-core's violations on the current page, each with the first element concerned."""
    page.evaluate(Axe().axe_script)
    faults: list[str] = page.evaluate(RUN_AXE, {"resultTypes": ["violations"], **options})
    return faults


def violations_light_and_dark(page: Page) -> list[str]:
    """Return what axe-core finds on the current page: everything in light mode, and only colour rules in dark mode.

    The page stays as it is in between, so that it is loaded once.
    """
    page.emulate_media(color_scheme="light")
    faults = violations(page)
    page.emulate_media(color_scheme="dark")
    faults += violations(page, runOnly=ABOUT_COLOURS)
    page.emulate_media(color_scheme="light")
    return faults


COVERED = """() => {
    const stop = document.activeElement;
    if (stop === document.body) return null;
    const { left, top, width, height } = stop.getClientRects()[0];
    const seen = document.elementFromPoint(left + width / 2, top + height / 2);
    return stop.contains(seen) || seen?.closest("label")?.contains(stop) ? "" : stop.textContent.trim() || stop.id;
}"""


def covered_stops(page: Page) -> list[str]:
    """Go through the current page by the Tab key; return the stops whose middle is covered by something."""
    covered = []
    page.keyboard.press("Tab")
    while (stop := page.evaluate(COVERED)) is not None:
        if stop:
            covered.append(stop)
        page.keyboard.press("Tab")
    return covered


def path_on(server: Server) -> str:
    """Return the path of the seeds' comparison."""
    db = open_database(Settings(data_dir=server.data))
    try:
        return seeds_path(db)
    finally:
        db.dispose()


@pytest.fixture(scope="session")
def comparison(server: Server) -> str:
    """The address of the seeds' comparison, on the server that all share."""
    return server.url + path_on(server)
