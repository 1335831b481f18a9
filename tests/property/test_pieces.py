"""Quotations read by the pieces between their spaces, and as a whole: the same words."""

from hypothesis import given
from hypothesis import strategies as st

from app.collation.quotations import compared

_PIECES = st.sampled_from(
    "the U.S. U.S.-led Mr. No. 5 -3% 10 000 .5 www.a.org/b, http:// can't dogs' - -- ... e.g. A.B 10:30 63–66 “go” "
    "F-16 a/b -based U. S. \t \n \xa0 \x1c \x00 é ½ € 국 👍 e\u0301 \u0301 [12]".split(" ")
)
TEXTS = st.lists(st.one_of(_PIECES, st.text(max_size=4), st.just("")), max_size=8).map(" ".join)


@given(TEXTS.map(str.split).map(" ".join))
def test_words_of_a_quotation_found_by_piece_are_those_of_the_whole(text: str) -> None:
    small = "".join(sign for sign in text.lower() if sign.isascii() and sign not in "[]")
    assert compared.words(small) == compared._in_order(" ".join(small.split()))
