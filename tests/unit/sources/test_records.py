import gzip
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app.errors import UnreadableError, VariorumError
from app.sources.reading import Reading, read_document
from app.sources.records import Record, document_record, documents, lines, parse_record
from tests.unit.sources.html.pages import BODY, page, paragraphs

LIMIT = 10_000
FIELDS = {
    "id": "http://example.org/?a=ä b",
    "title": "Talks open",
    "paragraphs": ["Talks open", "They sat in Oslo."],
}


def read(**fields: object) -> Record:
    return parse_record(json.dumps(FIELDS | fields).encode(), LIMIT)


def numbered(content: bytes, limit: int = LIMIT) -> list[tuple[int, bytes | None]]:
    return [(number, line) for number, line, _ in lines(io.BytesIO(content), limit)]


def test_a_line_gives_an_article_with_its_metadata() -> None:
    record = read(
        publisher="The Courier", author="Ann Lee", url="https://courier.example/1", published_on="2024-02-05"
    )
    assert record.import_id == "http://example.org/?a=ä b"
    assert record.draft.paragraphs == ("Talks open", "They sat in Oslo.")
    assert (record.draft.publisher, record.draft.author) == ("The Courier", "Ann Lee")
    assert (record.draft.url, record.draft.published_on) == ("https://courier.example/1", date(2024, 2, 5))
    assert (record.article, record.revision, record.saved_at) == (None, None, None)


def test_text_is_read_as_a_pasted_one_is() -> None:
    record = read(paragraphs=None, text="They sat in Oslo.\n\nThey left.")
    assert record.draft.paragraphs == ("Talks open", "They sat in Oslo.", "They left.")
    assert record.draft.text == "They sat in Oslo.\n\nThey left."


def test_a_given_paragraph_stays_one_whatever_is_in_it() -> None:
    assert read(paragraphs=["They\nsat\u2028in Oslo. ", " ", "Good."]).draft.paragraphs == (
        "Talks open",
        "They sat in Oslo.",
        "Good.",
    )


@pytest.mark.parametrize("more", [[], ["It closed again on Tuesday."]])
def test_a_title_that_is_a_whole_paragraph_of_text_is_shortened(more: list[str]) -> None:
    text = " ".join(["The harbour bridge was closed on Monday."] * (13 if more else 6))
    draft = parse_record(
        json.dumps({"id": "1", "title": text, "paragraphs": [text, *more]}).encode(), LIMIT
    ).draft
    assert draft.paragraphs == (text, *more)
    assert draft.title.endswith("…")
    assert text.startswith(draft.title[:-1])


def test_with_paragraphs_given_the_text_is_only_stored() -> None:
    record = read(text="They sat\nin Oslo.")
    assert record.draft.paragraphs == ("Talks open", "They sat in Oslo.")
    assert record.draft.text == "They sat\nin Oslo."


def test_the_fields_of_an_export_are_kept() -> None:
    record = read(
        article="abcdefghijklmn27", revision=2, saved_at="2024-02-05T10:00:00.000007+02:00", furniture=[0]
    )
    assert (record.article, record.revision) == ("abcdefghijklmn27", 2)
    assert record.saved_at == datetime(2024, 2, 5, 8, 0, 0, 7, tzinfo=UTC)
    assert record.draft.furniture == (0,)


def test_a_number_may_be_an_id_and_a_moment_a_date() -> None:
    record = read(id=7, published_on="2024-02-05T23:30:00-08:00", author=None)
    assert (record.import_id, record.draft.published_on, record.draft.author) == ("7", date(2024, 2, 5), "")


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"id": None}, 'there is no "id"'),
        ({"id": ""}, 'there is no "id"'),
        ({"id": True}, 'there is no "id"'),
        ({"id": "a\0"}, '"id" holds'),
        ({"id": "\ud800"}, '"id" holds'),
        ({"id": "a" * 1001}, '"id" is too long'),
        ({"paragraphs": "They sat."}, '"paragraphs" is not a list of strings'),
        ({"paragraphs": [1]}, '"paragraphs" is not a list of strings'),
        ({"paragraphs": None}, 'neither "text"'),
        ({"text": 1}, '"text" is not a string'),
        ({"text": "\0"}, "NUL"),
        ({"text": "x" * (LIMIT + 1)}, "too large"),
        ({"paragraphs": ["x" * (LIMIT + 1)]}, "too large"),
        ({"paragraphs": []}, "text: "),
        ({"title": 1}, '"title" is not a string'),
        ({"title": "x" * 501, "url": "ftp://a"}, "title: This is too long"),
        ({"url": "ftp://a"}, "url: This is not a web address"),
        ({"published_on": "last May"}, "published_on: This is not a date"),
        ({"article": "abc"}, '"article" is not'),
        ({"revision": 0}, '"revision" is not'),
        ({"revision": True}, '"revision" is not'),
        ({"saved_at": "then"}, '"saved_at" is not'),
        ({"saved_at": "0001-01-01T00:00:00+23:59"}, '"saved_at" is not'),
        ({"furniture": [1, 0]}, '"furniture" is not'),
        ({"furniture": [2]}, '"furniture" is not'),
    ],
)
def test_a_wrong_line_is_reported(fields: dict[str, object], says: str) -> None:
    with pytest.raises(VariorumError, match=says):
        read(**fields)


