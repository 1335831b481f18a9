"""Pages that were read from memory are rendered again once outdated, before the next reader asks."""

import asyncio

import httpx2
import pytest

from app.db.engine.base import Database
from app.main import create_app
from app.services.articles import store
from app.settings import Settings
from app.sources.text import draft
from app.web.editing import edit_access
from app.web.editing.edit_access import Editing

pytestmark = pytest.mark.both

TITLES = ("A visit", "A second visit")
LOOKS = 20
"""How often it is looked whether anything was made: a second."""


async def _read_and_write_twice(db: Database, settings: Settings, rendered: list[str]) -> list[list[str]]:
    """Read the library and write twice; return what was made after each write, and which titles are shown then."""
    made = []
    transport = httpx2.ASGITransport(app=create_app(settings, db, redraws=True))
    async with httpx2.AsyncClient(transport=transport, base_url="http://localhost") as client:
        for _ in range(2):
            await client.get("/")
        for title in TITLES:
            rendered.clear()
            await asyncio.to_thread(store.add, db, draft(title, "The minister came."))
            for _ in range(LOOKS):
                await asyncio.sleep(0.05)
                if rendered:
                    break
            made.append(list(rendered))
        page = await client.get("/")
    return [*made, [title for title in TITLES if title in page.text]]


def test_a_page_is_made_anew_once_for_each_time_it_was_read(
    seeded_db: Database, settings: Settings, rendered: list[str]
) -> None:
    first, second, shown = asyncio.run(_read_and_write_twice(seeded_db, settings, rendered))
    assert first == ["/"]
    assert second == []
    assert shown == list(TITLES)


def test_a_page_that_its_reader_may_see_by_a_right_is_not(
    seeded_db: Database, settings: Settings, rendered: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(edit_access, "state", lambda *_: Editing.ALLOWED)
    first, second, shown = asyncio.run(_read_and_write_twice(seeded_db, settings, rendered))
    assert first == second == []
    assert shown == list(TITLES)
