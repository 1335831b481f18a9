"""One sequence of runs: each text is in it to the character, whatever moved, was split or is in one text only."""

from collections.abc import Sequence
from itertools import pairwise, permutations, product

from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.collation.model import Pins
from app.exports.variants import text_of, variants
from tests.unit.exports.exported import compared, seed_texts, seeds, side

WORDS = st.sampled_from(
    "the harbour was closed on Monday, after a storm 12 sank “two” boats. \u05d0\u05d1 a\u0301 😀".split()
)
PARAGRAPHS = st.lists(st.lists(WORDS, min_size=1, max_size=8).map(" ".join), min_size=1, max_size=6)


def as_lines(texts: Sequence[str]) -> str:
    return "".join(f"{text}\n" for text in texts)


@settings(max_examples=60, deadline=None)
@given(PARAGRAPHS, PARAGRAPHS)
@example(["One."], ["Two."])
@example(["One two three.", "Left out."], ["One two three."])
@example(["One two three."], ["One two three.", "Added."])
def test_each_text_is_what_remains_without_the_other(base: list[str], witness: list[str]) -> None:
    comparison = compared(side("a", base), side("b", witness))
    for shared_breaks in (True, False):
        runs = variants(comparison, shared_breaks=shared_breaks).runs
        assert text_of(runs, "base") == as_lines(base)
        assert text_of(runs, "witness") == as_lines(witness)
        assert runs[-1].whose == "both"
        assert runs[-1].text.endswith("\n")
    divided = zip(runs, runs[1:], runs[2:], strict=False)
    assert not any(
        before.whose == after.whose and lone == ("both", "\n") for before, lone, after in divided
    ), "nothing but a line feed of both is between two runs of one text"


def test_the_same_holds_of_the_seeds_and_of_rows_that_cross() -> None:
    for base, witness in pairwise(seed_texts().values()):
        runs = variants(compared(witness, base)).runs
        assert text_of(runs, "base") == as_lines(witness.paragraphs)
        assert text_of(runs, "witness") == as_lines(base.paragraphs)
    texts = ["The harbour was closed.", "A storm sank two boats.", "Nobody was hurt.", "Fishers met at noon."]
    for pairs in product(permutations(range(4), 2), repeat=2):
        if len({first for first, _ in pairs}) == len({second for _, second in pairs}) == 2:
            runs = variants(
                compared(side("a", texts), side("b", texts), Pins(together=tuple(sorted(pairs))))
            ).runs
            assert text_of(runs, "base") == text_of(runs, "witness") == as_lines(texts)


def test_what_both_have_is_a_run_of_both() -> None:
    runs = variants(seeds()).runs
    shared = sum(len(run.text) for run in runs if run.whose == "both")
    equal = sum(
        change.base[1] - change.base[0]
        for row in seeds().collation.rows
        if row.base and row.witness and not row.moved
        for change in row.changes
        if change.op == "equal"
    )
    assert shared >= equal


def test_a_finding_is_found_again_in_the_runs() -> None:
    comparison = seeds()
    shown = variants(comparison)
    stream = "".join(run.text for run in shown.runs)
    for row in comparison.collation.rows:
        for finding in row.findings:
            start, end = shown.place_of(row, finding)
            base = "\n".join(comparison.base.paragraphs[index] for index in row.base)
            words = base[slice(*finding.base)]
            assert 0 <= start < end <= len(stream)
            assert set(words) <= set(stream[start:end])
