"""The relation of two texts, and its wording. The texts are made up for these tests."""

import re
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from itertools import permutations
from pathlib import Path

import pytest

from app.collation.alignment import align
from app.collation.model import AlignedRow
from app.collation.relations import (
    Relation,
    RelationKind,
    classify,
    prefilter,
    prepare,
    relate,
    relate_several,
)
from app.collation.relations.prepared_text import MIN_SHARED_RUN, WordSequence
from app.collation.relations.topic import likeness
from app.collation.text import boilerplate, fingerprints, paragraphs
from app.web.pages.shared.relation_summary import says

ARTICLE = [
    "Varna closes its harbour bridge",
    "The harbour bridge at Varna was closed on Monday after divers found rust in two of its nine pillars.",
    "Ferries will sail every twenty minutes until the repair is done, the council said, and that may take six weeks.",
    "“We looked at every one of the pillars and what we saw under the water frightened us all,” Ingrid Solberg, who "
    "leads the divers, told the council on Sunday night.",
    "The bridge carries some 40,000 cars a day, and the port of Burgas has offered to take in the larger ships.",
    "Shopkeepers on the eastern side fear for their trade; one bakery has let four of its seven people go already.",
    "It was built in 1938 by a firm from Gdańsk and was last painted when the tram lines were taken up.",
]
REWORDED = [
    "Harbour bridge in Varna shut",
    "Varna's harbour bridge was shut on Monday when divers discovered rust on two of the nine pillars it stands on.",
    "Until the repair is ended, which may last six weeks, ferries will run every twenty minutes, the council stated.",
    "“We examined each of the pillars, and what we saw beneath the water frightened all of us,” the leader of the "
    "divers, Ingrid Solberg, said to the council on Sunday night.",
    "Some 40,000 cars use the bridge each day, and Burgas port has offered to receive the bigger ships.",
    "Shop owners on the eastern side are afraid for their trade; a bakery has already let go four of its seven people.",
    "A firm from Gdańsk built it in 1938, and it was last painted when the lines of the tram were removed.",
]
ELSEWHERE = [
    "A dry spring worries growers of roses",
    "In the valley of Kazanlak the pickers began two weeks early this year, since hardly any rain has fallen.",
    "The oil of a good harvest fetches 9,000 a kilo, and buyers from Grasse have been calling at the stills.",
    "Old Petko Marinov has kept a diary of first blossoms for fifty years and finds no year like it.",
    "A festival will go on as it always did, with dances on the square and a queen chosen from the schools.",
    "Irrigation from the dam is rationed to three nights a week, which smaller farms can hardly pay for.",
]
SAME_EVENT = [
    "Rust shuts Varna's harbour bridge",
    "Queues grew before the ferries of Varna on Tuesday, a day after rust in the pillars closed the harbour bridge.",
    "Mayor Dimo Petrov asked for patience: the repair may take six weeks, he told the council, and cost 12 million.",
    "Drivers from the eastern side, where shopkeepers fear for trade, now go round the lake, which takes an hour.",
    "Ships for Varna are sent on to Burgas. Divers led by Ingrid Solberg will go down again when the council meets.",
    "Built in 1938, the bridge carries 40,000 cars a day; Varna has long asked Gdańsk's builders for their drawings.",
]
QUOTATION = "“We looked at every one of the pillars and what we saw under the water frightened us all,” the diver said."


def kind(base: list[str], witness: list[str]) -> RelationKind | None:
    relation = relate(base, witness)
    return relation.kind if relation else None


def relation_of(base: list[str], witness: list[str]) -> Relation:
    relation = relate(base, witness)
    assert relation is not None
    return relation


def test_the_same_words_are_the_same_text_whatever_their_typography() -> None:
    louder = [text.upper().replace("“", '"').replace("”", '"') for text in ARTICLE]
    relation = relation_of(ARTICLE, louder)
    assert relation.kind == "same"
    assert (relation.resemblance, relation.base_in_witness, relation.witness_in_base) == (1.0, 1.0, 1.0)
    assert says(relation) == "7 of 7 paragraphs, all word for word; 1 quotation"


def test_a_copy_with_a_few_words_changed_is_a_near_duplicate() -> None:
    changed = [text.replace("harbour", "port").replace("some 40,000", "about 40,000") for text in ARTICLE]
    relation = relation_of(ARTICLE, changed)
    assert relation.kind == "near-duplicate"
    assert relation.base_shared == relation.witness_shared == 7
    assert says(relation) == "7 of 7 paragraphs, 4 of them word for word; 1 quotation"


def test_a_text_paraphrased_paragraph_by_paragraph_is_reworded() -> None:
    relation = relation_of(ARTICLE, REWORDED)
    assert relation.kind == "reworded"
    assert (relation.base_verbatim, relation.witness_verbatim) == (0, 0)
    assert (relation.quotations, relation.reworded) == (1, 1)
    assert says(relation) == "7 of 7 paragraphs; 1 quotation reworded"


