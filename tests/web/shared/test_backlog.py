import re
from html import unescape

import pytest
from fastapi.testclient import TestClient

from app.db.engine.base import Database
from app.services.operations import backlog
from app.services.operations.backlog import Backlog, Waiting, WorkerState
from app.services.quotations import extract
from app.services.relations import reindex, relate
from app.services.stories import library
from app.web.pages.shared.backlog import waiting_line
from tests.web.conftest import ClientFor, path_of

pytestmark = pytest.mark.both

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _counted_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backlog, "COUNT_LIFETIME_SECONDS", 0)


@pytest.fixture
def behind(client: TestClient, seeded_db: Database) -> TestClient:
    """A client for the five seeds, of which nothing is in the index."""
    with seeded_db.writing() as session:
        reindex.clear_index(session)
    return client


def line(page: str) -> str:
    """Return the text of the line; empty if there is none."""
    match = re.search(r'<p class="waiting".*?</p>', page)
    return unescape(re.sub(r"<[^>]*>", "", match[0])) if match else ""


def test_pages_show_the_backlog_until_it_is_empty(behind: TestClient, seeded_db: Database) -> None:
    message = "5 of 5 articles are still to be compared with the others."
    assert line(behind.get("/").text) == message
    article = path_of(behind, "China Offers")
    assert line(behind.get(article.replace("articles", "stories")).text) == message
    quotations = "5 of 5 articles are still to be looked through for quotations."
    assert line(behind.get("/quotations").text) == quotations
    assert line(behind.get(article).text) == message
    assert line(behind.get("/").text) == message.replace("5 of", "4 of"), (
        "the page that was opened did its own"
    )
    reindex.reindex(seeded_db)
    relate.relate_pending(seeded_db)
    assert line(behind.get("/").text) == line(behind.get(article).text) == ""
    assert line(behind.get("/quotations").text) == quotations.replace("5 of", "4 of")
    extract.extract_pending(seeded_db)
    assert line(behind.get("/quotations").text) == ""
    assert "hx-trigger" not in behind.get("/").text


def test_an_article_finds_its_own_relations_at_once(behind: TestClient, seeded_db: Database) -> None:
    article = path_of(behind, "China Offers")
    behind.get(path_of(behind, "Chinese defense chief"))
    assert "<h2>Shares its text</h2>" in behind.get(article).text
    assert library.read_page(seeded_db).total == 4


def test_the_backlog_line_is_polled_and_reports_completion_once(
    behind: TestClient, seeded_db: Database
) -> None:
    match = re.search(r'<p class="waiting" hx-get="([^"]*)"', behind.get("/").text)
    assert match
    part = behind.get(match[1], headers=HTMX).text
    assert "<html" not in part
    assert line(part) == "5 of 5 articles are still to be compared with the others."
    reindex.reindex(seeded_db)
    relate.relate_pending(seeded_db)
    part = behind.get(match[1], headers=HTMX).text
    assert line(part) == "All articles are compared with one another now. Reload the page."
    assert "hx-get" not in part
    assert line(behind.get("/waiting?place=quotations", headers=HTMX).text).startswith("5 of 5 articles")


def test_without_htmx_its_address_leads_to_the_library(behind: TestClient) -> None:
    answer = behind.get("/waiting")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert behind.get("/waiting?place=nowhere", headers=HTMX).status_code == 404


@pytest.mark.parametrize(
    ("doing", "ends"),
    [
        ("off", "with the others."),
        ("working", "with the others; this page fills as it goes on."),
        ("elsewhere", "with the others; this page fills as it goes on."),
        ("idle", "with the others; this page fills as it goes on."),
        ("failed", "That has stopped: whoever runs this program finds the reason in its log."),
    ],
)
def test_the_backlog_line_depends_on_the_workers_state(doing: WorkerState, ends: str) -> None:
    notice = waiting_line(Waiting(412, 0, 5000, doing), "library")
    assert notice
    assert notice.says.startswith("412 of 5,000 articles are still")
    assert notice.says.endswith(ends)


def test_one_article_and_a_huge_backlog_are_worded_correctly() -> None:
    single = waiting_line(Waiting(1, 0, 5, "off"), "article")
    many = waiting_line(Waiting(backlog.MAX_COUNTED, 0, 1_000_000, "off"), "article")
    assert single
    assert many
    assert single.says == "1 of 5 articles is still to be compared with the others."
    assert many.says.startswith("More than 100,000 of 1,000,000 articles are still")
    assert waiting_line(Waiting(0, 3, 5, "off"), "story") is None


def test_health_reports_the_backlog_and_the_worker(
    client_for: ClientFor, behind: TestClient, seeded_db: Database
) -> None:
    assert behind.get("/health").json()["waiting"] == {"to_compare": 5, "to_quote": 5, "worker": "off"}
    answer = client_for(seeded_db, backlog=Backlog(seeded_db, lambda: "failed")).get("/health")
    assert answer.status_code == 200
    assert answer.json()["waiting"]["worker"] == "failed"


def test_the_backlog_is_recounted_only_after_a_while(
    seeded_db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backlog, "COUNT_LIFETIME_SECONDS", 60)
    doing: list[WorkerState] = ["working", "idle"]
    counted = Backlog(seeded_db, lambda: doing[0])
    assert counted.waiting() == Waiting(0, 0, 0, "working")
    with seeded_db.writing() as session:
        reindex.clear_index(session)
    counted = Backlog(seeded_db, lambda: doing[0])
    assert counted.waiting() == Waiting(5, 5, 5, "working")
    reindex.reindex(seeded_db)
    relate.relate_pending(seeded_db)
    doing.pop(0)
    assert counted.waiting() == Waiting(5, 5, 5, "idle")
    monkeypatch.setattr(counted, "_until", 0)
    assert counted.waiting() == Waiting(0, 5, 5, "idle", to_search=5)
