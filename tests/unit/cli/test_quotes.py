import io
import json
import subprocess
import sys
from typing import Any

from app.cli.main import WRONG_INPUT
from app.cli.quotes import quote_lines

ARTICLE = {
    "id": "ä 1",
    "paragraphs": [
        "Angela Lee is the mayor.",
        "“Not yet,” Ms. Lee said.",
        "The “plan B” is “late,” a report said.",
    ],
}


def quoted(*lines: str | bytes) -> tuple[list[dict[str, Any]], list[str], int]:
    """Return the answers, the complaints, and the number of wrong lines."""
    source = b"".join((line.encode() if isinstance(line, str) else line) + b"\n" for line in lines)
    target, complaints = io.BytesIO(), io.StringIO()
    wrong = quote_lines(io.BytesIO(source), target, complaints)
    return (
        [json.loads(line) for line in target.getvalue().splitlines()],
        complaints.getvalue().splitlines(),
        wrong,
    )


def test_each_quotation_is_printed_with_its_place_and_speaker() -> None:
    (answer,), complaints, wrong = quoted(json.dumps(ARTICLE))
    assert answer["id"] == "ä 1"
    assert answer["quotations"][0] == {
        "paragraph": 1,
        "start": 0,
        "end": 10,
        "text": "“Not yet,”",
        "speaker": "Ms. Lee",
        "person": "Angela Lee",
        "cue": "said",
    }
    assert answer["quotations"][2]["speaker"] == "a report"
    assert answer["quotations"][2]["person"] is None
    assert (complaints, wrong) == ([], 0)


def test_places_are_code_points_with_the_marks() -> None:
    (answer,), _, _ = quoted(json.dumps({"id": 1, "paragraphs": ["😀 «Oui», dit-elle."]}))
    (quotation,) = answer["quotations"]
    assert (quotation["start"], quotation["end"], quotation["text"]) == (2, 7, "«Oui»")
    assert (quotation["speaker"], quotation["person"], quotation["cue"]) == (None, None, None)


def test_an_article_without_quotations_is_answered_too() -> None:
    answers, _, _ = quoted('{"id": 1, "paragraphs": []}', '{"id": 2, "paragraphs": ["It rained."]}')
    assert answers == [{"id": 1, "quotations": []}, {"id": 2, "quotations": []}]


def test_wrong_lines_are_reported_by_number_and_the_rest_is_answered() -> None:
    answers, complaints, wrong = quoted(
        "{", '{"id": 1}', '{"id": 1, "paragraphs": "no list"}', b"\xff", "", json.dumps(ARTICLE)
    )
    assert [answer["id"] for answer in answers] == ["ä 1"]
    assert wrong == 4
    assert [complaint.split(":")[0] for complaint in complaints] == ["line 1", "line 2", "line 3", "line 4"]
    assert '"id" and "paragraphs"' in complaints[1]


def test_the_command_ends_with_two_when_a_line_was_wrong() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "app", "quotes", "--jsonl"],
        input=json.dumps(ARTICLE) + "\nno json\n",
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == WRONG_INPUT
    assert json.loads(done.stdout)["id"] == "ä 1"
    assert done.stderr.startswith("line 2: ")
