"""Standing paragraphs never relate two articles, whatever they say."""

import pytest

from tests.quality.standing.trial import (
    SIZES,
    Related,
    articles,
    copied_paragraphs,
    standing_paragraphs,
    trial,
)

PAIRS_TRIED = {2: None, 3: None, 8: 4, 40: 4}
"""How many pairs of articles are compared for each paragraph; ``python -m tests.quality.standing`` compares more."""


def test_there_are_articles_and_paragraphs_enough() -> None:
    assert len(articles()) == max(SIZES)
    assert len(standing_paragraphs()) >= 40
    assert max(len(paragraph.split()) for _, paragraph in standing_paragraphs()) > 90


@pytest.mark.parametrize("size", SIZES)
def test_a_standing_paragraph_relates_no_two_articles(size: int) -> None:
    false: list[Related] = []
    for _, related in trial(size, PAIRS_TRIED[size]):
        false += related
    assert false == []


def test_a_paragraph_of_an_article_is_still_found_in_another() -> None:
    assert copied_paragraphs().recall >= 0.75
