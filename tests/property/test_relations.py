"""Whatever two texts hold: the same relation from both sides, counts that fit the texts, and one way to read words."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.collation.relations import relate
from app.collation.text import fingerprints
from app.collation.text.words import terms
from app.web.pages.shared.relation_summary import says

WORDS = (
    "the harbour bridge Varna closed on Monday ferries sail council said six weeks 63 rust Ingrid your privacy 桥 关闭"
).split()
SENTENCE = st.lists(st.sampled_from(WORDS), min_size=3, max_size=24).map(lambda words: " ".join(words) + ".")
PARAGRAPH = st.one_of(
    SENTENCE,
    SENTENCE.map(lambda text: f"“{text}” she said."),
    st.sampled_from(["•", "Read more", "\u200b", "“"]),
    st.text(min_size=1, max_size=12),
)
TEXT = st.lists(PARAGRAPH, max_size=8)


@st.composite
def related(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    """Draw a text and a version with paragraphs and words dropped, added, moved and changed."""
    base = draw(TEXT)
    witness = list(base)
    for _ in range(draw(st.integers(0, 4))):
        if not witness:
            break
        at = draw(st.integers(0, len(witness) - 1))
        match draw(st.sampled_from(["drop", "move", "reword", "quote", "shout", "add"])):
            case "drop":
                witness.pop(at)
            case "move":
                witness.insert(draw(st.integers(0, len(witness) - 1)), witness.pop(at))
            case "reword":
                witness[at] = witness[at].replace("the", "a").replace("bridge", "crossing")
            case "quote":
                witness[at] = f"“{witness[at]}”"
            case "shout":
                witness[at] = witness[at].upper()
            case _:
                witness.insert(at, draw(PARAGRAPH))
    return base, witness


PAIR = st.one_of(related(), st.tuples(TEXT, TEXT))


@settings(max_examples=150)
@given(PAIR, st.sets(st.integers(0, 7)), st.sets(st.integers(0, 7)))
def test_a_relation_is_the_same_from_both_sides(
    texts: tuple[list[str], list[str]], base_furniture: set[int], witness_furniture: set[int]
) -> None:
    base, witness = texts
    masked = frozenset(fingerprints.fingerprints(base[:1]))
    relation = relate(base, witness, base_furniture, witness_furniture, masked)
    turned = relate(witness, base, witness_furniture, base_furniture, masked)
    assert turned == (relation.swapped() if relation else None)


@settings(max_examples=150)
@given(PAIR)
def test_counts_fit_the_texts(texts: tuple[list[str], list[str]]) -> None:
    base, witness = texts
    relation = relate(base, witness)
    if relation is None:
        return
    assert says(relation)
    assert 0 <= relation.base_shared <= relation.base_paragraphs == len(base)
    assert 0 <= relation.witness_shared <= relation.witness_paragraphs == len(witness)
    assert 0 <= relation.base_verbatim <= relation.base_shared
    assert 0 <= relation.witness_verbatim <= relation.witness_shared
    assert 0 <= relation.reworded <= relation.quotations
    for share in (relation.resemblance, relation.base_in_witness, relation.witness_in_base):
        assert 0 <= share <= 1
        assert share == round(share, 6)
    if relation.is_reuse:
        assert relation.base_shared
        assert relation.witness_shared
    if relation.kind == "contains":
        assert relation.witness_in_base > relation.base_in_witness


@settings(max_examples=150)
@given(TEXT)
def test_a_text_with_words_is_the_same_as_itself(text: list[str]) -> None:
    relation = relate(text, list(text))
    if any(map(terms, text)):
        assert relation is not None
        assert (relation.kind, relation.base_in_witness, relation.witness_in_base) == ("same", 1.0, 1.0)
        assert relation == relation.swapped()
    else:
        assert relation is None


@given(st.lists(st.text(max_size=30), max_size=5))
def test_words_are_the_same_however_a_text_is_cut_into_lines(text: list[str]) -> None:
    assert terms("\n".join(text)) == [term for line in text for term in terms(line)]


@given(st.lists(st.text(max_size=40), max_size=5))
def test_words_for_the_index_have_no_spaces_and_are_sorted(text: list[str]) -> None:
    index_words = fingerprints.words(text)
    assert list(index_words) == sorted(set(index_words))
    assert all(word and not any(sign.isspace() for sign in word) for word in index_words)
