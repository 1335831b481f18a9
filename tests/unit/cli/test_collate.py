import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from app.cli.collate import collate_lines
from app.cli.main import WRONG_INPUT
from app.collation import document, pipeline

PAIR = {
    "id": "ä 1",
    "base": ["He came on Monday.", "She left."],
    "witness": ["He came on Tuesday.", "She left."],
}


def collated(*lines: str | bytes) -> tuple[list[dict[str, Any]], list[str], int]:
    """Return the answers, the complaints, and the number of wrong lines."""
    source = b"".join((line.encode() if isinstance(line, str) else line) + b"\n" for line in lines)
    target, complaints = io.BytesIO(), io.StringIO()
    wrong = collate_lines(io.BytesIO(source), target, complaints)
    return (
        [json.loads(line) for line in target.getvalue().splitlines()],
        complaints.getvalue().splitlines(),
        wrong,
    )


def test_each_pair_is_answered_with_its_id_rows_and_summary() -> None:
    (answer,), complaints, wrong = collated(json.dumps(PAIR))
    expected = document.dumped(pipeline.collate(tuple(PAIR["base"]), tuple(PAIR["witness"])))
    assert answer == {"id": "ä 1", **json.loads(expected)}
    assert (complaints, wrong) == ([], 0)


def test_answers_come_in_the_order_of_the_questions_whatever_the_ids() -> None:
    ids = [3, "b", None, 1.5, ["x"], 3]
    answers, _, _ = collated(*(json.dumps({**PAIR, "id": id_}) for id_ in ids))
    assert [answer["id"] for answer in answers] == ids


def test_empty_sides_are_collated() -> None:
    (none, added), _, _ = collated(
        json.dumps({"id": 1, "base": [], "witness": []}),
        json.dumps({"id": 2, "base": [], "witness": ["He came."]}),
    )
    assert none["rows"] == []
    assert added["summary"]["rows"]["added"] == 1


def test_further_keys_blank_lines_and_a_byte_order_mark_do_no_harm() -> None:
    answers, complaints, _ = collated(b"\xef\xbb\xbf" + json.dumps({**PAIR, "gold": [1]}).encode(), "", "  ")
    assert [answer["id"] for answer in answers] == ["ä 1"]
    assert complaints == []


def test_wrong_lines_are_reported_by_number_and_the_rest_is_answered() -> None:
    answers, complaints, wrong = collated(
        "not json",
        json.dumps(PAIR),
        "[]",
        json.dumps({"base": [], "witness": []}),
        json.dumps({"id": 1, "base": "a text", "witness": []}),
        json.dumps({"id": 1, "base": [], "witness": [1]}),
        b'{"id": 1, "base": ["\xff"], "witness": []}',
        '{"id": "\\ud800", "base": [], "witness": []}',
        "[" * 100_000,
        json.dumps(PAIR),
    )
    assert len(answers) == 2
    assert [line.split(":")[0] for line in complaints] == [f"line {n}" for n in (1, 3, 4, 5, 6, 7, 8, 9)]
    assert wrong == 8
    assert complaints[3] == 'line 5: "base" is not a list of strings'
    assert complaints[5] == "line 7: this is not UTF-8"


def run() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "app", "collate", "--jsonl"],
        cwd=Path(__file__).parents[3],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_each_answer_comes_before_the_next_question_is_asked() -> None:
    with run() as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in range(3):
            process.stdin.write(json.dumps({**PAIR, "id": number}).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number
        process.stdin.close()
        assert process.wait() == 0


def test_a_wrong_line_shows_in_the_exit_code() -> None:
    with run() as process:
        out, err = process.communicate(b"nonsense\n" + json.dumps(PAIR).encode())
    assert process.returncode == WRONG_INPUT
    assert len(out.splitlines()) == 1
    assert err.startswith(b"line 1: this is not JSON")


def test_a_reader_that_leaves_early_is_not_an_error() -> None:
    with run() as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(json.dumps(PAIR).encode() + b"\n")
        process.stdin.flush()
        process.stdout.readline()
        process.stdout.close()
        process.stdin.write(json.dumps(PAIR).encode() + b"\n")
        process.stdin.close()
        assert process.stderr.read() == b""
        assert process.wait() == 1
