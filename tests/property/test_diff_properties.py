"""What must be true of the word diff of any two texts."""

import re
from itertools import pairwise

import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st

from app.collation.diff import diff, engine
from app.collation.diff import long_texts as parts
from app.collation.model import Change, Within
from app.collation.text import tokens
from app.collation.text.normalization import normal_form, typographic_form

WORDS = """
the a of to in and said says says, said. Talks talks We we 63 66 1,000.50 -3% U.S. U.S.-led don't don’t Dong's “ ”
" ' – — - -- … ... 12:30 [sic] naïve nai\u0308ve co\u00adoperate zero\u200bwidth strengthen strengthened 国防 部长
1月 ロシア รัฐมนตรี القوات القرآن עברית हिन्दी नहीं क्षि 👩\u200d👩\u200d👧 🇺🇦 👍🏽 𝒳𝒴 \U000f0000 \U00100000 ﬁ fi
""".split()
GAPS = (" ", " ", " ", "", "  ", "\n", "\u00a0", "\t")
PROSE = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(GAPS)), max_size=24).map(
    lambda parts: "".join(word + gap for word, gap in parts)
)
ANY = st.text(
    st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from("\u200d\u0301\u0600\ufe0f🏽👩🇺🇦क\u094dष\u1100\u1161\u11a8\r\n\u17d2ក\u1039မ\u0e33เ "),
    ),
    max_size=24,
)
TEXTS = st.one_of(PROSE, ANY)


@st.composite
def reworked(draw: st.DrawFn) -> tuple[str, str]:
    """Draw a text and a version with some tokens dropped, changed or inserted."""
    base = draw(TEXTS)
    out: list[str] = []
    for token in tokens.split(base):
        chance = draw(st.integers(0, 9))
        if chance < 7:
            out.append(token)
        elif chance < 9:
            out.append(draw(st.sampled_from(WORDS)))
    return base, "".join(out)


PAIRS = st.one_of(st.tuples(TEXTS, TEXTS), reworked())


def clusters(text: str) -> set[int]:
    """Return the places at which a text may be cut."""
    return {0, *(match.end() for match in regex.finditer(r"\X", text))}


@given(TEXTS)
@example(" \u0301x")
@example("\r\n\u0301")
def test_tokens_rejoin_to_the_text_and_never_cut_a_grapheme_cluster(text: str) -> None:
    cut = tokens.split(text)
    assert "".join(cut) == text
    assert all(cut)
    at, places = 0, clusters(text)
    for token in cut:
        at += len(token)
        assert at in places


@given(st.text("aBz é_1½²5.,:;-–—‑'’\"“”()[]%+/ \u00a0\u202f\n\t…!?&·@hwtp", max_size=20))
@example("http://www.a")
def test_the_faster_pattern_for_plain_texts_finds_the_same_tokens(text: str) -> None:
    assert tokens._PLAIN.fullmatch(text)
    assert tokens._PLAIN_TOKEN.findall(text) == tokens._TOKEN.findall(text)


@given(PAIRS)
def test_changes_rebuild_both_sides_in_order_and_equal_is_equal(pair: tuple[str, str]) -> None:
    base, witness = pair
    b = w = 0
    for change in diff(base, witness).changes:
        assert (change.base[0], change.witness[0]) == (b, w)
        b, w = change.base[1], change.witness[1]
        struck, written = base[slice(*change.base)], witness[slice(*change.witness)]
        assert (change.op == "equal") is (struck == written)
        assert (change.op == "insert") is (not struck)
        assert (change.op == "delete") is (not written)
    assert (b, w) == (len(base), len(witness))


@given(PAIRS)
def test_neighbouring_changes_differ_in_kind(pair: tuple[str, str]) -> None:
    kinds = [(change.op, change.typography) for change in diff(*pair).changes]
    assert all(kind != next_kind for kind, next_kind in pairwise(kinds))


