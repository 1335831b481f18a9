from app.collation.model import Change
from tests.quality.bibles import GoldRow
from tests.quality.scoring import Tally, found_by_kind, is_partition, score_rows, score_words

GOLD = [
    GoldRow("split", (0,), (0, 1)),
    GoldRow("edited", (1,), (3,), moved=True),
    GoldRow("same", (2,), (2,)),
    GoldRow("omitted", (3,), ()),
]
LINKS = {(0, 0), (0, 1), (1, 3), (2, 2)}


def test_rows_that_agree_score_one() -> None:
    score = score_rows(GOLD, GOLD, LINKS)
    assert score.links == Tally(4, 4, 4)
    assert score.rows == Tally(4, 4, 4)
    assert score.moved == Tally(1, 1, 1)


def test_a_split_reported_as_a_pair_and_an_addition_scores_one_link_and_no_row() -> None:
    answer = [GoldRow("edited", (0,), (0,)), GoldRow("added", (), (1,)), *GOLD[1:]]
    score = score_rows(answer, GOLD, LINKS)
    assert score.links == Tally(3, 3, 4)
    assert score.rows == Tally(3, 5, 4)
    assert score.rows.f1 == 6 / 9


def test_a_row_of_several_against_several_is_charged_for_the_links_that_share_no_text() -> None:
    rows = [GoldRow("regrouped", (0, 1), (0, 1))]
    score = score_rows(rows, rows, {(0, 0), (0, 1), (1, 1)})
    assert score.links == Tally(3, 4, 3)
    assert score.rows == Tally(1, 1, 1)


def test_a_row_found_but_not_called_moved_counts_as_a_row_and_not_as_moved() -> None:
    answer = [GOLD[0], GoldRow("edited", (1,), (3,)), GoldRow("same", (2,), (2,), moved=True), GOLD[3]]
    score = score_rows(answer, GOLD, LINKS)
    assert score.rows == Tally(4, 4, 4)
    assert score.moved == Tally(0, 1, 1)
    assert score.moved.f1 == 0.0


def test_a_row_of_another_kind_is_not_a_hit() -> None:
    answer = [GoldRow("same", (1,), (3,), moved=True), GOLD[2]]
    kinds = found_by_kind(answer, GOLD)
    assert kinds["edited"] == Tally(0, 0, 1)
    assert kinds["same"] == Tally(1, 2, 1)
    assert kinds["moved"] == Tally(1, 1, 1)


def test_a_missing_repeated_or_unknown_paragraph_breaks_the_partition() -> None:
    assert is_partition(GOLD, 4, 4)
    assert not is_partition(GOLD[1:], 4, 4)
    assert not is_partition([*GOLD, GoldRow("omitted", (3,), ())], 4, 4)
    assert not is_partition(GOLD, 4, 3)


BASE, WITNESS = "It will cut aid in May.", "It may end the aid in June."
CUT_TO_END = Change("replace", (3, 11), (3, 14))
IN_JUNE = Change("replace", (19, 22), (22, 26))


def test_words_score_by_token_on_both_sides_and_by_whole_edit() -> None:
    """Given: will -> may, cut -> end the, May -> June. Wanted: will cut -> may end the, May -> June."""
    answer = [Change("replace", (3, 7), (3, 6)), Change("replace", (8, 11), (7, 14)), IN_JUNE]
    score = score_words(BASE, WITNESS, answer, [[CUT_TO_END, IN_JUNE]])
    assert score.tokens == Tally(7, 7, 7)
    assert score.edits == Tally(1, 3, 2)


def test_words_score_against_the_marking_that_agrees_best() -> None:
    apart = [Change("replace", (3, 7), (3, 6)), Change("replace", (8, 11), (7, 14)), IN_JUNE]
    score = score_words(BASE, WITNESS, apart, [[CUT_TO_END, IN_JUNE], apart])
    assert score.edits == Tally(3, 3, 3)


def test_sentences_not_laid_side_by_side_are_marked_whole_without_an_edit() -> None:
    answer = [Change("delete", (0, 23), (0, 0)), Change("insert", (0, 0), (0, 27))]
    score = score_words(BASE, WITNESS, answer, [[CUT_TO_END, IN_JUNE]], together=False)
    assert score.tokens == Tally(7, 15, 7)
    assert score.edits == Tally(0, 0, 2)


def test_half_a_word_marked_counts_as_the_word_and_white_space_as_nothing() -> None:
    answer = [Change("delete", (7, 8), (6, 6)), Change("replace", (20, 22), (23, 26))]
    score = score_words(BASE, WITNESS, answer, [[IN_JUNE]])
    assert score.edits == Tally(1, 1, 1)
    assert score.tokens == Tally(2, 2, 2)


def test_typography_is_scored_among_the_edits_marked_as_such() -> None:
    quote = Change("replace", (0, 1), (0, 1), typography=True)
    word = Change("replace", (1, 3), (1, 3))
    score = score_words('"Go', "“So", [quote, word], [[quote, word]])
    assert score.typography == Tally(1, 1, 1)
    called = Change("replace", (1, 3), (1, 3), typography=True)
    assert score_words('"Go', "“So", [quote, called], [[quote, word]]).typography == Tally(1, 2, 1)


def test_an_equal_run_touches_nothing() -> None:
    score = score_words("It is.", "It is.", [Change("equal", (0, 6), (0, 6))], [[]])
    assert (score.tokens, score.edits) == (Tally(), Tally())
