"""Texts to measure: the seed articles, and long made-up ones that are the same on every machine."""

import tomllib
from random import Random

from app import resources
from app.collation.model import Side
from app.collation.text import paragraphs

NEWSWEEK, REPOST = "newsweek-full-support.txt", "repost-full-support.txt"
SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprstv" for vowel in "aeiou"]
VOCABULARY = 8_000
"""Distinct words of the made-up language; a long news archive's running text uses about as many."""


def seed_text(name: str) -> str:
    """Return a seed article's text."""
    return (resources.folder("seeds") / name).read_text(encoding="utf-8")


def seed_names() -> list[str]:
    """Return the seed articles' file names, in the manifest's order."""
    manifest = tomllib.loads((resources.folder("seeds") / "manifest.toml").read_text(encoding="utf-8"))
    return [entry["file"] for entry in manifest["article"]]


def side(revision: str, text: str) -> Side:
    """Return a text as one side of a comparison, with its first line as the title."""
    split = paragraphs.split(text)
    return Side(revision=revision, title=split[0], paragraphs=split)


class Language:
    """A made-up language whose words are as unevenly frequent as real ones (Zipf), from a fixed seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.words = sorted({self._word() for _ in range(VOCABULARY)})
        self.random.shuffle(self.words)
        self.weights = [1 / rank for rank in range(1, len(self.words) + 1)]

    def _word(self) -> str:
        return "".join(self.random.choices(SYLLABLES, k=self.random.randint(1, 4)))

    def paragraph(self, words: int) -> str:
        """Return ``words`` words in sentences of about twenty, with a name and a number now and then."""
        drawn = self.random.choices(self.words, self.weights, k=words)
        for place in range(0, words, 20):
            drawn[place] = drawn[place].capitalize()
        for place in range(11, words, 27):
            drawn[place] = self.random.choice((drawn[place].capitalize(), str(self.random.randint(2, 2_000))))
        return " ".join(
            word + ("." if place % 20 == 19 or place == words - 1 else "") for place, word in enumerate(drawn)
        )

    def paraphrase(self, text: str) -> str:
        """Return the text with three words in ten replaced, and a few swapped, dropped or inserted."""
        said: list[str] = []
        for word in text.split(" "):
            chance = self.random.random()
            if chance < 0.30:
                said.append(self.random.choices(self.words, self.weights)[0])
            elif chance < 0.33:
                continue
            elif chance < 0.36:
                said += [word, self.random.choices(self.words, self.weights)[0]]
            elif chance < 0.40 and said:
                said.insert(-1, word)
            else:
                said.append(word)
        return " ".join(said)


def long_pair(count: int, words: int = 80) -> tuple[list[str], list[str]]:
    """``count`` paragraphs of ``words`` words, and a paraphrase that drops, adds, splits, merges and moves a few."""
    language = Language(seed=count)
    base = [language.paragraph(words) for _ in range(count)]
    witness: list[str] = []
    for paragraph in base:
        said = language.paraphrase(paragraph)
        chance = language.random.random()
        if chance < 0.03:
            continue
        if chance < 0.06:
            witness.append(language.paragraph(words))
        if chance < 0.09 and witness:
            witness[-1] += " " + said
        elif chance < 0.12:
            middle = said.index(" ", len(said) // 2)
            witness += [said[:middle], said[middle + 1 :]]
        else:
            witness.append(said)
    for _ in range(count // 100):
        taken = witness.pop(language.random.randrange(len(witness)))
        witness.insert(language.random.randrange(len(witness) + 1), taken)
    return base, witness
