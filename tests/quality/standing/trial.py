"""The trial of standing paragraphs: put into articles that share nothing else, they must relate no two of them.

``paragraphs.txt`` holds the paragraphs; the articles are those of ``persons.txt`` and chapters of the Bible.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Literal

from app.collation.relations import prepare, relate_prepared
from app.collation.text import boilerplate
from app.collation.text.paragraphs import split
from tests.quality import persons
from tests.quality.bibles import chapters
from tests.quality.scoring import Tally

STANDING = Path(__file__).parent / "paragraphs.txt"

SIZES = (2, 3, 8, 40)
"""How many articles print one paragraph."""

SEED = "variorum standing 1"

Place = Literal["head", "tail", "between"]
PLACES: tuple[Place, ...] = ("head", "tail", "between")

CHAPTERS_APART = 3
"""Only every so many chapters are used, and of the four gospels, which tell the same, only Luke's."""

GOSPELS = ("Matt", "Mark", "John")

MIN_COPIED_WORDS = 25
"""Words of the shortest paragraph of an article that is put into another."""


@dataclass(frozen=True, slots=True)
class Related:
    """Two articles that were called related though they share a standing paragraph alone."""

    kind: str
    paragraph: str
    places: tuple[Place, Place]


def standing_paragraphs() -> tuple[tuple[str, str], ...]:
    """Return each paragraph with the kind that its heading names, in the file's order."""
    kind, articles = "", []
    for line in STANDING.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            kind = line.removeprefix("## ")
        elif line and not line.startswith("#"):
            articles.append((kind, line))
    return tuple(articles)


def articles() -> tuple[tuple[str, ...], ...]:
    """Return as many unrelated texts as the largest trial needs, news first."""
    news = [
        (article.name, *article.paragraphs)
        for article in persons.read(persons.PERSONS.read_text(encoding="utf-8"))
        if not article.name.startswith("seed: ")
    ]
    others = [chapter for chapter in chapters() if not chapter.name.startswith(GOSPELS)]
    prose = [(chapter.name, *chapter.oeb) for chapter in others[::CHAPTERS_APART]]
    return tuple([*news, *prose][: max(SIZES)])


def trial(size: int, most_pairs: int | None = None) -> Iterator[tuple[int, list[Related]]]:
    """Put each paragraph into ``size`` articles; yield how many pairs were compared, and which were called reuse.

    At most ``most_pairs`` of the pairs are compared, chosen at random.
    """
    texts = articles()
    for number, (kind, paragraph) in enumerate(standing_paragraphs()):
        draws = random.Random(f"{SEED} {size} {number}")
        chosen = draws.sample(texts, min(size, len(texts)))
        usual = draws.choice(PLACES)  # an outlet mostly prints it in one place
        places = [usual if draws.random() < 0.7 else draws.choice(PLACES) for _ in chosen]
        printed = [_with(text, paragraph, place, draws) for text, place in zip(chosen, places, strict=True)]
        prepared = [prepare(text, boilerplate.guess(text, 0)) for text in printed]
        pairs = list(combinations(range(len(chosen)), 2))
        if most_pairs is not None:
            pairs = draws.sample(pairs, min(most_pairs, len(pairs)))
        false = []
        for first, second in pairs:
            relation = relate_prepared(prepared[first], prepared[second])
            if relation and relation.is_reuse:
                false.append(Related(kind, paragraph, (places[first], places[second])))
        yield len(pairs), false


def copied_paragraphs() -> Tally:
    """Put each long paragraph of the seeds, which are real news, into another article; count the copies found."""
    texts = articles()
    total = Tally()
    for path in sorted(persons.SEEDS.glob("*.txt")):
        text = split(path.read_text(encoding="utf-8"))
        extras = boilerplate.guess(text, 0)
        for number, paragraph in enumerate(text):
            if number in (0, *extras) or len(paragraph.split()) < MIN_COPIED_WORDS:
                continue
            draws = random.Random(f"{SEED} {path.name} {number}")
            copy = _with(draws.choice(texts), paragraph, draws.choice(PLACES), draws)
            relation = relate_prepared(prepare(text, extras), prepare(copy, boilerplate.guess(copy, 0)))
            total += Tally(hits=int(bool(relation and relation.is_reuse)), given=1, wanted=1)
    return total


def _with(text: Sequence[str], paragraph: str, place: Place, draws: random.Random) -> tuple[str, ...]:
    """Return the text, a title first, with the paragraph put in."""
    at = {"head": 1, "tail": len(text), "between": draws.randint(2, max(2, len(text) - 1))}[place]
    return (*text[:at], paragraph, *text[at:])