def test_a_cut_copy_is_contained_and_the_whole_contains_it() -> None:
    relation = relation_of(ARTICLE, ARTICLE[:3])
    assert relation.kind == "contains"
    assert relation.witness_in_base == 1.0
    assert 0.3 < relation.base_in_witness < 0.5
    assert kind(ARTICLE[:3], ARTICLE) == "contained"


def test_one_paragraph_in_an_article_on_something_else_is_shared() -> None:
    relation = relation_of(ARTICLE, [*ELSEWHERE[:3], ARTICLE[4], *ELSEWHERE[3:]])
    assert relation.kind == "shares-paragraphs"
    assert (relation.base_shared, relation.witness_shared) == (1, 1)
    assert (relation.base_verbatim, relation.witness_verbatim) == (1, 1)
    assert says(relation) == "1 of 7 paragraphs, word for word"


def test_a_quotation_alone_is_not_reuse() -> None:
    relation = relation_of(ARTICLE, [*ELSEWHERE[:3], QUOTATION, *ELSEWHERE[3:]])
    assert relation.kind == "shares-quotation"
    assert not relation.is_reuse
    assert says(relation) == "1 quotation"


def test_a_reworded_quotation_is_called_reworded() -> None:
    reworded = QUOTATION.replace("frightened us all", "made all of us afraid")
    assert says(relation_of(ARTICLE, [*ELSEWHERE[:3], reworded])) == "1 quotation, reworded"


def test_what_one_quotes_and_the_other_prints_without_marks_is_a_shared_quotation() -> None:
    quoting = "“Ferries will sail every twenty minutes until the repair is done,” the statement said."
    assert kind(ARTICLE, [*ELSEWHERE[:3], quoting, *ELSEWHERE[3:]]) == "shares-quotation"


def test_a_paragraph_copied_with_the_words_around_its_quotation_is_shared() -> None:
    assert kind(ARTICLE, [*ELSEWHERE[:3], ARTICLE[3], *ELSEWHERE[3:]]) == "shares-paragraphs"
    less = ARTICLE[3].replace(", who leads the divers, told the council on Sunday night.", " said.")
    assert kind(ARTICLE, [*ELSEWHERE[:3], less, *ELSEWHERE[3:]]) == "shares-quotation"


def test_a_title_or_a_phrase_in_quotation_marks_is_nothing() -> None:
    base, witness = (
        [*texts, "She spoke on “The Morning Hour with Ada Fink” that day."] for texts in (ARTICLE, ELSEWHERE)
    )
    assert kind(base, witness) is None


def test_an_article_that_is_nearly_all_quotation_may_be_copied_too() -> None:
    speech = [f"“{text.strip('“').replace('”', '')}”" for text in ARTICLE]
    assert kind(speech, speech[:4]) == "contains"


def test_independent_reports_of_one_event_are_the_same_story_and_not_reuse() -> None:
    relation = relation_of(ARTICLE, SAME_EVENT)
    assert relation.kind == "same-story"
    assert not relation.is_reuse
    assert relation.base_in_witness == relation.witness_in_base == 0.0
    assert says(relation).startswith("no shared text; ")


def test_texts_on_different_things_have_no_relation() -> None:
    assert kind(ARTICLE, ELSEWHERE) is None


@pytest.mark.parametrize("nothing", [[], ["—"], [""]])
def test_a_text_without_words_has_no_relation(nothing: list[str]) -> None:
    assert kind(nothing, ARTICLE) is None
    assert kind(nothing, nothing) is None


def test_a_few_words_in_common_are_nothing_where_texts_are_short() -> None:
    assert kind(["Talks open in Oslo."], ["Talks open in Rome."]) is None
    assert kind(["Talks open in Oslo."], ["TALKS OPEN IN OSLO."]) == "same"


def test_furniture_does_not_count() -> None:
    line = (
        "The Varna Courier is printed every weekday on paper from the mills at Belovo and is carried by bus to all the "
        "villages of the coast, where it is read aloud in cafés and wraps the fish of the day after."
    )
    base, witness = [*ARTICLE, line], [*ELSEWHERE, line]
    assert relate(base, witness, [len(ARTICLE)], [len(ELSEWHERE)]) is None
    assert kind(base, witness) is None, "though nobody said that it is"


def test_boilerplate_addressed_to_readers_is_not_a_shared_paragraph() -> None:
    line = (
        "We want to hear what you think of our reporting. Write to us at the address below, and tell us whether we may "
        "print your letter."
    )
    assert kind([*ARTICLE[:3], line, *ARTICLE[3:]], [*ELSEWHERE[:3], line, *ELSEWHERE[3:]]) is None


def test_masked_fingerprints_do_not_count_as_shared_text() -> None:
    line = (
        "The Varna Courier is printed every weekday on paper from the mills at Belovo and is carried by bus to all the "
        "villages of the coast, where it is read aloud in cafés and wraps the fish of the day after."
    )
    base, witness = [*ARTICLE, line], [*ELSEWHERE, line]
    masked = frozenset(fingerprints.fingerprints(base)) & frozenset(fingerprints.fingerprints(witness))
    assert masked
    assert relate(base, witness, masked=masked) is None
    copy = relate(base, [*ARTICLE[:3], line], masked=masked)
    assert copy is not None
    assert (copy.kind, copy.base_paragraphs, copy.witness_in_base) == ("contains", 8, 1.0)


