import pytest

from app.collation.diff import token_keys


def test_a_token_weighs_the_same_whether_remembered_or_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tokens = ["The", "EU’s", "63", "“", "the", "The", "x" * 50, "EU’s", "walked"]
    monkeypatch.setattr(token_keys, "_WORDS", token_keys._Remembered())
    expected = token_keys.keyed(tokens)
    monkeypatch.setattr(token_keys, "_MAX_REMEMBERED_TOKENS", 2)
    monkeypatch.setattr(token_keys, "_WORDS", token_keys._Remembered())
    assert token_keys.keyed(tokens) == expected
    assert 0 < len(token_keys._WORDS) <= 2


def test_tokens_too_long_to_recur_are_not_remembered() -> None:
    token_keys.keyed(["y" * 50])
    assert "y" * 50 not in token_keys._WORDS
