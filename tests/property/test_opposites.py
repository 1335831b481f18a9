"""Opposites asked of many words at once, and word by word: the same answer."""

from hypothesis import given
from hypothesis import strategies as st

from app.collation import lexicon

_WORDS = st.lists(
    st.sampled_from(
        "accepted reject over under slow swift fast rose fell war peace the of won lost up down old new first".split()
    ),
    max_size=3,
)


@given(_WORDS, _WORDS)
def test_no_pair_of_opposites_is_overlooked_when_asked_of_many(some: list[str], others: list[str]) -> None:
    if any(lexicon.are_opposite(first, second) for first in some for second in others):
        assert lexicon.may_be_opposite(some, others)
