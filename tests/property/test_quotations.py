"""Whatever the text: quotations are in order, at their places, and what is listed of them is printed there."""

from hypothesis import given
from hypothesis import strategies as st

from app.collation.quotations import attribute, find
from app.collation.quotations.speakers.mentions import speakers
from app.collation.quotations.speakers.narrative import Narration
from app.collation.quotations.speakers.utterances import utterances
from app.collation.quotations.versions.matching import MIN_ALIKE, cluster, related

PIECES = st.sampled_from(
    "“ ” \" ' ‘ ’ « » , . : ; ? ! — ( ) [ ] … ... he she it who said told saying according to the a an of for Ann Lee "
    "Mr. Ms. U.S. President minister spokesman China's Lee's de la and that called “yes,” “no.” 2,000 Monday * 王 "
    "quickly newly appointed refused WALLACE: we have supported you on this".split()
)
PARAGRAPHS = st.lists(
    st.one_of(st.lists(PIECES, max_size=30).map(" ".join), st.text(max_size=40)), max_size=4
).map(tuple)
QUOTED = st.lists(PIECES, max_size=14).map(lambda pieces: f"“{' '.join(pieces)}”")


@given(PARAGRAPHS)
def test_each_quotation_is_listed_once_with_printed_words_only(paragraphs: tuple[str, ...]) -> None:
    attributions = attribute(paragraphs)
    assert [attribution.quotation for attribution in attributions] == list(find(paragraphs))
    whole = "\n".join(paragraphs)
    for attribution in attributions:
        assert attribution.person is None or (attribution.speaker and attribution.person in whole)
        assert attribution.cue is None or (attribution.speaker and attribution.cue in whole)
    joined = utterances(paragraphs, attributions)
    assert [place for utterance in joined for place in utterance.parts] == list(range(len(attributions)))


@given(PARAGRAPHS)
def test_a_speaker_is_at_its_stated_place(paragraphs: tuple[str, ...]) -> None:
    for mention in speakers(Narration(paragraphs, find(paragraphs))):
        if mention:
            printed = paragraphs[mention.paragraph][mention.start : mention.end]
            assert printed.replace("*", "") == mention.text != ""


@given(QUOTED, QUOTED)
def test_relations_look_the_same_from_both_sides(base: str, witness: str) -> None:
    relation, mirrored = related(base, witness), related(witness, base)
    assert mirrored == (relation and relation.mirrored)
    if relation:
        assert MIN_ALIKE <= relation.alike <= 1
        assert 0 <= relation.base[0] < relation.base[1] <= len(base)
        assert 0 <= relation.witness[0] < relation.witness[1] <= len(witness)


@given(st.lists(QUOTED, max_size=6))
def test_clusters_share_no_quotation_and_centre_on_the_most_complete(texts: list[str]) -> None:
    clusters = cluster(texts)
    places = [place for group in clusters for wording in group.wordings for place in wording]
    assert len(places) == len(set(places))
    for group in clusters:
        assert set(group.relations) | {group.whole} == {
            place for wording in group.wordings for place in wording
        }
