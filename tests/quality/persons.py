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
    """A marked quotation: how it begins, the speaker as printed, and who that is."""

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
    """Yield the articles of a file such as ``persons.txt``.

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
    """A marked quotation beside the program's answer."""

    article: str
    marked: Marked
    answer: Attributed

    @property
    def is_right(self) -> bool:
        """Whether the person is the marked one, or nobody where nobody is marked."""
        return self.marked.person == self.answer.person


def answered(article: MarkedArticle) -> Iterator[Answered]:
    """Yield each marked quotation with the program's answer; ValueError where their numbers differ."""
    answers = attribute(article.paragraphs)
    for number, marked in enumerate(article.marked):
        if len(answers) != len(article.marked) or not answers[number].quotation.text.startswith(
            marked.begins
        ):
            raise ValueError(
                f"{article.name}: {len(answers)} quotations found, {len(article.marked)} marked: {marked}"
            )
        yield Answered(article.name, marked, answers[number])


def scores(answers: list[Answered]) -> dict[str, Tally]:
    """Score the answers: ``persons`` by full name, ``speakers`` by the printed words."""
    persons = Tally(
        sum(answer.is_right for answer in answers if answer.answer.person),
        sum(answer.answer.person is not None for answer in answers),
        sum(answer.marked.person is not None for answer in answers),
    )
    speakers = Tally(
        sum(answer.marked.speaker == answer.answer.speaker for answer in answers if answer.answer.speaker),
        sum(answer.answer.speaker is not None for answer in answers),
        sum(answer.marked.speaker is not None for answer in answers),
    )
    return {"persons": persons, "speakers": speakers}
