"""What happens to bad input, one test for each line of it."""

import os
import re
import sqlite3

import pytest
from fastapi.testclient import TestClient

from app.db.engine.connect import connect
from app.services.operations.database import migrate, open_database
from app.services.transfer import seeds
from app.settings import Settings
from tests.web.comparison.comparing import printed
from tests.web.conftest import ClientFor, path_of

LIMIT = 2_000_000
PNG = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010806000000")
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"


def send(client: TestClient, file: bytes | None = None, **typed: str) -> str:
    """Save an article and return its page."""
    sent = {"file": ("story.txt", file)} if file is not None else None
    answer = client.post("/articles", data=typed, files=sent)
    assert answer.status_code == 303, answer.text
    return client.get(answer.headers["location"]).text


# Refused in words, nothing stored, what was typed kept.


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "There is no text."),
        (" \n\t \r\n ", "There is no text."),
        ("\u00a0\u200b\u2028\ufeff", "There is no text."),
        ("A visit to the capital", "There is only a title."),
    ],
)
def test_no_text_is_refused(empty_client: TestClient, text: str, words: str) -> None:
    answer = empty_client.post("/articles", data={"text": text, "publisher": "The Daily"})
    assert answer.status_code == 422
    assert words in answer.text
    assert 'value="The Daily"' in answer.text
    assert "There are no articles yet" in empty_client.get("/").text


def test_a_title_alone_is_refused(empty_client: TestClient) -> None:
    answer = empty_client.post("/articles", data={"title": "A visit", "text": ""})
    assert answer.status_code == 422
    assert 'value="A visit"' in answer.text
    same = empty_client.post("/articles", data={"title": "A visit", "text": "A visit\n"})
    assert same.status_code == 422


@pytest.mark.parametrize("size", [LIMIT + 1, LIMIT + 70_000, 3 * LIMIT])
def test_more_than_the_limit_is_refused(empty_client: TestClient, size: int) -> None:
    for sent in (
        {"files": {"file": ("long.txt", b"x" * size)}},
        {"files": {"text": (None, b"x" * size)}},
        {"data": {"text": "x" * size}},
    ):
        answer = empty_client.post("/articles", **sent)
        assert answer.status_code == 413
        assert "2,000,000 bytes" in answer.text
    assert "There are no articles yet" in empty_client.get("/").text


