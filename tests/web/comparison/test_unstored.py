"""No reader can fill the disk: pinned and unrelated pairs are stored only if an editor makes or keeps them."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from app.db.engine.base import Database
from app.services import edit_log
from tests.web.comparison.comparing import heard, path_between, seeds_path
from tests.web.conftest import ClientFor

pytestmark = pytest.mark.both

KEY = "correct horse battery"
NOT_STORED = "This comparison is not stored."


@pytest.fixture
def reader(client_for: ClientFor, seeded_db: Database) -> TestClient:
    return client_for(seeded_db, host="0.0.0.0", edit_key=KEY)


@pytest.fixture
def editor(client_for: ClientFor, seeded_db: Database) -> TestClient:
    client = client_for(seeded_db, host="0.0.0.0", edit_key=KEY)
    client.post("/edit-key", data={"key": KEY, "editor": "Ann Lee"})
    return client


@pytest.fixture
def path(seeded_db: Database) -> str:
    return seeds_path(seeded_db)


def stored(db: Database) -> int:
    """Count the stored comparisons besides the seeds' own, which is made ahead."""
    with db.reading() as session:
        return int(session.execute(text("SELECT count(*) FROM comparison")).scalar_one()) - 1


@pytest.mark.parametrize("start", ["", "/api"])
@pytest.mark.parametrize(
    "tail", ["", "/rows/2", "/rows/2/pair", "/findings.csv", "/findings.json", "/pinned"]
)
def test_a_reader_stores_nothing_by_asking_for_pins(
    reader: TestClient, seeded_db: Database, path: str, start: str, tail: str
) -> None:
    if start and tail:
        return
    for number in range(3):
        answer = reader.get(f"{start}{path}{tail}?pins={number}-{number}")
        assert answer.status_code == (303 if tail == "/pinned" else 200)
    assert stored(seeded_db) == 0


def test_the_page_says_that_it_is_not_stored_and_offers_editors_to_keep_it(
    reader: TestClient, editor: TestClient, path: str
) -> None:
    for tail in ("", "/rows/2", "/rows/2/pair"):
        address = f"{path}{tail}?pins=0-0"
        page = reader.get(address).text
        assert NOT_STORED in heard(page)
        assert "/keep" not in page
        assert f'action="{path}/keep?pins=0-0"' in editor.get(address).text
        assert NOT_STORED not in heard(reader.get(path + tail).text)


def test_what_an_editor_keeps_stays_and_is_logged(
    reader: TestClient, editor: TestClient, seeded_db: Database, path: str
) -> None:
    answer = editor.post(f"{path}/keep?pins=0-0")
    assert answer.headers["location"] == f"{path}?pins=0-0"
    assert stored(seeded_db) == 1
    assert NOT_STORED not in heard(reader.get(f"{path}?pins=0-0").text)
    (change,) = edit_log.read_log(seeded_db, 1).changes
    assert (change.action, change.who, change.pins) == ("pin", "Ann Lee", "0-0")
    log = editor.get("/log").text
    assert "Kept a comparison around pins" in log
    assert f'href="{path}?pins=0-0"' in log


def test_only_an_editor_keeps(reader: TestClient, seeded_db: Database, path: str) -> None:
    assert reader.post(f"{path}/keep?pins=0-0").status_code == 403
    assert stored(seeded_db) == 0


def test_an_editors_pin_is_stored_but_not_one_that_another_site_links_to(
    editor: TestClient, seeded_db: Database, path: str
) -> None:
    editor.get(f"{path}/pinned?pins=0-0&at=0", headers={"Sec-Fetch-Site": "cross-site"})
    editor.get(f"{path}?pins=0-0")
    assert stored(seeded_db) == 0
    editor.get(f"{path}/pinned?pins=0-0&at=0", headers={"Sec-Fetch-Site": "same-origin"})
    assert stored(seeded_db) == 1


def test_an_unrelated_pair_is_stored_where_an_editor_chooses_it(
    reader: TestClient, editor: TestClient, seeded_db: Database
) -> None:
    path = path_between(seeded_db, ("One", "He came.", "A"), ("Two", "Rain is expected.", "B"))
    base, _, witness = path.removeprefix("/compare/").partition("..")
    assert NOT_STORED in heard(reader.get(path).text)
    assert reader.get(f"/compare?base={base}&witness={witness}").headers["location"] == path
    assert stored(seeded_db) == 0
    assert editor.get(f"/compare?base={base}&witness={witness}").headers["location"] == path
    assert stored(seeded_db) == 1
    assert NOT_STORED not in heard(reader.get(path).text)
    assert edit_log.read_log(seeded_db, 1).changes[0].action == "keep"


def test_a_cached_unstored_page_is_answered_by_304_until_it_is_stored(
    reader: TestClient, editor: TestClient, path: str
) -> None:
    address = f"{path}?pins=0-0"
    headers = {"If-None-Match": reader.get(address).headers["ETag"]}
    assert reader.get(address, headers=headers).status_code == 304
    editor.post(f"{path}/keep?pins=0-0")
    assert reader.get(address, headers=headers).status_code == 200


def test_too_many_requests_at_once_are_asked_to_retry(
    reader: TestClient, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full:
        def acquire(self, *, blocking: bool) -> bool:
            return False

    monkeypatch.setattr("app.services.comparisons._ADMITTED", Full())
    answer = reader.get(f"{path}?pins=1x1,2x3")
    assert answer.status_code == 503
    assert "Try again in a moment." in answer.text
    assert reader.get(path).status_code == 200
