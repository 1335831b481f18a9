"""What a rewritten manifest does not hide: members that do not belong to the same comparison."""

import hashlib
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import app
from app.collation import pipeline
from app.evidence import archive, packing
from app.evidence.agreement import Agreement, agreement
from app.evidence.inspection import MANIFEST, inspect, manifest_of
from app.evidence.recomparison import compare_anew
from app.evidence.verdict import verify
from app.exports.formats.offline_page import EDITION
from tests.unit.evidence.evidence_files import contents, seeds_contents

MEMBERS = packing.members(contents())
CRATE = "ro-crate-metadata.json"


def agreed(members: dict[str, bytes]) -> Agreement:
    """Return what is said of members whose manifest was rewritten, and the sizes in the description too."""
    rest = {name: content for name, content in members.items() if name != MANIFEST}
    if rest.get(CRATE) == MEMBERS[CRATE]:
        described = json.loads(rest[CRATE])
        for entity in described["@graph"]:
            if entity["@id"] in rest and "contentSize" in entity:
                entity["contentSize"] = str(len(rest[entity["@id"]]))
        rest[CRATE] = packing.dumped(described)
    inspection = inspect(archive.write({**rest, MANIFEST: manifest_of(rest)}))
    assert inspection.is_consistent
    anew = compare_anew(inspection.members)
    assert anew.comparison
    return agreement(inspection.members, anew.comparison, is_made_anew=anew.result == "same")


def named(members: dict[str, bytes]) -> set[str]:
    return {fault.member for fault in agreed(members).faults}


def changed(name: str, *keys: str | int, value: Any) -> dict[str, bytes]:
    """Return the members with one value of a JSON member changed."""
    document = json.loads(MEMBERS[name])
    inner = document
    for key in keys[:-1]:
        inner = inner[key]
    inner[keys[-1]] = value
    return {**MEMBERS, name: written(document)}


def written(document: Any) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "surrogatepass")


def replaced(name: str, old: str, new: str) -> dict[str, bytes]:
    content = MEMBERS[name].replace(old.encode(), new.encode())
    assert content != MEMBERS[name]
    return {**MEMBERS, name: content}


def test_a_file_as_it_was_made_agrees_with_itself() -> None:
    for made in (contents(), seeds_contents()):
        (unknown,) = agreement(packing.members(made), made.comparison, is_made_anew=True).unknown
        assert "what notes say" in unknown
        assert agreed(packing.members(made)).faults == ()


@pytest.mark.parametrize(
    ("members", "member"),
    [
        (changed("texts/base.json", "title", value="Another"), "texts/base.json"),
        (changed("texts/witness.json", "publisher", value="Another"), "texts/witness.json"),
        (changed("texts/base.json", "published_on", value="2020-01-01"), "texts/base.json"),
        (changed("texts/base.json", "sha256", value="0" * 64), "texts/base.json"),
        (changed("texts/base.json", "furniture", value=[1]), "texts/base.json"),
        (changed("texts/base.json", "captures", 0, "sha256", value="0" * 64), "captures/base-1.html"),
        (changed("texts/base.json", "captures", 0, "member", value=None), "captures/base-1.html"),
        ({**MEMBERS, "captures/base-1.html": b"Another page"}, "captures/base-1.html"),
        ({**MEMBERS, "captures/witness-1.html": b"Another page"}, "captures/witness-1.html"),
        ({**MEMBERS, "extra.txt": b"Another"}, "extra.txt"),
        (changed(CRATE, "@graph", 1, "name", value="Another"), CRATE),
        (changed(CRATE, "@graph", 1, "url", value="https://elsewhere.example/compare/a..b"), CRATE),
        (replaced(CRATE, '"version": "1.1"', '"version": "1.0"'), CRATE),
        (changed("notes.json", "notes", 0, "base", value="z" * 16), "notes.json"),
        (changed("notes.json", "notes", 0, "text", value="Nothing"), "comparison.html"),
        (changed("notes.json", "notes", value=[]), "comparison.html"),
        (replaced("comparison.html", "$345", "$999"), "comparison.html"),
        (replaced("comparison.html", "Look at “this”", "Look at that"), "comparison.html"),
        (replaced("comparison.html", "</main>", "<p>More</p></main>"), "comparison.html"),
        (replaced("readme.txt", "The Courier", "Another"), "readme.txt"),
        ({name: MEMBERS[name] for name in MEMBERS if name != "readme.txt"}, "readme.txt"),
    ],
)
def test_a_member_that_tells_of_something_else_is_named(members: dict[str, bytes], member: str) -> None:
    assert member in named(members)


@pytest.mark.parametrize("name", ["texts/base.json", "texts/witness.json", CRATE, "notes.json"])
def test_the_same_json_in_another_form_is_named(name: str) -> None:
    """Other programs take the first of two values of a key, or cannot read it at all."""
    content = MEMBERS[name]
    for other in (
        b"\xef\xbb\xbf" + content,
        content.decode().encode("utf-16"),
        content.replace(b"\n", b"\r\n"),
        content.removesuffix(b"\n"),
        content.replace(b"{\n", b'{\n "format": 2,\n "title": "Another",\n "@context": "x",\n', 1),
        content.replace(b"{\n", b'{\n "size": NaN,\n', 1),
    ):
        assert named({**MEMBERS, name: other}) == {name}


