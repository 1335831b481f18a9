"""``extract --jsonl``: pages and files in, articles out."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from app.cli.extract import extract_lines
from tests.unit.sources.html.pages import BODY, page, paragraphs


def extracted(*lines: object) -> tuple[list[dict[str, Any]], str, int]:
    source = "".join(json.dumps(line) + "\n" for line in lines).encode()
    target, complaints = io.BytesIO(), io.StringIO()
    wrong = extract_lines(io.BytesIO(source), target, complaints)
    return [json.loads(line) for line in target.getvalue().splitlines()], complaints.getvalue(), wrong


def test_a_page_is_answered_with_its_article() -> None:
    caption = "<figure><figcaption>The hall.</figcaption></figure>"
    html = page(paragraphs(*BODY[:2]) + caption + paragraphs(*BODY[2:]))
    (answer,), _, wrong = extracted({"id": 7, "html": html})
    assert (answer["id"], answer["title"], answer["author"], answer["published_on"]) == (
        7,
        "Talks open in Oslo",
        "",
        "",
    )
    assert answer["paragraphs"] == list(BODY)
    assert answer["furniture"] == ["The hall."]
    assert answer["sources"]["title"] == "page"
    assert wrong == 0


def test_a_file_is_read_by_its_path(tmp_path: Path) -> None:
    file = tmp_path / "visit.txt"
    file.write_text("A visit\n\nHe came to Oslo.\n", encoding="utf-8")
    (answer,), _, _ = extracted({"id": "a", "path": str(file)})
    assert (answer["title"], answer["paragraphs"], answer["format"]) == (
        "A visit",
        ["He came to Oslo."],
        "text",
    )


def test_a_pipe_or_device_is_no_file_and_of_a_large_one_no_more_is_read_than_is_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, complaints, wrong = extracted({"id": 1, "path": "/dev/null"}, {"id": 2, "path": str(tmp_path)})
    assert complaints.count("it is no file") == wrong == 2
    monkeypatch.setattr("app.cli.extract.MAX_FILE_BYTES", 20)
    file = tmp_path / "visit.txt"
    file.write_text("A visit\n\nHe came to Oslo.\n", encoding="utf-8")
    (answer,), _, _ = extracted({"id": 3, "path": str(file)})
    assert answer["paragraphs"] == ["He came to O"]  # the reader itself refuses what is too large


def test_what_holds_no_text_is_answered_with_the_reason() -> None:
    (answer,), complaints, wrong = extracted({"id": 1, "html": "<html><body></body></html>"})
    assert answer["paragraphs"] == []
    assert "no text" in answer["refused"]
    assert (complaints, wrong) == ("", 0)


def test_a_wrong_line_is_reported_by_its_number(tmp_path: Path) -> None:
    answers, complaints, wrong = extracted(
        {"id": 1}, {"id": 2, "path": str(tmp_path / "none.txt")}, {"id": 3, "html": page(paragraphs(*BODY))}
    )
    assert [answer["id"] for answer in answers] == [3]
    assert complaints.splitlines()[0].startswith("line 1: there is neither")
    assert "none.txt cannot be read" in complaints
    assert wrong == 2
    assert extracted({"html": "<p>x"})[1] == 'line 1: a line is an object with "id"\n'
