import subprocess
import sys

from app.collation.text.fingerprints import (
    BITS,
    RUN_WORDS,
    WINDOW_RUNS,
    by_paragraph,
    fingerprints,
    masked_paragraphs,
    words,
)
from app.collation.text.words import terms

TEXT = [
    "The harbour bridge at Varna was closed on Monday after divers found rust in two of its nine pillars.",
    "Ferries will sail every twenty minutes until the repair is done, the council said; that may take six weeks.",
]
OTHER = [f"Nobody at number {n} had heard of it before the letter came in March." for n in range(30)]


def test_fingerprints_are_the_same_on_every_machine() -> None:
    assert fingerprints(["One two three four five six"]) == (103623749453164,)


def test_fingerprints_rise_and_fit_in_48_bits() -> None:
    prints = fingerprints([*TEXT, *OTHER])
    assert list(prints) == sorted(set(prints))
    assert all(0 <= number < 2**BITS for number in prints)


def test_a_process_with_another_hash_seed_finds_the_same() -> None:
    code = (
        "from app.collation.text.fingerprints import fingerprints, words;"
        f"print(fingerprints({TEXT!r}), words({TEXT!r}))"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(answers) == 1


def test_typography_and_case_and_paragraph_breaks_change_nothing() -> None:
    assert fingerprints(["“The talks” – opened on MONDAY, didn’t they?"]) == fingerprints(
        ['the "talks" opened', "on monday, didn't they"]
    )


def test_two_texts_with_a_passage_of_run_and_window_in_common_share_a_fingerprint() -> None:
    passage = " ".join(" ".join(TEXT).split()[5 : 5 + RUN_WORDS + WINDOW_RUNS - 1])
    for place in range(len(OTHER)):
        host = [*OTHER[:place], f"So it was: {passage} and no more.", *OTHER[place:]]
        assert set(fingerprints(host)) & set(fingerprints(TEXT))


def test_about_two_runs_in_nine_are_kept() -> None:
    spoken = [" ".join(f"w{(n * n + 7 * n) % 9973}" for n in range(4000))]
    assert 0.18 < len(fingerprints(spoken)) / 4000 < 0.26


def test_a_short_text_has_one_fingerprint_and_one_without_words_none() -> None:
    assert len(fingerprints(["One two"])) == len(fingerprints(["One"])) == 1
    assert fingerprints(["One two"]) != fingerprints(["Two one"])
    assert fingerprints([]) == fingerprints(["—", "…"]) == ()


def test_scripts_without_spaces_are_read_by_characters() -> None:
    text = ["国防部长表示全力支持俄罗斯在乌克兰问题上的立场,两国关系处于历史最好水平"]
    longer = ["据报道,", text[0] + "。会谈持续了两个小时。"]
    assert len(set(fingerprints(text)) & set(fingerprints(longer))) >= len(fingerprints(text)) - 2


def test_words_have_no_signs_and_are_sorted() -> None:
    index_words = words(["The U.S.-led talks’ end: 1,000 men didn’t go.", "हिन्दी समाचार"])
    assert list(index_words) == sorted(set(index_words))
    assert index_words == (
        "000", "1", "didnt", "end", "go", "led", "men", "s", "talks", "the", "u", "समाचार", "हिन्दी",
    )  # fmt: skip


def test_words_of_scripts_without_spaces_are_pairs_of_characters() -> None:
    assert words(["国防部 said 国"]) == ("said", "国防", "防部")


def test_a_paragraph_is_masked_by_three_quarters_of_the_fingerprints_inside_it() -> None:
    text = [TEXT[0], OTHER[3], TEXT[1], "Yes."]
    read = [terms(paragraph) for paragraph in text]
    everywhere = set(fingerprints(text)) - set(fingerprints([TEXT[0]])) - set(fingerprints([TEXT[1]]))
    assert masked_paragraphs(by_paragraph(read), frozenset(everywhere)) == [False, True, False, False]
    assert masked_paragraphs(by_paragraph(read), frozenset()) == [False] * 4
    assert masked_paragraphs(by_paragraph([]), frozenset(everywhere)) == []


def test_a_paragraph_is_not_masked_by_half_of_its_fingerprints() -> None:
    text_terms = terms(" ".join(TEXT))
    inside = fingerprints([" ".join(text_terms)])
    assert masked_paragraphs(by_paragraph([text_terms]), inside[: len(inside) // 2]) == [False]
    assert masked_paragraphs(by_paragraph([text_terms]), inside[: -(-3 * len(inside) // 4)]) == [True]
