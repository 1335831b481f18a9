import hashlib
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.cli.main import main
from app.collation import document, pipeline
from app.collation.model import Pins
from app.errors import InvalidInputError
from app.evidence import annotations, archive, packing
from app.evidence.agreement import agreement
from app.evidence.inspection import MANIFEST, inspect, manifest_of
from app.evidence.recomparison import compare_anew
from app.evidence.verdict import verify
from tests.golden.example import BASE, WITNESS
from tests.unit.evidence.evidence_files import contents, seeds_contents

MEMBERS = packing.members(contents())
FILE = archive.write(MEMBERS)


def remade(**changed: bytes) -> bytes:
    """Return the file with members replaced and the manifest rewritten."""
    rest = {name: content for name, content in MEMBERS.items() if name != MANIFEST}
    rest |= {name.replace("__", "/"): content for name, content in changed.items()}
    return archive.write({**rest, MANIFEST: manifest_of(rest)})


def verified(tmp_path: Path, data: bytes, expect: str | None = None) -> tuple[int, str]:
    path = tmp_path / "case.zip"
    path.write_bytes(data)
    target = io.StringIO()
    code = verify(path, target, expect=expect)
    assert [file.name for file in tmp_path.iterdir()] == ["case.zip"]
    return code, target.getvalue()


def test_a_file_as_it_was_made_is_consistent_and_compares_the_same(tmp_path: Path) -> None:
    code, said = verified(tmp_path, packing.packed(seeds_contents()))
    assert code == 0
    assert "Consistent: yes." in said
    assert "Authentic: not known." in said
    assert "Compared anew, the same: yes." in said


def test_the_digest_says_whether_it_is_the_file_that_was_made(tmp_path: Path) -> None:
    digest = hashlib.sha256(FILE).hexdigest()
    assert verified(tmp_path, FILE, f" SHA256:{digest.upper()}\n")[0] == 0
    page = f"https://variorum.example/desk/evidence/{digest}"
    assert verified(tmp_path, FILE, page)[0] == 0
    for wrong in (f"{page[:-1]}{'1' if page.endswith('0') else '0'}", f"http://x/evidence/{'0' * 64}"):
        assert verified(tmp_path, FILE, wrong)[0] == 3
    code, said = verified(tmp_path, remade(**{"notes.json": b"{}\n"}), digest)
    assert code == 3
    assert "Consistent: yes." in said
    assert "Authentic: NO." in said
    with pytest.raises(InvalidInputError, match="not a SHA-256"):
        verified(tmp_path, FILE, digest[:-1])
    with pytest.raises(InvalidInputError, match="not a SHA-256"):
        verified(tmp_path, FILE, f"https://variorum.example/compare/{digest}")


def test_a_changed_file_is_named_and_nothing_else_is_checked(tmp_path: Path) -> None:
    code, said = verified(tmp_path, FILE.replace(b"The talks cost $345", b"The talks cost $945"))
    assert code == 1
    assert "Consistent: NO." in said
    assert "texts/base.txt: It was changed" in said
    assert "anew" not in said


def test_after_the_engine_changed_a_file_is_still_consistent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "ENGINE", "999.0")
    code, said = verified(tmp_path, FILE, hashlib.sha256(FILE).hexdigest())
    assert code == 0
    assert "Consistent: yes." in said
    assert "this program has engine 999.0" in said


def test_a_text_or_a_document_or_findings_that_were_forged_compare_otherwise(tmp_path: Path) -> None:
    document = MEMBERS["comparison.json"]
    forged = document.replace(b"$354", b"$999")
    for changed in (
        {"texts__base.txt": b"Other words"},
        {"comparison.json": forged},
        {
            "comparison.json": forged,
            "texts__witness.txt": MEMBERS["texts/witness.txt"].replace(b"$354", b"$999"),
        },
        {"comparison.json": document.replace(b"number changed", b"nothing changed")},
        {"findings.json": MEMBERS["findings.json"].replace(b"$345", b"$111")},
        {"findings.json": b"[]"},
    ):
        code, said = verified(tmp_path, remade(**changed))
        assert code == 4, said
        assert "Compared anew, the same: NO." in said


def side(**changed: Any) -> bytes:
    given = json.loads(MEMBERS["comparison.json"])
    return json.dumps({**given, "base": {**given["base"], **changed}}).encode()


