"""What a reader must see in the five seed articles."""

from itertools import permutations
from typing import get_args

import pytest

from app.collation import pipeline, quotations
from app.collation.model import Comparison, Finding, FindingKind, Side
from tests.golden.seeds import sides

SEEDS = sides()
QUIET = {"typography", "wording"}


def _compared(base: str, witness: str) -> Comparison:
    return pipeline.compare(SEEDS[base], SEEDS[witness])


def _findings(comparison: Comparison, kind: str) -> list[tuple[str, str, Finding]]:
    """Return the findings of a kind with the texts they mark on both sides."""
    findings = []
    for row in comparison.collation.rows:
        base = "\n".join(comparison.base.paragraphs[index] for index in row.base)
        witness = "\n".join(comparison.witness.paragraphs[index] for index in row.witness)
        findings += [
            (base[slice(*f.base)], witness[slice(*f.witness)], f) for f in row.findings if f.kind == kind
        ]
    return findings


def test_newsweek_and_its_repost_are_eighteen_pairs() -> None:
    rows = _compared("newsweek", "repost").collation.rows
    assert [(row.base, row.witness) for row in rows if row.base and row.witness] == [
        ((n,), (n + 1,)) for n in range(18)
    ]
    assert [row.witness for row in rows if row.kind == "added"] == [(0,)]
    assert [row.base for row in rows if row.kind == "omitted"] == [(n,) for n in range(18, 35)]


def test_exactly_three_quotations_are_reworded_inside_their_marks() -> None:
    dong, readout, wang = _findings(_compared("newsweek", "repost"), "quotation")
    assert dong[0].startswith('"In recent years')
    assert dong[1].endswith("cooperation with Russia,”")
    assert "“put pressure on” → “put forward pressure from”" in dong[2].says
    assert readout[0] == '"exchanged views on international and regional issues of common interest,"'
    assert readout[2].says == "reworded inside quotation marks: “interest” → “concern”"
    assert wang[0].startswith("\"China's position")
    assert "strive to cool down" in wang[2].says


def test_the_three_others_are_quoted_unchanged() -> None:
    findings = " ".join(base for base, _, _ in _findings(_compared("newsweek", "repost"), "quotation"))
    for unchanged in (
        "do not form a military bloc",
        "closest and most fruitful cooperation",
        "best in history",
    ):
        assert unchanged not in findings


def test_nothing_else_differs() -> None:
    assert set(_compared("newsweek", "repost").collation.summary.findings) == {"quotation"} | QUIET


def test_swapped_sides_give_the_same_findings_mirrored() -> None:
    forward, back = _compared("newsweek", "repost"), _compared("repost", "newsweek")
    for kind in get_args(FindingKind):
        assert [(base, witness) for base, witness, _ in _findings(forward, kind)] == [
            (base, witness) for witness, base, _ in _findings(back, kind)
        ]
    assert forward.collation.summary.base_in_witness == back.collation.summary.witness_in_base


def test_nearly_all_of_the_repost_is_in_newsweek() -> None:
    comparison = _compared("newsweek", "repost")
    assert comparison.collation.summary.witness_in_base > 0.99
    assert comparison.collation.summary.base_in_witness == 1.0  # page furniture apart
    assert (comparison.base.label, comparison.witness.label) == (
        "Newsweek",
        "“Chinese defense chief offers…”",
    )


def test_wang_s_sentence_is_unchanged_in_the_world_socialist_web_site() -> None:
    findings = _findings(_compared("newsweek", "wsws"), "quotation")
    assert all("China's position on the Ukraine crisis" not in base for base, _, _ in findings)


@pytest.mark.parametrize(("base", "witness"), list(permutations(sorted(SEEDS), 2)))
def test_every_pair_is_compared_and_each_paragraph_is_in_one_row(base: str, witness: str) -> None:
    rows = _compared(base, witness).collation.rows
    for side, text in (("base", SEEDS[base]), ("witness", SEEDS[witness])):
        assert sorted(index for row in rows for index in getattr(row, side)) == list(
            range(len(text.paragraphs))
        )


@pytest.mark.parametrize(
    ("seed", "furniture"),
    [
        ("newsweek", range(18, 35)),  # from "Uncommon Knowledge" on
        ("repost", [0]),  # date ... Connect with us
        ("warsaw", [0, *range(4, 9)]),  # date and author; from "Support Us" on
        ("wsws", [1, 27, 28]),  # author and date; "To contact the WSWS"
        ("atlas", range(1, 5)),  # the author twice, the note on him, "More From Me"
    ],
)
def test_boilerplate_is_distinguished_from_the_article(seed: str, furniture: range | list[int]) -> None:
    assert SEEDS[seed].furniture == tuple(furniture)


def test_the_photo_s_caption_is_part_of_the_article() -> None:
    side: Side = SEEDS["newsweek"]
    captions = [index for index, text in enumerate(side.paragraphs) if "shaking hands" in text]
    assert captions
    assert not set(captions) & set(side.furniture)


def test_the_quotations_of_each_article_are_found() -> None:
    counts = {name: len(quotations.find(side.paragraphs)) for name, side in SEEDS.items()}
    assert counts == {"newsweek": 6, "repost": 6, "atlas": 5, "warsaw": 4, "wsws": 16}