@given(PAIRS)
def test_no_change_and_no_mark_within_one_cuts_a_grapheme_cluster(pair: tuple[str, str]) -> None:
    base, witness = pair
    places = clusters(base), clusters(witness)
    for change in diff(base, witness).changes:
        marks: tuple[Change | Within, ...] = (change, *change.within)
        for part in marks:
            assert {*part.base} <= places[0]
            assert {*part.witness} <= places[1]


@given(PAIRS)
def test_marks_within_a_change_cover_it_and_are_of_small_letters(pair: tuple[str, str]) -> None:
    base, witness = pair
    for change in diff(base, witness).changes:
        if not change.within:
            continue
        assert change.op == "replace"
        assert not change.typography
        b, w = change.base[0], change.witness[0]
        for mark in change.within:
            assert (mark.base[0], mark.witness[0]) == (b, w)
            b, w = mark.base[1], mark.witness[1]
            struck, written = base[slice(*mark.base)], witness[slice(*mark.witness)]
            assert (mark.op == "equal") is (struck == written)
            assert mark.op != "equal" or not any(map(str.isdigit, struck.strip()))
        assert (b, w) == (change.base[1], change.witness[1])


@given(TEXTS)
def test_a_text_against_itself_is_one_equal_change(text: str) -> None:
    assert [change.op for change in diff(text, text).changes] == (["equal"] if text else [])


@given(PAIRS)
def test_changes_with_the_same_folded_form_are_typography(pair: tuple[str, str]) -> None:
    base, witness = pair
    for change in diff(base, witness).changes:
        struck, written = base[slice(*change.base)], witness[slice(*change.witness)]
        if change.typography:
            assert change.op != "equal"
            assert bare(struck) == bare(written)
        elif change.op != "equal" and not _after_a_digit(change, base, witness):
            assert typographic_form(struck) != typographic_form(written)


def bare(text: str) -> str:
    """Return the typographic form without spaces, and with repeated marks reduced to one."""
    return re.sub(r"(['-])\1+", r"\1", typographic_form(text).replace(" ", ""))


def _after_a_digit(change: Change, base: str, witness: str) -> bool:
    return any(map(str.isdigit, base[: change.base[0]][-1:] + witness[: change.witness[0]][-1:]))


@given(PAIRS)
def test_swapping_the_sides_mirrors_the_changes(pair: tuple[str, str]) -> None:
    """Except for the order of a neighbouring deletion and insertion."""
    base, witness = pair
    assert _edges(diff(base, witness).changes) == _edges(
        [Change(c.op, c.witness, c.base, c.typography) for c in diff(witness, base).changes]
    )


def _edges(changes: list[Change] | tuple[Change, ...]) -> tuple[set[int], set[int], list[bool]]:
    return (
        {edge for change in changes for edge in change.base},
        {edge for change in changes for edge in change.witness},
        [change.typography for change in changes],
    )


@given(TEXTS)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert normal_form(normal_form(text)) == normal_form(text)
    assert typographic_form(typographic_form(text)) == typographic_form(text)


NUMBERS = st.lists(st.integers(0, 12), max_size=60)


@given(NUMBERS, NUMBERS)
def test_the_compiled_engine_gives_the_operations_of_the_python_one(
    base: list[int], witness: list[int]
) -> None:
    pytest.importorskip(
        "fast_diff_match_patch", reason="an optional extra: its wheels are missing for some machines"
    )
    fast = engine.fast_operations()
    assert fast is not None
    first, second = ("".join(engine._CHARACTERS[n] for n in side) for side in (base, witness))
    assert list(fast(first, second)) == engine.operations(first, second)


@given(NUMBERS, NUMBERS)
def test_runs_rise_on_both_sides_and_match(base: list[int], witness: list[int]) -> None:
    first, second = ("".join(engine._CHARACTERS[n] for n in side) for side in (base, witness))
    for runs in (engine.fine(first, second), engine.by_tokens(first, second), parts.by_parts(base, witness)):
        b = w = 0
        for at_b, at_w, n in runs:
            assert at_b >= b
            assert at_w >= w
            assert n > 0
            assert base[at_b : at_b + n] == witness[at_w : at_w + n]
            b, w = at_b + n, at_w + n
        assert b <= len(base)
        assert w <= len(witness)
