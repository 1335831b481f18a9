"""Tracked changes: accepted they are the witness, rejected the base, read from the XML and by LibreOffice."""

import io
import shutil
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from app.collation.model import Comparison, Pins
from app.exports.formats.word import word_file
from app.exports.record import Remark
from bench.tracked_changes import read_back
from tests.unit.exports.exported import (
    HOSTILE,
    HOSTILE_TEXT,
    MOMENT,
    compared,
    export,
    seed_texts,
    seeds,
    side,
)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CROSSED = Pins(together=((0, 2), (1, 3), (2, 0), (3, 1)))
TEXTS = ["The harbour was closed.", "A storm sank two boats.", "Nobody was hurt.", "Fishers met at noon."]


def part(file: bytes, name: str) -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(file)).read(name))


def settled(file: bytes, gone: str) -> list[str]:
    """Return the paragraphs of a Word file without what is ``gone``: ``del`` where all is accepted, ``ins`` where not.

    A paragraph whose mark is gone goes on in the next one.
    """
    texts, text = [], ""
    for paragraph in part(file, "word/document.xml").iter(f"{W}p"):
        for run in paragraph.iter(f"{W}t", f"{W}delText", f"{W}tab"):
            if not any(parent.tag == W + gone for parent in run.iterancestors()):
                text += "\t" if run.tag == f"{W}tab" else run.text or ""
        if paragraph.find(f"{W}pPr/{W}rPr/{W}{gone}") is None:
            texts.append(text)
            text = ""
    assert text == "", "the last paragraph's mark stays"
    return texts


def several() -> Iterator[Comparison]:
    """Yield pairs in which paragraphs are reworded, added and left out at both ends, moved, merged."""
    yield seeds()
    yield compared(seed_texts()["repost"], seed_texts()["atlas"])
    yield compared(side("a", TEXTS), side("b", TEXTS), CROSSED)
    yield compared(side("a", ["One."]), side("b", ["Two words.", "Three of them."]))
    yield compared(side("a", [*TEXTS, "Left out."]), side("b", ["Added.", *TEXTS]))
    yield compared(
        side("a", ["Tab\there <&> “x” \u05e9\u05dc\u05d5\u05dd."]), side("b", ["Tab\tthere <&> 😀."])
    )


def test_accepted_it_is_the_witness_and_rejected_the_base() -> None:
    for comparison in several():
        file = word_file(export(comparison))
        assert settled(file, "del") == list(comparison.witness.paragraphs)
        assert settled(file, "ins") == list(comparison.base.paragraphs)
        assert file == word_file(export(comparison)), "the same comparison gives the same bytes"


def test_a_paragraph_before_the_headline_is_inserted_whole() -> None:
    comparison = compared(
        side("a", TEXTS), side("b", ["Connect with us", TEXTS[0].replace("The", "A"), *TEXTS[1:]])
    )
    first = part(word_file(export(comparison)), "word/document.xml").find(f".//{W}p")
    assert first is not None
    assert first.find(f"{W}pPr/{W}rPr/{W}ins") is not None
    assert first.find(f"{W}del") is None


def test_libreoffice_reads_the_same(tmp_path: Path) -> None:
    if not shutil.which("soffice"):
        pytest.skip(
            "LibreOffice is missing: apt install libreoffice-writer, then python -m bench.tracked_changes"
        )
    expected: dict[Path, tuple[Sequence[str], Sequence[str]]] = {}
    for number, comparison in enumerate(several()):
        path = tmp_path / f"{number}.docx"
        path.write_bytes(word_file(export(comparison)))
        expected[path] = list(comparison.witness.paragraphs), list(comparison.base.paragraphs)
    assert read_back(list(expected)) == expected


def test_changes_and_comments_are_dated_by_the_comparison() -> None:
    file = word_file(export(seeds()))
    document = part(file, "word/document.xml")
    changes = [*document.iter(f"{W}ins", f"{W}del"), *part(file, "word/comments.xml")]
    assert {change.get(f"{W}author") for change in changes} == {"Variorum"}
    assert {change.get(f"{W}date") for change in changes} == {"2024-02-06T09:07:00Z"}
    ids = [change.get(f"{W}id") for change in document.iter(f"{W}ins", f"{W}del")]
    assert len(ids) == len(set(ids))


def test_findings_and_notes_are_comments_on_their_words() -> None:
    row = next(row for row in seeds().collation.rows if row.findings)
    note = Remark(row.number, 1, "Asked the ministry.\nNo answer.", "check", "Ann", MOMENT)
    file = word_file(replace(export(seeds()), remarks=[note]))
    comments = {
        comment.get(f"{W}id"): "\n".join("".join(line.itertext()) for line in comment)
        for comment in part(file, "word/comments.xml")
    }
    assert any("check: Asked the ministry.\nNo answer." in text for text in comments.values())
    assert any("https://variorum.example/compare/" in text for text in comments.values())
    document = part(file, "word/document.xml")
    for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        assert sorted(mark.get(f"{W}id") for mark in document.iter(W + tag)) == sorted(comments)
    open_now: set[str] = set()
    spans = dict.fromkeys(comments, "")
    for element in document.iter():
        if element.tag == f"{W}commentRangeStart":
            open_now.add(element.get(f"{W}id"))
        elif element.tag == f"{W}commentRangeEnd":
            open_now.remove(element.get(f"{W}id"))
        for number in open_now:
            spans[number] += (element.text or "") if element.tag in (f"{W}t", f"{W}delText") else ""
    assert all(spans.values())
    assert any("the Chinese side" in span for span in spans.values())


def test_hostile_words_make_a_file_that_opens() -> None:
    base, witness = (
        side(name, [HOSTILE_TEXT + name, "One."], title=HOSTILE, publisher=HOSTILE + name) for name in "ab"
    )
    file = word_file(export(compared(base, witness)))
    for name in zipfile.ZipFile(io.BytesIO(file)).namelist():
        part(file, name)
    assert "\ufffd" in settled(file, "del")[0]
