"""Rules of the whole run: browser tests come last, and skipped ones are named at the end and fail a run under CI."""

import gc
import os
import sys
from collections.abc import Generator

import pytest

# Tests start hundreds of processes: compiled modules are kept for them, also where the environment says otherwise.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

OBJECTS_BETWEEN_COLLECTIONS = 20_000
"""New objects after which the interpreter looks for garbage among them, as in a server: its own 700 are too few for
thousands of tests and all modules, through which it would look again and again."""

gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)

REQUIREMENTS = {
    "browser": "Chromium is missing, or what it needs: run `make test` as a user who may install them, "
    "or `sudo apt install chromium libatomic1`",
    "postgresql": "PostgreSQL's programs are missing: run `make test` as a user who may install them, "
    "or `sudo apt install postgresql`",
    "spark": "Java or PySpark is missing: run `make test` as a user who may install them, "
    "or `sudo apt install default-jre-headless`, and `make test` again",
}
"""What tests with a mark cannot run without, and what to do about it."""


def skipped_sentences(reporter: pytest.TerminalReporter) -> list[str]:
    """Return a sentence for each mark in ``REQUIREMENTS`` that skipped tests have."""
    skipped = reporter.stats.get("skipped", [])
    counts = {mark: sum(mark in report.keywords for report in skipped) for mark in REQUIREMENTS}
    return [
        f"{count} {mark} tests did not run. {REQUIREMENTS[mark]}." for mark, count in counts.items() if count
    ]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the browser tests last: from the first of them on, playwright keeps an event loop running in this thread."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Leave what is loaded by now out of the look for garbage: it stays to the end."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Generator[None]:
    """Name what was skipped, just before the closing line."""
    yield
    for sentence in skipped_sentences(terminalreporter):
        terminalreporter.write_line(sentence, red=True, bold=True)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Fail a run under CI that skipped such tests."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if exitstatus == pytest.ExitCode.OK and os.environ.get("CI") and reporter and skipped_sentences(reporter):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
