"""For any two texts: every paragraph in one row, in order, and the same rows when the texts are swapped."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.collation.alignment import align
from app.collation.text.normalization import normal_form

WORDS = "the harbour bridge closed on monday ferries sail council said six weeks 63 rust Ingrid 桥 关闭 • !".split()
SENTENCE = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(lambda words: " ".join(words) + ".")
PARAGRAPH = st.one_of(
    st.lists(SENTENCE, min_size=1, max_size=4).map(" ".join),
    st.sampled_from(["•", "Advertisement", "7", "Read more", "\u200b"]),
    st.text(min_size=1, max_size=12),
)
TEXT = st.lists(PARAGRAPH, max_size=9)


@st.composite
def related(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    """Draw a text and a version with a few splits, merges, moves, drops, copies and additions."""
    base = draw(TEXT)
    witness = list(base)
    for _ in range(draw(st.integers(0, 5))):
        if not witness:
            break
        at = draw(st.integers(0, len(witness) - 1))
        match draw(st.sampled_from(["drop", "move", "split", "merge", "copy", "add"])):
            case "drop":
                witness.pop(at)
            case "move":
                witness.insert(draw(st.integers(0, len(witness) - 1)), witness.pop(at))
            case "split" if " " in witness[at].strip():
                head, _, tail = witness[at].strip().partition(" ")
                witness[at : at + 1] = [head, tail]
            case "merge" if at:
                witness[at - 1 : at + 1] = [" ".join(witness[at - 1 : at + 1])]
            case "copy":
                witness.append(witness[at])
            case _:
                witness.insert(at, draw(PARAGRAPH))
    return base, witness


PAIR = st.one_of(related(), st.tuples(TEXT, TEXT))


@given(PAIR)
def test_every_paragraph_is_in_exactly_one_row(texts: tuple[list[str], list[str]]) -> None:
    base, witness = texts
    rows = align(base, witness)
    assert sorted(i for row in rows for i in row.base) == list(range(len(base)))
    assert sorted(j for row in rows for j in row.witness) == list(range(len(witness)))
    for row in rows:
        assert row.base or row.witness
        assert list(row.base) == sorted(row.base)
        assert list(row.witness) == sorted(row.witness)


@given(PAIR)
def test_rows_are_in_base_order_and_an_added_one_follows_the_witness_paragraph_before_it(
    texts: tuple[list[str], list[str]],
) -> None:
    rows = align(*texts)
    firsts = [row.base[0] for row in rows if row.base]
    assert firsts == sorted(firsts)
    place = {j: number for number, row in enumerate(rows) for j in row.witness}
    for number, row in enumerate(rows):
        if not row.base:
            j = row.witness[0]
            between = rows[place[j - 1] + 1 : number] if j else rows[:number]
            assert all(not other.base for other in between)


@given(PAIR)
def test_swapped_texts_give_the_same_rows_mirrored(texts: tuple[list[str], list[str]]) -> None:
    base, witness = texts
    rows = {(row.base, row.witness, row.similarity, row.moved, row.repeats) for row in align(base, witness)}
    turned = {
        (row.witness, row.base, row.similarity, row.moved, row.repeats and row.repeats[::-1])
        for row in align(witness, base)
    }
    assert turned == rows


@given(TEXT)
def test_a_text_against_itself_links_each_paragraph_with_its_own(text: list[str]) -> None:
    assert [(row.base, row.witness, row.similarity, row.moved) for row in align(text, text)] == [
        ((i,), (i,), 1.0, False) for i in range(len(text))
    ]


@given(PAIR)
def test_equal_paragraphs_are_linked_as_often_as_both_sides_have_them(
    texts: tuple[list[str], list[str]],
) -> None:
    base, witness = ([normal_form(paragraph) or paragraph for paragraph in side] for side in texts)
    rows = align(*texts)
    for form in set(base) & set(witness):
        linked = sum(
            any(base[i] == form for i in row.base) and any(witness[j] == form for j in row.witness)
            for row in rows
        )
        assert linked == min(base.count(form), witness.count(form))


@given(PAIR)
def test_a_further_copy_names_a_row_with_its_text_on_the_other_side(
    texts: tuple[list[str], list[str]],
) -> None:
    rows = align(*texts)
    places = {(row.base, row.witness) for row in rows}
    for row in rows:
        if row.repeats:
            assert row.repeats in places
            assert bool(row.base) != bool(row.witness)
            assert all(row.repeats)


@settings(max_examples=40)
@given(PAIR)
def test_similarities_are_between_zero_and_one(texts: tuple[list[str], list[str]]) -> None:
    for row in align(*texts):
        assert 0 <= row.similarity <= 1
        assert (row.similarity == 0) or (row.base and row.witness)
