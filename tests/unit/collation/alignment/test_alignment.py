"""Each behaviour of the alignment, on a short made-up story."""

from collections.abc import Sequence

import pytest

from app.collation.alignment import align
from app.collation.model import AlignedRow

STORY = [
    "Harbour bridge to close for repairs",
    "The council will close the harbour bridge for six weeks from Monday, engineers said. Ferries will carry "
    "passengers across the water while the work goes on.",
    "Shop owners on the northern quay fear that customers will stay away. Several have asked for lower rents.",
    "Mayor Ingrid Solheim promised that the bridge would open again before the summer festival.",
    "Rust was found in the main cables in February, when divers looked at the piers for the first time in ten years.",
]

REWORDED = [
    "Bridge at the harbour to be closed for repair work",
    "From Monday the harbour bridge will be closed by the council for six weeks, according to engineers. Passengers "
    "will be carried across the water by ferries during the work.",
    "Owners of shops on the northern quay are afraid that customers stay away. Several asked for rents to be lowered.",
    "The bridge would be open again before the summer festival, Mayor Ingrid Solheim promised.",
    "In February rust was found in the main cables, when divers inspected the piers for the first time in ten years.",
]

ELSEWHERE = [
    "Chess federation names its team for the olympiad",
    "Three grandmasters who sat out last autumn return, and a girl of fourteen plays on the second board.",
    "Their trainer expects a medal but would not say of what colour.",
]


def pairs(rows: Sequence[AlignedRow]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(row.base, row.witness) for row in rows]


def linked(rows: Sequence[AlignedRow]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(row.base, row.witness) for row in rows if row.base and row.witness]


def test_a_text_against_itself_pairs_every_paragraph_with_itself() -> None:
    assert [(row.base, row.witness, row.similarity) for row in align(STORY, STORY)] == [
        ((i,), (i,), 1.0) for i in range(len(STORY))
    ]


def test_nothing_against_a_text_gives_one_sided_rows() -> None:
    assert pairs(align([], STORY[:2])) == [((), (0,)), ((), (1,))]
    assert pairs(align(STORY[:2], [])) == [((0,), ()), ((1,), ())]
    assert align([], []) == ()


def test_reworded_paragraphs_share_rows_and_so_do_headlines() -> None:
    rows = align(STORY, REWORDED)
    assert pairs(rows) == [((i,), (i,)) for i in range(len(STORY))]
    assert all(0.35 < row.similarity < 1 for row in rows)
    assert not any(row.moved for row in rows)


def test_a_paragraph_in_two_pieces_is_one_row() -> None:
    head, tail = REWORDED[1].split(". ")
    witness = [REWORDED[0], f"{head}.", tail, *REWORDED[2:]]
    assert ((1,), (1, 2)) in pairs(align(STORY, witness))
    assert ((1, 2), (1,)) in pairs(align(witness, STORY))


def test_the_pieces_of_a_paragraph_need_not_be_adjacent() -> None:
    head, tail = REWORDED[1].split(". ")
    witness = [REWORDED[0], f"{head}.", "Sign up for our morning letter", tail, *REWORDED[2:]]
    rows = align(STORY, witness)
    assert ((1,), (1, 3)) in pairs(rows)
    assert ((), (2,)) in pairs(rows)


def test_headlines_pair_although_the_other_lead_repeats_more_of_one() -> None:
    base = [
        "Severn defeated Avon in a penalty shootout",
        "Severn's hockey players beat Avon in a penalty shootout in a regular season match of the Harbour Hockey "
        "League. The meeting in Bristol concluded with a score of 4:3 in the hosts' favor.",
    ]
    witness = [
        "Severn beat Avon on bulls",
        "Severn in a series of bullets defeated Avon in the regular championship match of the Harbour Hockey League. "
        "The match in Bristol ended with a score of 4:3 in favor of the owners of the site.",
    ]
    assert pairs(align([*base, *STORY[2:]], [*witness, *REWORDED[2:]]))[:2] == [((0,), (0,)), ((1,), (1,))]


