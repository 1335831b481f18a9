"""The backlog line, as a browser refreshes it."""

from pathlib import Path

import pytest

from app.services.operations.database import open_database
from app.services.operations.worker import work_off_backlog
from app.services.relations import reindex
from app.settings import Settings
from tests.browser.conftest import Open, Serve, seeded, violations

REFRESHED = 30_000
"""Milliseconds: the line is asked for again every ten seconds."""


@pytest.fixture
def behind(tmp_path: Path, seeded_file: Path) -> Path:
    """A data folder with the seeds, none of which is in the index."""
    db = open_database(Settings(data_dir=seeded(tmp_path / "behind", seeded_file)))
    with db.writing() as session:
        reindex.clear_index(session)
    db.dispose()
    return tmp_path / "behind"


def test_the_line_refreshes_itself_and_ends_with_a_way_to_the_whole_page(
    open_page: Open, serve: Serve, behind: Path
) -> None:
    waiting = serve(behind, background="false")
    page = open_page(color_scheme="dark", viewport={"width": 390, "height": 800})
    page.goto(waiting.url)
    assert page.inner_text(".waiting") == "5 of 5 articles are still to be compared with the others."
    assert page.locator(".shelf").count() == 5
    assert violations(page) == []
    work_off_backlog(Settings(data_dir=behind).url, REFRESHED)
    page.wait_for_selector(".waiting a", timeout=REFRESHED)
    assert page.inner_text(".waiting").startswith("All articles are compared with one another now.")
    assert violations(page) == []
    page.click(".waiting a")
    page.wait_for_selector(".is-story")
    assert page.locator(".shelf").count() == 4
    assert page.locator(".waiting").count() == 0


def test_without_javascript_the_line_is_there_too(open_page: Open, serve: Serve, behind: Path) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(f"{serve(behind, background='false').url}/quotations")
    assert page.inner_text(".waiting") == "5 of 5 articles are still to be looked through for quotations."
