import pytest

from app.collation.diff import words


def test_a_word_weighs_the_same_whether_remembered_forgotten_or_too_long_to_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tokens = ["The", "EU’s", "63", "“", "the", "The", "x" * 50, "EU’s", "walked"]
    monkeypatch.setattr(words, "_WORDS", words._Remembered())
    expected = words.weighed(tokens)
    monkeypatch.setattr(words, "_MANY", 2)
    monkeypatch.setattr(words, "_WORDS", words._Remembered())
    assert words.weighed(tokens) == expected
    assert 0 < len(words._WORDS) <= 2


def test_no_room_is_taken_by_tokens_too_long_to_come_back() -> None:
    words.weighed(["y" * 50])
    assert "y" * 50 not in words._WORDS
