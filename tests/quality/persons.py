"""The articles of ``persons.txt``, in which the person behind each quotation is marked by hand, and their score."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.collation.quotations import Attributed, attribute
from app.collation.text import paragraphs
from tests.quality.scoring import Tally

PERSONS = Path(__file__).parent / "persons.txt"
SEEDS = Path(__file__).parents[2] / "seeds"

_SEED = "seed: "
_NOBODY = "-"


@dataclass(frozen=True, slots=True)
class Marked:
    """A quotation as it is marked: how it begins, who speaks as printed, and who that is."""

    begins: str
    """Empty where the quotations of a paragraph are marked in their order."""
    speaker: str | None
    person: str | None


@dataclass(frozen=True, slots=True)
class MarkedArticle:
    """An article, and its quotations in order."""

    name: str
    paragraphs: tuple[str, ...]
    marked: tuple[Marked, ...]


def read(text: str) -> Iterator[MarkedArticle]:
    """The articles of a file such as ``persons.txt``.

    >>> (article,) = read("== One\\n“Yes,” said Ann Lee.\\n> Ann Lee = Ann Lee\\n")
    >>> article.paragraphs, article.marked
    (('“Yes,” said Ann Lee.',), (Marked(begins='', speaker='Ann Lee', person='Ann Lee'),))
    """
    for section in (
        text.split("\n== ")[1:] if not text.startswith("== ") else ("\n" + text).split("\n== ")[1:]
    ):
        name, *lines = section.strip().splitlines()
        is_seed = name.startswith(_SEED)
        printed = [line for line in lines if line and not line.startswith("> ")]
        marked: list[Marked] = []
        begins = ""
        for line in filter(None, lines):
            if line.startswith("> "):
                speaker, person = (None if part == _NOBODY else part for part in line[2:].split(" = "))
                marked.append(Marked(begins, speaker, person))
            elif is_seed:
                begins = line
        if is_seed:
            text_of_seed = (SEEDS / name.removeprefix(_SEED)).read_text(encoding="utf-8")
            yield MarkedArticle(name, paragraphs.split(text_of_seed), tuple(marked))
        else:
            yield MarkedArticle(name, tuple(printed), tuple(marked))


@dataclass(frozen=True, slots=True)
class Answered:
    """A marked quotation beside what the program tells of it."""

    article: str
    marked: Marked
    told: Attributed

    @property
    def right(self) -> bool:
        """Whether the person is the marked one, or nobody where nobody is marked."""
        return self.marked.person == self.told.person


def answered(article: MarkedArticle) -> Iterator[Answered]:
    """Each marked quotation with the program's. Raises ValueError where they do not come out even."""
    told = attribute(article.paragraphs)
    for number, marked in enumerate(article.marked):
        if len(told) != len(article.marked) or not told[number].quotation.text.startswith(marked.begins):
            raise ValueError(
                f"{article.name}: {len(told)} quotations found, {len(article.marked)} marked: {marked}"
            )
        yield Answered(article.name, marked, told[number])


def scores(answers: list[Answered]) -> dict[str, Tally]:
    """``persons``: of those named, those wanted; ``speakers``: the same of the words as printed."""
    persons = Tally(
        sum(one.right for one in answers if one.told.person),
        sum(one.told.person is not None for one in answers),
        sum(one.marked.person is not None for one in answers),
    )
    speakers = Tally(
        sum(one.marked.speaker == one.told.speaker for one in answers if one.told.speaker),
        sum(one.told.speaker is not None for one in answers),
        sum(one.marked.speaker is not None for one in answers),
    )
    return {"persons": persons, "speakers": speakers}
