import hashlib
import io
import re
import zipfile
import zlib
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlmodel import select

from app.collation.pipeline import ENGINE
from app.db.engine.base import Database
from app.db.tables.captures import CaptureRow
from app.db.tables.comparisons import EvidenceRow
from app.evidence.verdict import verify
from app.services import comparisons
from app.services.articles import store, trash
from app.services.evidence import kept_files
from app.services.operations.check import check
from tests.web.comparison.comparing import seeds_path
from tests.web.conftest import ClientFor

PAGE = b"<title>The publisher's page</title>"


def add_capture(db: Database, revision: str, content: bytes | None = PAGE) -> str:
    """Store where a revision came from, and return the capture's id."""
    entry = store.by_revision(db, revision)
    with db.writing() as session:
        row = CaptureRow(
            id=("c" if content else "d") * 16,
            article=entry.article,
            revision=revision,
            captured_at=entry.added_at,
            kind="link",
            address="https://newsweek.example/talks",
            page="",
            file_name="",
            media_type="text/html",
            sha256=hashlib.sha256(PAGE).hexdigest(),
            size=len(PAGE),
            text_digest="",
            sources={"title": "JSON-LD"},
            language="en",
            is_kept=content is not None,
            content=zlib.compress(content) if content else None,
        )
        session.add(row)
        return row.id


def made(client: TestClient, path: str, **fields: str) -> str:
    """Make an evidence file and return its digest."""
    answer = client.post(f"{path}/evidence", data={"make": "1", **fields})
    assert answer.status_code == 303, answer.text
    page = client.get(answer.headers["location"]).text
    shown = re.search(r'<code class="digest"[^>]*>([0-9a-f]{64})</code>', page)
    assert shown
    return shown[1]


