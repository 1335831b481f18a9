from itertools import permutations

import pytest

from app.collation.quotations import find
from app.collation.quotations.versions.matching import cluster, related, signature
from tests.golden.seeds import sides

WHOLE = "“We have supported you on the Ukrainian issue, and we will not change our established policy because of this.”"


def kind(base: str, witness: str) -> str | None:
    relation = related(base, witness)
    return relation.kind if relation else None


@pytest.mark.parametrize(
    ("witness", "expected"),
    [
        (
            WHOLE.upper().strip("“.”"),
            "same",
        ),
        ("“we will not change our established policy”", "part"),
        ("“We have supported you … and we will not change our established policy because of this.”", "same"),
        ("“[We] will not change our established policy [of support] because of this.”", "part"),
        ("“we [China] supports you [Russia] on the Ukrainian issue”", "reworded"),
        (
            "“We supported you on the Ukrainian issue, and shall not alter our established policy because of this.”",
            "reworded",
        ),
        ("“Ukrainian issue”", None),
        ("“established policy because”", None),
        ("“We have not been able to change the weather, and we will not be able to.”", None),
        ("“”", None),
    ],
)
def test_what_a_quotation_is_to_a_longer_one(witness: str, expected: str | None) -> None:
    assert kind(WHOLE, witness) == expected
    assert kind(witness, WHOLE) == expected


def test_a_part_is_placed_in_the_whole_with_its_rewordings() -> None:
    relation = related(WHOLE, "“we [China] supports you [Russia] on the Ukrainian issue”")
    assert relation is not None
    assert WHOLE[slice(*relation.base)] == "We have supported you on the Ukrainian issue"
    assert (relation.whole_base, relation.whole_witness) == (False, True)


def test_the_sides_may_be_swapped() -> None:
    part = "“we will not change our policy”"
    relation, mirrored = related(WHOLE, part), related(part, WHOLE)
    assert relation is not None
    assert mirrored is not None
    assert (relation.base, relation.witness, relation.alike) == (
        mirrored.witness,
        mirrored.base,
        mirrored.alike,
    )


def test_spelling_and_typography_are_the_same_wording() -> None:
    assert kind("“The colour of the harbour”", '"the color of the harbor,"') == "same"


def test_a_slogan_of_three_words_is_a_version_of_itself_alone() -> None:
    assert kind("“best in history”", '"Best in history."') == "same"
    assert kind("“best in history”", "“They are the best in history by far”") is None


def test_versions_share_a_gram_of_the_signature_and_others_do_not() -> None:
    assert signature(WHOLE) & signature("“supports you on the Ukrainian issue”")
    assert not signature(WHOLE) & signature("“It is the end of the road for all of us.”")
    assert signature("“Ukrainian issue”") == frozenset()


def test_signatures_do_not_change_from_machine_to_machine() -> None:
    assert signature("“best in history”") == {-8282395000554944746}


def test_a_slogan_does_not_make_two_speeches_one() -> None:
    first_speech = (
        "“We shall make the country great again, and we shall build schools for all of our children.”"
    )
    second_speech = (
        "“They say make the country great again, but what they mean is lower taxes on their friends.”"
    )
    slogan = "“make the country great again”"
    for texts in permutations((first_speech, second_speech, slogan)):
        (group,) = cluster(texts)
        assert {texts[place] for wording in group.wordings for place in wording} in (
            {first_speech, slogan},
            {second_speech, slogan},
        )


def test_wordings_are_grouped_with_the_most_complete_first() -> None:
    texts = ["“we will not change our policy”", "“It rained.”", WHOLE, '"We will not change our policy."']
    (group,) = cluster(texts)
    assert group.whole == 2
    assert group.wordings == ((2,), (0, 3))
    assert sorted(group.relations) == [0, 3]


def seeds() -> tuple[list[str], list[str]]:
    texts, names = [], []
    for name, side in sides().items():
        for quotation in find(side.paragraphs):
            texts.append(quotation.text)
            names.append(name)
    return texts, names


def versions_of(beginning: str) -> list[set[str]]:
    """Return the seeds that print a quotation, grouped by wording, the most complete first."""
    texts, names = seeds()
    for group in cluster(texts):
        if beginning in texts[group.whole]:
            return [{names[place] for place in wording} for wording in group.wordings]
    return []


def test_dongs_sentence_is_in_four_articles_in_four_wordings() -> None:
    assert versions_of("We have supported you on the Ukrainian issue") == [
        {"newsweek"},
        {"repost"},
        {"wsws"},
        {"atlas"},
    ]


def test_wangs_sentence_is_verbatim_in_two_articles_and_reworded_in_a_third() -> None:
    assert versions_of("China's position on the Ukraine crisis") == [
        {"newsweek", "wsws"},
        {"repost"},
    ]


def test_the_sentence_on_the_bloc_is_in_three_articles_unchanged() -> None:
    three = {"newsweek", "repost", "wsws"}
    assert versions_of("Unlike some Western countries") == [three]
    assert versions_of("closest and most fruitful cooperation") == [three]
