"""Whatever the texts, and in whatever order they come, the apparatus of a paragraph counts what differs."""

from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.collation import pipeline
from app.collation.model import Comparison, Side
from app.collation.synopsis import Apparatus, apparatus, word_spans

WORDS = (
    "we do not put pressure on them from 63 to 66 ships said Ann Lee in the harbour on Monday , . “ ”".split()
)
PARAGRAPH = st.lists(st.sampled_from(WORDS), min_size=1, max_size=24).map(" ".join)
TEXTS = st.lists(st.lists(PARAGRAPH, min_size=1, max_size=3), min_size=2, max_size=5)


def compared(texts: list[list[str]]) -> list[Comparison]:
    """Compare the first text with each of the others."""
    sides = [
        Side(f"r{place}", "Title", tuple(paragraphs), article=f"a{place}")
        for place, paragraphs in enumerate(texts)
    ]
    return [pipeline.compare(sides[0], side) for side in sides[1:]]


def variant(text: list[str], draw: Random) -> list[str]:
    """Reword, cut and swap words of ``text``, so that most of it is kept."""
    paragraphs = []
    for paragraph in text:
        words = paragraph.split()
        for _ in range(draw.randrange(4)):
            at = draw.randrange(len(words))
            words[at : at + draw.randrange(3)] = draw.choices(WORDS, k=draw.randrange(3))
            words = words or ["x"]
        paragraphs.append(" ".join(words))
    return paragraphs


def check(comparisons: list[Comparison], text: str, found: Apparatus) -> None:
    assert len(found.versions) + len(found.lacking) == len(comparisons)
    assert found.words == word_spans(text)
    for word in range(len(found.words)):
        changing = [
            version
            for version in found.versions
            if any(word in range(*difference.words) for difference in version.differences)
        ]
        assert found.counts[word] == len(changing)
        around = [place for place in found.places if word in range(*place.words)]
        assert len(around) <= 1
        assert bool(changing) <= bool(around)
        if around:
            assert {version.revision for version in changing} <= set(around[0].differing)
    for version in found.versions:
        base = "".join(text[slice(*change.base)] for change in version.changes)
        assert base == text
        assert "".join(version.text[slice(*change.witness)] for change in version.changes) == version.text
        for end in (0, 1):  # they are looked up from either end
            ends = [difference.words[end] for difference in version.differences]
            assert ends == sorted(ends)
    for place in found.places:
        assert 1 <= len(place.differing) <= place.carriers <= len(found.versions)
        assert 1 <= place.level <= 5
        readings = found.readings(place.words)
        carrying = [revision for reading in readings for revision in reading.revisions]
        assert sorted(carrying) == sorted(set(carrying))
        assert len(carrying) == place.carriers
        assert readings[0].text == text[slice(*place.span)]


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, st.integers(0, 99))
def test_counts_are_right_and_the_order_of_the_witnesses_does_not_matter(
    texts: list[list[str]], seed: int
) -> None:
    draw = Random(seed)
    texts = [texts[0], *(variant(texts[0], draw) for _ in range(3)), *texts[1:]]
    comparisons = compared(texts)
    shuffled = draw.sample(comparisons, len(comparisons))
    for index, text in enumerate(texts[0]):
        differing = apparatus(comparisons, text, index)
        check(comparisons, text, differing)
        again = apparatus(shuffled, text, index)
        assert again == differing
        assert [again.readings(place.words) for place in again.places] == [
            differing.readings(place.words) for place in differing.places
        ]


@settings(deadline=None, max_examples=20)
@given(st.lists(PARAGRAPH, min_size=1, max_size=3))
def test_the_same_text_differs_nowhere(text: list[str]) -> None:
    for index, paragraph in enumerate(text):
        equal = apparatus(compared([text, text, text]), paragraph, index)
        assert (equal.places, equal.lacking, set(equal.counts) <= {0}) == ((), (), True)
