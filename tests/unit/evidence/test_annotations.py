import json

from app.collation.model import Finding, Side
from app.evidence.annotations import _Text, annotations, base_url_of, written
from tests.unit.evidence.evidence_files import contents, seeds_contents


def test_each_finding_has_its_words_and_their_places_in_both_texts() -> None:
    made = contents()
    items = annotations(made.comparison, "https://variorum.example")
    (number,) = [item for item in items if item["body"][1]["value"] == "number"]
    assert number["id"].startswith(
        "https://variorum.example/compare/aaaaaaaaaaaaaaaa..bbbbbbbbbbbbbbbb/engine/"
    )
    assert number["id"].endswith("finding=4")
    words = {target["source"]: target["selector"][0]["exact"] for target in number["target"]}
    assert words == {"texts/base.txt": "$345 million", "texts/witness.txt": "$354 million"}


def test_the_words_are_where_the_position_says_in_the_seeds() -> None:
    comparison = seeds_contents().comparison
    document = json.loads(written(comparison, "https://variorum.example"))
    texts = {
        f"texts/{name}.txt": "\n".join(side.paragraphs)
        for name, side in (("base", comparison.base), ("witness", comparison.witness))
    }
    assert document["total"] == sum(len(row.findings) for row in comparison.collation.rows) > 10
    for item in document["first"]["items"]:
        for target in item["target"]:
            quote, position = target["selector"]
            text, start, end = texts[target["source"]], position["start"], position["end"]
            assert text[start:end] == quote["exact"]
            assert text[:start].endswith(quote["prefix"])
            assert text[end:].startswith(quote["suffix"])
            assert len(quote["prefix"]) == min(32, start)
            assert len(quote["suffix"]) == min(32, len(text) - end)
    assert base_url_of(written(comparison, "https://variorum.example")) == "https://variorum.example"


def test_a_span_over_paragraphs_that_are_not_neighbours_has_several_places() -> None:
    text = _Text(Side("r", "t", ("one", "two", "three", "four")))
    spans = [
        [
            (s["start"], s["end"])
            for _, s in (target["selector"] for target in text.targets("x", indices, span))
        ]
        for indices, span in (((0, 2), (1, 6)), ((0, 1), (1, 6)), ((1, 2), (3, 3)), ((0, 2), (4, 4)))
    ]
    assert spans == [[(1, 3), (8, 10)], [(1, 6)], [(7, 7)], [(8, 8)]]


def test_findings_count_code_points() -> None:
    text = _Text(Side("r", "t", ("\U0001f600 345 men",)))
    (target,) = text.targets("x", (0,), Finding("number", (2, 5), (0, 0), "", "").base)
    assert target["selector"][0]["exact"] == "345"
