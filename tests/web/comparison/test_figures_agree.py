"""One pair has one set of figures: in the sentence, the relation below it, the lists, the matrix and the API."""

import re
from itertools import permutations

import pytest
from fastapi.testclient import TestClient

from app.db.engine.base import Database
from app.permalinks import compare_path, story_path
from app.services.articles import store
from app.services.summaries import ArticleEntry
from app.sources import text
from tests.unit.services.texts import paragraphs
from tests.web.comparison.comparing import heard

HEADLINE = "Harbour bridge closes for eleven weeks of repairs"
QUOTED = "“We looked at every one of the nine pillars and what we saw frightened us all,” Ann Lee told the council."
BODY = [*paragraphs(1, count=4), QUOTED, *paragraphs(2, count=3)]
SHORT_QUOTATION = "“Not now,” she said when she was asked about the date."
ELSEWHERE = paragraphs(9, count=5)


def reworded(paragraph: str) -> str:
    """Replace every sixth word of the paragraph."""
    words = paragraph.split()
    words[3::6] = ["otherwise"] * len(words[3::6])
    return " ".join(words)


def halves(paragraph: str) -> list[str]:
    first, rest = paragraph.split(". ", 1)
    return [f"{first}.", rest]


COPIES = {
    "same": [HEADLINE, *BODY],
    "reworded headline": ["Eleven weeks without the bridge over the harbour", *BODY],
    "another headline": ["Ferries to sail", *BODY],
    "extras": ["Subscribe to our newsletter", HEADLINE, *BODY, "Read more", "Share this article"],
    "split paragraphs": [HEADLINE, *halves(BODY[0]), *BODY[1:3], *halves(BODY[3]), *BODY[4:]],
    "joined paragraphs": [HEADLINE, f"{BODY[0]} {BODY[1]}", *BODY[2:]],
    "cut, reworded and added to": [HEADLINE, BODY[0], reworded(BODY[1]), *BODY[3:], *ELSEWHERE],
    "one paragraph of nine": [ELSEWHERE[0], BODY[0], *ELSEWHERE[1:], *paragraphs(8), *paragraphs(7)],
    "loosely alike as well": [*ELSEWHERE, *paragraphs(8), BODY[0], "The bridge closes for repairs in May, at eleven."],
    "reworded quotation": [HEADLINE, *BODY[:4], QUOTED.replace("frightened us all", "made us afraid"), *BODY[5:]],
    "short reworded quotation": [HEADLINE, *BODY, "“Not yet,” she said when she was asked about the date."],
    "quotation in part": [
        HEADLINE, *BODY[:4], "What they saw “frightened us all,” Ann Lee told the council.", *BODY[5:],
    ],
    "quotation broken by attribution": [
        HEADLINE, *BODY[:4],
        "“We looked at every one of the nine pillars,” Ann Lee told them, “and what we saw frightened us all.”",
        *BODY[5:],
    ],
    "quotation alone": [*ELSEWHERE, QUOTED.replace("Ann Lee told the council", "the head diver has said")],
    "reworded quotation alone": [*ELSEWHERE, "“We looked at all of the nine pillars and what we saw frightened us.”"],
    "quotation printed without marks": [
        *ELSEWHERE, "It is said that we looked at every one of the nine pillars and what we saw frightened us all.",
    ],
    "nothing": ELSEWHERE,
}  # fmt: skip
"""The witnesses of ``[HEADLINE, *BODY, SHORT_QUOTATION]``."""


class Pair:
    """What every place says about a base and a witness."""

    def __init__(self, client: TestClient, base: ArticleEntry, witness: ArticleEntry) -> None:
        path = compare_path(base.revision, witness.revision)
        page = client.get(path).text
        parts = (r'<span class="lead">(.*?)</span>', r'<div class="meaning-head">(.*?)</div>')
        matches = [re.search(part, page, re.S) for part in parts]
        self.sentence = " ".join(heard(match[1]) for match in matches if match)
        line = re.search(r'<p class="small relation-line">(.*?)</p>', page, re.S)
        self.line = heard(line[1]) if line else ""
        self.summary = client.get(f"/api{path}").json()["summary"]
        self.figures = self.summary["relation"]
        listed = client.get(f"{path}/findings.json").json()["findings"]
        self.quotation_findings = sum(finding["kind"] == "quotation" for finding in listed)
        article = client.get(f"/articles/{base.article}").text
        items = [heard("<li" + item.partition("</li")[0]) for item in re.split(r"<li\b", article)[1:]]
        self.base = base.publisher
        self.listed = next((item for item in items if witness.title in item and "Compare with" in item), "")
        story = client.get(f"{story_path(base.article)}?base={base.article}").text if self.is_reuse else ""
        self.matrix = self._column(story, witness)
        members = story.partition('<ol class="members"')[2].partition("</ol>")[0].split("<li")
        self.member = next((heard(item) for item in members if f"/articles/{witness.article}" in item), "")

    @property
    def is_reuse(self) -> bool:
        return self.figures is not None and self.figures["kind"] not in ("shares-quotation", "same-story")

    def _column(self, story: str, witness: ArticleEntry) -> list[str]:
        """Return the fate of each paragraph of the base, by the class of its cell."""
        cells = re.findall(rf'<td class="(\w+)[^"]*"><a href="/compare/\w+\.\.{witness.revision}[#"]', story)
        return [str(cell) for cell in cells]


