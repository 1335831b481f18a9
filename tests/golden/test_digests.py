"""The engine's version changes whenever any output changes."""

import pytest

from app.collation.pipeline import ENGINE
from tests.golden import digests

KEPT = digests.kept()
MADE = digests.made()


def test_the_digests_of_this_engine_are_kept() -> None:
    assert set(KEPT[ENGINE]) == set(MADE)


@pytest.mark.parametrize("pair", sorted(MADE))
def test_this_engine_makes_the_documents_that_it_always_made(pair: str) -> None:
    """A difference means: another ``pipeline.ENGINE``, then python -m tests.golden.regenerate"""
    assert MADE[pair] == KEPT[ENGINE][pair]
