import hashlib
import io
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import ValidationError

from app.db.engine.base import Database
from app.errors import InvalidInputError, TimestampError
from app.evidence import packing, timestamps
from app.evidence.verdict import verify
from app.settings import Settings
from tests.unit.evidence.evidence_files import contents
from tests.web.comparison.comparing import seeds_path
from tests.web.conftest import ClientFor
from tests.web.evidence.authority import Authority, authority
from tests.web.evidence.test_evidence_files import made

FILE = packing.packed(contents())


@pytest.fixture(scope="module")
def running() -> Iterator[Authority]:
    """An authority that all tests here share."""
    with authority() as started:
        yield started


@pytest.fixture
def tsa(running: Authority) -> Iterator[Authority]:
    """The authority, answering as it should until a test says otherwise."""
    running.queries.clear()
    yield running
    running.answer, running.status = None, 200


def refused(tsa: Authority, certificates: bytes | None = None) -> str:
    with pytest.raises(TimestampError) as caught:
        timestamps.request(tsa.url, FILE, tsa.root.read_bytes() if certificates is None else certificates)
    return str(caught.value)


def test_a_file_is_stamped_kept_with_it_and_checked_by_us_and_by_openssl(
    client_for: ClientFor, seeded_db: Database, tsa: Authority, tmp_path: Path
) -> None:
    client = client_for(seeded_db, timestamp_url=tsa.url, timestamp_certificate=str(tsa.root))
    pair = seeds_path(seeded_db).replace("/compare/", "/api/v1/comparisons/")
    file_out = client.post(f"{pair}/evidence", json={}).json()
    digest = file_out["digest"]
    assert file_out["stamped_at"]
    assert file_out["timestamp"].endswith(f"/{digest}/timestamp")
    assert made(client, seeds_path(seeded_db)) == digest
    assert "A timestamp server confirms" in client.get(f"/evidence/{digest}").text
    (query,) = tsa.queries
    assert bytes.fromhex(digest) in query
    file, token = tmp_path / "case.zip", tmp_path / "case.zip.tsr"
    file.write_bytes(client.get(f"/evidence/{digest}/file").content)
    token.write_bytes(client.get(f"/evidence/{digest}/timestamp").content)
    said = io.StringIO()
    assert verify(file, said, expect=digest, certificate=tsa.root) == 0
    assert "Timestamp: yes. This very file was there on" in said.getvalue()
    command = ["openssl", "ts", "-verify", "-data", str(file), "-in", str(token), "-CAfile", str(tsa.root)]
    assert "Verification: OK" in subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_without_an_answer_the_file_is_made_and_the_server_can_be_asked_again(
    client_for: ClientFor, seeded_db: Database, tsa: Authority, caplog: pytest.LogCaptureFixture
) -> None:
    client = client_for(seeded_db, timestamp_url=tsa.url, timestamp_certificate=str(tsa.root))
    tsa.status = 503
    digest = made(client, seeds_path(seeded_db))
    assert f"{digest} has no timestamp: The timestamp server answered with status 503." in caplog.text
    assert "It has no timestamp yet." in client.get(f"/evidence/{digest}").text
    assert client.get(f"/evidence/{digest}/timestamp").status_code == 404
    failed = client.post(f"/evidence/{digest}/timestamp", data={"ask": "1"})
    assert failed.status_code == 502
    assert "answered with status 503" in failed.text
    assert "There is no timestamp yet" in failed.text
    tsa.status = 200
    assert client.post(f"/evidence/{digest}/timestamp", data={"ask": "1"}).status_code == 303
    assert "A timestamp server confirms" in client.get(f"/evidence/{digest}").text
    asked = len(tsa.queries)
    client.post(f"/evidence/{digest}/timestamp", data={"ask": "1"})
    assert len(tsa.queries) == asked


