"""The words on pages: plain English, none of the program's own vocabulary."""

import re

import pytest
from fastapi.testclient import TestClient

from app.db.engine.base import Database
from tests.web.comparison.comparing import path_between

MACHINERY = re.compile(r"\b(furniture|stands?|stood|told|brought|machine|witness|ledger|boilerplate)\b", re.I)
"""Words of the code and of its history that no reader of a page should meet."""

_KEPT = "The harbour of Aston was closed on Monday after a storm sank two boats near the pier."
_MENU = "Sign up for our newsletter"


@pytest.fixture
def path(empty_client: TestClient, db: Database) -> str:
    """The path of a comparison whose texts use none of these words; one holds page extras and a repeat."""
    base = f"Harbour closed\n\n{_KEPT}\n\n“We will not open it,” Ann Lee said.\n\n{_KEPT}\n\n{_MENU}"
    witness = f"Port closed\n\n{_KEPT}\n\n“We will open it,” Ann Lee said.\n\nFishers met at noon."
    return path_between(db, ("Harbour closed", base, "The Daily"), ("Port closed", witness, "The Weekly"))


@pytest.mark.sqlite
def test_no_page_uses_a_word_of_the_machinery(empty_client: TestClient, path: str) -> None:
    home = empty_client.get("/").text
    article = next(iter(re.findall(r'href="(/articles/[a-z2-7]{16})"', home)))
    story = next(iter(re.findall(r'href="(/stories/[a-z2-7]{16})"', home)), "/quotations")
    quotation = empty_client.get("/quotations").text
    linked = next(iter(re.findall(r'href="(/quotations/[a-z2-7]{16})"', quotation)), "/quotations")
    pages = [
        "/",
        "/?q=nothing",
        "/search",
        "/search?q=harbour",
        "/search?q=nothing+before:soon",
        "/quotations",
        linked,
        article,
        f"{article}/edit",
        f"{article}/delete",
        f"{article}/history",
        "/trash",
        story,
    ]
    pages += ["/articles/new", "/edit-key", "/keys", "/log", "/nothing", "/compare", f"{path}/rows/999"]
    pages += [
        path + query for query in ("", "?view=inline", "?show=changes", "?kind=wording", "?kind=gossip")
    ]
    pages += [f"{path}/rows/{row}" for row in (1, 2, 3)] + [f"{path}/rows/3?finding=1", f"{path}/rows/3/pair"]
    pages += [f"{path}/export", f"{path}/export/html", f"{path}/export/markdown", f"{path}/export/csv"]
    pages += [f"{article}/revisions/1/export", f"{story}/export"] if "/stories/" in story else []
    pages += [f"{path}/findings.csv", f"{path}/evidence"]
    used = {page: MACHINERY.findall(_seen(empty_client.get(page).text)) for page in pages}
    assert {page: words for page, words in used.items() if words and page != f"{path}/findings.csv"} == {}
    table = empty_client.get(f"{path}/findings.csv").text.splitlines()[1:]
    assert MACHINERY.findall(" ".join(table)) == []


def _seen(html: str) -> str:
    """Return the words of a page that are shown or read out: its text, and titles and labels."""
    attributes = re.findall(r'(?:title|aria-label|placeholder|content)="([^"]*)"', html)
    return " ".join([re.sub(r"<[^>]+>", " ", html), *attributes])
