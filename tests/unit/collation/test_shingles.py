"""Word 3-grams as numbers."""

from app.collation.shingles import containment, shingles

TEXT = ("The talks opened on Monday.", "Nobody believed it.")


def test_the_numbers_are_the_same_on_every_machine() -> None:
    # Stored with each revision and compared with those of other machines: never to change within a version.
    assert sorted(shingles(["one two three four"])) == SHINGLES


SHINGLES = [-9131546873261565382, 7274879177180986167]


def test_they_fit_a_signed_64_bit_column() -> None:
    assert all(-(2**63) <= number < 2**63 for number in shingles([f"w{n}" for n in range(500)]))


def test_case_typography_and_punctuation_do_not_count() -> None:
    assert shingles(["“The talks” – opened on MONDAY"]) == shingles(['the "talks" opened, on monday!'])


def test_a_paragraph_broken_in_two_changes_nothing() -> None:
    assert shingles(TEXT) == shingles([" ".join(TEXT)])


def test_a_short_text_is_one_shingle_and_an_empty_one_none() -> None:
    assert len(shingles(["One two"])) == len(shingles(["One"])) == 1
    assert shingles([]) == shingles(["—", "…"]) == frozenset()


def test_scripts_without_spaces_have_more_than_one() -> None:
    assert len(shingles(["国防部长表示全力支持"])) > 5


def test_containment_is_the_share_of_the_first_in_the_second() -> None:
    whole = shingles(TEXT)
    part = shingles(TEXT[:1])
    assert containment(part, whole) == 1.0
    assert containment(whole, part) == 0.5
    assert containment(frozenset(), whole) == 0.0
