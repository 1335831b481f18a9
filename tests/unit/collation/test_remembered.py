import pytest

from app.collation import remembered
from app.collation.diff import token_keys
from app.collation.remembered import Remembered


def test_a_token_weighs_the_same_whether_remembered_or_not(monkeypatch: pytest.MonkeyPatch) -> None:
    tokens = ["The", "EU’s", "63", "“", "the", "The", "x" * 50, "EU’s", "walked"]
    monkeypatch.setattr(token_keys, "_WORDS", Remembered(token_keys._word))
    expected = token_keys.keyed(tokens)
    monkeypatch.setattr(remembered, "MAX_PIECES", 2)
    monkeypatch.setattr(token_keys, "_WORDS", Remembered(token_keys._word))
    assert token_keys.keyed(tokens) == expected
    assert 0 < len(token_keys._WORDS) <= 2


def test_pieces_too_long_to_recur_are_not_remembered() -> None:
    lengths = Remembered(len)
    assert (lengths["y" * 50], lengths["y"]) == (50, 1)
    assert dict(lengths) == {"y": 1}