def check(pair: Pair) -> None:
    """Assert that each number that a place names is the API's."""
    figures = pair.figures
    if figures is None:
        assert pair.line == pair.listed == ""
        assert pair.sentence.startswith("These two share")
        return
    containment = pair.summary["containment"]
    side = "base" if containment["base_in_witness"] > containment["witness_in_base"] else "witness"
    shared, total, verbatim = (figures[f"{side}_{name}"] for name in ("shared", "paragraphs", "verbatim"))
    if pair.is_reuse:
        check_sentence_of_reuse(pair.sentence, shared, total, verbatim)
        assert figures["reworded"] == pair.summary["findings"].get("quotation", 0) == pair.quotation_findings
        check_matrix(pair)
    if figures["kind"] == "shares-quotation":
        count = "one quotation" if figures["quotations"] == 1 else f"{figures['quotations']} quotations"
        assert pair.sentence.startswith(f"These two share {count}, and little else.")
        assert f"{figures['quotations']} quotation" in pair.line
    if figures["kind"] == "same-story":
        assert f"Only {shared} of the {total} paragraphs" in pair.sentence
        if not pair.line:  # of many on one event only the nearest are named
            assert pair.listed == ""
            return
    check_quotations(pair)
    if figures["kind"] not in ("same", "shares-quotation"):
        assert f"{shared} of {total} paragraphs" in pair.line
        assert f"{figures['base_shared']} of {figures['base_paragraphs']} paragraphs" in pair.listed


def check_sentence_of_reuse(sentence: str, shared: int, total: int, verbatim: int) -> None:
    if sentence.startswith("The same"):
        assert shared == total == verbatim
        return
    how = (
        ", word for word"
        if verbatim == shared
        else f"; {shared - verbatim} {'is' if shared - verbatim == 1 else 'are'} reworded"
        if verbatim
        else ", reworded"
    )
    how_many = f"All {total} paragraphs of" if shared == total else f"{shared} of the {total} paragraphs of"
    assert sentence.startswith(how_many)
    assert re.search(rf" also appears? in .*?{how}[.;]", sentence)


def check_quotations(pair: Pair) -> None:
    reworded, total = pair.figures["reworded"], pair.figures["quotations"]
    match = re.search(
        r"(?:(\d+) of (\d+)|All (\d+)|The (one)) shared quotations? (?:is|are) worded differently",
        pair.sentence,
    )
    if match:
        several = int(match[3] or 0) or int(match[4] == "one")
        assert (int(match[1] or several), int(match[2] or several)) == (reworded, total)
    else:
        assert not reworded
    for place in (pair.line, pair.listed):
        counts = re.search(r"(\d+) quotations?(?:, (\d+) of them|, (all)|(,))? reworded", place)
        if counts and place:
            assert int(counts[2] or counts[1]) == reworded


def check_matrix(pair: Pair) -> None:
    figures = pair.figures
    counts = {state: pair.matrix.count(state) for state in ("verbatim", "reworded", "resembling", "absent")}
    assert sum(counts.values()) == figures["base_paragraphs"]
    assert counts["verbatim"] == figures["base_verbatim"]
    assert counts["verbatim"] + counts["reworded"] == figures["base_shared"]
    left_out = re.search(r"leaves out (\d+)", pair.member)
    assert (int(left_out[1]) if left_out else 0) == counts["absent"]
    only = re.search(rf"(\d+) paragraphs? (?:is|are) only in {pair.base}", pair.sentence)
    assert (int(only[1]) if only else 0) == counts["absent"]


def test_the_seeds_have_the_same_figures_everywhere(client: TestClient, seeded_db: Database) -> None:
    entries = store.choices(seeded_db, exclude="", limit=10)
    assert len(entries) == 5
    for base, witness in permutations(entries, 2):
        check(Pair(client, base, witness))


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_has_the_same_figures_everywhere(name: str, empty_client: TestClient, db: Database) -> None:
    def stored(title: str, lines: list[str], publisher: str) -> ArticleEntry:
        return store.by_revision(db, store.add(db, text.draft(title, "\n\n".join(lines), publisher)).revision)

    base = stored(HEADLINE, [HEADLINE, *BODY, SHORT_QUOTATION], "The Base")
    witness = stored(COPIES[name][0], COPIES[name], "The Witness")
    pair = Pair(empty_client, base, witness)
    check(pair)
    mirrored = Pair(empty_client, witness, base)
    check(mirrored)
    if pair.figures:
        assert pair.figures["base_shared"] == mirrored.figures["witness_shared"]
        assert pair.figures["quotations"] == mirrored.figures["quotations"]
        assert pair.figures["reworded"] == mirrored.figures["reworded"]
