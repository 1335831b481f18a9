"""Finding quotations in every usual kind of marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.collation.quotations import find


def _texts(*paragraphs: str) -> list[str]:
    return [quotation.text for quotation in find(paragraphs)]


@pytest.mark.parametrize(
    ("paragraph", "quoted"),
    [
        ('He said "we agree" and left.', ['"we agree"']),
        ("He said “we agree” and left.", ["“we agree”"]),
        ("Il a dit « nous sommes d’accord » hier.", ["« nous sommes d’accord »"]),
        ("Er sagte »wir sind einig« und ging.", ["»wir sind einig«"]),
        ("Er sagte „wir sind einig“ und ging.", ["„wir sind einig“"]),
        ("Powiedział „zgadzamy się” i wyszedł.", ["„zgadzamy się”"]),
        ("Han sa ”vi är överens” och gick.", ["”vi är överens”"]),
        ("Il dit ‹ oui › et s’en va.", ["‹ oui ›"]),
        ("他说“我们同意”，然后离开。", ["“我们同意”"]),
        ("彼は「同意する」と言った。", ["「同意する」"]),
        ("彼は『同意する』と言った。", ["『同意する』"]),
        ("他说＂我们同意＂。", ["＂我们同意＂"]),
    ],
)
def test_each_kind_of_marks_is_known(paragraph: str, quoted: list[str]) -> None:
    assert _texts(paragraph) == quoted


@pytest.mark.parametrize(
    ("paragraph", "quoted"),
    [
        # Curly and straight marks mixed by hand or by a machine.
        ('He said “we agree" and left.', ['“we agree"']),
        ('He said "we agree” and left.', ['"we agree”']),
        ("He said “we agree,“ and left.", ["“we agree,“"]),
        # A space on the wrong side, as translation machines leave it.
        ('He said " we agree " and left.', ['" we agree "']),
        ("“It has not changed.” , he said.", ["“It has not changed.”"]),
        ('"We agree, "she said, adding: "We do. "', ['"We agree, "', '"We do. "']),
        ('He said,"We agree," and left.', ['"We agree,"']),
        # Marks within words, measures, brackets, dashes.
        ('The 6\'3" guard said "we won" twice.', ['"we won"']),
        ('"He is 6\'3" tall," she said.', ['"He is 6\'3" tall,"']),
        ('They call it ("the pit") here — "never again" — always.', ['"the pit"', '"never again"']),
        ("A «so-called» “expert” spoke.", ["«so-called»", "“expert”"]),
        # A closing mark that nothing opened.
        ('We agree," he said, and left.', []),
        ("We agree,” he said, and “left”.", ["“left”"]),
        # One quotation inside another belongs to it.
        ("“She said ‘never’ to me,” he wrote.", ["“She said ‘never’ to me,”"]),
        ("“They call it “the pit” there,” he wrote.", ["“They call it “the pit” there,”"]),
        ('"They call it "the pit" there," he wrote.', ['"They call it "the pit" there,"']),
        ("« Il a dit “non” », écrit-elle.", ["« Il a dit “non” »"]),
        # Two in a row, and one that takes up where the other left off.
        ('"We agree," he said. "We do."', ['"We agree,"', '"We do."']),
        # Left open, and another opened before it was closed.
        ("He said “we agree. “No,” she said.", ["“we agree.", "“No,”"]),
        # The closing mark forgotten before the words that name the speaker.
        ("“We agree, said Ann Lee, the mayor.", ["“We agree,"]),
        ("“Do we agree? the mayor asked. “We do.”", ["“Do we agree?", "“We do.”"]),
    ],
)
def test_marks_are_read_as_a_reader_would(paragraph: str, quoted: list[str]) -> None:
    assert _texts(paragraph) == quoted


@pytest.mark.parametrize(
    ("paragraph", "quoted"),
    [
        ("‘We agree,’ he said.", ["‘We agree,’"]),
        ("'We agree,' he said.", ["'We agree,'"]),
        ("The minister’s aide said ‘it’s over’.", ["‘it’s over’"]),
        ("The ministers' aide said 'the dogs' bowls are full' again.", ["'the dogs' bowls are full'"]),
        ("In the ’90s it was rock ’n’ roll.", []),
        ("In the '90s it was the ministers' own.", []),
        ("Don't, can't, won't.", []),
        # Beside double marks single ones quote within a quotation, or are apostrophes.
        ("He ‘agreed’, she said: “No.”", ["“No.”"]),
    ],
)
def test_single_marks_quote_where_a_text_has_no_double_ones(paragraph: str, quoted: list[str]) -> None:
    assert _texts(paragraph) == quoted


def test_a_quotation_of_several_paragraphs_continues_in_the_next() -> None:
    first, second, last = find(["He wrote: “We agree.", "“We always have.", "“And shall.” He left."])
    assert (first.text, first.continues) == ("“We agree.", True)
    assert (second.text, second.continues) == ("“We always have.", True)
    assert (last.text, last.continues) == ("“And shall.”", False)


def test_a_straight_mark_left_open_in_the_middle_is_none() -> None:
    assert _texts('The 12" disc was sold "widely, said the shop.', "Nobody bought it.") == []


def test_spans_take_in_both_marks_and_name_the_paragraph() -> None:
    (quotation,) = find(["Nothing here.", "🙂 “Yes”"])
    assert (quotation.paragraph, quotation.start, quotation.end) == (1, 2, 7)


@pytest.mark.parametrize("hostile", ["“yes” ", "„", "»", "”", '"', "'", "‘a ", " 'as", '" ', "«"])
def test_a_paragraph_of_marks_alone_is_read_in_steps_that_grow_with_its_length(hostile: str) -> None:
    assert len(find([hostile * 20_000])) <= 20_000


MARKS = st.text(alphabet="ab .,\"'“”‘’«»„‹›「」s90", max_size=40)


@given(st.lists(MARKS, max_size=4))
def test_quotations_never_overlap_and_never_leave_their_paragraph(paragraphs: list[str]) -> None:
    end = (-1, 0)
    for quotation in find(paragraphs):
        assert (quotation.paragraph, quotation.start) >= end
        assert 0 <= quotation.start < quotation.end <= len(paragraphs[quotation.paragraph])
        assert quotation.text == paragraphs[quotation.paragraph][quotation.start : quotation.end]
        end = (quotation.paragraph, quotation.end)
