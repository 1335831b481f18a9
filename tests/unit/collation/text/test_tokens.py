import time

import pytest

from app.collation.text import tokens


@pytest.mark.parametrize(
    "whole",
    [
        "1,000", "1.000,50", "3.5%", "12%", "½", "1st", "2nd", "1990s", "10:30", "12/05/2024", "2024-02-05",
        "10\u202f000", "10\u00a0000", "1/2", "63–66", "3-2", "1.5bn", "5G",
        "F-16s", "COVID-19", "don't", "don’t", "o'clock", "Dong's", "L'Oréal", "rock'n'roll", "state-of-the-art",
        "Russian-Chinese", "AT&T", "U.S.", "U.S", "a.m.", "e.g.", "J.K.", "U.S.-led", "U.S.'s",
        "naïve", "nai\u0308ve", "Straße",
        "co\u00adoperate", "re\u2060port", "https://example.org/a?b=c", "[12]", "[sic]", "...", "--", "हिन्दी", "القُرآن",
        "Κίνα", "Россия", "러시아를", "צה\"ל", "צה״ל", "בית־ספר", "カタカナー", "2024年", "31日",
        "👩\u200d👩\u200d👧", "🇺🇦", "👍🏽", "1️⃣", "e\u0301\u0323",
    ],
)  # fmt: skip
def test_tokens_that_are_kept_whole(whole: str) -> None:
    assert tokens.split(whole) == [whole]
    assert tokens.split(f"({whole}) x") == ["(", whole, ")", " ", "x"]


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("“Yes,” he said", ["“", "Yes", ",", "”", " ", "he", " ", "said"]),
        ("''x''", ["'", "'", "x", "'", "'"]),
        ("-5 (-5) 10 -5 a-5", ["-5", " ", "(", "-5", ")", " ", "10", " ", "-5", " ", "a-5"]),
        ("fell .5 to +2", ["fell", " ", ".5", " ", "to", " ", "+2"]),
        ("$63 €66", ["$", "63", " ", "€", "66"]),
        ("the end.Next", ["the", " ", "end", ".", "Next"]),
        ("Plan B. Go", ["Plan", " ", "B", ".", " ", "Go"]),
        ("workers' pay", ["workers", "'", " ", "pay"]),
        ("Mr. Lee met Dr. No.", ["Mr.", " ", "Lee", " ", "met", " ", "Dr.", " ", "No", "."]),
        (
            "at No. 10 he said no. 10",
            ["at", " ", "No.", " ", "10", " ", "he", " ", "said", " ", "no", ".", " ", "10"],
        ),
        ("in 2024, 500 men", ["in", " ", "2024", ",", " ", "500", " ", "men"]),
        ("see https://a.org/b.", ["see", " ", "https://a.org/b", "."]),
        ("a \n\t b", ["a", " \n\t ", "b"]),
        ("a\r\n\u0301", ["a", "\r\n\u0301"]),
        ("国防部", ["国", "防", "部"]),
        ("ในน้ำ", ["ใน", "น้ำ"]),
        ("iPhone手机", ["iPhone", "手", "机"]),
        ("🇺🇦🇨🇳", ["🇺🇦", "🇨🇳"]),
        ("", []),
    ],
)
def test_texts_are_cut_into_tokens(text: str, cut: list[str]) -> None:
    assert tokens.split(text) == cut


@pytest.mark.parametrize(
    "piece", ["[", "ـ", "a\u0301", "1\u0301", "a.", "1,", "-", "http://", "ﾞ", "a'", "\u0600", "\u17d2", "'"]
)
def test_no_run_of_odd_signs_is_slow(piece: str) -> None:
    """An ambiguous pattern takes time that doubles with each sign: a thousand would take for ever."""
    start = time.process_time()
    for text in (piece * 2000, "[" + piece * 2000 + "é字"):
        assert "".join(tokens.split(text)) == text
    assert time.process_time() - start < 2


def test_a_flag_is_one_token_in_a_run_of_any_length() -> None:
    # Counted from the run's start at each flag, 40,000 of them would take a minute.
    assert tokens.split("🇺🇦" * 40_000 + "🇺") == ["🇺🇦"] * 40_000 + ["🇺"]
    assert tokens.split("🇺🇦\u200d🇨🇳") == ["🇺🇦\u200d", "🇨🇳"]


def test_is_word_asks_for_a_letter_or_digit() -> None:
    assert [token for token in ("a", "1", "国", "“", " ", "...", "½", "👍") if tokens.is_word(token)] == [
        "a",
        "1",
        "国",
        "½",
    ]


@pytest.mark.parametrize("text", ["Talks  ended. ", " a\t b", "10 000 went", "«Да» — he said\n\n", "ก ข"])
def test_spaced_tokens_are_the_same_tokens(text: str) -> None:
    parts = tokens.spaced(text)
    assert "".join(parts) == text
    assert [token.rstrip() for token in parts if token.rstrip()] == [
        token for token in tokens.split(text) if not token.isspace()
    ]
