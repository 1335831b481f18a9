"""One preview in two tabs: whatever is typed in either is kept, and buttons act on the paragraph that they showed."""

from collections.abc import Mapping

import pytest

from app.services.intake.merging import Correction, ShownPlace, corrected, digest_of, digest_of_all
from app.services.intake.preview import Preview, PreviewBlock, joined, with_kind, with_text
from app.sources.model import Field

LINES = ("He came.", "He saw.", "He left.", "He wrote.")


def shown(**stated: str) -> Preview:
    return Preview(
        stated={name: Field(value, "JSON-LD") for name, value in stated.items()},
        blocks=tuple(map(PreviewBlock, LINES)),
    )


def place(preview: Preview, index: int) -> ShownPlace:
    return ShownPlace(index, digest_of(preview.blocks[index]))


@pytest.mark.parametrize(
    ("before", "stored", "typed", "expected", "mine"),
    [
        ("A", "A", "A", "A", {}),
        ("A", "A", "B", "B", {}),
        ("A", "C", "A", "C", {}),
        ("A", "B", "B", "B", {}),
        ("A", "C", "B", "C", {"title": "B"}),
        ("A", "C", "", "C", {"title": ""}),
        ("", "C", "", "C", {}),
    ],
)
def test_a_field_is_as_the_tab_has_it_that_changed_it(
    before: str, stored: str, typed: str, expected: str, mine: Mapping[str, str]
) -> None:
    result = corrected(shown(title=stored), Correction({"title": typed}, {"title": before}))
    assert result.preview.value("title") == expected
    assert result.mine == mine


def test_of_several_fields_those_are_taken_that_only_one_tab_changed() -> None:
    stored = shown(title="Theirs", publisher="Daily", author="Ann")
    before = {"title": "Old", "publisher": "Daily", "author": "Old"}
    result = corrected(stored, Correction({"title": "Mine", "publisher": "Weekly", "author": "Old"}, before))
    assert [result.preview.value(name) for name in before] == ["Theirs", "Weekly", "Ann"]
    assert result.mine == {"title": "Mine"}


def test_what_does_not_say_what_it_showed_counts_as_it_did() -> None:
    assert corrected(shown(title="A"), Correction({"title": "B"})).preview.value("title") == "B"


def test_a_button_meets_its_paragraph_wherever_another_tab_moved_it() -> None:
    page = shown()
    stored = joined(page, 0)
    result = corrected(stored, Correction({}, action="dropped", place=place(page, 2)))
    assert [(block.text, block.kind) for block in result.preview.blocks] == [
        ("He came. He saw.", "text"),
        ("He left.", "dropped"),
        ("He wrote.", "text"),
    ]
    assert (result.index, result.before, result.is_undone) == (1, "text", False)


def test_a_button_of_a_paragraph_that_has_gone_does_nothing() -> None:
    page = shown()
    stored = joined(page, 1)
    result = corrected(stored, Correction({}, action="extra", place=place(page, 2)))
    assert result.preview == stored
    assert result.is_undone


def test_of_paragraphs_that_are_alike_the_nearest_is_met() -> None:
    stored = Preview(blocks=tuple(map(PreviewBlock, ("Yes.", "No.", "Yes.", "No.", "Yes."))))
    result = corrected(stored, Correction({}, action="extra", place=place(stored, 2)))
    assert [block.kind for block in result.preview.blocks] == ["text", "text", "extra", "text", "text"]


def test_a_rewording_of_what_another_tab_reworded_is_kept_aside() -> None:
    page = shown()
    stored = with_text(page, 1, "He looked.")
    result = corrected(stored, Correction({}, wording="He stared.", worded=place(page, 1)))
    assert result.preview == stored
    assert result.wording == (1, "He stared.")
    again = corrected(stored, Correction({}, wording="He stared.", worded=place(stored, 1)))
    assert again.preview.blocks[1].text == "He stared."
    assert again.wording is None


def test_a_rewording_that_splits_a_paragraph_moves_those_below_it() -> None:
    page = shown()
    sent = Correction({}, action="extra", place=place(page, 3), wording="He\ncame.", worded=place(page, 0))
    result = corrected(page, sent)
    assert [(block.text, block.kind) for block in result.preview.blocks][-1] == ("He wrote.", "extra")
    assert result.index == 4


def test_paragraphs_changed_meanwhile_are_noticed_and_fields_are_not() -> None:
    page = shown(title="A")
    seen = digest_of_all(page)
    assert not corrected(shown(title="B"), Correction({}, seen=seen)).is_unseen
    assert corrected(with_kind(page, 0, "extra"), Correction({}, seen=seen)).is_unseen
    assert not corrected(with_kind(page, 0, "extra"), Correction({})).is_unseen