def test_exactly_the_limit_is_accepted(empty_client: TestClient) -> None:
    text = "Title\n" + "word " * ((LIMIT - 6) // 5)
    assert "Saved." in send(empty_client, text.encode()[:LIMIT])


@pytest.mark.parametrize(
    "content",
    [
        PNG,
        PDF,
        b"Title\n\nundecodable \x81\x8d\x8f\x90\x9d bytes",
        b"Title\n\nNUL \x00 inside",
        b"\xff\xfe" + "Title\n\nlone ".encode("utf-16-le") + b"\x00\xd8" + "x".encode("utf-16-le"),
        b"Title\n\nlone \xed\xa0\x80 surrogate",
    ],
    ids=["png", "pdf", "undecodable", "nul", "utf-16 surrogate", "utf-8 surrogate"],
)
def test_binary_content_is_refused_as_a_file_and_as_pasted_text(
    empty_client: TestClient, content: bytes
) -> None:
    as_file = empty_client.post("/articles", data={"publisher": "Daily"}, files={"file": ("a.txt", content)})
    as_text = empty_client.post("/articles", data={"publisher": "Daily"}, files={"text": (None, content)})
    quoted = "".join(f"%{byte:02X}" for byte in content)
    urlencoded = empty_client.post(
        "/articles",
        content=f"publisher=Daily&text={quoted}",
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    for answer in (as_file, as_text, urlencoded):
        assert answer.status_code == 422
        assert 'value="Daily"' in answer.text
        assert 'class="problem"' in answer.text
    assert "There are no articles yet" in empty_client.get("/").text


@pytest.mark.parametrize(
    "path",
    [
        "/articles/aaaaaaaaaaaaaaaa",
        "/articles/AAAAAAAAAAAAAAAA",
        "/articles/1",
        "/articles/%27%20OR%201=1",
        "/articles/%00",
        "/articles/" + "a" * 5000,
        "/articles/aaaaaaaaaaaaaaaa/revisions/1",
        "/articles/aaaaaaaaaaaaaaaa/edit",
        "/articles/aaaaaaaaaaaaaaaa/delete",
        "/compare/aaaaaaaaaaaaaaaa..bbbbbbbbbbbbbbbb",
        "/compare/x..y",
        "/compare/aaaaaaaaaaaaaaaa",
        "/compare?base=aaaaaaaaaaaaaaaa&witness=x",
        "/compare/aaaaaaaaaaaaaaaa..bbbbbbbbbbbbbbbb/rows/1",
        "/api/compare/aaaaaaaaaaaaaaaa..bbbbbbbbbbbbbbbb",
        "/api/compare/x..y",
    ],
)
def test_an_unknown_or_malformed_id_is_not_found(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_cross_site_post_is_forbidden(empty_client: TestClient) -> None:
    typed = {"text": "A visit\n\nHe came."}
    answer = empty_client.post("/articles", data=typed, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert "There are no articles yet" in empty_client.get("/").text


@pytest.mark.sqlite
def test_a_locked_database_refuses_to_store_and_the_form_keeps_its_input(
    settings: Settings, client_for: ClientFor
) -> None:
    db = connect(settings.url, busy_seconds=0.1)
    migrate(db)
    client = client_for(db)
    other = sqlite3.connect(settings.data_dir / "variorum.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    answer = client.post("/articles", data={"text": "A visit\n\nHe came."})
    assert answer.status_code == 503
    assert "He came.</textarea>" in answer.text
    other.execute("ROLLBACK")
    assert client.post("/articles", data={"text": "A visit\n\nHe came."}).status_code == 303
    other.close()
    db.dispose()


@pytest.mark.sqlite
def test_a_newer_schema_is_explained_until_the_program_is_upgraded(
    settings: Settings, client_for: ClientFor
) -> None:
    open_database(settings).dispose()
    file = sqlite3.connect(settings.data_dir / "variorum.db")
    (schema,) = file.execute("SELECT version_num FROM alembic_version").fetchone()
    file.execute("UPDATE alembic_version SET version_num = '9999_later'")
    file.commit()
    client = client_for()
    for answer in (
        client.get("/"),
        client.get("/health"),
        client.post("/articles", data={"text": "A\n\nB."}),
    ):
        assert answer.status_code == 503
        assert "newer" in answer.text
    file.execute("UPDATE alembic_version SET version_num = ?", (schema,))
    file.commit()
    file.close()
    assert client.get("/").status_code == 200


# Accepted, and shown as it is.


@pytest.mark.parametrize(
    "line",
    [
        "قال الوزير إن ”الدعم كامل“ في 2024.",
        "השר אמר: „תמיכה מלאה“.",
        "zero\u200bwidth, a joiner\u200d, marks \u200f\u200e and a soft\u00adhyphen",
        "<script>alert('x')</script> & <b>bold</b> &amp {{ 7 * 7 }} {% raw %}",
        "emoji 👩‍👩‍👧‍👦, 𝔘nicode beyond the first plane, and a\u0301 composed letter",
    ],
)
def test_text_of_every_kind_is_shown_as_it_is(empty_client: TestClient, line: str) -> None:
    page = send(empty_client, text=f"A title\n\n{line}")
    assert printed(page) == [line]
    assert "<script>alert" not in page
    assert "<b>bold" not in page


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "cp1252"])
def test_files_in_other_encodings_are_read(empty_client: TestClient, encoding: str) -> None:
    text = "A title\n\nThe café’s “owner” said – no."
    bom = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    assert printed(send(empty_client, bom + text.encode(encoding))) == ["The café’s “owner” said – no."]


def saved(client: TestClient, text: str) -> str:
    """Save an article and return its address."""
    return client.post("/articles", data={"text": text, "again": "yes"}).headers["location"].partition("?")[0]


def test_one_paragraph_of_200_000_characters(empty_client: TestClient) -> None:
    line = " ".join(f"word{number}" for number in range(30_000))[:200_000].strip()
    base = saved(empty_client, f"A title\n\n{line}")
    assert printed(empty_client.get(base).text) == [line]
    witness = saved(empty_client, f"A title\n\n{line.replace('word777 ', 'another ')}")
    page = empty_client.get(comparison(empty_client, base, witness), follow_redirects=True)
    assert page.status_code == 200
    assert re.search(r"<del\b[^>]*>(?:<bdi>[^<]*</bdi>)?word777\b", page.text)


def test_20_000_paragraphs(empty_client: TestClient) -> None:
    text = "A title\n" + "\n".join(f"Line {number} of it." for number in range(1, 20_000))
    base = saved(empty_client, text)
    page = empty_client.get(base).text
    assert "19,999 paragraphs" in page
    assert len(page) < 400_000
    path = re.search(r'href="(/articles/[a-z2-7]{16}\?from=19501)"', page)
    assert path
    assert printed(empty_client.get(path[1]).text)[-1] == "Line 19999 of it."
    witness = saved(empty_client, text.replace("Line 15000 of it.", "Line 15000 was left out."))
    compared = empty_client.get(comparison(empty_client, base, witness)).text
    assert "All 20,000 paragraphs" in compared
    assert len(compared) < 700_000


def test_a_duplicate_is_saved_after_the_warning(client: TestClient) -> None:
    text = "A visit\n\nHe came."
    send(client, text=text)
    assert "/articles/new/" in client.post("/articles", data={"text": text}).headers["location"]
    assert "Saved." in send(client, text=text, again="yes")


def comparison(client: TestClient, base: str, witness: str) -> str:
    """Return the address of the comparison of two articles."""
    ids = {"base": base.rpartition("/")[2], "witness": witness.rpartition("/")[2]}
    return client.get("/compare", params=ids).headers["location"]


def test_swapped_ids_are_the_other_comparison(client: TestClient, newsweek: str, repost: str) -> None:
    comparison_path, swapped_path = comparison(client, newsweek, repost), comparison(client, repost, newsweek)
    assert comparison_path != swapped_path
    assert client.get(comparison_path).status_code == client.get(swapped_path).status_code == 200
    sides = [client.get(f"/api{path}").json() for path in (comparison_path, swapped_path)]
    assert sides[0]["base"]["revision"] == sides[1]["witness"]["revision"]


def test_an_article_with_itself_is_the_same_word_for_word(client: TestClient, newsweek: str) -> None:
    assert "same, word for word" in client.get(comparison(client, newsweek, newsweek)).text


@pytest.mark.sqlite
def test_a_missing_database_is_made(settings: Settings, client_for: ClientFor) -> None:
    assert not settings.data_dir.exists()
    assert client_for().get("/").status_code == 200
    assert (settings.data_dir / "variorum.db").is_file()


@pytest.mark.sqlite
def test_a_read_only_database_still_serves_stored_pages(
    settings: Settings, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    db = open_database(settings)
    seeds.seed(db)
    db.dispose()
    monkeypatch.setattr(
        os, "access", lambda *_, **__: False
    )  # the super-user may write whatever a file's mode says
    client = client_for()
    newsweek, repost = path_of(client, "China Offers"), path_of(client, "Chinese defense chief")
    assert client.get(newsweek).status_code == 200
    assert client.get(comparison(client, newsweek, repost)).status_code == 200
    refused = client.post("/articles", data={"text": "A visit\n\nHe came."})
    assert refused.status_code == 503
    assert "He came.</textarea>" in refused.text


def test_no_page_prints_the_control_characters_of_a_title_or_a_text(client: TestClient) -> None:
    title, text = (
        "A \x07bell \x1b[31mrings\x7f",
        "The town \x1b[2J raised\x01 the fees.\n\nNobody\x0b was there.",
    )
    page = send(client, title=title, text=text, publisher="The \x08Post")
    assert "A bell [31mrings" in page
    path = re.search(r'href="(/articles/[a-z2-7]{16})/edit"', page)
    assert path
    for address in ("", "/edit", "/history", "/export"):
        page += client.get(path[1] + address).text
    page += client.get("/").text + client.get("/search?q=fees").text
    assert re.findall(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", page) == []
