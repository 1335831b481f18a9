import pytest

from app.collation import pipeline
from app.collation.model import Side
from app.collation.reading import quotations_only

QUOTE = '"We have supported you on this issue, and we will not change our established policy because of it,"'
ONE = [
    f"{QUOTE} he said on Thursday, according to a video of the call that the ministry released online.",
    "The minister took up his post in December, after his predecessor had disappeared from public view.",
    "Trade between the two countries reached a record in the year before, customs figures show.",
]
OTHER = [
    "In a sign of how far the alliance has come, Beijing has dropped every pretence of standing aside.",
    f"To his counterpart the general spoke plainly: {QUOTE} and nobody in the room misunderstood him.",
    "Workers everywhere must draw their own conclusions from a war that threatens to engulf the world.",
]


def shared(base: list[str], witness: list[str]) -> int:
    return quotations_only.shared_quotations(
        pipeline.compare(Side("b", "B", tuple(base)), Side("w", "W", tuple(witness)))
    )


def test_two_articles_that_quote_one_speaker_share_a_quotation_alone() -> None:
    assert shared(ONE, OTHER) == shared(OTHER, ONE) == 1


def test_words_quoted_by_one_and_printed_as_its_own_by_the_other_are_shared_as_a_quotation() -> None:
    assert shared(ONE, [line.replace('"', "") for line in OTHER]) == 1


@pytest.mark.parametrize(
    ("base", "witness"),
    [
        (ONE, [*OTHER[:2], *ONE[1:]]),  # the one's own words as well
        (ONE, ONE),
        (ONE[1:], OTHER[::2]),  # nothing
        (ONE[:1], [ONE[0].replace("Thursday", "Friday")]),
    ],
)
def test_texts_that_share_more_or_nothing_are_no_such_case(base: list[str], witness: list[str]) -> None:
    assert shared(base, witness) == 0


def test_a_text_of_quotations_alone_that_stands_whole_in_another_is_counted_by_what_it_holds() -> None:
    assert shared([QUOTE], [QUOTE]) == 1


def test_furniture_is_no_word_of_the_article() -> None:
    base = Side("b", "B", (ONE[0], "Read more about the war in Ukraine here today"), furniture=(1,))
    plain = Side("b", "B", base.paragraphs)
    witness = Side("w", "W", (OTHER[1], *OTHER[::2]))
    counts = [quotations_only._narrated(side, quotations_only._quoted(side)) for side in (plain, base)]
    assert counts[0] - counts[1] == 9
    assert quotations_only.shared_quotations(pipeline.compare(base, witness)) == 1


def test_a_very_long_text_is_not_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quotations_only, "SCANNED_CHARACTERS", 100)
    assert shared(ONE, OTHER) == 0
