"""The tool that makes the tables of opposites, tried on a few sets of synonyms."""

from tools.lexicon import Pointer, Synset
from tools.opposites import poles, tones

FAST, SLOW, SWIFT, SWIFTLY = ("adj", "1"), ("adj", "2"), ("adj", "3"), ("adv", "4")
SETS = {
    FAST: Synset(["fast"], [Pointer("!", SLOW, 1, 1), Pointer("&", SWIFT, 0, 0)], 0),
    SLOW: Synset(["slow"], [Pointer("!", FAST, 1, 1)], 0),
    SWIFT: Synset(["swift"], [Pointer("&", FAST, 0, 0)], 0),
    SWIFTLY: Synset(["swiftly"], [Pointer("\\", SWIFT, 1, 1)], 2),
}
FIRST_SENSES = {(synset.words[0], key): 0 for key, synset in SETS.items()}


def test_what_is_similar_to_an_opposite_is_at_its_end_of_the_scale() -> None:
    ends = poles(SETS, FIRST_SENSES, frozenset())
    assert ends["fast"] == ends["swift"] == [-end for end in ends["slow"]]


def test_a_rare_sense_and_a_word_left_out_are_at_no_end() -> None:
    ranks = {**FIRST_SENSES, ("swift", SWIFT): 6}
    assert "swift" not in poles(SETS, ranks, frozenset())
    assert "fast" not in poles(SETS, FIRST_SENSES, frozenset(("fast",)))


def test_an_end_that_faces_none_is_left_out() -> None:
    # The adverb's scale has no other adverb.
    assert "swiftly" not in poles(SETS, FIRST_SENSES, frozenset())


def test_only_words_that_are_clearly_good_or_bad_have_a_tone() -> None:
    rated = "praise\t2.6\t0.9\t[]\nboo\t-1.0\t0.9\t[]\n:-)\t1.9\t0.9\t[]\ncrime\t-2.5\t0.8\t[]"
    assert dict(tones(rated)) == {"praise": "good", "crime": "bad"}
