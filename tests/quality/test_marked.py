import re
from itertools import pairwise

import pytest

from tests.quality import marked
from tests.quality.scoring import token_spans

PAIRS = marked.read(marked.PAIRS.read_text(encoding="utf-8"))


def test_there_are_enough_pairs_of_every_heading() -> None:
    headings = {pair.heading for pair in PAIRS}
    assert len(PAIRS) >= 160
    assert all(sum(pair.heading == heading for pair in PAIRS) >= 5 for heading in headings)


def test_no_pair_occurs_twice() -> None:
    assert len({(pair.base, pair.witness) for pair in PAIRS}) == len(PAIRS)


def test_only_the_pairs_headed_the_same_are_the_same() -> None:
    assert {pair.heading for pair in PAIRS if pair.base == pair.witness} == {"the same"}
    assert all(pair.base == pair.witness for pair in PAIRS if pair.heading == "the same")


def test_both_sides_read_as_printed_sentences() -> None:
    for pair in PAIRS:
        for text in (pair.base, pair.witness):
            assert text == text.strip(), pair.line
            assert not re.search(r"  | [,.;?]|[A-Z]{2}[a-z]|\.\.", text), pair.line


def test_no_mark_cuts_a_word() -> None:
    for pair in PAIRS:
        for marking in pair.markings:
            for side, text in (("base", pair.base), ("witness", pair.witness)):
                bounds = {bound for change in marking for bound in getattr(change, side)}
                cut = [text[s:e] for s, e in token_spans(text) if any(s < bound < e for bound in bounds)]
                assert not cut, f"line {pair.line}: {cut}"


def test_a_kept_word_or_mark_separates_two_edits() -> None:
    for pair in PAIRS:
        for marking in pair.markings:
            edits = [change for change in marking if not change.typography]
            for edit, next_edit in pairwise(edits):
                assert pair.base[edit.base[1] : next_edit.base[0]].strip(), pair.line


def test_text_between_marks_is_the_same_on_both_sides() -> None:
    for pair in PAIRS:
        for marking in pair.markings:
            unmarked = [_without(pair.base, [change.base for change in marking])]
            unmarked.append(_without(pair.witness, [change.witness for change in marking]))
            assert unmarked[0] == unmarked[1], pair.line


def test_the_marks_in_a_line_give_both_sides_and_the_edits() -> None:
    base, witness, edits = marked.parse('[~"~]{~“~}[-Two-]{+Three+}[- of-] us {+all +}go.')
    assert base == '"Two of us go.'
    assert witness == "“Three us all go."
    assert [(edit.op, edit.base, edit.witness, edit.typography) for edit in edits] == [
        ("replace", (0, 1), (0, 1), True),
        ("replace", (1, 4), (1, 6), False),
        ("delete", (4, 7), (6, 6), False),
        ("insert", (11, 11), (10, 14), False),
    ]


def test_headings_comments_and_alternatives_are_distinguished_from_pairs() -> None:
    text = "# a comment\n\n## moved\n{+now +}we go[- now-].\nor: [-we go -]now{+ we go+}.\n"
    pairs = marked.read(text)
    assert [(pair.heading, pair.line, len(pair.markings)) for pair in pairs] == [("moved", 4, 2)]


@pytest.mark.parametrize(
    "line", ["He [-went home.", "He went-] home.", "He {+went home.", "He [~a~]{+b+} c."]
)
def test_a_mark_without_its_partner_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="line 7: a mark without its partner"):
        marked.parse(line, 7)


def test_an_edit_that_changes_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="changes nothing"):
        marked.parse("He [-went-]{+went+} home.")


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    pieces, at = [], 0
    for start, end in sorted(spans):
        pieces.append(text[at:start])
        at = end
    return "".join([*pieces, text[at:]])