def test_a_short_line_joins_the_row_of_the_line_it_leads_into() -> None:
    witness = [*REWORDED[:3], "And then there was this:", *REWORDED[3:]]
    assert ((3,), (3, 4)) in pairs(align(STORY, witness))
    assert ((3, 4), (3,)) in pairs(align(witness, STORY))
    alone = [*REWORDED[:3], "And then there was this.", *REWORDED[3:]]
    assert ((), (3,)) in pairs(align(STORY, alone))


@pytest.mark.parametrize("line", ["Read more:", "-----", "Of this " + "and of that " * 9 + "he said:"])
def test_a_call_to_the_reader_a_rule_and_a_long_line_lead_into_nothing(line: str) -> None:
    assert ((), (3,)) in pairs(align(STORY, [*REWORDED[:3], line, *REWORDED[3:]]))


def test_a_line_before_an_equal_paragraph_leaves_that_a_row_of_its_own() -> None:
    assert ((3,), (4,)) in pairs(align(STORY, [*STORY[:3], "And then there was this:", *STORY[3:]]))


def test_a_line_between_two_parts_of_a_paragraph_that_has_room_for_it_is_a_part_too() -> None:
    head, tail = REWORDED[1].split(". ")
    split_paragraph = STORY[1].replace(
        "said. ", 'said. Asked whether that could be so, the mayor nodded and added: "Yes." '
    )
    base = [STORY[0], split_paragraph, *STORY[2:]]
    assert ((1,), (1, 2, 3)) in pairs(align(base, [REWORDED[0], f"{head}.", '"Quite."', tail, *REWORDED[2:]]))
    full = pairs(align(STORY, [REWORDED[0], f"{head}.", '"Quite."', tail, *REWORDED[2:]]))
    assert ((1,), (1, 3)) in full
    assert ((), (2,)) in full


def test_boilerplate_is_not_merged_into_a_paragraph_that_shares_its_words() -> None:
    for line, row in (
        ("Get our newsletter while the repairs go on", ((), (2,))),
        ("Get our tickets while the repairs go on", ((1,), (1, 2))),
    ):
        assert row in pairs(align(STORY, [*REWORDED[:2], line, *REWORDED[2:]]))


def test_sentences_that_crossed_a_paragraph_s_end_make_one_row_of_several_to_several() -> None:
    closing, ferries = REWORDED[1].split(". ")
    owners, rents = REWORDED[2].split(". ")
    witness = [REWORDED[0], f"{closing}. {ferries} {owners}.", rents, *REWORDED[3:]]
    assert ((1, 2), (1, 2)) in pairs(align(STORY, witness))


def test_a_moved_paragraph_is_linked_and_named_in_its_base_place() -> None:
    witness = [*REWORDED[:1], *REWORDED[2:4], REWORDED[1], REWORDED[4]]
    rows = align(STORY, witness)
    assert linked(rows) == [((0,), (0,)), ((1,), (3,)), ((2,), (1,)), ((3,), (2,)), ((4,), (4,))]
    assert [row.base for row in rows if row.moved] == [(1,)]


def test_of_a_long_and_two_short_paragraphs_that_changed_places_the_long_one_moved() -> None:
    rows = align(STORY, [STORY[0], STORY[2], STORY[3], STORY[1], STORY[4]])
    assert [row.base for row in rows if row.moved] == [(1,)]


def test_paragraphs_in_the_opposite_order_are_all_found() -> None:
    rows = align(STORY, REWORDED[::-1])
    assert linked(rows) == [((i,), (4 - i,)) for i in range(5)]
    assert sum(row.moved for row in rows) == 4


def test_a_block_that_moved_is_linked_paragraph_by_paragraph() -> None:
    story = [*STORY, *ELSEWHERE]
    reworded = [*ELSEWHERE[:2], *REWORDED, ELSEWHERE[2]]
    rows = align(story, reworded)
    assert [(row.base, row.witness) for row in rows if row.moved] == [((5,), (0,)), ((6,), (1,))]
    assert len(linked(rows)) == len(story)