def test_a_value_that_variorum_does_not_state_is_named() -> None:
    for key, value in (("verdict", "Another"), ("format", 2)):
        assert "texts/witness.json" in named(changed("texts/witness.json", key, value=value)), key


@pytest.mark.parametrize("name", ["texts/base.json", "texts/witness.json", CRATE, "notes.json"])
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b"[" * 100_000,
        b"\xff",
        b'{"@graph": 1, "notes": 1}',
        b'{"@graph": [{}], "notes": [1]}',
    ],
)
def test_what_is_not_in_its_form_is_named(name: str, content: bytes) -> None:
    assert name in named({**MEMBERS, name: content})


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("texts/base.json", ("saved_at",)),
        ("texts/base.json", ("captures",)),
        ("texts/base.json", ("captures", 0)),
        ("texts/base.json", ("captures", 0, "captured_at")),
        ("texts/base.json", ("captures", 0, "member")),
        ("texts/base.json", ("number",)),
        (CRATE, ("@graph", 1, "url")),
        (CRATE, ("@graph", 1, "datePublished")),
        (CRATE, ("@graph", 1, "@id")),
        (CRATE, ("@context",)),
        ("notes.json", ("notes", 0, "base")),
        ("notes.json", ("notes", 0, "who")),
        ("notes.json", ("notes", 0, "written_at")),
    ],
)
def test_values_of_wrong_types_are_named_and_nothing_fails(name: str, keys: tuple[str | int, ...]) -> None:
    values: list[Any] = [None, 7, [], {}, [[]], float("inf"), "x" * 5_000, "\ud800", True]
    for value in values:
        assert named(changed(name, *keys, value=value)), value


def test_a_day_that_is_none_is_no_reason_to_fail() -> None:
    made = contents()
    side = replace(made.comparison.base, published_on="yesterday")
    other = replace(made, comparison=pipeline.compare(side, made.comparison.witness))
    assert named(packing.members(other)) == {"comparison.html"}


def test_a_page_of_very_many_notes_that_do_not_end_is_read_once() -> None:
    """Searching from each beginning to the end of the page would take hours."""
    flood = MEMBERS["comparison.html"] + b'<p class="note" dir="auto">' * 500_000
    assert "comparison.html" in named({**MEMBERS, "comparison.html": flood})


def test_of_a_file_by_another_version_it_is_said_what_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "__version__", "999.0")
    result = agreed(replaced("comparison.html", "$345", "$999"))
    assert result.faults == ()
    assert "another version of the program" in result.unknown[-1]
    monkeypatch.undo()
    monkeypatch.setattr(pipeline, "ENGINE", "999.0")
    assert "another version" in agreed(MEMBERS).unknown[-1]
    assert named(changed("texts/base.json", "title", value="Another")) == {"texts/base.json"}


def test_of_a_page_of_another_edition_it_is_said_that_it_is_not_known() -> None:
    earlier = replaced("comparison.html", "Variorum, page ", "Variorum, page 0")
    earlier["comparison.html"] = earlier["comparison.html"].replace(b"$345", b"$999")
    result = agreed(earlier)
    assert result.faults == ()
    assert "another version of the program" in result.unknown[-1]


WRITTEN = {1: "c1ba49d910f4f3f1f2c4fbf2d57017e3497d877b2b88057aba0727163e319c00"}
"""The SHA-256 of the page and the readme of the example's evidence file, by the edition of the page."""


def test_page_and_readme_change_with_their_edition_alone() -> None:
    """If this fails: raise ``offline_page.EDITION`` and add the digest, or ``verify`` accuses files made before.

    Where the comparison itself changed, and the engine with it, record the digest anew.
    """
    members = packing.members(replace(contents(), program="1.0.0"))
    page = members["comparison.html"].replace(pipeline.ENGINE.encode(), b"")
    readme = members["readme.txt"].replace(pipeline.ENGINE.encode(), b"")
    assert hashlib.sha256(page + readme).hexdigest() == WRITTEN[EDITION]


def test_the_verdict_says_what_does_not_agree_and_what_cannot_be_known(tmp_path: Path) -> None:
    def said(members: dict[str, bytes]) -> tuple[int, str]:
        rest = {name: content for name, content in members.items() if name != MANIFEST}
        (tmp_path / "case.zip").write_bytes(archive.write({**rest, MANIFEST: manifest_of(rest)}))
        target = io.StringIO()
        return verify(tmp_path / "case.zip", target), target.getvalue()

    code, text = said(MEMBERS)
    assert code == 0
    assert "Agrees with itself: yes." in text
    assert "when it was made and saved" in text
    code, text = said(changed("texts/base.json", "title", value="Another"))
    assert code == 4
    assert "Agrees with itself: NO." in text
    assert "texts/base.json: Its “title” is not that of comparison.json." in text


def test_of_very_many_faults_the_first_twenty_are_named(tmp_path: Path) -> None:
    many = {f"m{number:04}.txt": b"" for number in range(2_000)}
    (tmp_path / "case.zip").write_bytes(archive.write({**MEMBERS, **many}))
    target = io.StringIO()
    assert verify(tmp_path / "case.zip", target) == 1
    lines = target.getvalue().splitlines()
    assert f"It has {2_000 + len(MEMBERS):,} members" in lines[2]
    assert "  and 1,981 more, 2,001 in all" in lines
    assert len(lines) < 30
