"""Reading a text piece by piece between spaces gives the same words as reading it whole."""

import re

from hypothesis import given
from hypothesis import strategies as st

from app.collation.findings.row import reworked
from app.collation.lexicon.claim_cues import scales_of
from app.collation.quotations import compared
from app.collation.text import tokens
from app.collation.text.normalization import normal_form
from app.collation.text.words import LETTERS_PATTERN, WORD_PATTERN, in_form, letter_runs

_PIECES = st.sampled_from(
    "the U.S. U.S.-led Mr. No. 5 -3% 10 000 .5 www.a.org/b, http:// can't dogs' - -- ... e.g. A.B 10:30 63–66 “go” "
    "F-16 a/b -based U. S. \t \n \xa0 \x1c \x00 é ½ € 국 👍 e\u0301 \u0301 [12]".split(" ")
)
TEXTS = st.lists(st.one_of(_PIECES, st.text(max_size=4), st.just("")), max_size=8).map(" ".join)


@given(TEXTS.map(str.split).map(" ".join))
def test_words_of_a_quotation_found_by_piece_are_those_of_the_whole(text: str) -> None:
    small = "".join(sign for sign in text.lower() if sign.isascii() and sign not in "[]")
    assert compared.words(small) == compared._in_order(" ".join(small.split()))


@given(TEXTS)
def test_tokens_read_by_piece_are_those_of_the_whole(text: str) -> None:
    pattern = tokens._PLAIN_SPACED if tokens._PLAIN.fullmatch(text) else tokens._TOKEN
    assert tokens.spaced(text) == pattern.findall(text)


@given(TEXTS)
def test_terms_and_runs_of_letters_read_without_a_pattern_are_those_of_one(text: str) -> None:
    assert letter_runs(text) == LETTERS_PATTERN.findall(text)
    form = normal_form(text)
    if form.isascii():
        assert in_form(form) == re.findall("[a-z0-9]+", form.replace("'", ""))


@given(TEXTS, st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)).map(sorted), max_size=3))
def test_scales_of_places_read_by_piece_are_those_of_their_words(text: str, bounds: list[list[int]]) -> None:
    text += " may failed to, “nearly all” convicted"
    spans = [(start, end) for start, end in bounds if end <= len(text)]
    expected = []
    for start, end in spans:
        following = text.find(" ", end)
        touched = text[text.rfind(" ", 0, start) + 1 : following if following >= 0 else len(text)]
        words = WORD_PATTERN.findall(touched.lower().replace("’", "'"))
        expected.append(frozenset().union(*map(scales_of, words)))
    assert reworked._scales_at(text, spans) == expected
