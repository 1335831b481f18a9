import pytest

from app.collation.model import Pins
from app.errors import InvalidInputError
from app.permalinks import (
    MAX_PINS,
    compare_path,
    is_id,
    new_article_id,
    parse_pins,
    pins_text,
    revision_id,
    row_path,
    text_digest,
)


def test_new_ids_have_the_public_form_and_differ() -> None:
    ids = {new_article_id() for _ in range(100)}
    assert len(ids) == 100
    assert all(is_id(value) for value in ids)


@pytest.mark.parametrize(
    "value", ["", "a" * 15, "a" * 17, "A" * 16, "a" * 15 + "1", "a" * 15 + "0", "a" * 16 + "\n"]
)
def test_anything_else_is_not_an_id(value: str) -> None:
    assert not is_id(value)


def test_a_revisions_id_depends_on_article_number_and_each_paragraph() -> None:
    first = revision_id("a" * 16, 1, ["One.", "Two."])
    assert is_id(first)
    assert first == revision_id("a" * 16, 1, ["One.", "Two."])
    others = [
        revision_id("b" * 16, 1, ["One.", "Two."]),
        revision_id("a" * 16, 2, ["One.", "Two."]),
        revision_id("a" * 16, 1, ["One.\nTwo."]),
        revision_id("a" * 16, 1, ["Two.", "One."]),
    ]
    assert len({first, *others}) == 5


def test_the_text_digest_is_the_texts_alone() -> None:
    assert text_digest(["One.", "Two."]) == text_digest(("One.", "Two."))
    assert text_digest(["One."]) != text_digest(["one."])


def test_a_finding_s_page_is_its_row_s_with_the_finding_named() -> None:
    path = compare_path("a" * 16, "b" * 16)
    assert row_path(path, 7) == f"{path}/rows/7"
    assert row_path(path, 7, 2) == f"{path}/rows/7?finding=2"


def test_pins_come_back_in_canonical_order() -> None:
    assert pins_text(parse_pins("7x9,10-2,3-4,7x9,")) == "3-4,10-2,7x9"
    assert parse_pins("") == Pins()
    assert not parse_pins("")


@pytest.mark.parametrize(
    "text", ["3", "3-4-5", "03-4", "-3-4", "3=4", "3-4 ", "3-4,3x4", "9" * 8 + "-1", "٣-4"]
)
def test_an_invalid_pin_is_refused_with_a_reason(text: str) -> None:
    with pytest.raises(InvalidInputError):
        parse_pins(text)


def test_too_many_pins_are_refused() -> None:
    parse_pins(",".join(f"{n}-{n}" for n in range(MAX_PINS)))
    with pytest.raises(InvalidInputError):
        parse_pins(",".join(f"{n}-{n}" for n in range(MAX_PINS + 1)))