def test_an_editor_makes_a_file_that_verifies(
    client: TestClient, seeded_db: Database, tmp_path: Path
) -> None:
    path = seeds_path(seeded_db)
    before = client.get(f"{path}/evidence")
    assert "What it will hold" in before.text
    assert "Make the evidence file" in before.text
    digest = made(client, path)
    answer = client.get(f"/evidence/{digest}/file")
    assert answer.headers["content-type"] == "application/zip"
    assert f"evidence-{digest[:12]}.zip" in answer.headers["content-disposition"]
    assert hashlib.sha256(answer.content).hexdigest() == digest
    file = tmp_path / "case.zip"
    file.write_bytes(answer.content)
    said = io.StringIO()
    assert verify(file, said, expect=digest) == 0
    assert "Compared anew, the same: yes." in said.getvalue()
    names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert "comparison.html" in names
    assert "Made an evidence file of" in client.get("/log").text
    again = client.get(f"/evidence/{digest}/file", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    assert "This server made this file" in client.get(f"/evidence/{digest}").text


@pytest.mark.both
def test_the_same_file_is_given_out_for_ever_and_a_new_one_once_something_changed(
    client: TestClient, seeded_db: Database
) -> None:
    path = seeds_path(seeded_db)
    first = made(client, path)
    assert made(client, path) == first
    note = {"text": "See here.", "status": "check", "public": "on", "about": "row"}
    assert client.post(f"{path}/rows/2/note", data=note).status_code == 303
    second = made(client, path)
    assert second != first
    files = [client.get(f"/evidence/{digest}/file").content for digest in (first, second)]
    assert [hashlib.sha256(file).hexdigest() for file in files] == [first, second]
    archive = zipfile.ZipFile(io.BytesIO(files[1]))
    assert b"See here." in archive.read("notes.json")
    assert b"See here." in archive.read("comparison.html")


def test_a_file_with_notes_captures_and_pins_agrees_with_itself(
    client: TestClient, seeded_db: Database, tmp_path: Path
) -> None:
    path = seeds_path(seeded_db)
    capture = add_capture(seeded_db, path.removeprefix("/compare/").partition("..")[0])
    for place, text in (("rows/2/note", "A <b>& “note”\n\non two lines"), ("rows/3/note", "\u202eReversed")):
        note = {"text": text, "status": "check", "public": "on", "about": "row"}
        assert client.post(f"{path}/{place}", data=note).status_code == 303
    for query in ("", "?pins=3x3"):
        data = {"make": "1", f"capture-{capture}": "on"}
        assert client.post(f"{path}/evidence{query}", data=data).status_code == 303
        page = client.get(f"{path}/evidence{query}").text
        digest = re.findall(r'<code class="digest"[^>]*>([0-9a-f]{64})</code>', page)[0]
        file = client.get(f"/evidence/{digest}/file").content
        assert "note”" in zipfile.ZipFile(io.BytesIO(file)).read("comparison.html").decode()
        (tmp_path / "case.zip").write_bytes(file)
        said = io.StringIO()
        assert verify(tmp_path / "case.zip", said) == 0, said.getvalue()
        assert "Agrees with itself: yes." in said.getvalue()


@pytest.mark.both
def test_captures_go_in_by_choice_and_come_out_for_editors_alone(
    client_for: ClientFor, seeded_db: Database
) -> None:
    path = seeds_path(seeded_db)
    ids = path.removeprefix("/compare/").split("..")
    kept = add_capture(seeded_db, ids[0])
    add_capture(seeded_db, ids[1], None)
    client = client_for(seeded_db)
    page = client.get(f"{path}/evidence").text
    assert f'name="capture-{kept}"' in page
    assert "its bytes are not kept here" in page
    without, with_it = made(client, path), made(client, path, **{f"capture-{kept}": "on"})
    assert without != with_it
    archive = zipfile.ZipFile(io.BytesIO(client.get(f"/evidence/{with_it}/file").content))
    assert archive.read("captures/base-1.html") == PAGE
    reader = client_for(seeded_db, public_url="https://variorum.example", edit_key="secret-key")
    assert reader.get(f"/evidence/{without}/file").status_code == 200
    refused = reader.get(f"/evidence/{with_it}/file")
    assert refused.headers["location"].startswith("/edit-key")
    shown = reader.get(f"{path}/evidence").text
    assert "An editor of this library can make another" in shown
    assert 'type="checkbox"' not in shown
    assert reader.post(f"{path}/evidence", data={"make": "1"}).status_code in (303, 403)
    assert len(kept_files.files_of(seeded_db, comparisons.open_or_make(seeded_db, ids[0], ids[1]))) == 2
    with seeded_db.writing() as session:
        session.connection().exec_driver_sql("DELETE FROM capture")
    gone = client.get(f"/evidence/{with_it}/file")
    assert gone.status_code == 404
    assert "no longer kept" in gone.text


def test_a_comparison_around_pins_is_stored_with_its_file(
    client: TestClient, seeded_db: Database, tmp_path: Path
) -> None:
    path = seeds_path(seeded_db)
    assert "Making the file stores it too" in client.get(f"{path}/evidence?pins=3x3").text
    answer = client.post(f"{path}/evidence?pins=3x3", data={"make": "1"})
    assert answer.headers["location"] == f"{path}/evidence?pins=3x3#made"
    page = client.get(f"{path}/evidence?pins=3x3").text
    digest = re.findall(r'<code class="digest"[^>]*>([0-9a-f]{64})</code>', page)[0]
    assert digest not in client.get(f"{path}/evidence").text
    assert f"{path}/engine/{ENGINE}?pins=3x3" in client.get(f"/evidence/{digest}").text
    (tmp_path / "case.zip").write_bytes(client.get(f"/evidence/{digest}/file").content)
    assert verify(tmp_path / "case.zip", io.StringIO(), expect=digest) == 0


def test_an_editor_deletes_a_file_after_a_warning_and_the_log_keeps_its_digest(
    client: TestClient, client_for: ClientFor, seeded_db: Database
) -> None:
    path = seeds_path(seeded_db)
    digest = made(client, path)
    reader = client_for(seeded_db, public_url="https://variorum.example", edit_key="secret-key")
    assert f"{digest}/delete" not in reader.get(f"/evidence/{digest}").text
    assert reader.post(f"/evidence/{digest}/delete", data={"delete": "1"}).status_code in (303, 403)
    assert "It cannot be undone" in client.get(f"/evidence/{digest}/delete").text
    answer = client.post(f"/evidence/{digest}/delete", data={"delete": "1"})
    assert answer.status_code == 303
    assert "What it will hold" in client.get(answer.headers["location"]).text
    assert client.get(f"/evidence/{digest}").status_code == 404
    assert client.post(f"/evidence/{digest}/delete", data={"delete": "1"}).status_code == 404
    log = client.get("/log").text
    assert "Deleted an evidence file of" in log
    assert log.count(digest[:12]) == 2


def test_wrong_input_makes_and_stores_nothing(client: TestClient, seeded_db: Database) -> None:
    path = seeds_path(seeded_db)
    assert client.post(f"{path}/evidence", data={"capture-" + "x" * 16: "on"}).status_code == 422
    assert client.post(f"{path}/evidence", data={"capture-' OR 1=1 --": "on"}).status_code == 422
    assert client.get("/evidence/abc").status_code == 404
    unknown = client.get(f"/evidence/{'0' * 64}")
    assert unknown.status_code == 404
    assert "made no evidence file with this digest" in unknown.text
    assert client.get(f"/evidence/{'0' * 64}/file").status_code == 404
    with seeded_db.reading() as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM evidence_file").scalar() == 0


@pytest.mark.both
def test_a_file_goes_with_its_article_and_comes_back_with_it(client: TestClient, seeded_db: Database) -> None:
    path = seeds_path(seeded_db)
    digest = made(client, path)
    article = store.by_revision(seeded_db, path.split("..")[1]).article
    trash.delete(seeded_db, article)
    assert client.get(f"/evidence/{digest}").status_code == 410
    assert digest[:12] in client.get("/log").text
    trash.restore(seeded_db, article)
    assert hashlib.sha256(client.get(f"/evidence/{digest}/file").content).hexdigest() == digest


def test_what_is_damaged_in_the_database_is_not_given_out(client: TestClient, seeded_db: Database) -> None:
    digest = made(client, seeds_path(seeded_db))
    with seeded_db.writing() as session:
        (row,) = session.exec(select(EvidenceRow))
        row.members = zlib.compress(zlib.decompress(row.members).replace(b"Newsweek", b"Newsleek"))
    assert client.get(f"/evidence/{digest}/file").status_code == 503
    faults: list[object] = []
    check(seeded_db, faults.append, quick=True)
    assert [str(fault) for fault in faults] == [
        f"the evidence file {digest} does not come out as it was made"
    ]


def test_a_comparison_has_so_many_files_at_most(
    client: TestClient, seeded_db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = seeds_path(seeded_db)
    made(client, path)
    monkeypatch.setattr(kept_files, "MAX_FILES", 1)
    with seeded_db.writing() as session:
        session.connection().exec_driver_sql("UPDATE revision SET url = 'https://elsewhere.example/'")
    answer = client.post(f"{path}/evidence", data={"make": "1"})
    assert answer.status_code == 422
    assert "evidence files already" in answer.text