@pytest.mark.parametrize("line", [b"\xff", b"{", b"[]", b"[" * 100_000, b'{"id": ' + b"1" * 5_000 + b"}"])
def test_json_that_is_not_an_object_is_reported(line: bytes) -> None:
    with pytest.raises(VariorumError, match=r"this is not|a line is an object"):
        parse_record(line, LIMIT)


def test_lines_are_numbered_from_1_and_blank_ones_are_none() -> None:
    assert numbered(b"one\n\n  \r\ntwo") == [(1, b"one\n"), (4, b"two")]


def test_an_overlong_line_is_never_held_in_memory() -> None:
    assert numbered(b"one\n" + b"x" * 200_000 + b"\ntwo\n", limit=1_000) == [
        (1, b"one\n"),
        (2, None),
        (3, b"two\n"),
    ]


def test_a_packed_file_is_unpacked_and_damage_is_reported_after_the_readable_part() -> None:
    packed = gzip.compress(b"one\ntwo\n")
    assert numbered(packed) == [(1, b"one\n"), (2, b"two\n")]
    reading = lines(io.BytesIO(packed[:-1]), LIMIT)
    assert [next(reading)[1], next(reading)[1]] == [b"one\n", b"two\n"]
    with pytest.raises(UnreadableError, match="damaged after line 2"):
        next(reading)


def test_progress_is_reported_in_bytes_read(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(b"one\ntwo\n")
    with file.open("rb") as source:
        assert [read for _, _, read in lines(source, LIMIT)] == [4, 8]


def read_file(content: bytes, name: str) -> Reading:
    return read_document(content, file_name=name)


def test_a_folder_gives_its_texts_by_name_with_their_paths_as_ids(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "two.MD").write_text("# Talks end\n\nThey left Oslo.")
    (tmp_path / "a.txt").write_bytes("Talks open\nThey sat – in Oslo.".encode("utf-16"))
    (tmp_path / "c.jpg").write_bytes(b"\xff\xd8")
    records = [document_record(tmp_path, path, read_file, LIMIT) for path in documents(tmp_path)]
    assert [record.import_id for record in records] == ["a.txt", "b/two.MD"]
    assert [record.draft.title for record in records] == ["Talks open", "Talks end"]
    assert records[0].draft.paragraphs == ("Talks open", "They sat – in Oslo.")


def test_a_file_that_is_not_an_article_is_reported(tmp_path: Path) -> None:
    for name, content, says in (
        ("a.txt", b"\x89PNG\r\n\x1a\n\0", "image"),
        ("b.txt", b"x" * 20_000, "too large"),
    ):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(VariorumError, match=says):
            document_record(tmp_path, tmp_path / name, read_file, LIMIT)


def test_a_folder_may_hold_documents_of_any_kind(tmp_path: Path) -> None:
    fixtures = Path(__file__).parent / "fixtures"
    for name in ("visit.docx", "visit.odt", "visit.rtf", "visit.pdf"):
        (tmp_path / name).write_bytes((fixtures / name).read_bytes())
    head = "<link rel='canonical' href='https://courier.example/talks'><meta name='author' content='Ann Lee'>"
    caption = "<figure><figcaption>The hall.</figcaption></figure>"
    (tmp_path / "page.txt").write_text(page(paragraphs(*BODY[:2]) + caption + paragraphs(*BODY[2:]), head))
    records = {
        record.import_id: record.draft
        for path in documents(tmp_path)
        for record in [document_record(tmp_path, path, read_file, LIMIT)]
    }
    assert sorted(records) == ["page.txt", "visit.docx", "visit.odt", "visit.pdf", "visit.rtf"]
    assert {draft.title for draft in records.values()} == {"Talks open in Oslo"}
    assert (
        records["visit.docx"].paragraphs == records["visit.odt"].paragraphs == records["visit.rtf"].paragraphs
    )
    web = records["page.txt"]
    assert (web.author, web.url) == ("Ann Lee", "https://courier.example/talks")
    assert [web.paragraphs[index] for index in web.furniture] == ["The hall."]