def top(**changed: Any) -> bytes:
    return json.dumps({**json.loads(MEMBERS["comparison.json"]), **changed}).encode()


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"[" * 100_000,
        b'{"engine": ' + b"9" * 5_000 + b"}",
        b"{}",
        top(base=None),
        top(engine=1),
        top(pins=[]),
        top(pins={"together": [[0, 0]] * 300}),
        top(pins={"together": [[0, True]]}),
        top(pins={"together": [[0, -1]]}),
        top(pins={"together": [[0, 99]]}),
        side(paragraphs="text"),
        side(paragraphs=["a", 1]),
        side(paragraphs=["a\nb"]),
        side(paragraphs=["\ud800"]),
        side(headline=True),
        side(headline=99),
        side(furniture=[0.5]),
        side(furniture={}),
        side(title=None),
        side(label="\udfff"),
    ],
)
def test_a_document_of_wrong_types_is_said_to_be_none_of_ours(document: bytes) -> None:
    assert compare_anew({**MEMBERS, "comparison.json": document}).result == "different"


def test_a_comparison_around_pins_comes_out_the_same() -> None:
    pinned = pipeline.compare(BASE, WITNESS, Pins(apart=((1, 1),)))
    members = packing.members(contents(pinned))
    assert b'"pins"' in members["comparison.json"]
    assert compare_anew(members).result == "same"


def test_a_file_made_long_ago_is_consistent_and_its_findings_are_still_written_as_they_were() -> None:
    """Made when engine 1.1 was new. Where this fails, files that people were given would no longer verify."""
    data = (Path(__file__).parent / "made_by_engine_1_1.zip").read_bytes()
    inspection = inspect(data)
    assert inspection.is_consistent
    members = inspection.members
    comparison = document.loads(bytes(members["comparison.json"]))
    assert document.dumps(comparison).encode() == members["comparison.json"]
    assert annotations.written(comparison, "https://variorum.example") == members["findings.json"]
    # Its page, note, capture and address were made up for this test; all that is stated of the texts is as it was.
    agreed = agreement(members, comparison, is_made_anew=False)
    assert {fault.member for fault in agreed.faults} <= {
        "captures/base-1.html",
        "ro-crate-metadata.json",
        "notes.json",
    }
    assert [fault.says for fault in agreed.faults if fault.member == "ro-crate-metadata.json"] == [
        "The address in it is not that of this comparison."
    ]


def test_texts_that_are_too_long_are_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.evidence.recomparison.MAX_CHARS", 100)
    assert compare_anew(MEMBERS).result == "not tried"


def test_a_title_cannot_move_the_cursor(tmp_path: Path) -> None:
    made = contents()
    title = "\x1b[2J\u202eTalks\r" + "x" * 10_000
    comparison = pipeline.compare(replace(made.comparison.base, title=title), made.comparison.witness)
    code, said = verified(tmp_path, packing.packed(contents(comparison)))
    assert code == 0
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert max(map(len, said.splitlines())) < 600


def test_a_terminal_that_lacks_a_script_still_gets_the_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = contents()
    comparison = pipeline.compare(replace(made.comparison.base, title="国防部"), made.comparison.witness)
    (tmp_path / "case.zip").write_bytes(packing.packed(contents(comparison)))
    printed = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(printed, "ascii", write_through=True))
    assert main(["verify", str(tmp_path / "case.zip")]) == 0
    assert b"Consistent: yes." in printed.getvalue()


def test_what_cannot_be_read_is_the_command_lines_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["verify", str(tmp_path / "missing.zip")]) == 2
    assert main(["verify", str(tmp_path)]) == 2
    assert "is a folder" in capsys.readouterr().err
    monkeypatch.setattr("app.evidence.verdict.MAX_BYTES", 10)
    (tmp_path / "case.zip").write_bytes(FILE)
    assert main(["verify", str(tmp_path / "case.zip")]) == 2
    assert "more than 10 bytes" in capsys.readouterr().err


@pytest.mark.parametrize("lines", [["a"] * 20_001, ["e" + "\u0301" * 31], ["“" * 2_001]])
def test_texts_that_no_server_takes_are_not_compared(
    lines: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    side = replace(BASE, paragraphs=tuple(lines), headline=None, furniture=())
    monkeypatch.setattr(pipeline, "compare", lambda *_: pytest.fail("they were compared"))
    given = json.loads(MEMBERS["comparison.json"]) | {"base": document._side_json(side)}
    members = {
        **MEMBERS,
        "comparison.json": json.dumps(given, ensure_ascii=False, separators=(",", ":")).encode(),
        "texts/base.txt": "\n".join(lines).encode(),
    }
    anew = compare_anew(members)
    assert anew.result == "not tried"
    assert "No server takes such a text" in anew.says


def test_rows_are_made_anew_and_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    head, _, _ = MEMBERS["comparison.json"].partition(b',"rows":[')
    anew = compare_anew({**MEMBERS, "comparison.json": head + b',"rows":[' + b"[" * 1_000})
    assert anew.result == "different"
    assert "makes another comparison of these texts" in anew.says
    monkeypatch.setattr("app.evidence.recomparison.MAX_HEAD_BYTES", 100)
    assert "do not begin within 100 bytes" in compare_anew(MEMBERS).says