def test_texts_that_share_nothing_stay_apart() -> None:
    assert linked(align(STORY, ELSEWHERE)) == []
    assert pairs(align(STORY[:1], ELSEWHERE[:1])) == [((), (0,)), ((0,), ())]


def test_long_paragraphs_without_a_sentence_in_common_stay_apart() -> None:
    assert linked(align([" ".join(STORY * 3)], [" ".join(ELSEWHERE * 3)])) == []


def test_omitted_and_added_paragraphs_follow_the_row_before_them() -> None:
    witness = [ELSEWHERE[0], REWORDED[0], REWORDED[1], ELSEWHERE[1], REWORDED[3], REWORDED[4], ELSEWHERE[2]]
    assert pairs(align(STORY, witness)) == [
        ((), (0,)), ((0,), (1,)), ((1,), (2,)), ((), (3,)), ((2,), ()), ((3,), (4,)), ((4,), (5,)), ((), (6,)),
    ]  # fmt: skip


def test_a_text_that_contains_another_whole_has_it_in_order() -> None:
    around = [f"Reader letter {number}: {ELSEWHERE[number % 3]}" for number in range(9)]
    rows = align(STORY, [*around[:5], *REWORDED, *around[5:]])
    assert linked(rows) == [((i,), (5 + i,)) for i in range(len(STORY))]
    assert all(row.witness for row in rows)


def test_a_copy_under_another_title_differs_in_its_title_alone() -> None:
    rows = align(STORY, ["Why nobody crosses the water this spring", *STORY[1:]])
    assert linked(rows) == [((i,), (i,)) for i in range(1, len(STORY))]


def test_a_further_copy_of_a_paragraph_names_the_row_that_holds_the_first() -> None:
    rows = align(STORY, [*STORY, STORY[3]])
    assert rows[-1] == AlignedRow((), (5,), 0.0, repeats=((3,), (3,)))
    turned = align([*STORY, STORY[3]], STORY)
    assert turned[-1] == AlignedRow((5,), (), 0.0, repeats=((3,), (3,)))


def test_lines_that_occur_as_often_on_both_sides_pair_up() -> None:
    furniture = ["Advertisement", "•", "***", "Advertisement", "7", "•", "7"]
    base = [STORY[0], *furniture, STORY[1]]
    witness = [REWORDED[0], *furniture, REWORDED[1]]
    assert linked(align(base, witness)) == [((i,), (i,)) for i in range(len(base))]


@pytest.mark.parametrize("line", ["•", "7", "说", "Read more", "\u200b", "́"])
def test_equal_lines_are_linked_wherever_they_are(line: str) -> None:
    rows = align([line, *STORY], [*REWORDED, line])
    assert ((0,), (5,)) in linked(rows)
    assert next(row for row in rows if row.base == (0,)).similarity == 1.0


def test_typography_and_case_do_not_separate_equal_lines() -> None:
    rows = align(["‘Yes’ – she said"], ["'YES'  - she said"])
    assert [(row.base, row.witness, row.similarity) for row in rows] == [((0,), (0,), 1.0)]


def test_scripts_without_spaces_are_aligned_like_any_other() -> None:
    base = [
        "市议会将从星期一起关闭港口大桥六个星期。",
        "商店老板担心顾客不会再来。",
        "市长答应大桥会在夏天以前重新开放。",
    ]
    witness = ["广告", "从星期一开始,市议会将把港口大桥关闭六周。", "市长承诺,大桥将在夏天前重新开放。"]
    assert linked(align(base, witness)) == [((0,), (1,)), ((2,), (2,))]


def test_pairs_are_scored_to_six_decimals() -> None:
    assert all(row.similarity == round(row.similarity, 6) for row in align(STORY, REWORDED))
