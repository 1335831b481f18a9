"""TEI and CollateX: each text is rebuilt from the file, byte for byte."""

import json
from collections.abc import Iterator, Sequence

from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from app.collation.model import Comparison
from app.exports.formats.collatex import collatex_table
from app.exports.formats.tei import NAMESPACE, tei_file
from tests.unit.exports.exported import HOSTILE, HOSTILE_TEXT, compared, export, seed_texts, seeds, side

TEI = f"{{{NAMESPACE}}}"
CHARACTERS = st.characters(
    exclude_categories=["Cs"], exclude_characters="\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
)
WORDS = st.sampled_from(
    "the harbour was closed on Monday, “two” <b> &amp; \u05d0\u05d1 a\u0301 😀 \x01".split(" ")
)
PARAGRAPHS = st.lists(
    st.lists(WORDS | st.text(CHARACTERS, min_size=1, max_size=6), min_size=1, max_size=6).map(" ".join),
    min_size=1,
    max_size=5,
)


def of_tei(file: bytes, witness: str) -> list[str]:
    """Return the paragraphs of one witness, by the rule that the file's documentation states."""
    texts = [""]

    def read(element: etree._Element) -> None:
        if element.tag == f"{TEI}rdg" and element.get("wit") != f"#{witness}":
            return
        if element.tag == f"{TEI}g":
            texts[-1] += chr(int(element.get("n").removeprefix("U+"), 16))
        if element.tag == f"{TEI}milestone":
            texts.append("")
        texts[-1] += element.text or ""
        for child in element:
            read(child)
            texts[-1] += child.tail or ""

    for paragraph in etree.fromstring(file).iterfind(f".//{TEI}body/{TEI}p"):
        read(paragraph)
        texts.append("")
    return texts[:-1]


def of_collatex(file: bytes) -> Iterator[list[str]]:
    """Yield the paragraphs of each witness."""
    document = json.loads(file)
    columns = {len(row) for row in document["table"]}
    assert columns == {len(document["status"])}
    for row in document["table"]:
        yield "".join(token["t"] for cell in row if cell for token in cell).removesuffix("\n").split("\n")


def check(comparison: Comparison) -> None:
    expected: list[Sequence[str]] = [list(comparison.base.paragraphs), list(comparison.witness.paragraphs)]
    tei = tei_file(export(comparison))
    assert [of_tei(tei, "base"), of_tei(tei, "witness")] == expected
    assert list(of_collatex(collatex_table(export(comparison)))) == expected


@settings(max_examples=60, deadline=None)
@given(PARAGRAPHS, PARAGRAPHS)
@example([HOSTILE_TEXT], [HOSTILE_TEXT + "x"])
@example(["One.", "Left out."], ["One."])
def test_each_text_is_rebuilt(base: list[str], witness: list[str]) -> None:
    check(compared(side("a", base, HOSTILE, HOSTILE), side("b", witness, HOSTILE)))


def test_the_seeds_are_rebuilt() -> None:
    check(seeds())
    check(compared(seed_texts()["wsws"], seed_texts()["atlas"]))


def test_tei_states_the_witnesses_and_the_findings() -> None:
    root = etree.fromstring(tei_file(export(seeds())))
    witnesses = root.findall(f".//{TEI}witness")
    assert [witness.get("{http://www.w3.org/XML/1998/namespace}id") for witness in witnesses] == [
        "base",
        "witness",
    ]
    assert witnesses[0].findtext(f".//{TEI}publisher") == "Newsweek"
    assert {note.get("subtype") for note in root.iter(f"{TEI}note")} == {"quotation"}


def test_collatex_puts_readings_of_one_place_into_one_column() -> None:
    comparison = compared(side("a", ["It costs four in Oslo."]), side("b", ["It costs five in Oslo."]))
    base, witness = json.loads(collatex_table(export(comparison)))["table"]
    assert [token["t"] for token in base[1]] == ["four"]
    assert [token["t"] for token in witness[1]] == ["five"]
    assert base[0] == witness[0]
