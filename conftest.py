"""What the whole run keeps: browser tests come last, and a test left out is named at the end; under CI none may be."""

import os
from collections.abc import Generator

import pytest

NEEDED = {
    "browser": "Chromium is missing, or what it needs: run `make test` as a user who may install them, "
    "or `sudo apt install chromium libatomic1`",
    "postgresql": "PostgreSQL's programs are missing: run `make test` as a user who may install them, "
    "or `sudo apt install postgresql`",
}
"""What a marked test cannot run without, and what to do about it."""


def left_out(reporter: pytest.TerminalReporter) -> list[str]:
    """A sentence for each kind of test in ``NEEDED`` of which some were skipped."""
    skipped = reporter.stats.get("skipped", [])
    counts = {mark: sum(mark in report.keywords for report in skipped) for mark in NEEDED}
    return [f"{count} {mark} tests did not run. {NEEDED[mark]}." for mark, count in counts.items() if count]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts the browser tests last: from the first of them on, playwright keeps an event loop running in this thread."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Generator[None]:
    """Names what was left out, after all else and just before the closing line."""
    yield
    for sentence in left_out(terminalreporter):
        terminalreporter.write_line(sentence, red=True, bold=True)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Fails a run under CI that left something out."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if exitstatus == pytest.ExitCode.OK and os.environ.get("CI") and reporter and left_out(reporter):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