def test_no_server_is_asked_without_the_setting(
    client_for: ClientFor, seeded_db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timestamps, "_exchanged", lambda url, query: pytest.fail("a server was asked"))
    client = client_for(seeded_db)
    digest = made(client, seeds_path(seeded_db))
    answer = client.post(f"/evidence/{digest}/timestamp", data={"ask": "1"})
    assert "No timestamp server is named here." in answer.text


def test_an_answer_that_is_wrong_is_refused_in_words(tsa: Authority) -> None:
    good, _ = timestamps.request(tsa.url, FILE, tsa.root.read_bytes())
    tsa.answer = good
    assert "another request" in refused(tsa)
    other = hashlib.sha256(b"other").digest()
    tsa.answer = tsa.stamped(tsa.queries[0].replace(hashlib.sha256(FILE).digest(), other))
    assert "another file’s" in refused(tsa)
    for answer in (
        b"",
        b"<html>",
        good[:-40],
        b"\x30\x84" + bytes(60),
        bytes(timestamps.MAX_TOKEN_BYTES + 1),
    ):
        tsa.answer = answer
        assert "cannot be read" in refused(tsa) or "too large" in refused(tsa)
    tsa.answer = b"\x30\x05\x30\x03\x02\x01\x02"  # rejection, without a token
    assert "refused" in refused(tsa) or "cannot be read" in refused(tsa)
    tsa.answer = None
    assert "no certificate" in refused(tsa, b"not PEM")
    with authority() as stranger:
        assert "not signed by" in refused(tsa, stranger.root.read_bytes())


def test_a_changed_timestamp_or_another_files_is_not_taken(tsa: Authority, tmp_path: Path) -> None:
    token, _ = timestamps.request(tsa.url, FILE, tsa.root.read_bytes())
    file, beside = tmp_path / "case.zip", tmp_path / "case.zip.tsr"
    file.write_bytes(FILE)
    at = token.index(hashlib.sha256(FILE).digest())
    for changed in (token[: at - 60] + b"\x00" + token[at - 59 :], token[:-1] + bytes([token[-1] ^ 1]), b"x"):
        beside.write_bytes(changed)
        said = io.StringIO()
        assert verify(file, said, certificate=tsa.root) == 3
        assert "Timestamp: NO." in said.getvalue()
    with pytest.raises(InvalidInputError, match=r"cannot be read.*--token FILE"):
        verify(file, io.StringIO(), certificate=tsa.root, token=tmp_path / "missing.tsr")
    with pytest.raises(InvalidInputError, match="cannot be read"):
        verify(file, io.StringIO(), certificate=tmp_path / "missing.pem")
    with pytest.raises(InvalidInputError, match="no certificate"):
        verify(file, io.StringIO(), certificate=file)
    with pytest.raises(InvalidInputError, match="--token needs"):
        verify(file, io.StringIO(), token=beside)


def test_without_the_package_it_says_what_to_install(
    tsa: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "rfc3161_client", None)
    (tmp_path / "case.zip").write_bytes(FILE)
    assert verify(tmp_path / "case.zip", io.StringIO()) == 0
    with pytest.raises(InvalidInputError, match=r"pip install 'variorum\[timestamps\]'"):
        verify(tmp_path / "case.zip", io.StringIO(), certificate=tsa.root)


def test_a_server_that_is_silent_or_gone_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timestamps, "SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        with pytest.raises(TimestampError, match="gave no answer"):
            timestamps._exchanged(address, b"query")
    with pytest.raises(TimestampError, match="gave no answer"):  # nobody listens there any more
        timestamps._exchanged(address, b"query")


def test_a_wrong_setting_is_refused() -> None:
    for url in ("ftp://a.example/", "a.example", "https://user:word@a.example/"):
        with pytest.raises(ValidationError, match="must be an address"):
            Settings(timestamp_url=url, timestamp_certificate="root.pem")
    with pytest.raises(ValidationError, match="must name a file"):
        Settings(timestamp_url="https://a.example/")
