"""A sentence that the other text has in another row is not reported as missing."""

from app.collation import pipeline

FIRST = "Track Harlan faces three charges, each of them punishable by up to a year in jail."
FINE = "He has also been charged with trespassing, which carries a fine of $2,000."
LAST = "It is not the first time that Harlan has been in court in Wasilla this year."


def findings(base: list[str], witness: list[str]) -> list[str]:
    collation = pipeline.collate(base, witness)
    return [finding.kind for row in collation.rows for finding in row.findings if finding.kind != "wording"]


def test_a_sentence_that_ends_one_paragraph_or_begins_the_next_is_on_both_sides() -> None:
    parted, otherwise = [f"{FIRST} {FINE}", LAST], [FIRST, f"{FINE} {LAST}"]
    assert not findings(parted, otherwise)
    assert not findings(otherwise, parted)


def test_a_sentence_that_moved_with_another_number_is_still_reported() -> None:
    changed = [FIRST, f"{FINE.replace('2,000', '3,000')} {LAST}"]
    assert "number" in findings([f"{FIRST} {FINE}", LAST], changed)


def test_a_number_that_the_other_text_lacks_is_still_reported() -> None:
    without = f"{FINE.partition(' of $')[0]}."
    assert "number" in findings([f"{FIRST} {FINE}", LAST], [FIRST, f"{without} {LAST}"])
    assert "number" in findings([f"{FIRST} {FINE}", LAST], [f"{FIRST} {without}", LAST])
