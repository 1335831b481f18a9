"""Quick checks that let rules skip a text: findings are the same with and without them."""

from hypothesis import given
from hypothesis import strategies as st

from app.collation import lexicon
from app.collation.findings.quantities import other_languages
from app.collation.findings.quantities.times import other_calendars
from app.collation.findings.row import reworked

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


_CUES = st.lists(
    st.sampled_from(
        "may will is are set to expected, failed far from yet unless nearly all most “convicted of” so the vowed "
        "often said ordered only feared dead not been No. . - x".split(" ")
    ),
    max_size=14,
).map(" ".join)


@given(_CUES, st.integers(0, 70), st.integers(0, 30))
def test_no_phrase_reaches_into_a_place_whose_words_belong_to_none(
    text: str, start: int, length: int
) -> None:
    span = min(start, len(text)), min(start + length, len(text))
    (scales,) = reworked._scales_at(text, [span])
    for scale in ("certainty", "negation", "legal", "approximate", "share", "frequency", "order", "limit"):
        if scale not in scales:
            read = reworked.read(text, span, scale, "negation")
            assert all(cue.scale != scale for cue in read.cues)
            assert read._replace(cues=()) == reworked.unread(text, span)


_PHRASES = st.lists(
    st.one_of(
        st.sampled_from(["e diel", "De Gener", "DE MAIG", "de juny 5", "3 de febrer", "x"]),
        st.text("de genriK5 '-", max_size=8),
    ),
    max_size=5,
).map(" ".join)


@given(_PHRASES)
def test_dates_and_words_in_ascii_are_those_that_the_patterns_of_any_script_find(text: str) -> None:
    for quick, whole in (
        (other_calendars._ASCII_PHRASE, other_calendars._PHRASE),
        (other_calendars._ASCII_WORD, other_calendars._WORD),
        (other_languages._ASCII_WORD, other_languages._WORD),
    ):
        spans = [match.span() for match in whole.finditer(text)]
        assert [match.span() for match in quick.finditer(text)] == spans
