from collections.abc import Callable

import pytest

from app.collation.text.normalization import normal_form, typographic_form


@pytest.mark.parametrize(
    ("base", "witness"),
    [
        ("“yes”", '"yes"'),
        ("‘yes’", "'yes'"),
        ("«oui»", '"oui"'),
        ("‘yes’", "“yes”"),
        ("''yes''", '"yes"'),
        ("don’t", "don't"),
        ("2019–2020", "2019-2020"),
        ("now — then", "now -- then"),
        ("now—then", "now – then"),
        ("−5", "-5"),
        ("a\u00a0b", "a  b"),
        ("a\nb", "a b"),
        ("wait…", "wait..."),
        ("cafe\u0301", "café"),
        ("co\u00adoperate", "cooperate"),
        ("zero\u200bwidth", "zerowidth"),
        ("a\u200db", "ab"),
        ("\ufeffx\u202e", "x"),
        ("ﬁnal", "final"),
        ("ＡＢＣ１２", "ABC12"),
        ("❤\ufe0f", "❤"),
        ("الكتـــاب", "الكتاب"),
        ("ﻛﺘﺎﺏ", "كتاب"),
    ],
)
def test_typography_alone(base: str, witness: str) -> None:
    assert typographic_form(base) == typographic_form(witness)


@pytest.mark.parametrize(
    ("base", "witness"),
    [
        ("Polish", "polish"),
        ("long term", "longterm"),
        ("long-term", "long term"),
        ("63", "66"),
        ("m²", "m2"),
        ("½", "1/2"),
        ("a, b", "a b"),
        ("well", "we'll"),
        ("👨\u200d👩\u200d👧", "👨👩👧"),
        ("हिंदी", "हिन्दी"),
        ("é", "e"),
    ],
)
def test_more_than_typography(base: str, witness: str) -> None:
    assert typographic_form(base) != typographic_form(witness)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("The  U.S.–China\u00a0talks ", "the u.s.-china talks"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("x²", "x2"),
        ("“It’s”", '"it\'s"'),
        ("`x`", "'x'"),
        ("co\u00adope\u200brate", "cooperate"),
        ("ﬁnal ＡＢ", "final ab"),
        ("cafe\u0301", "café"),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_normal_form(text: str, form: str) -> None:
    assert normal_form(text) == form


@pytest.mark.parametrize("fold", [normal_form, typographic_form])
def test_a_run_of_marks_is_folded_in_parts_of_thirty(fold: Callable[[str], str]) -> None:
    # Unicode's order of marks is restored within each part alone: a normal form of the whole takes 49 s for 100,000.
    assert fold("e" + "\u0301\u0323" * 50_000).count("\u0323") == 49_999
    assert fold("a" + "\u0301\u0323" * 5) == fold("a" + "\u0323" * 5 + "\u0301" * 5)