def test_scripts_without_spaces_are_related_too() -> None:
    text = [
        "国防部长在莫斯科表示,中国在乌克兰问题上全力支持俄罗斯,两国关系处于历史最好水平。",
        "会谈持续了两个小时,双方签署了三份文件,并商定明年春天在北京再次会晤。",
    ]
    assert (
        kind(text, [*text, "另据报道,代表团随后前往圣彼得堡,参观了一家造船厂和一所海军学院。"]) == "contained"
    )
    assert kind(text, ["山谷里的玫瑰今年早开了两个星期,因为几乎没有下雨,农民十分担心收成。"]) is None


def test_the_seeds_are_related_as_in_the_standing_example() -> None:
    relations = {}
    texts = {}
    for article in tomllib.loads(Path("seeds/manifest.toml").read_text(encoding="utf-8"))["article"]:
        lines = paragraphs.split((Path("seeds") / article["file"]).read_text(encoding="utf-8"))
        text = paragraphs.with_title(article["title"], lines)
        guessed = boilerplate.guess(text, paragraphs.headline(article["title"], text))
        texts[article["file"].split("-")[0]] = (text, guessed)
    for base, witness in permutations(texts, 2):
        relation = relate(texts[base][0], texts[witness][0], texts[base][1], texts[witness][1])
        relations[base, witness] = relation.kind if relation else None
    assert relations["repost", "newsweek"] == "near-duplicate"
    assert relations["wsws", "newsweek"] == relations["wsws", "repost"] == "shares-quotation"
    assert {relations["warsaw", witness] for witness in ("atlas", "wsws", "repost", "newsweek")} == {None}
    assert {relations["atlas", witness] for witness in ("wsws", "repost", "newsweek")} == {"same-story"}


def test_a_process_with_another_hash_seed_finds_the_same() -> None:
    code = (
        "from tests.unit.collation.relations.test_relations import *\n"
        "print(relate(ARTICLE, REWORDED), relate(ARTICLE, SAME_EVENT), relate(ARTICLE, [*ELSEWHERE, QUOTATION]))"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(answers) == 1


def test_few_candidates_are_aligned(monkeypatch: pytest.MonkeyPatch) -> None:
    """Alignment is what takes time: it is done only for copies, and once for candidates with the same text."""
    aligned = []

    def recorded(base: Sequence[str], witness: Sequence[str]) -> tuple[AlignedRow, ...]:
        aligned.append(witness)
        return align(base, witness)

    monkeypatch.setattr(classify, "align", recorded)
    line = "Sign up here to get the Varna Courier's morning letter from the harbour every weekday."
    strangers = [[*(f"{text} {number}" for text in ELSEWHERE), line] for number in range(40)]
    several = [prepare(text) for text in [*strangers, REWORDED, REWORDED, REWORDED]]
    relations = relate_several(prepare([*ARTICLE, line]), several)
    assert [relation.kind for relation in relations if relation] == ["reworded"] * 3
    assert len(aligned) == 1


def test_the_first_look_is_the_same_from_both_sides() -> None:
    run = [f"shared{place}" for place in range(MIN_SHARED_RUN)]
    whole = WordSequence((*run, *(f"here{place}" for place in range(300))))
    pieces = [word for at in range(MIN_SHARED_RUN - 2) for word in (*run[at : at + 3], f"between{at}")]
    parted = WordSequence((*pieces, *(f"there{place}" for place in range(300))))
    assert not prefilter.worth_aligning(whole, parted)
    assert not prefilter.worth_aligning(parted, whole)
    again = WordSequence((*parted.terms, *run))
    assert prefilter.worth_aligning(whole, again)
    assert prefilter.worth_aligning(again, whole)


def test_several_texts_are_related_as_each_is_by_itself() -> None:
    several = [ARTICLE, ELSEWHERE, REWORDED, ARTICLE[:3], SAME_EVENT, [*ELSEWHERE, QUOTATION], SAME_EVENT]
    relations = relate_several(prepare(ARTICLE), [prepare(text) for text in several])
    assert relations == [relate(ARTICLE, text) for text in several]
    assert [relation.kind if relation else None for relation in relations] == [
        "same", None, "reworded", "contains", "same-story", "shares-quotation", "same-story",
    ]  # fmt: skip


def test_among_many_same_story_articles_the_most_similar_are_named() -> None:
    apart = [
        re.sub(r"(\w+ \w+) ", r"\1 indeed ", text) for text in SAME_EVENT
    ]  # no three words in a row stay
    several = [prepare([*apart, f"{ELSEWHERE[1]} " * count]) for count in range(12)]
    base = prepare(ARTICLE)
    relations = relate_several(base, several)
    alike = [likeness(base.topic, text.topic) for text in several]
    named = [score for score, relation in zip(alike, relations, strict=True) if relation]
    assert len(named) == classify.MAX_SAME_STORY_TRIED
    assert sorted(named) == sorted(alike)[-classify.MAX_SAME_STORY_TRIED :]
    assert relate_several(base, several[::-1]) == relations[::-1]
